import type { Rng } from '../rng.ts';
import type { Space } from '../space.ts';
import { type Dict, type Graph, partNames, type Sequence } from './composite.ts';
import {
  chooseAllowed,
  chooseBySums,
  cumulate,
  drawBits,
  drawBox,
  drawIntegers,
  geometric,
} from './draw-numbers.ts';
import type { MultiBinary, MultiDiscrete, Text } from './multi.ts';
import { createBoxArray } from './read-row.ts';
import { sizeOfShape } from './row-sizes.ts';
import { at, type Weights } from './sample-weights.ts';

/** What a space draws from, and what each of its parts does. */
export interface Draws {
  readonly rng: Rng;
  /** Of part i, in the order of rows; a graph's nodes and edges are 0 and 1. */
  part(i: number): Draws;
}

/** Lets all parts draw from what the whole does. */
export function drawsFrom(rng: Rng): Draws {
  const draws: Draws = { rng, part: () => draws };
  return draws;
}

/**
 * A random element of the space.
 *
 * @param weights Must fit the space; `checkWeights` checks it. `null` for none.
 */
export function draw(space: Space, draws: Draws, weights: Weights | null): unknown {
  const { rng } = draws;
  switch (space.kind) {
    case 'discrete':
      return space.start + drawChoice(space.n, rng, weights);
    case 'box': {
      const element = createBoxArray(space);
      drawBox(space, rng, element, 0);
      return element;
    }
    case 'multi-discrete':
      return drawMultiDiscrete(space, rng, weights);
    case 'multi-binary':
      return drawMultiBinary(space, rng, weights);
    case 'text':
      return drawText(space, rng, weights);
    case 'dict':
      return drawDict(space, draws, weights);
    case 'tuple':
      return space.spaces.map((part, i) => draw(part, draws.part(i), weightsOf(weights, i)));
    case 'sequence':
      return drawSequence(space, draws, weights);
    case 'graph':
      return drawGraph(space, draws, weights);
    case 'one-of': {
      const index = rng.below(space.spaces.length);
      const part = draw(space.spaces[index], draws.part(index), weightsOf(weights, index));
      return [index, part];
    }
  }
}

/** The weights of a part; `null` where it is free. */
function weightsOf(weights: Weights | null, key: number | string): Weights | null {
  if (weights === null) return null;
  const of = at(weights.of, key);
  return of === null ? null : { kind: weights.kind, of };
}

/** One of 0 … n − 1. */
function drawChoice(n: number, rng: Rng, weights: Weights | null): number {
  if (weights === null) return rng.below(n);
  const of = weights.of as ArrayLike<number>;
  return weights.kind === 'mask' ? chooseAllowed(of, rng) : chooseBySums(cumulate(of), rng);
}

function drawMultiDiscrete(space: MultiDiscrete, rng: Rng, weights: Weights | null): Int32Array {
  const element = new Int32Array(space.sizes.length);
  if (weights === null) drawIntegers(space, rng, element, 0);
  else {
    for (let i = 0; i < element.length; i++) {
      const own = weightsOf(weights, i);
      const n = space.sizes[i];
      element[i] = own === null ? Math.floor(n * rng.uniform()) : drawChoice(n, rng, own);
    }
  }
  return element.map((integer, i) => integer + space.start[i]);
}

function drawMultiBinary({ shape }: MultiBinary, rng: Rng, weights: Weights | null): Uint8Array {
  const element = new Uint8Array(sizeOfShape(shape));
  const of = (weights?.of ?? []) as ArrayLike<number>;
  if (weights?.kind === 'probability') {
    // Gymnasium lets a chance of 0 give a 1 where the draw is 0.
    return element.map((_, i) => (rng.uniform() <= of[i] && of[i] > 0 ? 1 : 0));
  }
  drawBits(element.length, rng, element, 0);
  return weights === null ? element : element.map((bit, i) => (of[i] === 2 ? bit : of[i]));
}

function drawText(space: Text, rng: Rng, weights: Weights | null): string {
  const { minLength, maxLength, charset } = space;
  const given = weightsOf(weights, 0)?.of as number | undefined;
  const length = given ?? minLength + rng.below(maxLength - minLength + 1);
  const letters = weightsOf(weights, 1)?.of as ArrayLike<number> | undefined;
  const sums = cumulate(letters ?? new Uint8Array(charset.length).fill(1));
  if (!(sums[sums.length - 1] > 0)) return ''; // no letter is allowed
  return Array.from({ length }, () => charset[chooseBySums(sums, rng)]).join('');
}

function drawDict(space: Dict, draws: Draws, weights: Weights | null): object {
  const element: Record<string, unknown> = {};
  partNames(space).forEach((name, i) => {
    element[name] = draw(space.spaces[name], draws.part(i), weightsOf(weights, name));
  });
  return element;
}

function drawSequence(space: Sequence, draws: Draws, weights: Weights | null): unknown[] {
  const length = drawLength(draws.rng, space.maxLength, weightsOf(weights, 0)?.of ?? null);
  const ofItem = weightsOf(weights, 1);
  return Array.from({ length }, () => draw(space.space, draws.part(0), ofItem));
}

function drawLength(rng: Rng, maxLength: number, given: unknown): number {
  if (given === null) return Math.min(geometric(rng), maxLength);
  if (typeof given === 'number') return given;
  const lengths = given as ArrayLike<number>;
  return lengths[rng.below(lengths.length)];
}

function drawGraph(space: Graph, draws: Draws, weights: Weights | null): object {
  const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
  const { rng } = draws;
  const numNodes = 1 + rng.below(Math.min(10, maxNodes));
  const numEdges = rng.below(Math.min(numNodes * numNodes, maxEdges) + 1);
  const drawPart = (part: Space, i: number) => () =>
    draw(part, draws.part(i), weightsOf(weights, i));
  return {
    nodes: Array.from({ length: numNodes }, drawPart(nodeSpace, 0)),
    edges: edgeSpace === null ? [] : Array.from({ length: numEdges }, drawPart(edgeSpace, 1)),
    edgeLinks: Int32Array.from({ length: 2 * numEdges }, () => rng.below(numNodes)),
  };
}
