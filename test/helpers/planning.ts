import { asynchronousValueIteration } from '../../agents/planning/asynchronous-value-iteration.ts';
import type { PlanningModel } from '../../agents/planning/expected-model.ts';
import { modifiedPolicyIteration } from '../../agents/planning/modified-policy-iteration.ts';
import type { Plan } from '../../agents/planning/plan.ts';
import { policyIteration } from '../../agents/planning/policy-iteration.ts';
import { prioritizedValueIteration } from '../../agents/planning/prioritized-value-iteration.ts';
import { qValueIteration } from '../../agents/planning/q-value-iteration.ts';
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
  ['iteration on action values in place', (model, options) => qValueIteration(model, options)],
  [
    'iteration on action values with two arrays',
    (model, options) => qValueIteration(model, { ...options, inPlace: false }),
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

/**
 * v* of the states (0, 0), (10, 10) and (20, 20) of Jack's car rental with γ = 0.9, as it was and
 * modified. From: python bench/peers/known_values.py.
 */
export const JACKS_VALUES: readonly [modified: boolean, values: readonly number[]][] = [
  [false, [421.41406339651115, 574.9483239852451, 636.9896068043665]],
  [true, [429.9463049642919, 580.9639731052108, 603.5367009161812]],
];

/** The states of `JACKS_VALUES`. */
export const JACKS_STATES: readonly number[] = [0, 10 * 21 + 10, 440];
