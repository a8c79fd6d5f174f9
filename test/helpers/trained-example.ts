import { Alea } from '../../core/alea.ts';
import type { Network } from '../../networks/network.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import {
  type NetworkOptions,
  network,
} from '../../networks/specification/network-specification.ts';

/** A network whose every number matters: no bias is 0, no running variance 1. */
export function trainedExample(options: NetworkOptions): Network<Float32Array> {
  const engine = new ReferenceEngine((length) => new Float32Array(length));
  const trained = engine.create(network(options), { seed: 3 });
  const rng = new Alea(4, 'export');
  const { parameters, statistics } = trained;
  for (let i = 0; i < parameters.length; i++) parameters[i] += 0.2 * rng.normal();
  for (let i = 0; i < statistics.length; i++) statistics[i] += 0.5 * rng.uniform();
  return trained;
}

/** So many normal draws. */
export function normalDraws(length: number): Float32Array {
  const rng = new Alea(5, 'export');
  return Float32Array.from({ length }, () => rng.normal());
}

/** What a network gives, head by head. */
export function headOutputs(
  { plan, outputSize }: Network<Float32Array>,
  outputs: Float32Array,
): Readonly<Record<string, Float32Array>> {
  const rows = outputs.length / outputSize;
  return Object.fromEntries(
    plan.heads.map(({ name, offset, size }) => {
      const head = new Float32Array(rows * size);
      for (let row = 0; row < rows; row++) {
        const start = row * outputSize + offset;
        head.set(outputs.subarray(start, start + size), row * size);
      }
      return [name, head];
    }),
  );
}

/** The largest difference of two numbers in the same place; infinite for different lengths. */
export function mostApart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  return Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);
}
