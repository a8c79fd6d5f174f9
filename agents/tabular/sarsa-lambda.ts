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
import { NextActions } from './next-actions.ts';
import { TRACE_KINDS, type TraceKind, Traces } from './traces.ts';

/** How to learn; schedules run over the environment steps learned from. */
export interface SarsaLambdaOptions extends ControlOptions {
  /** λ, in [0, 1]: 0 is SARSA, 1 a Monte Carlo method. Default 0.9. */
  readonly lambda?: number;
  /** `accumulating`, `replacing` or `dutch`. Default `replacing`. */
  readonly traces?: TraceKind;
}

/** The options that `new SarsaLambda(task)` stands for. */
export const SARSA_LAMBDA_DEFAULTS: Required<SarsaLambdaOptions> = {
  ...CONTROL_DEFAULTS,
  lambda: 0.9,
  traces: 'replacing',
};

/**
 * SARSA(λ): on-policy control; each error goes back to all that was done in the episode, the less the
 * longer ago.
 *
 * Each copy of the world has its own traces; the table is one. `learn` chooses A′, and the next `act`
 * on the same row takes it.
 *
 * Source: Rummery & Niranjan (1994); Sutton & Barto (2018), section 12.7, box "Sarsa(λ) with binary
 * features", with a table.
 */
export class SarsaLambda implements Agent {
  readonly name = 'sarsa-lambda';
  readonly options: Required<SarsaLambdaOptions>;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  readonly #table: EpsilonGreedyTable;
  readonly #nextActions: NextActions;
  readonly #traces: Traces;
  readonly #numCopies: number;

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: SarsaLambdaOptions = {}) {
    this.options = resolveControlOptions('SarsaLambda', SARSA_LAMBDA_DEFAULTS, options);
    checkBetween('SarsaLambda: lambda', this.options.lambda, 0, 1);
    checkOneOf('SarsaLambda: traces', this.options.traces, TRACE_KINDS);
    this.#table = new EpsilonGreedyTable('SarsaLambda', task, this.options);
    this.actionValues = this.#table.actionValues;
    this.#numCopies = numCopies('SarsaLambda', task);
    this.#nextActions = new NextActions(this.#numCopies);
    this.#traces = new Traces(this.#numCopies, this.actionValues.table.length);
  }

  /** A ← A′; where an episode begins, chooses A from S with the policy that is ε-greedy in Q. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#nextActions.act(this.#table, states, actions, actionMasks);
  }

  /**
   * Q ← Q + α δ z, with δ = R + γ Q(S′, A′) − Q(S, A), for each transition.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, rewards, nextObservations, terminated, truncated } = transitions;
    const { table, numActions } = this.actionValues;
    const { discount, lambda, traces: kind } = this.options;
    const traces = this.#traces;
    checkCopies('SarsaLambda.learn', actions.length, this.#numCopies);
    for (let i = 0; i < actions.length; i++) {
      checkReward('SarsaLambda.learn', rewards[i], this.#table.steps);
      const entry = observations[i] * numActions + actions[i];
      const stepSize = this.#table.stepSize;
      // z ← γ λ z; then z(S, A) ← z(S, A) + 1, or 1.
      traces.decay(i, discount * lambda);
      traces.visit(i, entry, kind, stepSize);
      // δ ← R − Q(S, A); if S′ is not terminal, choose A′ ~ π(· | S′) and δ ← δ + γ Q(S′, A′).
      let next = 0;
      if (terminated[i]) {
        this.#nextActions.forget(i);
      } else {
        const nextAction = this.#nextActions.choose(this.#table, transitions, i);
        next = table[nextObservations[i] * numActions + nextAction];
      }
      const error = rewards[i] + discount * next - table[entry];
      // Q ← Q + α δ z.
      traces.addTo(table, i, stepSize * error);
      if (terminated[i] || truncated[i]) traces.clear(i); // z ← 0
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
    return this.#table.save(this.name, { ...this.#nextActions.arrays, ...this.#traces.arrays });
  }

  restore(saved: SavedData): void {
    const where = 'SarsaLambda.restore';
    this.#table.restore(
      where,
      this.name,
      saved,
      { ...this.#nextActions.arrays, ...this.#traces.arrays },
      (arrays) => {
        this.#nextActions.check(where, arrays, this.actionValues.numActions);
      },
    );
    this.#traces.refresh();
  }
}
