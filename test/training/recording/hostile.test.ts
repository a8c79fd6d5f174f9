import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../training/recording/canonical-json.ts';
import type { Channel } from '../../../training/recording/manifest.ts';
import { parseJson } from '../../../training/recording/parse-json.ts';
import { openRecording } from '../../../training/recording/reader.ts';
import { type ByteSource, bytesSource } from '../../../training/zip/byte-source.ts';
import type { Codec } from '../../../training/zip/codec.ts';
import { ZipWriter } from '../../../training/zip/writer.ts';
import { memoryGrowth } from './memory.ts';
import { codec, endOf, join, manifestOf, metaOf, record } from './sample.ts';

const MOST = 100e6; // bytes
const SLOWEST = 5000; // milliseconds, on a machine with other work

/** The platform's DEFLATE, which makes large files much faster. */
const quickCodec: Codec = {
  deflate: (bytes) => new Uint8Array(deflateRawSync(bytes)),
  inflate: codec.inflate,
};

type Entries = Readonly<Record<string, string | Uint8Array>>;

/** A zip with these entries and a manifest in front, as a hostile writer may make it. */
function forged(entries: Entries, channels: readonly Channel[] = [], blockSteps = 4): Uint8Array {
  const chunks: Uint8Array[] = [];
  const zip = new ZipWriter({ codec: quickCodec, write: (chunk) => chunks.push(chunk) });
  const manifest = canonicalJson('', manifestOf(channels, blockSteps));
  for (const [name, content] of Object.entries({ 'manifest.json': manifest, ...entries })) {
    zip.add(name, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  }
  zip.finish();
  return join(chunks);
}

/** Everything that can be read, errors of single episodes aside; gives the first of them. */
async function readAll(source: ByteSource, codec: Codec): Promise<void> {
  const recording = await openRecording(source, codec);
  let first: unknown = null;
  for (const { index } of recording.episodes) {
    await recording.readEpisode(index).catch((error: unknown) => {
      first ??= error;
    });
  }
  if (first !== null) throw first;
}

async function expectHarmless(bytes: Uint8Array, message: RegExp | null): Promise<void> {
  const { growth, error, milliseconds } = await memoryGrowth(bytes, readAll);
  if (message === null) expect(error).toBeNull();
  else expect(error?.message).toMatch(message);
  expect(growth).toBeLessThan(MOST);
  expect(milliseconds).toBeLessThan(SLOWEST);
}

const MIB = 1024 * 1024;
const meta = canonicalJson('', metaOf(0));
const end = (length: number) => canonicalJson('', { ...endOf(length), finalState: [] });
const repeat = (unit: string, size: number) => unit.repeat(Math.floor(size / unit.length));

describe('a small file that wants much memory gets less than 100 MB of it', () => {
  const bytes: Channel = { name: 'x', dtype: 'u8', shape: [MIB] };

  test('blocks that inflate to gigabytes', async () => {
    const block = new Uint8Array(4 + 8 * MIB);
    block[0] = 8;
    const blocks = Array.from({ length: 5 }, (_, i) => [`ep/000000/b000${i}.bin`, block] as const);
    const entries = { 'ep/000000/meta.json': meta, ...Object.fromEntries(blocks) };
    const bomb = forged({ ...entries, 'ep/000000/end.json': end(40) }, [bytes], 8);
    expect(bomb.length).toBeLessThan(200_000);
    await expectHarmless(
      bomb,
      /^episode 0: memory must be at most the 33554432 bytes that episodeBytes leaves, got 41943040\./,
    );
  });

  test('one block of the greatest size, of bits', async () => {
    const block = new Uint8Array(4 + MIB).fill(0xff);
    block.set([1, 0, 0, 0]);
    const bits: Channel = { name: 'x', dtype: 'bit', shape: [8 * MIB] };
    const entries = { 'ep/000000/meta.json': meta, 'ep/000000/b0000.bin': block };
    await expectHarmless(forged(entries, [bits], 1), null);
  });

  test('four blocks of the greatest size', async () => {
    const block = new Uint8Array(4 + 8 * MIB);
    block[0] = 8;
    const blocks = Array.from({ length: 4 }, (_, i) => [`ep/000000/b000${i}.bin`, block] as const);
    const entries = { 'ep/000000/meta.json': meta, ...Object.fromEntries(blocks) };
    await expectHarmless(forged(entries, [bytes], 8), null);
  });

  test('a block that is longer than its channels allow', async () => {
    const entries = {
      'ep/000000/meta.json': meta,
      'ep/000000/b0000.bin': new Uint8Array(6 * MIB),
    };
    await expectHarmless(
      forged({ ...entries, 'ep/000000/end.json': end(4) }, [{ ...bytes, shape: [2] }]),
      /^Zip: "ep\/000000\/b0000.bin" must have at most 12 bytes, got 6291456\.$/,
    );
  });

  const values = ['{}', '[]', '[[]]', '{"1":0}', '0', '{"a":{"b":0}}'];
  for (const value of values) {
    test(`an index of 4 MiB of ${value}`, async () => {
      const list = repeat(`${value},`, 4 * MIB - 100);
      const index = `{"version":1,"numEpisodes":0,"x":[${list}0]}`;
      await expectHarmless(forged({ 'index.json': index }), /^index\.json: memory must be at most/);
    });
  }

  for (const [value, size] of [
    ['{}', 1_500_000],
    ['""', 4_000_000],
  ] as const) {
    test(`an index of ${value} that is read because it is just within the limit`, async () => {
      const index = `{"version":1,"numEpisodes":0,"x":[${repeat(`${value},`, size)}0]}`;
      await expectHarmless(forged({ 'index.json': index }), null);
    });
  }

  test('ever new keys, just within the limit', async () => {
    const keys = Array.from({ length: 180_000 }, (_, i) => `{"${i.toString(36)}":0}`).join(',');
    const index = `{"version":1,"numEpisodes":0,"x":[${keys}]}`;
    await expectHarmless(forged({ 'index.json': index }), null);
  });

  test('an index of 4 MiB of ever new keys', async () => {
    const keys = Array.from({ length: 280_000 }, (_, i) => `{"${i.toString(36)}":0}`).join(',');
    const index = `{"version":1,"numEpisodes":0,"x":[${keys}]}`;
    await expectHarmless(forged({ 'index.json': index }), /^index\.json: memory must be at most/);
  });

  test('an index of more than 4 MiB', async () => {
    const index = `{"version":1,"numEpisodes":0,"x":"${repeat(' ', 5 * MIB)}"}`;
    await expectHarmless(forged({ 'index.json': index }), null);
  });

  test('many episodes whose descriptions inflate a thousandfold', async () => {
    const large = `{"finalState":[${repeat('0,', 3 * MIB)}0]}`;
    const entries: Record<string, string> = {};
    for (let i = 10; i < 22; i++) {
      entries[`ep/0000${i}/meta.json`] = canonicalJson('', metaOf(i));
      entries[`ep/0000${i}/end.json`] = large;
    }
    await expectHarmless(forged(entries), /^ep\/0000\d\d\/end\.json: memory must be at most/);
  });

  test('a channel of JSON that inflates a thousandfold', async () => {
    const text = new TextEncoder().encode(`[${repeat('{},', MIB - 10)}0]`);
    const row = new Uint8Array(4 + text.length);
    new DataView(row.buffer).setUint32(0, text.length, true);
    row.set(text, 4);
    const block = join([Uint8Array.of(3, 0, 0, 0), row, row, row]);
    const entries = { 'ep/000000/meta.json': meta, 'ep/000000/b0000.bin': block };
    const json: Channel = { name: 'x', dtype: 'json', shape: [] };
    await expectHarmless(forged(entries, [json]), /^channel "x": memory must be at most/);
  });

  test('JSON as deep as a well', async () => {
    const index = `${'['.repeat(2 * MIB)}${']'.repeat(2 * MIB)}`;
    await expectHarmless(forged({ 'index.json': index }), null);
    const bytes = new TextEncoder().encode(index);
    expect(() => parseJson('x.json', bytes)).toThrow('x.json: JSON must have at most 64 levels.');
  });

  test('100,000 empty local headers in a row', async () => {
    const header = forged({}).slice(0, 30);
    header.set([0, 0, 1, 0], 26);
    const bytes = new Uint8Array(31 * 100_000);
    for (let i = 0; i < 100_000; i++) bytes.set(header, 31 * i);
    await expectHarmless(bytes, /^Recording: there must be an entry "manifest.json", got/);
  });

  test('3 million signatures of nothing', async () => {
    const bytes = new TextEncoder().encode('PK\x03\x04'.repeat(750_000));
    await expectHarmless(
      bytes,
      /^Recording: there must be an entry "manifest.json", got 0 readable/,
    );
  });
});

describe('what is hostile in JSON', () => {
  test('`__proto__` is dropped, also deep inside', () => {
    const text = '{"__proto__":{"a":1},"b":[{"__proto__":2,"c":3}]}';
    const value = parseJson('x.json', new TextEncoder().encode(text)) as { a?: number };
    expect(value).toEqual({ b: [{ c: 3 }] });
    expect(Object.keys(value)).toEqual(['b']);
    expect(value.a).toBeUndefined();
  });

  test('keys and channels that are not known are passed over', async () => {
    const manifest = { ...manifestOf([{ name: 'new thing', dtype: 'u8', shape: [] }], 4), more: 1 };
    const block = Uint8Array.of(1, 0, 0, 0, 42);
    const bytes = forged({
      'manifest.json': canonicalJson('', manifest),
      'ep/000000/meta.json': canonicalJson('', { ...metaOf(0), more: 1 }),
      'ep/000000/b0000.bin': block,
      'ep/000000/tree/000041.json': '{}',
      'ep/000000/end.json': canonicalJson('', { ...endOf(1), more: 1 }),
    });
    const recording = await openRecording(bytesSource(bytes), codec);
    expect(Object.keys(recording.manifest)).not.toContain('more');
    expect(recording.episodes[0]).toMatchObject({ meta: metaOf(0), end: endOf(1), length: 1 });
    expect((await recording.readEpisode(0)).columns.get('new thing')?.values).toEqual(
      Uint8Array.of(42),
    );
  });
});

describe('an index that lies', () => {
  const channels: readonly Channel[] = [{ name: 'x', dtype: 'u8', shape: [] }];
  const honest = { ...metaOf(0), ...endOf(6), blocks: [] };
  const blocks = {
    'ep/000000/meta.json': meta,
    'ep/000000/b0000.bin': Uint8Array.of(4, 0, 0, 0, 1, 2, 3, 4),
    'ep/000000/b0001.bin': Uint8Array.of(2, 0, 0, 0, 5, 6),
    'ep/000000/end.json': canonicalJson('', endOf(6)),
  };
  for (const lie of [
    { length: 400 },
    { length: -1 },
    { length: 1e300 },
    { outcome: 'won' },
    { rng: 1 },
  ]) {
    test(`with ${JSON.stringify(lie)} is not believed`, async () => {
      const index = { version: 1, numEpisodes: 1, episodes: [{ ...honest, ...lie }] };
      const bytes = forged({ ...blocks, 'index.json': canonicalJson('', index) }, channels);
      const { episodes } = await openRecording(bytesSource(bytes), codec);
      expect(episodes).toEqual([
        { index: 0, meta: metaOf(0), end: endOf(6), length: 6, numBlocks: 2 },
      ]);
    });
  }

  test('of another number of episodes makes the recording incomplete', async () => {
    const index = { version: 1, numEpisodes: 2 };
    const bytes = forged({ ...blocks, 'index.json': canonicalJson('', index) }, channels);
    const { complete, episodes } = await openRecording(bytesSource(bytes), codec);
    expect([complete, episodes.length]).toEqual([false, 1]);
  });
});

describe('blocks that lie', () => {
  const channels: readonly Channel[] = [{ name: 'x', dtype: 'json', shape: [] }];
  const blocks: readonly (readonly [title: string, block: readonly number[], message: string])[] = [
    [
      'with bytes left over',
      [1, 0, 0, 0, 1, 0, 0, 0, 48, 9],
      'must end with its last channel at 9, got 10 bytes.',
    ],
    [
      'that end too early',
      [1, 0, 0, 0, 2, 0, 0, 0, 48],
      'must hold channel "x", but ends before it.',
    ],
    ['of too many steps', [9, 0, 0, 0], 'must have 1 to 1 steps, got 9.'],
    ['of no steps', [0, 0, 0, 0], 'must have 1 to 1 steps, got 0.'],
    ['without a length', [1, 0], 'is shorter than 4 bytes.'],
    ['with broken JSON', [1, 0, 0, 0, 1, 0, 0, 0, 123], 'channel "x": the text must be JSON'],
  ];
  for (const [title, block, message] of blocks) {
    test(`${title} are damage`, async () => {
      const bytes = forged(
        {
          'ep/000000/meta.json': meta,
          'ep/000000/b0000.bin': Uint8Array.from(block),
          'ep/000000/end.json': end(1),
        },
        channels,
      );
      const recording = await openRecording(bytesSource(bytes), codec);
      const reading = recording.readEpisode(0);
      await expect(reading).rejects.toThrow(/^Recording: "ep\/000000\/b0000\.bin" is damaged: /);
      await expect(reading).rejects.toThrow(message);
    });
  }

  test('an episode with a hole has the steps before it, and no end', async () => {
    const bytes = forged(
      {
        'ep/000000/meta.json': meta,
        'ep/000000/b0000.bin': Uint8Array.of(4, 0, 0, 0, 1, 2, 3, 4),
        'ep/000000/b0002.bin': Uint8Array.of(1, 0, 0, 0, 9),
        'ep/000000/end.json': end(9),
      },
      [{ name: 'x', dtype: 'u8', shape: [] }],
    );
    const recording = await openRecording(bytesSource(bytes), codec);
    expect(recording.episodes).toMatchObject([{ length: 4, numBlocks: 1, end: null }]);
    expect((await recording.readEpisode(0)).length).toBe(4);
  });
});

describe('a recording that was interrupted', () => {
  const channels: readonly Channel[] = [{ name: 'x', dtype: 'u16', shape: [] }];
  const row = (t: number) => ({ x: t % 1000 });

  test('has its last episode up to the last full block, without an end', async () => {
    const bytes = record(manifestOf(channels, 4), [5, 10], row, false);
    const recording = await openRecording(bytesSource(bytes), codec);
    expect(recording.complete).toBe(false);
    expect(recording.episodes.map(({ length, end }) => [length, end])).toEqual([
      [5, endOf(5)],
      [8, null],
    ]);
    const { columns, end } = await recording.readEpisode(1);
    expect(columns.get('x')?.values).toEqual(Uint16Array.of(0, 1, 2, 3, 4, 5, 6, 7));
    expect(end).toBeNull();
  });

  test('an episode that is open when the recording is finished is kept with all its steps', async () => {
    const { RecordingWriter } = await import('../../../training/recording/writer.ts');
    const chunks: Uint8Array[] = [];
    const write = (chunk: Uint8Array) => chunks.push(chunk);
    const writer = new RecordingWriter(manifestOf(channels, 4), { codec, write });
    writer.beginEpisode(metaOf(0));
    for (let t = 0; t < 6; t++) writer.step(row(t));
    writer.finish();
    const recording = await openRecording(bytesSource(join(chunks)), codec);
    expect(recording.complete).toBe(true);
    expect(recording.episodes[0]).toMatchObject({ length: 6, numBlocks: 2, end: null });
  });

  test('limits can be raised, and bad ones and bad indices are refused', async () => {
    const bytes = record(manifestOf(channels, 4), [10], row);
    const open = (limits: object) => openRecording(bytesSource(bytes), codec, limits);
    const tight = await open({ episodeBytes: 19 });
    await expect(tight.readEpisode(0)).rejects.toThrow('Raise episodeBytes if you trust the file.');
    expect((await tight.readBlock(0, 2)).length).toBe(2);
    expect((await (await open({ episodeBytes: 20 })).readEpisode(0)).length).toBe(10);
    await expect(open({ jsonBytes: 100 })).rejects.toThrow(/^manifest\.json: memory must be/);
    await expect(open({ jsonBytes: 0 })).rejects.toThrow(
      'openRecording: jsonBytes must be a finite',
    );
    await expect(open({ bytes: 1 })).rejects.toThrow('openRecording: unknown option "bytes".');
    await expect(tight.readEpisode(1)).rejects.toThrow(
      'Recording.readEpisode: index must be an integer',
    );
    await expect(tight.readBlock(0, 3)).rejects.toThrow(
      'Recording.readBlock: block must be an integer',
    );
  });
});
