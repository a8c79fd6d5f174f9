import type { Rng } from '../../core/rng.ts';
import type { AnyBox, ElementOf, Space } from '../../core/space.ts';
import { partNames } from '../../core/spaces/composite.ts';
import { sample } from '../../core/spaces/sample.ts';
import { copyOf, isList } from './compare.ts';

/** Something that is no action. */
export interface BadAction {
  /** What it is, in a few words. */
  readonly what: string;
  readonly action: unknown;
}

/**
 * Things that are no elements of an action space.
 *
 * Real numbers beyond the bounds of a box are not among them: a world may clip these.
 */
export function badActions(space: Space, rng: Rng): BadAction[] {
  const foreign: BadAction[] = [
    { what: 'undefined', action: undefined },
    { what: 'null', action: null },
    { what: 'an object', action: { action: 0 } },
  ];
  return [...foreign, ...ofKind(space, rng)];
}

function ofKind(space: Space, rng: Rng): BadAction[] {
  switch (space.kind) {
    case 'discrete':
      return [
        ...badIntegers(space.start, space.start + space.n - 1),
        { what: 'a text', action: `${space.start}` },
        { what: 'a list', action: [space.start, space.start] },
      ];
    case 'box':
      return [...badLengths(space, rng), ...badNumbers(space, rng)];
    case 'multi-discrete':
      return [
        ...badLengths(space, rng),
        ...badIntegers(space.start[0], space.start[0] + space.sizes[0] - 1).map(
          inFirst(space, rng),
        ),
      ];
    case 'multi-binary':
      return [...badLengths(space, rng), ...badIntegers(0, 1).map(inFirst(space, rng))];
    case 'text':
      return [
        { what: 'a number', action: 7 },
        { what: 'too long a text', action: space.charset[0].repeat(space.maxLength + 1) },
      ];
    case 'dict':
    case 'tuple':
      return badParts(space, rng);
    default:
      return [{ what: 'a number', action: 7 }];
  }
}

function badIntegers(low: number, high: number): BadAction[] {
  return [low - 1, high + 1, low + 0.5, Number.NaN, Infinity].map((action) => ({
    what: `${action}`,
    action,
  }));
}

function badLengths(space: Space, rng: Rng): BadAction[] {
  const numbers = Array.from(sample(space, rng) as ArrayLike<number>);
  const make = (list: number[]) => sameType(space, rng, list);
  return [
    { what: 'a number', action: numbers[0] },
    { what: 'one number too many', action: make([...numbers, numbers[0]]) },
    { what: 'one number too few', action: make(numbers.slice(1)) },
  ];
}

/** The numbers in the typed array that elements of the space are. */
function sameType(space: Space, rng: Rng, numbers: number[]): unknown {
  const element = sample(space, rng) as Float32Array;
  return (element.constructor as Float32ArrayConstructor).from(numbers);
}

function badNumbers(space: AnyBox, rng: Rng): BadAction[] {
  if (space.dtype !== 'float32') return [];
  return [Number.NaN, Infinity, -Infinity].map((x) =>
    inFirst(space, rng)({ what: `${x}`, action: x }),
  );
}

/** Puts what is wrong into the first element of an action, as a plain list: it keeps any number. */
function inFirst(space: Space, rng: Rng): (bad: BadAction) => BadAction {
  return ({ what, action }) => {
    const numbers: unknown[] = Array.from(sample(space, rng) as ArrayLike<number>);
    numbers[0] = action;
    return { what: `${what} in [0]`, action: numbers };
  };
}

function badParts(space: Extract<Space, { kind: 'dict' | 'tuple' }>, rng: Rng): BadAction[] {
  const parts = space.spaces as Readonly<Record<string, Space>>;
  const names = space.kind === 'dict' ? partNames(space) : Object.keys(parts);
  const element = () => copyOf(sample(space as Space, rng)) as ElementOf<Space>;
  return names.flatMap((name) =>
    ofKind(parts[name], rng).map(({ what, action }) => {
      const whole = element() as Record<string, unknown> | unknown[];
      (whole as Record<string, unknown>)[name] = action;
      return {
        what: isList(whole) ? `${what} in [${name}]` : `${what} in .${name}`,
        action: whole,
      };
    }),
  );
}
