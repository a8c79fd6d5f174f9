import createAlea from 'seedrandom/lib/alea.js';
import { checkInteger } from './check.ts';
import { writeNormals } from './polar-method.ts';
import { belowFromUint32, type Rng } from './rng.ts';
import { checkSavedHeader, type SavedData, savedHeader, savedNumber } from './saved.ts';

// Where a normal draw comes to; nothing stays here from one to the next.
const DRAW = new Float64Array(1);

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

  // The last three draws and the carry.
  #s0 = 0.5;
  #s1 = 0.5;
  #s2 = 0.5;
  #carry = 0;

  /**
   * @param seed An integer of at least 0.
   * @param stream The name of the sequence. Default `''`.
   * @throws RangeError if the seed is not such an integer.
   */
  constructor(seed: number, stream: string = '') {
    checkInteger('Alea: seed', seed, 0);
    this.seed = seed;
    this.stream = stream;
    this.#setState(createAlea(`${seed}/${stream}`, { state: true }).state());
  }

  uint32(): number {
    this.#advance();
    return (this.#s2 * 0x1_0000_0000) >>> 0;
  }

  /** A random multiple of 2⁻³² in [0, 1). */
  uniform(): number {
    this.#advance();
    return this.#s2;
  }

  below(n: number): number {
    return belowFromUint32(this, n);
  }

  /** So small that V8 inlines it wherever it is called: a number that a call returns is allocated. */
  normal(): number {
    const draw = DRAW;
    writeNormals(this, draw);
    return draw[0];
  }

  snapshot(): SavedData {
    const state: AleaState = { c: this.#carry, s0: this.#s0, s1: this.#s1, s2: this.#s2 };
    return { ...savedHeader('alea', 1), ...state };
  }

  restore(saved: SavedData): void {
    checkSavedHeader('Alea.restore', saved, 'alea', 1);
    const [c, s0, s1, s2] = ['c', 's0', 's1', 's2'].map((key) =>
      savedNumber('Alea.restore', saved, key),
    );
    this.#setState({ c, s0, s1, s2 });
  }

  #advance(): void {
    const product = 2091639 * this.#s0 + this.#carry * TWO_TO_MINUS_32;
    this.#carry = product | 0;
    this.#s0 = this.#s1;
    this.#s1 = this.#s2;
    this.#s2 = product - this.#carry;
  }

  #setState({ c, s0, s1, s2 }: AleaState): void {
    this.#carry = c;
    this.#s0 = s0;
    this.#s1 = s1;
    this.#s2 = s2;
  }
}

const TWO_TO_MINUS_32 = 2.3283064365386963e-10;

type AleaState = ReturnType<ReturnType<typeof createAlea>['state']>;
