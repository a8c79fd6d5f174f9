import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { checkSavedRange, type SavedArrays } from '../saved-parts.ts';
import type { EpsilonGreedyTable } from './epsilon-greedy-table.ts';

const NONE = -1;

/**
 * A′ of each copy of a world: the action that an agent has already chosen when it learns.
 *
 * The order is act, learn, act: `learn` chooses A′ from S′ to learn from it, and the next `act` on the
 * same row takes that very action, unless the episode has ended. An action is taken once; where `act`
 * is asked for another state than S′, or the action is illegal there, it chooses anew.
 */
export class NextActions {
  readonly #states: Int32Array; // S′, [numCopies]
  readonly #actions: Int32Array; // A′, [numCopies]; NONE where there is none

  constructor(numCopies: number) {
    this.#states = new Int32Array(numCopies);
    this.#actions = new Int32Array(numCopies).fill(NONE);
  }

  /** The arrays it consists of, to be saved and filled. */
  get arrays(): SavedArrays {
    return { nextStates: this.#states, nextActions: this.#actions };
  }

  /** @throws Error if saved arrays hold an action that there is not. */
  check(where: string, arrays: SavedArrays, numActions: number): void {
    checkSavedRange(where, 'nextActions', arrays.nextActions, NONE, numActions - 1);
  }

  /** Takes the actions that were chosen, and chooses where there is none. */
  act(
    table: EpsilonGreedyTable,
    states: Float32Array,
    actions: ActionColumn,
    actionMasks: Uint8Array | undefined,
  ): void {
    const { numActions } = table.actionValues;
    for (let i = 0; i < actions.length; i++) {
      const chosen = i < this.#actions.length ? this.#actions[i] : NONE;
      const isLegal =
        chosen !== NONE &&
        this.#states[i] === states[i] &&
        (actionMasks === undefined || actionMasks[i * numActions + chosen] === 1);
      actions[i] = isLegal ? chosen : table.choose(states[i], actionMasks, i);
      if (chosen !== NONE) this.#actions[i] = NONE;
    }
  }

  /**
   * Chooses A′ from the S′ of row i, which must not be terminal, and keeps it for the next `act`;
   * where the episode was truncated there is no such act.
   */
  choose(table: EpsilonGreedyTable, transitions: Transitions, i: number): number {
    const nextState = transitions.nextObservations[i];
    const nextAction = table.choose(nextState, transitions.nextActionMasks, i);
    this.#states[i] = nextState;
    this.#actions[i] = transitions.truncated[i] ? NONE : nextAction;
    return nextAction;
  }

  /** Row i has ended: nothing is chosen. */
  forget(i: number): void {
    this.#actions[i] = NONE;
  }
}
