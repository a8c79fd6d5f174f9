import { encodeUtf8 } from '../../../core/utf8.ts';

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/**
 * One message of a protocol buffer, written field by field.
 *
 * Source: protobuf.dev, "Encoding".
 */
export class ProtobufMessage {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** A varint; negative ones take ten bytes, as an int64 does. */
  integer(field: number, value: number): this {
    this.#tag(field, VARINT);
    return this.#append(varint(value));
  }

  /** A float32. */
  float(field: number, value: number): this {
    this.#tag(field, FIXED_32);
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#append(bytes);
  }

  text(field: number, value: string): this {
    return this.bytes(field, encodeUtf8(value));
  }

  /** Bytes, which must not change before `finish`. */
  bytes(field: number, value: Uint8Array): this {
    this.#tag(field, LENGTH_DELIMITED);
    this.#append(varint(value.length));
    return this.#append(value);
  }

  message(field: number, inner: ProtobufMessage): this {
    this.#tag(field, LENGTH_DELIMITED);
    this.#append(varint(inner.#length));
    for (const chunk of inner.#chunks) this.#append(chunk);
    return this;
  }

  /** The whole message in a new array. */
  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  #tag(field: number, wireType: number): void {
    this.#append(varint(field * 8 + wireType));
  }

  #append(bytes: Uint8Array): this {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    return this;
  }
}

/** Seven bits a byte, lowest first; the eighth says that more follow. */
function varint(value: number): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
