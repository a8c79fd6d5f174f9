import type { TileCoding } from '../../../agents/linear/features/tile-coding.ts';
import type { LinearControlOptions } from '../../../agents/linear/linear-action-values.ts';
import type { Agent } from '../../../core/agent.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import type { Box, Discrete } from '../../../core/space.ts';
import { mountainCar } from '../../../envs/control/mountain-car.ts';
import { Curves } from '../curves.ts';
import { learnEpisodes } from '../learn-episodes.ts';
import { runSeed } from '../run-length.ts';

/**
 * Example 10.1: the car may take as long as it needs. The limit is for the one in many that, without
 * exploration, rocks at the bottom of the valley with values that fall together, and never leaves it.
 */
export function patientCar(): Dynamics<Box, Discrete, Float64Array> {
  return { ...mountainCar(), timeLimit: 20_000 };
}

/** Grids of tiles. */
export const TILINGS = 8;

/** Tiles of an eighth of the bounds, −1.2 … 0.5 m and ±0.07 m a step, that lie as in the book. */
export const CAR_TILES: TileCoding = {
  kind: 'tile-coding',
  tilings: TILINGS,
  tiles: [9, 8],
  low: [-1.275, -0.07],
  high: [0.6375, 0.07],
};

/** What the mountain car's agents have in common. */
export const CAR_OPTIONS: Required<
  Pick<LinearControlOptions, 'features' | 'discount' | 'epsilon'>
> = { features: CAR_TILES, discount: 1, epsilon: 0 };

/** An agent for a run. */
export type AgentMaker = (car: Dynamics, seed: number) => Agent;

/** Steps of each episode, for each run a curve, `[episodes]`. */
export function episodeLengths(
  makeAgent: AgentMaker,
  episodes: number,
  runs: number,
  seed: number,
): Float64Array[] {
  const car = patientCar();
  return Array.from({ length: runs }, (_, run) => {
    const lengths = new Float64Array(episodes);
    learnEpisodes(makeAgent(car, runSeed(seed, run)), car, {
      episodes,
      seed: runSeed(seed, run),
      onEpisode: (episode, length) => {
        lengths[episode - 1] = length;
      },
    });
    return lengths;
  });
}

/** Steps of an episode, on average over some of them, counted from 1 and both included, of each run. */
export function meanLengths(
  lengths: readonly Float64Array[],
  first: number,
  last: number,
): number[] {
  return lengths.map((run) => {
    const chosen = run.subarray(first - 1, last);
    return chosen.reduce((sum, length) => sum + length, 0) / chosen.length;
  });
}

/** Curves, one for each run. */
export function curvesOf(runs: readonly Float64Array[]): Curves {
  const curves = new Curves(runs[0].length);
  for (const run of runs) curves.add(run);
  return curves;
}
