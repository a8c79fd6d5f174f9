import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Rng } from '../../core/rng.ts';
import type { ShapesScene } from '../../core/scene.ts';
import { type Box, box, type Discrete } from '../../core/space.ts';
import { createTabularModel, type Outcome, type TabularModel } from '../../core/tabular-model.ts';
import { tabularDynamics } from '../tabular/tabular-dynamics.ts';
import { chainScene } from './chain-scene.ts';

/** How to build the world for tables and planners. */
export interface TabularUmbrellaChainOptions {
  /** L, steps from the first choice to what comes of it, 1 … 100,000. Default 20. */
  readonly chainLength?: number;
}

/** How to build the world. */
export interface UmbrellaChainOptions extends TabularUmbrellaChainOptions {
  /** Random bits that are shown and mean nothing, 0 … 1,000,000. Default 20. */
  readonly numDistractors?: number;
}

/** The options that `tabularUmbrellaChain()` stands for. */
export const TABULAR_UMBRELLA_CHAIN_DEFAULTS: Required<TabularUmbrellaChainOptions> = {
  chainLength: 20,
};

/** The options that `umbrellaChain()` stands for. */
export const UMBRELLA_CHAIN_DEFAULTS: Required<UmbrellaChainOptions> = {
  chainLength: 20,
  numDistractors: 20,
};

const DISTRACTORS = 3; // where they begin, in the state row and in the observation
const LABELS = ['leave', 'take'];

/** Where things stand. */
interface Walk {
  /** Steps taken. */
  readonly time: number;
  /** 1 if it will rain. */
  readonly need: number;
  /** 1 if there is an umbrella. */
  readonly has: number;
}

/**
 * Umbrella chain: only the first action counts, what comes of it comes L steps later, and chance pays
 * at every step between.
 *
 * | observation    | range                                            |
 * | -------------- | ------------------------------------------------ |
 * | needs umbrella | 0 or 1, with even chances                        |
 * | has umbrella   | 0 or 1; by chance at the start, then as chosen   |
 * | time left      | 1 … 0, falls by 1 / L                            |
 * | distractors    | 0 or 1 each, drawn at each step                  |
 *
 * Actions: 0 leaves the umbrella, 1 takes it; after the first step they do nothing. Reward: at the
 * last step 1 for having an umbrella just when it is needed, −1 otherwise; before that 1 or −1 with
 * even chances. The best expected return is 1. Terminal: after L steps.
 *
 * Source: Osband et al. (2020), "Behaviour suite for reinforcement learning", `umbrella_length` and
 * `umbrella_distract`.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function umbrellaChain(
  options: UmbrellaChainOptions = {},
): Dynamics<Box, Discrete, Float64Array> {
  const resolved = resolveOptions('umbrellaChain', UMBRELLA_CHAIN_DEFAULTS, options);
  const { chainLength, numDistractors } = resolved;
  checkInteger('umbrellaChain: numDistractors', numDistractors, 0, 1_000_000);
  const { model: _, ...rules } = tabularUmbrellaChain({ chainLength });
  const low = new Float32Array(DISTRACTORS + numDistractors);
  const names = low.subarray(DISTRACTORS);
  const labels = Array.from(names, (_, i) => `distractor ${i + 1}`);
  const distract = (state: Float64Array, rng: Rng) => {
    for (let i = 0; i < numDistractors; i++) state[DISTRACTORS + i] = rng.below(2);
  };
  return {
    ...rules,
    observationSpace: box(
      low,
      low.map(() => 1),
      ['needs umbrella', 'has umbrella', 'time left', ...labels],
    ),
    stateSize: DISTRACTORS + numDistractors,

    reset(state, rng) {
      rules.reset(state, rng);
      distract(state, rng);
    },

    step(state, action, rng) {
      const reward = rules.step(state, action, rng);
      distract(state, rng);
      return reward;
    },

    observe(state, observation) {
      const { time, need, has } = decode(state[0]);
      observation[0] = need;
      observation[1] = has;
      observation[2] = 1 - time / chainLength;
      for (let i = 0; i < numDistractors; i++)
        observation[DISTRACTORS + i] = state[DISTRACTORS + i];
    },
  };
}

/**
 * `umbrellaChain` for tables and planners: it shows the number of the state, without distractors,
 * and has a model.
 *
 * | observation | range                                            |
 * | ----------- | ------------------------------------------------ |
 * | state       | (steps taken · 2 + needs umbrella) · 2 + has one |
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function tabularUmbrellaChain(
  options: TabularUmbrellaChainOptions = {},
): Dynamics<Discrete, Discrete, Float64Array> {
  const { chainLength } = resolveOptions('umbrellaChain', TABULAR_UMBRELLA_CHAIN_DEFAULTS, options);
  checkInteger('umbrellaChain: chainLength', chainLength, 1, 100_000);
  return tabularDynamics({
    name: 'UmbrellaChain',
    model: umbrellaModel(chainLength),
    timeLimit: Infinity,
    actionLabels: LABELS,
    scene: (state) => umbrellaScene(state, chainLength),
  });
}

function encode({ time, need, has }: Walk): number {
  return (time * 2 + need) * 2 + has;
}

function decode(state: number): Walk {
  return { time: Math.floor(state / 4), need: Math.floor(state / 2) % 2, has: state % 2 };
}

function umbrellaModel(chainLength: number): TabularModel {
  const start = new Float64Array(4 * (chainLength + 1)).fill(1 / 4, 0, 4);
  return createTabularModel(LABELS.length, start, (state, action): Outcome[] => {
    const { time, need, has } = decode(state);
    if (time === chainLength) {
      return [{ probability: 1, nextState: state, reward: 0, terminated: true }];
    }
    const next = { time: time + 1, need, has: time === 0 ? action : has };
    const nextState = encode(next);
    if (next.time === chainLength) {
      const reward = next.has === need ? 1 : -1;
      return [{ probability: 1, nextState, reward, terminated: true }];
    }
    return [-1, 1].map((reward) => ({ probability: 0.5, nextState, reward, terminated: false }));
  });
}

function umbrellaScene(state: number, chainLength: number): ShapesScene {
  const { time, need, has } = decode(state);
  const ended = time === chainLength;
  const good = need === has;
  const verdict = need ? (good ? 'dry' : 'wet') : good ? 'nothing to carry' : 'carried for nothing';
  return chainScene({
    length: chainLength,
    position: time,
    lines: [
      { text: need ? 'rain ahead' : 'no rain ahead', color: need ? 'accent' : 'text' },
      { text: has ? 'umbrella' : 'no umbrella', color: has ? 'accent' : 'text' },
      ...(ended ? [{ text: verdict, color: good ? 'goal' : 'hazard' } as const] : []),
    ],
    caption: ended ? verdict : `step ${time} of ${chainLength}`,
  });
}
