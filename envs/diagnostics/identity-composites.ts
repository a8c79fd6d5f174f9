import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { type Box, box, type Discrete, discrete } from '../../core/space.ts';
import {
  type Dict,
  dict,
  type Graph,
  graph,
  type OneOf,
  oneOf,
  type Sequence,
  sequence,
  type Tuple,
  tuple,
} from '../../core/spaces/composite.ts';
import { identity } from './identity.ts';

/** How to build identity with an integer and a vector. */
export interface IdentityPartsOptions {
  /** n, numbers to tell apart, 1 … 1,000. Default 3. */
  readonly numValues?: number;
  /** d, real numbers in ±1, 1 … 1,000. Default 2. */
  readonly size?: number;
  /** Steps after which an episode is truncated, at least 1. Default 100. */
  readonly timeLimit?: number;
}

/** The options that `identityDict()`, `identityTuple()` and `identityOneOf()` stand for. */
export const IDENTITY_PARTS_DEFAULTS: Required<IdentityPartsOptions> = {
  numValues: 3,
  size: 2,
  timeLimit: 100,
};

/**
 * Identity with named parts: `identity(dict({ number: discrete(n), vector: box(−1, 1) }))`. Reward 1 if
 * the number is right, less the squared distance of the vectors; 1 / n − 2 d / 3 on average for random
 * actions.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function identityDict(
  options: IdentityPartsOptions = {},
): Dynamics<
  Dict<{ number: Discrete; vector: Box }>,
  Dict<{ number: Discrete; vector: Box }>,
  Float64Array
> {
  const { number, vector, timeLimit } = parts('identityDict', options);
  return identity(dict({ number, vector }), { name: 'IdentityDict', timeLimit });
}

/**
 * Identity with a list of parts: `identity(tuple([discrete(n), box(−1, 1)]))`. Rewards as in
 * `identityDict`.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function identityTuple(
  options: IdentityPartsOptions = {},
): Dynamics<Tuple<readonly [Discrete, Box]>, Tuple<readonly [Discrete, Box]>, Float64Array> {
  const { number, vector, timeLimit } = parts('identityTuple', options);
  return identity(tuple([number, vector] as const), { name: 'IdentityTuple', timeLimit });
}

/**
 * Identity with a choice of parts: `identity(oneOf([discrete(n), box(−1, 1)]))`. Reward 1 if the part is
 * the right one and so is its number, or, less the squared distance, its vector.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function identityOneOf(
  options: IdentityPartsOptions = {},
): Dynamics<OneOf<readonly [Discrete, Box]>, OneOf<readonly [Discrete, Box]>, Float64Array> {
  const { number, vector, timeLimit } = parts('identityOneOf', options);
  return identity(oneOf([number, vector] as const), { name: 'IdentityOneOf', timeLimit });
}

/** How to build identity with lists. */
export interface IdentitySequenceOptions {
  /** n, numbers to tell apart, 1 … 1,000. Default 3. */
  readonly numValues?: number;
  /** Most numbers of a list, 1 … 1,000. Default 4. */
  readonly maxLength?: number;
  /** Steps after which an episode is truncated, at least 1. Default 100. */
  readonly timeLimit?: number;
}

/** The options that `identitySequence()` stands for. */
export const IDENTITY_SEQUENCE_DEFAULTS: Required<IdentitySequenceOptions> = {
  numValues: 3,
  maxLength: 4,
  timeLimit: 100,
};

/**
 * Identity with lists of integers: `identity(sequence(discrete(n), { maxLength }))`. Reward 1 for the
 * very list, else 0.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function identitySequence(
  options: IdentitySequenceOptions = {},
): Dynamics<Sequence<Discrete>, Sequence<Discrete>, Float64Array> {
  const where = 'identitySequence';
  const resolved = resolveOptions(where, IDENTITY_SEQUENCE_DEFAULTS, options);
  const { numValues, maxLength, timeLimit } = resolved;
  checkInteger(`${where}: numValues`, numValues, 1, 1000);
  checkInteger(`${where}: maxLength`, maxLength, 1, 1000);
  checkInteger(`${where}: timeLimit`, timeLimit, 1);
  const space = sequence(discrete(numValues), { maxLength });
  return identity(space, { name: 'IdentitySequence', timeLimit });
}

/** How to build identity with graphs. */
export interface IdentityGraphOptions {
  /** n, numbers on nodes and on edges, 1 … 1,000. Default 2. */
  readonly numValues?: number;
  /** Most nodes, 1 … 100. Default 3. */
  readonly maxNodes?: number;
  /** Most edges, 0 … 1,000. Default 3. */
  readonly maxEdges?: number;
  /** Steps after which an episode is truncated, at least 1. Default 100. */
  readonly timeLimit?: number;
}

/** The options that `identityGraph()` stands for. */
export const IDENTITY_GRAPH_DEFAULTS: Required<IdentityGraphOptions> = {
  numValues: 2,
  maxNodes: 3,
  maxEdges: 3,
  timeLimit: 100,
};

/**
 * Identity with graphs: `identity(graph(discrete(n), discrete(n), { maxNodes, maxEdges }))`. Reward 1
 * for the very graph, with its edges in the same order, else 0.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function identityGraph(
  options: IdentityGraphOptions = {},
): Dynamics<Graph<Discrete, Discrete>, Graph<Discrete, Discrete>, Float64Array> {
  const where = 'identityGraph';
  const resolved = resolveOptions(where, IDENTITY_GRAPH_DEFAULTS, options);
  const { numValues, maxNodes, maxEdges, timeLimit } = resolved;
  checkInteger(`${where}: numValues`, numValues, 1, 1000);
  checkInteger(`${where}: maxNodes`, maxNodes, 1, 100);
  checkInteger(`${where}: maxEdges`, maxEdges, 0, 1000);
  checkInteger(`${where}: timeLimit`, timeLimit, 1);
  const number = discrete(numValues);
  const space = graph(number, number, { maxNodes, maxEdges });
  return identity(space, { name: 'IdentityGraph', timeLimit });
}

function parts(where: string, options: IdentityPartsOptions) {
  const { numValues, size, timeLimit } = resolveOptions(where, IDENTITY_PARTS_DEFAULTS, options);
  checkInteger(`${where}: numValues`, numValues, 1, 1000);
  checkInteger(`${where}: size`, size, 1, 1000);
  checkInteger(`${where}: timeLimit`, timeLimit, 1);
  return { number: discrete(numValues), vector: box(-1, 1, { shape: [size] }), timeLimit };
}
