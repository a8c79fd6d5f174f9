import { checkInteger } from '../../core/check.ts';

/**
 * The shape of one row of a batch: `[features]`, `[height, width, channels]` or `[positions, features]`.
 *
 * Numbers stand in row-major order: the last axis moves fastest. Batch and time are not part of it.
 */
export type Shape = readonly number[];

/** Numbers in a row of this shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((size, length) => size * length, 1);
}

/** `10 × 10 × 4`. */
export function showShape(shape: Shape): string {
  return shape.join(' × ');
}

/** @throws RangeError unless `shape` has at least one axis and all are positive integers. */
export function checkShape(name: string, shape: Shape): void {
  if (!Array.isArray(shape) || shape.length === 0) {
    throw new RangeError(`${name} must be a list of at least one length.`);
  }
  shape.forEach((length, axis) => {
    checkInteger(`${name}[${axis}]`, length, 1);
  });
}
