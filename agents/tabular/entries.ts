import type { AgentEntry } from '../entry.ts';
import { DIFFERENTIAL_SARSA_DEFAULTS, DifferentialSarsa } from './differential-sarsa.ts';
import { DOUBLE_Q_LEARNING_DEFAULTS, DoubleQLearning } from './double-q-learning.ts';
import { DYNA_Q_DEFAULTS, DynaQ } from './dyna-q.ts';
import { DYNA_Q_PLUS_DEFAULTS, DynaQPlus } from './dyna-q-plus.ts';
import { EXPECTED_SARSA_DEFAULTS, ExpectedSarsa } from './expected-sarsa.ts';
import { N_STEP_SARSA_DEFAULTS, NStepSarsa } from './n-step-sarsa.ts';
import { N_STEP_TD_DEFAULTS, NStepTd } from './n-step-td.ts';
import { OFF_LINE_LAMBDA_RETURN_DEFAULTS, OffLineLambdaReturn } from './off-line-lambda-return.ts';
import { PRIORITIZED_SWEEPING_DEFAULTS, PrioritizedSweeping } from './prioritized-sweeping.ts';
import { Q_LAMBDA_DEFAULTS, QLambda } from './q-lambda.ts';
import { Q_LEARNING_DEFAULTS, QLearning } from './q-learning.ts';
import { SARSA_DEFAULTS, Sarsa } from './sarsa.ts';
import { SARSA_LAMBDA_DEFAULTS, SarsaLambda } from './sarsa-lambda.ts';
import { TD_0_DEFAULTS, Td0 } from './td-0.ts';
import { TD_LAMBDA_DEFAULTS, TdLambda } from './td-lambda.ts';
import { TREE_BACKUP_DEFAULTS, TreeBackup } from './tree-backup.ts';
import { TRUE_ONLINE_TD_LAMBDA_DEFAULTS, TrueOnlineTdLambda } from './true-online-td-lambda.ts';

/** Agents that learn tables, as the registry lists them. */
export const TABULAR_AGENTS: readonly AgentEntry[] = [
  {
    name: 'td-0',
    family: 'tabular',
    description: 'Predicts the values of a given policy from each step to the next.',
    defaults: TD_0_DEFAULTS,
    create: (task, options) => new Td0(task, options),
  },
  {
    name: 'n-step-td',
    family: 'tabular',
    description: 'Predicts the values of a given policy from the next n rewards.',
    defaults: N_STEP_TD_DEFAULTS,
    create: (task, options) => new NStepTd(task, options),
  },
  {
    name: 'td-lambda',
    family: 'tabular',
    description: 'Predicts the values of a given policy with eligibility traces.',
    defaults: TD_LAMBDA_DEFAULTS,
    create: (task, options) => new TdLambda(task, options),
  },
  {
    name: 'true-online-td-lambda',
    family: 'tabular',
    description: 'Predicts the values of a given policy as the online λ-return algorithm does.',
    defaults: TRUE_ONLINE_TD_LAMBDA_DEFAULTS,
    create: (task, options) => new TrueOnlineTdLambda(task, options),
  },
  {
    name: 'off-line-lambda-return',
    family: 'tabular',
    description: 'Predicts the values of a given policy from λ-returns, when an episode has ended.',
    defaults: OFF_LINE_LAMBDA_RETURN_DEFAULTS,
    create: (task, options) => new OffLineLambdaReturn(task, options),
  },
  {
    name: 'sarsa',
    family: 'tabular',
    description:
      'Learns action values in a table from each step, towards the next action it takes.',
    defaults: SARSA_DEFAULTS,
    create: (task, options) => new Sarsa(task, options),
  },
  {
    name: 'expected-sarsa',
    family: 'tabular',
    description:
      'Learns action values from each step, towards what its policy does next on average.',
    defaults: EXPECTED_SARSA_DEFAULTS,
    create: (task, options) => new ExpectedSarsa(task, options),
  },
  {
    name: 'n-step-sarsa',
    family: 'tabular',
    description: 'Learns action values from the next n rewards and the action after them.',
    defaults: N_STEP_SARSA_DEFAULTS,
    create: (task, options) => new NStepSarsa(task, options),
  },
  {
    name: 'sarsa-lambda',
    family: 'tabular',
    description: 'SARSA with eligibility traces: an error goes back to all that led to it.',
    defaults: SARSA_LAMBDA_DEFAULTS,
    create: (task, options) => new SarsaLambda(task, options),
  },
  {
    name: 'q-learning',
    family: 'tabular',
    description: 'Learns action values in a table from each step, towards the best next action.',
    defaults: Q_LEARNING_DEFAULTS,
    create: (task, options) => new QLearning(task, options),
  },
  {
    name: 'double-q-learning',
    family: 'tabular',
    description: 'Q-learning with two tables, free of the bias of taking the best of noisy values.',
    defaults: DOUBLE_Q_LEARNING_DEFAULTS,
    create: (task, options) => new DoubleQLearning(task, options),
  },
  {
    name: 'q-lambda',
    family: 'tabular',
    description: "Watkins's Q(λ): Q-learning with traces that end at the first exploring action.",
    defaults: Q_LAMBDA_DEFAULTS,
    create: (task, options) => new QLambda(task, options),
  },
  {
    name: 'tree-backup',
    family: 'tabular',
    description: 'Learns the best action values over n steps of any behavior, without weights.',
    defaults: TREE_BACKUP_DEFAULTS,
    create: (task, options) => new TreeBackup(task, options),
  },
  {
    name: 'differential-sarsa',
    family: 'tabular',
    description: 'SARSA for tasks without end: seeks the highest average reward.',
    defaults: DIFFERENTIAL_SARSA_DEFAULTS,
    create: (task, options) => new DifferentialSarsa(task, options),
  },
  {
    name: 'dyna-q',
    family: 'tabular',
    description: 'Q-learning that also learns from remembered steps between real ones.',
    defaults: DYNA_Q_DEFAULTS,
    create: (task, options) => new DynaQ(task, options),
  },
  {
    name: 'dyna-q-plus',
    family: 'tabular',
    description: 'Dyna-Q with a bonus for what was not tried for long: finds what has changed.',
    defaults: DYNA_Q_PLUS_DEFAULTS,
    create: (task, options) => new DynaQPlus(task, options),
  },
  {
    name: 'prioritized-sweeping',
    family: 'tabular',
    description: 'Learns a model and plans first where the values would change most.',
    defaults: PRIORITIZED_SWEEPING_DEFAULTS,
    create: (task, options) => new PrioritizedSweeping(task, options),
  },
];
