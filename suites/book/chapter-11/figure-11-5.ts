import { Tdc } from '../../../agents/linear/tdc.ts';
import {
  BAIRDS_FEATURES,
  BAIRDS_INITIAL_WEIGHTS,
  bairdsCounterexample,
} from '../../../envs/tabular/bairds-counterexample.ts';
import type { LineChart } from '../../charts/chart.ts';
import { type Experiment, exactly, measured } from '../experiment.ts';
import { BAIRD_OPTIONS, DISCOUNT, type Measure, sweepStates } from './baird.ts';
import { exactHistory, findingsAfter, type History, sampledHistory, UPDATES } from './histories.ts';

const STEP_SIZE = 0.005; // α
const SECONDARY_STEP_SIZE = 0.05; // β
const SHOWN: readonly Measure[] = ['w1 to w6', 'w7', 'w8', '√VE', '√PBE'];

// bench/peers/book/chapter_11.py 20000; the error of TDC with its standard error.
const FROM = 'NumPy (bench/peers/book/chapter_11.py)';
const EXPECTED = {
  'w1 to w6': exactly(2.1353161759261723),
  w7: exactly(6.628049144474026),
  w8: exactly(-2.3379531832724316),
};
const ERRORS = { '√VE': measured(1.93731932, 7.8e-5) };
const SWEPT = {
  'w1 to w6': exactly(2.1353137572066014),
  w7: exactly(6.628051328013975),
  w8: exactly(-2.337956072352938),
  '√VE': exactly(1.9354645366621803),
  '√PBE': exactly(0.007378559764735984),
};

/** TDC on Baird's counterexample: the projected Bellman error goes, the value error stays. */
export const FIGURE_11_5: Experiment = {
  name: 'figure-11.5',
  title: "What TDC does on Baird's counterexample",
  source: 'Sutton & Barto (2018), figure 11.5',
  runs: 2000,
  run(options) {
    const sampled = sampledHistory(
      (seed) =>
        new Tdc(bairdsCounterexample(), {
          ...BAIRD_OPTIONS,
          stepSize: STEP_SIZE,
          secondaryStepSize: SECONDARY_STEP_SIZE,
          seed,
        }),
      SHOWN,
      options,
    );
    const swept = expectedTdc();
    const steps = `${UPDATES} steps of TDC`;
    return {
      findings: [
        ...findingsAfter(steps, sampled, EXPECTED, `expectation as a linear recursion, ${FROM}`),
        ...findingsAfter(steps, sampled, ERRORS, `20,000 runs, ${FROM}`),
        ...findingsAfter(
          `${UPDATES} sweeps of expected TDC`,
          swept,
          SWEPT,
          `power of a matrix, ${FROM}`,
        ),
      ],
      charts: [
        chart('TDC: means', 'steps', sampled),
        chart('Expected TDC, all states at once', 'sweeps', swept),
      ],
    };
  },
};

/** The update of TDC as the mean over all states, with what the target policy expects of each. */
function expectedTdc(): History {
  const weights = Float64Array.from(BAIRDS_INITIAL_WEIGHTS);
  const secondary = new Float64Array(weights.length);
  const dot = (x: readonly number[], w: Float64Array) =>
    x.reduce((sum, xi, i) => sum + xi * w[i], 0);
  const share = 1 / BAIRDS_FEATURES.length;
  return exactHistory(SHOWN, weights, () => {
    const [w, v] = [weights.slice(), secondary.slice()];
    sweepStates((x, after) => {
      const error = DISCOUNT * dot(after, w) - dot(x, w);
      const guess = dot(x, v);
      for (let i = 0; i < w.length; i++) {
        weights[i] += STEP_SIZE * share * (error * x[i] - DISCOUNT * guess * after[i]);
        secondary[i] += SECONDARY_STEP_SIZE * share * (error - guess) * x[i];
      }
    });
  });
}

function chart(title: string, label: string, { series }: History): LineChart {
  return { kind: 'lines', title, x: { label }, y: { label: 'weight, or error' }, series };
}
