/** A constructor of typed arrays `T`. */
export interface ArrayType<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): T;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
}

/** Gives an array of zeros: from memory of its own, or from memory that is shared. */
export type Allocate = <T>(type: ArrayType<T>, length: number) => T;

/** An array with memory of its own. */
export const allocateArray: Allocate = (type, length) => new type(length);
