import type { MutatedFile } from './mutation.ts';

/** Key lines of agents that learn networks. */
export const DEEP_LINES: readonly MutatedFile[] = [
  {
    of: ['dqn'],
    file: 'deep/dqn.ts',
    tests: 'deep/dqn.test.ts',
    breakages: [
      [
        'this.targetNetwork.forward(nextInputs, batchSize, training)',
        'this.values.forward(nextInputs, batchSize, training)',
        'DQN moves towards r',
      ],
      [
        'softUpdate(network, this.targetNetwork, targetStepSize)',
        'undefined',
        'DQN copies the network into the target network',
      ],
      ['if (!double) form.writeValues', 'form.writeValues', 'DQN double'],
    ],
  },
  {
    of: ['dqn', 'iqn'],
    file: 'deep/value-memory.ts',
    tests: 'deep/dqn.test.ts',
    breakages: [
      ['this.steps <= learningStarts ||', '', 'DQN learns at the steps that its options name'],
      ['this.steps % updateEvery === 0', 'true', 'DQN learns at the steps that its options name'],
    ],
  },
  {
    of: ['dqn', 'pqn'],
    file: 'deep/greedy-action.ts',
    tests: 'deep/dqn.test.ts',
    breakages: [
      [
        'values[first + action] > values[first + best]',
        'values[first + action] < values[first + best]',
        'DQN moves towards r',
      ],
      [
        'masks !== undefined && masks[first + action] === 0',
        'false',
        'DQN takes the maximum over legal actions alone',
      ],
    ],
  },
  {
    of: ['dqn', 'discrete-sac'],
    file: 'deep/value-batch.ts',
    tests: 'deep/dqn.test.ts',
    breakages: [
      [
        'terminated[row] === 1 ? 0 : discounts[row]',
        'discounts[row]',
        'DQN expects nothing behind a terminal state',
      ],
      [
        'terminated[row] === 1 ? 0 : discounts[row]',
        'terminated[row] === 1 || this.transitions.truncated[row] === 1 ? 0 : discounts[row]',
        'DQN expects nothing behind a terminal state',
      ],
    ],
  },
  {
    of: ['dqn'],
    file: 'deep/returns/expected-returns.ts',
    tests: 'deep/dqn.test.ts',
    breakages: [
      ['rewards[row] + discounts[row] * next', 'rewards[row]', 'DQN moves towards r'],
      ['nextActions[row]]', '0]', 'DQN double'],
    ],
  },
  {
    of: ['dqn', 'ddpg', 'td3', 'sac', 'discrete-sac'],
    file: 'deep/soft-update.ts',
    tests: 'deep/dqn.test.ts',
    breakages: [
      ['stepSize * (from[i] - to[i])', 'stepSize * from[i]', 'DQN moves the target network by τ'],
    ],
  },
  {
    of: ['dqn', 'iqn'],
    file: 'deep/value-memory.ts',
    tests: 'deep/value-memory.test.ts',
    breakages: [
      [
        'if (!(this.replay instanceof PrioritizedReplayBuffer)) return;',
        'if (this.replay) return;',
        'DQN with priorities remembers best',
      ],
    ],
  },
  {
    of: ['dqn'],
    file: 'deep/value-network.ts',
    tests: 'deep/rainbow.test.ts',
    breakages: [
      ['value: [last(size)]', 'value: [last(1)]', 'Rainbow has a network that tells values'],
      [
        'noisy ? layers.map(makeNoisy) : layers',
        'layers',
        'Rainbow has a network that tells values',
      ],
    ],
  },
  {
    of: ['iqn'],
    file: 'deep/iqn.ts',
    tests: 'deep/iqn.test.ts',
    breakages: [
      [
        'const next = this.targetNetwork.quantiles(this.#draw(this.#targetFractions), training)',
        'const next = this.targetNetwork.quantiles(this.#targetFractions, training)',
        'an update of IQN',
      ],
      [
        'const chooser = double ? this.values.network : this.targetNetwork',
        'const chooser = this.targetNetwork',
        'an update of IQN is a step along the gradient of algorithm 1 double',
      ],
      [
        'transitions.rewards[row] + discounts[row] * next[first + j]',
        'transitions.rewards[row] + discounts[row] * next[first]',
        'an update of IQN',
      ],
      ['nextActions[row]) * targetSamples', '0) * targetSamples', 'an update of IQN'],
      [
        'targets[k++] = this.#fractions[row * samples + i]',
        'targets[k++] = 0.5',
        'an update of IQN',
      ],
      [
        'if (explores) this.#draw(fractions)',
        'if (!explores) this.#draw(fractions)',
        'IQN acts by',
      ],
      [
        'this.targetNetwork.follow(this.values.network, targetStepSize)',
        'undefined',
        'IQN copies Z into Ẑ',
      ],
    ],
  },
  {
    of: ['iqn'],
    file: 'deep/quantile-network.ts',
    tests: 'deep/iqn.test.ts',
    breakages: [
      ['2 * first * now - before', 'first * now - before', 'the network of IQN tells where'],
      [
        'this.#featureSlopes[row * size + i] += slopes[k] * this.#embedded[k]',
        'this.#featureSlopes[row * size + i] = slopes[k] * this.#embedded[k]',
        'an update of IQN',
      ],
      [
        'this.#product[k] = slopes[k] * this.#features[row * size + i]',
        'this.#product[k] = slopes[k]',
        'an update of IQN',
      ],
      ['to[(row * n + j) * m + i] = from[k]', 'to[k] = from[k]', 'an update of IQN'],
    ],
  },
  {
    of: ['iqn'],
    file: 'deep/trainable-quantiles.ts',
    tests: 'deep/iqn.test.ts',
    breakages: [
      ['gradients[i] *= scale', 'gradients[i] *= 1', 'IQN cuts the norm'],
      ['return 3 * seed + part', 'return 3 * seed', 'the network of IQN begins as its target'],
    ],
  },
  {
    of: ['ppo'],
    file: 'deep/ppo-loss.ts',
    tests: 'deep/ppo-loss.test.ts',
    breakages: [
      ['const ratio = exp(change)', 'const ratio = 1 + 0 * exp(change)', 'the loss of PPO is that'],
      [
        'Math.max(1 - clip, Math.min(1 + clip, ratio))',
        'ratio',
        'the loss of PPO is that of a row',
      ],
      ['? -advantage : 0', '? advantage : 0', 'the loss of PPO has the gradient'],
      ['>= -advantage * bounded', '<= -advantage * bounded', 'the loss of PPO has the gradient'],
      ['(valueWeight * byValue) / rows', 'byValue / rows', 'the loss of PPO has the gradient'],
    ],
  },
  {
    of: ['reinforce', 'a2c'],
    file: 'deep/policy-gradient-loss.ts',
    tests: 'deep/sanity.test.ts',
    breakages: [['-advantages[row] / rows', 'advantages[row] / rows', 'a2c does what it is shown']],
  },
  {
    of: ['ppo', 'a2c', 'reinforce'],
    file: 'deep/policies/categorical-policy.ts',
    tests: 'deep/policies.test.ts',
    breakages: [
      ['(taken - policy[a])', 'taken', 'categorical policy has the gradient'],
      ['logs[a] -= highest', 'logs[a] -= 0', 'categorical policy never overflows'],
      ['(logs[a] + h)', 'logs[a]', 'categorical policy has the gradient'],
    ],
  },
  {
    of: ['ppo', 'a2c', 'reinforce'],
    file: 'deep/policies/gaussian-policy.ts',
    tests: 'deep/policies.test.ts',
    breakages: [
      ['(byLog * distance) / deviation', 'byLog * distance', 'Gaussian policy has the gradient'],
      ['(distance * distance - 1)', 'distance * distance', 'Gaussian policy has the gradient'],
    ],
  },
  {
    of: ['sac'],
    file: 'deep/policies/squashed-gaussian.ts',
    tests: 'deep/policies.test.ts',
    breakages: [
      [
        '- actionGradients[row * size + i] * slope',
        '+ actionGradients[row * size + i] * slope',
        'squashed Gaussian has the gradient',
      ],
      ['log(1 - action * action + TINY)', '0', 'squashed Gaussian has the density'],
      ['- temperature;', ';', 'squashed Gaussian has the gradient'],
    ],
  },
];
