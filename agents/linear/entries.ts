import type { AgentEntry } from '../entry.ts';
import {
  DIFFERENTIAL_SEMI_GRADIENT_SARSA_DEFAULTS,
  DifferentialSemiGradientSarsa,
} from './differential-semi-gradient-sarsa.ts';
import { GRADIENT_MONTE_CARLO_DEFAULTS, GradientMonteCarlo } from './gradient-monte-carlo.ts';
import { GTD2_DEFAULTS, Gtd2 } from './gtd2.ts';
import { SEMI_GRADIENT_SARSA_DEFAULTS, SemiGradientSarsa } from './semi-gradient-sarsa.ts';
import {
  SEMI_GRADIENT_SARSA_LAMBDA_DEFAULTS,
  SemiGradientSarsaLambda,
} from './semi-gradient-sarsa-lambda.ts';
import { SEMI_GRADIENT_TD_DEFAULTS, SemiGradientTd } from './semi-gradient-td.ts';
import {
  SEMI_GRADIENT_TD_LAMBDA_DEFAULTS,
  SemiGradientTdLambda,
} from './semi-gradient-td-lambda.ts';
import { TDC_DEFAULTS, Tdc } from './tdc.ts';
import {
  LINEAR_TRUE_ONLINE_SARSA_LAMBDA_DEFAULTS,
  LinearTrueOnlineSarsaLambda,
} from './true-online-sarsa-lambda.ts';
import {
  LINEAR_TRUE_ONLINE_TD_LAMBDA_DEFAULTS,
  LinearTrueOnlineTdLambda,
} from './true-online-td-lambda.ts';

/** Agents with linear estimates, as the registry lists them. */
export const LINEAR_AGENTS: readonly AgentEntry[] = [
  {
    name: 'gradient-monte-carlo',
    family: 'linear',
    description: 'Predicts values with linear estimates, from the returns of whole episodes.',
    defaults: GRADIENT_MONTE_CARLO_DEFAULTS,
    create: (task, options) => new GradientMonteCarlo(task, options),
  },
  {
    name: 'semi-gradient-td',
    family: 'linear',
    description:
      'Predicts values with linear estimates, from the next n rewards, on policy or off.',
    defaults: SEMI_GRADIENT_TD_DEFAULTS,
    create: (task, options) => new SemiGradientTd(task, options),
  },
  {
    name: 'semi-gradient-td-lambda',
    family: 'linear',
    description: 'Predicts values with linear estimates, by eligibility traces.',
    defaults: SEMI_GRADIENT_TD_LAMBDA_DEFAULTS,
    create: (task, options) => new SemiGradientTdLambda(task, options),
  },
  {
    name: 'linear-true-online-td-lambda',
    family: 'linear',
    description: 'Predicts values with linear estimates, by Dutch traces.',
    defaults: LINEAR_TRUE_ONLINE_TD_LAMBDA_DEFAULTS,
    create: (task, options) => new LinearTrueOnlineTdLambda(task, options),
  },
  {
    name: 'tdc',
    family: 'linear',
    description:
      'Predicts values with linear estimates off policy, by TD with gradient correction.',
    defaults: TDC_DEFAULTS,
    create: (task, options) => new Tdc(task, options),
  },
  {
    name: 'gtd2',
    family: 'linear',
    description: 'Predicts values with linear estimates off policy, by gradient TD.',
    defaults: GTD2_DEFAULTS,
    create: (task, options) => new Gtd2(task, options),
  },
  {
    name: 'semi-gradient-sarsa',
    family: 'linear',
    description: 'Learns action values with linear estimates, from the next n rewards.',
    defaults: SEMI_GRADIENT_SARSA_DEFAULTS,
    create: (task, options) => new SemiGradientSarsa(task, options),
  },
  {
    name: 'semi-gradient-sarsa-lambda',
    family: 'linear',
    description: 'Learns action values with linear estimates, by eligibility traces.',
    defaults: SEMI_GRADIENT_SARSA_LAMBDA_DEFAULTS,
    create: (task, options) => new SemiGradientSarsaLambda(task, options),
  },
  {
    name: 'linear-true-online-sarsa-lambda',
    family: 'linear',
    description: 'Learns action values with linear estimates, by Dutch traces.',
    defaults: LINEAR_TRUE_ONLINE_SARSA_LAMBDA_DEFAULTS,
    create: (task, options) => new LinearTrueOnlineSarsaLambda(task, options),
  },
  {
    name: 'differential-semi-gradient-sarsa',
    family: 'linear',
    description: 'Learns action values of a task without end, beside the average reward.',
    defaults: DIFFERENTIAL_SEMI_GRADIENT_SARSA_DEFAULTS,
    create: (task, options) => new DifferentialSemiGradientSarsa(task, options),
  },
];
