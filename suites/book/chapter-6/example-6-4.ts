import { MonteCarloPrediction } from '../../../agents/tabular/monte-carlo-prediction.ts';
import { Td0 } from '../../../agents/tabular/td-0.ts';
import { discrete } from '../../../core/space.ts';
import type { Transitions } from '../../../core/transitions.ts';
import { type Experiment, exactly } from '../experiment.ts';
import { Batch } from './batch.ts';

const A = 0;
const B = 1;
const END = 2;
const TASK = { observationSpace: discrete(3, ['A', 'B', 'end']), actionSpace: discrete(1) };

// The eight episodes: A, 0, B, 0; six times B, 1; and B, 0.
const EPISODES: readonly (readonly Transitions[])[] = [
  [step(A, 0, B), step(B, 0, END)],
  ...Array.from({ length: 6 }, () => [step(B, 1, END)]),
  [step(B, 0, END)],
];
const SWEEPS = 400;

/** What batch TD(0) and batch Monte Carlo make of the same eight episodes. */
export const EXAMPLE_6_4: Experiment = {
  name: 'example-6.4',
  title: 'You are the Predictor: batch TD(0) beside batch Monte Carlo',
  source: 'Sutton & Barto (2018), example 6.4',
  runs: 1,
  run() {
    const monteCarlo = new MonteCarloPrediction(TASK, { discount: 1, visits: 'every' });
    const batch = new Batch();
    for (const transition of EPISODES.flat()) {
      monteCarlo.learn(transition);
      batch.add(transition);
    }
    const td = new Td0(TASK, { discount: 1, batchUpdating: true, stepSize: 1 / 8 });
    const paths = { A: [0], B: [0] };
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      td.learn(batch.transitions());
      paths.A.push(td.values[A]);
      paths.B.push(td.values[B]);
    }
    const shown = [td.values[A], td.values[B], monteCarlo.values[A], monteCarlo.values[B]];
    const solved = 'A leads to B, and six of the eight steps from B earn 1';
    const averaged = 'the mean return: 0 in the one episode from A, 6/8 from B';
    return {
      findings: [
        { what: 'V(A), batch TD(0)', value: shown[0], known: 3 / 4, from: solved, book: '3/4' },
        { what: 'V(B), batch TD(0)', value: shown[1], known: 3 / 4, from: solved, book: '3/4' },
        { what: 'V(A), batch MC', value: shown[2], known: 0, from: averaged, book: '0' },
        { what: 'V(B), batch MC', value: shown[3], known: 3 / 4, from: averaged, book: '3/4' },
      ].map(({ value, known, ...about }) => ({
        ...about,
        ours: exactly(value),
        reference: exactly(known),
      })),
      charts: [
        {
          kind: 'grid',
          title: 'Values after batch training',
          rows: 2,
          columns: 2,
          values: shown,
          texts: shown.map((value) => value.toFixed(2)),
          x: { label: 'state', tickLabels: ['A', 'B'] },
          y: { label: 'method', tickLabels: ['TD(0)', 'MC'] },
        },
        {
          kind: 'lines',
          title: 'Batch TD(0), α = 1/8',
          x: { label: 'times the batch was presented', domain: [0, 50] },
          y: { label: 'value', domain: [0, 1] },
          series: Object.entries(paths).map(([name, path]) => ({
            name: `V(${name})`,
            x: Array.from({ length: 51 }, (_, i) => i),
            y: path.slice(0, 51),
          })),
        },
      ],
    };
  },
};

function step(state: number, reward: number, nextState: number): Transitions {
  return {
    observations: Float32Array.of(state),
    actions: Int32Array.of(0),
    rewards: Float64Array.of(reward),
    nextObservations: Float32Array.of(nextState),
    terminated: Uint8Array.of(nextState === END ? 1 : 0),
    truncated: Uint8Array.of(0),
  };
}
