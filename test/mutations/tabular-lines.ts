import type { MutatedFile } from './mutation.ts';

/** Key lines of the agents that learn tables step by step. */
export const TABULAR_LINES: readonly MutatedFile[] = [
  {
    of: ['td-0'],
    file: 'tabular/td-0.ts',
    tests: 'tabular/prediction.test.ts',
    breakages: [
      [
        'rewards[i] + discount * next - values[state]',
        'rewards[i] + discount * next',
        'TD(0) moves V(S) by α times the TD error',
      ],
      ['discount * next', 'next', 'TD(0) moves V(S) by α times the TD error'],
      ['terminated[i] ? 0', 'false ? 0', 'TD(0) expects nothing after a terminal state'],
      ['.fill(0)', '', 'TD(0) has changed nothing where a reward of the batch is none'],
      ['values[s] += changed', 'values[s] = changed', 'TD(0) changes V once for a whole batch'],
    ],
  },
  {
    of: ['n-step-td'],
    file: 'tabular/n-step-td.ts',
    tests: 'tabular/prediction.test.ts',
    breakages: [
      ['window.returnOf(i, discount, next)', 'window.returnOf(i, discount, 0)', 'n-step TD sums n'],
      ['sum - values[state]', 'sum', 'n-step TD sums n rewards'],
      ['terminated[i] ? 0', 'ended ? 0', 'n-step TD adds the value of the state where'],
      [' || truncated[i] === 1', '', 'n-step TD adds the value of the state where'],
    ],
  },
  {
    of: ['td-lambda'],
    file: 'tabular/td-lambda.ts',
    tests: 'tabular/prediction.test.ts',
    breakages: [
      ['decay(i, discount * lambda)', 'decay(i, discount)', 'TD(λ) sends the error back'],
      ['decay(i, discount * lambda)', 'decay(i, lambda)', 'TD(λ) sends the error back'],
      ['terminated[i] || truncated[i]', 'terminated[i]', 'TD(λ) sends the error back'],
      ['stepSize * error', 'stepSize * (rewards[i] - values[state])', 'TD(λ) with λ = 0 is TD(0)'],
    ],
  },
  {
    of: ['true-online-td-lambda'],
    file: 'tabular/true-online-td-lambda.ts',
    tests: 'tabular/prediction.test.ts',
    breakages: [
      ['values[state] -= stepSize * change;', '', 'true online TD(λ) has the values of'],
      ['stepSize * (error + change)', 'stepSize * error', 'true online TD(λ) has the values of'],
      ["state, 'dutch'", "state, 'accumulating'", 'true online TD(λ) has the values of'],
      ['oldValues[i] = next', 'oldValues[i] = value', 'true online TD(λ) has the values of'],
    ],
  },
  {
    of: ['off-line-lambda-return'],
    file: 'tabular/off-line-lambda-return.ts',
    tests: 'tabular/prediction.test.ts',
    breakages: [
      ['(1 - lambda) * nextValue', 'nextValue', 'the off-line λ-return algorithm weighs n-step'],
      [
        'nextValue = values',
        'nextValue = this.values[0] + values',
        'the off-line λ-return algorithm changes nothing',
      ],
      [
        'let nextValue = lastValue',
        'let nextValue = 0',
        'the off-line λ-return algorithm has the value',
      ],
      [
        'rewards[t] - values[states[t]]',
        'rewards[t]',
        'the off-line λ-return algorithm changes nothing',
      ],
      ['episode.clear()', '', 'the off-line λ-return algorithm changes nothing'],
    ],
  },
  {
    of: ['sarsa'],
    file: 'tabular/sarsa.ts',
    tests: 'tabular/control-updates.test.ts',
    breakages: [
      ['discount * next', 'next', 'SARSA moves Q(S, A) towards R + γ Q(S′, A′)'],
      [
        'numActions + nextAction]',
        'numActions + this.actionValues.greedyAction(nextObservations[i])]',
        'SARSA takes the action that it has learned from',
      ],
    ],
  },
  {
    of: ['sarsa', 'n-step-sarsa', 'sarsa-lambda', 'differential-sarsa'],
    file: 'tabular/next-actions.ts',
    tests: 'tabular/control-updates.test.ts',
    breakages: [
      ['isLegal ? chosen', 'false ? chosen', 'SARSA takes the action that it has learned from'],
      ['this.#states[i] === states[i] &&', '', 'SARSA takes it once, and not where the episode'],
      ['transitions.truncated[i] ? NONE', 'false ? NONE', 'SARSA takes it once, and not where'],
      ['if (chosen !== NONE) this.#actions[i] = NONE;', '', 'SARSA takes it once, and not where'],
    ],
  },
  {
    of: ['expected-sarsa'],
    file: 'tabular/expected-sarsa.ts',
    tests: 'tabular/control-updates.test.ts',
    breakages: [
      ['this.#targetEpsilon(),', '0,', 'expected SARSA moves Q(S, A) towards R + γ Σ π'],
      ['discount * next', 'next', 'expected SARSA moves Q(S, A) towards R + γ Σ π'],
      ['transitions.nextActionMasks', 'undefined', 'expected SARSA counts only legal actions'],
    ],
  },
  {
    of: ['n-step-sarsa'],
    file: 'tabular/n-step-sarsa.ts',
    tests: 'tabular/control-updates.test.ts',
    breakages: [
      ['terminated[i] ? 0 : table', 'true ? 0 : table', 'n-step SARSA sums n rewards'],
      [
        'terminated[i] ? 0 : table',
        'ended ? 0 : table',
        'n-step SARSA adds the value of an action',
      ],
      ['sum - table[entry]', 'sum', 'n-step SARSA sums n rewards'],
    ],
  },
  {
    of: ['sarsa-lambda'],
    file: 'tabular/sarsa-lambda.ts',
    tests: 'tabular/control-updates.test.ts',
    breakages: [
      ['decay(i, discount * lambda)', 'decay(i, lambda)', 'SARSA(λ) sends errors back'],
      ['traces.visit(i, entry, kind, stepSize)', '', 'SARSA(λ) sends errors back'],
      ['terminated[i] || truncated[i]', 'terminated[i]', 'SARSA(λ) forgets its traces where'],
      ['discount * next - table[entry]', 'discount * next', 'SARSA(λ) sends errors back'],
    ],
  },
  {
    of: ['q-learning'],
    file: 'tabular/q-learning.ts',
    tests: 'q-learning.test.ts',
    breakages: [
      [
        'this.actionValues.value(nextObservations[i], transitions.nextActionMasks, i)',
        'table[nextObservations[i] * numActions + actions[i]]',
        'the update looks at the best next action',
      ],
      ['transitions.nextActionMasks', 'undefined', 'the update expects only what a legal action'],
      ['discount * next', 'next', 'the update moves Q(S, A) by α times the TD error'],
      ['? 0', '? this.actionValues.value(nextObservations[i])', 'the update expects nothing after'],
    ],
  },
  {
    of: ['double-q-learning'],
    file: 'tabular/double-q-learning.ts',
    tests: 'tabular/control-updates.test.ts',
    breakages: [
      ['next = other.table', 'next = own.table', 'double Q-learning values the action'],
      ['best = own.greedy', 'best = other.greedy', 'double Q-learning values the action'],
      ['rng.uniform() < 0.5', 'rng.uniform() < 2', 'double Q-learning values the action'],
      [
        '(own.table[entry] + other.table[entry]) / 2',
        'own.table[entry]',
        'double Q-learning values',
      ],
    ],
  },
  {
    of: ['q-lambda'],
    file: 'tabular/q-lambda.ts',
    tests: 'tabular/control-updates.test.ts',
    breakages: [
      ['isGreedy ? discount * lambda : 0', 'discount * lambda', "Watkins's Q(λ) but not across"],
      ['isGreedy ? discount * lambda : 0', '0', "Watkins's Q(λ) sends the error back along"],
      [
        'this.actionValues.value(nextObservations[i], nextActionMasks, i)',
        'table[nextObservations[i] * numActions + 1]',
        "Watkins's Q(λ) sends the error back along",
      ],
      ['terminated[i] || truncated[i]', 'terminated[i]', "Watkins's Q(λ) forgets its traces"],
    ],
  },
  {
    of: ['tree-backup'],
    file: 'tabular/tree-backup.ts',
    tests: 'tabular/control-updates.test.ts',
    breakages: [
      ['others + chance * sum', 'sum', 'n-step tree backup follows what was taken'],
      ['others + chance * sum', 'others', 'n-step tree backup follows what was taken'],
      ['expected - chance * table', 'expected - 0 * table', 'n-step tree backup follows what'],
    ],
  },
  {
    of: ['differential-sarsa'],
    file: 'tabular/differential-sarsa.ts',
    tests: 'tabular/control-updates.test.ts',
    breakages: [
      ['- average[0]', '', 'differential SARSA measures rewards against their average'],
      [
        'this.#table.steps) * error',
        'this.#table.steps) * (rewards[i] - average[0])',
        'differential SARSA measures rewards against their average',
      ],
    ],
  },
  {
    of: ['dyna-q'],
    file: 'tabular/dyna-q.ts',
    tests: 'tabular/dyna.test.ts',
    breakages: [
      ['this.#plan();', '', 'Dyna-Q learns from a step, and from the same step again'],
      [
        'this.#backup(observations',
        'if (false) this.#backup(observations',
        'Dyna-Q without planning',
      ],
      ['this.#model.randomState(rng)', 'this.#model.randomState(rng) * 0', 'Dyna-Q imagines any'],
      ['terminated[entry] ? 0', 'false ? 0', 'Dyna-Q remembers what an action led to last'],
    ],
  },
  {
    of: ['dyna-q-plus'],
    file: 'tabular/dyna-q-plus.ts',
    tests: 'tabular/dyna.test.ts',
    breakages: [
      ['Math.sqrt(steps - this.#triedAt[entry])', 'Math.sqrt(steps)', 'Dyna-Q+ adds κ √τ'],
      ['Math.sqrt(steps - this.#triedAt[entry])', '0', 'Dyna-Q+ adds κ √τ'],
      [
        'randomLegalAction(rng, numActions, masks, state)',
        'this.#model.randomAction(state, rng)',
        'Dyna-Q+ imagines actions never tried',
      ],
    ],
  },
  {
    of: ['prioritized-sweeping'],
    file: 'tabular/prioritized-sweeping.ts',
    tests: 'tabular/dyna.test.ts',
    breakages: [
      ['this.#insert(before);', '', 'prioritized sweeping sends a surprise back'],
      ['set(entry, priority)', 'set(entry, 1 / priority)', 'prioritized sweeping begins with the'],
      ['priority <= this.options.threshold', 'priority <= 0', 'prioritized sweeping lets errors'],
      ['this.#unlink(entry);', '', 'prioritized sweeping keeps the others that lead'],
    ],
  },
  {
    of: ['dyna-q', 'dyna-q-plus', 'prioritized-sweeping'],
    file: 'tabular/learned-model.ts',
    tests: 'tabular/dyna.test.ts',
    breakages: [
      [
        'this.nextStates[entry] = nextObservations[i]',
        'if (this.nextStates[entry] === NONE) this.nextStates[entry] = nextObservations[i]',
        'Dyna-Q remembers what an action led to last',
      ],
    ],
  },
  {
    of: ['q-learning'],
    file: 'tabular/q-learning.ts',
    tests: 'tabular/off-policy.test.ts',
    breakages: [
      [
        'this.actionValues.value(nextObservations[i], transitions.nextActionMasks, i)',
        'this.actionValues.expectedValue(nextObservations[i], 0.1)',
        'Q-learning is without bias for the greedy target',
      ],
    ],
  },
];
