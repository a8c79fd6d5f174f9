import type { Policy } from '../../core/agent.ts';
import { checkPositive } from '../../core/check.ts';
import type { Space } from '../../core/space.ts';
import { flattenedSize } from '../../core/spaces/flat-space.ts';
import { flattenRow } from '../../core/spaces/flatten-row.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import type { Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import type { Task } from '../task.ts';
import { checkRewards, hasEnded, problemsOf } from './problems.ts';
import { RidgeModels } from './ridge-models.ts';

/** How the arms' weights are estimated. */
export interface LinearArmsOptions {
  /** λ of the ridge regressions, above 0: the greater, the nearer to 0 weights begin. Default 1. */
  readonly regularization?: number;
  /** Whether the end of an episode is the start of a new problem. Default true. */
  readonly forgetAtEnd?: boolean;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options of linear arms that are not given. */
export const LINEAR_ARMS_DEFAULTS: Required<LinearArmsOptions> = {
  regularization: 1,
  forgetAtEnd: true,
  seed: 0,
};

/**
 * Estimates of every arm's value as a linear function of the context, θₐ · x, in many problems side by
 * side: a ridge regression for each arm ("disjoint" models). The context is the flattened observation.
 *
 * Source: Li, Chu, Langford & Schapire (2010), "A contextual-bandit approach to personalized news
 * article recommendation", section 3.1.
 */
export class LinearArms {
  /** One for each arm of each problem, `[numProblems × numArms]`. */
  readonly models: RidgeModels;

  /** N(a), `[numProblems × numArms]`. */
  readonly counts: Float64Array;

  /** θₐ · x in the context looked at, `[1 × numArms]`. */
  readonly estimates: ActionValues;

  /** sₐ = √(xᵀ Aₐ⁻¹ x) in the context looked at, `[numArms]`. */
  readonly deviations: Float64Array;

  readonly numArms: number;
  readonly #where: string;
  readonly #options: Required<LinearArmsOptions>;
  readonly #space: Space;
  readonly #row: Float32Array; // an observation as it comes
  readonly #context: Float32Array; // x, flattened
  readonly #pulls: Float64Array; // in the current problem, `[numProblems]`

  /**
   * @throws RangeError if the actions are not `Discrete`, observations cannot be flattened, or an option
   *   is out of range.
   */
  constructor(where: string, task: Task, options: Required<LinearArmsOptions>) {
    const { numProblems, numArms } = problemsOf(where, task);
    checkPositive(`${where}: regularization`, options.regularization);
    const size = flattenedSize(task.observationSpace);
    this.models = new RidgeModels(numProblems * numArms, size, options.regularization);
    this.counts = new Float64Array(numProblems * numArms);
    this.estimates = new ActionValues(1, numArms);
    this.deviations = new Float64Array(numArms);
    this.numArms = numArms;
    this.#where = `${where}.learn`;
    this.#options = options;
    this.#space = task.observationSpace;
    this.#row = new Float32Array(rowSize(task.observationSpace));
    this.#context = new Float32Array(size);
    this.#pulls = new Float64Array(numProblems);
  }

  /** All that must be saved. */
  get tables(): Record<string, Float64Array> {
    const { factors, moments, weights } = this.models;
    return { factors, moments, weights, counts: this.counts, pulls: this.#pulls };
  }

  /** Writes θₐ · x and sₐ of every arm of problem i, x the observation in row `row`. */
  look(i: number, observations: Float32Array, row: number): void {
    this.#readContext(observations, row);
    for (let arm = 0; arm < this.numArms; arm++) {
      const { table } = this.estimates;
      this.models.predict(i * this.numArms + arm, this.#context, arm, table, this.deviations);
    }
  }

  /**
   * A_A ← A_A + x xᵀ; b_A ← b_A + R x; θ_A ← A_A⁻¹ b_A.
   *
   * @throws RangeError if a reward is not a finite number; nothing has changed then.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards } = transitions;
    checkRewards(this.#where, rewards, this.#pulls);
    for (let i = 0; i < actions.length; i++) {
      const model = i * this.numArms + actions[i];
      this.#readContext(observations, i);
      this.models.add(model, this.#context, rewards[i]);
      this.counts[model]++;
      this.#pulls[i]++;
      if (this.#options.forgetAtEnd && hasEnded(transitions, i)) this.#forget(i);
    }
  }

  /** Always the arm with the highest θₐ · x; the lowest wins a tie. */
  greedy(): Policy {
    return {
      act: (observations, actions, actionMasks) => {
        for (let i = 0; i < actions.length; i++) {
          this.look(i, observations, i);
          actions[i] = this.estimates.greedyAction(0, actionMasks, i);
        }
      },
    };
  }

  /** N(a) in the first problem, `[numArms]`, a new array. */
  firstCounts(): Float64Array {
    return new Float64Array(this.counts.subarray(0, this.numArms));
  }

  #readContext(observations: Float32Array, row: number): void {
    const start = row * this.#row.length;
    for (let k = 0; k < this.#row.length; k++) this.#row[k] = observations[start + k];
    flattenRow(this.#space, this.#row, this.#context);
  }

  #forget(i: number): void {
    for (let arm = 0; arm < this.numArms; arm++) this.models.forget(i * this.numArms + arm);
    this.counts.fill(0, i * this.numArms, (i + 1) * this.numArms);
    this.#pulls[i] = 0;
  }
}
