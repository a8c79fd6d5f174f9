import createAlea from 'seedrandom/lib/alea.js';
import { checkInteger } from './check.ts';
import { belowFromUint32, normalFromUniform, type Rng } from './rng.ts';
import { checkSavedHeader, type SavedData, savedHeader, savedNumber } from './saved.ts';

/**
 * The default random generator: Alea, with named streams from one seed.
 *
 * Streams of one seed are independent sequences: what is drawn from `env/0` does not depend on
 * how much `agent` draws. 32 random bits a draw, period about 2¹¹⁶.
 *
 * Source: Baagøe (2010), "Better random numbers for JavaScript", as published in seedrandom.
 */
export class Alea implements Rng {
  readonly seed: number;
  readonly stream: string;
  #next: ReturnType<typeof createAlea>;

  /**
   * @param seed An integer of at least 0.
   * @param stream The name of the sequence. Default `''`.
   * @throws RangeError if the seed is not such an integer.
   */
  constructor(seed: number, stream: string = '') {
    checkInteger('Alea: seed', seed, 0);
    this.seed = seed;
    this.stream = stream;
    this.#next = createAlea(`${seed}/${stream}`, { state: true });
  }

  uint32(): number {
    return this.#next.int32() >>> 0;
  }

  /** A random multiple of 2⁻³² in [0, 1). */
  uniform(): number {
    return this.#next();
  }

  below(n: number): number {
    return belowFromUint32(this, n);
  }

  normal(): number {
    return normalFromUniform(this);
  }

  snapshot(): SavedData {
    return { ...savedHeader('alea', 1), ...this.#next.state() };
  }

  restore(saved: SavedData): void {
    checkSavedHeader('Alea.restore', saved, 'alea', 1);
    const [c, s0, s1, s2] = ['c', 's0', 's1', 's2'].map((key) =>
      savedNumber('Alea.restore', saved, key),
    );
    this.#next = createAlea('', { state: { c, s0, s1, s2 } });
  }
}
