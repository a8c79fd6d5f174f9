import { FUNCTIONS } from './math-functions.ts';
import { argumentsOf, FUNCTION_NAMES, type FunctionName } from './math-points.ts';

// Runs as it stands in a browser page too: nothing of Node, and no randomness but integers.

const COUNT = 20_000;

/**
 * One line `name digest` for every function of core/math.ts: what it returned, bit by bit, for 20,000
 * arguments. Two engines agree on the functions exactly if they agree on this text.
 */
export function mathDigest(): string {
  return FUNCTION_NAMES.map((name) => `${name} ${functionDigest(name)}`).join('\n');
}

/** The digest of one function: 8 hexadecimal digits, by FNV-1a over the words of the results. */
export function functionDigest(name: FunctionName): string {
  const evaluate = FUNCTIONS[name];
  const draw = argumentsOf(name, 20_260_101);
  const pair = new Float64Array(2);
  const result = new Float64Array(1);
  const words = new Uint32Array(result.buffer);
  let hash = 0x811c9dc5;
  for (let i = 0; i < COUNT; i++) {
    draw(pair);
    result[0] = evaluate(pair[0], pair[1]);
    if (Number.isNaN(result[0])) words.fill(0x7ff80000); // engines differ in the bits of NaN
    hash = mix(mix(hash, words[0]), words[1]);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x01000193);
  return mixed ^ (mixed >>> 15);
}
