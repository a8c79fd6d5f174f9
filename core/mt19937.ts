import { checkInteger, show } from './check.ts';
import { log } from './math.ts';
import type { Rng } from './rng.ts';
import {
  checkSavedHeader,
  copySavedArray,
  type SavedData,
  savedCount,
  savedHeader,
  savedNumber,
} from './saved.ts';

const SIZE = 624;
const SHIFT = 397;
const WORDS = 2 ** 32;
const UNIT = 1 / 2 ** 53;

/**
 * The Mersenne Twister as NumPy's `RandomState(seed)` has it, bit for bit: the generator of MinAtar
 * and of all that calls `numpy.random.seed`.
 *
 * | here           | `rng = numpy.random.RandomState(seed)`     |
 * | -------------- | ------------------------------------------ |
 * | `uniform()`    | `rng.rand()`                               |
 * | `uint32()`     | `rng.randint(0, 2**32)`                    |
 * | `below(n)`     | `rng.randint(0, n)`, `rng.choice(n)`       |
 * | `normal()`     | `rng.randn()`                              |
 *
 * Source: Matsumoto & Nishimura (1998), "Mersenne twister: a 623-dimensionally equidistributed
 * uniform pseudo-random number generator", seeded as their program of 2002 does.
 */
export class Mt19937 implements Rng {
  readonly #words = new Uint32Array(SIZE);
  #position = SIZE; // words handed out; SIZE: make new ones first
  #spareNormal: number | null = null; // the second normal draw of a pair

  /**
   * @param seed An integer in 0 … 2³² − 1.
   * @throws RangeError if the seed is not such an integer.
   */
  constructor(seed: number) {
    checkInteger('Mt19937: seed', seed, 0, WORDS - 1);
    const words = this.#words;
    words[0] = seed;
    for (let i = 1; i < SIZE; i++) {
      words[i] = Math.imul(1812433253, words[i - 1] ^ (words[i - 1] >>> 30)) + i;
    }
  }

  uint32(): number {
    if (this.#position === SIZE) this.#makeWords();
    let word = this.#words[this.#position++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  /** A random multiple of 2⁻⁵³ in [0, 1), from two words. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    return (high * 2 ** 26 + (this.uint32() >>> 6)) * UNIT;
  }

  /**
   * A random integer in 0 … n − 1, each with the same chance; draws nothing where n = 1.
   *
   * Takes as many bits as n − 1 has until they are a number below n.
   *
   * @param n In 1 … 2⁵³.
   */
  below(n: number): number {
    if (n === 1) return 0;
    if (n > WORDS) return this.#belowWide(n);
    const mask = 0xffff_ffff >>> Math.clz32(n - 1);
    for (;;) {
      const draw = (this.uint32() & mask) >>> 0;
      if (draw < n) return draw;
    }
  }

  /**
   * A draw from the standard normal distribution; every second one is kept from the one before.
   *
   * About one draw in 3000 differs from NumPy's in its last two bits: all are made of a logarithm,
   * which NumPy takes from the C library.
   *
   * Source: Marsaglia & Bray (1964), "A convenient method for generating normal variables".
   */
  normal(): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal;
      this.#spareNormal = null;
      return spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const s = x * x + y * y;
      if (s >= 1 || s === 0) continue;
      const factor = Math.sqrt((-2 * log(s)) / s);
      this.#spareNormal = factor * x;
      return factor * y;
    }
  }

  snapshot(): SavedData {
    return {
      ...savedHeader('mt19937', 1),
      words: this.#words.slice(),
      position: this.#position,
      spareNormal: this.#spareNormal,
    };
  }

  restore(saved: SavedData): void {
    const where = 'Mt19937.restore';
    checkSavedHeader(where, saved, 'mt19937', 1);
    const words = new Uint32Array(SIZE);
    copySavedArray(where, saved, 'words', words);
    if (words[0] < 0x8000_0000 && words.every((word, i) => i === 0 || word === 0)) {
      throw new Error(`${where}: words must not all be 0 from bit 31 on, they would stay so.`);
    }
    const position = savedCount(where, saved, 'position');
    if (position > SIZE) {
      throw new Error(`${where}: position must be at most ${SIZE}, got ${show(position)}.`);
    }
    const spare = saved.spareNormal === null ? null : savedNumber(where, saved, 'spareNormal');
    this.#words.set(words);
    this.#position = position;
    this.#spareNormal = spare;
  }

  #makeWords(): void {
    const words = this.#words;
    for (let i = 0; i < SIZE; i++) {
      const next = words[i === SIZE - 1 ? 0 : i + 1];
      const y = (words[i] & 0x80000000) | (next & 0x7fffffff);
      const far = words[i < SIZE - SHIFT ? i + SHIFT : i + SHIFT - SIZE];
      words[i] = far ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    }
    this.#position = 0;
  }

  #belowWide(n: number): number {
    const mask = 0xffff_ffff >>> Math.clz32(Math.floor((n - 1) / WORDS));
    for (;;) {
      const high = this.uint32() & mask;
      const draw = high * WORDS + this.uint32();
      if (draw < n) return draw;
    }
  }
}
