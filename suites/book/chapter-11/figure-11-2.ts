import { SemiGradientTd } from '../../../agents/linear/semi-gradient-td.ts';
import {
  BAIRDS_FEATURES,
  BAIRDS_INITIAL_WEIGHTS,
  bairdsCounterexample,
} from '../../../envs/tabular/bairds-counterexample.ts';
import type { LineChart } from '../../charts/chart.ts';
import { type Experiment, exactly } from '../experiment.ts';
import { BAIRD_OPTIONS, DISCOUNT, type Measure, sweepStates } from './baird.ts';
import { exactHistory, findingsAfter, type History, sampledHistory, UPDATES } from './histories.ts';

const STEP_SIZE = 0.01;
const WEIGHTS: readonly Measure[] = ['w1 to w6', 'w7', 'w8'];

// bench/peers/book/chapter_11.py 20000.
const FROM = 'NumPy (bench/peers/book/chapter_11.py)';
const EXPECTED = {
  'w1 to w6': exactly(113.32208905613419),
  w7: exactly(6.818048278941461),
  w8: exactly(331.60236372628685),
};
const SWEPT = {
  'w1 to w6': exactly(114.43371614264781),
  w7: exactly(6.850030342228329),
  w8: exactly(335.00120911240134),
};

/** Semi-gradient methods on Baird's counterexample: their weights grow without bound. */
export const FIGURE_11_2: Experiment = {
  name: 'figure-11.2',
  title: "How semi-gradient methods diverge on Baird's counterexample",
  source: 'Sutton & Barto (2018), figure 11.2',
  runs: 2000,
  run(options) {
    const sampled = sampledHistory(
      (seed) =>
        new SemiGradientTd(bairdsCounterexample(), {
          ...BAIRD_OPTIONS,
          stepSize: STEP_SIZE,
          seed,
        }),
      WEIGHTS,
      options,
    );
    const swept = dynamicProgramming();
    return {
      findings: [
        ...findingsAfter(
          `${UPDATES} steps of off-policy TD`,
          sampled,
          EXPECTED,
          `expectation as a linear recursion, ${FROM}`,
        ),
        ...findingsAfter(`${UPDATES} sweeps of DP`, swept, SWEPT, `power of a matrix, ${FROM}`),
      ],
      charts: [
        chart('Semi-gradient off-policy TD: mean weights', 'steps', sampled),
        chart('Semi-gradient DP: weights', 'sweeps', swept),
      ],
    };
  },
};

/** w ← w + α/7 Σ {E[R + γ v̂(S′)] − v̂(s)} x(s), equation 11.9. */
function dynamicProgramming(): History {
  const weights = Float64Array.from(BAIRDS_INITIAL_WEIGHTS);
  const changes = new Float64Array(weights.length);
  const dot = (x: readonly number[]) => x.reduce((sum, xi, i) => sum + xi * weights[i], 0);
  return exactHistory(WEIGHTS, weights, () => {
    changes.fill(0);
    sweepStates((x, after) => {
      const error = DISCOUNT * dot(after) - dot(x);
      for (const [i, xi] of x.entries()) changes[i] += error * xi;
    });
    const size = STEP_SIZE / BAIRDS_FEATURES.length;
    for (const [i, change] of changes.entries()) weights[i] += size * change;
  });
}

function chart(title: string, label: string, { series }: History): LineChart {
  return { kind: 'lines', title, x: { label }, y: { label: 'weight' }, series };
}
