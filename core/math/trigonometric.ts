import { REDUCED, REDUCTION, reduceAngle, reduceFarAngle } from './angle-reduction.ts';
import { quotient, squareError } from './double-double.ts';

const QUARTER_PI = 0.7853981633974483;
const TINY = 1e-9; // below, x³ is lost beside x

// (sin r − r) / r³ as a polynomial in r², |r| ≤ π / 4
const SINE_0 = -0.16666666666666632;
const SINE_1 = 0.008333333333322425;
const SINE_2 = -0.0001984126982981703;
const SINE_3 = 2.7557313695244658e-6;
const SINE_4 = -2.505075865488869e-8;
const SINE_5 = 1.5896827964409162e-10;

// (cos r − 1 + r² / 2) / r⁴ as a polynomial in r², |r| ≤ π / 4
const COSINE_0 = 0.0416666666666666;
const COSINE_1 = -0.001388888888887414;
const COSINE_2 = 2.4801587289491976e-5;
const COSINE_3 = -2.7557314355277375e-7;
const COSINE_4 = 2.0875723688426875e-9;
const COSINE_5 = -1.135967003596909e-11;

// Sine and cosine on their way into place.
const PAIR = new Float64Array(2);

/** The sine of x radians, for every x; NaN for ±∞. Within 0.85 units in the last place. */
export function sin(x: number): number {
  const size = Math.abs(x);
  if (size <= QUARTER_PI) return size < TINY ? x : sineNearZero(x, 0);
  const quadrant = reduceAngle(x);
  return signOf(quadrant) * sizeInQuadrant(quadrant);
}

/** The cosine of x radians, for every x; NaN for ±∞. Within 0.85 units in the last place. */
export function cos(x: number): number {
  if (Math.abs(x) <= QUARTER_PI) return cosineNearZero(x, 0);
  const quadrant = reduceAngle(x) + 1; // cos x = sin(x + π / 2)
  return signOf(quadrant) * sizeInQuadrant(quadrant);
}

/**
 * Writes sine and cosine of every angle, in radians: the bits of `sin` and `cos`, in less time than
 * these take, and without a number that has to be allocated where a call is not inlined.
 *
 * @param sines Written; as long as `angles`, as `cosines` is.
 */
export function writeSinesAndCosines(
  angles: Float64Array,
  sines: Float64Array,
  cosines: Float64Array,
): void {
  const near = REDUCTION[0];
  const twoOverPi = REDUCTION[1];
  const round = REDUCTION[2];
  const halfPi1 = REDUCTION[3];
  const halfPi2 = REDUCTION[4];
  const halfPi3 = REDUCTION[5];
  for (let i = 0; i < angles.length; i++) {
    const x = angles[i];
    // As `reduceAngle` has it, which leaves small angles as they are.
    let quadrant = 0;
    let r = 0;
    let low = 0;
    if (Math.abs(x) < near) {
      const turns = x * twoOverPi + round - round;
      const rest = x - turns * halfPi1;
      const second = turns * halfPi2;
      r = rest - second;
      low = rest - r - second - turns * halfPi3;
      quadrant = turns & 3;
    } else {
      quadrant = reduceFarAngle(x);
      r = REDUCED[0];
      low = REDUCED[1];
    }
    const odd = quadrant & 1; // then the two change places
    // As `sineNearZero` and `cosineNearZero` have it, written out: called, it takes half as long again.
    const z = r * r;
    const square = z * z;
    const half = 0.5 * z;
    const high = 1 - half;
    const sineUpper = SINE_2 + z * SINE_3 + square * (SINE_4 + z * SINE_5);
    const sineBend = SINE_0 + z * SINE_1 + square * sineUpper;
    const cosineUpper = COSINE_2 + z * COSINE_3 + square * (COSINE_4 + z * COSINE_5);
    const cosineBend = COSINE_0 + z * COSINE_1 + square * cosineUpper;
    PAIR[odd] = Math.abs(x) < TINY ? x : r + (r * z * sineBend + low * high);
    PAIR[1 - odd] = high + (1 - high - half + (square * cosineBend - r * low));
    sines[i] = signOf(quadrant) * PAIR[0];
    cosines[i] = signOf(quadrant + 1) * PAIR[1];
  }
}

// The coefficients of the sine, then those of the cosine.
const SINE_AND_COSINE = Float64Array.of(
  ...[SINE_0, SINE_1, SINE_2, SINE_3, SINE_4, SINE_5],
  ...[COSINE_0, COSINE_1, COSINE_2, COSINE_3, COSINE_4, COSINE_5],
);

/**
 * Writes the cosine of every angle, in radians: the bits of `cos`, in less time than it takes, and
 * without a number that has to be allocated where a call is not inlined.
 *
 * @param cosines Written; as long as `angles`.
 */
export function writeCosines(angles: Float64Array, cosines: Float64Array): void {
  const c = SINE_AND_COSINE;
  const near = REDUCTION[0];
  const twoOverPi = REDUCTION[1];
  const round = REDUCTION[2];
  const halfPi1 = REDUCTION[3];
  const halfPi2 = REDUCTION[4];
  const halfPi3 = REDUCTION[5];
  for (let i = 0; i < angles.length; i++) {
    const x = angles[i];
    let quadrant = 1; // cos x = sin(x + π / 2)
    let r = 0;
    let low = 0;
    if (Math.abs(x) < near) {
      const turns = x * twoOverPi + round - round;
      const rest = x - turns * halfPi1;
      const second = turns * halfPi2;
      r = rest - second;
      low = rest - r - second - turns * halfPi3;
      quadrant += turns & 3;
    } else {
      quadrant += reduceFarAngle(x);
      r = REDUCED[0];
      low = REDUCED[1];
    }
    const isSine = (quadrant & 1) === 0;
    const k = isSine ? 0 : 6; // one polynomial with coefficients from a table: no branch for it
    const z = r * r;
    const square = z * z;
    const half = 0.5 * z;
    const high = 1 - half;
    const last = c[k + 4] + z * c[k + 5];
    const upper = c[k + 2] + z * c[k + 3] + square * last;
    const bend = c[k] + z * c[k + 1] + square * upper;
    const size = isSine
      ? r + (r * z * bend + low * high)
      : high + (1 - high - half + (square * bend - r * low));
    cosines[i] = signOf(quadrant) * size;
  }
}

// The sign is a factor of its own: a number that a call returns is not allocated where it is multiplied
// at once, and no branch has to be foreseen.

/** The sign that a quadrant gives the sine: 1, 1, −1, −1. */
function signOf(quadrant: number): number {
  return 1 - (quadrant & 2);
}

/** sin(r + quadrant · π / 2) with r in `REDUCED`, without the sign that the quadrant gives it. */
function sizeInQuadrant(quadrant: number): number {
  const high = REDUCED[0];
  const low = REDUCED[1];
  return (quadrant & 1) === 0 ? sineNearZero(high, low) : cosineNearZero(high, low);
}

/** (sin r − r) / r³ with z = r². */
function sinePolynomial(z: number): number {
  const square = z * z;
  const upper = SINE_2 + z * SINE_3 + square * (SINE_4 + z * SINE_5);
  return SINE_0 + z * SINE_1 + square * upper;
}

/** (cos r − 1 + r² / 2) / r⁴ with z = r². */
function cosinePolynomial(z: number): number {
  const square = z * z;
  const upper = COSINE_2 + z * COSINE_3 + square * (COSINE_4 + z * COSINE_5);
  return COSINE_0 + z * COSINE_1 + square * upper;
}

/** sin(r + low) for |r| ≤ π / 4: sin r + low cos r. */
function sineNearZero(r: number, low: number): number {
  const z = r * r;
  return r + (r * z * sinePolynomial(z) + low * (1 - 0.5 * z));
}

/** cos(r + low) for |r| ≤ π / 4: cos r − low sin r. */
function cosineNearZero(r: number, low: number): number {
  const z = r * r;
  const half = 0.5 * z;
  const high = 1 - half;
  return high + (1 - high - half + (z * z * cosinePolynomial(z) - r * low));
}

// Sine and cosine, each as a sum: what `writeSums` leaves.
const SUMS = new Float64Array(4);

/** The tangent of x radians, for every x; NaN for ±∞. Within 0.95 units in the last place. */
export function tan(x: number): number {
  return Math.abs(x) < TINY ? x : tangentOfQuadrant(reduceAngle(x) & 1);
}

/** tan(r + odd · π / 2) with r in `REDUCED`, |r| ≤ π / 4. */
function tangentOfQuadrant(odd: number): number {
  writeSums();
  const above = odd === 0 ? 0 : 2; // tan(r + π / 2) = −cos r / sin r
  const ratio = quotient(SUMS[above], SUMS[above + 1], SUMS[2 - above], SUMS[3 - above]);
  return odd === 0 ? ratio : -ratio;
}

/** Fills `SUMS` with sine and cosine of the angle in `REDUCED`, |r| ≤ π / 4, each as a sum. */
function writeSums(): void {
  const r = REDUCED[0];
  const low = REDUCED[1];
  const z = r * r;
  const half = 0.5 * z;
  const bend = r * z * sinePolynomial(z) + low * (1 - half);
  const sine = r + bend;
  SUMS[0] = sine;
  SUMS[1] = bend - (sine - r);
  const top = 1 - half;
  const drop = z * z * cosinePolynomial(z) - r * low - 0.5 * squareError(r, z);
  const rest = 1 - top - half + drop;
  const cosine = top + rest;
  SUMS[2] = cosine;
  SUMS[3] = rest - (cosine - top);
}
