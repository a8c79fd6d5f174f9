import { deflateSync, Inflate, inflateSync } from 'fflate';
import { type Codec, fflateCodec } from '../../training/recording/codec.ts';

/** DEFLATE for tests, as Node and the viewer use it. */
export const codec: Codec = fflateCodec({ deflateSync, inflateSync, Inflate });
