import { hint, show } from '../../core/check.ts';
import { type Adadelta, adadeltaDefinition } from './adadelta.ts';
import { type Adagrad, adagradDefinition } from './adagrad.ts';
import {
  type Adam,
  type AdamW,
  type Amsgrad,
  adamDefinition,
  adamWDefinition,
  amsgradDefinition,
} from './adam.ts';
import type { AnyOptimizer, OptimizerDefinition } from './definition.ts';
import { type Radam, radamDefinition } from './radam.ts';
import { type Rmsprop, rmspropDefinition } from './rmsprop.ts';
import {
  type Momentum,
  momentumDefinition,
  type Nesterov,
  nesterovDefinition,
  type Sgd,
  sgdDefinition,
} from './sgd.ts';

/** Any optimizer, as data: JSON. */
export type OptimizerSpecification =
  | Sgd
  | Momentum
  | Nesterov
  | Adagrad
  | Rmsprop
  | Adadelta
  | Adam
  | Amsgrad
  | AdamW
  | Radam;

const DEFINITIONS = [
  sgdDefinition,
  momentumDefinition,
  nesterovDefinition,
  adagradDefinition,
  rmspropDefinition,
  adadeltaDefinition,
  adamDefinition,
  amsgradDefinition,
  adamWDefinition,
  radamDefinition,
].map((definition) => definition as unknown as OptimizerDefinition);

const BY_KIND: ReadonlyMap<string, OptimizerDefinition> = new Map(
  DEFINITIONS.map((definition) => [definition.kind, definition]),
);

/** The names of all kinds. */
export const OPTIMIZER_KINDS: readonly string[] = [...BY_KIND.keys()];

/**
 * What the library knows of an optimizer's kind.
 *
 * @param name Of the option, for errors.
 * @throws RangeError if it is unknown.
 */
export function optimizerDefinition(
  { kind }: { readonly kind: string },
  name = 'optimizer',
): OptimizerDefinition {
  const definition = BY_KIND.get(kind);
  if (definition !== undefined) return definition;
  throw new RangeError(
    `${name}: there is no optimizer of kind ${show(kind)}.${hint(String(kind), OPTIMIZER_KINDS)} ` +
      `Kinds: ${OPTIMIZER_KINDS.join(', ')}.`,
  );
}

/**
 * An optimizer as it is written down, checked and completed.
 *
 * @param name Of the option, for errors: `Ddpg: criticOptimizer`. Default `optimizer`, or its kind.
 * @throws RangeError if its kind or an option is unknown, or an option out of range.
 */
export function resolveOptimizer(
  optimizer: { readonly kind: string },
  name?: string,
): OptimizerSpecification {
  if (typeof optimizer !== 'object' || optimizer === null) {
    throw new RangeError(`${name ?? 'optimizer'}: expected an optimizer, got ${show(optimizer)}.`);
  }
  const { kind, ...options } = optimizer;
  const where = name === undefined ? kind : `${name}: ${kind}`;
  const resolved: AnyOptimizer = optimizerDefinition(optimizer, name).resolve(where, options);
  return resolved as OptimizerSpecification;
}
