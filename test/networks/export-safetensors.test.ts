import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../core/utf8.ts';
import { fromSafetensors, toSafetensors } from '../../networks/export/network-safetensors.ts';
import { decodeSafetensors } from '../../networks/export/read-safetensors.ts';
import { encodeSafetensors } from '../../networks/export/safetensors.ts';
import { safetensorsExample } from '../helpers/safetensors-example.ts';

const FIXTURE = new URL('../fixtures/two-heads.safetensors', import.meta.url);

/** A file with this header, whatever it says. */
function file(header: unknown, dataBytes: number, length?: bigint): Uint8Array {
  const json = encodeUtf8(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const tensor = (begin: number, end: number, changed: object = {}) => ({
  dtype: 'F32',
  shape: [(end - begin) / 4],
  data_offsets: [begin, end],
  ...changed,
});

describe('a safetensors file', () => {
  test('is the length of the header, the header and the numbers', () => {
    const tensors = [
      { name: 'a', shape: [2, 1], values: Float32Array.of(1, 2) },
      { name: 'b', shape: [], values: Float32Array.of(-0.5) },
    ];
    const bytes = encodeSafetensors(tensors, { made: 'by hand' });
    const view = new DataView(bytes.buffer);
    const length = Number(view.getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
      __metadata__: { made: 'by hand' },
      a: { dtype: 'F32', shape: [2, 1], data_offsets: [0, 8] },
      b: { dtype: 'F32', shape: [], data_offsets: [8, 12] },
    });
    expect(bytes.length).toBe(8 + length + 12);
    expect(view.getFloat32(8 + length + 4, true)).toBe(2);
    expect(view.getFloat32(8 + length + 8, true)).toBe(-0.5);
  });

  test('that pip’s safetensors has read and written holds the network that we wrote', () => {
    const { plan, parameters } = safetensorsExample();
    const trained = fromSafetensors(readFileSync(FIXTURE));
    expect(trained.plan).toEqual(plan);
    expect(trained.parameters).toEqual(parameters);
    const { tensors } = decodeSafetensors(readFileSync(FIXTURE));
    expect(tensors.get('heads.policy.0.weights')?.shape).toEqual([5, 2]);
  });

  test('brings back any tensors', () => {
    const any = fc.uniqueArray(
      fc.record({ name: fc.string(), shape: fc.array(fc.nat(3), { maxLength: 3 }) }),
      { selector: ({ name }) => name, maxLength: 5 },
    );
    fc.assert(
      fc.property(any, fc.dictionary(fc.string(), fc.string()), (shapes, metadata) => {
        const tensors = shapes.map(({ name, shape }, i) => {
          const size = shape.reduce((product, length) => product * length, 1);
          const values = Float32Array.from({ length: size }, (_, k) => i + k / 4);
          return { name, shape, values };
        });
        const contents = decodeSafetensors(encodeSafetensors(tensors, metadata));
        expect(new Map(Object.entries(contents.metadata))).toEqual(
          new Map(Object.entries(metadata)),
        );
        for (const one of tensors) expect(contents.tensors.get(one.name)).toEqual(one);
        expect(contents.tensors.size).toBe(tensors.length);
      }),
    );
  });

  test('cannot hold two tensors of a name, or one whose shape is another', () => {
    const one = { name: 'a', shape: [2], values: Float32Array.of(1, 2) };
    expect(() => encodeSafetensors([one, one])).toThrow('the name "a" must be of one tensor only');
    expect(() => encodeSafetensors([{ ...one, shape: [3] }])).toThrow(
      '"a" of shape [3] must have 3 numbers, got 2.',
    );
  });

  test('cut anywhere is refused', () => {
    const bytes = toSafetensors(safetensorsExample());
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.subarray(0, length))).toThrow('It is cut');
    }
  });

  test.each([
    ['a header longer than there can be', file({}, 0, 2n ** 63n), 'at most 100000000 bytes'],
    ['a header longer than the file', file({}, 0, 3n), 'a header of 3 bytes, got 10 bytes'],
    ['a header that is no JSON', file('{"a":', 0), 'the header must be JSON'],
    ['a header that is no UTF-8', new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0, 255]), 'must be JSON'],
    ['a header that is a list', file([], 0), 'must be a JSON object'],
    ['a tensor that is no object', file({ a: 3 }, 0), '"a" must be an object, got 3.'],
    ['another dtype', file({ a: tensor(0, 4, { dtype: 'F64' }) }, 4), 'must be "F32", got "F64".'],
    ['a negative length', file({ a: tensor(0, 4, { shape: [-1] }) }, 4), 'a list of lengths'],
    ['half a length', file({ a: tensor(0, 4, { shape: [0.5, 2] }) }, 4), 'a list of lengths'],
    ['one place', file({ a: tensor(0, 4, { data_offsets: [4] }) }, 4), 'must be two places'],
    ['a negative place', file({ a: tensor(-4, 0) }, 0), 'must be two places'],
    ['a size too large', file({ a: tensor(0, 8, { shape: [1] }) }, 8), 'must be 4 bytes, got 8.'],
    ['another size', file({ a: tensor(0, 4, { shape: [2] }) }, 8), 'must be 8 bytes, got 4.'],
    [
      'a size beyond all',
      file({ a: tensor(0, 4, { shape: [2 ** 50, 2 ** 50] }) }, 4),
      'bytes, got 4',
    ],
    ['an overlap', file({ a: tensor(0, 8), b: tensor(4, 12) }, 12), '"b" overlaps another tensor'],
    ['a gap', file({ a: tensor(0, 4), b: tensor(8, 12) }, 12), '"b" leaves a gap before it'],
    ['numbers that end too early', file({ a: tensor(0, 400) }, 12), 'hold 400 bytes of numbers'],
    ['more numbers than tensors', file({ a: tensor(0, 4) }, 8), 'must be 4 bytes, got 8.'],
    ['metadata that is no text', file({ __metadata__: { a: 1 } }, 0), 'an object of texts'],
  ])('with %s is refused', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(message);
  });
});

describe('fromSafetensors', () => {
  const { plan, parameters } = safetensorsExample();
  const metadata = { specification: JSON.stringify(plan.specification) };
  const tensors = [...decodeSafetensors(toSafetensors(safetensorsExample())).tensors.values()];

  test('brings the network back', () => {
    expect(fromSafetensors(encodeSafetensors(tensors, metadata)).parameters).toEqual(parameters);
  });

  test.each([
    ['without a specification', encodeSafetensors(tensors), 'must have the entry "specification"'],
    [
      'with a specification that is no JSON',
      encodeSafetensors(tensors, { specification: '{' }),
      'the specification must be a network',
    ],
    [
      'with a layer that there is not',
      encodeSafetensors(tensors, {
        specification: JSON.stringify({ input: [3], layers: [{ kind: 'dens' }] }),
      }),
      'there is no layer of kind "dens"',
    ],
    [
      'that lacks a tensor',
      encodeSafetensors(tensors.slice(1), metadata),
      '"layers.0.weights" must have shape [3,4], got no such tensor',
    ],
    [
      'with a tensor of another shape',
      encodeSafetensors([{ ...tensors[0], shape: [4, 3] }, ...tensors.slice(1)], metadata),
      '"layers.0.weights" must have shape [3,4], got shape [4,3].',
    ],
    [
      'with a tensor too many',
      encodeSafetensors([...tensors, { ...tensors[0], name: 'more' }], metadata),
      'the specification has no "more"',
    ],
  ])('refuses a file %s', (_, bytes, message) => {
    expect(() => fromSafetensors(bytes)).toThrow(message);
  });

  test('wants as many numbers as the plan has places', () => {
    const trained = { plan, parameters: parameters.subarray(1), statistics: new Float32Array(0) };
    expect(() => toSafetensors(trained)).toThrow('toSafetensors: parameters must have length');
  });
});
