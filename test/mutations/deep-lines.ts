import type { MutatedFile } from './mutation.ts';

/** Key lines of agents that learn networks. */
export const DEEP_LINES: readonly MutatedFile[] = [
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
        'softUpdate(network, this.targetNetwork, targetStepSize)',
        'undefined',
        'DQN copies the network into the target network',
      ],
      ['if (!double) form.writeValues', 'form.writeValues', 'DQN double'],
    ],
  },
  {
    of: ['dqn', 'iqn'],
    file: 'deep/action-values/value-memory.ts',
    tests: 'deep/dqn.test.ts',
    breakages: [
      ['this.steps <= learningStarts ||', '', 'DQN learns at the steps that its options name'],
      ['this.steps % updateEvery === 0', 'true', 'DQN learns at the steps that its options name'],
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
        'this.targetNetwork.follow(this.values.network, targetStepSize)',
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
    of: ['ppo'],
    file: 'deep/policy-gradient/ppo-loss.ts',
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
    file: 'deep/policy-gradient/kl-penalty.ts',
    tests: 'deep/kl-penalty.test.ts',
    breakages: [
      ['Math.max(least, weight / 2)', '2 * weight', 'the weight of the penalty'],
      ['Math.max(least, weight / 2)', 'weight / 2', 'the weight of the penalty'],
      ['divergence > this.#target * TOLERANCE', 'true', 'the weight of the penalty'],
    ],
  },
  {
    of: ['ppo'],
    file: 'deep/policy-gradient/ppo-updates.ts',
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
    file: 'deep/policy-gradient/policy-gradient-loss.ts',
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
      ['- temperature;', ';', 'squashed Gaussian has the gradient'],
    ],
  },
  {
    of: ['sac'],
    file: 'deep/off-policy/sac.ts',
    tests: 'deep/sac.test.ts',
    breakages: [
      [
        'this.#values[row] - temperature * policy.logProbabilities[row]',
        'this.#values[row]',
        'an update of SAC moves both critics',
      ],
      [
        'outputs = this.actor.forward(memory.nextInputs, batchSize)',
        'outputs = this.actor.forward(memory.inputs, batchSize)',
        'an update of SAC moves both critics',
      ],
      [
        'this.critic.writeTargetValues(memory.nextInputs, policy.actions, this.#values)',
        'this.critic.writeTargetValues(memory.nextInputs, memory.actions, this.#values)',
        'an update of SAC moves both critics',
      ],
      ["differentiate('least'", "differentiate('first'", 'an update of SAC moves the actor'],
      [
        'this.#temperature.update(where, policy.logProbabilities)',
        'undefined',
        'an update of SAC moves log α',
      ],
      [
        'this.critic.followTarget(targetStepSize)',
        'undefined',
        'an update of SAC lets the target critics follow',
      ],
    ],
  },
  {
    of: ['sac', 'td3', 'ddpg'],
    file: 'deep/off-policy/action-critic.ts',
    tests: 'deep/sac.test.ts',
    breakages: [
      [
        'outputs[row * count + i] < outputs[row * count + least]',
        'outputs[row * count + i] > outputs[row * count + least]',
        'an update of SAC moves both critics',
      ],
      [
        'this.target.forward(this.#join(inputs, actions), rows)',
        'this.critic.forward(this.#join(inputs, actions), rows)',
        'an update of SAC moves both critics',
      ],
      [
        'targets[Math.floor(i / count)]',
        'targets[Math.floor(i / (2 * count))]',
        'an update of SAC moves both critics',
      ],
    ],
  },
  {
    of: ['sac', 'td3', 'ddpg'],
    file: 'deep/off-policy/off-policy-memory.ts',
    tests: 'deep/sac.test.ts',
    breakages: [
      ['terminated[row] === 1 ? 0 :', 'false ? 0 :', 'an update of SAC moves both critics'],
      [
        'terminated[row] === 1 ? 0 :',
        'terminated[row] === 1 || batch.truncated[row] === 1 ? 0 :',
        'an update of SAC moves both critics',
      ],
      ['this.#scale.toUnit(this.actions);', '', 'an update of SAC moves both critics'],
    ],
  },
  {
    of: ['sac', 'discrete-sac'],
    file: 'deep/off-policy/temperature.ts',
    tests: 'deep/sac.test.ts',
    breakages: [
      [
        '-(mean + this.#targetEntropy)',
        'mean + this.#targetEntropy',
        'an update of SAC moves log α',
      ],
      ['-(mean + this.#targetEntropy)', '-mean', 'an update of SAC moves log α'],
    ],
  },
  {
    of: ['discrete-sac'],
    file: 'deep/off-policy/discrete-sac.ts',
    tests: 'deep/discrete-sac.test.ts',
    breakages: [
      [
        'soft.takeValues(this.targetCritic.forward(nextInputs, batchSize))',
        'soft.takeValues(this.critic.forward(nextInputs, batchSize))',
        'an update of discrete SAC moves both critics',
      ],
      [
        'soft.takePolicies(this.actor.forward(nextInputs, batchSize), nextActionMasks)',
        'soft.takePolicies(this.actor.forward(nextInputs, batchSize), undefined)',
        'an update of discrete SAC moves both critics',
      ],
      ['this.#temperature.update(', 'void (', 'an update of discrete SAC moves log α'],
    ],
  },
  {
    of: ['discrete-sac'],
    file: 'deep/policies/soft-values.ts',
    tests: 'deep/discrete-sac.test.ts',
    breakages: [
      [
        'Math.min(first, outputs[(2 * row + 1) * n + a])',
        'first',
        'an update of discrete SAC moves both critics',
      ],
      [
        '(this.#values[i] - temperature * this.#logs[i])',
        'this.#values[i]',
        'an update of discrete SAC moves both critics',
      ],
      ['(cost + value)', 'cost', 'an update of discrete SAC moves the actor'],
    ],
  },
  {
    of: ['td3'],
    file: 'deep/off-policy/td3.ts',
    tests: 'deep/td3.test.ts',
    breakages: [
      [
        'discounts[row] * this.#values[row]',
        'this.#values[row]',
        'an update of TD3 moves both critics',
      ],
      [
        'this.#critics.value % this.options.policyDelay === 0',
        'true',
        'an update of TD3 leaves actor and targets',
      ],
      ['targetNoise * this.#rng.normal()', '0', 'an update of TD3 moves both critics'],
      [
        'Math.max(-targetNoiseClip, Math.min(targetNoiseClip, noise))',
        'noise',
        'an update of TD3 moves both critics',
      ],
      [
        'Math.max(-1, Math.min(1, chosen[i] + cut))',
        'chosen[i] + cut',
        'an update of TD3 moves both critics',
      ],
      [
        'this.actor.target.forward(nextInputs, batchSize)',
        'this.actor.actor.forward(nextInputs, batchSize)',
        'an update of TD3 moves both critics',
      ],
      ["differentiate('first'", "differentiate('least'", 'an update of TD3 moves the actor'],
      ['this.actor.followTarget(targetStepSize)', 'undefined', 'an update of TD3 lets the targets'],
    ],
  },
  {
    of: ['ddpg'],
    file: 'deep/off-policy/ddpg.ts',
    tests: 'deep/td3.test.ts',
    breakages: [
      [
        'discounts[row] * this.#values[row]',
        'this.#values[row]',
        'an update of DDPG moves the critic',
      ],
      [
        'this.actor.target.forward(nextInputs, batchSize)',
        'this.actor.actor.forward(nextInputs, batchSize)',
        'an update of DDPG moves the critic',
      ],
      [
        'this.critic.followTarget(targetStepSize)',
        'undefined',
        'an update of DDPG moves the actor up the critic, and lets the targets',
      ],
    ],
  },
  {
    of: ['ddpg', 'td3'],
    file: 'deep/off-policy/deterministic-actor.ts',
    tests: 'deep/td3.test.ts',
    breakages: [
      [
        'actionGradients[i] /= -rows',
        'actionGradients[i] /= rows',
        'an update of TD3 moves the actor',
      ],
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
    of: ['a2c'],
    file: 'deep/policy-gradient/a2c.ts',
    tests: 'deep/policy-gradient-updates.test.ts',
    breakages: [
      [
        'rollout.finish(discount, lambda)',
        'rollout.finish(discount, 0 * lambda)',
        'an update of A2C with choices goes down',
      ],
      ['    form.update();', '', 'an update of A2C with real numbers goes down'],
    ],
  },
  {
    of: ['a2c', 'ppo'],
    file: '../replay/returns/advantages.ts',
    tests: 'deep/policy-gradient-updates.test.ts',
    breakages: [
      [
        'terminated[t] === 1 ? 0 :',
        'terminated[t] === 1 || truncated[t] === 1 ? 0 :',
        'an update of A2C with choices goes down',
      ],
      ['truncated[t] === 1 || t', 't', 'an update of A2C with choices goes down'],
      ['- values[t]', '', 'an update of A2C with choices goes down'],
    ],
  },
  {
    of: ['a2c', 'reinforce'],
    file: 'deep/policy-gradient/policy-gradient-loss.ts',
    tests: 'deep/policy-gradient-updates.test.ts',
    breakages: [
      ['(2 * valueWeight * error) / rows', '(valueWeight * error) / rows', 'an update of A2C'],
      ['-entropyWeight / rows', '0', 'an update of A2C'],
    ],
  },
  {
    of: ['reinforce'],
    file: 'deep/policy-gradient/reinforce.ts',
    tests: 'deep/policy-gradient-updates.test.ts',
    breakages: [
      [
        'truncated[i] === 1 && baseline ? this.#valueOf(nextObservations, i) : 0',
        '0',
        'an update of REINFORCE',
      ],
      ['episode.rewards[t] + discount * g', 'episode.rewards[t]', 'an update of REINFORCE'],
      ['(baseline ? outputs[row * rowSize + form.size] : 0)', '0', 'an update of REINFORCE'],
    ],
  },
  {
    of: ['recurrent-dqn', 'recurrent-ppo'],
    file: 'deep/parts/carried-state.ts',
    tests: 'deep/memory.test.ts',
    breakages: [
      ['forget(this.after, starts)', 'undefined', 'recurrent-dqn remembers within an episode'],
      [
        'terminated[i] | truncated[i]',
        'terminated[i]',
        'recurrent-ppo remembers within an episode',
      ],
      ['this.before.set(this.after)', 'undefined', 'recurrent-ppo shows what it thought'],
      [
        'if (this.#isSeen[0] === 1) this.after.set(this.before)',
        'undefined',
        'recurrent-dqn follows what it learns from',
      ],
      ['forget(this.of(starts.length), starts)', 'undefined', 'recurrent-ppo has greedy policies'],
    ],
  },
  {
    of: ['recurrent-ppo'],
    file: 'deep/policy-gradient/recurrent-ppo.ts',
    tests: 'deep/recurrent-ppo.test.ts',
    breakages: [
      ['starts, state };', 'state };', 'an update with an LSTM that both share'],
      ['starts, state };', 'starts };', 'an update with an LSTM that both share'],
      ['copies[first / numSteps + i]', 'i', 'an update with an LSTM that both share'],
    ],
  },
  {
    of: ['recurrent-ppo'],
    file: 'deep/policy-gradient/rollout-collector.ts',
    tests: 'deep/recurrent-ppo.test.ts',
    breakages: [
      [
        'this.#nextStates.set(this.carried.after)',
        'this.#nextStates.fill(0)',
        'an update with an LSTM that both share',
      ],
      [
        'this.startStates.set(this.carried.before)',
        'this.startStates.set(this.carried.after)',
        'an update with an LSTM that both share',
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
      ['this.steps <= learningStarts ||', '', 'a recurrent DQN learns at the steps'],
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
  {
    of: ['sac'],
    file: 'deep/policies/squash.ts',
    tests: 'deep/policies.test.ts',
    breakages: [
      ['log(1 - action * action + TINY)', '0', 'squashed Gaussian has the density'],
      ['2 * action * slope', 'action * slope', 'squashed Gaussian has the gradient'],
    ],
  },
  {
    of: ['sac'],
    file: 'deep/policies/state-dependent-gaussian.ts',
    tests: 'deep/state-dependent.test.ts',
    breakages: [
      [
        'this.#disturb(outputs, first, i, this.#copyNoise, row * features * size)',
        'this.#disturb(outputs, first, i, this.#copyNoise, 0)',
        'actions of a state-dependent policy lie around their mean',
      ],
      [
        'this.#age.value >= sampleEvery',
        'this.#age.value > sampleEvery',
        'actions of a state-dependent policy have noise that is linear in the features',
      ],
      [
        'variance += deviation * deviation',
        'variance += deviation',
        'a draw of a state-dependent policy has the density',
      ],
      [
        'byU - (temperature * distance) / variance',
        'byU',
        'a draw of a state-dependent policy has the gradient',
      ],
      [
        '2 * byVariance * feature * sigma',
        '0',
        'a draw of a state-dependent policy has the gradient',
      ],
      [
        'this.#gradients[k] += byDeviation * feature * sigma',
        'this.#gradients[k] += byDeviation * sigma',
        'a draw of a state-dependent policy has the gradient',
      ],
    ],
  },
];
