import type { Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween, resolveOptions } from '../../core/check.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import type { SavedParts } from '../saved-parts.ts';
import { StepCount } from '../step-count.ts';
import { requireDiscrete, type Task } from '../task.ts';
import type { FeatureMap } from './features/feature-map.ts';
import { createFeatures, type Features } from './features/features.ts';
import { SparseVectors } from './features/sparse-vectors.ts';
import { createWeights } from './initial-weights.ts';
import { LINEAR_PREDICTION_DEFAULTS, MAX_STEP_SIZE } from './linear-state-values.ts';

/** How to act and learn; schedules run over the environment steps learned from. */
export interface LinearControlOptions {
  /** x(s), of which each action has weights of its own. Default tile coding with 8 tilings of 8 tiles. */
  readonly features?: Features;
  /** α, in [0, 100]; what suits depends on the size of x. Default 0.0625. */
  readonly stepSize?: Schedule;
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** ε, chance of a random action, in [0, 1]. Default 0.1. */
  readonly epsilon?: Schedule;
  /** w at the start: one number for all, or each, `[numActions × numFeatures]`. Default 0. */
  readonly initialWeights?: number | readonly number[];
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that agents of linear control have in common. */
export const LINEAR_CONTROL_DEFAULTS: Required<LinearControlOptions> = {
  features: LINEAR_PREDICTION_DEFAULTS.features,
  stepSize: 0.0625,
  discount: 0.99,
  epsilon: 0.1,
  initialWeights: 0,
  seed: 0,
};

/**
 * Lays the given options over the defaults, and checks those that agents of linear control have in
 * common.
 *
 * @throws RangeError if one is unknown or out of range.
 */
export function resolveLinearControl<T extends Omit<LinearControlOptions, 'discount'>>(
  where: string,
  defaults: Required<T>,
  given: T | undefined,
): Required<T> {
  const options = resolveOptions<T>(where, defaults, given) as Required<T> & LinearControlOptions;
  checkSchedule(`${where}: stepSize`, options.stepSize as Schedule, 0, MAX_STEP_SIZE);
  checkSchedule(`${where}: epsilon`, options.epsilon as Schedule, 0, 1);
  if ('discount' in defaults) checkBetween(`${where}: discount`, options.discount as number, 0, 1);
  return options;
}

/**
 * q̂(s, a, w) = wₐᵀx(s), and the policy that is ε-greedy in it.
 *
 * Copies of the world learn the same weights: where several are in one place, their steps add up, so
 * that many copies need a smaller step size.
 */
export class LinearActionValues {
  readonly features: FeatureMap;
  readonly numActions: number;

  /** w, `[numActions × numFeatures]`. */
  readonly weights: Float64Array;

  readonly steps: StepCount = new StepCount();

  readonly #where: string;
  readonly #options: Required<Omit<LinearControlOptions, 'discount'>>;
  readonly #rng: Alea;
  readonly #values: ActionValues; // q̂(s, ·) of the observation at hand
  readonly #vectors: SparseVectors; // x(s) of it

  /** @throws RangeError if a space, the features, the weights or the seed do not fit. */
  constructor(
    where: string,
    task: Task,
    options: Required<Omit<LinearControlOptions, 'discount'>>,
  ) {
    const { n } = requireDiscrete(where, 'actions', task.actionSpace);
    this.#where = where;
    this.#options = options;
    this.numActions = n;
    this.features = createFeatures(`${where}: features`, options.features, task.observationSpace);
    this.weights = createWeights(
      `${where}: initialWeights`,
      options.initialWeights,
      n * this.features.numFeatures,
    );
    this.#rng = new Alea(options.seed, 'agent');
    this.#values = new ActionValues(1, n);
    this.#vectors = this.createVectors(1);
  }

  /** ε now. */
  get epsilon(): number {
    return scheduleValue(this.#options.epsilon, this.steps.value);
  }

  /** α now. */
  get stepSize(): number {
    return scheduleValue(this.#options.stepSize, this.steps.value);
  }

  /** What is to be saved. */
  get parts(): SavedParts {
    return {
      weights: this.weights,
      steps: this.steps,
      rng: this.#rng,
      ...(this.features.memory && { features: this.features.memory }),
    };
  }

  /** Room for `numRows` feature vectors. */
  createVectors(numRows: number): SparseVectors {
    return new SparseVectors(numRows, this.features);
  }

  /** q̂(s, action, w), of the state whose features are given. */
  value(vectors: SparseVectors, row: number, action: number): number {
    return vectors.dot(row, this.weights, action * this.features.numFeatures);
  }

  /** w ← w + amount · x(s, action). */
  add(vectors: SparseVectors, row: number, action: number, amount: number): void {
    vectors.addTo(row, this.weights, action * this.features.numFeatures, amount);
  }

  /** An action for row `i`, ε-greedy in q̂; ties broken randomly. */
  choose(observations: Float32Array, i: number, actionMasks?: Uint8Array): number {
    this.#look(observations, i);
    return this.#values.epsilonGreedyAction(0, this.epsilon, this.#rng, actionMasks, i);
  }

  /** Chooses A from S with the policy that is ε-greedy in q̂. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    for (let i = 0; i < actions.length; i++) {
      actions[i] = this.choose(observations, i, actionMasks);
    }
  }

  /** The policy that is greedy in q̂; the lowest action wins a tie. */
  greedy(): Policy {
    return {
      act: (observations, actions, actionMasks) => {
        for (let i = 0; i < actions.length; i++) {
          this.#look(observations, i);
          actions[i] = this.#values.greedyAction(0, actionMasks, i);
        }
      },
    };
  }

  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    this.#look(observation, 0);
    return {
      actionValues: this.#values.row(0),
      policy: this.#values.epsilonGreedyPolicy(0, this.epsilon, actionMask),
      value: this.#values.value(0, actionMask),
    };
  }

  metrics(): Readonly<Record<string, number>> {
    return { epsilon: this.epsilon, stepSize: this.stepSize };
  }

  #look(observations: Float32Array, i: number): void {
    this.features.write(observations, i, this.#vectors, 0, false);
    const { table } = this.#values;
    for (let action = 0; action < this.numActions; action++) {
      table[action] = this.value(this.#vectors, 0, action);
      if (!Number.isFinite(table[action])) this.#refuse(table[action]);
    }
  }

  #refuse(value: number): never {
    throw new Error(
      `${this.#where}: the estimates have diverged, got q̂ = ${value} after ${this.steps.value} steps. Take a smaller stepSize.`,
    );
  }
}
