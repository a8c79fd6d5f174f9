import { show } from './check.ts';

const POOL_SIZE = 4;

// The multipliers of the two hashes, and where their running constants begin.
const ENTROPY_START = 0x43b0d7e5;
const ENTROPY_FACTOR = 0x931e8875;
const OUTPUT_START = 0x8b51f9dd;
const OUTPUT_FACTOR = 0x58f38ded;
const MIX_LEFT = 0xca01f9dd;
const MIX_RIGHT = 0x4973f715;

/**
 * Words to begin a generator with, spread over all 32 bits, from any seed: NumPy's
 * `SeedSequence(seed).generate_state(length)`.
 *
 * The seed is hashed into a pool of four words, each of which then depends on all the others; a
 * seed above 2¹²⁸ is mixed in word by word. Seeds that differ in one bit give unrelated words.
 *
 * @param seed An integer of at least 0, of any size.
 * @param length How many words, at least 0.
 * @returns a new array of `length` words.
 * @throws RangeError if the seed is no such integer, or a number above 2⁵³ − 1 that may have lost
 *   digits: give it as a bigint.
 *
 * Source: O'Neill (2015), "Developing a seed_seq alternative", as NumPy's `SeedSequence` uses it
 * without spawn keys.
 */
export function seedSequence(seed: number | bigint, length: number): Uint32Array {
  return draw(fillPool(wordsOf(seed)), length);
}

/** @throws RangeError unless `seed` is an integer of at least 0, exact as a number or a bigint. */
export function checkSeed(name: string, seed: number | bigint): void {
  if (typeof seed === 'bigint' ? seed >= 0n : Number.isSafeInteger(seed) && seed >= 0) return;
  throw new RangeError(
    `${name} must be an integer of at least 0 (above 2⁵³ − 1 a bigint), got ${show(seed)}.`,
  );
}

/** The seed's digits to the base 2³², lowest first; 0 is one word. */
function wordsOf(seed: number | bigint): number[] {
  checkSeed('seedSequence: seed', seed);
  const words: number[] = [];
  let rest = BigInt(seed);
  do {
    words.push(Number(rest & 0xffff_ffffn));
    rest >>= 32n;
  } while (rest > 0n);
  return words;
}

function fillPool(words: readonly number[]): Uint32Array {
  const hash = createHash(ENTROPY_START, ENTROPY_FACTOR);
  const pool = new Uint32Array(POOL_SIZE);
  for (let i = 0; i < POOL_SIZE; i++) pool[i] = hash(words[i] ?? 0);
  for (let from = 0; from < POOL_SIZE; from++) {
    for (let to = 0; to < POOL_SIZE; to++) {
      if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
    }
  }
  for (const word of words.slice(POOL_SIZE)) {
    for (let to = 0; to < POOL_SIZE; to++) pool[to] = mix(pool[to], hash(word));
  }
  return pool;
}

function draw(pool: Uint32Array, length: number): Uint32Array {
  const hash = createHash(OUTPUT_START, OUTPUT_FACTOR);
  return Uint32Array.from({ length }, (_, i) => hash(pool[i % POOL_SIZE]));
}

/** A hash of one word whose constant goes on with every call. */
function createHash(start: number, factor: number): (word: number) => number {
  let constant = start;
  return (word) => {
    const mixed = word ^ constant;
    constant = Math.imul(constant, factor);
    return foldDown(Math.imul(mixed, constant));
  };
}

function mix(x: number, y: number): number {
  return foldDown(Math.imul(MIX_LEFT, x) - Math.imul(MIX_RIGHT, y));
}

/** Lets the upper half of a word reach the lower one. */
function foldDown(word: number): number {
  return word ^ ((word >>> 16) & 0xffff);
}
