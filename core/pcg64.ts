import { show } from './check.ts';
import type { Rng } from './rng.ts';
import { checkSavedHeader, copySavedArray, type SavedData, savedHeader } from './saved.ts';
import { checkSeed, seedSequence } from './seed-sequence.ts';
import { drawTail, isUnderCurve, NORMAL_LAYERS } from './ziggurat.ts';

const WORDS = 2 ** 32;
const UNIT = 1 / 2 ** 53;
const WORD = 1 / 2 ** 32;

// The multiplier 0x2360ED051FC65DA44385DF649FCCF645, lowest word first.
const M0 = 0x9fccf645;
const M1 = 0x4385df64;
const M2 = 0x1fc65da4;
const M3 = 0x2360ed05;

// Adding and taking off 2⁵² rounds a number in [0, 2⁵²) to an integer.
const ROUND = 2 ** 52;

/**
 * The generator behind NumPy's `default_rng(seed)` and every seeded Gymnasium world, bit for bit.
 *
 * | here           | `rng = numpy.random.default_rng(seed)`     |
 * | -------------- | ------------------------------------------ |
 * | `uniform()`    | `rng.random()`                             |
 * | `uint32()`     | `rng.integers(0, 2**32)`                   |
 * | `below(n)`     | `rng.integers(0, n)`, `rng.choice(n)`      |
 * | `normal()`     | `rng.standard_normal()`                    |
 *
 * `low + (high - low) * uniform()` is NumPy's `uniform(low, high)`, and `list[below(list.length)]`
 * its `choice(list)`. About one normal draw in 500,000 differs from NumPy's in its
 * last bit: beyond ±3.65 it is a logarithm, which NumPy takes from the C library.
 *
 * Source: O'Neill (2014), "PCG: A family of simple fast space-efficient statistically good
 * algorithms for random number generation": PCG XSL RR 128/64.
 */
export class Pcg64 implements Rng {
  readonly #state = new Uint32Array(4); // 128 bits, lowest word first
  readonly #increment = new Uint32Array(4); // odd: then the period is 2¹²⁸
  #low = 0; // the last 64 random bits in two halves; as 32-bit integers with a sign
  #high = 0;
  #spare = -1; // the upper half that the last `uint32` left for the next; −1 if there is none

  /**
   * @param seed An integer of at least 0; a bigint where it is above 2⁵³ − 1.
   * @throws RangeError if the seed is not such an integer.
   */
  constructor(seed: number | bigint) {
    checkSeed('Pcg64: seed', seed);
    const words = seedSequence(seed, 8);
    const increment = (wide(words.subarray(4)) << 1n) | 1n;
    writeWide(increment, this.#increment);
    writeWide(wide(words) + increment, this.#state);
    this.#next();
  }

  /** The lower half of 64 random bits, then the upper half, and so on. */
  uint32(): number {
    const spare = this.#spare;
    if (spare >= 0) {
      this.#spare = -1;
      return spare;
    }
    this.#next();
    this.#spare = this.#high >>> 0;
    return this.#low >>> 0;
  }

  /** A random multiple of 2⁻⁵³ in [0, 1). Leaves a half that `uint32` has kept where it is. */
  uniform(): number {
    this.#next();
    return ((this.#high >>> 0) * 2 ** 21 + (this.#low >>> 11)) * UNIT;
  }

  /**
   * A random integer in 0 … n − 1, each with the same chance; draws nothing where n = 1.
   *
   * @param n In 1 … 2⁵³.
   *
   * Source: Lemire (2019), "Fast random integer generation in an interval".
   */
  below(n: number): number {
    if (n === 1) return 0;
    if (n > WORDS) return this.#belowWide(BigInt(n));
    let draw = this.uint32();
    let rest = Math.imul(draw, n) >>> 0; // draw · n modulo 2³²
    if (rest < n) {
      const rejected = WORDS % n;
      while (rest < rejected) {
        draw = this.uint32();
        rest = Math.imul(draw, n) >>> 0;
      }
    }
    return Math.round((draw * n - rest) / WORDS);
  }

  /**
   * A draw from the standard normal distribution, by the ziggurat of 256 layers.
   *
   * Source: Marsaglia & Tsang (2000), "The ziggurat method for generating random variables", with
   * layer, sign and 52 bits of size from one draw.
   */
  normal(): number {
    const { scale, inner } = NORMAL_LAYERS;
    for (;;) {
      this.#next();
      const low = this.#low;
      const layer = low & 0xff;
      const size = (this.#high & 0x1fff_ffff) * 2 ** 23 + (low >>> 9);
      const sign = 1 - ((low >>> 7) & 2); // bit 8; a branch would be mispredicted half of the time
      const x = sign * (size * scale[layer]);
      if (size < inner[layer]) return x; // 98.8%
      if (layer === 0) return (low & 0x2_0000) === 0 ? drawTail(this) : -drawTail(this);
      if (isUnderCurve(layer, x, this.uniform())) return x;
    }
  }

  snapshot(): SavedData {
    return {
      ...savedHeader('pcg64', 1),
      state: this.#state.slice(),
      increment: this.#increment.slice(),
      spare: this.#spare < 0 ? null : this.#spare,
    };
  }

  restore(saved: SavedData): void {
    const where = 'Pcg64.restore';
    checkSavedHeader(where, saved, 'pcg64', 1);
    const state = new Uint32Array(4);
    const increment = new Uint32Array(4);
    copySavedArray(where, saved, 'state', state);
    copySavedArray(where, saved, 'increment', increment);
    if ((increment[0] & 1) === 0) {
      throw new Error(`${where}: increment must be odd, got ${show(increment)}.`);
    }
    const spare = savedSpare(where, saved);
    this.#state.set(state);
    this.#increment.set(increment);
    this.#spare = spare;
  }

  /**
   * Draws the next 64 bits into `#low` and `#high`.
   *
   *     s ← s · m + c    (mod 2¹²⁸)
   *
   * Column k of the product sums the words sᵢ mⱼ with i + j = k. Its lowest 32 bits come exactly
   * from integers; what it carries on is the whole column, summed in doubles, without them, divided
   * by 2³². The doubles err by less than 2¹⁵, so rounding gives the carry exactly.
   */
  #next(): void {
    const state = this.#state;
    const increment = this.#increment;
    const s0 = state[0];
    const s1 = state[1];
    const s2 = state[2];
    const c0 = increment[0];
    const c1 = increment[1];
    const c2 = increment[2];
    const r0 = (Math.imul(s0, M0) + c0) >>> 0;
    let carry = (s0 * M0 + c0 - r0) * WORD + ROUND - ROUND;
    const r1 = (Math.imul(s0, M1) + Math.imul(s1, M0) + c1 + carry) >>> 0;
    carry = (s0 * M1 + s1 * M0 + c1 + carry - r1) * WORD + ROUND - ROUND;
    const r2 = (Math.imul(s0, M2) + Math.imul(s1, M1) + Math.imul(s2, M0) + c2 + carry) >>> 0;
    carry = (s0 * M2 + s1 * M1 + s2 * M0 + c2 + carry - r2) * WORD + ROUND - ROUND;
    const last = Math.imul(s0, M3) + Math.imul(s1, M2) + Math.imul(s2, M1);
    const r3 = (last + Math.imul(state[3], M0) + increment[3] + carry) >>> 0;
    state[0] = r0;
    state[1] = r1;
    state[2] = r2;
    state[3] = r3;

    // The halves of the state, one over the other, turned right by its six highest bits.
    const turn = r3 >>> 26;
    const high = r3 ^ r1;
    const low = r2 ^ r0;
    const swap = (high ^ low) & -(turn >>> 5); // a turn of 32 or more exchanges the words
    const upper = high ^ swap;
    const lower = low ^ swap;
    const right = turn & 31;
    const left = 31 - right; // after one place more, since a shift by 32 would be none
    this.#low = (lower >>> right) | ((upper << 1) << left);
    this.#high = (upper >>> right) | ((lower << 1) << left);
  }

  #belowWide(n: bigint): number {
    const rejected = (1n << 64n) % n;
    for (;;) {
      this.#next();
      const draw = (BigInt(this.#high >>> 0) << 32n) | BigInt(this.#low >>> 0);
      const product = draw * n;
      if (BigInt.asUintN(64, product) >= rejected) return Number(product >> 64n);
    }
  }
}

/** The 128-bit number of four words, of which each pair has its lower one first, the pairs their upper one. */
function wide(words: Uint32Array): bigint {
  return [1, 0, 3, 2].reduce((sum, i) => (sum << 32n) | BigInt(words[i]), 0n);
}

/** Writes the lower 128 bits of `value`, lowest word first. */
function writeWide(value: bigint, words: Uint32Array): void {
  for (let i = 0; i < 4; i++) words[i] = Number((value >> BigInt(32 * i)) & 0xffff_ffffn);
}

function savedSpare(where: string, { spare }: SavedData): number {
  if (spare === null) return -1;
  if (typeof spare === 'number' && Number.isInteger(spare) && spare >= 0 && spare < WORDS) {
    return spare;
  }
  throw new Error(`${where}: spare must be null or an integer below 2³², got ${show(spare)}.`);
}
