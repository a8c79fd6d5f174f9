import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openRecording } from '../../../training/recording/reader.ts';
import { bytesSource } from '../../../training/zip/byte-source.ts';
import { codec, EVERY_TYPE, endOf, everyTypeRow, manifestOf, metaOf, record } from './sample.ts';

// Written once, by the first version of the writer: `record(…)` below. It is never written again:
// every later version must read it, so what fails here is the reader.
const golden = new Uint8Array(
  readFileSync(new URL('../../golden/recordings/v1-small.rlrec', import.meta.url)),
);

describe('golden/recordings/v1-small.rlrec', () => {
  test('is read, with every type of channel', async () => {
    const recording = await openRecording(bytesSource(golden), codec);
    expect(recording.complete).toBe(true);
    expect(recording.manifest).toEqual(manifestOf(EVERY_TYPE, 4));
    expect(recording.episodes).toMatchObject([
      { meta: metaOf(0), end: endOf(9), length: 9, numBlocks: 3 },
      { meta: metaOf(1), end: endOf(0), length: 0, numBlocks: 0 },
      { meta: metaOf(2), end: endOf(4), length: 4, numBlocks: 1 },
    ]);
    const { columns } = await recording.readEpisode(0);
    const rows = Array.from({ length: 9 }, (_, t) => everyTypeRow(t));
    for (const { name, dtype } of EVERY_TYPE) {
      const values = Array.from(columns.get(name)?.values ?? []);
      const expected = rows.flatMap((row) => row[name] as number | number[]);
      if (dtype === 'json') expect(values).toEqual(rows.map((row) => row[name]));
      else if (dtype === 'f32') expect(values).toEqual(expected.map(Math.fround));
      else if (dtype !== 'u8n') expect(values).toEqual(expected);
    }
    expect(Array.from(columns.get('heat')?.values ?? []).slice(-4)).toEqual(
      [0, 127, 255, 64].map((level) => Math.fround(level * Math.fround(16 / 255))),
    );
  });

  test('comes out of the writer of this version to the byte, on every machine', () => {
    const written = record(manifestOf(EVERY_TYPE, 4), [9, 0, 4], everyTypeRow);
    expect(Buffer.compare(written, golden)).toBe(0);
  });
});
