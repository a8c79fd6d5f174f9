import type { MutatedFile } from './mutation.ts';

/** Key lines of planning. */
export const PLANNING_LINES: readonly MutatedFile[] = [
  {
    of: ['value-iteration', 'valueIteration'],
    file: 'planning/bellman.ts',
    tests: 'value-iteration.test.ts',
    breakages: [
      [
        'best = Math.max(best, reward[row] + discount * sum)',
        'best = reward[row] + discount * sum',
        'value iteration solves a chain whose values',
      ],
      [
        'return reward[row] + discount * sum',
        'return reward[row] + sum',
        'value iteration solves a',
      ],
    ],
  },
  {
    of: ['value-iteration', 'valueIteration'],
    file: 'planning/value-iteration.ts',
    tests: 'planning/methods.test.ts',
    breakages: [
      ['distance <= tolerance ||', 'distance <= 1 ||', 'every method comes to the same values'],
      ['rounding, inPlace);', 'rounding, true);', 'sweeps with two arrays stop by the span'],
    ],
  },
  {
    of: ['valueIteration'],
    file: 'planning/sweeper.ts',
    tests: 'planning/methods.test.ts',
    breakages: [
      [
        'inPlace ? this.#values :',
        'false ? this.#values :',
        'sweeps use their own new values at once',
      ],
      [
        'inPlace ? this.#values :',
        'true ? this.#values :',
        'sweeps use their own new values at once',
      ],
    ],
  },
  {
    of: ['valueIteration', 'modifiedPolicyIteration'],
    file: 'planning/error-bounds.ts',
    tests: 'planning/parts.test.ts',
    breakages: [
      ['(factor / (1 - factor)) * off', 'factor * off', 'bounds are exact for a single state'],
      [
        '? largestMass : leastMass',
        '? largestMass : largestMass',
        'bounds count on no change that',
      ],
      ['/ (1 - error / stepCost)', '', 'bounds count the steps that costs allow'],
    ],
  },
  {
    of: ['valueIteration'],
    file: 'planning/plan.ts',
    tests: 'planning/methods.test.ts',
    breakages: [
      ['next[state] += middle', 'next[state] += 0', 'sweeps give the values of MacQueen’s bounds'],
      ['discount === 1\n', 'discount > 1\n', 'every method comes to the end without discount'],
    ],
  },
  {
    of: ['valueIteration'],
    file: 'planning/longest-episode.ts',
    tests: 'planning/parts.test.ts',
    breakages: [
      ['return 2 * steps', 'return 0.5 * steps', 'the longest episode is bounded by at most'],
      [' || reward[row] === -Infinity', '', 'the longest episode has a bound where only'],
    ],
  },
  {
    of: ['valueIteration'],
    file: 'planning/proper-policy.ts',
    tests: 'planning/parts.test.ts',
    breakages: [['if (ending[row] > 0) choose(row);', '', 'a proper policy goes a shortest way']],
  },
  {
    of: ['valueIteration'],
    file: 'planning/action-lanes.ts',
    tests: 'planning/sweeper.test.ts',
    breakages: [
      [
        '+= discount * probability[i]',
        '+= probability[i]',
        'action lanes back up 4 actions as the',
      ],
      ['.fill(-Infinity)', '', 'action lanes back up 3 actions as the rows do'],
      [
        'return a < b ? b : a',
        'return a < b ? a : b',
        'action lanes back up 4 actions as the rows do',
      ],
    ],
  },
  {
    of: ['policy-iteration', 'policyIteration'],
    file: 'planning/policy-iteration.ts',
    tests: 'planning/methods.test.ts',
    breakages: [
      [
        'policy, slack) === 0',
        'policy, slack) >= 0',
        'every method comes to the same values on any',
      ],
    ],
  },
  {
    of: ['valueIteration', 'policyIteration'],
    file: 'planning/bellman.ts',
    tests: 'planning/parts.test.ts',
    breakages: [
      [
        'reward[row] + discount * sum);',
        'reward[row] + sum);',
        'bounds are exact for a single state',
      ],
      ['oldValue + slack', 'oldValue', 'an improved policy keeps an action unless'],
    ],
  },
  {
    of: ['modified-policy-iteration', 'modifiedPolicyIteration'],
    file: 'planning/modified-policy-iteration.ts',
    tests: 'planning/methods.test.ts',
    breakages: [
      ['distance <= tolerance ||', 'distance <= 1 ||', 'every method comes to the same values'],
      ['m < evaluationSweeps', 'm < 0', 'sweeps without evaluation make modified policy iteration'],
    ],
  },
  {
    of: ['asynchronous-value-iteration', 'asynchronousValueIteration'],
    file: 'planning/asynchronous-value-iteration.ts',
    tests: 'planning/methods.test.ts',
    breakages: [
      ['distance <= tolerance ||', 'distance <= 1 ||', 'every method comes to the same values'],
      [': numStates - 1 - t', ': t', 'sweeps to and fro carry a reward at either end'],
      ['rng.below(numStates)', 't', 'sweeps of states at random depend on the seed'],
    ],
  },
  {
    of: ['q-value-iteration', 'qValueIteration'],
    file: 'planning/q-value-iteration.ts',
    tests: 'planning/q-value-iteration.test.ts',
    breakages: [
      [
        'best = Math.max(best, actionValues[row])',
        'best = actionValues[row]',
        'iteration on action values has the same sweeps',
      ],
      ['Math.max(values[state], actionValues[row])', '0', 'iteration on action values begins with'],
    ],
  },
  {
    of: ['average-reward-policy-iteration', 'averageRewardPolicyIteration'],
    file: 'planning/average-reward-policy-iteration.ts',
    tests: 'planning/average-reward-policy-iteration.test.ts',
    breakages: [
      [
        'policy, slack) === 0',
        'policy, slack) >= 0',
        'policy iteration for the average reward goes the way of',
      ],
    ],
  },
  {
    of: ['prioritized-value-iteration', 'prioritizedValueIteration'],
    file: 'planning/prioritized-value-iteration.ts',
    tests: 'planning/methods.test.ts',
    breakages: [
      ['distance <= tolerance ||', 'distance <= 1 ||', 'every method comes to the same values'],
      ['+= chances[i] * change', '+= 0', 'sweeps by priority need no second look'],
    ],
  },
  {
    of: ['prioritizedValueIteration', 'prioritized-sweeping'],
    file: 'priority-queue.ts',
    tests: 'planning/parts.test.ts',
    breakages: [
      [
        'above]] >= priority) break',
        'above]] <= priority) break',
        'a priority queue gives the largest',
      ],
      [
        'below]] <= priority) break',
        'below]] >= priority) break',
        'a priority queue gives the largest',
      ],
    ],
  },
  {
    of: ['relative-value-iteration', 'relativeValueIteration'],
    file: 'planning/relative-value-iteration.ts',
    tests: 'planning/methods.test.ts',
    breakages: [
      [
        '(change[LEAST] + change[LARGEST]) / 2',
        'change[LARGEST]',
        'relative value iteration bounds',
      ],
      [
        'rounding <= tolerance',
        'rounding <= 1',
        'relative value iteration bounds the best average',
      ],
      [
        'actionValues[row] -= averageReward',
        '',
        'relative value iteration bounds the best average',
      ],
    ],
  },
  {
    of: ['backwardInduction'],
    file: 'planning/backward-induction.ts',
    tests: 'planning/methods.test.ts',
    breakages: [
      ['at(t + 1), at(t)', 'at(horizon), at(t)', 'backward induction weighs a small reward now'],
      ['finalValues));', 'undefined));', 'backward induction weighs a small reward now'],
    ],
  },
  {
    of: ['backwardInduction'],
    file: 'planning/bellman.ts',
    tests: 'planning/methods.test.ts',
    breakages: [
      [
        'value <= best) continue',
        'value < best) continue',
        'backward induction weighs a small reward',
      ],
    ],
  },
  {
    of: ['evaluatePolicy'],
    file: 'planning/solve-chain.ts',
    tests: 'planning/evaluate-policy.test.ts',
    breakages: [
      [
        '1 - discount + discount * ending[state]',
        '1 - discount',
        'the exact values of a policy follow from their equations',
      ],
      [
        'weight[entry++] = discount * probability[i]',
        'weight[entry++] = probability[i]',
        'the exact values of a policy follow from their equations',
      ],
      [
        'this.#options.discount * sum',
        'sum',
        'the exact values of a policy are carried from state',
      ],
      ['this.#checkIdle(members);', '', 'the exact values of a policy do not exist where a policy'],
    ],
  },
  {
    of: ['evaluatePolicy'],
    file: 'planning/linear-system.ts',
    tests: 'planning/parts.test.ts',
    breakages: [
      ['exit[i] += share * exit[k];', '', 'a linear system of 30 states'],
      ['solution[i] += share * solution[k]', '', 'a linear system of 30 states'],
    ],
  },
  {
    of: ['evaluatePolicy'],
    file: 'planning/bicgstab.ts',
    tests: 'planning/parts.test.ts',
    breakages: [
      [
        'sum - diagonal[i] * x[i]',
        'sum - 1.1 * diagonal[i] * x[i]',
        'a linear system of 200 states',
      ],
    ],
  },
  {
    of: ['evaluatePolicy', 'iterativePolicyEvaluation', 'expectModel'],
    file: 'planning/expected-model.ts',
    tests: 'planning/parts.test.ts',
    breakages: [
      [
        'reward[row] += chance * model.reward[i]',
        'reward[row] += model.reward[i]',
        'an expected model',
      ],
      ['ending[row] += chance;', '', 'an expected model has mean rewards'],
    ],
  },
  {
    of: ['evaluatePolicy', 'iterativePolicyEvaluation'],
    file: 'planning/expected-model.ts',
    tests: 'planning/known-optima.test.ts',
    breakages: [
      ['reward[state] += weight *', 'reward[state] +=', 'the values of a policy Example 3.5'],
      [
        '= weight * model.probability[i]',
        '= model.probability[i]',
        'the values of a policy Example 3.5',
      ],
    ],
  },
  {
    of: ['iterativePolicyEvaluation'],
    file: 'planning/iterative-policy-evaluation.ts',
    tests: 'planning/evaluate-policy.test.ts',
    breakages: [
      ['inPlace ? values :', 'true ? values :', 'iterative policy evaluation takes the new values'],
      [
        'rounding, inPlace) <= tolerance',
        'rounding, inPlace) <= 1',
        'iterative policy evaluation begins',
      ],
    ],
  },
  {
    of: ['evaluateAverageReward'],
    file: 'planning/evaluate-average-reward.ts',
    tests: 'planning/evaluate-policy.test.ts',
    breakages: [
      [
        'begin(rewards) / begin(steps)',
        'begin(rewards)',
        'the exact average reward of a policy is',
      ],
      [
        'reward - averageReward * steps[state]',
        'reward',
        'the exact average reward of a policy is',
      ],
    ],
  },
  {
    of: ['Planner'],
    file: 'planning/planner.ts',
    tests: 'planning/planner.test.ts',
    breakages: [
      [
        ': this.#stateOf[observation]',
        ': observation',
        'a planner acts as in the first of the states',
      ],
      [
        'planned] !== 0) return planned',
        'planned] >= 0) return planned',
        'a planner acts by its policy',
      ],
    ],
  },
];
