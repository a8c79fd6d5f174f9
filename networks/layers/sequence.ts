import { type Shape, showShape } from '../specification/shape.ts';
import type { Planner } from './definition.ts';

/** A row that is a sequence `[positions × features]`. */
export interface Sequence {
  readonly positions: number;
  readonly features: number;
}

/** @throws RangeError that names the layer, unless `input` is the shape of a sequence. */
export function checkSequence(input: Shape, planner: Planner): void {
  if (input.length === 2) return;
  planner.refuse(`takes sequences of shape positions × features, not shape ${showShape(input)}.`);
}

/** The lengths of a sequence's shape. */
export function sequenceOf([positions, features]: Shape): Sequence {
  return { positions, features };
}
