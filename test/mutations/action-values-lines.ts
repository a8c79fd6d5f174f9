import type { MutatedFile } from './mutation.ts';

/** Key lines of agents that learn action values with networks. */
export const ACTION_VALUES_LINES: readonly MutatedFile[] = [
  {
    of: ['dqn'],
    file: 'deep/action-values/dqn.ts',
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
    ],
  },
  {
    of: ['dqn', 'iqn', 'recurrent-dqn', 'ddpg', 'td3', 'sac', 'discrete-sac'],
    file: 'deep/parts/learning-times.ts',
    tests: 'deep/learning-times.test.ts',
    breakages: [
      [
        'this.#steps > learningStarts &&',
        '',
        'learning times come at the step behind learningStarts',
      ],
      ['this.#isReady()', 'true', 'learning times wait for something to learn from'],
      ['this.#steps % updateEvery === 0', 'true', 'learning times come every few steps'],
      [
        'this.#steps % (targetUpdateEvery ?? 1) === 0',
        'true',
        'learning times come every few steps',
      ],
      ['|| truncated[i] === 1', '', 'learning times come when an episode ends'],
      [
        'ended ? this.#sinceEnd * updatesAtOnce',
        'ended ? updatesAtOnce',
        'learning times come when an episode ends',
      ],
      ['this.#sinceEnd * updatesAtOnce', 'this.#sinceEnd', 'learning times take several updates'],
      ['if (ended) this.#sinceEnd = 0', '', 'learning times leave out episodes that end too early'],
      [
        "this.#sinceEnd = savedCount(where, saved, 'sinceEnd')",
        '',
        'learning times go on where they were saved',
      ],
      [
        'this.#steps < this.#options',
        'this.#steps <= this.#options',
        'learning times say whether the first update',
      ],
    ],
  },
  {
    of: ['dqn', 'pqn'],
    file: 'deep/action-values/greedy-action.ts',
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
    file: 'deep/action-values/value-batch.ts',
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
    file: 'deep/action-values/returns/expected-returns.ts',
    tests: 'deep/dqn.test.ts',
    breakages: [
      ['rewards[row] + discounts[row] * next', 'rewards[row]', 'DQN moves towards r'],
      ['nextActions[row]]', '0]', 'DQN double'],
    ],
  },
  {
    of: ['dqn', 'ddpg', 'td3', 'sac', 'discrete-sac'],
    file: 'deep/parts/soft-update.ts',
    tests: 'deep/dqn.test.ts',
    breakages: [
      ['approach(network, stepSize)', 'approach(network, 1)', 'DQN moves the target network by τ'],
    ],
  },
  {
    of: ['dqn', 'iqn'],
    file: 'deep/action-values/value-memory.ts',
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
    file: 'deep/action-values/value-network.ts',
    tests: 'deep/rainbow.test.ts',
    breakages: [
      [
        'value: [...own, last(size)]',
        'value: [...own, last(1)]',
        'Rainbow has a network that tells values',
      ],
      ['[...own, last(numActions', '[last(numActions', 'Rainbow has a network that tells values'],
      [
        "noisy ? noisyLayers('layers', layers) : layers",
        'layers',
        'Rainbow has a network that tells values',
      ],
    ],
  },
  {
    of: ['iqn'],
    file: 'deep/action-values/iqn.ts',
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
        'this.targetNetwork.follow(this.values.network, this.options.targetStepSize)',
        'undefined',
        'IQN copies Z into Ẑ',
      ],
    ],
  },
  {
    of: ['iqn'],
    file: 'deep/action-values/quantile-network.ts',
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
    file: 'deep/action-values/trainable-quantiles.ts',
    tests: 'deep/iqn.test.ts',
    breakages: [
      ['gradients[i] *= scale', 'gradients[i] *= 1', 'IQN cuts the norm'],
      ['return 3 * seed + part', 'return 3 * seed', 'the network of IQN begins as its target'],
    ],
  },
  {
    of: ['pqn'],
    file: 'deep/action-values/pqn.ts',
    tests: 'deep/pqn.test.ts',
    breakages: [
      [
        'estimateLambdaReturns(rollout.columns, discount, lambda,',
        'estimateLambdaReturns(rollout.columns, discount, 0 * lambda,',
        'an update of PQN goes down',
      ],
      [
        'greedyAction(next, i, this.numActions, nextActionMasks)',
        'greedyAction(next, i, this.numActions, undefined)',
        'an update of PQN goes down',
      ],
      ['this.#look(nextObservations,', 'this.#look(transitions.observations,', 'an update of PQN'],
    ],
  },
  {
    of: ['pqn'],
    file: '../replay/returns/lambda-returns.ts',
    tests: 'deep/pqn.test.ts',
    breakages: [
      ['if (terminated[t] === 1) {', 'if (terminated[t] > 1) {', 'an update of PQN goes down'],
      ['truncated[t] === 1 || t + numEnvs', 't + numEnvs', 'an update of PQN goes down'],
      [
        'if (terminated[t] === 1) {',
        'if (terminated[t] === 1 || truncated[t] === 1) {',
        'an update of PQN goes down',
      ],
    ],
  },
  {
    of: ['recurrent-dqn'],
    file: 'deep/action-values/recurrent-dqn.ts',
    tests: 'deep/recurrent-dqn.test.ts',
    breakages: [
      [
        'this.replay.add(transitions, this.#carried.before)',
        'this.replay.add(transitions, this.#carried.after)',
        'sequences come with what the network had carried',
      ],
      [
        'batch.forward(this.targetNetwork)',
        'batch.forward(this.values.network)',
        'an update with an LSTM',
      ],
      ['this.options.double ? outputs : targetOutputs', 'targetOutputs', 'an update with an LSTM'],
      ['this.replay.canSample', 'true', 'a recurrent DQN waits until there is a whole sequence'],
    ],
  },
  {
    of: ['recurrent-dqn'],
    file: 'deep/action-values/sequence-value-batch.ts',
    tests: 'deep/recurrent-dqn.test.ts',
    breakages: [
      ['state.set(states)', 'state.fill(0)', 'an update with an LSTM'],
      ['if (burnIn > 0)', 'if (burnIn < 0)', 'an update with an LSTM'],
      ['terminated[before + last] === 1 ? 0 : factor', 'factor', 'an update with an LSTM'],
      [
        '(last + this.#count) * size',
        '(row + this.#count) * size',
        'an update with returns of three steps',
      ],
      ['this.#isHeld(row) ? weight : 0', 'weight', 'an update with an LSTM'],
      ['greatestShare * greatest', 'greatest', 'an update with priorities'],
    ],
  },
];
