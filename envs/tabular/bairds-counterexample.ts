import type { Dynamics } from '../../core/dynamics.ts';
import type { GridScene, Tile } from '../../core/scene.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel, type TabularModel } from '../../core/tabular-model.ts';
import { tabularDynamics } from './tabular-dynamics.ts';

const NUM_STATES = 7;
const LOWER = 6; // the state that the solid action leads to
const DASHED = 0;
const LABELS = ['dashed', 'solid'];

/**
 * x(s) of each state, `[7 × 8]`: the value of an upper state i is 2 wᵢ + w₈, of the lower w₇ + 2 w₈.
 *
 * Source: Sutton & Barto (2018), figure 11.1.
 */
export const BAIRDS_FEATURES: readonly (readonly number[])[] = Array.from(
  { length: NUM_STATES },
  (_, state) => {
    const features = new Array<number>(NUM_STATES + 1).fill(0);
    features[state] = state === LOWER ? 1 : 2;
    features[NUM_STATES] = state === LOWER ? 2 : 1;
    return features;
  },
);

/** w at the start, with which the estimates diverge. Source: Sutton & Barto (2018), section 11.2. */
export const BAIRDS_INITIAL_WEIGHTS: readonly number[] = [1, 1, 1, 1, 1, 1, 10, 1];

/** b(a|s) in every state: each state is then the next one with the same chance. */
export const BAIRDS_BEHAVIOR_POLICY: readonly number[] = [6 / 7, 1 / 7];

/** π(a|s) in every state: always the solid action. */
export const BAIRDS_TARGET_POLICY: readonly number[] = [0, 1];

/**
 * Baird's counterexample: off-policy learning with linear estimates that diverges.
 *
 * | observation | range                                   |
 * | ----------- | --------------------------------------- |
 * | state       | 0 … 5 are the upper states, 6 the lower |
 *
 * Actions: 0, dashed, leads to one of the upper states, all with the same chance; 1, solid, to the
 * lower one. Reward: 0, so every true value is 0. Never terminal; the start is any state, evenly. No
 * time limit. The source discounts by 0.99 and estimates values with `BAIRDS_FEATURES`.
 *
 * Source: Sutton & Barto (2018), section 11.2; Baird (1995), "Residual algorithms".
 */
export function bairdsCounterexample(): Dynamics<Discrete, Discrete> {
  return tabularDynamics({
    name: 'BairdsCounterexample',
    model: bairdsModel(),
    timeLimit: Infinity,
    actionLabels: LABELS,
    scene: bairdsScene,
  });
}

function bairdsModel(): TabularModel {
  const start = new Float64Array(NUM_STATES).fill(1 / NUM_STATES);
  const outcome = (nextState: number, probability: number) => {
    return { probability, nextState, reward: 0, terminated: false };
  };
  return createTabularModel(LABELS.length, start, (_, action) => {
    if (action !== DASHED) return [outcome(LOWER, 1)];
    return [0, 1, 2, 3, 4, 5].map((upper) => outcome(upper, 1 / 6));
  });
}

/** The upper states in a row, the lower one in the middle below them. */
function bairdsScene(state: number): GridScene {
  const columns = 7;
  const cells = [0, 1, 2, -1, 3, 4, 5, -1, -1, -1, LOWER, -1, -1, -1];
  const place = cells.indexOf(state);
  return {
    kind: 'grid',
    rows: 2,
    columns,
    tiles: cells.map((cell): Tile => (cell === -1 ? 'wall' : 'floor')),
    labels: cells.map((cell) => {
      if (cell === -1) return '';
      return cell === LOWER ? 'w7+2w8' : `2w${cell + 1}+w8`;
    }),
    tokens: [{ kind: 'agent', row: Math.floor(place / columns), column: place % columns }],
    cellObservations: cells,
  };
}
