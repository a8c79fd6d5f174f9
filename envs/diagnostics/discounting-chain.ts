import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Shape, ShapesScene } from '../../core/scene.ts';
import { type Box, box, type Discrete } from '../../core/space.ts';
import { createTabularModel, type TabularModel } from '../../core/tabular-model.ts';
import { tabularDynamics } from '../tabular/tabular-dynamics.ts';
import { showAs } from './show-as.ts';

/** How to build the world. */
export interface DiscountingChainOptions {
  /** An integer of at least 0: the chain of this number mod 5 has the bonus. Default 0. */
  readonly mappingSeed?: number;
}

/** The options that `discountingChain()` stands for. */
export const DISCOUNTING_CHAIN_DEFAULTS: Required<DiscountingChainOptions> = { mappingSeed: 0 };

const REWARD_TIMES = [1, 3, 10, 30, 100]; // steps, for each chain
const NUM_CHAINS = REWARD_TIMES.length;
const LENGTH = 100; // steps
const REWARD = 1;
const BONUS = 0.1;
const LABELS = REWARD_TIMES.map((time) => `reward after ${time}`);

/**
 * Discounting chain: the first action chooses when a reward comes, and the one that is a tenth
 * higher may be far off.
 *
 * | observation | range                                      |
 * | ----------- | ------------------------------------------ |
 * | chain       | −1 at the start, then 0 … 4, as chosen      |
 * | time        | 0 … 1, rises by 1 / 100                    |
 *
 * Actions: 0 … 4 choose the chain; after the first step they do nothing. Reward: 1 at step 1, 3, 10,
 * 30 or 100, by the chain, and 1.1 in the chain with the bonus; else 0. The best return is 1.1, and
 * with a discount γ it is maxₐ γᵀ⁻¹ r, with the T and r of chain a. Terminal: after 100 steps.
 *
 * Source: Osband et al. (2020), "Behaviour suite for reinforcement learning", `discounting_chain`.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function discountingChain(
  options: DiscountingChainOptions = {},
): Dynamics<Box, Discrete, Float64Array> {
  const space = box([-1, 0], [NUM_CHAINS - 1, 1], ['chain', 'time']);
  return showAs(tabularDiscountingChain(options), space, (state, observation) => {
    observation[0] = chainOf(state);
    observation[1] = timeOf(state) / LENGTH;
  });
}

/**
 * `discountingChain` for tables and planners: it shows the number of the state, and has a model.
 *
 * | observation | range                                             |
 * | ----------- | ------------------------------------------------- |
 * | state       | 0 at the start, then chain · 100 + steps taken    |
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function tabularDiscountingChain(
  options: DiscountingChainOptions = {},
): Dynamics<Discrete, Discrete, Float64Array> {
  const { mappingSeed } = resolveOptions('discountingChain', DISCOUNTING_CHAIN_DEFAULTS, options);
  checkInteger('discountingChain: mappingSeed', mappingSeed, 0);
  const bonusChain = mappingSeed % NUM_CHAINS;
  return tabularDynamics({
    name: 'DiscountingChain',
    model: discountingModel(bonusChain),
    timeLimit: Infinity,
    actionLabels: LABELS,
    scene: (state) => discountingScene(state, bonusChain),
  });
}

function chainOf(state: number): number {
  return state === 0 ? -1 : Math.floor((state - 1) / LENGTH);
}

function timeOf(state: number): number {
  return state === 0 ? 0 : ((state - 1) % LENGTH) + 1;
}

function discountingModel(bonusChain: number): TabularModel {
  const start = new Float64Array(1 + NUM_CHAINS * LENGTH);
  start[0] = 1;
  return createTabularModel(NUM_CHAINS, start, (state, action) => {
    if (timeOf(state) === LENGTH) {
      return [{ probability: 1, nextState: state, reward: 0, terminated: true }];
    }
    const chain = state === 0 ? action : chainOf(state);
    const time = timeOf(state) + 1;
    const reward = time === REWARD_TIMES[chain] ? rewardOf(chain, bonusChain) : 0;
    const nextState = chain * LENGTH + time;
    return [{ probability: 1, nextState, reward, terminated: time === LENGTH }];
  });
}

function rewardOf(chain: number, bonusChain: number): number {
  return chain === bonusChain ? REWARD + BONUS : REWARD;
}

/** A line for each chain, one above the other, with its reward on it. */
function discountingScene(state: number, bonusChain: number): ShapesScene {
  const chosen = chainOf(state);
  const time = timeOf(state);
  const y = (chain: number) => NUM_CHAINS - chain;
  const shapes = REWARD_TIMES.flatMap((rewardTime, chain): Shape[] => {
    const points = [0, y(chain), 10, y(chain)];
    const hasBonus = chain === bonusChain;
    return [
      { kind: 'line', points, width: 0.04, color: chain === chosen ? 'text' : 'line' },
      {
        kind: 'circle',
        x: rewardTime / 10,
        y: y(chain),
        radius: hasBonus ? 0.3 : 0.2,
        color: hasBonus ? 'goal' : 'accent',
      },
    ];
  });
  const row = chosen < 0 ? NUM_CHAINS / 2 + 0.5 : y(chosen);
  shapes.push({ kind: 'circle', x: time / 10, y: row, radius: 0.14, color: 'agent' });
  const choice = chosen < 0 ? 'no chain chosen yet' : LABELS[chosen];
  return {
    kind: 'shapes',
    view: { left: -0.5, bottom: 0, width: 11, height: 6 },
    shapes,
    caption: `step ${time} of ${LENGTH}, ${choice}`,
  };
}
