import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { ShapesScene } from '../../core/scene.ts';
import { type Box, box, type Discrete, discrete } from '../../core/space.ts';
import { chainScene } from './chain-scene.ts';

/** How to build the world. */
export interface MemoryChainOptions {
  /** L, steps over which the context must be remembered, 1 … 100,000. Default 10. */
  readonly memoryLength?: number;
  /** Bits of the context, at least 1. Default 1. */
  readonly numBits?: number;
}

/** The options that `memoryChain()` stands for. */
export const MEMORY_CHAIN_DEFAULTS: Required<MemoryChainOptions> = { memoryLength: 10, numBits: 1 };

// Where each quantity lives in the state row; the bits of the context, 0 or 1, follow.
const STEPS = 0; // taken so far
const QUERY = 1; // which bit will be asked for, 0 … numBits − 1
const ANSWER = 2; // the last action, −1 at the start; only the drawing looks at it
const CONTEXT = 3;

/**
 * Memory chain: bits are shown at the start only, and one of them is asked for at the end.
 *
 * | observation | range                                                             |
 * | ----------- | ----------------------------------------------------------------- |
 * | time left   | 1 … 0, falls by 1 / L                                             |
 * | query       | the number of the bit asked for, at the last decision; 0 before   |
 * | bits        | −1 or 1 each at the start; 0 later                                |
 *
 * Actions: 0 and 1, the bit; only the last one matters. Reward: 1 for the right bit at the end, −1 for
 * the other, else 0. The best return is 1; without a memory it is 0 on average, but for L = 1. Terminal:
 * after the answer, L + 1 steps in all. Each bit is 0 or 1, and the query any, with even chances. What
 * is shown does not tell the state, so there is no model to plan with.
 *
 * Source: Osband et al. (2020), "Behaviour suite for reinforcement learning", `memory_len` and
 * `memory_size`; as in its code the first observation is shown twice, and its first step costs no time.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function memoryChain(
  options: MemoryChainOptions = {},
): Dynamics<Box, Discrete, Float64Array> {
  const { memoryLength, numBits } = resolveOptions('memoryChain', MEMORY_CHAIN_DEFAULTS, options);
  checkInteger('memoryChain: memoryLength', memoryLength, 1, 100_000);
  checkInteger('memoryChain: numBits', numBits, 1, 1_000_000);
  const ones = new Array<number>(numBits).fill(1);
  const bits = ones.map((_, bit) => `bit ${bit}`);
  return {
    name: 'MemoryChain',
    observationSpace: box(
      [0, 0, ...ones.map((one) => -one)],
      [1, numBits - 1, ...ones],
      ['time left', 'query', ...bits],
    ),
    actionSpace: discrete(2),
    stateSize: CONTEXT + numBits,
    timeLimit: Infinity,

    reset(state, rng) {
      state[STEPS] = 0;
      for (let bit = 0; bit < numBits; bit++) state[CONTEXT + bit] = rng.below(2);
      state[QUERY] = rng.below(numBits);
      state[ANSWER] = -1;
    },

    step(state, action) {
      state[STEPS]++;
      state[ANSWER] = action;
      if (state[STEPS] <= memoryLength) return 0;
      return isRight(state) ? 1 : -1;
    },

    isTerminal: (state) => state[STEPS] > memoryLength,

    observe(state, observation) {
      const time = Math.max(state[STEPS] - 1, 0);
      observation[0] = 1 - time / memoryLength;
      observation[1] = time === memoryLength - 1 ? state[QUERY] : 0;
      for (let bit = 0; bit < numBits; bit++) {
        observation[2 + bit] = time === 0 ? 2 * state[CONTEXT + bit] - 1 : 0;
      }
    },

    scene: (state) => memoryScene(state, memoryLength, numBits),
  };
}

function isRight(state: Float64Array): boolean {
  return state[ANSWER] === state[CONTEXT + state[QUERY]];
}

const MOST_BITS_SHOWN = 20;

function memoryScene(state: Float64Array, memoryLength: number, numBits: number): ShapesScene {
  const steps = state[STEPS];
  const shown = [...state.subarray(CONTEXT, CONTEXT + Math.min(numBits, MOST_BITS_SHOWN))];
  const context = `${shown.join(' ')}${numBits > MOST_BITS_SHOWN ? ' …' : ''}`;
  const ended = steps > memoryLength;
  const verdict = `answered ${state[ANSWER]}: ${isRight(state) ? 'right' : 'wrong'}`;
  return chainScene({
    length: memoryLength + 1,
    position: steps,
    lines: [
      { text: context, color: steps <= 1 ? 'text' : 'muted' },
      ...(steps >= memoryLength
        ? [{ text: `bit ${state[QUERY]}?`, color: 'accent' as const }]
        : []),
      ...(ended ? [{ text: verdict, color: isRight(state) ? 'goal' : 'hazard' } as const] : []),
    ],
    caption: ended ? verdict : `step ${steps} of ${memoryLength + 1}`,
  });
}
