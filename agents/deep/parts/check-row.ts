import { type Shape, showShape } from '../../../networks/specification/shape.ts';

/**
 * Checks that layers give a head what it can take: one number after another, without rows or columns.
 *
 * @param name Of the layers, for errors.
 * @param shape What they end in.
 * @throws RangeError unless it has one axis.
 */
export function checkRow(name: string, shape: Shape): void {
  if (shape.length === 1) return;
  throw new RangeError(
    `${name} must end in a row of numbers, got shape ${showShape(shape)}. Add flatten().`,
  );
}
