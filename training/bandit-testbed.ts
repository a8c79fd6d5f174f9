import type { Agent } from '../core/agent.ts';
import { checkInteger, resolveOptions } from '../core/check.ts';
import type { Dynamics, StateRow } from '../core/dynamics.ts';
import type { Space } from '../core/space.ts';
import type { ActionColumn } from '../core/transitions.ts';
import { VectorEnv } from '../core/vector-env.ts';

/** How many problems to play, and for how long. */
export interface BanditTestbedOptions {
  /** Independent problems, at least 1. Default 2000. */
  readonly numProblems?: number;
  /** Pulls in each, from 1 to those in an episode of the world. Default 1000. */
  readonly pulls?: number;
  /** The pull from which on `problems` counts, from 0 to `pulls` − 1. Default 0. */
  readonly from?: number;
  /** An integer of at least 0: of the worlds, not of the agent. Default 0. */
  readonly seed?: number;
}

/** Averages over problems, or over pulls. */
export interface BanditAverages {
  /** Reward of a pull. */
  readonly rewards: Float64Array;
  /** Share of pulls of an arm of the highest value. */
  readonly optimalShares: Float64Array;
  /** By how much the arm's value is below the highest: their sum is the regret. */
  readonly regrets: Float64Array;
}

/** What became of an agent on many bandit problems. */
export interface BanditResult {
  /** At each pull, the average over the problems, `[pulls]`. */
  readonly pulls: BanditAverages;
  /** The standard error of each number of `pulls`, `[pulls]`; NaN for a single problem. */
  readonly errors: BanditAverages;
  /** In each problem, the average over the pulls from `from` on, `[numProblems]`: independent. */
  readonly problems: BanditAverages;
}

/**
 * Plays thousands of independent bandit problems side by side: copy i of the world is problem i.
 *
 *     const world = kArmedBandit();
 *     const { pulls } = runBanditTestbed(world, (task) => new EpsilonGreedy(task));
 *     pulls.optimalShares[999]; // a point of figure 2.2
 *
 * @param world A bandit, whose state rows begin with the values of the arms.
 * @param createAgent Makes the agent, with a copy for each problem.
 * @throws RangeError if the actions are not `Discrete`, or an option is unknown or out of range.
 *
 * Source: Sutton & Barto (2018), section 2.3.
 */
export function runBanditTestbed(
  world: Dynamics,
  createAgent: (task: Dynamics & { readonly numEnvs: number }) => Agent,
  options: BanditTestbedOptions = {},
): BanditResult {
  const { numProblems, pulls, from, seed } = resolveOptions('runBanditTestbed', DEFAULTS, options);
  checkInteger('runBanditTestbed: numProblems', numProblems, 1);
  checkInteger('runBanditTestbed: pulls', pulls, 1, Math.min(world.timeLimit, 2 ** 31));
  checkInteger('runBanditTestbed: from', from, 0, pulls - 1);
  const numArms = armsOf(world.actionSpace);
  const envs = new VectorEnv(world, { numEnvs: numProblems, seed });
  const agent = createAgent({ ...world, numEnvs: numProblems });
  const result = { pulls: zeros(pulls), errors: zeros(pulls), problems: zeros(numProblems) };
  const actions = envs.createActions();
  for (let pull = 0; pull < pulls; pull++) {
    const counted = pull >= from ? result.problems : null;
    agent.act(envs.observations, actions, envs.actionMasks);
    addChoices(envs.states, actions, numArms, pull, result, counted);
    const transitions = envs.step(actions);
    agent.learn(transitions);
    addRewards(transitions.rewards, pull, result, counted);
  }
  divide(result.pulls, numProblems);
  squaresToErrors(result, numProblems);
  divide(result.problems, pulls - from);
  return result;
}

const DEFAULTS: Required<BanditTestbedOptions> = {
  numProblems: 2000,
  pulls: 1000,
  from: 0,
  seed: 0,
};

function armsOf(actionSpace: Space): number {
  if (actionSpace.kind === 'discrete') return actionSpace.n;
  throw new RangeError(`runBanditTestbed: actions must be Discrete, got ${actionSpace.kind}.`);
}

function zeros(length: number): BanditAverages {
  return {
    rewards: new Float64Array(length),
    optimalShares: new Float64Array(length),
    regrets: new Float64Array(length),
  };
}

/**
 * Adds what the chosen arms are worth, beside the best ones, while the states still say so; squares go
 * into `errors`.
 */
function addChoices(
  states: readonly StateRow[],
  actions: ActionColumn,
  numArms: number,
  pull: number,
  { pulls, errors }: BanditResult,
  problems: BanditAverages | null,
): void {
  for (let i = 0; i < actions.length; i++) {
    const values = states[i];
    let best = values[0];
    for (let arm = 1; arm < numArms; arm++) if (values[arm] > best) best = values[arm];
    const regret = best - values[actions[i]];
    const isOptimal = regret === 0 ? 1 : 0;
    pulls.regrets[pull] += regret;
    pulls.optimalShares[pull] += isOptimal;
    errors.regrets[pull] += regret * regret;
    errors.optimalShares[pull] += isOptimal;
    if (problems === null) continue;
    problems.regrets[i] += regret;
    problems.optimalShares[i] += isOptimal;
  }
}

function addRewards(
  rewards: Float64Array,
  pull: number,
  { pulls, errors }: BanditResult,
  problems: BanditAverages | null,
): void {
  for (let i = 0; i < rewards.length; i++) {
    pulls.rewards[pull] += rewards[i];
    errors.rewards[pull] += rewards[i] * rewards[i];
    if (problems !== null) problems.rewards[i] += rewards[i];
  }
}

/** Makes the sums of squares in `errors` the standard errors of the means in `pulls`. */
function squaresToErrors({ pulls, errors }: BanditResult, n: number): void {
  for (const column of ['rewards', 'optimalShares', 'regrets'] as const) {
    for (let pull = 0; pull < pulls[column].length; pull++) {
      const mean = pulls[column][pull];
      const variance = Math.max(0, errors[column][pull] / n - mean * mean);
      errors[column][pull] = Math.sqrt(variance / (n - 1));
    }
  }
}

function divide(sums: BanditAverages, count: number): void {
  for (const column of [sums.rewards, sums.optimalShares, sums.regrets]) {
    for (let i = 0; i < column.length; i++) column[i] /= count;
  }
}
