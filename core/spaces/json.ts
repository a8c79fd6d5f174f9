import { show } from '../check.ts';
import { type AnyBox, type BoxDtype, box, discrete, type Space } from '../space.ts';
import {
  type Dict,
  dict,
  type Graph,
  graph,
  oneOf,
  type Sequence,
  sequence,
  tuple,
} from './composite.ts';
import { type MultiDiscrete, multiBinary, multiDiscrete, type Text, text } from './multi.ts';

/** The space as JSON; infinite numbers become the strings `"Infinity"` and `"-Infinity"`. */
export function spaceToJson(space: Space): object {
  switch (space.kind) {
    case 'box':
      return { ...space, low: numbersToJson(space.low), high: numbersToJson(space.high) };
    case 'multi-discrete':
      return { ...space, sizes: [...space.sizes], start: [...space.start] };
    case 'dict': {
      const parts = Object.entries(space.spaces);
      const spaces = Object.fromEntries(parts.map(([name, part]) => [name, spaceToJson(part)]));
      return { ...space, spaces };
    }
    case 'tuple':
    case 'one-of':
      return { ...space, spaces: space.spaces.map(spaceToJson) };
    case 'sequence': {
      const maxLength = numberToJson(space.maxLength);
      return { ...space, space: spaceToJson(space.space), maxLength };
    }
    case 'graph':
      return graphToJson(space);
    default:
      return { ...space };
  }
}

function graphToJson({ nodeSpace, edgeSpace, maxNodes, maxEdges, ...rest }: Graph): object {
  return {
    ...rest,
    nodeSpace: spaceToJson(nodeSpace),
    edgeSpace: edgeSpace === null ? null : spaceToJson(edgeSpace),
    maxNodes: numberToJson(maxNodes),
    maxEdges: numberToJson(maxEdges),
  };
}

const MAX_DEPTH = 32;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The space that `spaceToJson` wrote, or an older version of it.
 *
 * The JSON may come from anywhere: what is made is never larger than what was given.
 *
 * @throws RangeError if `json` does not describe a space, or one that is more than 32 deep.
 */
export function spaceFromJson(json: unknown): Space {
  return parse(json, 0);
}

function parse(json: unknown, depth: number): Space {
  if (depth > MAX_DEPTH) {
    throw new RangeError(`spaceFromJson: spaces must be at most ${MAX_DEPTH} deep.`);
  }
  const fields = record('a space', json);
  const inner = (part: unknown) => parse(part, depth + 1);
  switch (fields.kind) {
    case 'discrete':
      return parseDiscrete(fields);
    case 'box':
      return parseBox(fields);
    case 'multi-discrete':
      return parseMultiDiscrete(fields);
    case 'multi-binary':
      return multiBinary(numbers('shape', fields.shape), { labels: labelsOf(fields) });
    case 'text':
      return parseText(fields);
    case 'dict':
      return parseDict(fields, inner);
    case 'tuple':
      return tuple(list('spaces', fields.spaces).map(inner));
    case 'one-of':
      return oneOf(list('spaces', fields.spaces).map(inner));
    case 'sequence':
      return parseSequence(fields, inner);
    case 'graph':
      return parseGraph(fields, inner);
    default:
      throw new RangeError(
        `spaceFromJson: expected the kind of a space, such as "box", got ${show(fields.kind)}.`,
      );
  }
}

function parseDiscrete(fields: Fields): Space {
  const start = number('start', fields.start ?? 0);
  return discrete(number('n', fields.n), { labels: labelsOf(fields), start });
}

function parseBox(fields: Fields): AnyBox {
  const options = {
    labels: labelsOf(fields),
    units: strings('units', fields.units),
    shape: numbers('shape', fields.shape),
    dtype: string('dtype', fields.dtype ?? 'float32') as BoxDtype, // box checks which
  };
  return box(numbers('low', fields.low), numbers('high', fields.high), options) as AnyBox;
}

function parseMultiDiscrete(fields: Fields): MultiDiscrete {
  return multiDiscrete(numbers('sizes', fields.sizes), {
    labels: labelsOf(fields),
    start: numbers('start', fields.start),
    shape: numbers('shape', fields.shape),
  });
}

function parseText(fields: Fields): Text {
  return text(number('maxLength', fields.maxLength), {
    minLength: number('minLength', fields.minLength),
    charset: string('charset', fields.charset),
  });
}

function parseDict(fields: Fields, inner: (json: unknown) => Space): Dict {
  const parts = Object.entries(record('spaces', fields.spaces));
  return dict(Object.fromEntries(parts.map(([name, part]) => [name, inner(part)])));
}

function parseSequence(fields: Fields, inner: (json: unknown) => Space): Sequence {
  return sequence(inner(fields.space), { maxLength: number('maxLength', fields.maxLength) });
}

function parseGraph(fields: Fields, inner: (json: unknown) => Space): Graph {
  const edgeSpace = fields.edgeSpace === null ? null : inner(fields.edgeSpace);
  return graph(inner(fields.nodeSpace), edgeSpace, {
    maxNodes: number('maxNodes', fields.maxNodes),
    maxEdges: number('maxEdges', fields.maxEdges),
  });
}

function number(name: string, value: unknown): number {
  if (typeof value === 'number') return value;
  if (value === 'Infinity' || value === '-Infinity') return Number(value);
  throw expected(name, 'a number', value);
}

function numbers(name: string, value: unknown): number[] {
  return list(name, value).map((item, i) => number(`${name}[${i}]`, item));
}

function string(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw expected(name, 'a string', value);
}

function labelsOf({ labels }: Fields): string[] {
  return strings('labels', labels);
}

/** None where there is no such field. */
function strings(name: string, value: unknown): string[] {
  return list(name, value ?? []).map((item, i) => string(`${name}[${i}]`, item));
}

function list(name: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw expected(name, 'a list', value);
}

function record(name: string, value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw expected(name, 'an object', value);
}

function expected(name: string, what: string, value: unknown): RangeError {
  return new RangeError(`spaceFromJson: ${name} must be ${what}, got ${show(value)}.`);
}

function numbersToJson(values: ArrayLike<number>): (number | string)[] {
  return Array.from(values, numberToJson);
}

function numberToJson(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
