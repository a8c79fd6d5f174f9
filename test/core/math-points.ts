// Arguments for the elementary functions, the same in every engine: drawn by integer arithmetic and
// exact operations only.

export type FunctionName =
  | 'acos'
  | 'acosh'
  | 'asin'
  | 'asinh'
  | 'atan'
  | 'atan2'
  | 'atanh'
  | 'cbrt'
  | 'cos'
  | 'cosh'
  | 'exp'
  | 'expm1'
  | 'hypot'
  | 'log'
  | 'log10'
  | 'log1p'
  | 'log2'
  | 'pow'
  | 'sin'
  | 'sinh'
  | 'tan'
  | 'tanh';

/** A stream of 32-bit words: Marsaglia's xorshift with a Weyl sequence added. */
export class Words {
  #state: number;
  #weyl = 0;

  constructor(seed: number) {
    this.#state = (seed | 0) ^ 0x9e3779b9 || 1;
    for (let i = 0; i < 8; i++) this.next();
  }

  /** An integer in 0 … 2³² − 1. */
  next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    this.#weyl = (this.#weyl + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state + this.#weyl, 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** A number in [0, 1) with 53 random bits. */
  uniform(): number {
    return ((this.next() >>> 5) * 67108864 + (this.next() >>> 6)) / 9007199254740992;
  }

  /** An integer in low … high. */
  between(low: number, high: number): number {
    return low + (this.next() % (high - low + 1));
  }
}

const NUMBER = new Float64Array(1);
const BITS = new Uint32Array(NUMBER.buffer);

type Draw = (words: Words) => number;
type DrawPair = (words: Words, pair: Float64Array) => void;

/** 2^k, exact, k in −1074 … 1023. */
export function twoTo(k: number): number {
  let power = 1;
  for (let i = 0; i < Math.abs(k); i++) power *= k < 0 ? 0.5 : 2;
  return power;
}
const POWERS = Float64Array.from({ length: 2098 }, (_, i) => twoTo(i - 1074));

/** Random digits, and an exponent in low … high, evenly; positive. */
const exponents =
  (low: number, high: number): Draw =>
  (words) =>
    (1 + words.uniform()) * POWERS[words.between(low, high) + 1074];

/** Every finite double above 0, subnormal ones included. */
const positive = exponents(-1074, 1023);

const between =
  (low: number, high: number): Draw =>
  (words) =>
    low + (high - low) * words.uniform();

/** One of the centers, or some doubles away from it: from one to 2³², small distances as often. */
const around =
  (...centers: number[]): Draw =>
  (words) => {
    NUMBER[0] = centers[words.between(0, centers.length - 1)];
    const distance = words.next() >>> words.between(0, 32);
    const low = BITS[0] + (words.next() & 1 ? distance : -distance);
    if (NUMBER[0] !== 0) BITS[1] += Math.floor(low / 4294967296);
    BITS[0] = low >>> 0;
    return NUMBER[0];
  };

/** The double at a multiple of π / 2, or next to one: up to 2^bits of them. */
const quarterTurns =
  (bits: number): Draw =>
  (words) =>
    around(
      1.5707963267948966 * Math.floor(words.uniform() * POWERS[words.between(1, bits) + 1074]),
    )(words);

const signed =
  (draw: Draw): Draw =>
  (words) =>
    words.next() & 1 ? draw(words) : -draw(words);

const cube = (n: number): number => n * n * n;

/** Where 2^797 · 6381956970095103 stands: no double is nearer to a multiple of π / 2. */
const HARDEST_ANGLE = 6381956970095103 * twoTo(797);

/** The doubles nearest to 29 and 204551 times π / 2: the hardest below 4e5. */
const HARD_ANGLES = [45.553093477052, 321307.9594422229];

const ANGLES = [
  signed(positive),
  signed(between(0, 7)),
  signed(between(0, 1000)),
  signed(between(0, 1e6)),
  signed(exponents(-40, 40)),
  signed(quarterTurns(20)),
  signed(quarterTurns(53)),
  signed(around(0.7853981633974483, 1.5707963267948966, Math.PI, 4e5)),
  signed(around(HARDEST_ANGLE, ...HARD_ANGLES)),
];
const SINES = [
  signed(exponents(-1074, -1)),
  signed(between(0, 1)),
  signed(exponents(-40, -1)),
  signed((words) => 1 - exponents(-54, -2)(words)),
  signed(around(0.5, 0.25, 0.0078125)),
];
const LOGARITHMS = [
  positive,
  between(0, 2),
  between(0.9, 1.1),
  between(0, 1000),
  exponents(-40, 40),
  around(1),
  around(1, 1.00390625, 0.998046875, 1.41, 1.41015625, 10, 100, 1000, 1e15, 0.1, 2, 4, 1024),
];

/** What to draw from, for functions of one argument; each line as often as the others. */
const DRAWS: Partial<Record<FunctionName, readonly Draw[]>> = {
  sin: ANGLES,
  cos: ANGLES,
  tan: ANGLES,
  asin: SINES,
  acos: SINES,
  atan: [
    signed(positive),
    signed(between(0, 1)),
    signed(between(0, 20)),
    signed(exponents(-40, 70)),
    signed(around(1, 0.015625, 0.046875, 0.5, 32)),
  ],
  sinh: [
    signed(exponents(-1074, 9)),
    signed(between(0, 1)),
    signed(between(0, 30)),
    signed(between(0, 711)),
    signed(around(0.25, 22, 710.4758600739439, 1e-9)),
  ],
  cosh: [
    signed(exponents(-1074, 9)),
    signed(between(0, 1)),
    signed(between(0, 30)),
    signed(between(0, 711)),
    signed(around(22, 710.4758600739439)),
  ],
  tanh: [
    signed(exponents(-1074, 9)),
    signed(between(0, 1)),
    signed(between(0, 22)),
    signed(exponents(-40, 4)),
    signed(around(0.25, 20, 1e-9)),
  ],
  asinh: [
    signed(positive),
    signed(between(0, 1)),
    signed(between(0, 100)),
    signed(exponents(-40, 40)),
    signed(around(0.001953125, 1, 268435456, 1e-9)),
  ],
  acosh: [
    exponents(0, 1023),
    between(1, 2),
    between(1, 100),
    (words) => 1 + exponents(-52, 0)(words),
    around(1.5, 2, 268435456),
  ],
  atanh: [...SINES, signed(around(0.001953125, 1e-9))],
  exp: [
    signed(exponents(-1074, 9)),
    signed(between(0, 1)),
    signed(between(0, 40)),
    between(-746, 710),
    between(-745.2, -708),
    around(709.782712893384, -708.3964185322641, -744.4400719213812, -745.1332191019412, 1e-300),
    signed((words) => words.between(0, 65000) * 0.010830424696249145),
  ],
  expm1: [
    signed(exponents(-1074, 9)),
    signed(between(0, 1)),
    signed(between(0, 50)),
    signed(exponents(-60, 3)),
    around(0.125, -0.125, 709.782712893384, 45, -45, -37, 1e-20),
    signed((words) => words.between(0, 5000) * 0.010830424696249145),
  ],
  log: LOGARITHMS,
  log2: LOGARITHMS,
  log10: LOGARITHMS,
  log1p: [
    positive,
    between(-1, 1),
    signed(between(0, 0.01)),
    exponents(-60, 60),
    signed(exponents(-60, -1)),
    (words) => -1 + exponents(-53, -2)(words),
    signed(around(0.001953125, 0.00390625, 1e-20)),
  ],
  cbrt: [
    signed(positive),
    signed(between(0, 1)),
    signed(between(0, 1000)),
    signed((words) => cube(words.between(1, 200000))),
    signed(around(1, 2, 4, 8, 1e300)),
  ],
};

/** What to draw from, for functions of two arguments. */
const PAIR_DRAWS: Partial<Record<FunctionName, readonly DrawPair[]>> = {
  atan2: [
    independent(signed(between(0, 10)), signed(between(0, 10))),
    independent(signed(exponents(-20, 20)), signed(exponents(-20, 20))),
    independent(signed(positive), signed(positive)),
    comparable,
    independent(signed(around(1, 2, 3)), signed(around(1, 2, 4))),
  ],
  hypot: [
    independent(signed(between(0, 10)), signed(between(0, 10))),
    independent(signed(exponents(-20, 20)), signed(exponents(-20, 20))),
    independent(positive, signed(positive)),
    comparable,
    independent(around(1e153, 1e154, 1.27e308), signed(exponents(480, 1023))),
    independent(exponents(-1074, -1000), exponents(-1074, -1000)),
  ],
  pow: [
    independent(between(0, 10), signed(between(0, 10))),
    independent(exponents(-10, 10), signed(between(0, 100))),
    (words, pair) => {
      // any x, and y so that the result is anywhere between underflow and overflow
      const exponent = words.between(1, 1023);
      pair[0] = exponents(exponent, exponent)(words);
      if (words.next() & 1) pair[0] = 1 / pair[0];
      pair[1] = (2150 * words.uniform() - 1075) / exponent;
    },
    (words, pair) => {
      // x near 1, y so large that it matters
      const distance = signed(exponents(-52, -2))(words);
      pair[0] = 1 + distance;
      pair[1] = (1490 * words.uniform() - 745) / distance;
    },
    independent(signed(exponents(-20, 20)), (words) => words.between(-40, 40)),
    independent(exponents(-1074, -1000), signed(between(0, 2))),
    independent(positive, signed(exponents(-1074, 10))),
  ],
};

function independent(first: Draw, second: Draw): DrawPair {
  return (words, pair) => {
    pair[0] = first(words);
    pair[1] = second(words);
  };
}

/** Two numbers anywhere, their exponents at most 80 apart. */
function comparable(words: Words, pair: Float64Array): void {
  const exponent = words.between(-1074, 1023);
  const low = Math.max(-1074, exponent - 80);
  const high = Math.min(1023, exponent + 80);
  pair[0] = signed(exponents(exponent, exponent))(words);
  pair[1] = signed(exponents(low, high))(words);
}

/** All the functions of core/math.ts. */
export const FUNCTION_NAMES: readonly FunctionName[] = [
  ...Object.keys(DRAWS),
  ...Object.keys(PAIR_DRAWS),
].sort() as FunctionName[];

/** Whether a function takes two arguments. */
export function takesTwo(name: FunctionName): boolean {
  return name in PAIR_DRAWS;
}

/** A function that writes the next arguments for `name` into a pair; the second is 0 where unused. */
export function argumentsOf(name: FunctionName, seed: number): (pair: Float64Array) => void {
  const words = new Words(seed);
  const pairDraws = PAIR_DRAWS[name];
  const draws = DRAWS[name] ?? [];
  let turn = 0;
  return (pair) => {
    turn++;
    if (pairDraws) pairDraws[turn % pairDraws.length](words, pair);
    else pair[0] = draws[turn % draws.length](words);
  };
}
