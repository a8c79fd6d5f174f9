import { checkOneOf } from '../../core/check.ts';
import { ACTIVATIONS, type Activation } from '../specification/activation.ts';
import {
  type Initializer,
  type InitializerOptions,
  resolveInitializer,
} from '../specification/initializer.ts';
import { type Shape, sizeOf } from '../specification/shape.ts';
import type { Planner } from './definition.ts';

/** What layers of the form y = f(x W + b) have in common. */
export interface Affine {
  readonly activation: Activation;
  readonly bias: boolean;
  /** Of the weights; biases begin at 0, or as the weights do with `fan-in-uniform`. */
  readonly initializer: Initializer;
}

/** What a user may say of such a layer. */
export interface AffineOptions {
  /** Default `linear`. */
  readonly activation?: Activation;
  /** Default true. */
  readonly bias?: boolean;
  /** Default `he-uniform` before the ReLU family, else `xavier-uniform`. */
  readonly initializer?: InitializerOptions;
}

/** The same in JSON. */
export interface AffineFields extends Omit<AffineOptions, 'initializer'> {
  readonly initializer?: InitializerOptions | null;
}

/** What they have where nothing is said; `null` for the usual initializer. */
export const AFFINE_DEFAULTS: Required<AffineFields> = {
  activation: 'linear',
  bias: true,
  initializer: null,
};

/** Checks them. @throws RangeError that begins with `where`. */
export function resolveAffine(
  where: string,
  { activation, bias, initializer }: Required<AffineFields>,
): Affine {
  checkOneOf(`${where}: activation`, activation, ACTIVATIONS);
  const start = initializer ?? usualInitializer(activation);
  return {
    activation,
    bias,
    initializer: resolveInitializer(`${where}: initializer`, start),
  };
}

/** The initializer that suits what comes after: He's before the ReLU family, else Glorot's. */
export function usualInitializer(activation: Activation): InitializerOptions {
  return activation.endsWith('elu') || activation === 'silu' ? 'he-uniform' : 'xavier-uniform';
}

/** Zeros, but where PyTorch's start is wanted: there biases are drawn as weights are. */
export function biasStart(initializer: Initializer): Initializer {
  return initializer.kind === 'fan-in-uniform' ? initializer : { kind: 'zeros' };
}

/** Numbers of each line that a layer sums over, where a row is one line or `[positions × features]`. */
export function featuresOf(input: Shape, planner: Planner): number {
  if (input.length > 2) {
    planner.refuse(`takes rows or positions of numbers, not shape ${input}. Flatten it first.`);
  }
  return input[input.length - 1];
}

/** Lines in each row: its positions, if it has such. */
export function linesOf(input: Shape): number {
  return input.length === 2 ? input[0] : 1;
}

/** Reserves weights, whose last axis is the outputs, and biases. */
export function planAffine(
  { bias, initializer }: Affine,
  weights: Shape,
  fanOut: number,
  planner: Planner,
): void {
  const units = weights[weights.length - 1];
  const start = { initializer, fanIn: sizeOf(weights) / units, fanOut };
  planner.parameter('weights', weights, start);
  if (bias) planner.parameter('bias', [units], { ...start, initializer: biasStart(initializer) });
}
