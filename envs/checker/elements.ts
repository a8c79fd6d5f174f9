import type { AnyBox, Space } from '../../core/space.ts';
import { partNames } from '../../core/spaces/composite.ts';
import { mismatch } from '../../core/spaces/contains.ts';
import { isList, nameOfList, showValue, withArticle } from './compare.ts';
import type { Place, Report } from './report.ts';

/** Checks that an observation is what its space says: its type, finite, within bounds. */
export function checkObservation(
  space: Space,
  observation: unknown,
  place: Place,
  report: Report,
): void {
  const wrongType = typeProblem(space, observation, 'observation');
  if (wrongType !== null) report.once('observation-type', place, wrongType);
  const infinite = infiniteAt(observation, 'observation');
  if (infinite !== null) {
    report.once('observation-finite', place, infinite);
    return;
  }
  const outside = spaceProblem(space, observation);
  if (outside !== null) report.once('observation-space', place, outside);
}

/** Why an observation cannot be used, whatever its type; `null` if it can. */
export function observationProblem(space: Space, observation: unknown): string | null {
  return infiniteAt(observation, 'observation') ?? spaceProblem(space, observation);
}

/** At most so many elements are named in one message. */
const MOST_NAMED = 5;

/** Why the observation is outside its space; of a box, every element that is, up to five. */
function spaceProblem(space: Space, observation: unknown): string | null {
  if (space.kind !== 'box' || !isList(observation) || observation.length !== space.low.length) {
    return mismatch(space, observation, 'observation');
  }
  const named: string[] = [];
  let more = 0;
  for (let i = 0; i < observation.length; i++) {
    const problem = elementProblem(space, i, observation[i]);
    if (problem === null) continue;
    if (named.length < MOST_NAMED) named.push(problem);
    else more++;
  }
  if (named.length === 0) return null;
  return `${named.join(', ')}${more > 0 ? `, and ${more} more elements` : ''}.`;
}

function elementProblem(
  { low, high, dtype, labels }: AnyBox,
  i: number,
  x: unknown,
): string | null {
  const name = labels[i] === undefined ? `observation[${i}]` : `observation[${i}] (${labels[i]})`;
  if (typeof x !== 'number') return `${name} is no number but ${showValue(x)}`;
  if (x < low[i]) return `${name} = ${x} is below its lower bound ${low[i]}`;
  if (x > high[i]) return `${name} = ${x} is above its upper bound ${high[i]}`;
  return dtype === 'float32' || Number.isInteger(x) ? null : `${name} = ${x} is no integer`;
}

/** The first number in a value that is not finite, as a message. */
function infiniteAt(value: unknown, where: string): string | null {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? null : `${where} is ${value}.`;
  }
  if (isList(value)) {
    for (let i = 0; i < value.length; i++) {
      if (typeof value[i] === 'number' && Number.isFinite(value[i])) continue;
      const found = infiniteAt(value[i], `${where}[${i}]`);
      if (found !== null) return found;
    }
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, part] of Object.entries(value)) {
    const found = infiniteAt(part, `${where}.${name}`);
    if (found !== null) return found;
  }
  return null;
}

const ARRAYS = { float32: Float32Array, uint8: Uint8Array, int32: Int32Array } as const;

/** Why the element has not the type that its space promises; bounds and lengths aside. */
function typeProblem(space: Space, element: unknown, where: string): string | null {
  switch (space.kind) {
    case 'discrete':
      return typeof element === 'number' ? null : mustBe('a number', element, where);
    case 'text':
      return typeof element === 'string' ? null : mustBe('a string', element, where);
    case 'box':
      return arrayProblem(ARRAYS[space.dtype], element, where);
    case 'multi-discrete':
      return arrayProblem(Int32Array, element, where);
    case 'multi-binary':
      return arrayProblem(Uint8Array, element, where);
    case 'dict': {
      if (typeof element !== 'object' || element === null || isList(element)) {
        return mustBe('an object', element, where);
      }
      const parts = element as Readonly<Record<string, unknown>>;
      return firstOf(partNames(space), (name) =>
        typeProblem(space.spaces[name], parts[name], `${where}.${name}`),
      );
    }
    case 'tuple':
      if (!Array.isArray(element)) return mustBe('a list', element, where);
      return firstOf(space.spaces, (part, i) => typeProblem(part, element[i], `${where}[${i}]`));
    case 'sequence':
      if (!Array.isArray(element)) return mustBe('a list', element, where);
      return firstOf(element, (item, i) => typeProblem(space.space, item, `${where}[${i}]`));
    default:
      return null; // of these `mismatch` checks all that there is
  }
}

function arrayProblem(
  array: (typeof ARRAYS)[keyof typeof ARRAYS],
  element: unknown,
  where: string,
): string | null {
  return element instanceof array ? null : mustBe(withArticle(array.name), element, where);
}

function mustBe(what: string, element: unknown, where: string): string {
  const got = isList(element) ? nameOfList(element) : showValue(element);
  return `${where} must be ${what}, got ${got}.`;
}

function firstOf<T>(
  items: readonly T[],
  look: (item: T, i: number) => string | null,
): string | null {
  for (let i = 0; i < items.length; i++) {
    const found = look(items[i], i);
    if (found !== null) return found;
  }
  return null;
}
