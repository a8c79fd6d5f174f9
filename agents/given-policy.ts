import type { Alea } from '../core/alea.ts';
import { checkBetween, checkInteger, checkLength, show } from '../core/check.ts';
import type { ActionColumn } from '../core/transitions.ts';
import { countLegal, randomLegalAction } from './action-values.ts';

/**
 * A policy that is given rather than learned, as JSON: `random` for any legal action with the same
 * chance, or an element for each state, either the one action taken there or the chance of each,
 * `[numActions]`, which sum to 1.
 */
export type PolicyOption = 'random' | readonly (number | readonly number[])[];

/**
 * Chooses actions as a given policy says.
 *
 * Where an action is illegal, its chance goes to the others in their proportion; where none that the
 * policy would take is legal, to all legal ones evenly.
 */
export class GivenPolicy {
  readonly numActions: number;
  readonly #chances: Float64Array | null; // [numStates × numActions]; none where all are alike

  /** @throws RangeError if the policy does not fit the states and actions. */
  constructor(where: string, policy: PolicyOption, numStates: number, numActions: number) {
    this.numActions = numActions;
    this.#chances = policy === 'random' ? null : readTable(where, policy, numStates, numActions);
  }

  /** Writes an action for each state into `actions`. */
  act(
    states: Float32Array,
    actions: ActionColumn,
    rng: Alea,
    actionMasks: Uint8Array | undefined,
  ): void {
    for (let i = 0; i < actions.length; i++) {
      actions[i] = this.choose(states[i], rng, actionMasks, i);
    }
  }

  /** A ~ π(· | state). */
  choose(state: number, rng: Alea, masks?: Uint8Array, maskRow: number = 0): number {
    const { numActions } = this;
    const sum = this.#legalSum(state, masks, maskRow);
    if (this.#chances === null || sum === 0) {
      if (masks === undefined) return rng.below(numActions);
      return randomLegalAction(rng, numActions, masks, maskRow);
    }
    let rest = rng.uniform() * sum;
    let last = -1;
    for (let action = 0; action < numActions; action++) {
      const chance = this.#chances[state * numActions + action];
      if (chance === 0 || (masks !== undefined && masks[maskRow * numActions + action] === 0)) {
        continue;
      }
      last = action;
      rest -= chance;
      if (rest < 0) break;
    }
    return last;
  }

  /** π(action | state), of a legal action. */
  chance(state: number, action: number, masks?: Uint8Array, maskRow: number = 0): number {
    const sum = this.#legalSum(state, masks, maskRow);
    if (this.#chances !== null && sum > 0) {
      return this.#chances[state * this.numActions + action] / sum;
    }
    return 1 / countLegal(this.numActions, masks, maskRow);
  }

  /** π(a | state), `[numActions]`, a new array. */
  chances(state: number, mask?: Uint8Array): Float64Array {
    const { numActions } = this;
    const sum = this.#legalSum(state, mask, 0);
    const legal = Float64Array.from({ length: numActions }, (_, a) => (mask?.[a] === 0 ? 0 : 1));
    const numLegal = legal.reduce((total, one) => total + one, 0);
    return legal.map((one, action) => {
      if (this.#chances === null || sum === 0) return one / numLegal;
      return (one * this.#chances[state * numActions + action]) / sum;
    });
  }

  #legalSum(state: number, masks: Uint8Array | undefined, maskRow: number): number {
    if (this.#chances === null) return 0;
    const { numActions } = this;
    let sum = 0;
    for (let action = 0; action < numActions; action++) {
      if (masks !== undefined && masks[maskRow * numActions + action] === 0) continue;
      sum += this.#chances[state * numActions + action];
    }
    return sum;
  }
}

function readTable(
  where: string,
  policy: Exclude<PolicyOption, 'random'>,
  numStates: number,
  numActions: number,
): Float64Array {
  if (!Array.isArray(policy)) {
    throw new RangeError(
      `${where}: policy must be "random" or a list with an element for each state, got ${show(policy)}.`,
    );
  }
  checkLength(`${where}: policy`, policy, numStates);
  const chances = new Float64Array(numStates * numActions);
  policy.forEach((element: number | readonly number[], state) => {
    const name = `${where}: policy[${state}]`;
    if (!Array.isArray(element)) {
      checkInteger(name, element as number, 0, numActions - 1);
      chances[state * numActions + (element as number)] = 1;
      return;
    }
    checkLength(name, element, numActions);
    let sum = 0;
    element.forEach((chance, action) => {
      checkBetween(`${name}[${action}]`, chance, 0, 1);
      sum += chance;
    });
    if (Math.abs(sum - 1) > 1e-9) throw new RangeError(`${name} must sum to 1, got ${sum}.`);
    chances.set(element, state * numActions);
  });
  return chances;
}
