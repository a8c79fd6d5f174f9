import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { checkBetween, checkOneOf } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import type { ActionValues } from '../action-values.ts';
import { checkCopies, checkReward, numCopies, type Task } from '../task.ts';
import {
  CONTROL_DEFAULTS,
  type ControlOptions,
  EpsilonGreedyTable,
  resolveControlOptions,
} from './epsilon-greedy-table.ts';
import { TRACE_KINDS, type TraceKind, Traces } from './traces.ts';

/** How to learn; schedules run over the environment steps learned from. */
export interface QLambdaOptions extends ControlOptions {
  /** λ, in [0, 1]: 0 is Q-learning. Default 0.9. */
  readonly lambda?: number;
  /** `accumulating`, `replacing` or `dutch`. Default `accumulating`. */
  readonly traces?: TraceKind;
}

/** The options that `new QLambda(task)` stands for. */
export const Q_LAMBDA_DEFAULTS: Required<QLambdaOptions> = {
  ...CONTROL_DEFAULTS,
  lambda: 0.9,
  traces: 'accumulating',
};

/**
 * Watkins's Q(λ): off-policy control; each error goes back to what was done in the episode, as far as
 * the last action that was not greedy.
 *
 * Any behavior will do. Each copy of the world has its own traces; the table is one.
 *
 * Source: Watkins (1989), in the form of Sutton & Barto (1998), section 7.6, figure 7.14; (2018),
 * section 12.10. Differs from the source in that the traces are cut when the exploring action has been
 * taken, not when it is chosen, by the values of that time.
 */
export class QLambda implements Agent {
  readonly name = 'q-lambda';
  readonly options: Required<QLambdaOptions>;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  readonly #table: EpsilonGreedyTable;
  readonly #traces: Traces;
  readonly #masks: Uint8Array; // 𝒜(S) of each copy's next step, [numCopies × numActions]
  readonly #numCopies: number;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: QLambdaOptions = {}) {
    this.options = resolveControlOptions('QLambda', Q_LAMBDA_DEFAULTS, options);
    checkBetween('QLambda: lambda', this.options.lambda, 0, 1);
    checkOneOf('QLambda: traces', this.options.traces, TRACE_KINDS);
    this.#table = new EpsilonGreedyTable('QLambda', task, this.options);
    this.actionValues = this.#table.actionValues;
    this.#numCopies = numCopies('QLambda', task);
    this.#traces = new Traces(this.#numCopies, this.actionValues.table.length);
    this.#masks = new Uint8Array(this.#numCopies * this.actionValues.numActions).fill(1);
  }

  /** Chooses A from S with the policy that is ε-greedy in Q. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#table.act(states, actions, actionMasks);
  }

  /**
   * Q ← Q + α δ e, with δ = R + γ maxₐ Q(S′, a) − Q(S, A), for each transition.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated, truncated } = transitions;
    const { nextActionMasks } = transitions;
    const { table, numActions } = this.actionValues;
    const { discount, lambda, traces: kind } = this.options;
    const traces = this.#traces;
    checkCopies('QLambda.learn', actions.length, this.#numCopies);
    for (let i = 0; i < actions.length; i++) {
      checkReward('QLambda.learn', rewards[i], this.#table.steps);
      const entry = observations[i] * numActions + actions[i];
      const stepSize = this.#table.stepSize;
      // If A = argmaxₐ Q(S, a), a tie included, then e ← γ λ e; else e ← 0.
      const isGreedy = table[entry] >= this.actionValues.value(observations[i], this.#masks, i);
      traces.decay(i, isGreedy ? discount * lambda : 0);
      // e(S, A) ← e(S, A) + 1.
      traces.visit(i, entry, kind, stepSize);
      // δ ← R + γ Q(S′, argmaxₐ Q(S′, a)) − Q(S, A).
      const next = terminated[i]
        ? 0
        : this.actionValues.value(nextObservations[i], nextActionMasks, i);
      const error = rewards[i] + discount * next - table[entry];
      // Q ← Q + α δ e.
      traces.addTo(table, i, stepSize * error);
      if (terminated[i] || truncated[i]) traces.clear(i); // e ← 0
      if (nextActionMasks !== undefined) {
        const start = i * numActions;
        for (let k = start; k < start + numActions; k++) this.#masks[k] = nextActionMasks[k];
      }
      this.#table.steps++;
    }
  }

  /** The policy that is greedy in Q; the lowest action wins a tie. */
  greedy(): Policy {
    return this.#table.greedy();
  }

  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    return this.#table.inspect(observation, actionMask);
  }

  metrics(): Readonly<Record<string, number>> {
    return this.#table.metrics();
  }

  save(): SavedData {
    return this.#table.save(this.name, { ...this.#traces.arrays, masks: this.#masks });
  }

  restore(saved: SavedData): void {
    this.#table.restore('QLambda.restore', this.name, saved, {
      ...this.#traces.arrays,
      masks: this.#masks,
    });
    this.#traces.refresh();
  }
}
