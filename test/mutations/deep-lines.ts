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
        'softUpdate(this.values.network, this.targetNetwork, this.options.targetStepSize)',
        'undefined',
        'DQN copies the network into the target network',
      ],
      ['if (!double) form.writeValues', 'form.writeValues', 'DQN double'],
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
      ['(klWeight * RESULT[0]) / rows', '0', 'the loss of PPO adds the penalty'],
      ['const share = klWeight / rows', 'const share = 0', 'the loss of PPO has the gradient'],
    ],
  },
  {
    of: ['ppo'],
    file: 'deep/kl-penalty.ts',
    tests: 'deep/kl-penalty.test.ts',
    breakages: [
      ['this.state[0] /= 2', 'this.state[0] *= 2', 'the weight of the penalty'],
      ['divergence > this.#target * TOLERANCE', 'true', 'the weight of the penalty'],
    ],
  },
  {
    of: ['ppo'],
    file: 'deep/ppo.ts',
    tests: 'deep/kl-penalty.test.ts',
    breakages: [
      [
        'this.#penalty?.adapt(this.#measureDivergence())',
        'undefined',
        'PPO with a penalty halves its weight',
      ],
      ['klWeight: this.#penalty?.weight ?? 0', 'klWeight: 0', 'PPO with a penalty moves the less'],
      [
        'this.#numbers.divergence > targetDivergence',
        'false',
        'a target of the divergence ends the epochs',
      ],
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
      ['chance * (old - logs[a])', 'chance * (logs[a] - old)', 'categorical policy tells how far'],
      ['(policy[a] - old)', '(old - policy[a])', 'categorical policy tells how far'],
    ],
  },
  {
    of: ['ppo', 'a2c', 'reinforce'],
    file: 'deep/policies/gaussian-policy.ts',
    tests: 'deep/policies.test.ts',
    breakages: [
      ['(byLog * distance) / deviation', 'byLog * distance', 'Gaussian policy has the gradient'],
      ['(distance * distance - 1)', 'distance * distance', 'Gaussian policy has the gradient'],
      ['0.5 * (exp(-2 * change)', '0.5 * (exp(2 * change)', 'Gaussian policy tells how far'],
      ['(1 - exp(-2 * change) - moved * moved)', '1', 'Gaussian policy tells how far'],
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
