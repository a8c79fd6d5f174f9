// Numbers as a sum of two doubles, high + low with |low| at most half a unit in the last place of
// high: about 106 bits. Functions return the high part and leave the low part in `LOW[0]`.

/** Where a function leaves the low part of its result; valid until the next call of one. */
export const LOW: Float64Array = new Float64Array(1);

const SPLITTER = 134217729; // 2²⁷ + 1

/**
 * a · b − product, exactly, for product = a · b rounded.
 *
 * Nothing may overflow or become subnormal on the way: keep a and b below 2⁹⁹⁰, the product above
 * 2⁻⁹⁰⁰.
 *
 * Source: Dekker (1971), "A floating-point technique for extending the available precision",
 * with Veltkamp's split of a double into halves.
 */
export function productError(a: number, b: number, product: number): number {
  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/** a · a − square, exactly, for square = a · a rounded; otherwise as `productError`. */
export function squareError(a: number, square: number): number {
  const scaled = SPLITTER * a;
  const high = scaled - (scaled - a);
  const low = a - high;
  return high * high - square + 2 * high * low + low * low;
}

/**
 * a + b − sum, exactly, for sum = a + b rounded and any two numbers.
 *
 * Source: Knuth, "The Art of Computer Programming", volume 2, section 4.2.2, theorem B.
 */
export function sumError(a: number, b: number, sum: number): number {
  const bPart = sum - a;
  return a - (sum - bPart) + (b - bPart);
}

/** (a + aLow) / (b + bLow), rounded to a double from about 100 bits. */
export function quotient(a: number, aLow: number, b: number, bLow: number): number {
  const high = quotientHigh(a, aLow, b, bLow);
  return high + LOW[0];
}

/** (a + aLow) / (b + bLow) as a sum; the low part is not yet carried over into the high part. */
export function quotientHigh(a: number, aLow: number, b: number, bLow: number): number {
  const inverse = 1 / b; // one division, and off the long path
  const ratio = a * inverse;
  const product = ratio * b;
  const remainder = a - product - productError(ratio, b, product) + aLow - ratio * bLow;
  LOW[0] = remainder * inverse;
  return ratio;
}

/** √(a + aLow) as a sum, for a above 0; the low part is not yet carried over into the high part. */
export function rootHigh(a: number, aLow: number): number {
  const root = Math.sqrt(a);
  const slope = 0.5 / root;
  const square = root * root;
  LOW[0] = (a - square - squareError(root, square) + aLow) * slope;
  return root;
}
