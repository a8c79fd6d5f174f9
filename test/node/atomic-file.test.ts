import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  linkFileAtomicSync,
  linkFolderAtomicSync,
  writeFileAtomic,
  writeFileAtomicSync,
  writeFolderAtomicSync,
} from '../../node/atomic-file.ts';

/** What was asked of the disk, in order. */
const calls: string[] = [];

const fault = { noLinks: false };

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>();
  const open: typeof real.open = async (...parameters) => {
    const handle = await real.open(...parameters);
    const sync = handle.sync.bind(handle);
    handle.sync = () => {
      calls.push('flush');
      return sync();
    };
    return handle;
  };
  const rename: typeof real.rename = (from, to) => {
    calls.push('rename');
    return real.rename(from, to);
  };
  return { ...real, open, rename };
});

vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs')>();
  const fsyncSync: typeof real.fsyncSync = (file) => {
    calls.push('flush');
    real.fsyncSync(file);
  };
  const renameSync: typeof real.renameSync = (from, to) => {
    calls.push('rename');
    real.renameSync(from, to);
  };
  const linkSync: typeof real.linkSync = (from, to) => {
    if (fault.noLinks) throw new Error('EPERM');
    real.linkSync(from, to);
  };
  return { ...real, fsyncSync, linkSync, renameSync };
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'palaestra-atomic-'));
  calls.length = 0;
  fault.noLinks = false;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const WAYS: [string, (path: string, bytes: Uint8Array | string) => void | Promise<void>][] = [
  ['writeFileAtomic', writeFileAtomic],
  ['writeFileAtomicSync', writeFileAtomicSync],
];

describe.each(WAYS)('%s', (name, writeAtomic) => {
  test('writes bytes and text, over what was there, and leaves nothing else', async () => {
    const path = join(folder, 'a.bin');
    await writeAtomic(path, Uint8Array.of(1, 2, 3));
    expect([...readFileSync(path)]).toEqual([1, 2, 3]);
    await writeAtomic(path, 'text é');
    expect(readFileSync(path, 'utf8')).toBe('text é');
    await writeAtomic(path, '');
    expect(readFileSync(path, 'utf8')).toBe('');
    expect(readdirSync(folder)).toEqual(['a.bin']);
  });

  test('writes only the part of a buffer that it was given', async () => {
    const bytes = Uint8Array.of(1, 2, 3, 4).subarray(1, 3);
    await writeAtomic(join(folder, 'a.bin'), bytes);
    expect([...readFileSync(join(folder, 'a.bin'))]).toEqual([2, 3]);
  });

  test('flushes the bytes before the new name counts, and the name after', async () => {
    await writeAtomic(join(folder, 'a.bin'), 'x');
    expect(calls).toEqual(['flush', 'rename', 'flush']);
  });

  test('may write a name as long as the disk allows', async () => {
    await writeAtomic(join(folder, 'n'.repeat(255)), 'x');
    expect(readdirSync(folder)[0]).toHaveLength(255);
  });

  test('leaves the old file and no temporary one when it fails', async () => {
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'taken', 'inside'), '');
    const attempt = async () => writeAtomic(join(folder, 'taken'), 'x');
    await expect(attempt()).rejects.toThrow(
      new RegExp(`^${name}: ".*taken" must be writable, got E\\w+\\.$`),
    );
    await expect(attempt()).rejects.toHaveProperty('cause.code');
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  test('says so when the folder is missing', async () => {
    const attempt = async () => writeAtomic(join(folder, 'missing', 'a'), 'x');
    await expect(attempt()).rejects.toThrow('got ENOENT. Create its folder first.');
  });
});

test('a reader never sees half a file, whoever writes', async () => {
  const path = join(folder, 'a.bin');
  const block = (i: number) => new Uint8Array(200_000).fill(i);
  writeFileAtomicSync(path, block(0));
  let writing = true;
  const writers = Promise.all(
    Array.from({ length: 20 }, (_, i) => writeFileAtomic(path, block(i))),
  );
  void writers.finally(() => {
    writing = false;
  });
  while (writing) {
    const seen = readFileSync(path);
    expect(seen).toHaveLength(200_000);
    expect(seen.every((byte) => byte === seen[0])).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await writers;
  expect(readdirSync(folder)).toEqual(['a.bin']);
});

describe('writeFolderAtomicSync', () => {
  test('writes all files, flushes them and the folder, then renames it', () => {
    const path = join(folder, 'model');
    writeFolderAtomicSync(path, { 'a.txt': 'text', 'b.bin': Uint8Array.of(1, 2) });
    expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('text');
    expect([...readFileSync(join(path, 'b.bin'))]).toEqual([1, 2]);
    expect(readdirSync(folder)).toEqual(['model']);
    expect(calls).toEqual(['flush', 'flush', 'flush', 'rename', 'flush']);
  });

  test('leaves what is there, and nothing of its own, where it fails', () => {
    const path = join(folder, 'model');
    mkdirSync(path);
    writeFileSync(join(path, 'old'), 'old');
    expect(() => writeFolderAtomicSync(path, { 'a.txt': 'text' })).toThrow(
      `writeFolderAtomicSync: ${JSON.stringify(path)} must be writable, got`,
    );
    expect(() => writeFolderAtomicSync(join(folder, 'none', 'model'), {})).toThrow(
      'Create its folder first.',
    );
    expect(readdirSync(folder)).toEqual(['model']);
    expect(readdirSync(path)).toEqual(['old']);
  });
});

describe('linkFolderAtomicSync', () => {
  test('gives files second names, which last when the first ones get other files', () => {
    const [path, file] = [join(folder, 'kept'), join(folder, 'a.bin')];
    writeFileSync(file, 'old');
    linkFolderAtomicSync(path, { 'b.bin': file });
    expect(statSync(join(path, 'b.bin')).ino).toBe(statSync(file).ino);
    writeFileAtomicSync(file, 'new');
    expect(readFileSync(join(path, 'b.bin'), 'utf8')).toBe('old');
    linkFolderAtomicSync(path, { 'c.bin': file }); // in the place of the folder before
    expect(readdirSync(path)).toEqual(['c.bin']);
    expect(readFileSync(join(path, 'c.bin'), 'utf8')).toBe('new');
    linkFolderAtomicSync(path, {});
    expect(readdirSync(path)).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['a.bin', 'kept']);
  });

  test('copies and flushes where there can be no links', () => {
    const [path, file] = [join(folder, 'kept'), join(folder, 'a.bin')];
    writeFileSync(file, 'old');
    fault.noLinks = true;
    linkFolderAtomicSync(path, { 'b.bin': file });
    expect(readFileSync(join(path, 'b.bin'), 'utf8')).toBe('old');
    expect(statSync(join(path, 'b.bin')).ino).not.toBe(statSync(file).ino);
    expect(calls).toEqual(['flush', 'flush', 'rename', 'flush']);
  });

  test('leaves the folder before where a file is missing', () => {
    const [path, file] = [join(folder, 'kept'), join(folder, 'a.bin')];
    writeFileSync(file, 'old');
    linkFolderAtomicSync(path, { 'b.bin': file });
    expect(() => linkFolderAtomicSync(path, { 'b.bin': join(folder, 'none') })).toThrow(
      `linkFolderAtomicSync: ${JSON.stringify(path)} must be writable, got ENOENT`,
    );
    expect(readdirSync(path)).toEqual(['b.bin']);
    expect(readdirSync(folder).sort()).toEqual(['a.bin', 'kept']);
  });
});

describe('linkFileAtomicSync', () => {
  test('puts a file in the place of another, and bears that it is there already', () => {
    const [from, to] = [join(folder, 'a.bin'), join(folder, 'b.bin')];
    writeFileSync(from, 'a');
    writeFileSync(to, 'b');
    for (let i = 0; i < 2; i++) {
      linkFileAtomicSync(from, to);
      expect(readFileSync(to, 'utf8')).toBe('a');
      expect(readdirSync(folder).sort()).toEqual(['a.bin', 'b.bin']);
    }
    expect(() => linkFileAtomicSync(join(folder, 'none'), to)).toThrow('linkFileAtomicSync: ');
    expect(readFileSync(to, 'utf8')).toBe('a');
    expect(readdirSync(folder).sort()).toEqual(['a.bin', 'b.bin']);
  });
});
