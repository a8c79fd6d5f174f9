/** What recordings and checkpoints need of DEFLATE; made from a library by `fflateCodec`. */
export type { Codec } from '../zip/codec.ts';
export { fflateCodec } from '../zip/fflate-codec.ts';
