import { SemiGradientSarsa } from '../../../agents/linear/semi-gradient-sarsa.ts';
import type { Agent } from '../../../core/agent.ts';
import type { GridChart } from '../../charts/chart.ts';
import { type Interval, meanInterval } from '../../statistics.ts';
import { type Experiment, type Finding, measured } from '../experiment.ts';
import { learnEpisodes } from '../learn-episodes.ts';
import { runLength, runSeed } from '../run-length.ts';
import { CAR_OPTIONS, meanLengths, patientCar } from './car.ts';

const POINTS = 40; // of a surface, along the position and along the velocity
const CELLS = 20; // of its picture
const EARLY_STEP = 428;
const WHOLE = 9000; // episodes of the first run, whose surfaces are drawn
const SHORT = 1000; // episodes of the others

// bench/peers/book/mountain_car.py figure-10.1 60
const FROM = 'NumPy, 60 runs (bench/peers/book/mountain_car.py)';
const HIGHEST: readonly { readonly episode: number; readonly cost: Interval }[] = [
  { episode: 12, cost: measured(40.79686, 0.25667) },
  { episode: 104, cost: measured(89.76646, 0.19506) },
  { episode: 1000, cost: measured(115.8427, 0.218) },
];
const LENGTHS: readonly {
  readonly first: number;
  readonly last: number;
  readonly steps: Interval;
}[] = [
  { first: 1, last: 1, steps: measured(1479.16667, 65.94771) },
  { first: 2, last: 12, steps: measured(464.95, 5.33308) },
  { first: 901, last: 1000, steps: measured(115.70717, 0.29549) },
];

/** The cost-to-go function that Sarsa learns on the mountain car. */
export const FIGURE_10_1: Experiment = {
  name: 'figure-10.1',
  title: 'The cost to go on the mountain car, −maxₐ q̂(s, a, w), as it is learned',
  source: 'Sutton & Barto (2018), figure 10.1',
  runs: 30,
  run({ runs, seed }) {
    const short = runLength(runs, SHORT, 20);
    const learned = Array.from({ length: runs }, (_, run) =>
      learn(run === 0 ? runLength(runs, WHOLE, 20) : short, runSeed(seed, run)),
    );
    const highest = HIGHEST.filter(({ episode }) => episode <= short).map(
      ({ episode, cost }): Finding => ({
        what: `highest cost to go after episode ${episode}`,
        ours: meanInterval(learned.map(({ surfaces }) => highestOf(surfaces, episode))),
        reference: cost,
        from: FROM,
      }),
    );
    const lengths = LENGTHS.filter(({ last }) => last <= short).map(
      ({ first, last, steps }): Finding => ({
        what: `steps of episode${first === last ? ` ${first}` : `s ${first} to ${last}`}`,
        ours: meanInterval(
          meanLengths(
            learned.map((run) => run.lengths),
            first,
            last,
          ),
        ),
        reference: steps,
        from: FROM,
      }),
    );
    return {
      findings: [...highest, ...lengths],
      charts: [...learned[0].surfaces].map(([episode, surface]) => surfaceChart(episode, surface)),
    };
  },
};

/** One run: the steps of its episodes, and what it thinks after some; after episode 0: after step 428. */
function learn(episodes: number, seed: number) {
  const car = patientCar();
  const agent = new SemiGradientSarsa(car, { ...CAR_OPTIONS, stepSize: 0.5 / 8, seed });
  const lengths = new Float64Array(episodes);
  const surfaces = new Map<number, Float64Array>();
  learnEpisodes(agent, car, {
    episodes,
    seed,
    onStep: (step) => {
      if (step === EARLY_STEP) surfaces.set(0, costToGo(agent));
    },
    onEpisode: (episode, length) => {
      lengths[episode - 1] = length;
      if ([12, 104, 1000, 9000].includes(episode)) surfaces.set(episode, costToGo(agent));
    },
  });
  return { lengths, surfaces };
}

/** −maxₐ q̂ at the points of a grid, from the highest velocity down, `[POINTS × POINTS]`. */
function costToGo(agent: Agent): Float64Array {
  return Float64Array.from({ length: POINTS * POINTS }, (_, cell) => {
    const observation = Float32Array.of(
      positionAt(cell % POINTS),
      velocityAt(Math.floor(cell / POINTS)),
    );
    return -(agent.inspect(observation).value as number);
  });
}

function positionAt(column: number): number {
  return -1.2 + ((column + 0.5) / POINTS) * 1.7;
}

function velocityAt(row: number): number {
  return 0.07 - ((row + 0.5) / POINTS) * 0.14;
}

function highestOf(surfaces: ReadonlyMap<number, Float64Array>, episode: number): number {
  return (surfaces.get(episode) ?? Float64Array.of()).reduce((most, cost) => Math.max(most, cost));
}

function surfaceChart(episode: number, surface: Float64Array): GridChart {
  const highest = surface.reduce((most, cost) => Math.max(most, cost));
  const when = episode === 0 ? `step ${EARLY_STEP}` : `episode ${episode}`;
  const step = POINTS / CELLS;
  const labels = (number: (index: number) => number, digits: number) =>
    Array.from({ length: CELLS }, (_, i) => (i % 6 === 0 ? number(i * step).toFixed(digits) : ''));
  return {
    kind: 'grid',
    title: `Cost to go, ${when}: at most ${highest.toFixed(0)}`,
    rows: CELLS,
    columns: CELLS,
    values: Array.from({ length: CELLS * CELLS }, (_, cell) => {
      return surface[Math.floor(cell / CELLS) * step * POINTS + (cell % CELLS) * step];
    }),
    x: { label: 'position', tickLabels: labels(positionAt, 1) },
    y: { label: 'velocity', tickLabels: labels(velocityAt, 2) },
  };
}
