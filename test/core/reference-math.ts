// The elementary functions to about 100 bits, to measure core/math.ts against. Slow, and by other
// means: Taylor series where core has tables and fitted polynomials, one Newton step from Math's
// value for the inverse functions, whole-number arithmetic for large angles. Held itself against
// values from mpmath in math.test.ts. One long file, so that nothing of core can slip in.

import type { FunctionName } from './math-points.ts';

/** high + low, |low| at most about half a unit in the last place of high. */
interface Wide {
  readonly high: number;
  readonly low: number;
}

/** A value (high + low) · 2^exponent, so that nothing overflows and no digit falls off below. */
export interface Reference extends Wide {
  readonly exponent: number;
}

// ---------------------------------------------------------------------------------------------------
// Arithmetic with sums of two doubles: Dekker (1971), Knuth volume 2, section 4.2.2.

const SPLITTER = 134217729; // 2²⁷ + 1

function wide(high: number, low: number = 0): Wide {
  return { high, low };
}

/** a + b as a sum, |a| ≥ |b| or a = 0. */
function join(a: number, b: number): Wide {
  const sum = a + b;
  return { high: sum, low: b - (sum - a) };
}

/** a + b as a sum, exactly. */
function sum(a: number, b: number): Wide {
  const high = a + b;
  const part = high - a;
  return { high, low: a - (high - part) + (b - part) };
}

/** a · b as a sum, exactly. */
function product(a: number, b: number): Wide {
  const high = a * b;
  const aScaled = SPLITTER * a;
  const aTop = aScaled - (aScaled - a);
  const bScaled = SPLITTER * b;
  const bTop = bScaled - (bScaled - b);
  const cross = aTop * bTop - high + aTop * (b - bTop) + (a - aTop) * bTop;
  return { high, low: cross + (a - aTop) * (b - bTop) };
}

function add(a: Wide, b: Wide): Wide {
  const highs = sum(a.high, b.high);
  const lows = sum(a.low, b.low);
  const first = join(highs.high, highs.low + lows.high);
  return join(first.high, first.low + lows.low);
}

function negate(a: Wide): Wide {
  return { high: -a.high, low: -a.low };
}

function subtract(a: Wide, b: Wide): Wide {
  return add(a, negate(b));
}

function multiply(a: Wide, b: Wide): Wide {
  const highs = product(a.high, b.high);
  return join(highs.high, highs.low + (a.high * b.low + a.low * b.high));
}

function divide(a: Wide, b: Wide): Wide {
  const first = a.high / b.high;
  const rest = subtract(a, multiply(b, wide(first)));
  const second = rest.high / b.high;
  const last = subtract(rest, multiply(b, wide(second)));
  return add(join(first, second), wide(last.high / b.high));
}

function root(a: Wide): Wide {
  if (a.high === 0) return wide(0);
  const first = Math.sqrt(a.high);
  const rest = subtract(a, product(first, first));
  return join(first, rest.high / (2 * first));
}

/** a · factor for a power of two. */
function times(a: Wide, factor: number): Wide {
  return { high: a.high * factor, low: a.low * factor };
}

const ONE = wide(1);

function scaled(a: Wide, exponent: number = 0): Reference {
  return { high: a.high, low: a.low, exponent };
}

// ---------------------------------------------------------------------------------------------------
// Powers of two

const NUMBER = new Float64Array(1);
const WORDS = new Uint32Array(NUMBER.buffer);
const POWERS = Float64Array.from({ length: 2098 }, (_, i) => twoTo(i - 1074));

function twoTo(k: number): number {
  let power = 1;
  for (let i = 0; i < Math.abs(k); i++) power *= k < 0 ? 0.5 : 2;
  return power;
}

/** x · 2^k for any integer k. */
function shift(x: number, k: number): number {
  if (k > 1000) return shift(x * POWERS[2074], k - 1000);
  if (k < -1000) return shift(x * POWERS[74], k + 1000);
  return x * POWERS[k + 1074];
}

/** The e of |x| = m · 2^e, m in [1, 2); −1075 for 0. */
function exponentOf(x: number): number {
  if (x === 0) return -1075;
  NUMBER[0] = x;
  const exponent = ((WORDS[1] >>> 20) & 0x7ff) - 1023;
  return exponent > -1023 ? exponent : exponentOf(x * 18014398509481984) - 54;
}

// ---------------------------------------------------------------------------------------------------
// Series

/** 1 / n! for n = 0 … 31. */
const INVERSE_FACTORIALS: readonly Wide[] = inverseFactorials();

function inverseFactorials(): Wide[] {
  const inverses = [ONE];
  for (let n = 1; n < 32; n++) inverses.push(divide(inverses[n - 1], wide(n)));
  return inverses;
}

/** 1 / (2n + 1) for n = 0 … 17. */
const INVERSE_ODDS: readonly Wide[] = Array.from({ length: 18 }, (_, n) =>
  divide(ONE, wide(2 * n + 1)),
);

/** Σ aₙ zⁿ for falling |aₙ zⁿ|, by Horner's rule: `add(multiply(value, z), terms[n])`, written out. */
function series(terms: readonly Wide[], z: Wide): Wide {
  const zScaled = SPLITTER * z.high;
  const zTop = zScaled - (zScaled - z.high);
  const zRest = z.high - zTop;
  let { high, low } = terms[terms.length - 1];
  for (let n = terms.length - 2; n >= 0; n--) {
    const term = terms[n];
    const scaledHigh = SPLITTER * high;
    const top = scaledHigh - (scaledHigh - high);
    const rest = high - top;
    const times = high * z.high;
    const lost = top * zTop - times + top * zRest + rest * zTop + rest * zRest;
    const total = term.high + times;
    const tail = times - (total - term.high) + (term.low + (lost + high * z.low + low * z.high));
    high = total + tail;
    low = tail - (high - total);
  }
  return { high, low };
}

const EXPONENTIAL = INVERSE_FACTORIALS.slice(1, 26); // (eʳ − 1) / r
const SINH = INVERSE_FACTORIALS.filter((_, n) => n % 2 === 1); // sinh r / r, in r²
const SINE = SINH.map((term, n) => (n % 2 === 0 ? term : negate(term))); // sin r / r, in r²
const COSINE = INVERSE_FACTORIALS.filter((_, n) => n % 2 === 0).map((term, n) =>
  n % 2 === 0 ? term : negate(term),
);

/** 2 artanh s = ln((1 + s) / (1 − s)), for |s| < 0.12. */
function logarithmSeries(s: Wide): Wide {
  return times(multiply(s, series(INVERSE_ODDS, multiply(s, s))), 2);
}

/** ln 2 = 18 artanh 1/26 − 2 artanh 1/4801 + 8 artanh 1/8749. */
const LN2 = add(
  times(add(times(ln2Term(26), 8), ln2Term(26)), 1),
  subtract(times(ln2Term(8749), 4), ln2Term(4801)),
);

function ln2Term(n: number): Wide {
  return logarithmSeries(divide(ONE, wide(n)));
}

const LN10 = add(multiply(LN2, wide(3)), logarithmSeries(divide(ONE, wide(9)))); // 8 · 10/8

// ---------------------------------------------------------------------------------------------------
// Exponential family

/** eˣ − 1 without its power of two: x = k ln 2 + r, here e^r − 1 and k. */
function reducedExponential(x: Wide): Reference {
  const k = Math.round(x.high / LN2.high);
  const r = subtract(x, multiply(LN2, wide(k)));
  return scaled(multiply(r, series(EXPONENTIAL, r)), k);
}

function exponential(x: Wide): Reference {
  if (!(Math.abs(x.high) < 800)) return scaled(ONE, x.high > 0 ? 3000 : -3000);
  const reduced = reducedExponential(x);
  return scaled(add(ONE, reduced), reduced.exponent);
}

/** eˣ for |x| < 700, in range. */
function plainExponential(x: Wide): Wide {
  const value = exponential(x);
  return times(value, POWERS[value.exponent + 1074]);
}

function expm1(x: number): Reference {
  if (x > 100) return exponential(wide(x));
  if (x < -100) return scaled(wide(-1, shift(1, -140)));
  const reduced = reducedExponential(wide(x));
  const power = POWERS[reduced.exponent + 1074];
  return scaled(add(times(reduced, power), sum(power, -1)));
}

function sinhAndCosh(x: number): { sinh: Wide; cosh: Wide } {
  const grown = plainExponential(wide(x));
  const shrunk = divide(ONE, grown);
  const cosh = times(add(grown, shrunk), 0.5);
  if (Math.abs(x) > 0.5) return { sinh: times(subtract(grown, shrunk), 0.5), cosh };
  return { sinh: multiply(wide(x), series(SINH, product(x, x))), cosh };
}

function hyperbolic(x: number, isSinh: boolean): Reference {
  if (Math.abs(x) < 40) {
    const both = sinhAndCosh(x);
    return scaled(isSinh ? both.sinh : both.cosh);
  }
  const value = exponential(wide(Math.abs(x)));
  return scaled(isSinh && x < 0 ? negate(value) : value, value.exponent - 1);
}

function tanh(x: number): Reference {
  if (Math.abs(x) > 40) return scaled(wide(Math.sign(x), -Math.sign(x) * shift(1, -100)));
  const both = sinhAndCosh(x);
  return scaled(divide(both.sinh, both.cosh));
}

// ---------------------------------------------------------------------------------------------------
// Logarithms

/** ln x for a double above 0. */
function logarithm(x: number): Wide {
  let exponent = exponentOf(x);
  let m = shift(x, -exponent);
  if (m > 1.4) {
    m /= 2;
    exponent++;
  }
  return add(multiply(LN2, wide(exponent)), logarithmNearOne(m));
}

/** ln m for m in [0.7, 1.4]. */
function logarithmNearOne(m: number): Wide {
  if (Math.abs(m - 1) < 0.125) return logarithmSeries(divide(wide(m - 1), sum(m, 1)));
  // y = ln m, nearly; ln m = y + ln(1 + t) with t = m e⁻ʸ − 1
  const y = Math.log(m);
  const t = subtract(multiply(wide(m), plainExponential(wide(-y))), ONE);
  return add(wide(y), subtract(t, times(multiply(t, t), 0.5)));
}

/** ln of a sum. */
function logarithmOfWide(x: Wide): Wide {
  const ratio = divide(wide(x.low), wide(x.high));
  const rest = subtract(ratio, times(multiply(ratio, ratio), 0.5));
  return add(logarithm(x.high), rest);
}

function log1p(x: number): Wide {
  if (Math.abs(x) < 0.125) return logarithmSeries(divide(wide(x), sum(2, x)));
  return x > 1e40 ? logarithm(x) : logarithmOfWide(sum(1, x));
}

function pow(x: number, y: number): Reference {
  const log = logarithm(Math.abs(x));
  const estimate = y * log.high;
  const isFar = !(Math.abs(estimate) < 800);
  const value = isFar
    ? scaled(ONE, estimate > 0 ? 3000 : -3000)
    : exponential(multiply(log, wide(y)));
  const isOdd = Math.abs(y % 2) === 1;
  return x < 0 && isOdd ? scaled(negate(value), value.exponent) : value;
}

function asinh(x: number): Wide {
  const size = Math.abs(x);
  if (size > 1000) {
    const sign = Math.sign(x);
    const value = logarithmOfLargeSum(size, 1);
    return { high: sign * value.high, low: sign * value.low };
  }
  // sinh(a − y) = x cosh y − √(1 + x²) sinh y
  const y = Math.asinh(x);
  const both = sinhAndCosh(y);
  const cosine = root(add(ONE, product(x, x)));
  return add(wide(y), subtract(multiply(wide(x), both.cosh), multiply(cosine, both.sinh)));
}

/** ln(x + √(x² + sign)) for x from 1000 on. */
function logarithmOfLargeSum(x: number, sign: number): Wide {
  if (x > 1e12) return add(logarithm(x), LN2);
  return logarithmOfWide(add(wide(x), root(add(product(x, x), wide(sign)))));
}

function acosh(x: number): Wide {
  if (x > 1000) return logarithmOfLargeSum(x, -1);
  // sinh(a − y) = √(x² − 1) cosh y − x sinh y
  const y = Math.acosh(x);
  const both = sinhAndCosh(y);
  const sine = root(subtract(product(x, x), ONE));
  return add(wide(y), subtract(multiply(sine, both.cosh), multiply(wide(x), both.sinh)));
}

function atanh(x: number): Wide {
  if (Math.abs(x) > 0.25) return times(logarithmOfWide(divide(sum(1, x), sum(1, -x))), 0.5);
  // tanh(a − y) = (x cosh y − sinh y) / (cosh y − x sinh y)
  const y = Math.atanh(x);
  const { sinh, cosh } = sinhAndCosh(y);
  const above = subtract(multiply(wide(x), cosh), sinh);
  const tangent = divide(above, subtract(cosh, multiply(wide(x), sinh)));
  const third = times(multiply(tangent, multiply(tangent, tangent)), 1); // |tangent| is up to 1e-15
  return add(wide(y), add(tangent, wide(third.high / 3)));
}

// ---------------------------------------------------------------------------------------------------
// Angles

/** π · 2^bits / 2 as a whole number: 2 π = 32 arctan 1/5 − 8 arctan 1/239 (Machin). */
function halfPi(bits: number): bigint {
  const guard = 32n;
  const one = 1n << (BigInt(bits) + guard);
  return (8n * arctangentOfInverse(5n, one) - 2n * arctangentOfInverse(239n, one)) >> guard;
}

function arctangentOfInverse(n: bigint, one: bigint): bigint {
  let power = one / n;
  let value = power;
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= -n * n;
    value += power / k;
  }
  return value;
}

const NEAR_BITS = 320;
const FAR_BITS = 1344;
const NEAR_HALF_PI = halfPi(NEAR_BITS);
const FAR_HALF_PI = halfPi(FAR_BITS);
const KEPT_BITS = 220; // after the point

/** x = n · π / 2 + r: r, and n mod 4 as its exponent. */
function reducedAngle(x: number): Reference {
  if (Math.abs(x) < 0.7) return scaled(wide(x), 0);
  const shiftBy = exponentOf(x) - 52;
  const isFar = shiftBy > 60;
  const bits = isFar ? FAR_BITS : NEAR_BITS;
  const quarter = isFar ? FAR_HALF_PI : NEAR_HALF_PI;
  const angle = BigInt(shift(x, -shiftBy)) << BigInt(bits + shiftBy);
  const turns = floorDivide(2n * angle + quarter, 2n * quarter);
  const rest = (angle - turns * quarter) >> BigInt(bits - KEPT_BITS);
  const high = Number(rest);
  const low = Number(rest - BigInt(high));
  return scaled(times(join(high, low), POWERS[1074 - KEPT_BITS]), Number(turns & 3n));
}

function floorDivide(a: bigint, b: bigint): bigint {
  const ratio = a / b;
  return a < 0n && ratio * b !== a ? ratio - 1n : ratio;
}

function sineAndCosine(x: number): { sine: Wide; cosine: Wide } {
  const angle = reducedAngle(x);
  const square = multiply(angle, angle);
  const sine = multiply(angle, series(SINE, square));
  const cosine = series(COSINE, square);
  if (angle.exponent === 0) return { sine, cosine };
  if (angle.exponent === 1) return { sine: cosine, cosine: negate(sine) };
  if (angle.exponent === 2) return { sine: negate(sine), cosine: negate(cosine) };
  return { sine: negate(cosine), cosine: sine };
}

/** The angle of the direction (width, height): a Newton step from `guess`. */
function angleOf(height: Wide, width: Wide, guess: number): Wide {
  // tan(θ − guess) = (y cos − x sin) / (x cos + y sin)
  const { sine, cosine } = sineAndCosine(guess);
  const across = subtract(multiply(height, cosine), multiply(width, sine));
  const along = add(multiply(width, cosine), multiply(height, sine));
  return add(wide(guess), divide(across, along));
}

function asin(x: number): Wide {
  return angleOf(wide(x), root(subtract(ONE, product(x, x))), Math.asin(x));
}

function acos(x: number): Wide {
  return angleOf(root(subtract(ONE, product(x, x))), wide(x), Math.acos(x));
}

function atan2(y: number, x: number): Reference {
  const yExponent = exponentOf(y);
  const xExponent = exponentOf(x);
  const difference = yExponent - xExponent;
  const height = wide(shift(y, -yExponent));
  const width = wide(shift(x, -xExponent));
  if (difference < -200 && x > 0) return scaled(divide(height, width), difference);
  const down = Math.max(-400, Math.min(0, difference));
  const across = Math.max(-400, Math.min(0, -difference));
  const h = times(height, POWERS[down + 1074]);
  const w = times(width, POWERS[across + 1074]);
  return scaled(angleOf(h, w, Math.atan2(h.high, w.high)));
}

// ---------------------------------------------------------------------------------------------------
// Roots

function cbrt(x: number): Reference {
  const exponent = Math.floor(exponentOf(x) / 3);
  const m = shift(x, -3 * exponent);
  const guess = wide(Math.cbrt(m));
  const square = multiply(guess, guess);
  const step = divide(subtract(wide(m), multiply(square, guess)), add(times(square, 2), square));
  return scaled(add(guess, step), exponent);
}

function hypot(x: number, y: number): Reference {
  const exponent = exponentOf(Math.max(Math.abs(x), Math.abs(y)));
  const a = shift(x, -exponent);
  const b = shift(y, -exponent);
  return scaled(root(add(product(a, a), product(b, b))), exponent);
}

// ---------------------------------------------------------------------------------------------------

const FUNCTIONS: Record<FunctionName, (x: number, y: number) => Reference> = {
  sin: (x) => scaled(sineAndCosine(x).sine),
  cos: (x) => scaled(sineAndCosine(x).cosine),
  tan: (x) => {
    const { sine, cosine } = sineAndCosine(x);
    return scaled(divide(sine, cosine));
  },
  asin: (x) => scaled(asin(x)),
  acos: (x) => scaled(acos(x)),
  atan: (x) => atan2(x, 1),
  atan2,
  sinh: (x) => hyperbolic(x, true),
  cosh: (x) => hyperbolic(x, false),
  tanh,
  asinh: (x) => scaled(asinh(x)),
  acosh: (x) => scaled(acosh(x)),
  atanh: (x) => scaled(atanh(x)),
  exp: (x) => exponential(wide(x)),
  expm1,
  log: (x) => scaled(logarithm(x)),
  log1p: (x) => scaled(log1p(x)),
  log2: (x) => scaled(divide(logarithm(x), LN2)),
  log10: (x) => scaled(divide(logarithm(x), LN10)),
  pow,
  cbrt,
  hypot,
};

// f(x) = x to a hundred bits below 2⁻²⁰⁰, where products would leave the range.
const LIKE_IDENTITY: readonly FunctionName[] = [
  ...(['sin', 'tan', 'asin', 'atan', 'sinh', 'tanh', 'asinh', 'atanh', 'expm1', 'log1p'] as const),
];
const TINY = twoTo(-200);

/** The value of a function, for finite arguments in its domain and a result other than 0. */
export function reference(name: FunctionName, x: number, y: number = 0): Reference {
  if (Math.abs(x) < TINY && LIKE_IDENTITY.includes(name)) return scaled(wide(x));
  return FUNCTIONS[name](x, y);
}

/** The e of |high + low| = m · 2^e, m in [1, 2): one less than that of a power of two if below it. */
function exponentOfValue(value: Wide): number {
  const exponent = exponentOf(value.high);
  const isPower = Math.abs(value.high) === shift(1, exponent);
  return isPower && value.low * value.high < 0 ? exponent - 1 : exponent;
}

/**
 * How far a double is from the value, in units in the last place of the value.
 *
 * Infinity counts as 2¹⁰²⁴; it is 0 off from every value beyond.
 */
export function unitsOff(result: number, value: Reference): number {
  if (value.high === 0) return result === 0 ? 0 : Infinity;
  const exponent = exponentOfValue(value) + value.exponent;
  if (exponent > 1023 && Math.abs(result) === Infinity) return 0;
  const unit = Math.max(exponent, -1022) - 52;
  if (Math.abs(result) === Infinity) {
    const high = value.high - shift(Math.sign(result), 1024 - value.exponent);
    return shift(high + value.low, value.exponent - unit);
  }
  if (exponent < -1200) return shift(result, 1074);
  const difference = shift(result, -value.exponent) - value.high - value.low;
  return shift(difference, value.exponent - unit);
}
