import { exponentOf, powerOfTwo } from './bits.ts';
import { productError } from './double-double.ts';
import { TWO_OVER_PI_DIGITS, ZERO_DIGITS } from './two-over-pi-table.ts';

// Adding and taking off 1.5 · 2⁵² rounds to an integer, ties to even.
const ROUND = 6755399441055744;

const TWO_OVER_PI = 0.6366197723675814;

// π / 2 = the sum of the three; the first two in 35 bits: times an integer below 2¹⁸ they are exact.
const HALF_PI_1 = 1.5707963267923333;
const HALF_PI_2 = 2.5633441515839558e-12;
const HALF_PI_3 = 1.0562999066987428e-23;

// 2¹⁸ · π / 2 is 411,775. Below, the three parts are off by at most 3e−34, and the double nearest to a
// multiple of π / 2 in proportion to its size, 204551 π / 2, is 4e−17 away from it.
const NEAR = 4e5;

/** What the reduction of near angles, below the first in size, is made with: for those who write it out. */
export const REDUCTION: Float64Array = Float64Array.of(
  ...[NEAR, TWO_OVER_PI, ROUND],
  ...[HALF_PI_1, HALF_PI_2, HALF_PI_3],
);

/** π / 2, rounded. */
export const HALF_PI_HIGH = 1.5707963267948966;
/** What `HALF_PI_HIGH` lacks. */
export const HALF_PI_LOW = 6.123233995736766e-17;

/** What `reduceAngle` leaves: the reduced angle as a sum of two doubles. */
export const REDUCED: Float64Array = new Float64Array(2);

/**
 * Writes x = n · π / 2 + r with |r| ≤ π / 4 (and a rounding error); r as a sum in `REDUCED`.
 *
 * @param x Up to π / 4 in size, r is x itself. Not a number and infinite give a reduced angle that is not a number.
 * @returns the quadrant, n mod 4, in 0 … 3.
 *
 * Source: Cody & Waite (1980), "Software Manual for the Elementary Functions", chapter 8.
 */
export function reduceAngle(x: number): number {
  if (!(Math.abs(x) < NEAR)) return reduceFarAngle(x);
  const turns = x * TWO_OVER_PI + ROUND - ROUND;
  const rest = x - turns * HALF_PI_1; // exact
  const second = turns * HALF_PI_2; // exact
  const high = rest - second;
  const reduced = REDUCED; // a constant of its own module is looked up at each use
  reduced[0] = high;
  reduced[1] = rest - high - second - turns * HALF_PI_3;
  return turns & 3;
}

// Columns of the product, in base 2²⁴: the units, seven digits after the point.
const COLUMNS = new Float64Array(8);
const BASE = 16777216; // 2²⁴

/**
 * The same for angles of any size.
 *
 * Of the product |x| · 2 / π only the digits that matter are made: those above the units are
 * multiples of 2²⁴ quadrants, those far behind the point are lost in rounding. A double comes no
 * nearer to a multiple of π / 2 than about 2⁻⁶² quadrants, so seven digits, 168 bits, leave a hundred.
 *
 * Source: Payne & Hanek (1983), "Radian reduction for trigonometric functions". Differs in the base.
 */
export function reduceFarAngle(x: number): number {
  const size = Math.abs(x);
  if (!(size < Infinity)) {
    REDUCED[0] = Number.NaN;
    return 0;
  }
  multiplyByTwoOverPi(size);
  const units = COLUMNS[0] % 4;
  const up = COLUMNS[1] >= BASE / 2 ? 1 : 0; // the nearest quadrant is the next one
  writeFraction(COLUMNS[1] - up * BASE, x < 0 ? -1 : 1);
  return (x < 0 ? -(units + up) : units + up) & 3;
}

/** Fills `COLUMNS` with the digits of size · 2 / π, modulo 2²⁴ quadrants or more. */
function multiplyByTwoOverPi(size: number): void {
  const shift = Math.floor((exponentOf(size) - 52) / 24);
  const integer = size * powerOfTwo(-24 * shift); // size = integer · 2^(24 shift), below 2⁷⁶
  const digit3 = Math.floor(integer * powerOfTwo(-72));
  const below3 = integer - digit3 * powerOfTwo(72);
  const digit2 = Math.floor(below3 * powerOfTwo(-48));
  const below2 = below3 - digit2 * powerOfTwo(48);
  const digit1 = Math.floor(below2 / BASE);
  const digit0 = below2 - digit1 * BASE;
  let carry = 0;
  for (let column = 7; column >= 0; column--) {
    const i = shift + column + ZERO_DIGITS - 1;
    const near = digit0 * TWO_OVER_PI_DIGITS[i] + digit1 * TWO_OVER_PI_DIGITS[i + 1];
    const far = digit2 * TWO_OVER_PI_DIGITS[i + 2] + digit3 * TWO_OVER_PI_DIGITS[i + 3];
    const sum = near + far + carry; // below 2⁵¹
    carry = column === 0 ? 0 : Math.floor(sum / BASE);
    COLUMNS[column] = sum - carry * BASE;
  }
}

/** Turns the fraction of a quadrant into radians, times sign; `first` is its first digit, signed. */
function writeFraction(first: number, sign: number): void {
  const a = first * powerOfTwo(-24) + COLUMNS[2] * powerOfTwo(-48); // exact, as the next two
  const b = COLUMNS[3] * powerOfTwo(-72) + COLUMNS[4] * powerOfTwo(-96);
  const c = COLUMNS[5] * powerOfTwo(-120) + COLUMNS[6] * powerOfTwo(-144);
  const sum = a + b;
  const rest = a - sum + b + c;
  const high = sum + rest;
  const low = rest - (high - sum);
  const radians = high * HALF_PI_HIGH;
  const lost = productError(high, HALF_PI_HIGH, radians) + high * HALF_PI_LOW + low * HALF_PI_HIGH;
  REDUCED[0] = sign * radians;
  REDUCED[1] = sign * lost;
}
