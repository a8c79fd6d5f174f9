import { checkInteger } from '../../core/check.ts';
import {
  type Initializer,
  type InitializerOptions,
  resolveInitializer,
} from '../specification/initializer.ts';
import type { Shape } from '../specification/shape.ts';
import type { Planned, Planner } from './definition.ts';

/** What a user may say of any recurrent layer beside its units. */
export interface RecurrentOptions {
  /** Of the weights from the inputs. Default `xavier-uniform`. */
  readonly initializer?: InitializerOptions;
  /** Of the weights from step to step. Default `orthogonal`. */
  readonly recurrentInitializer?: InitializerOptions;
}

/** What all recurrent layers have. */
export interface RecurrentFields {
  readonly units: number;
  readonly initializer: Initializer;
  readonly recurrentInitializer: Initializer;
}

/** `RecurrentOptions` before they are given. */
export const RECURRENT_DEFAULTS: Required<RecurrentOptions> & { readonly units: number } = {
  units: 0,
  initializer: 'xavier-uniform',
  recurrentInitializer: 'orthogonal',
};

/** The fields that all recurrent layers have, checked. */
export function resolveRecurrent(
  where: string,
  options: Required<RecurrentOptions> & { readonly units: number },
): RecurrentFields {
  const { units, initializer, recurrentInitializer } = options;
  checkInteger(`${where}: units`, units, 1);
  return {
    units,
    initializer: resolveInitializer(`${where}: initializer`, initializer),
    recurrentInitializer: resolveInitializer(
      `${where}: recurrentInitializer`,
      recurrentInitializer,
    ),
  };
}

/** Reserves the two matrices and the hidden state; biases are the layer's own. */
export function planRecurrent(
  { units, initializer, recurrentInitializer }: RecurrentFields,
  gates: number,
  input: Shape,
  planner: Planner,
): Planned {
  if (input.length !== 1) {
    planner.refuse(`takes rows of numbers, one a step, not shape ${input}. Flatten it first.`);
  }
  const [inputs] = input;
  const width = gates * units;
  const fromInputs = { initializer, fanIn: inputs, fanOut: units };
  const fromItself = { initializer: recurrentInitializer, fanIn: units, fanOut: units };
  planner.parameter('inputWeights', [inputs, width], fromInputs);
  planner.parameter('recurrentWeights', [units, width], fromItself);
  planner.state('hidden', units);
  return { output: [units], multiplyAdds: (inputs + units) * width };
}
