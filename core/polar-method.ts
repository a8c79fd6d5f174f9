import { highWord, powerOfTwo } from './math/bits.ts';
import { LN2_HIGH, LN2_LOW, LOGARITHM_COEFFICIENTS } from './math/logarithm.ts';
import { LOGARITHM_TABLE } from './math/logarithm-table.ts';
import type { Rng } from './rng.ts';

const CUT = 6442450944; // 1.5 · 2³²: added and taken off, it cuts a number in [1, 2] to multiples of 2⁻²⁰
const [C0, C1, C2, C3, C4] = LOGARITHM_COEFFICIENTS;

/**
 * Fills `draws` with standard normal draws from pairs of uniform ones.
 *
 * Source: Marsaglia & Bray (1964), "A convenient method for generating normal variables". Keeps
 * one of each two results, so that the generator's state needs no spare number.
 *
 * Written out it is too long for V8 to inline (460 bytecodes), and it should not be: its callers stay
 * small enough to be inlined themselves, and then the numbers that they return are not allocated.
 */
export function writeNormals(rng: Rng, draws: Float64Array): void {
  for (let i = 0; i < draws.length; ) {
    const x = 2 * rng.uniform() - 1;
    const y = 2 * rng.uniform() - 1;
    const s = x * x + y * y;
    if (s === 0 || s >= 1) continue;

    // ln s as `reduceLogarithm`, `assemble` and `curvature` have it, to the bit.
    const word = highWord(s);
    const exponent = (word >> 20) - 1023;
    const index = ((word & 0xfffff) + 0x1000) >> 13;
    const entry = 3 * index;
    const m = s * powerOfTwo(-exponent);
    const top = m + CUT - CUT;
    const c = LOGARITHM_TABLE[entry];
    const a = top * c - 1;
    const b = (m - top) * c;
    const r = a + b;
    const low = a - r + b;
    const k = index > 52 ? exponent + 1 : exponent;
    const square = r * r;
    const lower = C0 + r * C1;
    const upper = C2 + r * C3 + square * C4;
    const curvature = square * (-0.5 + r * (lower + square * upper));
    const base = k * LN2_HIGH + LOGARITHM_TABLE[entry + 1];
    const baseLow = k * LN2_LOW + LOGARITHM_TABLE[entry + 2];
    const first = base + r;
    const logarithm = first + (base - first + r + (baseLow + low + curvature));
    draws[i++] = x * Math.sqrt((-2 * logarithm) / s);
  }
}
