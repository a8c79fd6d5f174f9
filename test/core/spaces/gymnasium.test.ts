import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Pcg64 } from '../../../core/pcg64.ts';
import type { ElementOf, Space } from '../../../core/space.ts';
import { concatenate, iterate } from '../../../core/spaces/batch.ts';
import { elementFromJson, elementToJson } from '../../../core/spaces/element-json.ts';
import { flattenedSize, flattenSpace } from '../../../core/spaces/flat-space.ts';
import { flatten } from '../../../core/spaces/flatten.ts';
import { spaceFromJson } from '../../../core/spaces/json.ts';
import { sample } from '../../../core/spaces/sample.ts';
import type { SampleOptions } from '../../../core/spaces/sample-options.ts';
import { SpaceSampler } from '../../../core/spaces/sampler.ts';
import { unflatten } from '../../../core/spaces/unflatten.ts';

/** What Gymnasium draws and makes, recorded by `bench/peers/make_spaces_golden.py`. */
interface Golden {
  readonly seeds: readonly number[];
  readonly seeded: Record<string, { space: unknown; draws: unknown[][] }>;
  readonly masked: readonly (SampleOptions<Space> & { space: unknown; draws: unknown[] })[];
  readonly flat: Record<string, Flat>;
  readonly batched: Record<string, { space: unknown; elements: unknown[]; batch: unknown }>;
}

interface Flat {
  readonly space: unknown;
  readonly size: number;
  readonly low: unknown[];
  readonly high: unknown[];
  readonly elements: unknown[];
  readonly flat: number[][];
}

const golden: Golden = JSON.parse(
  readFileSync(new URL('../../golden/spaces.json', import.meta.url), 'utf8'),
);

const drawn = (sampler: SpaceSampler<Space>, times: number, options?: SampleOptions<Space>) =>
  Array.from({ length: times }, () => elementToJson(sampler.space, sampler.sample(options)));

describe.each(Object.entries(golden.seeded))('seeded like Gymnasium, %s', (_, { space, draws }) => {
  const sampler = new SpaceSampler(spaceFromJson(space), { rng: 'gymnasium' });

  test.each(golden.seeds.map((seed, i) => [seed, draws[i]]))(
    'draws its elements from seed %i',
    (seed, elements) => {
      sampler.seed(seed as number);
      expect(drawn(sampler, (elements as unknown[]).length)).toEqual(elements);
    },
  );
});

describe('with a mask or a probability', () => {
  test.each(golden.masked)('case %# draws Gymnasium’s elements', (masked) => {
    const { space, mask = null, probability = null, draws } = masked;
    const sampler = new SpaceSampler(spaceFromJson(space), { rng: 'gymnasium', seed: 7 });
    expect(drawn(sampler, draws.length, { mask, probability })).toEqual(draws);
  });
});

test('a space without parts draws Gymnasium’s elements from the generator alone', () => {
  const { space, draws } = golden.seeded['multi-discrete'];
  const rng = new Pcg64(golden.seeds[1]);
  const parsed = spaceFromJson(space);
  expect(draws[1].map(() => elementToJson(parsed, sample(parsed, rng)))).toEqual(draws[1]);
});

describe.each(Object.entries(golden.flat))('flattened, %s', (_, recorded) => {
  const space = spaceFromJson(recorded.space);

  test('has Gymnasium’s size and bounds', () => {
    expect(flattenedSize(space)).toBe(recorded.size);
    const { low, high } = flattenSpace(space);
    expect([...low].map(numberToJson)).toEqual(recorded.low);
    expect([...high].map(numberToJson)).toEqual(recorded.high);
  });

  test('has Gymnasium’s numbers, which lead back', () => {
    recorded.elements.forEach((json, i) => {
      const element = elementFromJson(space, json);
      const flat = flatten(space, element);
      expect([...flat]).toEqual(recorded.flat[i]);
      expect(unflatten(space, flat)).toEqual(element);
    });
  });
});

const numberToJson = (x: number) => (Number.isFinite(x) ? x : String(x));

describe.each(Object.entries(golden.batched))('a batch of three of %s', (_, recorded) => {
  const space = spaceFromJson(recorded.space);
  const elements = recorded.elements.map((json): ElementOf<Space> => elementFromJson(space, json));

  test('is Gymnasium’s', () => {
    const batch = concatenate(space, elements);
    expect(JSON.parse(JSON.stringify(plain(batch)))).toEqual(recorded.batch);
    expect(iterate(space, batch)).toEqual(elements);
  });
});

/** Typed arrays as lists. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [...(value as Float32Array)];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}
