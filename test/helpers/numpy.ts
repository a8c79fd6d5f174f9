import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Rng } from '../../core/rng.ts';

/** Draws of one method: the first ones, and digests of the first 10², 10³, … of them. */
export interface GoldenDraws {
  readonly first: readonly number[];
  readonly digests: readonly string[];
}

/** What a generator of NumPy draws from one seed. */
export interface GoldenGenerator {
  readonly seed: number;
  readonly uniform: GoldenDraws;
  readonly uint32: GoldenDraws;
  /** By n: a digest of 10⁴ draws. */
  readonly below: Readonly<Record<string, string>>;
  readonly normal: GoldenDraws & { readonly tail?: readonly (readonly [number, number])[] };
  readonly interleaved: GoldenDraws;
}

/** What `bench/peers/make_rng_golden.py` has recorded. */
export interface GoldenRng {
  readonly cycle: readonly string[];
  readonly seedSequence: readonly { readonly seed: string; readonly words: readonly number[] }[];
  readonly ziggurat: { readonly scale: string; readonly inner: string; readonly shares: string };
  readonly pcg64: readonly GoldenGenerator[];
  readonly mt19937: readonly GoldenGenerator[];
}

/** The recorded draws of NumPy. */
export const GOLDEN_RNG = JSON.parse(
  readFileSync(new URL('../golden/rng.json', import.meta.url), 'utf8'),
) as GoldenRng;

/** The start of a SHA-256 over the numbers as little-endian doubles. */
export function digest(values: Float64Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** The draws as the golden file has them, with as many digests as `like`. */
export function summarize(values: Float64Array, like: GoldenDraws): GoldenDraws {
  return {
    first: [...values.subarray(0, like.first.length)],
    digests: like.digests.map((_, k) => digest(values.subarray(0, 10 ** (k + 2)))),
  };
}

/** As many draws as `like` was made of. */
export function drawLike(like: GoldenDraws, draw: (i: number) => number): Float64Array {
  return Float64Array.from({ length: 10 ** (like.digests.length + 1) }, (_, i) => draw(i));
}

/** One call by its name, such as `uniform` or `below 6`; normal draws rounded to float32. */
export function call(rng: Rng, name: string): number {
  const [method, n] = name.split(' ');
  if (method === 'below') return rng.below(Number(n));
  if (method === 'normal') return Math.fround(rng.normal());
  return method === 'uniform' ? rng.uniform() : rng.uint32();
}
