import { checkInteger, show } from '../check.ts';
import type { Space } from '../space.ts';
import { type Dict, partNames, type Sequence } from './composite.ts';
import { isList } from './contains-numbers.ts';
import { describeSpace } from './describe.ts';
import type { Text } from './multi.ts';
import { sizeOfShape } from './row-sizes.ts';

/** What a mask or a probability says, of whichever space; `of` is built as `SampleMask` is. */
export interface Weights {
  readonly kind: 'mask' | 'probability';
  readonly of: unknown;
}

/**
 * The mask or the probability among the options; `null` where there is neither.
 *
 * @throws RangeError if both are given, or what is given does not fit the space.
 */
export function checkWeights(
  where: string,
  space: Space,
  mask: unknown,
  probability: unknown,
): Weights | null {
  const masked = (mask ?? null) !== null;
  if (masked && (probability ?? null) !== null) {
    throw new RangeError(`${where}: give a mask or a probability, got both.`);
  }
  const kind = masked ? 'mask' : 'probability';
  const weights = { kind, of: (masked ? mask : probability) ?? null } as const;
  check(space, weights, `${where}: ${kind}`);
  return weights.of === null ? null : weights;
}

function check(space: Space, weights: Weights, where: string): void {
  const { kind, of } = weights;
  if ((of ?? null) === null) return;
  const checkPart = (part: Space, i: number) => {
    check(part, { kind, of: at(of, i) }, `${where}[${i}]`);
  };
  switch (space.kind) {
    case 'discrete':
      checkChoice(kind, of, space.n, where);
      break;
    case 'box':
      throw new RangeError(
        `${where} must be null, got ${show(of)}. A Box cannot be masked; give it narrower bounds.`,
      );
    case 'multi-discrete':
      checkList(of, space.sizes.length, 'one for each element', where);
      space.sizes.forEach((n, i) => {
        if (at(of, i) !== null) checkChoice(kind, at(of, i), n, `${where}[${i}]`);
      });
      break;
    case 'multi-binary':
      checkList(of, sizeOfShape(space.shape), 'one for each element', where);
      checkNumbers(kind, of, 2, where);
      break;
    case 'text':
      checkText(space, weights, where);
      break;
    case 'dict':
      checkDict(space, weights, where);
      break;
    case 'tuple':
    case 'one-of':
      checkList(of, space.spaces.length, `one for each part of ${describeSpace(space)}`, where);
      space.spaces.forEach(checkPart);
      break;
    case 'sequence':
      checkPair(of, 'the length', 'that of every item', where);
      checkLengths(space, at(of, 0), `${where}[0]`);
      checkPart(space.space, 1);
      break;
    case 'graph':
      checkPair(of, 'that of every node', 'that of every edge', where);
      checkPart(space.nodeSpace, 0);
      if (space.edgeSpace !== null) checkPart(space.edgeSpace, 1);
      else if (at(of, 1) !== null) {
        throw mustBe(`${where}[1]`, 'null where edges carry nothing', at(of, 1));
      }
  }
}

/** The weights of the integers 0 … n − 1, of which one is drawn. */
function checkChoice(kind: Weights['kind'], of: unknown, n: number, where: string): void {
  checkList(of, n, 'one for each integer', where);
  checkNumbers(kind, of, 1, where);
  const sum = Array.from(of as ArrayLike<number>).reduce((total, weight) => total + weight, 0);
  if (kind === 'mask' && sum === 0) {
    throw new RangeError(`${where} must allow something, got zeros alone.`);
  }
  if (kind === 'probability') checkSum(sum, where);
}

/** As far from 1 as NumPy's `isclose` allows. */
function checkSum(sum: number, where: string): void {
  if (Math.abs(sum - 1) <= 1e-8 + 1e-5) return;
  throw new RangeError(`${where} must sum to 1, got ${sum}.`);
}

/** Integers from 0 to `most` in a mask, numbers from 0 to 1 in a probability. */
function checkNumbers(kind: Weights['kind'], of: unknown, most: number, where: string): void {
  const numbers = of as ArrayLike<number>;
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i];
    if (kind === 'mask') checkInteger(`${where}[${i}]`, x, 0, most);
    else if (typeof x !== 'number' || !(x >= 0 && x <= 1)) {
      throw mustBe(`${where}[${i}]`, 'a number from 0 to 1', x);
    }
  }
}

function checkText({ minLength, maxLength, charset }: Text, weights: Weights, where: string): void {
  const { kind, of } = weights;
  checkPair(of, 'the length', 'that of each letter', where);
  const length = at(of, 0) as number | null;
  if (length !== null) checkInteger(`${where}[0]`, length, minLength, maxLength);
  const letters = at(of, 1);
  if (letters === null) return;
  const none = isList(letters) && Array.from(letters).every((weight) => weight === 0);
  const empty = (length ?? minLength) === 0; // without letters, the empty text is left
  if (!(kind === 'mask' && none && empty)) {
    checkChoice(kind, letters, charset.length, `${where}[1]`);
  } else checkList(letters, charset.length, 'one for each letter', `${where}[1]`);
}

function checkDict(space: Dict, { kind, of }: Weights, where: string): void {
  const names = partNames(space);
  if (typeof of !== 'object' || of === null || isList(of)) {
    throw mustBe(where, `an object with ${names.join(', ')}`, of);
  }
  for (const [name, part] of Object.entries(of)) {
    if (!names.includes(name)) {
      throw new RangeError(`${where} must have only ${names.join(', ')}, got also ${show(name)}.`);
    }
    check(space.spaces[name], { kind, of: part }, `${where}.${name}`);
  }
}

function checkLengths({ maxLength }: Sequence, lengths: unknown, where: string): void {
  const most = Math.min(maxLength, 2 ** 31 - 1);
  if (lengths === null) return;
  if (!isList(lengths)) checkInteger(where, lengths as number, 0, most);
  else if (lengths.length === 0) throw mustBe(where, 'a length, or a list of some', lengths);
  else {
    Array.from(lengths).forEach((length, i) => {
      checkInteger(`${where}[${i}]`, length as number, 0, most);
    });
  }
}

function checkPair(of: unknown, first: string, second: string, where: string): void {
  if (isList(of) && of.length === 2) return;
  throw mustBe(where, `a pair of ${first} and ${second}, null where free`, of);
}

function checkList(of: unknown, length: number, what: string, where: string): void {
  if (isList(of) && of.length === length) return;
  const got = isList(of) ? `length ${of.length}` : show(of);
  throw new RangeError(`${where} must be a list of ${length}, ${what}, got ${got}.`);
}

/** The item of a list, or the part of an object, that has been checked; `null` for what is missing. */
export function at(whole: unknown, key: number | string): unknown {
  const parts = whole as Readonly<Record<number | string, unknown>>;
  return Object.hasOwn(parts, key) ? (parts[key] ?? null) : null;
}

function mustBe(where: string, rule: string, got: unknown): RangeError {
  return new RangeError(`${where} must be ${rule}, got ${show(got)}.`);
}
