import type { MutatedFile } from './mutation.ts';

/** Key lines of agents that climb the policy gradient with networks. */
export const POLICY_GRADIENT_LINES: readonly MutatedFile[] = [
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
    of: ['ppo'],
    file: 'deep/policy-gradient/ppo-updates.ts',
    tests: 'deep/ppo-updates.test.ts',
    breakages: [
      ['batch < count', '(batch + 1) * rows <= rollout.rows', 'the updates of PPO leave out'],
    ],
  },
  {
    of: ['ppo', 'a2c'],
    file: 'deep/policy-gradient/rollout-collector.ts',
    tests: 'deep/bad-input.test.ts',
    breakages: [
      [
        'masks, this.#estimates.actionMasks !== undefined',
        'masks, true',
        'Ppo and actions that are illegal refuses masks',
      ],
    ],
  },
  {
    of: ['reinforce'],
    file: 'deep/policy-gradient/reinforce.ts',
    tests: 'deep/bad-input.test.ts',
    breakages: [
      [
        'actionMasks, this.#lastMasks !== undefined',
        'actionMasks, true',
        'Reinforce and actions that are illegal refuses masks',
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
];
