import { encodeUtf8 } from '../../core/utf8.ts';

const [VARINT, FIXED64, LENGTH, FIXED32] = [0, 1, 2, 5]; // wire types
const LONGEST_VARINT = 10; // bytes

/**
 * Bytes of a protobuf message, field by field.
 *
 * Source: Protocol Buffers documentation, "Encoding".
 */
export class ProtobufWriter {
  readonly #bytes: number[] = [];

  /** A field of type int64 or of an enumeration. @param value An integer of at least 0. */
  integer(field: number, value: number): this {
    return this.#tag(field, VARINT).#varint(value);
  }

  /** A field of type double. */
  double(field: number, value: number): this {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value, true);
    return this.#tag(field, FIXED64).#append(new Uint8Array(view.buffer));
  }

  /** A field of type float: the number is rounded to float32. */
  float(field: number, value: number): this {
    const view = new DataView(new ArrayBuffer(4));
    view.setFloat32(0, value, true);
    return this.#tag(field, FIXED32).#append(new Uint8Array(view.buffer));
  }

  /** A field of type string. */
  text(field: number, text: string): this {
    return this.message(field, encodeUtf8(text));
  }

  /** A field that is a message, or bytes. */
  message(field: number, bytes: Uint8Array): this {
    return this.#tag(field, LENGTH).#varint(bytes.length).#append(bytes);
  }

  /** The message so far, a new array. */
  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #tag(field: number, wireType: number): this {
    return this.#varint(field * 8 + wireType);
  }

  /** Seven bits at a time, the lowest first; division, since a step may be above 2³². */
  #varint(value: number): this {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes.push((rest % 0x80) | 0x80);
    this.#bytes.push(rest);
    return this;
  }

  #append(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }
}

/**
 * The value of an integer field of a message, of several the last; 0 where it has none.
 *
 * @returns `null` for bytes that are no message.
 */
export function readInteger(message: Uint8Array, field: number): number | null {
  const reader = new ProtobufReader(message);
  let found = 0;
  while (!reader.done) {
    const tag = reader.varint();
    const [number, wireType] = [Math.floor(tag / 8), tag % 8];
    if (wireType === VARINT) {
      const value = reader.varint();
      if (number === field) found = value;
    } else if (wireType === LENGTH) reader.skip(reader.varint());
    else if (wireType === FIXED64) reader.skip(8);
    else if (wireType === FIXED32) reader.skip(4);
    else return null;
  }
  return reader.overrun ? null : found;
}

/** Goes through bytes; past their end it gives zeros, and says so. */
class ProtobufReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  get overrun(): boolean {
    return this.#at > this.#bytes.length;
  }

  varint(): number {
    let value = 0;
    let place = 1;
    for (let i = 0; i < LONGEST_VARINT; i++, place *= 0x80) {
      const byte = this.#bytes[this.#at++] ?? 0;
      value += (byte & 0x7f) * place;
      if (byte < 0x80) return value;
    }
    this.skip(Infinity); // no number is so long
    return value;
  }

  skip(length: number): void {
    this.#at += length;
  }
}
