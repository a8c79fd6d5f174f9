import { hint, show } from '../../core/check.ts';
import { type AbsoluteLoss, absoluteDefinition } from './absolute.ts';
import { type BernoulliLoss, bernoulliDefinition } from './bernoulli.ts';
import { type CategoricalLoss, categoricalDefinition } from './categorical.ts';
import { type CrossEntropyLoss, crossEntropyDefinition } from './cross-entropy.ts';
import type { AnyLoss, LossDefinition } from './definition.ts';
import { type GaussianLoss, gaussianDefinition } from './gaussian.ts';
import { type HingeLoss, hingeDefinition } from './hinge.ts';
import { type HuberLoss, huberDefinition } from './huber.ts';
import { type ImplicitQuantileLoss, implicitQuantileDefinition } from './implicit-quantile.ts';
import { type QuantileLoss, quantileDefinition } from './quantile.ts';
import { type SquaredLoss, squaredDefinition } from './squared.ts';

type AnyDefinition = LossDefinition<AnyLoss>;

/** Any loss, as data: JSON. */
export type LossSpecification =
  | SquaredLoss
  | AbsoluteLoss
  | HuberLoss
  | HingeLoss
  | CrossEntropyLoss
  | BernoulliLoss
  | GaussianLoss
  | CategoricalLoss
  | QuantileLoss
  | ImplicitQuantileLoss;

// A new loss is one file and one line here.
const DEFINITIONS: readonly AnyDefinition[] = [
  squaredDefinition,
  absoluteDefinition,
  huberDefinition,
  hingeDefinition,
  crossEntropyDefinition,
  bernoulliDefinition,
  gaussianDefinition,
  categoricalDefinition,
  quantileDefinition,
  implicitQuantileDefinition,
].map((definition) => definition as unknown as AnyDefinition);

const BY_KIND: ReadonlyMap<string, AnyDefinition> = new Map(
  DEFINITIONS.map((definition) => [definition.kind, definition]),
);

/** The names of all kinds. */
export const LOSS_KINDS: readonly string[] = [...BY_KIND.keys()];

/** What the library knows of a loss's kind. @throws RangeError if there is no such kind. */
export function lossDefinitionOf(loss: AnyLoss): LossDefinition<AnyLoss> {
  const definition = BY_KIND.get(loss.kind);
  if (definition !== undefined) return definition;
  throw new RangeError(
    `loss: there is no loss of kind ${show(loss.kind)}.${hint(String(loss.kind), LOSS_KINDS)} ` +
      `Kinds: ${LOSS_KINDS.join(', ')}.`,
  );
}

/** What a user may say of a loss: a name alone takes the usual numbers. */
export type LossChoice = LossSpecification['kind'] | AnyLoss;

/**
 * The complete loss that is meant.
 *
 * @param name Whose it is, for errors.
 * @throws RangeError if the kind or an option is unknown, or out of range.
 */
export function resolveLoss(name: string, choice: LossChoice): LossSpecification {
  const given = typeof choice === 'string' ? { kind: choice } : choice;
  if (typeof given !== 'object' || given === null) {
    throw new RangeError(`${name} must be a loss, got ${show(given)}.`);
  }
  const { kind, ...options } = given;
  return lossDefinitionOf(given).resolve(`${name} (${kind})`, options) as LossSpecification;
}
