import type { Series } from '../../charts/chart.ts';
import { type Experiment, type Finding, measured } from '../experiment.ts';
import { errorFindings, learningCurve, lookedAt, type Method } from './learning-curve.ts';
import { EDGES } from './thousand-states.ts';

// bench/peers/book/chapter_9.py figure-9.10 120
const FROM = 'NumPy, 120 runs (bench/peers/book/chapter_9.py)';
const METHODS: readonly Method[] = [
  {
    name: 'one tiling',
    features: { kind: 'tile-coding', tilings: 1, tiles: 5, ...EDGES },
    stepSize: 1e-4,
    errors: [
      { episode: 100, error: measured(0.36416, 0.000537) },
      { episode: 1000, error: measured(0.18422, 0.000646) },
      { episode: 5000, error: measured(0.11626, 0.001163) },
    ],
  },
  {
    name: '50 tilings',
    features: { kind: 'tile-coding', tilings: 50, tiles: 5, ...EDGES },
    stepSize: 1e-4 / 50,
    errors: [
      { episode: 100, error: measured(0.36436, 0.000559) },
      { episode: 1000, error: measured(0.17781, 0.000711) },
      { episode: 5000, error: measured(0.07356, 0.001647) },
    ],
  },
];

/** Gradient Monte Carlo with one tiling and with fifty: tiles of 200 states, 4 states apart. */
export const FIGURE_9_10: Experiment = {
  name: 'figure-9.10',
  title: 'Many tilings against one on the 1000-state random walk',
  source: 'Sutton & Barto (2018), figure 9.10',
  runs: 30,
  run({ runs, seed }) {
    const findings: Finding[] = [];
    const series: Series[] = METHODS.map((method) => {
      const curves = learningCurve(method, runs, seed);
      findings.push(...errorFindings(method, curves, FROM));
      return curves.series(method.name, lookedAt(runs));
    });
    return {
      findings,
      charts: [
        {
          kind: 'lines',
          title: 'Root of the value error',
          x: { label: 'episodes' },
          y: { label: '√VE', domain: [0, 0.45] },
          series,
        },
      ],
    };
  },
};
