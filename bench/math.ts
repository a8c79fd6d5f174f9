// Nanoseconds a call of each function of core/math.ts, beside Math's own: npx tsx bench/math.ts

import * as math from '../core/math.ts';

type Evaluate = (x: number, y: number) => number;

const LENGTH = 4096;
const ROUNDS = 15;
const REPEATS = 40;

/** Ours, theirs and what they are asked: x in [low, high], and y alike where there is one. */
const CASES: readonly (readonly [Evaluate, Evaluate, low: number, high: number])[] = [
  [math.sin, Math.sin, -0.7, 0.7],
  [math.sin, Math.sin, -100, 100],
  [math.sin, Math.sin, 1e6, 1e300],
  [math.cos, Math.cos, -0.7, 0.7],
  [math.cos, Math.cos, -100, 100],
  [math.tan, Math.tan, -0.7, 0.7],
  [math.tan, Math.tan, -100, 100],
  [math.asin, Math.asin, -1, 1],
  [math.acos, Math.acos, -1, 1],
  [math.atan, Math.atan, -5, 5],
  [math.atan2, Math.atan2, -5, 5],
  [math.sinh, Math.sinh, -5, 5],
  [math.cosh, Math.cosh, -5, 5],
  [math.tanh, Math.tanh, -5, 5],
  [math.asinh, Math.asinh, -5, 5],
  [math.acosh, Math.acosh, 1, 10],
  [math.atanh, Math.atanh, -1, 1],
  [math.exp, Math.exp, -20, 20],
  [math.expm1, Math.expm1, -1, 1],
  [math.log, Math.log, 0, 1],
  [math.log, Math.log, 0, 1e6],
  [math.log1p, Math.log1p, -0.5, 1],
  [math.log2, Math.log2, 0, 1e6],
  [math.log10, Math.log10, 0, 1e6],
  [math.pow, Math.pow, 0, 10],
  [math.cbrt, Math.cbrt, -100, 100],
  [math.hypot, Math.hypot, -5, 5],
];

let loopCount = 0;

/**
 * A loop of its own for every function, so that each is compiled into it as in a user's code.
 *
 * The number in its text keeps the engine from taking an earlier loop for the same one.
 */
function makeLoop(): (evaluate: Evaluate, xs: Float64Array, ys: Float64Array) => number {
  return new Function(
    'evaluate',
    'xs',
    'ys',
    `let sum = ${loopCount++}; for (let i = 0; i < xs.length; i++) sum += evaluate(xs[i], ys[i]); return sum;`,
  ) as ReturnType<typeof makeLoop>;
}

function spread(low: number, high: number): Float64Array {
  return Float64Array.from({ length: LENGTH }, () => low + (high - low) * Math.random());
}

/** The best of several rounds, in nanoseconds a call; the two take turns, so that both meet the same load. */
function measure(ours: Evaluate, theirs: Evaluate, low: number, high: number): [number, number] {
  const xs = spread(low, high);
  const ys = spread(low, high);
  const loops = [makeLoop(), makeLoop()] as const;
  const best: [number, number] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    for (const side of [0, 1] as const) {
      const evaluate = side === 0 ? ours : theirs;
      const start = performance.now();
      for (let i = 0; i < REPEATS; i++) loops[side](evaluate, xs, ys);
      const time = ((performance.now() - start) * 1e6) / (REPEATS * LENGTH);
      best[side] = Math.min(best[side], time);
    }
  }
  return best;
}

console.log('function  range                 ours ns   Math ns   ratio');
for (const [own, engine, low, high] of CASES) {
  const [ours, theirs] = measure(own, engine, low, high);
  const range = `${low} … ${high}`;
  const columns = [ours.toFixed(1), theirs.toFixed(1), (ours / theirs).toFixed(2)];
  console.log(own.name.padEnd(9), range.padEnd(20), ...columns.map((text) => text.padStart(8)));
}
