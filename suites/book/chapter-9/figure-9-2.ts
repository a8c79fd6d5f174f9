import { SemiGradientTd } from '../../../agents/linear/semi-gradient-td.ts';
import { evaluatePolicy } from '../../../agents/planning/evaluate-policy.ts';
import { createTabularModel, type Outcome } from '../../../core/tabular-model.ts';
import { Curves } from '../curves.ts';
import { type Experiment, exactly, type Finding, measured } from '../experiment.ts';
import { learnEpisodes } from '../learn-episodes.ts';
import { runLength, runSeed } from '../run-length.ts';
import { groupSeries, stateSeries } from './state-charts.ts';
import {
  EDGES,
  groupOf,
  NUM_STATES,
  solveWalk,
  sumByGroup,
  thousandStates,
  type WalkSolution,
} from './thousand-states.ts';

const GROUPS = 10; // of the left panel
const FINE_GROUPS = 20; // of the right one
const EPISODES = 10; // whose errors are averaged there
const STEP_SIZES = [0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

// bench/peers/book/chapter_9.py figure-9.2 1000: at the best of the step sizes, and at 1.
const FROM = 'NumPy, 1,000 runs (bench/peers/book/chapter_9.py)';
const REFERENCES = [
  {
    n: 1,
    stepSize: 0.8,
    error: measured(0.35277, 0.000607),
    atOne: measured(0.43395, 0.000825),
  },
  {
    n: 2,
    stepSize: 0.6,
    error: measured(0.30628, 0.001167),
    atOne: measured(0.46442, 0.001497),
  },
  {
    n: 4,
    stepSize: 0.4,
    error: measured(0.28967, 0.001411),
    atOne: measured(0.52797, 0.00168),
  },
  {
    n: 8,
    stepSize: 0.2,
    error: measured(0.30357, 0.001326),
    atOne: measured(0.60105, 0.001751),
  },
  {
    n: 16,
    stepSize: 0.15,
    error: measured(0.3324, 0.001574),
    atOne: measured(0.67249, 0.001874),
  },
  {
    n: 32,
    stepSize: 0.08,
    error: measured(0.37951, 0.001532),
    atOne: measured(0.73363, 0.002063),
  },
  {
    n: 64,
    stepSize: 0.06,
    error: measured(0.43137, 0.001856),
    atOne: measured(0.78969, 0.002353),
  },
  {
    n: 128,
    stepSize: 0.04,
    error: measured(0.46898, 0.001937),
    atOne: measured(0.81767, 0.002494),
  },
  {
    n: 256,
    stepSize: 0.02,
    error: measured(0.48691, 0.001449),
    atOne: measured(0.82493, 0.002571),
  },
  {
    n: 512,
    stepSize: 0.02,
    error: measured(0.48948, 0.00152),
    atOne: measured(0.82553, 0.002578),
  },
];

/** Semi-gradient TD and n-step TD with groups of states. */
export const FIGURE_9_2: Experiment = {
  name: 'figure-9.2',
  title: 'Semi-gradient TD and n-step TD with state aggregation on the 1000-state random walk',
  source: 'Sutton & Barto (2018), figure 9.2',
  runs: 100,
  run({ runs, seed }) {
    const solution = solveWalk();
    const fixedPoint = solveGroups(solution, GROUPS);
    const weights = learnValues(runs, seed);
    const findings: Finding[] = Array.from(fixedPoint, (value, group) => ({
      what: `value of states ${100 * group + 1} to ${100 * (group + 1)} by TD(0)`,
      ours: weights.interval(group),
      reference: exactly(value),
      from: 'exact TD fixed point',
      tolerance: 0.001, // so little of the first 0 is still there
    }));
    const series = REFERENCES.map(({ n, stepSize, error, atOne }) => {
      const curves = new Curves(STEP_SIZES.length);
      for (let run = 0; run < runs; run++) {
        curves.add(STEP_SIZES.map((size) => earlyError(n, size, runSeed(seed, run), solution)));
      }
      for (const [size, reference] of [
        [stepSize, error],
        [1, atOne],
      ] as const) {
        findings.push({
          what: `RMS error, n = ${n}, α = ${size}`,
          ours: curves.interval(STEP_SIZES.indexOf(size)),
          reference,
          from: FROM,
        });
      }
      return curves.series(`n = ${n}`, STEP_SIZES);
    });
    return {
      findings,
      charts: [
        {
          kind: 'lines',
          title: 'Values that TD(0) comes to',
          x: { label: 'state' },
          y: { label: 'value' },
          series: [stateSeries('true value', solution.values), groupSeries('estimate', weights)],
        },
        {
          kind: 'lines',
          title: 'Average RMS error over 1000 states and the first 10 episodes',
          x: { label: 'α' },
          y: { label: 'RMS error', domain: [0.25, 0.55] },
          series,
        },
      ],
    };
  },
};

/**
 * The TD fixed point of state aggregation: the values of a walk over the groups themselves, whose
 * steps are those of the states, each as often as it is come upon.
 */
function solveGroups({ model, distribution }: WalkSolution, groups: number): Float64Array {
  const shares = sumByGroup(groups, (state) => distribution[state]);
  const outcomes: Outcome[][] = Array.from({ length: groups }, () => []);
  for (let state = 1; state <= NUM_STATES; state++) {
    const group = groupOf(state, groups);
    for (let i = model.rowStart[state]; i < model.rowStart[state + 1]; i++) {
      const ends = model.terminated[i] === 1;
      outcomes[group].push({
        probability: (distribution[state] / shares[group]) * model.probability[i],
        nextState: ends ? group : groupOf(model.nextState[i], groups),
        reward: model.reward[i],
        terminated: ends,
      });
    }
  }
  const start = new Float64Array(groups).fill(1 / groups);
  const grouped = createTabularModel(1, start, (group) => outcomes[group]);
  return evaluatePolicy(grouped, new Int32Array(groups), { discount: 1 }).values;
}

/**
 * What TD(0) has learned after many episodes, with a step size that falls to 0: one that does not keeps
 * the estimates trembling around the fixed point. A run in ten is enough, as they are long. */
function learnValues(runs: number, seed: number): Curves {
  const weights = new Curves(GROUPS);
  const episodes = runLength(runs, 50_000, 1000);
  for (let run = 0; run < Math.max(2, Math.ceil(runs / 10)); run++) {
    const walk = thousandStates();
    const agent = new SemiGradientTd(walk, {
      features: { kind: 'state-aggregation', groups: GROUPS, ...EDGES },
      stepSize: { kind: 'linear', from: 0.004, to: 0, steps: 83 * episodes }, // 83 in an episode
      discount: 1,
      seed: runSeed(seed, run),
    });
    learnEpisodes(agent, walk, { episodes, seed: runSeed(seed, run) });
    weights.add(agent.weights);
  }
  return weights;
}

/** The RMS error over all states, on average after each of the first episodes. */
function earlyError(n: number, stepSize: number, seed: number, { values }: WalkSolution): number {
  const walk = thousandStates();
  const agent = new SemiGradientTd(walk, {
    features: { kind: 'state-aggregation', groups: FINE_GROUPS, ...EDGES },
    numSteps: n,
    stepSize,
    discount: 1,
    seed,
  });
  let sum = 0;
  learnEpisodes(agent, walk, {
    episodes: EPISODES,
    seed,
    onEpisode: () => {
      sum += rootMeanSquare(values, agent.weights);
    },
  });
  return sum / EPISODES;
}

function rootMeanSquare(values: Float64Array, weights: Float64Array): number {
  const squares = sumByGroup(FINE_GROUPS, (state) => {
    const error = values[state] - weights[groupOf(state, FINE_GROUPS)];
    return error * error;
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / NUM_STATES);
}
