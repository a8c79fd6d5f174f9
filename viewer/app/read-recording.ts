import { deflateSync, Inflate, inflateSync } from 'fflate';
import { fflateCodec } from '../../training/recording/codec.ts';
import { openRecording } from '../../training/recording/reader.ts';
import type { Recording } from '../../training/recording/recording.ts';
import type { ByteSource } from '../../training/zip/byte-source.ts';

const codec = fflateCodec({ deflateSync, inflateSync, Inflate });

/**
 * Opens a recording from anywhere.
 *
 * @throws Error if it is none, or is damaged beyond what can be passed over.
 */
export async function readRecording(bytes: ByteSource): Promise<Recording> {
  return openRecording(bytes, codec);
}
