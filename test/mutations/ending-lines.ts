import type { Breakage, MutatedFile } from './mutation.ts';

/**
 * Where each method that bootstraps asks whether an episode has ended: there alone it expects nothing.
 * Broken in two ways: nothing is an end, and a time limit is one.
 */
const QUESTIONS: readonly [agent: string, file: string, question: string][] = [
  ['td-0', 'tabular/td-0.ts', 'terminated[i] ? 0'],
  ['n-step-td', 'tabular/n-step-td.ts', 'terminated[i] ? 0'],
  ['td-lambda', 'tabular/td-lambda.ts', 'terminated[i] ? 0'],
  ['true-online-td-lambda', 'tabular/true-online-td-lambda.ts', 'terminated[i] ? 0'],
  ['off-line-lambda-return', 'tabular/off-line-lambda-return.ts', 'terminated[i] ? 0'],
  ['sarsa', 'tabular/sarsa.ts', 'if (terminated[i]) {'],
  ['expected-sarsa', 'tabular/expected-sarsa.ts', 'terminated[i]\n        ? 0'],
  ['n-step-sarsa', 'tabular/n-step-sarsa.ts', 'terminated[i] ? 0'],
  ['sarsa-lambda', 'tabular/sarsa-lambda.ts', 'if (terminated[i]) {'],
  ['q-learning', 'tabular/q-learning.ts', 'terminated[i]\n        ? 0'],
  ['double-q-learning', 'tabular/double-q-learning.ts', 'if (!terminated[i]) {'],
  ['q-lambda', 'tabular/q-lambda.ts', 'terminated[i]\n        ? 0'],
  ['tree-backup', 'tabular/tree-backup.ts', 'if (!terminated[i]) {'],
  ['differential-sarsa', 'tabular/differential-sarsa.ts', 'if (terminated[i]) {'],
  ['dyna-q', 'tabular/learned-model.ts', 'this.terminated[entry] = terminated[i]'],
  ['dyna-q-plus', 'tabular/dyna-q-plus.ts', 'nextObservations[i], terminated[i] === 1'],
  ['prioritized-sweeping', 'tabular/learned-model.ts', 'this.terminated[entry] = terminated[i]'],
  ['semi-gradient-td', 'linear/semi-gradient-td.ts', 'terminated[i] ? 0'],
  ['semi-gradient-td-lambda', 'linear/semi-gradient-td-lambda.ts', 'terminated[i] ? 0'],
  ['linear-true-online-td-lambda', 'linear/true-online-td-lambda.ts', 'terminated[i] ? 0'],
  ['tdc', 'linear/tdc.ts', 'terminated[i] ? 0'],
  ['semi-gradient-sarsa', 'linear/semi-gradient-sarsa.ts', 'if (terminated[i]) {'],
  ['semi-gradient-sarsa-lambda', 'linear/semi-gradient-sarsa-lambda.ts', 'if (terminated[i]) this'],
  ['linear-true-online-sarsa-lambda', 'linear/true-online-sarsa-lambda.ts', 'if (terminated[i]) {'],
];

/** Both ways to break each question; a method's first argument is the batch. */
export const ENDING_LINES: readonly MutatedFile[] = QUESTIONS.map(([agent, file, question]) => ({
  of: [agent],
  file,
  tests: 'bootstrapping.test.ts',
  breakages: ['false', '(terminated[i] || arguments[0].truncated[i])'].map(
    (broken): Breakage => [question, question.replace('terminated[i]', broken), testOf(agent)],
  ),
}));

/** The beginning of the names of its tests. */
function testOf(agent: string): string {
  return agent === 'differential-sarsa' ? 'differential SARSA' : `${agent} `;
}
