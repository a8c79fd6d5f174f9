import type { MutatedFile } from './mutation.ts';

/** Key lines of agents that learn an actor from remembered transitions. */
export const OFF_POLICY_LINES: readonly MutatedFile[] = [
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
        'this.#temperature.update(where, policy.logProbabilities, this.#targetEntropy)',
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
      ['-(mean + targetEntropy)', 'mean + targetEntropy', 'an update of SAC moves log α'],
      ['-(mean + targetEntropy)', '-mean', 'an update of SAC moves log α'],
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
      [
        'soft.takePolicies(this.actor.forward(inputs, batchSize), actionMasks)',
        'soft.takePolicies(this.actor.forward(inputs, batchSize), undefined)',
        'an update of discrete SAC moves the actor',
      ],
      [
        'soft.greatestEntropy(actionMasks)',
        'soft.greatestEntropy(undefined)',
        'an update of discrete SAC moves log α',
      ],
    ],
  },
  {
    of: ['discrete-sac'],
    file: '../replay/store/transition-store.ts',
    tests: '../replay/state-masks.test.ts',
    breakages: [
      [
        'this.#stateMasks?.gather(rows, count',
        'this.#stateMasks?.gather(ends, count',
        'ReplayBuffer with masks of states gives back what was legal in each, and behind 3 steps',
      ],
      [
        'this.#stateMasks?.write(row, actionMasks, i * mask)',
        '',
        'ReplayBuffer with masks of states gives back what was legal in each',
      ],
      [
        "...restoringMasks('stateMasks', this.#stateMasks)",
        '...[]',
        'ReplayBuffer with masks of states goes on from what it saved',
      ],
      [
        'this.#checkMasks(where, actionMasks, rows);',
        '',
        'ReplayBuffer with masks of states takes no masks where it keeps none',
      ],
      [
        'actionMasks?.length === length',
        'true',
        'ReplayBuffer with masks of states takes no masks where it keeps none',
      ],
    ],
  },
  {
    of: ['discrete-sac'],
    file: 'deep/parts/seen-masks.ts',
    tests: 'deep/discrete-sac.test.ts',
    breakages: [
      ['this.#areSeen = false', '', 'discrete SAC where somebody else has acted'],
      ['!this.#areSeen ||', '', 'discrete SAC where somebody else has acted'],
      [
        'this.#masks.set(actionMasks)',
        'this.#masks.fill(1)',
        'discrete SAC where somebody else has acted',
      ],
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
        'this.#critics.value % this.options.policyDelay === 0',
        'true',
        'an update of TD3 leaves actor and targets',
      ],
      ['targetNoise * this.rng.normal()', '0', 'an update of TD3 moves both critics'],
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
    ],
  },
  {
    of: ['ddpg'],
    file: 'deep/off-policy/ddpg.ts',
    tests: 'deep/td3.test.ts',
    breakages: [
      [
        'this.actor.target.forward(nextInputs, this.options.batchSize)',
        'this.actor.actor.forward(nextInputs, this.options.batchSize)',
        'an update of DDPG moves the critic',
      ],
    ],
  },
  {
    of: ['ddpg', 'td3'],
    file: 'deep/off-policy/deterministic-agent.ts',
    tests: 'deep/td3.test.ts',
    breakages: [
      [
        'discounts[row] * this.#values[row]',
        'this.#values[row]',
        'an update of TD3 moves both critics',
      ],
      [
        'discounts[row] * this.#values[row]',
        'this.#values[row]',
        'an update of DDPG moves the critic',
      ],
      ["differentiate('first'", "differentiate('least'", 'an update of TD3 moves the actor'],
      ['this.actor.followTarget(targetStepSize)', 'undefined', 'an update of TD3 lets the targets'],
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
  {
    of: ['ddpg', 'td3'],
    file: 'deep/off-policy/exploration-noise.ts',
    tests: 'deep/bad-input.test.ts',
    breakages: [
      ['this.#checkRows(actions)', 'undefined', 'Ddpg refuses other copies'],
      ['deviation: undefined', 'deviation: 0', 'what is wrong is said'],
    ],
  },
  {
    of: ['discrete-sac'],
    file: 'deep/off-policy/discrete-sac.ts',
    tests: 'deep/bad-input.test.ts',
    breakages: [
      [
        'actionMasks, this.#seenMasks !== null',
        'actionMasks, true',
        'DiscreteSac and actions that are illegal refuses masks',
      ],
    ],
  },
  {
    of: ['ddpg', 'td3', 'sac'],
    file: 'deep/off-policy/observation-features.ts',
    tests: 'deep/observation-features.test.ts',
    breakages: [
      ['slice(inputSize, actionSize)', 'slice(0, actionSize)', 'DDPG sees images through'],
      ['slice(0, inputSize)', 'slice(1, inputSize)', 'DDPG sees images through'],
      ['...features, ...layers] };', '...features] };', 'SAC sees images through convolutions'],
      [
        ': features`, heads[0].output);',
        ': features`, [1]);',
        'TD3 refuses features that do not fit',
      ],
      ['features ?? imageFeatures(input)', 'features ?? []', 'DDPG sees images through'],
      [
        'return { input: [inputSize], layers }',
        'return { input: shape, layers }',
        'an actor takes images',
      ],
    ],
  },
];
