import type { Tdc } from '../../../agents/linear/tdc.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import { bairdsCounterexample } from '../../../envs/tabular/bairds-counterexample.ts';
import type { Series } from '../../charts/chart.ts';
import type { Interval } from '../../statistics.ts';
import { Curves } from '../curves.ts';
import type { ExperimentOptions, Finding } from '../experiment.ts';
import { MEASURES, type Measure } from './baird.ts';

/** Updates that the figures show. */
export const UPDATES: number = 1000;

const EVERY = 10; // updates from one point of a curve to the next

/** How the measures of a learner went, with their means over all runs. */
export interface History {
  readonly series: Series[];
  /** After the last update, of each measure. */
  readonly last: ReadonlyMap<Measure, Interval>;
}

/** Averages over runs of an agent that acts with the behavior policy. */
export function sampledHistory(
  createAgent: (seed: number) => Pick<Tdc, 'act' | 'learn' | 'weights'>,
  measures: readonly Measure[],
  { runs, seed }: ExperimentOptions,
): History {
  const world = bairdsCounterexample();
  return averageHistory(measures, runs, (run) => {
    const agent = createAgent(seed * 100_000 + run);
    const envs = new VectorEnv(world, { seed, firstCopy: run });
    const actions = envs.createActions();
    const update = () => {
      agent.act(envs.observations, actions);
      agent.learn(envs.step(actions));
    };
    return { weights: agent.weights, update };
  });
}

/** The history of updates that leave nothing to chance. */
export function exactHistory(
  measures: readonly Measure[],
  weights: Float64Array,
  update: () => void,
): History {
  const { series, last } = averageHistory(measures, 1, () => ({ weights, update }));
  const exact = [...last].map(([measure, { estimate }]): [Measure, Interval] => {
    return [measure, { estimate, low: estimate, high: estimate }];
  });
  return { series: series.map(({ name, x, y }) => ({ name, x, y })), last: new Map(exact) };
}

function averageHistory(
  measures: readonly Measure[],
  runs: number,
  start: (run: number) => { readonly weights: Float64Array; update(): void },
): History {
  const numPoints = UPDATES / EVERY + 1;
  const curves = measures.map(() => new Curves(numPoints));
  for (let run = 0; run < runs; run++) {
    const { weights, update } = start(run);
    const points = measures.map(() => new Float64Array(numPoints));
    for (let updates = 0; updates <= UPDATES; updates++) {
      if (updates > 0) update();
      if (updates % EVERY !== 0) continue;
      measures.forEach((measure, i) => {
        points[i][updates / EVERY] = MEASURES[measure](weights);
      });
    }
    for (const [i, curve] of curves.entries()) curve.add(points[i]);
  }
  const x = Array.from({ length: numPoints }, (_, point) => point * EVERY);
  const ends = measures.map((name, i): [Measure, Interval] => {
    return [name, curves[i].interval(numPoints - 1)];
  });
  return {
    series: measures.map((name, i) => curves[i].series(name, x)),
    last: new Map(ends),
  };
}

/** The last measures of a history beside what they must be. */
export function findingsAfter(
  updates: string,
  { last }: History,
  references: Readonly<Partial<Record<Measure, Interval>>>,
  from: string,
): Finding[] {
  return Object.entries(references).map(([measure, reference]) => {
    const ours = last.get(measure as Measure);
    if (ours === undefined) throw new Error(`There is no history of ${measure}.`);
    return { what: `${measure} after ${updates}`, ours, reference, from };
  });
}
