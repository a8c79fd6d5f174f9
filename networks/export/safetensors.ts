import { encodeUtf8 } from '../../core/utf8.ts';
import { sizeOf } from '../specification/shape.ts';

/** Numbers of a shape; the last axis moves fastest. */
export interface NamedTensor {
  readonly name: string;
  /** No axis at all for one number. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Bytes of the number that says how long the header is. */
export const LENGTH_BYTES = 8;
/** The header entry that is no tensor. */
export const METADATA_KEY = '__metadata__';

const ALIGNMENT = 8; // of the numbers, in bytes

/**
 * A safetensors file: the header's length in 8 bytes, the header as JSON, then the numbers.
 *
 * Source: the safetensors README, "Format".
 *
 * @param metadata Texts that go with them.
 * @returns the file's bytes.
 * @throws RangeError if two tensors have one name, or one has not as many numbers as its shape says.
 */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header = new Map<string, unknown>([[METADATA_KEY, metadata]]);
  let end = 0;
  for (const { name, shape, values } of tensors) {
    checkTensor(name, shape, values, header);
    const begin = end;
    end += values.byteLength;
    header.set(name, { dtype: 'F32', shape, data_offsets: [begin, end] });
  }
  const json = padded(encodeUtf8(JSON.stringify(Object.fromEntries(header))));
  const bytes = new Uint8Array(LENGTH_BYTES + json.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + json.length;
  for (const { values } of tensors) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

function checkTensor(
  name: string,
  shape: readonly number[],
  values: Float32Array,
  before: ReadonlyMap<string, unknown>,
): void {
  if (before.has(name)) {
    throw new RangeError(`encodeSafetensors: the name "${name}" must be of one tensor only.`);
  }
  if (values.length !== sizeOf(shape)) {
    throw new RangeError(
      `encodeSafetensors: "${name}" of shape [${shape}] must have ${sizeOf(shape)} numbers, got ${values.length}.`,
    );
  }
}

/** With spaces at the end, so that what follows is aligned. */
function padded(json: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(json.length / ALIGNMENT) * ALIGNMENT).fill(0x20);
  bytes.set(json);
  return bytes;
}
