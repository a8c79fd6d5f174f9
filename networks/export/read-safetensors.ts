import { show } from '../../core/check.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import { LENGTH_BYTES, METADATA_KEY, type NamedTensor } from './safetensors.ts';

/** What a safetensors file holds. */
export interface SafetensorsContents {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const MAX_HEADER_BYTES = 100_000_000; // as the safetensors library has it
const ELEMENT_BYTES = 4;

/**
 * Reads a safetensors file of float32 numbers. The file is not trusted: every size and place is
 * checked before anything is allocated.
 *
 * @returns fresh arrays.
 * @throws Error if the file is cut or is another file, a tensor is no float32 one, or tensors
 *   overlap, leave gaps or are not what their shapes say.
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsContents {
  const dataStart = headerEnd(bytes);
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, dataStart));
  const { [METADATA_KEY]: metadata, ...entries } = header;
  const places = Object.entries(entries).map(([name, entry]) => readPlace(name, entry));
  checkPlaces(places, bytes.length - dataStart);
  return {
    tensors: new Map(
      places.map((place) => [place.name, readTensor(place, bytes.subarray(dataStart))]),
    ),
    metadata: readMetadata(metadata),
  };
}

/** A tensor's place among the numbers, in bytes. */
interface Place {
  readonly name: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function headerEnd(bytes: Uint8Array): number {
  if (bytes.length < LENGTH_BYTES) throw cut(`${LENGTH_BYTES} bytes`, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) {
    throw wrong(
      'the header',
      `at most ${MAX_HEADER_BYTES} bytes`,
      `${length}: another kind of file`,
    );
  }
  const end = LENGTH_BYTES + Number(length);
  if (end > bytes.length) throw cut(`a header of ${length} bytes`, bytes.length);
  return end;
}

function parseHeader(json: Uint8Array): Readonly<Record<string, unknown>> {
  let header: unknown;
  try {
    header = JSON.parse(decodeUtf8(json));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.slice(0, 100) : String(cause);
    throw new Error(`safetensors: the header must be JSON: ${reason}`, { cause });
  }
  if (!isObject(header)) throw wrong('the header', 'a JSON object', show(header));
  return header;
}

function readPlace(name: string, entry: unknown): Place {
  const tensor = show(name);
  if (!isObject(entry)) throw wrong(tensor, 'an object', show(entry));
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== 'F32') throw wrong(`the dtype of ${tensor}`, '"F32"', show(dtype));
  if (!isCounts(shape)) throw wrong(`the shape of ${tensor}`, 'a list of lengths', show(shape));
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw wrong(`data_offsets of ${tensor}`, 'two places', show(offsets));
  }
  const [begin, end] = offsets;
  const size = shape.reduce((product, length) => product * length, ELEMENT_BYTES);
  if (end - begin !== size) {
    throw wrong(`${tensor} of shape [${shape}]`, `${size} bytes`, String(end - begin));
  }
  return { name, shape, begin, end };
}

/** Tensors must follow each other without gap or overlap, and fill the rest of the file. */
function checkPlaces(places: readonly Place[], dataSize: number): void {
  let reached = 0;
  for (const { name, begin, end } of [...places].sort(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== reached) {
      const what = begin < reached ? 'overlaps another tensor' : 'leaves a gap before it';
      throw new Error(
        `safetensors: ${show(name)} ${what}: it must begin at ${reached}, got ${begin}.`,
      );
    }
    reached = end;
  }
  if (reached > dataSize) throw cut(`${reached} bytes of numbers`, dataSize);
  if (reached < dataSize) throw wrong('the numbers', `${reached} bytes`, String(dataSize));
}

function readTensor({ name, shape, begin, end }: Place, data: Uint8Array): NamedTensor {
  const values = new Float32Array((end - begin) / ELEMENT_BYTES);
  new Uint8Array(values.buffer).set(data.subarray(begin, end));
  return { name, shape, values };
}

function readMetadata(metadata: unknown): Readonly<Record<string, string>> {
  if (metadata === undefined) return {};
  const isTexts = isObject(metadata) && Object.values(metadata).every((v) => typeof v === 'string');
  if (!isTexts) throw wrong(METADATA_KEY, 'an object of texts', show(metadata));
  return metadata as Readonly<Record<string, string>>;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function cut(needed: string, found: number): Error {
  return new Error(
    `safetensors: the file must hold ${needed}, got ${found} bytes. It is cut or another kind of file.`,
  );
}

function wrong(what: string, rule: string, got: string): Error {
  return new Error(`safetensors: ${what} must be ${rule}, got ${got}.`);
}
