import type { SavedData } from '../core/saved.ts';
import { decodeSaved, encodeSaved } from '../training/saved-file.ts';
import { MAX_RATIO } from '../training/zip/layout.ts';
import { codec } from './codec.ts';

const FORMAT = { format: 'palaestra-checkpoint', version: 1 } as const;

/** What the JSON of a checkpoint may take: the most text that is written, at its most costly. */
const JSON_COST = 4 * 1024 ** 3;

/** The bytes of a checkpoint. */
export function encodeCheckpoint(saved: SavedData): Uint8Array {
  return encodeSaved(saved, codec, FORMAT);
}

/**
 * What a checkpoint holds. The file is not trusted.
 *
 * @param maxBytes The most memory that it may take. Default 1 GiB.
 * @throws Error if it is cut, altered, of a newer version or another kind of file.
 * @throws RangeError if it takes more memory than `maxBytes`; nothing has been allocated then.
 */
export function decodeCheckpoint(bytes: Uint8Array, maxBytes?: number): SavedData {
  return decodeSaved(bytes, codec, FORMAT, maxBytes);
}

/**
 * What a checkpoint holds that a run on this machine has written for itself. It may take all the memory
 * that a file of its length can ask for: what has been written can be read.
 *
 * @param jsonCost Memory that its JSON may take in any case. Default 4 GiB.
 * @throws Error if it is cut, altered, of a newer version or another kind of file.
 */
export function decodeOwnCheckpoint(bytes: Uint8Array, jsonCost: number = JSON_COST): SavedData {
  return decodeCheckpoint(bytes, jsonCost + MAX_RATIO * bytes.length);
}
