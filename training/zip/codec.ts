/**
 * DEFLATE, as a value: this folder knows no library and no platform.
 *
 * The bytes that `deflate` gives must be the same in every JavaScript engine, so that the same
 * data gives the same file everywhere. `fflateCodec` makes one of the fflate library.
 */
export interface Codec {
  /** Raw DEFLATE data that inflates to `bytes`. */
  deflate(bytes: Uint8Array): Uint8Array;

  /**
   * The inflated data, a new array of `size` bytes.
   *
   * It stops as soon as more than `size` bytes come out, so that a small file cannot fill memory.
   *
   * @throws Error if `bytes` is damaged, or gives fewer or more than `size` bytes.
   */
  inflate(bytes: Uint8Array, size: number): Uint8Array;
}
