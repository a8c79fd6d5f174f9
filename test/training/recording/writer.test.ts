import { describe, expect, test } from 'vitest';
import type { Channel, Manifest } from '../../../training/recording/manifest.ts';
import { RecordingWriter } from '../../../training/recording/writer.ts';
import { codec, EVERY_TYPE, endOf, everyTypeRow, manifestOf, metaOf } from './sample.ts';

function writerOf(manifest: Manifest = manifestOf(EVERY_TYPE, 4)) {
  const chunks: Uint8Array[] = [];
  const writer = new RecordingWriter(manifest, { codec, write: (chunk) => chunks.push(chunk) });
  return { writer, chunks };
}

describe('RecordingWriter', () => {
  test('refuses calls in the wrong order', () => {
    const { writer } = writerOf();
    expect(() => writer.step(everyTypeRow(0))).toThrow(
      'RecordingWriter.step: no episode is open. Call beginEpisode() first.',
    );
    expect(() => writer.endEpisode(endOf(0))).toThrow(
      'RecordingWriter.endEpisode: no episode is open.',
    );
    writer.beginEpisode(metaOf(0));
    expect(() => writer.beginEpisode(metaOf(1))).toThrow(
      'RecordingWriter.beginEpisode: an episode is open. Call endEpisode() first.',
    );
    writer.finish();
    expect(() => writer.step(everyTypeRow(0))).toThrow(
      'RecordingWriter.step: the recording is finished.',
    );
    expect(() => writer.beginEpisode(metaOf(1))).toThrow(
      'beginEpisode: the recording is finished.',
    );
    expect(() => writer.finish()).toThrow(
      'RecordingWriter.finish: the recording is finished already.',
    );
  });

  test('refuses an end whose length is not the number of steps', () => {
    const { writer } = writerOf();
    writer.beginEpisode(metaOf(0));
    for (let t = 0; t < 5; t++) writer.step(everyTypeRow(t));
    expect(() => writer.endEpisode(endOf(6))).toThrow(
      'RecordingWriter.endEpisode: the steps must have length 6, got 5.',
    );
    writer.endEpisode(endOf(5));
  });

  const rows: readonly (readonly [title: string, change: object, message: string])[] = [
    ['an unknown channel', { hash: 1 }, 'RecordingWriter.step: there is no channel "hash".'],
    ['a missing row', { d: undefined }, 'channel "d" (i8) must be given 3 numbers, got undefined.'],
    ['a row too short', { d: [1, 2] }, 'channel "d" (i8) must be given 3 numbers, got [1, 2]'],
    ['a number for a row', { d: 1 }, 'channel "d" (i8) must be given 3 numbers, got 1.'],
    ['text', { h: '1' }, 'channel "h" (f64) must be given one number, got "1".'],
    ['text in a row', { g: [1, '2'] }, 'channel "g" (f32) must be given numbers, got "2".'],
    [
      'an integer out of range',
      { a: 256 },
      'channel "a" (u8) must be given integers from 0 to 255, got 256.',
    ],
    [
      'a fraction',
      { c: 0.5 },
      'channel "c" (u32) must be given integers from 0 to 4294967295, got 0.5.',
    ],
    [
      'a bit of 2',
      { bits: Array(11).fill(2) },
      'channel "bits" (bit) must be given integers from 0 to 1, got 2.',
    ],
    [
      'a negative level',
      { heat: [0, 0, 0, -1] },
      'channel "heat" (u8n) must be given numbers of at least 0, got -1.',
    ],
    ['an endless level', { heat: [0, 0, 0, Infinity] }, 'got Infinity.'],
    [
      'no JSON',
      { note: { a: [Number.NaN] } },
      'RecordingWriter.step: note.a[0]: must be a finite number, got NaN.',
    ],
    [
      'too long JSON',
      { note: 'x'.repeat(1_048_576) },
      'must be given at most 1048576 bytes of JSON, got 1048578.',
    ],
  ];
  for (const [title, change, message] of rows) {
    test(`refuses ${title}, and the step has not been added`, () => {
      const { writer } = writerOf();
      writer.beginEpisode(metaOf(0));
      expect(() => writer.step({ ...everyTypeRow(0), ...change })).toThrow(message);
      writer.endEpisode(endOf(0));
    });
  }

  test('refuses more than 4 MiB of JSON in a block', () => {
    const channels: readonly Channel[] = ['p', 'q'].map((name) => ({
      name,
      dtype: 'json',
      shape: [],
    }));
    const { writer } = writerOf(manifestOf(channels, 16));
    writer.beginEpisode(metaOf(0));
    const row = { p: 'x'.repeat(1_000_000), q: 'y'.repeat(1_000_000) };
    writer.step(row);
    writer.step(row);
    expect(() => writer.step(row)).toThrow(
      'a block must have at most 4194304 bytes of JSON, got 6000036. Use fewer blockSteps.',
    );
  });

  test('writes the manifest at once, a block when it is full, and the index last', () => {
    const { writer, chunks } = writerOf();
    const size = () => chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    expect(size()).toBeGreaterThan(100);
    writer.beginEpisode(metaOf(0));
    const begun = size();
    for (let t = 0; t < 3; t++) writer.step(everyTypeRow(t));
    expect(size()).toBe(begun);
    writer.step(everyTypeRow(3));
    expect(size()).toBeGreaterThan(begun);
  });

  test('a step of numbers allocates no arrays', () => {
    const { writer } = writerOf(manifestOf(EVERY_TYPE.slice(0, -1), 100_00));
    writer.beginEpisode(metaOf(0));
    const row = everyTypeRow(1);
    const { note: _, ...numbers } = row;
    const before = process.memoryUsage().arrayBuffers;
    for (let t = 0; t < 9_999; t++) writer.step(numbers);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThanOrEqual(0);
  });
});

describe('the manifest', () => {
  const good = manifestOf(EVERY_TYPE, 4);
  const channel = (change: object) => ({ ...good, channels: [{ ...EVERY_TYPE[0], ...change }] });
  const cases: readonly (readonly [title: string, manifest: object, message: string])[] = [
    ['another format', { ...good, format: 'zip' }, 'manifest.format must be "rlrec", got "zip".'],
    [
      'a newer version',
      { ...good, version: 2 },
      'manifest.version must be at most 1, got 2. A newer Palaestra has written this recording: update to read it.',
    ],
    ['no version', { ...good, version: '1' }, 'manifest.version must be an integer from 1 to'],
    ['no world', { ...good, env: null }, 'manifest.env must be an object, got null.'],
    [
      'no steps in a block',
      { ...good, blockSteps: 0 },
      'manifest.blockSteps must be an integer from 1 to 65536, got 0.',
    ],
    [
      'an unknown type',
      channel({ dtype: 'f16' }),
      'manifest.channels[0].dtype must be one of u8, u16, u32, i8, i16, i32, f32, f64, bit, u8n, json, got "f16".',
    ],
    [
      'a type of Object',
      channel({ dtype: 'constructor' }),
      'manifest.channels[0].dtype must be one of',
    ],
    [
      'no name',
      channel({ name: '' }),
      'manifest.channels[0].name must be a text of 1 to 200 characters, got "".',
    ],
    [
      'a name that is none',
      channel({ name: '__proto__' }),
      'manifest.channels[0].name must be another name',
    ],
    [
      'a negative extent',
      channel({ shape: [-1] }),
      'manifest.channels[0].shape[0] must be an integer from 1 to 8388608, got -1.',
    ],
    [
      'a huge row',
      channel({ shape: [100_000, 100_000] }),
      'a full block must have at most 8388608 bytes, got 40000000000. Use fewer blockSteps than 4.',
    ],
    [
      'too many dimensions',
      channel({ shape: Array(9).fill(1) }),
      'manifest.channels[0].shape must have at most 8 elements, got 9.',
    ],
    [
      'a shape of JSON',
      channel({ dtype: 'json', shape: [2] }),
      'manifest.channels[0].shape must be [] for a json channel, got [2].',
    ],
    [
      'too many channels',
      { ...good, channels: Array(257).fill(EVERY_TYPE[0]) },
      'manifest.channels must have at most 256 elements, got 257.',
    ],
    [
      'a channel twice',
      { ...good, channels: [EVERY_TYPE[0], EVERY_TYPE[0]] },
      'manifest.channels: each name must occur once, got "a" twice.',
    ],
    [
      'bits that unpack too far',
      { ...good, channels: [{ name: 'x', dtype: 'bit', shape: [300] }], blockSteps: 65536 },
      'a full block must have at most 8388608 bytes, got 19660800.',
    ],
  ];
  for (const [title, manifest, message] of cases) {
    test(`with ${title} is refused`, () => {
      expect(() => writerOf(manifest as Manifest)).toThrow(message);
    });
  }
});
