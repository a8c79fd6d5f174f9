import type { ActionValues } from '../../../agents/action-values.ts';
import { valueIteration } from '../../../agents/planning/value-iteration.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import { pow } from '../../../core/math.ts';
import type { Discrete } from '../../../core/space.ts';
import { gridWorld } from '../../../envs/tabular/grid-world.ts';
import { DYNA_MAZE_MAP } from '../../../envs/tabular/mazes.ts';

/** The Dyna maze at a finer resolution. */
export interface MagnifiedMaze {
  readonly world: Dynamics<Discrete, Discrete>;
  /** Cells that are not walls. */
  readonly numStates: number;
  /** Whether the policy that is greedy in Q goes from the start to the goal in as few steps as can be. */
  isSolvedBy(actionValues: ActionValues): boolean;
}

/**
 * The Dyna maze with each cell cut in two, again and again: first across, then along.
 *
 * @param doublings An integer of at least 0; 0 is the maze itself, with 47 states.
 */
export function magnifyMaze(doublings: number): MagnifiedMaze {
  const wide = pow(2, Math.ceil(doublings / 2));
  const tall = pow(2, Math.floor(doublings / 2));
  const map = magnifyMap(DYNA_MAZE_MAP, wide, tall);
  const goal = { tile: 'goal', reward: 1, terminal: true } as const;
  const world = gridWorld({ map, stepReward: 0, cells: { G: goal } });
  const model = world.model?.();
  if (model === undefined) throw new Error('magnifyMaze: the maze must have a model.');
  const { numActions, nextState, terminated, startDistribution } = model;
  const start = startDistribution.indexOf(1);
  // Nothing is left to chance: row s · numActions + a has one outcome, of that number.
  const walk = (actionOf: (state: number) => number, limit: number): number => {
    let state = start;
    for (let steps = 1; steps <= limit; steps++) {
      const outcome = state * numActions + actionOf(state);
      if (terminated[outcome] === 1) return steps;
      state = nextState[outcome];
    }
    return Infinity;
  };
  const { policy } = valueIteration(model, { discount: 0.95 });
  const shortest = walk((state) => policy[state], model.numStates);
  return {
    world,
    numStates: map.join('').replaceAll('#', '').length,
    isSolvedBy: (actionValues) =>
      walk((state) => actionValues.greedyAction(state), shortest) === shortest,
  };
}

/** Each cell as a block of cells; of the start only the first cell remains one. */
function magnifyMap(map: readonly string[], wide: number, tall: number): string[] {
  let starts = 0;
  return map
    .flatMap((row) => Array.from({ length: tall }, () => row))
    .map((row) => Array.from(row, (letter) => letter.repeat(wide)).join(''))
    .map((row) => row.replaceAll('S', () => (starts++ === 0 ? 'S' : '.')));
}
