import { deflateSync, Inflate, inflateSync } from 'fflate';
import { type Codec, fflateCodec } from '../training/recording/codec.ts';

/** DEFLATE as recordings and checkpoints use it: the same bytes on every machine. */
export const codec: Codec = fflateCodec({ deflateSync, inflateSync, Inflate });
