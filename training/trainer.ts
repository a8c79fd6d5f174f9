import type { Agent } from '../core/agent.ts';
import { checkInteger, resolveOptions } from '../core/check.ts';
import type { EnvVector } from '../core/env-vector.ts';
import {
  checkSavedHeader,
  type SavedData,
  savedCount,
  savedHeader,
  savedObject,
} from '../core/saved.ts';
import type { ActionColumn, Transitions } from '../core/transitions.ts';
import { EpisodeStatistics, type EpisodeSummary } from './episode-statistics.ts';

/** One line of `metrics.jsonl`: the averages since the line before, and the agent's own numbers. */
export interface MetricsRecord {
  /** Environment steps taken, all copies together. */
  readonly steps: number;
  /** Episodes ended since the beginning. */
  readonly episodes: number;
  readonly [name: string]: number | null;
}

/** What can be done alongside training; every part is optional, and called in this order. */
export interface TrainerCallback {
  /** The agent has chosen; the world has not moved yet. */
  onAct?(actions: ActionColumn): void;
  /** The world has moved, and the agent has learned from it. */
  onStep?(transitions: Transitions): void;
  /** An episode has ended. */
  onEpisode?(summary: EpisodeSummary): void;
  /** A record is due. */
  onMetrics?(record: MetricsRecord): void;
  /** What to keep in a checkpoint; needed where the callback remembers anything. */
  save?(): SavedData;
  restore?(saved: SavedData): void;
}

/** How long to train, and what to report. */
export interface TrainerOptions {
  /** Environment steps in all, at least 1. */
  readonly steps: number;
  /** Environment steps from one metrics record to the next, at least 1. Default 10,000. */
  readonly metricsEvery?: number;
  /** Called by name order; the names are those in a checkpoint. Default none. */
  readonly callbacks?: Readonly<Record<string, TrainerCallback>>;
}

/**
 * The loop between one agent and one vector of worlds.
 *
 * `advance` takes some steps and returns, so that whoever drives it can show progress, save, or
 * stop between calls: how the steps are cut into calls changes nothing of the result.
 *
 *     const trainer = new Trainer(agent, envs, { steps: 1_000_000 });
 *     while (!trainer.done) trainer.advance(10_000);
 */
export class Trainer<V extends EnvVector = EnvVector> {
  readonly agent: Agent;
  readonly envs: V;
  readonly options: Required<TrainerOptions>;

  readonly #actions: ActionColumn;
  readonly #statistics: EpisodeStatistics;
  readonly #callbacks: readonly TrainerCallback[];
  readonly #onEpisode: ((summary: EpisodeSummary) => void) | undefined;
  #steps = 0;
  #nextReport = 0;

  /** @throws RangeError if an option is unknown or out of range. */
  constructor(agent: Agent, envs: V, options: TrainerOptions) {
    const defaults = { steps: 0, metricsEvery: 10_000, callbacks: {} };
    this.options = resolveOptions('Trainer', defaults, options);
    checkInteger('Trainer: steps', this.options.steps, 1);
    checkInteger('Trainer: metricsEvery', this.options.metricsEvery, 1);
    this.agent = agent;
    this.envs = envs;
    this.#actions = envs.createActions();
    this.#statistics = new EpisodeStatistics(envs.numEnvs);
    this.#callbacks = Object.values(this.options.callbacks);
    const listeners = this.#callbacks.filter((callback) => callback.onEpisode !== undefined);
    this.#planReport();
    this.#onEpisode =
      listeners.length === 0
        ? undefined
        : (summary) => {
            for (const listener of listeners) listener.onEpisode?.(summary);
          };
  }

  /** Environment steps taken, all copies together. */
  get steps(): number {
    return this.#steps;
  }

  /** Episodes ended. */
  get episodes(): number {
    return this.#statistics.episodes;
  }

  /** Whether all steps have been taken. */
  get done(): boolean {
    return this.#steps >= this.options.steps;
  }

  /**
   * Takes at least `steps` environment steps, or what is left.
   *
   * @param steps At least 1; rounded up to a whole step of every copy.
   */
  advance(steps: number): void {
    checkInteger('Trainer.advance: steps', steps, 1);
    const end = Math.min(this.#steps + steps, this.options.steps);
    while (this.#steps < end) this.#step();
  }

  /** Everything needed to go on with the same bits: agent, worlds, statistics and callbacks. */
  save(): SavedData {
    const callbacks: Record<string, SavedData> = {};
    for (const [name, callback] of Object.entries(this.options.callbacks)) {
      if (callback.save) callbacks[name] = callback.save();
    }
    return {
      ...savedHeader('trainer', 1),
      steps: this.#steps,
      agent: this.agent.save(),
      envs: this.envs.snapshot(),
      statistics: this.#statistics.save(),
      callbacks,
    };
  }

  /** @throws Error if `saved` is of another agent, world or set of callbacks. */
  restore(saved: SavedData): void {
    const where = 'Trainer.restore';
    checkSavedHeader(where, saved, 'trainer', 1);
    const steps = savedCount(where, saved, 'steps');
    const callbacks = savedObject(where, saved, 'callbacks');
    this.agent.restore(savedObject(where, saved, 'agent'));
    this.envs.restore(savedObject(where, saved, 'envs'));
    this.#statistics.restore(savedObject(where, saved, 'statistics'));
    for (const [name, callback] of Object.entries(this.options.callbacks)) {
      callback.restore?.(savedObject(where, callbacks, name));
    }
    this.#steps = steps;
    this.#planReport();
  }

  #step(): void {
    const { agent, envs } = this;
    agent.act(envs.observations, this.#actions, envs.actionMasks);
    for (const callback of this.#callbacks) callback.onAct?.(this.#actions);
    const transitions = envs.step(this.#actions);
    agent.learn(transitions);
    for (const callback of this.#callbacks) callback.onStep?.(transitions);
    this.#statistics.add(transitions, this.#onEpisode);

    this.#steps += envs.numEnvs;
    if (this.#steps >= this.#nextReport) this.#report();
  }

  #report(): void {
    this.#planReport();
    const record = {
      steps: this.#steps,
      ...this.#statistics.takeAverages(),
      ...this.agent.metrics(),
    };
    for (const callback of this.#callbacks) callback.onMetrics?.(record);
  }

  /** The next multiple of `metricsEvery`, or the end if that comes first. */
  #planReport(): void {
    const { metricsEvery, steps } = this.options;
    const next = (Math.floor(this.#steps / metricsEvery) + 1) * metricsEvery;
    this.#nextReport = Math.min(next, steps);
  }
}
