import type { Series } from '../../charts/chart.ts';
import { type Experiment, type Finding, measured } from '../experiment.ts';
import { errorFindings, learningCurve, lookedAt, type Method } from './learning-curve.ts';
import { NUM_STATES } from './thousand-states.ts';

const SCALE = { low: [0], high: [NUM_STATES] } as const; // s / 1000

// bench/peers/book/chapter_9.py figure-9.5 120
const FROM = 'NumPy, 120 runs (bench/peers/book/chapter_9.py)';
const METHODS: readonly Method[] = [
  {
    name: 'polynomials of order 5',
    features: { kind: 'polynomial', order: 5, ...SCALE },
    stepSize: 1e-4,
    errors: [
      { episode: 100, error: measured(0.37472, 0.001756) },
      { episode: 1000, error: measured(0.19566, 0.001594) },
      { episode: 5000, error: measured(0.13814, 0.004189) },
    ],
  },
  {
    name: 'polynomials of order 10',
    features: { kind: 'polynomial', order: 10, ...SCALE },
    stepSize: 1e-4,
    errors: [
      { episode: 100, error: measured(0.36717, 0.001809) },
      { episode: 1000, error: measured(0.20127, 0.001497) },
      { episode: 5000, error: measured(0.13224, 0.004353) },
    ],
  },
  {
    name: 'polynomials of order 20',
    features: { kind: 'polynomial', order: 20, ...SCALE },
    stepSize: 1e-4,
    errors: [
      { episode: 100, error: measured(0.36441, 0.001818) },
      { episode: 1000, error: measured(0.20627, 0.001435) },
      { episode: 5000, error: measured(0.12771, 0.004451) },
    ],
  },
  {
    name: 'Fourier basis of order 5',
    features: { kind: 'fourier', order: 5, scaled: false, ...SCALE },
    stepSize: 5e-5,
    errors: [
      { episode: 100, error: measured(0.35283, 0.000892) },
      { episode: 1000, error: measured(0.14514, 0.001066) },
      { episode: 5000, error: measured(0.0643, 0.003687) },
    ],
  },
  {
    name: 'Fourier basis of order 10',
    features: { kind: 'fourier', order: 10, scaled: false, ...SCALE },
    stepSize: 5e-5,
    errors: [
      { episode: 100, error: measured(0.35266, 0.000893) },
      { episode: 1000, error: measured(0.14424, 0.00107) },
      { episode: 5000, error: measured(0.066, 0.00362) },
    ],
  },
  {
    name: 'Fourier basis of order 20',
    features: { kind: 'fourier', order: 20, scaled: false, ...SCALE },
    stepSize: 5e-5,
    errors: [
      { episode: 100, error: measured(0.35267, 0.000893) },
      { episode: 1000, error: measured(0.14401, 0.001071) },
      { episode: 5000, error: measured(0.06752, 0.003554) },
    ],
  },
];

/** Gradient Monte Carlo with polynomials and with the Fourier basis. */
export const FIGURE_9_5: Experiment = {
  name: 'figure-9.5',
  title: 'Fourier basis against polynomials on the 1000-state random walk',
  source: 'Sutton & Barto (2018), figure 9.5',
  runs: 30,
  run({ runs, seed }) {
    const findings: Finding[] = [];
    const series: Series[] = METHODS.map((method) => {
      const curves = learningCurve(method, runs, seed);
      findings.push(...errorFindings(method, curves, FROM));
      return curves.series(method.name, lookedAt(runs), 2);
    });
    return {
      findings,
      charts: [
        {
          kind: 'lines',
          title: 'Root of the value error',
          x: { label: 'episodes' },
          y: { label: '√VE', domain: [0, 0.4] },
          series,
        },
      ],
    };
  },
};
