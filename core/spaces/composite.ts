import { checkInteger, resolveOptions, show } from '../check.ts';
import type { ElementOf, Space } from '../space.ts';

/** Named parts, each of a space of its own; in rows they stand in the order of their names. */
export interface Dict<
  Parts extends Readonly<Record<string, Space>> = Readonly<Record<string, Space>>,
> {
  readonly kind: 'dict';
  readonly spaces: Parts;
}

/** A list of parts, each of a space of its own. */
export interface Tuple<Parts extends readonly Space[] = readonly Space[]> {
  readonly kind: 'tuple';
  readonly spaces: Parts;
}

/** Lists of any length up to a greatest one, whose items are all of one space. */
export interface Sequence<Part extends Space = Space> {
  readonly kind: 'sequence';
  readonly space: Part;
  /** The greatest length; `Infinity` for none. */
  readonly maxLength: number;
}

/** Directed graphs whose nodes, and perhaps edges, carry an element of a space. */
export interface Graph<Node extends Space = Space, Edge extends Space | null = Space | null> {
  readonly kind: 'graph';
  readonly nodeSpace: Node;
  /** `null` where edges carry nothing. */
  readonly edgeSpace: Edge;
  /** The greatest number of nodes; `Infinity` for none. At least one there always is. */
  readonly maxNodes: number;
  /** The greatest number of edges; `Infinity` for none. */
  readonly maxEdges: number;
}

/** An element of one of several spaces, with the index of that space. */
export interface OneOf<Parts extends readonly Space[] = readonly Space[]> {
  readonly kind: 'one-of';
  readonly spaces: Parts;
}

/** A graph: what a user holds in hand. */
export interface GraphElement<
  Node extends Space = Space,
  Edge extends Space | null = Space | null,
> {
  /** What each node carries, at least one. */
  readonly nodes: readonly ElementOf<Node>[];
  /** What each edge carries; empty where the edge space is `null`. */
  readonly edges: readonly ElementOf<Extract<Edge, Space>>[];
  /** Where each edge begins and ends, `[numEdges × 2]`. */
  readonly edgeLinks: Int32Array;
}

/**
 * Named parts, each of a space of its own.
 *
 *     dict({ position: box([0, 0], [9, 9]), carrying: discrete(2) })
 *
 * @throws RangeError if there are none, or one is named `__proto__`, which objects give a meaning.
 */
export function dict<const Parts extends Readonly<Record<string, Space>>>(
  spaces: Parts,
): Dict<Parts> {
  const names = Object.keys(spaces).sort(compareNames);
  checkParts('dict', names.length);
  if (names.includes('__proto__')) {
    throw new RangeError('dict: no part can be named "__proto__". Give it another name.');
  }
  for (const name of names) checkSpace(`dict: ${name}`, spaces[name]);
  return { kind: 'dict', spaces: Object.fromEntries(names.map((n) => [n, spaces[n]])) as Parts };
}

/**
 * A list of parts, each of a space of its own.
 *
 * @throws RangeError if there are none.
 */
export function tuple<const Parts extends readonly Space[]>(spaces: Parts): Tuple<Parts> {
  checkParts('tuple', spaces.length);
  spaces.forEach((space, i) => {
    checkSpace(`tuple: part ${i}`, space);
  });
  return { kind: 'tuple', spaces: [...spaces] as unknown as Parts };
}

/** More about a sequence. */
export interface SequenceOptions {
  /** The greatest length, at least 1; without one a sequence does not fit a row. Default `Infinity`. */
  readonly maxLength?: number;
}

/**
 * Lists whose items are all of one space.
 *
 * @throws RangeError if the greatest length is no integer in 1 … 2³¹ − 1, nor `Infinity`.
 */
export function sequence<const Part extends Space>(
  space: Part,
  options: SequenceOptions = {},
): Sequence<Part> {
  const defaults = { maxLength: Infinity };
  const { maxLength } = resolveOptions<SequenceOptions>('sequence', defaults, options);
  checkSpace('sequence: the space', space);
  checkMost('sequence: maxLength', maxLength, 1);
  return { kind: 'sequence', space, maxLength };
}

/** More about graphs. */
export interface GraphOptions {
  /** The greatest number of nodes, at least 1; without one a graph does not fit a row. Default `Infinity`. */
  readonly maxNodes?: number;
  /** The greatest number of edges, at least 0; likewise. Default `Infinity`. */
  readonly maxEdges?: number;
}

/**
 * Directed graphs with something on their nodes, and perhaps on their edges.
 *
 * @param edgeSpace `null` where edges carry nothing. Default `null`.
 * @throws RangeError if a greatest number is out of range.
 */
export function graph<const Node extends Space, const Edge extends Space | null = null>(
  nodeSpace: Node,
  edgeSpace: Edge = null as Edge,
  options: GraphOptions = {},
): Graph<Node, Edge> {
  const defaults = { maxNodes: Infinity, maxEdges: Infinity };
  const { maxNodes, maxEdges } = resolveOptions<GraphOptions>('graph', defaults, options);
  checkSpace('graph: nodeSpace', nodeSpace);
  if (edgeSpace !== null) checkSpace('graph: edgeSpace', edgeSpace);
  checkMost('graph: maxNodes', maxNodes, 1);
  checkMost('graph: maxEdges', maxEdges, 0);
  return { kind: 'graph', nodeSpace, edgeSpace, maxNodes, maxEdges };
}

/**
 * An element of one of several spaces.
 *
 * @throws RangeError if there are none.
 */
export function oneOf<const Parts extends readonly Space[]>(spaces: Parts): OneOf<Parts> {
  checkParts('oneOf', spaces.length);
  spaces.forEach((space, i) => {
    checkSpace(`oneOf: part ${i}`, space);
  });
  return { kind: 'one-of', spaces: [...spaces] as unknown as Parts };
}

/**
 * The names of a dict's parts in the order in which they stand in rows: by Unicode code point, as
 * Gymnasium sorts them. Objects keep another order where names are whole numbers.
 */
export function partNames({ spaces }: Dict): readonly string[] {
  let names = sortedNames.get(spaces);
  if (names === undefined) {
    names = Object.keys(spaces).sort(compareNames);
    sortedNames.set(spaces, names);
  }
  return names;
}

/** The spaces that a space is made of, in the order of rows; none where it is made of no others. */
export function partsOf(space: Space): readonly Space[] {
  switch (space.kind) {
    case 'dict':
      return partNames(space).map((name) => space.spaces[name]);
    case 'tuple':
    case 'one-of':
      return space.spaces;
    case 'sequence':
      return [space.space];
    case 'graph':
      return space.edgeSpace === null ? [space.nodeSpace] : [space.nodeSpace, space.edgeSpace];
    default:
      return [];
  }
}

// Kept so that loops need not sort; it says nothing that the spaces do not say.
const sortedNames = new WeakMap<object, readonly string[]>();

/** Compares code points where `<` compares UTF-16 units: they differ above U+D7FF. */
function compareNames(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  const i = left.findIndex((letter, k) => letter !== right[k]);
  if (i < 0) return left.length - right.length;
  return (left[i].codePointAt(0) as number) - (right[i]?.codePointAt(0) ?? -1);
}

function checkParts(where: string, count: number): void {
  if (count > 0) return;
  throw new RangeError(`${where}: there must be at least one part, got none.`);
}

const KINDS: readonly string[] = [
  'discrete',
  'box',
  'multi-discrete',
  'multi-binary',
  'text',
  'dict',
  'tuple',
  'sequence',
  'graph',
  'one-of',
] satisfies Space['kind'][];

function checkSpace(where: string, space: unknown): void {
  const kind = (space as { kind?: unknown } | null | undefined)?.kind;
  if (typeof kind === 'string' && KINDS.includes(kind)) return;
  throw new RangeError(`${where} must be a space, such as discrete(3), got ${show(space)}.`);
}

function checkMost(where: string, value: number, least: number): void {
  if (value !== Infinity) checkInteger(where, value, least, 2 ** 31 - 1);
}
