import {
  checkSavedHeader,
  type SavedData,
  savedArray,
  savedCount,
  savedHeader,
} from '../../../core/saved.ts';
import type { SavedPart } from '../../saved-parts.ts';

/**
 * Numbers keys in the order in which they come, from 0 up to a size; keys beyond that share numbers.
 *
 * Source: the index hash table of Sutton's tile coding software, version 3, in what it does.
 */
export class IndexTable implements SavedPart {
  readonly size: number;
  readonly keyLength: number;
  #count = 0;

  readonly #keys: Int32Array; // [size × keyLength]
  readonly #slots: Int32Array; // open addressing: number + 1, or 0 where a slot is free
  readonly #mask: number;

  /** @param size Numbers there are, at least 1. */
  constructor(size: number, keyLength: number) {
    this.size = size;
    this.keyLength = keyLength;
    this.#keys = new Int32Array(size * keyLength);
    let numSlots = 2;
    while (numSlots < 2 * size) numSlots *= 2;
    this.#slots = new Int32Array(numSlots);
    this.#mask = numSlots - 1;
  }

  /** Numbers that are taken. */
  get count(): number {
    return this.#count;
  }

  /**
   * The number of a key.
   *
   * @param remember Whether a new key takes a number; else it is told the next free one.
   */
  find(key: Int32Array, remember: boolean): number {
    const hash = hashKey(key);
    let slot = hash & this.#mask;
    while (this.#slots[slot] !== 0) {
      const number = this.#slots[slot] - 1;
      if (this.#holds(number, key)) return number;
      slot = (slot + 1) & this.#mask;
    }
    if (this.#count === this.size) return hash % this.size;
    if (remember) {
      this.#keys.set(key, this.#count * this.keyLength);
      this.#slots[slot] = this.#count + 1;
      return this.#count++;
    }
    return this.#count;
  }

  snapshot(): SavedData {
    const keys = this.#keys.slice(0, this.#count * this.keyLength);
    return { ...savedHeader('index-table', 1), count: this.#count, keys };
  }

  restore(saved: SavedData): void {
    const where = 'IndexTable.restore';
    checkSavedHeader(where, saved, 'index-table', 1);
    const count = savedCount(where, saved, 'count');
    if (count > this.size) {
      throw new Error(`${where}: count must be at most ${this.size}, got ${count}.`);
    }
    const keys = savedArray(where, saved, 'keys', Int32Array, count * this.keyLength);
    this.#slots.fill(0);
    this.#count = 0;
    for (let start = 0; start < keys.length; start += this.keyLength) {
      this.find(keys.subarray(start, start + this.keyLength), true);
    }
  }

  #holds(number: number, key: Int32Array): boolean {
    const start = number * this.keyLength;
    for (let i = 0; i < this.keyLength; i++) {
      if (this.#keys[start + i] !== key[i]) return false;
    }
    return true;
  }
}

/** A number of 32 bits from a key. Source: FNV-1a's step, with MurmurHash3's finish. */
function hashKey(key: Int32Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key[i], 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
