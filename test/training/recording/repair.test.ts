import { describe, expect, test } from 'vitest';
import { openRecording } from '../../../training/recording/reader.ts';
import { repairRecording } from '../../../training/recording/repair.ts';
import { bytesSource, parseSync } from '../../../training/zip/byte-source.ts';
import { readZip } from '../../../training/zip/reader.ts';
import {
  codec,
  EVERY_TYPE,
  endOf,
  everyTypeRow,
  join,
  manifestOf,
  metaOf,
  record,
} from './sample.ts';

const manifest = manifestOf(EVERY_TYPE, 4);
const whole = record(manifest, [9, 3, 8], everyTypeRow);

async function repair(bytes: Uint8Array) {
  const chunks: Uint8Array[] = [];
  const report = await repairRecording(bytesSource(bytes), codec, (chunk) => chunks.push(chunk));
  const repaired = join(chunks);
  return { report, repaired, recording: await openRecording(bytesSource(repaired), codec) };
}

/** `whole` with a byte of the data of this entry changed. */
function damaged(name: string, file: Uint8Array = whole): Uint8Array {
  const bytes = file.slice();
  const entry = parseSync(bytes, readZip(bytes.length)).entries.get(name);
  if (entry === undefined) throw new Error(`no entry ${name}`);
  bytes[entry.offset + 30 + entry.nameBytes + 5] ^= 0x10;
  return bytes;
}

describe('repairRecording', () => {
  test('leaves a whole recording as it is, to the byte', async () => {
    const { report, repaired } = await repair(whole);
    expect(report).toEqual({ episodes: 3, steps: 20, dropped: [] });
    expect(Buffer.compare(repaired, whole)).toBe(0);
  });

  test('writes the directory that a killed writer could not, and keeps every whole block', async () => {
    const cut = whole.slice(0, whole.length - 900);
    const before = await openRecording(bytesSource(cut), codec);
    const { report, recording } = await repair(cut);
    expect(before.complete).toBe(false);
    expect(recording.complete).toBe(true);
    expect(report.steps).toBe(before.episodes.reduce((sum, { length }) => sum + length, 0));
    expect(recording.episodes).toEqual(before.episodes);
    for (const { index } of before.episodes) {
      expect(await recording.readEpisode(index)).toEqual(await before.readEpisode(index));
    }
  });

  test('keeps an episode up to its first damaged block, and says so', async () => {
    const { report, recording } = await repair(damaged('ep/000000/b0001.bin'));
    expect(report).toEqual({
      episodes: 3,
      steps: 15,
      dropped: ['Episode 0 is kept up to step 4: block 1 of 3 is damaged.'],
    });
    expect(recording.episodes.map(({ length, end }) => [length, end])).toEqual([
      [4, null],
      [3, endOf(3)],
      [8, endOf(8)],
    ]);
    const expected = [0, 1, 2, 3].map((t) => everyTypeRow(t).h as number);
    const { columns } = await recording.readEpisode(0);
    expect(columns.get('h')?.values).toEqual(Float64Array.from(expected));
  });

  test('drops an episode whose meta is damaged, and numbers the others anew', async () => {
    const { report, recording } = await repair(damaged('ep/000001/meta.json'));
    expect(report.dropped).toEqual(['Episode 1 is lost: its meta.json is damaged.']);
    expect(recording.episodes.map(({ meta }) => meta)).toEqual([metaOf(0), metaOf(2)]);
    expect((await recording.readEpisode(1)).length).toBe(8);
  });

  test('keeps the steps of an episode whose end is damaged', async () => {
    const { report, recording } = await repair(damaged('ep/000002/end.json'));
    expect(report.dropped).toEqual(['Episode 2 has lost its end: end.json is damaged.']);
    expect(recording.episodes[2]).toMatchObject({ length: 8, end: null });
  });

  test('finds what a damaged directory hides', async () => {
    const bytes = whole.slice();
    bytes[bytes.length - 60] ^= 0xff; // in the directory
    const { report, repaired } = await repair(bytes);
    expect(report.dropped).toEqual([]);
    expect(Buffer.compare(repaired, whole)).toBe(0);
  });

  test('keeps other entries of an episode', async () => {
    const { ZipWriter } = await import('../../../training/zip/writer.ts');
    const chunks: Uint8Array[] = [];
    const zip = new ZipWriter({ codec, write: (chunk) => chunks.push(chunk) });
    const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
    zip.add('manifest.json', json(manifest));
    zip.add('ep/000004/meta.json', json(metaOf(4)));
    zip.add('ep/000004/tree/000002.json', json({ visits: 3 }));
    zip.finish();
    const { repaired } = await repair(join(chunks));
    const { entries } = parseSync(repaired, readZip(repaired.length));
    expect([...entries.keys()]).toContain('ep/000000/tree/000002.json');
  });

  test('needs the manifest', async () => {
    await expect(repair(damaged('manifest.json'))).rejects.toThrow(
      /^Zip: "manifest.json" is damaged/,
    );
    await expect(repair(new Uint8Array(100))).rejects.toThrow('This is no .rlrec file');
  });
});
