import { makeAgent } from '../../agents/registry.ts';
import type { Task } from '../../agents/task.ts';
import type { Agent } from '../../core/agent.ts';
import {
  checkSavedHeader,
  type SavedData,
  savedArray,
  savedCount,
  savedHeader,
} from '../../core/saved.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { makeDynamics } from '../../envs/registry.ts';
import { evaluate } from '../../training/evaluate.ts';
import { NormalizedAgent } from '../../training/normalized-agent.ts';
import { Trainer } from '../../training/trainer.ts';
import type { PublishedExperiment } from './published-experiment.ts';

/** What one seed came to. */
export interface PublishedResult {
  readonly seed: number;
  /** By the experiment's protocol. */
  readonly score: number;
  /** Mean return of the episodes that ended since the point before. */
  readonly curve: readonly CurvePoint[];
}

/** A point of a learning curve. */
export interface CurvePoint {
  /** Environment steps. */
  readonly steps: number;
  readonly meanReturn: number;
}

const POINTS = 100; // of a curve
const WINDOW = 100; // episodes of a score

/** One seed of a published experiment, which is driven from outside. */
export class PublishedRun {
  readonly seed: number;
  readonly agent: Agent;
  readonly #experiment: PublishedExperiment;
  readonly #trainer: Trainer;
  #curve: CurvePoint[] = [];
  #last: number[] = []; // returns of the last episodes

  /**
   * @param seed Of world, agent and network, at least 0.
   * @param engine Which engine computes, where not the agent's own choice.
   * @throws RangeError if an option of the experiment does not fit.
   */
  constructor(experiment: PublishedExperiment, seed: number, engine?: string) {
    const { numEnvs, steps } = experiment;
    const world = makeDynamics(experiment.env);
    const options = { ...experiment.options, seed, ...(engine === undefined ? {} : { engine }) };
    this.seed = seed;
    this.#experiment = experiment;
    const create = (task: Task) => makeAgent(experiment.agent, task, options);
    const task = { ...world, numEnvs };
    const { discount = 0.99 } = options as { readonly discount?: number };
    this.agent = experiment.normalize
      ? new NormalizedAgent(task, create, { discount })
      : create(task);
    this.#trainer = new Trainer(this.agent, new VectorEnv(world, { numEnvs, seed }), {
      steps,
      metricsEvery: Math.max(1, Math.floor(steps / POINTS)),
      callbacks: {
        curve: {
          onEpisode: ({ episodeReturn }) => this.#remember(episodeReturn),
          onMetrics: ({ steps, meanReturn }) => {
            if (typeof meanReturn === 'number') this.#curve.push({ steps, meanReturn });
          },
          save: () => this.#saveCurve(),
          restore: (saved) => this.#restoreCurve(saved),
        },
      },
    });
  }

  /** Environment steps taken. */
  get steps(): number {
    return this.#trainer.steps;
  }

  /** Whether all steps have been taken. */
  get done(): boolean {
    return this.#trainer.done;
  }

  /** Takes at least `steps` environment steps, or what is left. */
  advance(steps: number): void {
    this.#trainer.advance(steps);
  }

  /** All that it takes to go on: agent, worlds, and what came of them so far. */
  save(): SavedData {
    return this.#trainer.save();
  }

  /** @throws Error if `saved` is of another experiment. */
  restore(saved: SavedData): void {
    this.#trainer.restore(saved);
  }

  /** What it came to: for the end. */
  result(): PublishedResult {
    return { seed: this.seed, score: this.#score(), curve: this.#curve };
  }

  #saveCurve(): SavedData {
    return {
      ...savedHeader('learning-curve', 1),
      points: this.#curve.length,
      episodes: this.#last.length,
      steps: Float64Array.from(this.#curve, ({ steps }) => steps),
      meanReturns: Float64Array.from(this.#curve, ({ meanReturn }) => meanReturn),
      last: Float64Array.from(this.#last),
    };
  }

  #restoreCurve(saved: SavedData): void {
    const where = 'PublishedRun.restore';
    checkSavedHeader(where, saved, 'learning-curve', 1);
    const points = savedCount(where, saved, 'points');
    const episodes = savedCount(where, saved, 'episodes');
    const steps = savedArray(where, saved, 'steps', Float64Array, points);
    const meanReturns = savedArray(where, saved, 'meanReturns', Float64Array, points);
    const last = savedArray(where, saved, 'last', Float64Array, episodes);
    this.#curve = Array.from(steps, (at, i) => ({ steps: at, meanReturn: meanReturns[i] }));
    this.#last = Array.from(last);
  }

  #remember(episodeReturn: number): void {
    this.#last.push(episodeReturn);
    if (this.#last.length > WINDOW) this.#last.shift();
  }

  #score(): number {
    const { protocol, env } = this.#experiment;
    if (protocol === 'training') {
      return this.#last.reduce((sum, episodeReturn) => sum + episodeReturn, 0) / this.#last.length;
    }
    const { seed } = this;
    return evaluate(this.agent.greedy(), makeDynamics(env), { episodes: WINDOW, seed }).meanReturn;
  }
}
