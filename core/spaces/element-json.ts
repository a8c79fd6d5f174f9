import type { ElementOf, Space } from '../space.ts';
import { type Dict, type Graph, type GraphElement, partNames } from './composite.ts';
import { mismatch } from './contains.ts';
import { isList } from './contains-numbers.ts';
import { withOwnArrays } from './own-arrays.ts';

/** What JSON can say. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

/**
 * An element as JSON: arrays become lists, row-major; `Infinity`, `-Infinity` and `-0`, which JSON
 * does not have, strings.
 *
 * One element at a time, where Gymnasium's `to_jsonable` takes a list of them and turns it inside
 * out for dicts and tuples.
 *
 * @throws RangeError if `element` is not in the space.
 */
export function elementToJson<S extends Space>(space: S, element: ElementOf<S>): Json {
  const problem = mismatch(space, element, 'element');
  if (problem !== null) throw new RangeError(`elementToJson: ${problem}`);
  return encode(space, element);
}

/**
 * The element that `elementToJson` wrote, in arrays of its own.
 *
 * The JSON may come from anywhere: it is checked before anything is made of it.
 *
 * @throws RangeError if `json` describes no element of the space.
 */
export function elementFromJson<S extends Space>(space: S, json: unknown): ElementOf<S> {
  const element = decode(space, json);
  const problem = mismatch(space, element, 'element');
  if (problem !== null) throw new RangeError(`elementFromJson: ${problem}`);
  return withOwnArrays(space, element);
}

// biome-ignore lint/suspicious/noExplicitAny: the kind says what the element is
function encode(space: Space, element: any): Json {
  switch (space.kind) {
    case 'discrete':
    case 'text':
      return element;
    case 'box':
      return Array.from(element, encodeNumber);
    case 'multi-discrete':
    case 'multi-binary':
      return Array.from(element as ArrayLike<number>);
    case 'dict':
      return Object.fromEntries(
        partNames(space).map((name) => [name, encode(space.spaces[name], element[name])]),
      );
    case 'tuple':
      return space.spaces.map((part, i) => encode(part, element[i]));
    case 'sequence':
      return Array.from(element, (item) => encode(space.space, item));
    case 'graph':
      return encodeGraph(space, element);
    case 'one-of':
      return [element[0], encode(space.spaces[element[0]], element[1])];
  }
}

function encodeGraph({ nodeSpace, edgeSpace }: Graph, graph: GraphElement): Json {
  return {
    nodes: Array.from(graph.nodes, (node) => encode(nodeSpace, node)),
    edges: edgeSpace === null ? [] : Array.from(graph.edges, (edge) => encode(edgeSpace, edge)),
    edgeLinks: Array.from(graph.edgeLinks),
  };
}

function encodeNumber(x: unknown): number | string {
  if (Object.is(x, -0)) return '-0';
  return Number.isFinite(x) ? (x as number) : String(x);
}

/** Puts numbers in the place of strings in boxes; what is no element stays what it is. */
function decode(space: Space, json: unknown): unknown {
  switch (space.kind) {
    case 'box':
      return mapList(json, (x) =>
        typeof x === 'string' && Object.hasOwn(NUMBERS, x) ? NUMBERS[x] : x,
      );
    case 'dict':
      return decodeDict(space, json);
    case 'tuple':
      return mapList(json, (part, i) => decodeWith(space.spaces[i], part));
    case 'sequence':
      return mapList(json, (item) => decode(space.space, item));
    case 'graph':
      return decodeGraph(space, json);
    case 'one-of':
      return mapList(json, (part, i, [index]) =>
        i === 1 ? decodeWith(space.spaces[index as number], part) : part,
      );
    default:
      return json;
  }
}

const NUMBERS: Readonly<Record<string, number>> = {
  Infinity: Infinity,
  '-Infinity': -Infinity,
  '-0': -0,
};

function decodeDict(space: Dict, json: unknown): unknown {
  if (!isRecord(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, part]) => {
      const known = Object.hasOwn(space.spaces, name) ? space.spaces[name] : undefined;
      return [name, decodeWith(known, part)];
    }),
  );
}

function decodeGraph({ nodeSpace, edgeSpace }: Graph, json: unknown): unknown {
  if (!isRecord(json)) return json;
  const { nodes, edges } = json;
  return {
    ...json,
    nodes: mapList(nodes, (node) => decode(nodeSpace, node)),
    edges: mapList(edges, (edge) => decodeWith(edgeSpace ?? undefined, edge)),
  };
}

function decodeWith(space: Space | undefined, json: unknown): unknown {
  return space === undefined ? json : decode(space, json);
}

function mapList(
  json: unknown,
  change: (item: unknown, i: number, all: readonly unknown[]) => unknown,
): unknown {
  return Array.isArray(json) ? json.map(change) : json;
}

function isRecord(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !isList(json);
}
