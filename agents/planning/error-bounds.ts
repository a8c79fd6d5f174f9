import { type Change, LARGEST, LEAST, size } from './bellman.ts';
import type { ExpectedModel } from './expected-model.ts';
import { boundLongestEpisode } from './longest-episode.ts';

/** Where the true values lie, seen from an estimate V: v(s) − V(s) is from `low` to `high`. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** What the bounds of all sweeps of a model need to know of it. */
export interface BoundFacts {
  readonly discount: number;
  /** The least and the largest chance that the episode goes on, over all legal actions. */
  readonly leastMass: number;
  readonly largestMass: number;
  /** Every step that surely goes on costs at least this; 0 where one does not cost. */
  readonly stepCost: number;
  /** No policy takes more steps on average from any state; `Infinity` where none is known. */
  readonly longestEpisode: number;
  /** b ≥ 0 such that r(s, a) ≤ −c p + b (1 − p), p the chance to go on and c the `stepCost`. */
  readonly endReward: number;
}

/** Looks a model through for what bounds its values. */
export function boundFacts(model: ExpectedModel, discount: number): BoundFacts {
  const { rowStart, probability, reward, ending } = model;
  let leastMass = Infinity;
  let largestMass = 0;
  let stepCost = Infinity;
  for (let row = 0; row < reward.length; row++) {
    if (reward[row] === -Infinity) continue;
    const mass = massOf(rowStart, probability, row);
    leastMass = Math.min(leastMass, mass);
    largestMass = Math.max(largestMass, mass);
    if (mass > 0 && ending[row] === 0) stepCost = Math.min(stepCost, -reward[row]);
  }
  if (!(stepCost > 0 && stepCost < Infinity)) stepCost = 0;
  let endReward = 0;
  for (let row = 0; row < reward.length; row++) {
    if (ending[row] === 0 || reward[row] === -Infinity) continue;
    const mass = massOf(rowStart, probability, row);
    endReward = Math.max(endReward, (reward[row] + stepCost * mass) / ending[row]);
  }
  const undiscounted = discount === 1 && stepCost === 0;
  const longestEpisode = undiscounted ? boundLongestEpisode(model) : Infinity;
  return { discount, leastMass, largestMass, stepCost, endReward, longestEpisode };
}

function massOf(rowStart: Int32Array, probability: Float64Array, row: number): number {
  let mass = 0;
  for (let i = rowStart[row]; i < rowStart[row + 1]; i++) mass += probability[i];
  return mass;
}

/**
 * Bounds on v − TV, from what the backup T of all states changed in V: with m and M the least and the
 * largest change,
 *
 *     TV + γ / (1 − γ) m ≤ v ≤ TV + γ / (1 − γ) M.
 *
 * Where episodes end, a change for the better cannot count on its successors, nor one for the worse:
 * γ is then γ times the least, or the largest, chance to go on. Without discount, a step that costs
 * bounds the length of the episodes that can be best: see `undiscountedBounds`.
 *
 * @param change Of a sweep that did not run in place: all successors still had their old values.
 * @param rounding How far a backup may be off by rounding.
 *
 * Source: MacQueen (1966), "A modified dynamic programming method for Markovian decision problems";
 * Porteus (1971), "Some bounds for discounted sequential decision processes"; Puterman (1994),
 * theorem 6.6.3.
 */
export function valueBounds(
  facts: BoundFacts,
  change: Change,
  values: Float64Array,
  rounding: number,
): Bounds {
  const { discount, leastMass, largestMass } = facts;
  if (!contracts(facts)) return undiscountedBounds(facts, size(change) + rounding, values);
  const drift = (extreme: number, towards: number) => {
    const off = extreme + towards * rounding;
    const factor = discount * (off * towards > 0 ? largestMass : leastMass);
    return (factor / (1 - factor)) * off + towards * rounding;
  };
  return { low: drift(change[LEAST], -1), high: drift(change[LARGEST], 1) };
}

/** Whether sweeps come to bounds, sooner or later. */
export function hasBounds(facts: BoundFacts): boolean {
  return contracts(facts) || facts.stepCost > 0 || facts.longestEpisode < Infinity;
}

/** Whether every sweep brings the values nearer, whatever is done. */
function contracts({ discount, largestMass }: BoundFacts): boolean {
  return discount * largestMass < 1 - 1e-15;
}

/**
 * Bounds without discount. Each step of an episode adds no more than the largest error ε of the Bellman
 * equations to the error of the values, so ε times the length of the episodes bounds it.
 *
 * Where every step that surely goes on costs c or more, an episode that is worth w has at most
 * 1 + (b − w) / c steps on average. Elsewhere there is a bound if every policy ends.
 *
 * Source: our own; the argument is that of Bertsekas & Tsitsiklis (1991), "An analysis of stochastic
 * shortest path problems", for costs that are bounded away from 0.
 */
function undiscountedBounds(facts: BoundFacts, error: number, values: Float64Array): Bounds {
  const { stepCost, endReward, longestEpisode, discount } = facts;
  if (longestEpisode < Infinity)
    return { low: -error * longestEpisode, high: error * longestEpisode };
  if (discount !== 1 || !(error < stepCost)) return { low: -Infinity, high: Infinity };
  let least = Infinity;
  for (let state = 0; state < values.length; state++) least = Math.min(least, values[state]);
  // For the greedy policy π, N ≤ 1 + (b − v_π) / c and v_π ≥ V − ε N give N. The best policy takes no
  // more steps, for v* ≥ v_π.
  const steps = (1 + (endReward - least) / stepCost) / (1 - error / stepCost);
  return { low: -error * steps, high: error * steps };
}
