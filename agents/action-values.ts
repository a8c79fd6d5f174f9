import type { Rng } from '../core/rng.ts';

/**
 * Choices from a table of action values Q, `[rows × numActions]`, row-major.
 *
 * Every function takes the row's number and, where some actions can be illegal, the masks of a
 * batch with the row's number therein; an action whose mask is 0 is never chosen.
 */
export class ActionValues {
  /** Q — `[numRows × numActions]`, row-major. */
  readonly table: Float64Array;
  readonly numRows: number;
  readonly numActions: number;

  /** @param initialValue What every entry starts as. */
  constructor(numRows: number, numActions: number, initialValue: number = 0) {
    this.table = new Float64Array(numRows * numActions).fill(initialValue);
    this.numRows = numRows;
    this.numActions = numActions;
  }

  /** argmaxₐ Q(row, a) over the legal actions; the lowest action wins a tie. */
  greedyAction(row: number, masks?: Uint8Array, maskRow: number = 0): number {
    const { table, numActions } = this;
    const start = row * numActions;
    let best = -1;
    let bestValue = -Infinity;
    for (let action = 0; action < numActions; action++) {
      if (masks !== undefined && masks[maskRow * numActions + action] === 0) continue;
      const value = table[start + action];
      if (best === -1 || value > bestValue) {
        best = action;
        bestValue = value;
      }
    }
    return best;
  }

  /** maxₐ Q(row, a) over the legal actions. */
  value(row: number, masks?: Uint8Array, maskRow: number = 0): number {
    const { table, numActions } = this;
    const start = row * numActions;
    if (masks !== undefined) return table[start + this.greedyAction(row, masks, maskRow)];
    let best = table[start];
    for (let i = start + 1; i < start + numActions; i++) if (table[i] > best) best = table[i];
    return best;
  }

  /** The action of `row` that is greedy in Q; each of those that tie with the same chance. */
  greedyActionAtRandom(row: number, rng: Rng, masks?: Uint8Array, maskRow: number = 0): number {
    const { table, numActions } = this;
    const start = row * numActions;
    let best = -1;
    let bestValue = -Infinity;
    let numTied = 0;
    for (let action = 0; action < numActions; action++) {
      if (masks !== undefined && masks[maskRow * numActions + action] === 0) continue;
      const value = table[start + action];
      if (best === -1 || value > bestValue) {
        best = action;
        bestValue = value;
        numTied = 1;
      } else if (value === bestValue) {
        numTied++;
      }
    }
    if (numTied === 1) return best;
    let rank = rng.below(numTied);
    for (let action = best; ; action++) {
      if (this.#isBest(row, action, bestValue, masks, maskRow) && rank-- === 0) return action;
    }
  }

  /** With probability ε a random legal action; otherwise a greedy one. */
  epsilonGreedyAction(
    row: number,
    epsilon: number,
    rng: Rng,
    masks?: Uint8Array,
    maskRow: number = 0,
  ): number {
    const explore = rng.uniform() < epsilon;
    if (!explore) return this.greedyActionAtRandom(row, rng, masks, maskRow);
    if (masks === undefined) return rng.below(this.numActions);
    return randomLegalAction(rng, this.numActions, masks, maskRow);
  }

  /** π(a | row) of `epsilonGreedyAction`, `[numActions]`, a new array. */
  epsilonGreedyPolicy(row: number, epsilon: number, mask?: Uint8Array): Float64Array {
    const { numActions } = this;
    const bestValue = this.value(row, mask);
    const policy = new Float64Array(numActions);
    let numLegal = 0;
    let numTied = 0;
    for (let action = 0; action < numActions; action++) {
      if (mask === undefined || mask[action] !== 0) numLegal++;
      if (this.#isBest(row, action, bestValue, mask, 0)) numTied++;
    }
    for (let action = 0; action < numActions; action++) {
      if (mask === undefined || mask[action] !== 0) policy[action] = epsilon / numLegal;
      if (this.#isBest(row, action, bestValue, mask, 0)) policy[action] += (1 - epsilon) / numTied;
    }
    return policy;
  }

  /** Σₐ π(a | row) Q(row, a) of `epsilonGreedyAction`: (1 − ε) maxₐ Q(row, a) + ε times the mean. */
  expectedValue(row: number, epsilon: number, masks?: Uint8Array, maskRow: number = 0): number {
    const { table, numActions } = this;
    const best = this.value(row, masks, maskRow);
    if (epsilon === 0) return best;
    let sum = 0;
    let numLegal = 0;
    for (let action = 0; action < numActions; action++) {
      if (masks !== undefined && masks[maskRow * numActions + action] === 0) continue;
      sum += table[row * numActions + action];
      numLegal++;
    }
    return (1 - epsilon) * best + (epsilon * sum) / numLegal;
  }

  /** π(action | row) of `epsilonGreedyAction`, of a legal action. */
  epsilonGreedyChance(
    row: number,
    action: number,
    epsilon: number,
    masks?: Uint8Array,
    maskRow: number = 0,
  ): number {
    const { numActions } = this;
    const bestValue = this.value(row, masks, maskRow);
    let numLegal = 0;
    let numTied = 0;
    for (let other = 0; other < numActions; other++) {
      if (masks === undefined || masks[maskRow * numActions + other] !== 0) numLegal++;
      if (this.#isBest(row, other, bestValue, masks, maskRow)) numTied++;
    }
    const greedy = this.#isBest(row, action, bestValue, masks, maskRow) ? 1 / numTied : 0;
    return (1 - epsilon) * greedy + epsilon / numLegal;
  }

  /** Q(row, ·), `[numActions]`, a new array. */
  row(row: number): Float64Array {
    const { table, numActions } = this;
    const values = new Float64Array(numActions); // `slice` costs four times as much here
    for (let action = 0; action < numActions; action++) {
      values[action] = table[row * numActions + action];
    }
    return values;
  }

  #isBest(
    row: number,
    action: number,
    bestValue: number,
    masks: Uint8Array | undefined,
    maskRow: number,
  ): boolean {
    if (masks !== undefined && masks[maskRow * this.numActions + action] === 0) return false;
    return this.table[row * this.numActions + action] === bestValue;
  }
}

/**
 * One of the legal actions, each with the same chance.
 *
 * @param masks `[rows × numActions]`, 1 where an action is legal.
 * @param maskRow The row to look at.
 */
export function randomLegalAction(
  rng: Rng,
  numActions: number,
  masks: Uint8Array,
  maskRow: number = 0,
): number {
  const start = maskRow * numActions;
  let numLegal = 0;
  for (let action = 0; action < numActions; action++) numLegal += masks[start + action];
  let rank = rng.below(numLegal);
  for (let action = 0; ; action++) if (masks[start + action] === 1 && rank-- === 0) return action;
}

/** How many actions row `maskRow` of the masks allows; all where there are none. */
export function countLegal(numActions: number, masks?: Uint8Array, maskRow: number = 0): number {
  if (masks === undefined) return numActions;
  let numLegal = 0;
  for (let action = 0; action < numActions; action++) {
    numLegal += masks[maskRow * numActions + action];
  }
  return numLegal;
}
