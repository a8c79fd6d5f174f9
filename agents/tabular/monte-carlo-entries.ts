import type { AgentEntry } from '../entry.ts';
import { MONTE_CARLO_CONTROL_DEFAULTS, MonteCarloControl } from './monte-carlo-control.ts';
import {
  MONTE_CARLO_EXPLORING_STARTS_DEFAULTS,
  MonteCarloExploringStarts,
} from './monte-carlo-exploring-starts.ts';
import {
  MONTE_CARLO_OFF_POLICY_CONTROL_DEFAULTS,
  MonteCarloOffPolicyControl,
} from './monte-carlo-off-policy-control.ts';
import {
  MONTE_CARLO_OFF_POLICY_PREDICTION_DEFAULTS,
  MonteCarloOffPolicyPrediction,
} from './monte-carlo-off-policy-prediction.ts';
import { MONTE_CARLO_PREDICTION_DEFAULTS, MonteCarloPrediction } from './monte-carlo-prediction.ts';

/** Agents that learn tables from whole episodes, as the registry lists them. */
export const MONTE_CARLO_AGENTS: readonly AgentEntry[] = [
  {
    name: 'monte-carlo-prediction',
    family: 'tabular',
    description: 'Learns the values of a given policy as means of the returns of whole episodes.',
    defaults: MONTE_CARLO_PREDICTION_DEFAULTS,
    create: (task, options) => new MonteCarloPrediction(task, options),
  },
  {
    name: 'monte-carlo-exploring-starts',
    family: 'tabular',
    description: 'Learns from whole episodes, each with a random first action, then greedy ones.',
    defaults: MONTE_CARLO_EXPLORING_STARTS_DEFAULTS,
    create: (task, options) => new MonteCarloExploringStarts(task, options),
  },
  {
    name: 'monte-carlo-control',
    family: 'tabular',
    description: 'Learns from whole episodes of the epsilon-greedy policy that it improves.',
    defaults: MONTE_CARLO_CONTROL_DEFAULTS,
    create: (task, options) => new MonteCarloControl(task, options),
  },
  {
    name: 'monte-carlo-off-policy-prediction',
    family: 'tabular',
    description: 'Learns the values of one policy from whole episodes of another.',
    defaults: MONTE_CARLO_OFF_POLICY_PREDICTION_DEFAULTS,
    create: (task, options) => new MonteCarloOffPolicyPrediction(task, options),
  },
  {
    name: 'monte-carlo-off-policy-control',
    family: 'tabular',
    description: 'Learns the greedy policy from the ends of episodes that a soft policy acts in.',
    defaults: MONTE_CARLO_OFF_POLICY_CONTROL_DEFAULTS,
    create: (task, options) => new MonteCarloOffPolicyControl(task, options),
  },
];
