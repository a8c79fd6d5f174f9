import type { Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween, resolveOptions } from '../../core/check.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn } from '../../core/transitions.ts';
import { GivenPolicy, type PolicyOption } from '../given-policy.ts';
import { policyAlone } from '../policy-alone.ts';
import type { SavedParts } from '../saved-parts.ts';
import { StepCount } from '../step-count.ts';
import { requireDiscrete, type Task } from '../task.ts';
import type { FeatureMap } from './features/feature-map.ts';
import { createFeatures, type Features } from './features/features.ts';
import { SparseVectors } from './features/sparse-vectors.ts';
import { createWeights } from './initial-weights.ts';

/** What to predict, and how; schedules run over the environment steps learned from. */
export interface LinearPredictionOptions {
  /** x(s). Default tile coding with 8 tilings of 8 tiles. */
  readonly features?: Features;
  /**
   * π, the policy to value: `random`, or for each state the one action or the chance of each; one
   * element for all where observations are not `Discrete`. Default `random`.
   */
  readonly policy?: PolicyOption;
  /** α, in [0, 100]; what suits depends on the size of x. Default 0.0625. */
  readonly stepSize?: Schedule;
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** w at the start: one number for all, or each. Default 0. */
  readonly initialWeights?: number | readonly number[];
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** What agents that can learn about one policy while another acts take besides. */
export interface OffPolicyOptions {
  /**
   * b, the policy that acts, with a chance for every action that π may take: `policy` for π itself, or
   * as `policy` is given. Default `policy`.
   */
  readonly behavior?: 'policy' | PolicyOption;
}

/** The options that agents of linear prediction have in common. */
export const LINEAR_PREDICTION_DEFAULTS: Required<LinearPredictionOptions> = {
  features: { kind: 'tile-coding', tilings: 8, tiles: 8 },
  policy: 'random',
  stepSize: 0.0625,
  discount: 0.99,
  initialWeights: 0,
  seed: 0,
};

/** The most that a step size can be. */
export const MAX_STEP_SIZE = 100;

/**
 * Lays the given options over the defaults, and checks those that agents of linear prediction have
 * in common.
 *
 * @throws RangeError if one is unknown or out of range.
 */
export function resolveLinearPrediction<T extends LinearPredictionOptions>(
  where: string,
  defaults: Required<T>,
  given: T | undefined,
): Required<T> {
  const options = resolveOptions<T>(where, defaults, given);
  checkSchedule(`${where}: stepSize`, options.stepSize as Schedule, 0, MAX_STEP_SIZE);
  checkBetween(`${where}: discount`, options.discount as number, 0, 1);
  return options;
}

/** v̂(s, w) = wᵀx(s), π and b: what agents of linear prediction have in common. */
export class LinearStateValues {
  readonly features: FeatureMap;
  readonly numActions: number;

  /** w, `[numFeatures]`. */
  readonly weights: Float64Array;

  readonly steps: StepCount = new StepCount();

  readonly #where: string;
  readonly #policy: GivenPolicy;
  readonly #behavior: GivenPolicy;
  readonly #byState: boolean; // whether observations are states of the policies
  readonly #stepSize: Schedule;
  readonly #rng: Alea;
  readonly #vectors: SparseVectors; // of one that is looked at
  #masks: Uint8Array | undefined; // of the actions that were chosen last

  /** @throws RangeError if a space, the features, a policy, the weights or the seed do not fit. */
  constructor(
    where: string,
    task: Task,
    options: Required<LinearPredictionOptions> & OffPolicyOptions,
  ) {
    const { policy, behavior = 'policy' } = options;
    const { observationSpace } = task;
    const { n } = requireDiscrete(where, 'actions', task.actionSpace);
    const numStates = observationSpace.kind === 'discrete' ? observationSpace.n : 1;
    this.#where = where;
    this.numActions = n;
    this.#byState = observationSpace.kind === 'discrete';
    this.features = createFeatures(`${where}: features`, options.features, observationSpace);
    this.weights = createWeights(
      `${where}: initialWeights`,
      options.initialWeights,
      this.features.numFeatures,
    );
    this.#policy = new GivenPolicy(where, policy, numStates, n);
    this.#behavior =
      behavior === 'policy'
        ? this.#policy
        : new GivenPolicy(`${where}: behavior`, behavior, numStates, n);
    this.#stepSize = options.stepSize;
    this.#rng = new Alea(options.seed, 'agent');
    this.#vectors = this.createVectors(1);
  }

  /** α now. */
  get stepSize(): number {
    return scheduleValue(this.#stepSize, this.steps.value);
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

  /** Chooses A from S with b. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    if (actionMasks !== undefined && this.#behavior !== this.#policy) {
      if (this.#masks?.length !== actionMasks.length) this.#masks = actionMasks.slice();
      else this.#masks.set(actionMasks);
    }
    for (let i = 0; i < actions.length; i++) {
      const state = this.#stateOf(observations, i);
      actions[i] = this.#behavior.choose(state, this.#rng, actionMasks, i);
    }
  }

  /**
   * ρ = π(A | S) / b(A | S), of row `i` of what was acted on last.
   *
   * @throws RangeError if b never takes A.
   */
  ratio(observations: Float32Array, actions: ActionColumn, i: number): number {
    if (this.#behavior === this.#policy) return 1;
    const state = this.#stateOf(observations, i);
    const action = actions[i];
    const legal = this.#masks?.[i * this.#policy.numActions + action] === 1;
    const masks = legal ? this.#masks : undefined;
    const chance = this.#behavior.chance(state, action, masks, i);
    if (chance > 0) return this.#policy.chance(state, action, masks, i) / chance;
    throw new RangeError(
      `${this.#where}.learn: the actions must be those of behavior, got ${action} in row ${i}, where it never takes it.`,
    );
  }

  /** π itself. */
  greedy(): Policy {
    return policyAlone(this.#policy, this.#byState);
  }

  /** v̂, and the policy b. */
  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    this.features.write(observation, 0, this.#vectors, 0, false);
    return {
      policy: this.#behavior.chances(this.#stateOf(observation, 0), actionMask),
      value: this.#vectors.dot(0, this.weights, 0),
    };
  }

  metrics(): Readonly<Record<string, number>> {
    return { stepSize: this.stepSize };
  }

  #stateOf(observations: Float32Array, i: number): number {
    return this.#byState ? observations[i] : 0;
  }
}
