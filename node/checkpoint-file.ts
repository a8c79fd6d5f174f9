import type { SavedData } from '../core/saved.ts';
import { decodeSaved, encodeSaved } from '../training/saved-file.ts';
import { codec } from './codec.ts';

const FORMAT = { format: 'palaestra-checkpoint', version: 1 } as const;

/** The bytes of a checkpoint. */
export function encodeCheckpoint(saved: SavedData): Uint8Array {
  return encodeSaved(saved, codec, FORMAT);
}

/**
 * What a checkpoint holds. The file is not trusted.
 *
 * @throws Error if it is cut, altered, of a newer version or another kind of file.
 */
export function decodeCheckpoint(bytes: Uint8Array): SavedData {
  return decodeSaved(bytes, codec, FORMAT);
}
