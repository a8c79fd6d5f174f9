import type { Agent } from '../core/agent.ts';
import { checkFinite, checkInteger, resolveOptions } from '../core/check.ts';
import { checkSavedHeader, type SavedData, savedHeader, savedNumber } from '../core/saved.ts';
import { type Evaluation, playEpisodes } from './evaluate.ts';
import type { EvaluationWorlds } from './evaluation-worlds.ts';
import type { MetricsRecord, TrainerCallback } from './trainer.ts';

/** When to evaluate, and what for. */
export interface EvaluatorOptions {
  /** Environment steps of training in all, at least 1: at their end is an evaluation too. */
  readonly steps: number;
  /** Environment steps from one evaluation to the next, at least 1. */
  readonly every: number;
  /** Episodes of each evaluation, at least 1. Default 10. */
  readonly episodes?: number;
  /** Mean return of an evaluation from which on training ends; `null` for never. Default `null`. */
  readonly stopAt?: number | null;
  /** Receives what each evaluation came to, as a line of metrics. */
  readonly onEvaluation?: (record: MetricsRecord) => void;
  /** Called after each evaluation that is better than all before, the first one included. */
  readonly onBest?: () => void;
}

/**
 * Evaluates an agent in the course of its training, in worlds apart, as it acts without exploration.
 *
 * Neither the worlds nor the generators of training take notice: with evaluations and without, an agent
 * learns the same, unless `stopAt` ends its training, or its greedy policy draws from the generator that
 * it trains with.
 */
export class Evaluator implements TrainerCallback {
  readonly #agent: Agent;
  readonly #worlds: EvaluationWorlds;
  readonly #options: Required<EvaluatorOptions>;
  #next: number; // steps
  #best: number | null = null; // mean return

  /** @throws RangeError if an option is unknown or out of range. */
  constructor(agent: Agent, worlds: EvaluationWorlds, options: EvaluatorOptions) {
    this.#options = resolveOptions('Evaluator', DEFAULTS, options);
    const { steps, every, episodes, stopAt } = this.#options;
    checkInteger('Evaluator: steps', steps, 1);
    checkInteger('Evaluator: every', every, 1);
    checkInteger('Evaluator: episodes', episodes, 1);
    if (stopAt !== null) checkFinite('Evaluator: stopAt', stopAt);
    this.#agent = agent;
    this.#worlds = worlds;
    this.#next = this.#after(0);
  }

  /** The best mean return of an evaluation so far; `null` before the first. */
  get best(): number | null {
    return this.#best;
  }

  onStepEnd(steps: number, episodes: number): boolean {
    if (steps < this.#next) return false;
    const number = Math.ceil(this.#next / this.#options.every);
    this.#next = this.#after(steps);
    const { stopAt, onEvaluation, onBest } = this.#options;
    const evaluation = this.#evaluate(number);
    onEvaluation({ steps, episodes, ...summarize(evaluation) });
    const { meanReturn } = evaluation;
    if (this.#best === null || meanReturn > this.#best) {
      this.#best = meanReturn;
      onBest();
    }
    return stopAt !== null && meanReturn >= stopAt;
  }

  save(): SavedData {
    return { ...savedHeader('evaluator', 1), next: this.#next, best: this.#best };
  }

  /** @throws Error if `saved` is no such data. */
  restore(saved: SavedData): void {
    const where = 'Evaluator.restore';
    checkSavedHeader(where, saved, 'evaluator', 1);
    const next = savedNumber(where, saved, 'next');
    this.#best = saved.best === null ? null : savedNumber(where, saved, 'best');
    this.#next = next;
  }

  #evaluate(number: number): Evaluation {
    const evaluation = this.#play(number);
    checkFinite('the mean return of the evaluation', evaluation.meanReturn);
    return evaluation;
  }

  /** @throws Error that says it was this evaluation, where policy or world has thrown. */
  #play(number: number): Evaluation {
    try {
      return playEpisodes(this.#agent.greedy(), this.#worlds(number), this.#options.episodes);
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`evaluation ${number} failed: ${what}`, { cause });
    }
  }

  /** The next multiple of `every`, or the end if that comes first. */
  #after(steps: number): number {
    const { steps: total, every } = this.#options;
    const next = (Math.floor(steps / every) + 1) * every;
    return steps < total ? Math.min(next, total) : next;
  }
}

const DEFAULTS: Required<EvaluatorOptions> = {
  steps: 0,
  every: 0,
  episodes: 10,
  stopAt: null,
  onEvaluation: () => {},
  onBest: () => {},
};

/** The part of a line of metrics that says what an evaluation came to. */
function summarize({ returns, meanReturn, meanLength }: Evaluation): Record<string, number> {
  return {
    evaluationReturn: meanReturn,
    evaluationMinReturn: returns.reduce((a, b) => Math.min(a, b)),
    evaluationMaxReturn: returns.reduce((a, b) => Math.max(a, b)),
    evaluationLength: meanLength,
  };
}
