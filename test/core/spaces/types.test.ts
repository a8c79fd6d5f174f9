import { describe, expect, expectTypeOf, test } from 'vitest';
import { Alea } from '../../../core/alea.ts';
import {
  type Box,
  box,
  type Discrete,
  discrete,
  type ElementOf,
  type Space,
} from '../../../core/space.ts';
import { type BatchOf, batchSpace, concatenate, iterate } from '../../../core/spaces/batch.ts';
import {
  type Dict,
  dict,
  type GraphElement,
  graph,
  oneOf,
  sequence,
  type Tuple,
  tuple,
} from '../../../core/spaces/composite.ts';
import type { elementFromJson } from '../../../core/spaces/element-json.ts';
import { flatten } from '../../../core/spaces/flatten.ts';
import {
  type MultiBinary,
  type MultiDiscrete,
  multiBinary,
  multiDiscrete,
  type Text,
  text,
} from '../../../core/spaces/multi.ts';
import { readRow, rowReader } from '../../../core/spaces/rows.ts';
import { sample } from '../../../core/spaces/sample.ts';
import type { SampleMask } from '../../../core/spaces/sample-options.ts';
import { SpaceSampler } from '../../../core/spaces/sampler.ts';
import type { unflatten } from '../../../core/spaces/unflatten.ts';

// What the compiler knows of elements. The checks are made by `npm run check:types`.

const spaces = {
  discrete: discrete(3),
  floats: box([0], [1]),
  bytes: box([0], [9], { dtype: 'uint8' }),
  integers: box([0], [9], { dtype: 'int32' }),
  multiDiscrete: multiDiscrete([2, 3]),
  multiBinary: multiBinary(4),
  text: text(5),
  dict: dict({ gear: discrete(3), push: box([0], [1]) }),
  tuple: tuple([discrete(2), text(3)]),
  sequence: sequence(multiBinary(2)),
  graph: graph(discrete(2), box([0], [1])),
  bareGraph: graph(text(1)),
  oneOf: oneOf([discrete(2), text(3)]),
  nested: dict({
    a: tuple([dict({ b: multiBinary(1) }), oneOf([text(1), sequence(discrete(2))])]),
  }),
};

type Element<Name extends keyof typeof spaces> = ElementOf<(typeof spaces)[Name]>;

describe('an element', () => {
  test('has the type of its space', () => {
    expectTypeOf<Element<'discrete'>>().toEqualTypeOf<number>();
    expectTypeOf<Element<'floats'>>().toEqualTypeOf<Float32Array>();
    expectTypeOf<Element<'bytes'>>().toEqualTypeOf<Uint8Array>();
    expectTypeOf<Element<'integers'>>().toEqualTypeOf<Int32Array>();
    expectTypeOf<Element<'multiDiscrete'>>().toEqualTypeOf<Int32Array>();
    expectTypeOf<Element<'multiBinary'>>().toEqualTypeOf<Uint8Array>();
    expectTypeOf<Element<'text'>>().toEqualTypeOf<string>();
    expectTypeOf<Element<'dict'>>().toEqualTypeOf<{
      readonly gear: number;
      readonly push: Float32Array;
    }>();
    expectTypeOf<Element<'tuple'>>().toEqualTypeOf<readonly [number, string]>();
    expectTypeOf<Element<'sequence'>[number]>().toEqualTypeOf<Uint8Array>();
    expectTypeOf<Element<'graph'>>().toEqualTypeOf<GraphElement<Discrete, Box>>();
    expectTypeOf<Element<'graph'>['nodes'][number]>().toEqualTypeOf<number>();
    expectTypeOf<Element<'graph'>['edges'][number]>().toEqualTypeOf<Float32Array>();
    expectTypeOf<Element<'bareGraph'>['nodes'][number]>().toEqualTypeOf<string>();
    expectTypeOf<Element<'bareGraph'>['edges'][number]>().toEqualTypeOf<never>();
    expectTypeOf<Element<'oneOf'>[0]>().toEqualTypeOf<number>();
    expectTypeOf<Element<'oneOf'>[1]>().toEqualTypeOf<number | string>();
  });

  test('has the types of its parts, however deep', () => {
    type Pair = Element<'nested'>['a'];
    expectTypeOf<Pair[0]['b']>().toEqualTypeOf<Uint8Array>();
    expectTypeOf<Exclude<Pair[1][1], string>[number]>().toEqualTypeOf<number>();
    expectTypeOf<Element<'nested'>>().not.toBeAny();
  });

  test('of parts that are known only as spaces is known only as an element', () => {
    expectTypeOf<ElementOf<Tuple<readonly Discrete[]>>[number]>().toEqualTypeOf<number>();
    expectTypeOf<ElementOf<Dict<Record<string, Text>>>['any']>().toEqualTypeOf<string>();
    expectTypeOf<number>().toExtend<ElementOf<Space>>();
    expectTypeOf<boolean>().not.toExtend<ElementOf<Space>>();
  });

  test('has the same type wherever it comes from', () => {
    const { dict: space } = spaces;
    type Expected = Element<'dict'>;
    expectTypeOf(sample(space, new Alea(0))).toEqualTypeOf<Expected>();
    expectTypeOf(new SpaceSampler(space).sample()).toEqualTypeOf<Expected>();
    expectTypeOf(readRow(space, [0, 0])).toEqualTypeOf<Expected>();
    expectTypeOf(rowReader(space, new Float32Array(2))).toEqualTypeOf<() => Expected>();
    expectTypeOf<typeof unflatten<typeof space>>().returns.toEqualTypeOf<Expected>();
    expectTypeOf<typeof elementFromJson<typeof space>>().returns.toEqualTypeOf<Expected>();
    expectTypeOf(flatten<typeof space>)
      .parameter(1)
      .toEqualTypeOf<Expected>();
  });
});

describe('a mask', () => {
  test('is built as its space is', () => {
    type Mask<Name extends keyof typeof spaces> = SampleMask<(typeof spaces)[Name]>;
    expectTypeOf<Mask<'discrete'>>().toEqualTypeOf<ArrayLike<number>>();
    expectTypeOf<Mask<'floats'>>().toEqualTypeOf<null>();
    expectTypeOf<Mask<'multiDiscrete'>>().toEqualTypeOf<readonly (ArrayLike<number> | null)[]>();
    expectTypeOf<{ gear: [1, 0, 0] }>().toExtend<Mask<'dict'>>();
    expectTypeOf<{ push: [1] }>().not.toExtend<Mask<'dict'>>();
    expectTypeOf<[[0, 1], [3, null]]>().toExtend<Mask<'tuple'>>();
    expectTypeOf<[[0, 1], [0, 1, 'a']]>().not.toExtend<Mask<'tuple'>>();
    expectTypeOf<[[2, 3], [0, 1]]>().toExtend<Mask<'sequence'>>();
    expectTypeOf<[[0, 1], null]>().toExtend<Mask<'graph'>>();
    expectTypeOf<[null, [1, null]]>().toExtend<Mask<'oneOf'>>();
  });
});

describe('a batch', () => {
  test('is a space of a known kind, with elements of a known type', () => {
    expectTypeOf(batchSpace(spaces.discrete, 2)).toEqualTypeOf<MultiDiscrete>();
    expectTypeOf(batchSpace(spaces.bytes, 2)).toEqualTypeOf<Box<'uint8'>>();
    expectTypeOf<BatchOf<MultiBinary>>().toEqualTypeOf<MultiBinary>();
    expectTypeOf<BatchOf<Text>>().toEqualTypeOf<Tuple<readonly Text[]>>();
    const batch = concatenate(spaces.dict, [{ gear: 0, push: Float32Array.of(0) }]);
    expectTypeOf(batch).toEqualTypeOf<{ readonly gear: Int32Array; readonly push: Float32Array }>();
    expectTypeOf(iterate(spaces.dict, batch)).toEqualTypeOf<Element<'dict'>[]>();
    expect(iterate(spaces.dict, batch)).toHaveLength(1);
    expectTypeOf<ElementOf<BatchOf<(typeof spaces)['tuple']>>[0]>().toEqualTypeOf<Int32Array>();
    expectTypeOf<ElementOf<BatchOf<(typeof spaces)['tuple']>>[1][number]>().toEqualTypeOf<string>();
  });
});
