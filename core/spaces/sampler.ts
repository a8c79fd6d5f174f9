import { resolveOptions } from '../check.ts';
import { checkEnvRng, createEnvRng, type EnvRng } from '../env-rng.ts';
import { restoreRng } from '../restore-rng.ts';
import type { Rng } from '../rng.ts';
import {
  checkSavedHeader,
  checkSavedName,
  type SavedData,
  savedHeader,
  savedObjects,
} from '../saved.ts';
import type { ElementOf, Space } from '../space.ts';
import { describeSpace } from './describe.ts';
import { type Draws, draw } from './draw.ts';
import { drawsFromEach, seedLikeGymnasium } from './gymnasium-draws.ts';
import type { SampleOptions } from './sample-options.ts';
import { checkWeights } from './sample-weights.ts';

/** How a sampler draws. */
export interface SpaceSamplerOptions {
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
  /**
   * What to draw from: `gymnasium` gives, for a seed, the elements that a space of Gymnasium gives
   * after `space.seed(seed)`. Default `alea`.
   */
  readonly rng?: EnvRng;
  /** Stream of the seed to draw from; `gymnasium` knows none. Default `space`. */
  readonly stream?: string;
}

/**
 * Draws random elements of a space from a seed.
 *
 *     const sampler = new SpaceSampler(discrete(6), { seed: 7 });
 *     sampler.sample(); // one of 0 … 5
 *     sampler.sample({ mask: [0, 0, 1, 1, 0, 0] }); // 2 or 3
 *
 * With `rng: 'gymnasium'` the elements are Gymnasium's to the bit for Discrete, MultiDiscrete,
 * MultiBinary, Text, boxes with both bounds or none, sequences of a given length, and dicts, tuples
 * and `OneOf` of these, with masks and probabilities too. They differ for boxes with one bound and
 * sequences of free length, which take NumPy's exponential draws, and for graphs, which have other
 * sizes there. One number in 500,000 of a box without bounds may differ in its last bit.
 */
export class SpaceSampler<S extends Space> {
  readonly space: S;
  readonly #rng: EnvRng;
  readonly #stream: string;
  #rngs: readonly Rng[]; // one; for `gymnasium` one for each space within the space
  #draws: Draws;

  /** @throws RangeError if an option is outside its range or unknown. */
  constructor(space: S, options: SpaceSamplerOptions = {}) {
    const { seed, rng, stream } = resolveOptions(
      'SpaceSampler',
      { seed: 0, rng: 'alea', stream: 'space' },
      options,
    );
    checkEnvRng('SpaceSampler: rng', rng);
    this.space = space;
    this.#rng = rng;
    this.#stream = stream;
    this.#rngs = this.#createRngs(seed);
    this.#draws = drawsFromEach(space, this.#rngs);
  }

  /**
   * Begins anew from a seed.
   *
   * @throws RangeError unless it is an integer of at least 0.
   */
  seed(seed: number): void {
    this.#rngs = this.#createRngs(seed);
    this.#draws = drawsFromEach(this.space, this.#rngs);
  }

  /**
   * A random element.
   *
   * @throws RangeError if a mask or a probability does not fit the space: nothing has been drawn.
   */
  sample({ mask, probability }: SampleOptions<S> = {}): ElementOf<S> {
    const weights = checkWeights('SpaceSampler.sample', this.space, mask, probability);
    return draw(this.space, this.#draws, weights) as ElementOf<S>;
  }

  /** Everything needed to go on from here with the same elements. */
  snapshot(): SavedData {
    return {
      ...savedHeader('space-sampler', 1),
      name: describeSpace(this.space),
      rngs: this.#rngs.map((rng) => rng.snapshot()),
    };
  }

  /** @throws Error if `saved` is no snapshot of a sampler of this space; nothing has changed then. */
  restore(saved: SavedData): void {
    const where = 'SpaceSampler.restore';
    checkSavedHeader(where, saved, 'space-sampler', 1);
    checkSavedName(where, saved, describeSpace(this.space));
    const rngs = savedObjects(where, saved, 'rngs', this.#rngs.length).map(restoreRng);
    this.#rngs = rngs;
    this.#draws = drawsFromEach(this.space, rngs);
  }

  #createRngs(seed: number): readonly Rng[] {
    if (this.#rng === 'gymnasium') return seedLikeGymnasium(this.space, seed);
    return [createEnvRng(this.#rng, seed, this.#stream, 0)];
  }
}
