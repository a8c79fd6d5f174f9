import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSync } from '../../../training/zip/byte-source.ts';
import { crc32 } from '../../../training/zip/crc32.ts';
import { readEntry, readZip, type ZipContents } from '../../../training/zip/reader.ts';
import { ZipWriter } from '../../../training/zip/writer.ts';
import { codec, join } from '../recording/sample.ts';

type Files = Readonly<Record<string, Uint8Array>>;

function zip(files: Files, zip64From?: { offset: number; entries: number }): Uint8Array {
  const chunks: Uint8Array[] = [];
  const options = { codec, write: (chunk: Uint8Array) => chunks.push(chunk) };
  const writer = new ZipWriter(zip64From ? { ...options, zip64From } : options);
  for (const [name, bytes] of Object.entries(files)) writer.add(name, bytes);
  writer.finish();
  return join(chunks);
}

function open(bytes: Uint8Array): ZipContents {
  return parseSync(bytes, readZip(bytes.length));
}

function read(bytes: Uint8Array, contents: ZipContents, name: string): Uint8Array {
  const entry = contents.entries.get(name);
  if (entry === undefined) throw new Error(`no entry ${name}`);
  return parseSync(bytes, readEntry(contents, entry, codec, 1_000_000));
}

function unzip(bytes: Uint8Array): Files {
  const contents = open(bytes);
  const names = [...contents.entries.keys()];
  return Object.fromEntries(names.map((name) => [name, read(bytes, contents, name)]));
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

const someFiles: Files = {
  'manifest.json': text('{"format":"x"}'),
  'a/b.bin': new Uint8Array(3000).fill(7),
  'a/empty': new Uint8Array(0),
  'é.txt': text('some text'),
};

test('crc32 of "123456789" is cbf43926, the published check value', () => {
  expect(crc32(text('123456789'))).toBe(0xcbf43926);
});

describe('ZipWriter', () => {
  test('writes what the reader reads, in the same order', () => {
    expect(unzip(zip(someFiles))).toEqual(someFiles);
    expect(Object.keys(unzip(zip(someFiles)))).toEqual(Object.keys(someFiles));
    expect(open(zip(someFiles)).complete).toBe(true);
  });

  test('a stored entry has the bytes of the format: sizes in front, no time, no descriptor', () => {
    const bytes = zip({ a: text('hi') });
    const header = [...bytes.slice(0, 33)];
    expect(header).toEqual([
      ...[0x50, 0x4b, 3, 4, 20, 0, 0, 8, 0, 0], // signature, version 2.0, UTF-8 names, stored
      ...[0, 0, 0x21, 0], // 1980-01-01, 0:00
      ...[0xac, 0x2a, 0x93, 0xd8], // CRC-32 of "hi": d8932aac
      ...[2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0], // sizes, length of the name, no extra field
      ...[0x61, 0x68, 0x69], // "a", "hi"
    ]);
  });

  test('deflates what that makes shorter, and stores the rest', () => {
    const { entries } = open(zip(someFiles));
    expect([...entries.values()].map(({ method }) => method)).toEqual([0, 8, 0, 0]);
  });

  test('long data that does not shrink is stored, long data that does is deflated', () => {
    let state = 1;
    const noise = Uint8Array.from({ length: 1_100_000 }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return state >>> 24;
    });
    const half = noise.slice().fill(0, 0, 700_000);
    const { entries } = open(zip({ noise, half }));
    expect([...entries.values()].map(({ method }) => method)).toEqual([0, 8]);
  });

  test('refuses a name twice, unsafe names, and entries after the end', () => {
    const writer = new ZipWriter({ codec, write: () => {} });
    writer.add('a', text('1'));
    expect(() => writer.add('a', text('2'))).toThrow(
      'ZipWriter.add: there is an entry "a" already.',
    );
    for (const name of ['', '/a', '../a', 'a/../b', 'a//b', './a', 'a\\b', 'a\0', 'C:/a']) {
      expect(() => writer.add(name, text('1'))).toThrow(/must be a plain relative path/);
    }
    writer.finish();
    expect(() => writer.add('b', text('2'))).toThrow('ZipWriter.add: the file is finished.');
    expect(() => writer.finish()).toThrow('ZipWriter.finish: the file is finished already.');
  });

  test('any files come back as they were', () => {
    const name = fc.stringMatching(/^[a-z0-9é-]{1,12}$/);
    fc.assert(
      fc.property(fc.dictionary(name, fc.uint8Array({ maxLength: 300 })), (files) => {
        expect(unzip(zip(files))).toEqual({ ...files });
      }),
    );
  });
});

describe('ZIP64', () => {
  test('offsets beyond the limit go into extra fields', () => {
    const bytes = zip(someFiles, { offset: 30, entries: 1000 });
    expect(bytes.length).toBeGreaterThan(zip(someFiles).length + 76);
    expect(unzip(bytes)).toEqual(someFiles);
    expect(open(bytes).complete).toBe(true);
  });

  test('66,000 entries are written with a ZIP64 end record and read again', () => {
    const files: Record<string, Uint8Array> = {};
    for (let i = 0; i < 66_000; i++) files[`f/${i}`] = Uint8Array.of(i);
    const chunks: Uint8Array[] = [];
    const plain = { ...codec, deflate: (b: Uint8Array) => b };
    const writer = new ZipWriter({ codec: plain, write: (chunk) => chunks.push(chunk) });
    for (const [name, bytes] of Object.entries(files)) writer.add(name, bytes);
    writer.finish();
    const bytes = join(chunks);
    const contents = open(bytes);
    expect(contents.complete).toBe(true);
    expect(contents.entries.size).toBe(66_000);
    expect(read(bytes, contents, 'f/65999')).toEqual(Uint8Array.of(65_999));
    // Without its directory the same file is found by searching.
    const searched = open(bytes.subarray(0, bytes.length - 30));
    expect([searched.complete, searched.entries.size]).toEqual([false, 66_000]);
  });
});

/** `bytes` with a little-endian number written over `size` bytes of the nth central header. */
function patched(
  bytes: Uint8Array,
  nth: number,
  changes: readonly (readonly [at: number, size: number, value: number])[],
  local: boolean = false,
): Uint8Array {
  const copy = bytes.slice();
  let start = -1;
  const kind = local ? [3, 4] : [1, 2];
  for (let i = 0, count = -1; count < nth; i++) {
    if (
      copy[i] === 0x50 &&
      copy[i + 1] === 0x4b &&
      copy[i + 2] === kind[0] &&
      copy[i + 3] === kind[1]
    ) {
      count++;
      start = i;
    }
  }
  for (const [at, size, value] of changes) {
    for (let i = 0; i < size; i++) copy[start + at + i] = Math.floor(value / 256 ** i) % 256;
  }
  return copy;
}

describe('reading a hostile ZIP file', () => {
  const two = zip({ aa: new Uint8Array(500), bb: text('hello') });

  test('encrypted entries, unknown methods and unsafe names are refused', () => {
    expect(() => open(patched(two, 0, [[8, 2, 1]]))).toThrow(
      'Zip: entries must not be encrypted, got "aa".',
    );
    expect(() => open(patched(two, 0, [[10, 2, 12]]))).toThrow(
      'must be stored or deflated, got method 12 in "aa"',
    );
    expect(() => open(patched(two, 0, [[46, 2, 0x2e2e]]))).toThrow(
      'got "..", which has an empty, "." or ".." part',
    );
    expect(() => open(patched(two, 0, [[46, 2, 0x612f]]))).toThrow(
      'got "/a", which is an absolute path',
    );
    expect(() => open(patched(two, 0, [[46, 2, 0x5c61]]))).toThrow('which has a backslash');
    expect(() => open(patched(two, 0, [[46, 2, 0x0061]]))).toThrow('which has a control character');
  });

  test('a name twice and entries that overlap are refused', () => {
    expect(() => open(patched(two, 1, [[46, 2, 0x6161]]))).toThrow(
      'Zip: each name must occur once, got "aa" twice.',
    );
    expect(() => open(patched(two, 1, [[42, 4, 0]]))).toThrow('Zip: entries must not overlap');
  });

  test('a size that the data cannot have is refused before anything is allocated', () => {
    const huge = patched(two, 0, [[24, 4, 900_000]]);
    expect(() => unzip(huge)).toThrow(
      /"aa" is damaged: \d+ bytes cannot hold the 900000 that it claims/,
    );
    const capped = patched(two, 0, [[24, 4, 4_000_000_000]]);
    expect(() => unzip(capped)).toThrow(
      'Zip: "aa" must have at most 1000000 bytes, got 4000000000.',
    );
  });

  test('a header that contradicts the directory is damage', () => {
    for (const change of [
      [46, 2, 0x7878],
      [24, 4, 499],
      [16, 4, 1],
    ] as const) {
      expect(() => unzip(patched(two, 0, [change]))).toThrow(
        'its header contradicts the directory',
      );
    }
  });

  test('other content than the checksum says is damage', () => {
    const bytes = two.slice();
    bytes[two.indexOf(0x68)] ^= 1; // the h of hello
    const contents = open(bytes);
    expect(() => read(bytes, contents, 'bb')).toThrow(
      /"bb" is damaged: its checksum must be 3610a686, got/,
    );
    expect(read(bytes, contents, 'aa')).toEqual(new Uint8Array(500));
  });

  test('sizes that lead out of the file make the directory count as damaged', () => {
    for (const [at, size] of [
      [20, 4],
      [42, 4],
      [28, 2],
      [30, 2],
      [32, 2],
    ] as const) {
      const contents = open(patched(two, 1, [[at, size, 256 ** size - 2]]));
      expect(contents.complete).toBe(false);
      expect([...contents.entries.keys()]).toEqual(['aa', 'bb']);
    }
  });

  test('more entries claimed than there is room for is damage, and costs nothing', () => {
    const bytes = zip({ aa: text('x') }, { offset: 0, entries: 0 });
    const at = bytes.length - 22 - 20 - 56;
    new DataView(bytes.buffer).setBigUint64(at + 24, 1_900_000n, true);
    new DataView(bytes.buffer).setBigUint64(at + 32, 1_900_000n, true);
    expect(open(bytes).complete).toBe(false);
  });

  test('a search goes on behind a damaged entry and drops what overlaps', () => {
    const three = zip({ aa: text('first'), bb: text('second'), cc: text('third') });
    const cut = three.subarray(0, three.length - 10);
    const wrongSize = patched(
      cut,
      1,
      [
        [18, 4, 40],
        [22, 4, 40],
      ],
      true,
    );
    expect([...open(wrongSize).entries.keys()]).toEqual(['aa', 'cc']);
    const encrypted = patched(cut, 1, [[6, 2, 1]], true);
    expect([...open(encrypted).entries.keys()]).toEqual(['aa', 'cc']);
    const noHeader = patched(cut, 1, [[0, 4, 0]], true);
    expect([...open(noHeader).entries.keys()]).toEqual(['aa', 'cc']);
  });

  test('what is no ZIP file has no entries', () => {
    for (const size of [0, 1, 21, 22, 1000]) {
      expect(open(new Uint8Array(size).fill(80))).toMatchObject({
        complete: false,
        fileSize: size,
      });
      expect(open(new Uint8Array(size)).entries.size).toBe(0);
    }
  });
});
