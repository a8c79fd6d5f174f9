import type { Iqn } from '../../agents/deep/action-values/iqn.ts';
import { Alea } from '../../core/alea.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ReplayBatch } from '../../replay/replay-batch.ts';

/** Parameters of ψ, φ and f, in float64. */
export type Numbers = readonly [
  features: Float64Array,
  embedding: Float64Array,
  head: Float64Array,
];

/** A copy of what three networks hold. */
export function numbersOf(parts: {
  readonly features: { readonly parameters: Float32Array };
  readonly embedding: { readonly parameters: Float32Array };
  readonly head: { readonly parameters: Float32Array };
}): Numbers {
  const { features, embedding, head } = parts;
  return [
    Float64Array.from(features.parameters),
    Float64Array.from(embedding.parameters),
    Float64Array.from(head.parameters),
  ];
}

/** f(x W + b), of parameters that begin at `at.next`. */
function layer(
  numbers: Float64Array,
  at: { next: number },
  x: readonly number[],
  units: number,
  f: (y: number) => number,
): number[] {
  const { next } = at;
  at.next += (x.length + 1) * units;
  return Array.from({ length: units }, (_, unit) => {
    const bias = numbers[next + x.length * units + unit];
    return f(x.reduce((sum, value, i) => sum + value * numbers[next + i * units + unit], bias));
  });
}

const identity = (y: number) => y;
const relu = (y: number) => Math.max(0, y);

/**
 * Z_τ(s, ·) written out: ψ is a layer of `SIZE` with tanh, f one of 4 with tanh and the last; of one-hot
 * states. Dueling, it has two such f, one of them for values of states.
 */
export function quantileByHand(
  [features, embedding, head]: Numbers,
  state: number,
  fraction: number,
  task: { numStates: number; numActions: number; waves: number; dueling: boolean },
): number[] {
  const { numStates, numActions, waves, dueling } = task;
  const input = Array.from({ length: numStates }, (_, s) => (s === state ? 1 : 0));
  const cosines = Array.from({ length: waves }, (_, i) => Math.cos(Math.PI * i * fraction));
  const psi = layer(features, { next: 0 }, input, SIZE, Math.tanh);
  const phi = layer(embedding, { next: 0 }, cosines, SIZE, relu);
  const at = { next: 0 };
  const product = psi.map((x, i) => x * phi[i]);
  const end = (outputs: number) => {
    const hidden = layer(head, at, product, 4, Math.tanh);
    return layer(head, at, hidden, outputs, identity);
  };
  if (!dueling) return end(numActions);
  const [value] = end(1);
  const advantages = end(numActions);
  const mean = advantages.reduce((sum, a) => sum + a, 0) / numActions;
  return advantages.map((a) => value + a - mean);
}

/** Features of ψ. */
export const SIZE = 3;

/** The fractions of one update, in the order in which they are drawn; each `[rows × …]`. */
export interface Draws {
  readonly batch: ReplayBatch;
  readonly policy: number[][];
  readonly target: number[][];
  readonly own: number[][];
}

/** What an update of an agent whose generator stands at `rng` will draw, by another with the same memory. */
export function drawsOf({ replay, options }: Iqn, rng: SavedData): Draws {
  const generator = new Alea(0);
  generator.restore(rng);
  const { batchSize, policySamples, targetSamples, samples } = options;
  const batch = replay.createBatch(batchSize);
  replay.sample(batch, generator);
  const draw = (count: number) =>
    Array.from({ length: batchSize }, () =>
      Array.from({ length: count }, () => Math.fround(generator.uniform())),
    );
  return { batch, policy: draw(policySamples), target: draw(targetSamples), own: draw(samples) };
}

/** ∂f/∂x by central differences. */
export function slopes(x: Float64Array, f: () => number): number[] {
  const step = 1e-6;
  return Array.from(x, (before, i) => {
    x[i] = before + step;
    const above = f();
    x[i] = before - step;
    const below = f();
    x[i] = before;
    return (above - below) / (2 * step);
  });
}
