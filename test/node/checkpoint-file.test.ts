import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  decodeCheckpoint,
  decodeOwnCheckpoint,
  encodeCheckpoint,
} from '../../node/checkpoint-file.ts';
import { codec } from '../../node/codec.ts';
import { RunFolder } from '../../node/run-folder.ts';
import { resolveRun } from '../../training/session.ts';
import { ZipWriter } from '../../training/zip/writer.ts';
import { temporaryFolder } from '../helpers/program.ts';

/** Bytes that shrink by less than a quarter. */
const noise = (length: number) =>
  Uint8Array.from({ length }, (_, i) => (i * i * 2654435761) >>> 25);

test('a checkpoint of one’s own may take more memory than one from elsewhere', () => {
  const bytes = encodeCheckpoint({ replay: noise(2000), zeros: new Uint8Array(20_000) });
  expect(() => decodeCheckpoint(bytes, 10_000)).toThrow(
    /memory must be at most the \d+ bytes that maxBytes leaves/,
  );
  expect(decodeOwnCheckpoint(bytes, 0)).toEqual(decodeCheckpoint(bytes));
});

/**
 * A checkpoint whose directory says that its array has `size` bytes, while the array's own header says
 * what it has: whoever accepts the size finds the contradiction, before there is memory for it.
 */
function claiming(size: number): Uint8Array {
  const array = { $array: 'a', dtype: 'u8', length: size };
  const data = { metricsBytes: 0, session: { array } };
  const chunks: Uint8Array[] = [];
  const zip = new ZipWriter({ codec, write: (chunk) => chunks.push(chunk) });
  const json = JSON.stringify({ format: 'palaestra-checkpoint', version: 1, data });
  zip.add('saved.json', Buffer.from(json));
  zip.add('a', noise(2_000_000));
  zip.finish();
  const bytes = Buffer.concat(chunks);
  bytes.writeUInt32LE(size, bytes.lastIndexOf('PK\u0001\u0002') + 24); // its size in the directory
  return bytes;
}

test('a run’s own checkpoint may be larger than 1 GiB', () => {
  const config = resolveRun({ agent: 'q-learning', env: 'FrozenLake-v1', steps: 10 });
  const folder = RunFolder.create(join(temporaryFolder(), 'run'), config);
  const bytes = claiming(1_200_000_000);
  expect(() => decodeCheckpoint(bytes)).toThrow('memory must be at most');
  writeFileSync(join(folder.path, 'checkpoints', 'step-000000000010.ckpt'), bytes);
  expect(() => folder.readNewest()).toThrow('its header contradicts the directory');
});
