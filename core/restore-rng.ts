import { Alea } from './alea.ts';
import { show } from './check.ts';
import { Mt19937 } from './mt19937.ts';
import { Pcg64 } from './pcg64.ts';
import type { Rng } from './rng.ts';
import type { SavedData } from './saved.ts';

/** Each generator by the kind that its snapshot names. */
const GENERATORS: Readonly<Record<string, () => Rng>> = {
  alea: () => new Alea(0),
  mt19937: () => new Mt19937(0),
  pcg64: () => new Pcg64(0),
};

/**
 * The generator whose `snapshot` this is, of whichever kind it was.
 *
 * @throws Error if it is the state of no known generator.
 */
export function restoreRng(saved: SavedData): Rng {
  const kind = saved?.kind;
  if (typeof kind !== 'string' || !Object.hasOwn(GENERATORS, kind)) {
    const known = Object.keys(GENERATORS).join(', ');
    throw new Error(`restoreRng: expected saved data of kind ${known}, got ${show(kind)}.`);
  }
  const rng = GENERATORS[kind]();
  rng.restore(saved);
  return rng;
}
