import type { Agent } from '../../../core/agent.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import type { LineChart } from '../../charts/chart.ts';
import type { Interval } from '../../statistics.ts';
import { Curves } from '../curves.ts';
import { type ExperimentOptions, type Finding, measured, type Report } from '../experiment.ts';
import { agentSeed, learn, type Run } from './learn.ts';

/** What is compared in a maze that changes. */
export interface ChangingMazeContest {
  readonly maze: Dynamics;
  readonly steps: number;
  readonly contestants: readonly {
    readonly name: string;
    create(seed: number): Agent;
    /** By each of these steps, the sum of rewards elsewhere: its mean and its standard error. */
    readonly sums: readonly (readonly [step: number, mean: number, standardError: number])[];
  }[];
  /** Where the sums are from. */
  readonly from: string;
  readonly title: string;
}

/** What agents have earned, step by step, in a maze that changes. */
export function compareInChangingMaze(
  { maze, steps, contestants, from, title }: ChangingMazeContest,
  { runs, seed }: ExperimentOptions,
): Report {
  const findings: Finding[] = [];
  const series = contestants.map(({ name, create, sums }) => {
    const curves = new Curves(steps);
    for (let run = 0; run < runs; run++) {
      curves.add(earn(create(agentSeed({ seed, run })), maze, steps, { seed, run }));
    }
    for (const [step, mean, standardError] of sums) {
      const ours: Interval = curves.interval(step - 1);
      const reference = measured(mean, standardError);
      findings.push({ what: `rewards by step ${step}, ${name}`, ours, reference, from });
    }
    return curves.series(name, undefined, steps / 100);
  });
  const highest = Math.max(...series.flatMap(({ y }) => Array.from(y)));
  const chart: LineChart = {
    kind: 'lines',
    title,
    x: { label: 'time steps' },
    y: { label: 'cumulative reward', domain: [0, highest] },
    series,
  };
  return { findings, charts: [chart] };
}

/** The rewards up to each step, summed, `[steps]`. */
function earn(agent: Agent, maze: Dynamics, steps: number, run: Run): Float64Array {
  const sums = new Float64Array(steps);
  let step = 0;
  let sum = 0;
  learn(
    agent,
    maze,
    run,
    ({ rewards }) => {
      sum += rewards[0];
      sums[step++] = sum;
      return step < steps;
    },
    // The goal ends an episode of the book. Our maze goes on from the start, so that its clock does;
    // that the agent sees an end makes it the same task.
    ({ rewards, terminated }) => {
      terminated[0] = rewards[0] > 0 ? 1 : 0;
    },
  );
  return sums;
}
