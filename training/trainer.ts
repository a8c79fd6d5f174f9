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
import { TrainingError } from './training-error.ts';

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
  /** The world has moved; the agent has not learned from it yet. */
  onMove?(transitions: Transitions): void;
  /** The world has moved, and the agent has learned from it. */
  onStep?(transitions: Transitions): void;
  /** An episode has ended. */
  onEpisode?(summary: EpisodeSummary): void;
  /** A record is due. */
  onMetrics?(record: MetricsRecord): void;
  /**
   * The step is over and counted: `Trainer.save` holds it.
   *
   * @param steps Environment steps taken.
   * @param episodes Episodes ended.
   * @returns whether training should end here.
   */
  onStepEnd?(steps: number, episodes: number): boolean;
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
  /** Called in the order in which they stand here; the names are those in a checkpoint. Default none. */
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
  readonly #listeners: Listeners;
  readonly #onEpisode: ((summary: EpisodeSummary) => void) | undefined;
  #steps = 0;
  #currentStep = 0; // the one that is being taken
  #reported = 0; // steps at the last record
  #nextReport = 0;
  #stopped = false;

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
    this.#listeners = listenersOf(Object.values(this.options.callbacks));
    const { onEpisode } = this.#listeners;
    this.#onEpisode =
      onEpisode.length === 0
        ? undefined
        : (summary) => {
            for (const listener of onEpisode) listener.onEpisode?.(summary);
          };
    this.#planReport();
  }

  /** Environment steps taken, all copies together. */
  get steps(): number {
    return this.#steps;
  }

  /** Episodes ended. */
  get episodes(): number {
    return this.#statistics.episodes;
  }

  /** Whether all steps have been taken, or a callback has ended the training. */
  get done(): boolean {
    return this.#stopped || this.#steps >= this.options.steps;
  }

  /** Whether a callback has ended the training before all steps were taken. */
  get stopped(): boolean {
    return this.#stopped && this.#steps < this.options.steps;
  }

  /**
   * Takes at least `steps` environment steps, or what is left.
   *
   * @param steps At least 1; rounded up to a whole step of every copy.
   * @throws TrainingError naming the step in which agent, world or a callback has thrown: what they
   *   hold is then that of the middle of a step, and training cannot go on.
   */
  advance(steps: number): void {
    checkInteger('Trainer.advance: steps', steps, 1);
    const end = Math.min(this.#steps + steps, this.options.steps);
    try {
      while (this.#steps < end && !this.#stopped) this.#step();
    } catch (cause) {
      throw cause instanceof TrainingError ? cause : new TrainingError(this.#currentStep, cause);
    }
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
      stopped: this.#stopped,
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
    this.#reported = steps;
    this.#stopped = saved.stopped === true; // older data does not say
    this.#planReport();
  }

  #step(): void {
    const { agent, envs } = this;
    const { onAct, onMove, onStep, onStepEnd } = this.#listeners;
    this.#currentStep = this.#steps + envs.numEnvs;
    agent.act(envs.observations, this.#actions, envs.actionMasks);
    for (const listener of onAct) listener.onAct?.(this.#actions);
    const transitions = envs.step(this.#actions);
    for (const listener of onMove) listener.onMove?.(transitions);
    agent.learn(transitions);
    for (const listener of onStep) listener.onStep?.(transitions);
    this.#statistics.add(transitions, this.#onEpisode);

    this.#steps = this.#currentStep;
    if (this.#steps >= this.#nextReport) this.#report();
    for (const listener of onStepEnd) this.#endStep(listener);
    if (this.#stopped && this.#reported < this.#steps) this.#report();
  }

  #endStep(listener: TrainerCallback): void {
    if (listener.onStepEnd?.(this.#steps, this.#statistics.episodes)) this.#stopped = true;
  }

  #report(): void {
    this.#reported = this.#steps;
    this.#planReport();
    const record = {
      steps: this.#steps,
      ...this.#statistics.takeAverages(),
      ...this.agent.metrics(),
    };
    for (const listener of this.#listeners.onMetrics) listener.onMetrics?.(record);
  }

  /** The next multiple of `metricsEvery`, or the end if that comes first. */
  #planReport(): void {
    const { metricsEvery, steps } = this.options;
    const next = (Math.floor(this.#steps / metricsEvery) + 1) * metricsEvery;
    this.#nextReport = Math.min(next, steps);
  }
}

/** Names of what a callback can be told. */
const EVENTS = ['onAct', 'onMove', 'onStep', 'onEpisode', 'onMetrics', 'onStepEnd'] as const;

/** The callbacks that want to be told of each event: a step asks nobody else. */
type Listeners = Readonly<Record<(typeof EVENTS)[number], readonly TrainerCallback[]>>;

function listenersOf(callbacks: readonly TrainerCallback[]): Listeners {
  const listeners = EVENTS.map((event) => [
    event,
    callbacks.filter((callback) => callback[event] !== undefined),
  ]);
  return Object.fromEntries(listeners) as Listeners;
}
