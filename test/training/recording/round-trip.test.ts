import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Channel, ChannelType } from '../../../training/recording/manifest.ts';
import { openRecording } from '../../../training/recording/reader.ts';
import type { StepRow } from '../../../training/recording/writer.ts';
import { type ByteSource, bytesSource } from '../../../training/zip/byte-source.ts';
import { codec, EVERY_TYPE, endOf, everyTypeRow, manifestOf, metaOf, record } from './sample.ts';

async function valuesOf(channel: Channel, rows: readonly unknown[], blockSteps: number) {
  const bytes = record(manifestOf([channel], blockSteps), [rows.length], (t) => {
    return { [channel.name]: rows[t] } as StepRow;
  });
  const recording = await openRecording(bytesSource(bytes), codec);
  const { columns, length } = await recording.readEpisode(0);
  expect(length).toBe(rows.length);
  return columns.get(channel.name)?.values;
}

const NUMBERS: Readonly<Partial<Record<ChannelType, fc.Arbitrary<number>>>> = {
  u8: fc.integer({ min: 0, max: 255 }),
  u16: fc.integer({ min: 0, max: 65535 }),
  u32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  i8: fc.integer({ min: -128, max: 127 }),
  i16: fc.integer({ min: -32768, max: 32767 }),
  i32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  f32: fc.float(),
  f64: fc.double(),
  bit: fc.integer({ min: 0, max: 1 }),
};

describe('what is written is read', () => {
  for (const [dtype, number] of Object.entries(NUMBERS)) {
    test(`as ${dtype}, whatever the shape and the block`, async () => {
      const table = fc.integer({ min: 1, max: 20 }).chain((width) => {
        const row = fc.array(number, { minLength: width, maxLength: width });
        return fc.record({ width: fc.constant(width), rows: fc.array(row, { maxLength: 12 }) });
      });
      await fc.assert(
        fc.asyncProperty(
          table,
          fc.integer({ min: 1, max: 5 }),
          async ({ width, rows }, blockSteps) => {
            const channel = { name: 'x', dtype: dtype as ChannelType, shape: [width] };
            const values = await valuesOf(channel, rows, blockSteps);
            expect(Array.from(values as ArrayLike<number>)).toEqual(rows.flat());
          },
        ),
        { numRuns: 40 },
      );
    });
  }

  test('as json, as it comes out of JSON', async () => {
    const channel: Channel = { name: 'x', dtype: 'json', shape: [] };
    const json = fc
      .jsonValue({ maxDepth: 4 })
      .filter((value) => !JSON.stringify(value).includes('__proto__'));
    await fc.assert(
      fc.asyncProperty(fc.array(json, { maxLength: 8 }), async (rows) => {
        expect(await valuesOf(channel, rows, 3)).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  test('as u8n to within half a level of the largest number of its row', async () => {
    const channel: Channel = { name: 'x', dtype: 'u8n', shape: [3] };
    const number = fc.float({ min: 0, noNaN: true, noDefaultInfinity: true });
    const row = fc.array(number, { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 7 }), async (rows) => {
        const values = (await valuesOf(channel, rows, 4)) as Float32Array;
        for (const [i, expected] of rows.flat().entries()) {
          const largest = Math.max(...rows[Math.floor(i / 3)]);
          expect(Math.abs(values[i] - expected)).toBeLessThanOrEqual(largest * 0.00197 + 1e-42);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('bits are packed highest first, each row to whole bytes', async () => {
    const { encodeBlock } = await import('../../../training/recording/block.ts');
    const { columnEncoder } = await import('../../../training/recording/column-encoder.ts');
    const encoder = columnEncoder({ name: 'x', dtype: 'bit', shape: [9] }, 2);
    encoder.set(0, [1, 0, 1, 0, 0, 0, 0, 1, 1]);
    encoder.set(1, [0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...encodeBlock([encoder], 2)]).toEqual([2, 0, 0, 0, 0b10100001, 0b10000000, 0, 0]);
  });

  test('a block is its length, then each channel in the order of the manifest, little-endian', async () => {
    const { encodeBlock } = await import('../../../training/recording/block.ts');
    const { columnEncoder } = await import('../../../training/recording/column-encoder.ts');
    const types = ['u16', 'i8', 'u8n', 'f64', 'json'] as const;
    const encoders = types.map((dtype) => {
      return columnEncoder({ name: dtype, dtype, shape: [] }, 4);
    });
    const rows = [
      [258, -1, 255, 1, { b: 1, a: 'é' }],
      [3, 2, 0, -2, []],
    ];
    for (const [step, row] of rows.entries()) {
      for (const [i, encoder] of encoders.entries()) encoder.set(step, row[i]);
    }
    expect([...encodeBlock(encoders, 2)]).toEqual([
      ...[2, 0, 0, 0],
      ...[2, 1, 3, 0],
      ...[255, 2],
      ...[0, 0, 128, 63, 0, 0, 0, 0, 255, 0], // scales 1 and 0, then levels
      ...[0, 0, 0, 0, 0, 0, 240, 63, 0, 0, 0, 0, 0, 0, 0, 192],
      ...[16, 0, 0, 0, ...new TextEncoder().encode('{"a":"é","b":1}')],
      ...[2, 0, 0, 0, 91, 93],
    ]);
  });

  test('several episodes and blocks, with what is known of them', async () => {
    const lengths = [9, 0, 4, 1, 8];
    const bytes = record(manifestOf(EVERY_TYPE, 4), lengths, everyTypeRow);
    const recording = await openRecording(bytesSource(bytes), codec);
    expect(recording.manifest).toEqual(manifestOf(EVERY_TYPE, 4));
    expect(recording.complete).toBe(true);
    expect(recording.episodes.map(({ numBlocks }) => numBlocks)).toEqual([3, 0, 1, 1, 2]);
    for (const [index, length] of lengths.entries()) {
      const known = { meta: metaOf(index), end: endOf(length), length };
      expect(recording.episodes[index]).toMatchObject({ index, ...known });
      const episode = await recording.readEpisode(index);
      expect(episode).toMatchObject(known);
      expect([...episode.columns.keys()]).toEqual(EVERY_TYPE.map(({ name }) => name));
      const expected = Array.from({ length }, (_, t) => everyTypeRow(1000 * index + t));
      expect(Array.from(episode.columns.get('f')?.values ?? [])).toEqual(
        expected.flatMap(({ f }) => f as number[]),
      );
      expect(episode.columns.get('note')?.values).toEqual(expected.map(({ note }) => note));
    }
    const block = await recording.readBlock(0, 2);
    expect(block.length).toBe(1);
    expect(block.columns.get('h')?.values).toEqual(Float64Array.of(everyTypeRow(8).h as number));
  });

  test('NaN, infinities and −0 at the end of an episode survive', async () => {
    const { RecordingWriter } = await import('../../../training/recording/writer.ts');
    const { join } = await import('./sample.ts');
    const chunks: Uint8Array[] = [];
    const write = (chunk: Uint8Array) => chunks.push(chunk);
    const writer = new RecordingWriter(manifestOf([], 4), { codec, write });
    const nest = (levels: number): object => (levels === 0 ? {} : { a: nest(levels - 1) });
    const rng = { kind: 'mt', key: Uint32Array.of(1, 2 ** 32 - 1), deep: nest(50) };
    writer.beginEpisode({ ...metaOf(0), rng });
    const finalState = [Number.NaN, Infinity, -Infinity, -0];
    writer.endEpisode({ ...endOf(0), episodeReturn: -Infinity, finalState });
    writer.finish();
    const recording = await openRecording(bytesSource(join(chunks)), codec);
    expect(recording.complete).toBe(true);
    expect(recording.episodes[0].end?.finalState).toEqual(finalState);
    expect(recording.episodes[0].end?.episodeReturn).toBe(-Infinity);
    expect(recording.episodes[0].meta.rng).toEqual(rng);
  });
});

test('the same calls give the same bytes, whatever the order of keys and the kind of NaN', () => {
  const channels: readonly Channel[] = [
    { name: 'x', dtype: 'f64', shape: [] },
    { name: 'y', dtype: 'json', shape: [] },
  ];
  const negativeNaN = new Float64Array(Uint8Array.of(1, 0, 0, 0, 0, 0, 0xf8, 0xff).buffer);
  const one = record(manifestOf(channels, 3), [4], () => ({ x: Number.NaN, y: { a: 1, b: 2 } }));
  const two = record(manifestOf(channels, 3), [4], () => ({ y: { b: 2, a: 1 }, x: negativeNaN }));
  expect(Buffer.compare(one, two)).toBe(0);
});

test('opening reads the directory, the manifest and the index, and no block', async () => {
  const channel: Channel = { name: 'x', dtype: 'u32', shape: [200] };
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state ^ (state >>> 15)) >>> 0;
  };
  const noise = () => ({ x: Array.from({ length: 200 }, random) });
  const bytes = record(manifestOf([channel], 100), [500, 500, 500], noise);
  const ranges: (readonly [number, number])[] = [];
  const source: ByteSource = {
    size: bytes.length,
    async read(start, end) {
      ranges.push([start, end]);
      return bytes.subarray(start, end);
    },
  };
  const recording = await openRecording(source, codec);
  const total = ranges.reduce((sum, [start, end]) => sum + end - start, 0);
  expect(recording.complete).toBe(true);
  expect(recording.episodes.length).toBe(3);
  expect(ranges.length).toBe(4); // the tail, the directory, the manifest, the index
  expect(total).toBeLessThan(75_000);
  expect(bytes.length).toBeGreaterThan(1_000_000);
  ranges.length = 0;
  await recording.readBlock(1, 2);
  expect(ranges.length).toBe(1);
});
