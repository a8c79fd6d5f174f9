import { checkCopies, checkReward, numCopies, type Task } from '../agents/task.ts';
import type { Agent, Inspection, Policy } from '../core/agent.ts';
import { checkBetween, checkPositive, resolveOptions } from '../core/check.ts';
import {
  checkSavedHeader,
  copySavedArray,
  type SavedData,
  savedHeader,
  savedObject,
} from '../core/saved.ts';
import { type Box, box, type Space } from '../core/space.ts';
import { describeSpace } from '../core/spaces/describe.ts';
import { rowSize } from '../core/spaces/rows.ts';
import type { ActionColumn, Transitions } from '../core/transitions.ts';
import { RunningStatistics, statisticsSize } from '../envs/wrappers/running-statistics.ts';
import { replaceColumns } from '../envs/wrappers/vector-around.ts';

/** What an agent is shown normalized, and how. */
export interface NormalizeOptions {
  /** Whether observations are. Default true. */
  readonly observations?: boolean;
  /** Whether rewards are. Default true. */
  readonly rewards?: boolean;
  /** The greatest size of a normalized number of an observation, above 0. Default 10. */
  readonly clipObservation?: number;
  /** The greatest size of a normalized reward, above 0. Default 10. */
  readonly clipReward?: number;
  /** γ of the return whose variance scales rewards, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** Added to variances, above 0. Default 10⁻⁸. */
  readonly epsilon?: number;
}

/** The options of `NormalizedAgent` where none are given. */
export const NORMALIZE_DEFAULTS: Required<NormalizeOptions> = {
  observations: true,
  rewards: true,
  clipObservation: 10,
  clipReward: 10,
  discount: 0.99,
  epsilon: 1e-8,
};

const NAME = 'NormalizedAgent';

/**
 * An agent that is shown normalized observations and rewards, while the world, its recordings and the
 * returns that are reported stay what they are.
 *
 *     observations: (x − mean) / √(variance + ε) of each element x
 *     rewards:      r / √(variance of Gᵢ + ε), Gᵢ ← γ Gᵢ (1 − terminatedᵢ) + rᵢ in each copy
 *
 * The running statistics are of all copies; they are part of what the agent saves, and what its greedy
 * policy shows to itself, which changes none of them. `act` takes in what it is shown: it is for the
 * loop of training alone.
 *
 * An agent with a replay buffer remembers what it was shown: old transitions stay as the statistics of
 * their time made them. So let the statistics settle before it learns (`learningStarts`).
 *
 *     const agent = new NormalizedAgent({ ...dynamics, numEnvs: 8 }, (task) => new Sarsa(task));
 *
 * Source: Stable-Baselines3's VecNormalize, for what is taken in when, and for the defaults; Gymnasium's
 * NormalizeReward, for G, which is 0 after an episode too. Differs from the former in what replay buffers
 * hold: there they hold what the world gave.
 */
export class NormalizedAgent implements Agent {
  readonly name: string;
  readonly options: object;
  /** The agent that is shown what is normalized. */
  readonly agent: Agent;

  readonly #options: Required<NormalizeOptions>;
  readonly #observationRow: Float64Array;
  readonly #rewardRow: Float64Array;
  readonly #observed: RunningStatistics;
  readonly #returned: RunningStatistics; // discounted returns
  readonly #returns: Float64Array; // [numEnvs], G

  readonly #observations: Float32Array;
  readonly #nextObservations: Float32Array;
  readonly #outer: (transitions: Transitions) => Transitions;

  /**
   * @param task What the agent must know of the world as it is.
   * @param create Makes the agent, for the task as it is shown.
   * @throws RangeError if an option is unknown or out of range, or the observations are no numbers.
   */
  constructor(task: Task, create: (task: Task) => Agent, options: NormalizeOptions = {}) {
    this.#options = resolveNormalize(options);
    const { observationSpace } = task;
    const numEnvs = numCopies(NAME, task);
    const size = rowSize(observationSpace);
    this.agent = create(normalizedTask(task, this.#options));
    this.name = this.agent.name;
    this.options = this.agent.options;
    this.#observationRow = new Float64Array(statisticsSize(size));
    this.#rewardRow = new Float64Array(statisticsSize(1));
    this.#observed = new RunningStatistics(size, this.#observationRow);
    this.#returned = new RunningStatistics(1, this.#rewardRow);
    this.#returns = new Float64Array(numEnvs);
    this.#observations = new Float32Array(numEnvs * size);
    this.#nextObservations = new Float32Array(numEnvs * size);
    this.#outer = this.#columns(new Float64Array(numEnvs));
  }

  /** @throws RangeError if there is not a row for each copy. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    checkCopies(`${NAME}.act`, observations.length / this.#observed.size, this.#returns.length);
    if (!this.#options.observations) {
      this.agent.act(observations, actions, actionMasks);
      return;
    }
    this.#observed.add(observations, this.#returns.length);
    this.#normalize(observations, this.#observations);
    this.agent.act(this.#observations, actions, actionMasks);
  }

  begin(starts: Uint8Array): void {
    this.agent.begin?.(starts);
  }

  /** @throws RangeError if there is not a row for each copy, or a reward is not a finite number. */
  learn(transitions: Transitions): void {
    checkCopies(`${NAME}.learn`, transitions.rewards.length, this.#returns.length);
    const outer = this.#outer(transitions);
    if (this.#options.observations) {
      this.#normalize(transitions.observations, outer.observations);
      this.#normalize(transitions.nextObservations, outer.nextObservations);
    }
    if (this.#options.rewards) this.#scale(transitions, outer.rewards);
    this.agent.learn(outer);
  }

  greedy(): Policy {
    const policy = this.agent.greedy();
    if (!this.#options.observations) return policy;
    let shown = new Float32Array(0);
    return {
      act: (observations, actions, actionMasks) => {
        if (shown.length !== observations.length) shown = new Float32Array(observations.length);
        this.#normalize(observations, shown);
        policy.act(shown, actions, actionMasks);
      },
      begin: (starts) => policy.begin?.(starts),
    };
  }

  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    if (!this.#options.observations) return this.agent.inspect(observation, actionMask);
    const shown = new Float32Array(observation.length);
    this.#normalize(observation, shown);
    return this.agent.inspect(shown, actionMask);
  }

  metrics(): Readonly<Record<string, number>> {
    return this.agent.metrics();
  }

  save(): SavedData {
    const { clipObservation, epsilon } = this.#options;
    return {
      ...savedHeader('normalized-agent', 1),
      clipObservation, // for those who take the network elsewhere
      epsilon,
      agent: this.agent.save(),
      observations: this.#observationRow.slice(),
      rewards: this.#rewardRow.slice(),
      returns: this.#returns.slice(),
    };
  }

  restore(saved: SavedData): void {
    const where = `${NAME}.restore`;
    checkSavedHeader(where, saved, 'normalized-agent', 1);
    const observations = new Float64Array(this.#observationRow.length);
    const rewards = new Float64Array(this.#rewardRow.length);
    const returns = new Float64Array(this.#returns.length);
    copySavedArray(where, saved, 'observations', observations);
    copySavedArray(where, saved, 'rewards', rewards);
    copySavedArray(where, saved, 'returns', returns);
    this.agent.restore(savedObject(where, saved, 'agent'));
    this.#observationRow.set(observations);
    this.#rewardRow.set(rewards);
    this.#returns.set(returns);
  }

  #columns(rewards: Float64Array): (transitions: Transitions) => Transitions {
    const shown = { observations: new Float32Array(this.#observations.length) };
    return replaceColumns({
      ...(this.#options.observations ? { ...shown, nextObservations: this.#nextObservations } : {}),
      ...(this.#options.rewards ? { rewards } : {}),
    });
  }

  #normalize(from: Float32Array, to: Float32Array): void {
    const { clipObservation: clip, epsilon } = this.#options;
    const { size } = this.#observed;
    for (let i = 0; i < size; i++) {
      const mean = this.#observed.mean(i);
      const deviation = Math.sqrt(this.#observed.variance(i) + epsilon);
      for (let at = i; at < from.length; at += size) {
        to[at] = clipped((from[at] - mean) / deviation, clip);
      }
    }
  }

  #scale({ rewards, terminated, truncated }: Transitions, scaled: Float64Array): void {
    const { clipReward, discount, epsilon } = this.#options;
    const returns = this.#returns;
    for (let i = 0; i < returns.length; i++) {
      checkReward(`${NAME}.learn`, rewards[i], this.#rewardRow[0] + i); // so far, one for each step
    }
    for (let i = 0; i < returns.length; i++) {
      returns[i] = (terminated[i] ? 0 : discount * returns[i]) + rewards[i];
    }
    this.#returned.add(returns, returns.length);
    const deviation = Math.sqrt(this.#returned.variance(0) + epsilon);
    for (let i = 0; i < returns.length; i++) {
      scaled[i] = clipped(rewards[i] / deviation, clipReward);
      if (terminated[i] || truncated[i]) returns[i] = 0;
    }
  }
}

/**
 * Fills in and checks how an agent's observations and rewards are normalized.
 *
 * @throws RangeError if an option is unknown or out of range, or nothing is to be normalized.
 */
export function resolveNormalize(options: NormalizeOptions): Required<NormalizeOptions> {
  const resolved = resolveOptions(NAME, NORMALIZE_DEFAULTS, options);
  checkPositive(`${NAME}: clipObservation`, resolved.clipObservation);
  checkPositive(`${NAME}: clipReward`, resolved.clipReward);
  checkBetween(`${NAME}: discount`, resolved.discount, 0, 1);
  checkPositive(`${NAME}: epsilon`, resolved.epsilon);
  if (resolved.observations || resolved.rewards) return resolved;
  throw new RangeError(`${NAME}: observations or rewards must be true, got both false.`);
}

function clipped(x: number, clip: number): number {
  return Math.min(Math.max(x, -clip), clip);
}

/** A world whose observations are normalized has no model: its states show as something else. */
function normalizedTask(task: Task, options: Required<NormalizeOptions>): Task {
  const { model: _, ...rest } = task;
  const { observationSpace } = task;
  if (!options.observations) return rest;
  const shown = normalizedSpace(observationSpace, options.clipObservation);
  return { ...rest, observationSpace: shown, repeats: false };
}

function normalizedSpace(space: Space, clip: number): Box {
  if (space.kind !== 'box' && space.kind !== 'multi-discrete' && space.kind !== 'multi-binary') {
    throw new RangeError(
      `${NAME}: observations must be arrays of numbers, got ${describeSpace(space)}.`,
    );
  }
  const high = new Float32Array(rowSize(space)).fill(clip);
  const { shape, labels } = space;
  const low = high.map((x) => -x);
  return box(low, high, { shape, labels });
}
