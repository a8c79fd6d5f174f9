import type { Dynamics } from '../../core/dynamics.ts';
import type { GridScene } from '../../core/scene.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel } from '../../core/tabular-model.ts';
import { tabularDynamics } from './tabular-dynamics.ts';

const LEFT = 0;
const END_CHANCE = 0.1; // of going left

/**
 * A single state in which importance sampling has no finite variance: who always goes left earns 1 in
 * the end, but a policy that goes left half the time weighs the long ways there without bound.
 *
 * | observation | range           |
 * | ----------- | --------------- |
 * | state       | 0, the only one |
 *
 * Actions: 0 goes left, which ends the episode with a chance of 0.1 and a reward of 1, and else leads
 * back with a reward of 0; 1 goes right, which ends it with a reward of 0. No time limit. The source
 * does not discount.
 *
 * Source: Sutton & Barto (2018), Example 5.5.
 */
export function infiniteVariance(): Dynamics<Discrete, Discrete> {
  const end = (probability: number, reward: number) => {
    return { probability, nextState: 0, reward, terminated: true };
  };
  const back = { probability: 1 - END_CHANCE, nextState: 0, reward: 0, terminated: false };
  return tabularDynamics({
    name: 'InfiniteVariance',
    model: createTabularModel(2, Float64Array.of(1), (_state, action) =>
      action === LEFT ? [back, end(END_CHANCE, 1)] : [end(1, 0)],
    ),
    timeLimit: Infinity,
    actionLabels: ['left', 'right'],
    scene: () => SCENE,
  });
}

/** As in figure 5.4: the state, and the end that going right leads to. */
const SCENE: GridScene = {
  kind: 'grid',
  rows: 1,
  columns: 2,
  tiles: ['start', 'goal'],
  labels: ['s', ''],
  tokens: [{ kind: 'agent', row: 0, column: 0 }],
  cellObservations: [0, -1],
};
