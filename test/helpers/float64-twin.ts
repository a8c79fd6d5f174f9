import { ReferenceEngine } from '../../networks/reference/engine.ts';
import type { NetworkSpecification } from '../../networks/specification/network-specification.ts';

/** The outputs of a network with these parameters, row by row, in float64. */
export type Twin = (parameters: ArrayLike<number>, inputs: readonly number[][]) => number[][];

/** A network of plain arithmetic, to be held beside one of the same specification. */
export function twinOf(specification: NetworkSpecification): Twin {
  const engine = new ReferenceEngine((length) => new Float64Array(length));
  const net = engine.create(specification);
  return (parameters, inputs) => {
    net.parameters.set(parameters);
    const outputs = net.forward(Float64Array.from(inputs.flat()), inputs.length);
    return rowsOf(outputs, net.outputSize);
  };
}

/** Numbers that stand one after the other, as rows. */
export function rowsOf(numbers: ArrayLike<number>, size: number): number[][] {
  const all = Array.from(numbers);
  return Array.from({ length: all.length / size }, (_, row) =>
    all.slice(row * size, (row + 1) * size),
  );
}

/** ∂loss/∂θ by central differences. */
export function slopesOf(
  parameters: ArrayLike<number>,
  loss: (parameters: Float64Array) => number,
  step = 1e-6,
): number[] {
  const moved = Float64Array.from(parameters);
  return Array.from(moved, (value, i) => {
    moved[i] = value + step;
    const above = loss(moved);
    moved[i] = value - step;
    const below = loss(moved);
    moved[i] = value;
    return (above - below) / (2 * step);
  });
}

/** The gradient that a step of plain descent followed. */
export function gradientTaken(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  learningRate: number,
): number[] {
  return Array.from(before, (value, i) => (value - after[i]) / learningRate);
}

/** The largest difference between numbers that should be the same. */
export function farthest(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Number.NaN;
  return Math.max(...Array.from(one, (value, i) => Math.abs(value - other[i])));
}

/** The mean of some numbers. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}
