import { MonteCarloPrediction } from '../../../agents/tabular/monte-carlo-prediction.ts';
import { Td0 } from '../../../agents/tabular/td-0.ts';
import { Curves } from '../curves.ts';
import { type Experiment, exactly, type Finding, measured } from '../experiment.ts';
import { learnEpisodes } from '../learn-episodes.ts';
import { runSeed } from '../run-length.ts';
import { Batch } from './batch.ts';
import { certaintyEquivalence } from './certainty-equivalence.ts';
import { FIVE_STATES, INITIAL_VALUE, walkError } from './five-states.ts';

// Episodes after which all that were seen are learned: each of the first, then each fifth.
const TIMES = Array.from({ length: 36 }, (_, i) => (i < 20 ? i + 1 : 5 * (i - 15)));
const EPISODES = 100;
const CONVERGED = 1e-8; // the largest change of a value by a last sweep

// bench/peers/book/chapter_6.py batch 20000: mean and standard error of the error after so many
// episodes, by linear equations and by averages.
const FROM = 'NumPy, 20,000 runs, solved exactly (bench/peers/book/chapter_6.py)';
const REFERENCES = [
  { episodes: 1, td: measured(0.403174, 6.25e-4), mc: measured(0.403174, 6.25e-4) },
  { episodes: 5, td: measured(0.180575, 8.05e-4), mc: measured(0.244229, 7.89e-4) },
  { episodes: 25, td: measured(0.074843, 3.23e-4), mc: measured(0.112607, 3.99e-4) },
  { episodes: 50, td: measured(0.052566, 2.26e-4), mc: measured(0.07967, 2.86e-4) },
  { episodes: 100, td: measured(0.037116, 1.59e-4), mc: measured(0.056633, 2.04e-4) },
] as const;

/** Batch TD(0) and batch Monte Carlo on the random walk of five states. */
export const FIGURE_6_2: Experiment = {
  name: 'figure-6.2',
  title: 'TD(0) and Monte Carlo in batches',
  source: 'Sutton & Barto (2018), figure 6.2',
  runs: 300,
  run({ runs, seed }) {
    const td = new Curves(TIMES.length);
    const mc = new Curves(TIMES.length);
    let furthest = 0;
    for (let run = 0; run < runs; run++) {
      const errors = trainInBatches(runSeed(seed, run));
      td.add(errors.td);
      mc.add(errors.mc);
      furthest = Math.max(furthest, errors.furthest);
    }
    const findings: Finding[] = REFERENCES.flatMap((reference) => {
      const when = `after ${reference.episodes} ${reference.episodes === 1 ? 'episode' : 'episodes'}`;
      const point = TIMES.indexOf(reference.episodes);
      return [
        {
          what: `RMS error ${when}, batch TD`,
          ours: td.interval(point),
          reference: reference.td,
          from: FROM,
        },
        {
          what: `RMS error ${when}, batch MC`,
          ours: mc.interval(point),
          reference: reference.mc,
          from: FROM,
        },
      ];
    });
    findings.push({
      what: 'furthest that batch TD is from the certainty-equivalence estimate',
      ours: exactly(furthest),
      reference: exactly(0),
      tolerance: 1e-5,
      from: 'the exact values of the most likely model of the episodes seen',
      book: 'batch TD(0) converges to it',
    });
    return {
      findings,
      charts: [
        {
          kind: 'lines',
          title: 'Batch training on the random walk',
          x: { label: 'walks / episodes' },
          y: { label: 'RMS error, averaged over states', domain: [0, 0.25] },
          series: [td.series('TD', TIMES), mc.series('MC', TIMES)],
        },
      ],
    };
  },
};

/** The errors at `TIMES` in one run, when all episodes up to then have been learned. */
function trainInBatches(seed: number): { td: Float64Array; mc: Float64Array; furthest: number } {
  const td = new Float64Array(TIMES.length);
  const mc = new Float64Array(TIMES.length);
  let furthest = 0;
  const seen = new Batch();
  // What constant-α Monte Carlo comes to, with α sufficiently small: the means of all returns.
  const monteCarlo = new MonteCarloPrediction(FIVE_STATES, {
    visits: 'every',
    discount: 1,
    initialValue: INITIAL_VALUE,
    seed,
  });
  let values: Float64Array = monteCarlo.values.slice();
  learnEpisodes(monteCarlo, FIVE_STATES, {
    episodes: EPISODES,
    seed,
    onStep: (_, transitions) => seen.add(transitions),
    onEpisode: (episode) => {
      const point = TIMES.indexOf(episode);
      if (point === -1) return;
      values = learnUntilConverged(seen, values, seed);
      const equivalent = certaintyEquivalence(seen, values.length, INITIAL_VALUE);
      equivalent.forEach((value, state) => {
        if (state > 0 && state < 6) furthest = Math.max(furthest, Math.abs(value - values[state]));
      });
      td[point] = walkError(values);
      mc[point] = walkError(monteCarlo.values);
    },
  });
  return { td, mc, furthest };
}

/** Presents a batch to TD(0) again and again, until the values change no more. */
function learnUntilConverged(seen: Batch, from: Float64Array, seed: number): Float64Array {
  const agent = new Td0(FIVE_STATES, {
    batchUpdating: true,
    stepSize: 1 / seen.mostVisits(), // so small that no state is moved beyond its target
    discount: 1,
    seed,
  });
  agent.values.set(from);
  const transitions = seen.transitions();
  const before = new Float64Array(from.length);
  let change = Infinity;
  while (change > CONVERGED) {
    before.set(agent.values);
    agent.learn(transitions);
    change = 0;
    for (let s = 0; s < before.length; s++) {
      change = Math.max(change, Math.abs(agent.values[s] - before[s]));
    }
  }
  return agent.values;
}
