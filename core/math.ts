// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: Math has these, written out they are the same everywhere

// Elementary functions that give the same bits in every JavaScript engine.
//
// ECMAScript leaves the last digits of Math.sin, Math.exp and the like to the engine. These are built
// from what IEEE 754 defines to the bit: + − × ÷, square root, comparison, rounding to an integer.
// Each stays within one unit in the last place of the true value (Math's own often do not), treats
// ±0, ±∞ and NaN as ECMAScript's function of the same name does, and allocates nothing.
//
// Coefficients and tables: bench/peers/math_coefficients.py.

/** π, rounded. */
export const PI = 3.141592653589793;

/** e, the base of the natural logarithm, rounded. */
export const E = 2.718281828459045;

/** ln 2, rounded. */
export const LN2 = 0.6931471805599453;

export { atan, atan2 } from './math/arctangent.ts';
export { erf } from './math/error-function.ts';
export { exp, expm1, writeExponentials } from './math/exponential.ts';
export { cosh, sinh, tanh } from './math/hyperbolic.ts';
export { acosh, asinh, atanh } from './math/inverse-hyperbolic.ts';
export { acos, asin } from './math/inverse-trigonometric.ts';
export { log, log1p, log2, log10 } from './math/logarithm.ts';
export { pow } from './math/power.ts';
export { cbrt, hypot } from './math/roots.ts';
export { cos, sin, tan, writeCosines, writeSinesAndCosines } from './math/trigonometric.ts';
