import { Pcg64 } from '../pcg64.ts';
import type { Rng } from '../rng.ts';
import type { Space } from '../space.ts';
import { partsOf } from './composite.ts';
import { type Draws, drawsFrom } from './draw.ts';

const MAX_SEED = 2 ** 31 - 1; // of a part

/**
 * The generators that Gymnasium's `space.seed(seed)` leaves: one for the space and one for each
 * space within it, a whole before its parts.
 *
 * The seeds of the parts are drawn from the generator of the whole, which is then set back. (Not so
 * that of a dict or a tuple, but these draw nothing of their own.)
 *
 * @throws RangeError unless the seed is an integer of at least 0.
 */
export function seedLikeGymnasium(space: Space, seed: number): Rng[] {
  const rng = new Pcg64(seed);
  const parts = partsOf(space);
  const seeds = parts.map(() => rng.below(MAX_SEED));
  return [new Pcg64(seed), ...parts.flatMap((part, i) => seedLikeGymnasium(part, seeds[i]))];
}

/** Lets every space draw from its own generator, or all of them from the only one. */
export function drawsFromEach(space: Space, rngs: readonly Rng[]): Draws {
  return rngs.length === 1 ? drawsFrom(rngs[0]) : treeOf(space, rngs.values());
}

function treeOf(space: Space, rngs: Iterator<Rng>): Draws {
  const rng = rngs.next().value as Rng;
  const parts = partsOf(space).map((part) => treeOf(part, rngs));
  return { rng, part: (i) => parts[i] };
}
