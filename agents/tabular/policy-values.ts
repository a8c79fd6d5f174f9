import type { Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween, checkFinite, resolveOptions } from '../../core/check.ts';
import { checkSavedHeader, type SavedData, savedCount } from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn } from '../../core/transitions.ts';
import { GivenPolicy, type PolicyOption } from '../given-policy.ts';
import { policyAlone } from '../policy-alone.ts';
import { restoreParts, type SavedArrays, type SavedParts, saveParts } from '../saved-parts.ts';
import { requireDiscrete, type Task } from '../task.ts';

/** What to predict, and how; schedules run over the environment steps learned from. */
export interface PredictionOptions {
  /**
   * π, the policy to follow and to value: `random`, or for each state the one action or the chance
   * of each. Default `random`.
   */
  readonly policy?: PolicyOption;
  /** α, in [0, 1]. Default 0.1. */
  readonly stepSize?: Schedule;
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** What every V(s) starts as. Default 0. */
  readonly initialValue?: number;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that agents of prediction have in common. */
export const PREDICTION_DEFAULTS: Required<PredictionOptions> = {
  policy: 'random',
  stepSize: 0.1,
  discount: 0.99,
  initialValue: 0,
  seed: 0,
};

/**
 * Lays the given options over the defaults, and checks those that agents of prediction have in
 * common, but for the policy.
 *
 * @throws RangeError if one is unknown or out of range.
 */
export function resolvePredictionOptions<T extends PredictionOptions>(
  where: string,
  defaults: Required<T>,
  given: T | undefined,
): Required<T> {
  const options = resolveOptions<T>(where, defaults, given);
  checkSchedule(`${where}: stepSize`, options.stepSize as Schedule, 0, 1);
  checkBetween(`${where}: discount`, options.discount as number, 0, 1);
  checkFinite(`${where}: initialValue`, options.initialValue as number);
  return options;
}

/** V(s) and the policy it is the value of: what agents of prediction have in common. */
export class PolicyValues {
  /** V(s), `[numStates]`. */
  readonly values: Float64Array;
  /** Environment steps learned from. */
  steps = 0;

  readonly #policy: GivenPolicy;
  readonly #stepSize: Schedule;
  readonly #rng: Alea;

  /** @throws RangeError if a space is not `Discrete`, or the policy or the seed is none. */
  constructor(where: string, task: Task, options: Required<PredictionOptions>) {
    const states = requireDiscrete(where, 'observations', task.observationSpace);
    const actions = requireDiscrete(where, 'actions', task.actionSpace);
    this.#policy = new GivenPolicy(where, options.policy, states.n, actions.n);
    this.#stepSize = options.stepSize;
    this.#rng = new Alea(options.seed, 'agent');
    this.values = new Float64Array(states.n).fill(options.initialValue);
  }

  /** α now. */
  get stepSize(): number {
    return scheduleValue(this.#stepSize, this.steps);
  }

  /** Takes an action from every state as the policy says. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#policy.act(states, actions, this.#rng, actionMasks);
  }

  /** The policy that is given, which is what there is to evaluate; it has draws of its own. */
  greedy(): Policy {
    return policyAlone(this.#policy);
  }

  /** V and π. */
  inspect([state]: Float32Array, actionMask?: Uint8Array): Inspection {
    return { value: this.values[state], policy: this.#policy.chances(state, actionMask) };
  }

  metrics(): Readonly<Record<string, number>> {
    return { stepSize: this.stepSize };
  }

  /** @param arrays What the agent keeps besides. */
  save(kind: string, arrays: SavedArrays = {}): SavedData {
    return { ...saveParts(kind, this.#parts(arrays)), steps: this.steps };
  }

  /**
   * @param arrays What the agent keeps besides: filled.
   * @param check Looks through the arrays once they are filled; where it throws, they are put back.
   * @throws Error if the data is of another kind, version or shape; nothing has changed then.
   */
  restore(
    where: string,
    kind: string,
    saved: SavedData,
    arrays: SavedArrays = {},
    check?: (arrays: SavedArrays) => void,
  ): void {
    checkSavedHeader(where, saved, kind, 1);
    const steps = savedCount(where, saved, 'steps');
    restoreParts(where, saved, kind, this.#parts(arrays), () => check?.(arrays));
    this.steps = steps;
  }

  #parts(arrays: SavedArrays): SavedParts {
    return { values: this.values, ...arrays, rng: this.#rng };
  }
}
