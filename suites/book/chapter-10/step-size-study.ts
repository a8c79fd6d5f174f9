import type { Series } from '../../charts/chart.ts';
import { type Interval, meanInterval } from '../../statistics.ts';
import type { ExperimentOptions, Finding } from '../experiment.ts';
import { type AgentMaker, episodeLengths, meanLengths, TILINGS } from './car.ts';

/** A curve over step sizes, with what it must come to at some of them. */
export interface StudiedMethod {
  readonly name: string;
  /** α times the number of tilings, rising. */
  readonly stepSizes: readonly number[];
  /** Steps of an episode at some of the step sizes, on average over all episodes. */
  readonly steps: readonly (readonly [stepSize: number, steps: Interval])[];
}

/** The mean length of the first episodes, as it depends on the step size. */
export function studyStepSizes(
  { name, stepSizes, steps }: StudiedMethod,
  makeAgent: (stepSize: number) => AgentMaker,
  episodes: number,
  from: string,
  { runs, seed }: ExperimentOptions,
): { readonly series: Series; readonly findings: Finding[] } {
  const intervals = stepSizes.map((stepSize) => {
    const maker = makeAgent(stepSize / TILINGS);
    return meanInterval(meanLengths(episodeLengths(maker, episodes, runs, seed), 1, episodes));
  });
  const findings = steps.map(([stepSize, reference]) => ({
    what: `steps of an episode, the first ${episodes}, ${name}, α = ${stepSize} / 8`,
    ours: intervals[stepSizes.indexOf(stepSize)],
    reference,
    from,
  }));
  const series: Series = {
    name,
    x: stepSizes,
    y: intervals.map(({ estimate }) => estimate),
    low: intervals.map(({ low }) => low),
    high: intervals.map(({ high }) => high),
    mark: 'line-and-points',
  };
  return { series, findings };
}
