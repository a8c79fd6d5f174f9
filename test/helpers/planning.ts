import { asynchronousValueIteration } from '../../agents/planning/asynchronous-value-iteration.ts';
import type { PlanningModel } from '../../agents/planning/expected-model.ts';
import { modifiedPolicyIteration } from '../../agents/planning/modified-policy-iteration.ts';
import type { Plan } from '../../agents/planning/plan.ts';
import { policyIteration } from '../../agents/planning/policy-iteration.ts';
import { prioritizedValueIteration } from '../../agents/planning/prioritized-value-iteration.ts';
import { valueIteration } from '../../agents/planning/value-iteration.ts';

/** What every method understands. */
export interface MethodOptions {
  readonly discount: number;
  readonly tolerance: number;
}

/** Every method that plans with a discount, or without one where episodes end. */
export const METHODS: readonly [
  name: string,
  solve: (model: PlanningModel, options: MethodOptions) => Plan,
][] = [
  ['policy iteration', (model, { discount }) => policyIteration(model, { discount })],
  ['value iteration in place', (model, options) => valueIteration(model, options)],
  [
    'value iteration with two arrays',
    (model, options) => valueIteration(model, { ...options, inPlace: false }),
  ],
  ['modified policy iteration', (model, options) => modifiedPolicyIteration(model, options)],
  [
    'asynchronous value iteration at random',
    (model, options) => asynchronousValueIteration(model, options),
  ],
  [
    'asynchronous value iteration to and fro',
    (model, options) => asynchronousValueIteration(model, { ...options, order: 'alternating' }),
  ],
  ['prioritized value iteration', (model, options) => prioritizedValueIteration(model, options)],
];
