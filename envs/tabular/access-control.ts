import { checkBetween, checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { GridScene } from '../../core/scene.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel, type Outcome, type TabularModel } from '../../core/tabular-model.ts';
import { tabularDynamics } from './tabular-dynamics.ts';

/** How to build the queue. */
export interface AccessControlOptions {
  /** Servers, at least 1. Default 10. */
  readonly numServers?: number;
  /** Chance that a busy server becomes free in a step, in [0, 1]. Default 0.06. */
  readonly freeProbability?: number;
}

/** The options that `accessControl()` stands for. */
export const ACCESS_CONTROL_DEFAULTS: Required<AccessControlOptions> = {
  numServers: 10,
  freeProbability: 0.06,
};

const PRIORITIES = [1, 2, 4, 8]; // what each kind of customer pays
const ACCEPT = 1;
const LABELS = ['reject', 'accept'];

/**
 * Access-control queuing: give a server to the customer at the head of the queue, or turn them away.
 *
 * | observation | range                                                  |
 * | ----------- | ------------------------------------------------------ |
 * | queue       | free servers · 4 + kind of customer; 0 … 43 |
 *
 * Actions: 0 rejects, 1 accepts; without a free server both reject. Then each busy server, the one
 * just given away included, becomes free with `freeProbability`, and the next customer is of any kind
 * with the same chance. Reward: 1, 2, 4 or 8 for accepting a customer of kind 0, 1, 2 or 3, else 0.
 * Never terminal; the start is all servers free and any customer. No time limit. The source
 * maximizes the average reward.
 *
 * Source: Sutton & Barto (2018), Example 10.2.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function accessControl(options: AccessControlOptions = {}): Dynamics<Discrete, Discrete> {
  const resolved = resolveOptions('accessControl', ACCESS_CONTROL_DEFAULTS, options);
  const { numServers, freeProbability } = resolved;
  checkInteger('accessControl: numServers', numServers, 1, 1000);
  checkBetween('accessControl: freeProbability', freeProbability, 0, 1);
  return tabularDynamics({
    name: 'AccessControl',
    model: queueModel(numServers, freeProbability),
    timeLimit: Infinity,
    actionLabels: LABELS,
    scene: (state) => queueScene(numServers, state),
  });
}

function queueModel(numServers: number, freeProbability: number): TabularModel {
  const kinds = PRIORITIES.length;
  const start = new Float64Array((numServers + 1) * kinds);
  start.fill(1 / kinds, numServers * kinds);
  return createTabularModel(LABELS.length, start, (state, action) => {
    const free = Math.floor(state / kinds);
    const accepted = action === ACCEPT && free > 0;
    const reward = accepted ? PRIORITIES[state % kinds] : 0;
    const idle = accepted ? free - 1 : free;
    const outcomes: Outcome[] = [];
    binomial(numServers - idle, freeProbability).forEach((chance, freed) => {
      if (chance === 0) return;
      for (let kind = 0; kind < kinds; kind++) {
        const nextState = (idle + freed) * kinds + kind;
        outcomes.push({ probability: chance / kinds, nextState, reward, terminated: false });
      }
    });
    return outcomes;
  });
}

/** Chances of 0 … n successes in n trials. */
function binomial(n: number, probability: number): Float64Array {
  const chances = new Float64Array(n + 1);
  chances[0] = 1;
  for (let trial = 1; trial <= n; trial++) {
    for (let k = trial; k > 0; k--) {
      chances[k] = chances[k] * (1 - probability) + chances[k - 1] * probability;
    }
    chances[0] *= 1 - probability;
  }
  return chances;
}

/** A map as in figure 10.5: a row for each kind of customer, a column for each number of free servers. */
function queueScene(numServers: number, state: number): GridScene {
  const kinds = PRIORITIES.length;
  const free = Math.floor(state / kinds);
  const columns = numServers + 1;
  const cells = Array.from({ length: kinds * columns }, (_, cell) => cell);
  const priority = PRIORITIES[state % kinds];
  return {
    kind: 'grid',
    rows: kinds,
    columns,
    tiles: cells.map(() => 'floor'),
    tokens: [{ kind: 'agent', row: state % kinds, column: free }],
    labels: cells.map((cell) => {
      return cell % columns === 0 ? String(PRIORITIES[Math.floor(cell / columns)]) : '';
    }),
    cellObservations: cells.map((cell) => (cell % columns) * kinds + Math.floor(cell / columns)),
    caption: `${free} of ${numServers} servers free, a customer who pays ${priority}`,
  };
}
