import { QLearning } from '../../../agents/tabular/q-learning.ts';
import { Alea } from '../../../core/alea.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import type { Discrete } from '../../../core/space.ts';
import { createTabularModel } from '../../../core/tabular-model.ts';
import { tabularDynamics } from '../../../envs/tabular/tabular-dynamics.ts';
import type { Series } from '../../charts/chart.ts';
import type { Interval } from '../../statistics.ts';
import { Curves } from '../curves.ts';
import { type Experiment, exactly, type Finding } from '../experiment.ts';
import { agentSeed, learn, type Run } from './learn.ts';

const BRANCHING_FACTORS = [2, 10, 100, 1000];

/** How soon sample updates come close to what an expected update of the same cost gives. */
export const FIGURE_8_7: Experiment = {
  name: 'figure-8.7',
  title: 'Sample updates beside one expected update, by the number of next states',
  source: 'Sutton & Barto (2018), figure 8.7',
  runs: 400,
  run({ runs, seed }) {
    const findings: Finding[] = [];
    const series = BRANCHING_FACTORS.map((branching): Series => {
      const squares = new Curves(2 * branching);
      for (let run = 0; run < runs; run++) squares.add(squaredErrors(branching, { seed, run }));
      for (const updates of new Set([1, branching / 2, branching, 2 * branching])) {
        findings.push({
          what: `RMS error after ${updates} sample updates, b = ${branching}`,
          ours: root(squares.interval(updates - 1)),
          reference: exactly(Math.sqrt((branching - 1) / (branching * updates))),
          from: 'closed form √((b − 1) / (b t)), section 8.5',
        });
      }
      const { x, y, low = y, high = y } = squares.series('', undefined, Math.ceil(branching / 50));
      return {
        name: `sample updates, b = ${branching}`,
        // Nothing was known at the beginning: an error of 1.
        x: [0, ...Array.from(x, (updates) => updates / branching)],
        y: [1, ...Array.from(y, Math.sqrt)],
        low: [1, ...Array.from(low, floorRoot)],
        high: [1, ...Array.from(high, Math.sqrt)],
      };
    });
    return {
      findings,
      charts: [
        {
          kind: 'lines',
          title: 'RMS error of the value by the work done',
          x: { label: 'work, in expected updates (b sample updates each)', domain: [0, 2] },
          y: { label: 'RMS error', domain: [0, 1.05] },
          series: [
            ...series,
            { name: 'expected update', x: [0, 1, 2], y: [1, 0, 0], mark: 'step', dashed: true },
          ],
        },
      ],
    };
  },
};

/** (Q − q)² after each of 2b sample updates, `[2b]`: sample averages of the next values. */
function squaredErrors(branching: number, run: Run): Float64Array {
  const values = new Float64Array(branching); // of the next states, standard normal
  const rng = new Alea(run.seed, `values/${branching}/${run.run}`);
  for (let i = 0; i < branching; i++) values[i] = rng.normal();
  const truth = values.reduce((sum, value) => sum + value, 0) / branching;
  const world = fork(values);
  const agent = new QLearning(world, {
    stepSize: { kind: 'inverse', from: 1, steps: 1 }, // 1, 1/2, 1/3, …
    seed: agentSeed(run),
  });
  const errors = new Float64Array(2 * branching);
  let updates = 0;
  learn(agent, world, run, () => {
    const error = agent.actionValues.table[0] - truth;
    errors[updates++] = error * error;
    return updates < errors.length;
  });
  return errors;
}

/** One state with one action: it ends in one of so many ways, all as likely, with their values. */
function fork(values: Float64Array): Dynamics<Discrete, Discrete> {
  const model = createTabularModel(1, Float64Array.of(1), () =>
    Array.from(values, (reward) => {
      return { probability: 1 / values.length, nextState: 0, reward, terminated: true };
    }),
  );
  return tabularDynamics({
    name: 'Fork',
    model,
    timeLimit: Infinity,
    actionLabels: ['go'],
    scene: () => ({ kind: 'grid', rows: 1, columns: 1, tiles: ['floor'], tokens: [] }),
  });
}

/** The roots of an interval of squares. */
function root({ estimate, low, high }: Interval): Interval {
  return { estimate: Math.sqrt(estimate), low: floorRoot(low), high: Math.sqrt(high) };
}

function floorRoot(square: number): number {
  return Math.sqrt(Math.max(0, square));
}
