import { show } from '../check.ts';
import { type BoxDtype, box, discrete, type Space } from '../space.ts';
import { dict, graph, oneOf, sequence, tuple } from './composite.ts';
import { multiBinary, multiDiscrete, text } from './multi.ts';

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
    case 'sequence':
      return {
        ...space,
        space: spaceToJson(space.space),
        maxLength: numberToJson(space.maxLength),
      };
    case 'graph':
      return {
        ...space,
        nodeSpace: spaceToJson(space.nodeSpace),
        edgeSpace: space.edgeSpace === null ? null : spaceToJson(space.edgeSpace),
        maxNodes: numberToJson(space.maxNodes),
        maxEdges: numberToJson(space.maxEdges),
      };
    default:
      return { ...space };
  }
}

const MAX_DEPTH = 32;

/**
 * The space that `spaceToJson` wrote, or an older version of it.
 *
 * @throws RangeError if `json` does not describe a space.
 */
export function spaceFromJson(json: unknown): Space {
  return parse(json, 0);
}

function parse(json: unknown, depth: number): Space {
  if (depth > MAX_DEPTH) {
    throw new RangeError(`spaceFromJson: spaces must be at most ${MAX_DEPTH} deep.`);
  }
  const fields = (json ?? {}) as Readonly<Record<string, unknown>>;
  const { kind } = fields;
  const labels = strings(fields.labels);
  const inner = (part: unknown) => parse(part, depth + 1);
  switch (kind) {
    case 'discrete':
      return discrete(number('n', fields.n), { labels, start: number('start', fields.start ?? 0) });
    case 'box':
      return box(numbers('low', fields.low), numbers('high', fields.high), {
        labels,
        units: strings(fields.units),
        shape: numbers('shape', fields.shape),
        dtype: (fields.dtype ?? 'float32') as BoxDtype,
      }) as Space;
    case 'multi-discrete':
      return multiDiscrete(numbers('sizes', fields.sizes), {
        labels,
        start: numbers('start', fields.start),
        shape: numbers('shape', fields.shape),
      });
    case 'multi-binary':
      return multiBinary(numbers('shape', fields.shape), { labels });
    case 'text':
      return text(number('maxLength', fields.maxLength), {
        minLength: number('minLength', fields.minLength),
        charset: fields.charset as string,
      });
    case 'dict': {
      const parts = Object.entries((fields.spaces ?? {}) as object);
      return dict(Object.fromEntries(parts.map(([name, part]) => [name, inner(part)])));
    }
    case 'tuple':
      return tuple(list('spaces', fields.spaces).map(inner));
    case 'one-of':
      return oneOf(list('spaces', fields.spaces).map(inner));
    case 'sequence':
      return sequence(inner(fields.space), { maxLength: number('maxLength', fields.maxLength) });
    case 'graph':
      return graph(
        inner(fields.nodeSpace),
        (fields.edgeSpace ?? null) === null ? null : inner(fields.edgeSpace),
        {
          maxNodes: number('maxNodes', fields.maxNodes),
          maxEdges: number('maxEdges', fields.maxEdges),
        },
      );
    default:
      throw new RangeError(`spaceFromJson: expected the kind of a space, got ${show(kind)}.`);
  }
}

function number(name: string, value: unknown): number {
  if (typeof value === 'number') return value;
  if (value === 'Infinity' || value === '-Infinity') return Number(value);
  throw new RangeError(`spaceFromJson: ${name} must be a number, got ${show(value)}.`);
}

function numbers(name: string, value: unknown): number[] {
  return list(name, value).map((item, i) => number(`${name}[${i}]`, item));
}

function list(name: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new RangeError(`spaceFromJson: ${name} must be a list, got ${show(value)}.`);
}

function strings(value: unknown): string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : [];
}

function numbersToJson(values: ArrayLike<number>): (number | string)[] {
  return Array.from(values, numberToJson);
}

function numberToJson(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
