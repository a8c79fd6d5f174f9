// Reading and writing the bits of doubles; little-endian, as every platform we run on is.

const NUMBER = new Float64Array(1);
const WORDS = new Int32Array(NUMBER.buffer);

/** 2^k for k = −1074 … 1023, each exact. */
const POWERS = powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(1074 + 1024);
  powers[0] = Number.MIN_VALUE;
  for (let i = 1; i < powers.length; i++) powers[i] = 2 * powers[i - 1];
  return powers;
}

/** The smallest double with all its 53 bits, 2⁻¹⁰²². */
export const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** The upper half of the bits of `x`: sign, exponent and the first 20 bits after the point. */
export function highWord(x: number): number {
  NUMBER[0] = x;
  return WORDS[1];
}

/** The exponent e of |x| = m · 2^e with m in [1, 2); −1023 for zero and subnormal numbers. */
export function exponentOf(x: number): number {
  return ((highWord(x) >> 20) & 0x7ff) - 1023;
}

/**
 * 2^k, exact.
 *
 * @param k An integer in −1074 … 1023.
 */
export function powerOfTwo(k: number): number {
  return POWERS[k + 1074];
}

/**
 * x · 2^k, rounded once, also where the result is subnormal or overflows.
 *
 * @param x In [0.5, 4), or its negative.
 * @param k An integer in −2000 … 2000.
 */
export function scale(x: number, k: number): number {
  if (k > 1023) return x * powerOfTwo(1023) * powerOfTwo(k - 1023);
  if (k < -1022) return x * powerOfTwo(k + 1074) * Number.MIN_VALUE;
  return x * powerOfTwo(k);
}
