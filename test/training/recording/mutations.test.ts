import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openRecording } from '../../../training/recording/reader.ts';
import type { Columns, Recording } from '../../../training/recording/recording.ts';
import { repairRecording } from '../../../training/recording/repair.ts';
import { bytesSource } from '../../../training/zip/byte-source.ts';
import { codec, EVERY_TYPE, everyTypeRow, join, manifestOf, record } from './sample.ts';

// A recording cut at any byte, with a flipped byte, with absurd sizes in its headers, or not a
// recording at all, gives a clear error or the part that is whole, never a hang, a crash or more
// than 100 MB of memory.

const LENGTHS = [9, 0, 4, 6];
const whole = record(manifestOf(EVERY_TYPE, 4), LENGTHS, everyTypeRow);
const interrupted = record(manifestOf(EVERY_TYPE, 4), LENGTHS, everyTypeRow, false);
const fixed = record(manifestOf(EVERY_TYPE.slice(0, -1), 4), LENGTHS, (t) => {
  const { note: _, ...row } = everyTypeRow(t);
  return row;
});
const zip64 = record(manifestOf(EVERY_TYPE, 4), LENGTHS, everyTypeRow, true, {
  offset: 900,
  entries: 3,
});

/** Every block that was written, by number of the episode and of the block. */
const original = await blocksOf(whole);
let mutations = 0;
let opened = 0;
let blocksRead = 0;
let slowest = 0;
let mostMemory = 0;

/** The content of each column as text, which is quick to compare. */
type Written = ReadonlyMap<string, string>;

function written({ columns }: Columns): Written {
  const texts = [...columns].map(([name, { values }]): [string, string] => {
    if (Array.isArray(values)) return [name, JSON.stringify(values)];
    return [name, Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex')];
  });
  return new Map(texts);
}

async function blocksOf(bytes: Uint8Array): Promise<ReadonlyMap<string, Written>> {
  const recording = await openRecording(bytesSource(bytes), codec);
  const blocks = new Map<string, Written>();
  for (const { index, meta, numBlocks } of recording.episodes) {
    for (let block = 0; block < numBlocks; block++) {
      blocks.set(`${meta.number}/${block}`, written(await recording.readBlock(index, block)));
    }
  }
  return blocks;
}

/** Messages of slips inside the program, which must never come out of it. */
const SLIP =
  /Invalid (typed )?array|Cannot read|is not a|undefined|out of bounds|out of range|call stack|not iterable|Assertion|NaN/i;

/** An error must be one that we made, in our form, and name its subject. */
function checkError(error: unknown): void {
  expect(error).toBeInstanceOf(Error);
  const { message } = error as Error;
  expect([Error, RangeError]).toContain((error as Error).constructor);
  expect(message).not.toMatch(SLIP);
  expect(message).toMatch(
    /^(Zip|Recording|manifest|meta|end|index|[\w/]+\.json|episode \d+)\b.*\.$/s,
  );
}

/** Opens and reads everything there is; what comes out must be what was written. */
async function explore(bytes: Uint8Array): Promise<void> {
  mutations++;
  const before = performance.now();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  try {
    const recording = await openRecording(bytesSource(bytes), codec);
    opened++;
    expect(recording.episodes.length).toBeLessThanOrEqual(LENGTHS.length);
    for (const { index } of recording.episodes) await exploreEpisode(recording, index);
  } catch (error) {
    if ((error as Error).name === 'AssertionError') throw error;
    checkError(error);
  }
  const after = process.memoryUsage();
  slowest = Math.max(slowest, performance.now() - before);
  mostMemory = Math.max(mostMemory, after.arrayBuffers - arrayBuffers + after.heapUsed - heapUsed);
}

async function exploreEpisode(recording: Recording, index: number): Promise<void> {
  const { meta, numBlocks, length, end } = recording.episodes[index];
  expect(length).toBeLessThanOrEqual(LENGTHS[meta.number]);
  expect(numBlocks).toBe(Math.ceil(length / 4));
  if (end !== null) expect(end.length).toBe(length);
  for (let block = 0; block < numBlocks; block++) {
    try {
      const found = written(await recording.readBlock(index, block));
      const expected = original.get(`${meta.number}/${block}`);
      for (const [name, text] of found) if (text !== expected?.get(name)) expect.fail(name);
      blocksRead++;
    } catch (error) {
      if ((error as Error).name === 'AssertionError') throw error;
      checkError(error);
    }
  }
  try {
    const { columns } = await recording.readEpisode(index);
    expect(columns.get('a')?.values.length).toBe(length);
  } catch (error) {
    if ((error as Error).name === 'AssertionError') throw error;
    checkError(error);
  }
}

describe('a damaged or hostile recording gives a clear error or the part that is whole', () => {
  test('cut at any byte', async () => {
    for (let size = 0; size < whole.length; size += 9) await explore(whole.slice(0, size));
    for (let size = 0; size < interrupted.length; size += 7)
      await explore(interrupted.slice(0, size));
  });

  test('with a byte flipped, anywhere', async () => {
    for (const file of [whole, interrupted, fixed, zip64]) {
      for (let at = 0; at < file.length; at += file === whole ? 11 : 43) {
        const bytes = file.slice();
        bytes[at] ^= 1 << ((at * 7) % 8);
        await explore(bytes);
      }
    }
  });

  test('with absurd numbers in its headers', async () => {
    for (const file of [whole, interrupted, zip64]) {
      for (const at of headerFields(file)) {
        const bytes = file.slice();
        bytes.fill(0xff, at, at + 2 + (at % 7));
        await explore(bytes);
        if (at % 5 === 0) await explore(bytes.fill(0, at, at + 4));
      }
    }
  });

  test('with anything put in, taken out or overwritten', async () => {
    const splice = fc.record({
      at: fc.nat(whole.length - 1),
      remove: fc.nat(60),
      insert: fc.uint8Array({ maxLength: 60 }),
    });
    const edits = fc.array(splice, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(whole, interrupted, fixed, zip64),
        edits,
        async (file, list) => {
          let bytes = file;
          for (const { at, remove, insert } of list) {
            bytes = join([bytes.slice(0, at), insert, bytes.slice(at + remove)]);
          }
          await explore(bytes);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('that is none at all', async () => {
    const start = fc.constantFrom(
      '',
      'PK\x03\x04',
      'PK\x05\x06',
      'PK\x01\x02',
      '{"format":"rlrec"',
      '\x1f\x8b',
    );
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 400 }), async (text, noise) => {
        await explore(join([new TextEncoder().encode(text), noise]));
      }),
      { numRuns: 300 },
    );
  });

  test('and what can be repaired is read again as a whole recording', async () => {
    for (let at = 3; at < whole.length; at += 37) {
      const bytes = whole.slice(0, at % 3 === 0 ? at : whole.length);
      if (at % 3 !== 0) bytes[at] ^= 0x55;
      mutations++;
      try {
        const chunks: Uint8Array[] = [];
        await repairRecording(bytesSource(bytes), codec, (chunk) => chunks.push(chunk));
        const repaired = await openRecording(bytesSource(join(chunks)), codec);
        expect(repaired.complete).toBe(true);
        for (const { index } of repaired.episodes) await exploreEpisode(repaired, index);
      } catch (error) {
        if ((error as Error).name === 'AssertionError') throw error;
        checkError(error);
      }
    }
  });

  test('at least 2,000 times, each within a second and 100 MB', () => {
    expect(mutations).toBeGreaterThan(2000);
    expect(opened).toBeGreaterThan(1000);
    expect(blocksRead).toBeGreaterThan(3000);
    expect(slowest).toBeLessThan(1000);
    expect(mostMemory).toBeLessThan(100e6);
  });
});

/** Where the headers' fields are: every sixth byte of every record but its name. */
function headerFields(file: Uint8Array): readonly number[] {
  const sizes = new Map([
    [0x0403, 30],
    [0x0201, 46],
    [0x0605, 22],
    [0x0606, 56],
    [0x0706, 20],
  ]);
  const fields: number[] = [];
  for (let at = 0; at + 4 < file.length; at++) {
    if (file[at] !== 0x50 || file[at + 1] !== 0x4b) continue;
    const size = sizes.get(file[at + 2] | (file[at + 3] << 8)) ?? 0;
    for (let field = 4; field < size; field += 6) fields.push(at + field);
  }
  return fields;
}
