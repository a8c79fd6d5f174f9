import { SemiGradientSarsa } from '../../../agents/linear/semi-gradient-sarsa.ts';
import type { LineChart } from '../../charts/chart.ts';
import { type Interval, meanInterval } from '../../statistics.ts';
import type { ExperimentOptions, Finding, Report } from '../experiment.ts';
import { runLength } from '../run-length.ts';
import { CAR_OPTIONS, curvesOf, episodeLengths, meanLengths, TILINGS } from './car.ts';

const EPISODES = 500;

/** A method of figures 10.2 and 10.3, with the steps that it must take. */
export interface CarMethod {
  readonly name: string;
  /** n. */
  readonly numSteps: number;
  /** α times the number of tilings. */
  readonly stepSize: number;
  /** Steps of an episode, on average over those from `first` to `last`. */
  readonly lengths: readonly {
    readonly first: number;
    readonly last: number;
    readonly steps: Interval;
  }[];
}

/** Learning curves of methods on the mountain car. */
export function compareMethods(
  methods: readonly CarMethod[],
  from: string,
  { runs, seed }: ExperimentOptions,
): Report {
  const episodes = runLength(runs, EPISODES, 20);
  const findings: Finding[] = [];
  const series = methods.map(({ name, numSteps, stepSize, lengths: expected }) => {
    const lengths = episodeLengths(
      (car, agentSeed) =>
        new SemiGradientSarsa(car, {
          ...CAR_OPTIONS,
          numSteps,
          stepSize: stepSize / TILINGS,
          seed: agentSeed,
        }),
      episodes,
      runs,
      seed,
    );
    for (const { first, last, steps } of expected) {
      if (last > episodes) continue;
      findings.push({
        what: `steps of episode${first === last ? ` ${first}` : `s ${first} to ${last}`}, ${name}`,
        ours: meanInterval(meanLengths(lengths, first, last)),
        reference: steps,
        from,
      });
    }
    return curvesOf(lengths).series(name, undefined, 2);
  });
  const chart: LineChart = {
    kind: 'lines',
    title: 'Steps of an episode',
    x: { label: 'episode' },
    y: { label: 'steps', scale: 'log', domain: [100, 1000], ticks: [100, 200, 400, 1000] },
    series,
  };
  return { findings, charts: [chart] };
}
