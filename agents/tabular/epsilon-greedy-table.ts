import type { Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween, checkFinite, resolveOptions } from '../../core/check.ts';
import { checkSavedHeader, type SavedData, savedCount } from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import { restoreParts, type SavedArrays, type SavedParts, saveParts } from '../saved-parts.ts';
import { requireDiscrete, type Task } from '../task.ts';
import { greedyPolicy } from './greedy-policy.ts';

/** How to act and learn with a table; schedules run over the environment steps learned from. */
export interface ControlOptions {
  /** α, in [0, 1]. Default 0.1. */
  readonly stepSize?: Schedule;
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** ε, chance of a random action, in [0, 1]. Default 0.1. */
  readonly epsilon?: Schedule;
  /** What every Q(s, a) starts as; above any true value it drives exploration. Default 0. */
  readonly initialValue?: number;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that agents of control have in common. */
export const CONTROL_DEFAULTS: Required<ControlOptions> = {
  stepSize: 0.1,
  discount: 0.99,
  epsilon: 0.1,
  initialValue: 0,
  seed: 0,
};

/**
 * Lays the given options over the defaults, and checks those that agents of control have in common.
 *
 * @throws RangeError if one is unknown or out of range.
 */
export function resolveControlOptions<T extends Omit<ControlOptions, 'discount'>>(
  where: string,
  defaults: Required<T>,
  given: T | undefined,
): Required<T> {
  const options = resolveOptions<T>(where, defaults, given) as Required<T> & ControlOptions;
  checkSchedule(`${where}: stepSize`, options.stepSize as Schedule, 0, 1);
  if ('discount' in defaults) checkBetween(`${where}: discount`, options.discount as number, 0, 1);
  checkSchedule(`${where}: epsilon`, options.epsilon as Schedule, 0, 1);
  checkFinite(`${where}: initialValue`, options.initialValue as number);
  return options;
}

/** Q(s, a) and the policy that is ε-greedy in it: what agents of control have in common. */
export class EpsilonGreedyTable {
  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;
  readonly rng: Alea;
  /** Environment steps learned from. */
  steps = 0;

  readonly #options: Required<Omit<ControlOptions, 'discount'>>;

  /** @throws RangeError if a space is not `Discrete`, or the seed is none. */
  constructor(where: string, task: Task, options: Required<Omit<ControlOptions, 'discount'>>) {
    const states = requireDiscrete(where, 'observations', task.observationSpace);
    const actions = requireDiscrete(where, 'actions', task.actionSpace);
    this.#options = options;
    this.rng = new Alea(options.seed, 'agent');
    this.actionValues = new ActionValues(states.n, actions.n, options.initialValue);
  }

  /** ε now. */
  get epsilon(): number {
    const { epsilon } = this.#options;
    return typeof epsilon === 'number' ? epsilon : scheduleValue(epsilon, this.steps); // no call
  }

  /** α now. */
  get stepSize(): number {
    const { stepSize } = this.#options;
    return typeof stepSize === 'number' ? stepSize : scheduleValue(stepSize, this.steps); // no call
  }

  /** An action chosen from `state` with the policy that is ε-greedy in Q; ties broken randomly. */
  choose(state: number, masks?: Uint8Array, maskRow: number = 0): number {
    return this.actionValues.epsilonGreedyAction(state, this.epsilon, this.rng, masks, maskRow);
  }

  /** Chooses an action from every state. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const { epsilon } = this;
    for (let i = 0; i < actions.length; i++) {
      actions[i] = this.actionValues.epsilonGreedyAction(
        states[i],
        epsilon,
        this.rng,
        actionMasks,
        i,
      );
    }
  }

  /** The policy that is greedy in Q; the lowest action wins a tie. */
  greedy(): Policy {
    return greedyPolicy(this.actionValues);
  }

  /** Q, π, maxₐ Q(s, a) and the whole table. */
  inspect([state]: Float32Array, actionMask?: Uint8Array): Inspection {
    return {
      actionValues: this.actionValues.row(state),
      policy: this.actionValues.epsilonGreedyPolicy(state, this.epsilon, actionMask),
      value: this.actionValues.value(state, actionMask),
      actionValueTable: new Float64Array(this.actionValues.table),
    };
  }

  metrics(): Readonly<Record<string, number>> {
    return { epsilon: this.epsilon, stepSize: this.stepSize };
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
    return { values: this.actionValues.table, ...arrays, rng: this.rng };
  }
}
