import type { Agent } from '../../../core/agent.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import { kArmedBandit } from '../../../envs/bandits/k-armed-bandit.ts';
import { type BanditResult, runBanditTestbed } from '../../../training/bandit-testbed.ts';
import type { LineChart, Series } from '../../charts/chart.ts';
import { type Interval, meanInterval, studentQuantile } from '../../statistics.ts';
import { type ExperimentOptions, type Finding, measured } from '../experiment.ts';

/** Pulls in a problem. */
export const PULLS = 1000;

/** The expected greatest of ten standard normal draws: the integral of 10 x φ(x) Φ(x)⁹. */
export const BEST_ARM = 1.538752730835173;

/** Where the reference numbers of the chapter come from. */
export const FROM = 'NumPy, 10,000 problems (bench/peers/bandit_testbed.py)';

/** A mean and its standard error. */
export type Estimate = readonly [mean: number, standardError: number];

/** Makes the agent of a figure, with a copy for each problem. */
export type CreateAgent = (task: Dynamics & { readonly numEnvs: number }) => Agent;

/**
 * Plays the 10-armed testbed, a problem a run.
 *
 * @param from The pull from which on the problems' averages count, 0 … 999.
 * @param valueMean Mean of the arms' true values.
 */
export function play(
  create: CreateAgent,
  { runs, seed }: ExperimentOptions,
  from: number,
  valueMean: number = 0,
): BanditResult {
  const world = kArmedBandit({ valueMean });
  return runBanditTestbed(world, create, { numProblems: runs, pulls: PULLS, from, seed });
}

/** The average over problems at a pull, counted from 0, with Student's 95% interval. */
export function atPull(
  { pulls, errors, problems }: BanditResult,
  column: 'rewards' | 'optimalShares',
  pull: number,
): Interval {
  const estimate = pulls[column][pull];
  const reach = studentQuantile(Math.max(1, problems.rewards.length - 1)) * errors[column][pull];
  if (Number.isNaN(reach)) return { estimate, low: -Infinity, high: Infinity };
  return { estimate, low: estimate - reach, high: estimate + reach };
}

/** What NumPy's runs came to. */
export interface Reference {
  /** Of the last hundred pulls. */
  readonly reward: Estimate;
  /** Share of the best arm, of the last hundred pulls. */
  readonly optimal: Estimate;
  /** Of all pulls. */
  readonly regret: Estimate;
  /** What the book says of either of the first two. */
  readonly book?: { readonly reward?: string; readonly optimal?: string };
}

/** A method that was played, and its numbers beside NumPy's. */
export interface Played {
  readonly name: string;
  readonly result: BanditResult;
  readonly findings: readonly Finding[];
}

/**
 * Plays twice, for what is counted in the end and for what is counted from the start.
 *
 * @param valueMean Mean of the arms' true values.
 */
export function playMethod(
  name: string,
  create: CreateAgent,
  { reward, optimal, regret, book = {} }: Reference,
  options: ExperimentOptions,
  valueMean: number = 0,
): Played {
  const result = play(create, options, 900, valueMean);
  const whole = play(create, options, 0, valueMean);
  const of = `of the last 100 pulls, ${name}`;
  const shares = meanInterval(result.problems.optimalShares);
  const findings = [
    finding(`reward ${of}`, meanInterval(result.problems.rewards), reward, book.reward),
    finding(`share of the best arm ${of}`, shares, optimal, book.optimal),
    finding(`regret of a pull, ${name}`, meanInterval(whole.problems.regrets), regret),
  ];
  return { name, result, findings };
}

/** A number of ours beside NumPy's. */
export function finding(
  what: string,
  ours: Interval,
  [mean, standardError]: Estimate,
  book?: string,
): Finding {
  const reference = measured(mean, standardError);
  return { what, ours, reference, from: FROM, ...(book === undefined ? {} : { book }) };
}

/** What was played, over the pulls, with bands. */
export function testbedChart(
  title: string,
  column: 'rewards' | 'optimalShares',
  played: readonly (readonly [name: string, result: BanditResult])[],
): LineChart {
  return {
    kind: 'lines',
    title,
    x: { label: 'steps', domain: [0, PULLS] },
    y:
      column === 'rewards'
        ? { label: 'average reward' }
        : { label: 'share of the best arm', domain: [0, 1] },
    series: played.map(([name, result]) => seriesOf(name, result, column)),
  };
}

/** All of the first fifty pulls, where the most happens, then every fifth. */
const SHOWN: readonly number[] = Array.from({ length: PULLS }, (_, pull) => pull).filter(
  (pull) => pull < 50 || pull % 5 === 4,
);

function seriesOf(name: string, result: BanditResult, column: 'rewards' | 'optimalShares'): Series {
  const intervals = SHOWN.map((pull) => atPull(result, column, pull));
  return {
    name,
    x: SHOWN.map((pull) => pull + 1),
    y: intervals.map(({ estimate }) => estimate),
    low: intervals.map(({ low }) => low),
    high: intervals.map(({ high }) => high),
  };
}
