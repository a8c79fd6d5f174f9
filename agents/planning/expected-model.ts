import type { TabularModel } from '../../core/tabular-model.ts';

/**
 * A model as planning needs it: what an action earns on average, and where it leads on.
 *
 *     r(s, a)      = Σ r p(s′, r | s, a)      row s · numActions + a of `reward`
 *     p(s′ | s, a) = Σ p(s′, r | s, a)        over the outcomes that do not end the episode
 *
 * An illegal action earns −∞ and leads nowhere, so that no maximum takes it.
 *
 * Source: Sutton & Barto (2018), equations 3.4 and 3.5.
 */
export interface ExpectedModel {
  readonly numStates: number;
  readonly numActions: number;
  /** Where the outcomes of a row begin, `[numStates · numActions + 1]`. */
  readonly rowStart: Int32Array;
  /** s′ of each outcome that goes on. */
  readonly nextState: Int32Array;
  /** p of each outcome that goes on. */
  readonly probability: Float64Array;
  /** r(s, a), `[numStates · numActions]`; −∞ where a is illegal in s. */
  readonly reward: Float64Array;
  /** Chance that the episode ends with the action, `[numStates · numActions]`. */
  readonly ending: Float64Array;
  /** The longest row: outcomes of one action. */
  readonly mostOutcomes: number;
  /** The largest |r| of an outcome. */
  readonly largestReward: number;
}

/** A model as worlds give it, or made ready once for several calls. */
export type PlanningModel = TabularModel | ExpectedModel;

/**
 * Makes a model ready for planning. Every function that plans does so by itself; doing it once
 * beforehand saves the time for a model that is planned in several times.
 *
 * @throws RangeError if a row's chances do not sum to 1, a state is none, or a reward is not finite.
 */
export function expectModel(model: PlanningModel): ExpectedModel {
  if ('ending' in model) return model;
  const { numStates, numActions, actionMasks } = model;
  const numRows = numStates * numActions;
  const rowStart = new Int32Array(numRows + 1);
  const reward = new Float64Array(numRows);
  const ending = new Float64Array(numRows);
  let numOutcomes = 0;
  for (let row = 0; row < numRows; row++) {
    checkRow(model, row);
    numOutcomes += outcomesThatGoOn(model, row);
  }
  const nextState = new Int32Array(numOutcomes);
  const probability = new Float64Array(numOutcomes);
  let mostOutcomes = 0;
  let largestReward = 0;
  let entry = 0;
  for (let row = 0; row < numRows; row++) {
    rowStart[row + 1] = entry;
    if (actionMasks !== undefined && actionMasks[row] === 0) {
      if (hasLegalAction(model, Math.floor(row / numActions))) reward[row] = -Infinity;
      else ending[row] = 1; // where nothing is legal, all is over
      continue;
    }
    mostOutcomes = Math.max(mostOutcomes, model.rowStart[row + 1] - model.rowStart[row]);
    for (let i = model.rowStart[row]; i < model.rowStart[row + 1]; i++) {
      const chance = model.probability[i];
      if (chance === 0) continue;
      reward[row] += chance * model.reward[i];
      largestReward = Math.max(largestReward, Math.abs(model.reward[i]));
      if (model.terminated[i] !== 0) {
        ending[row] += chance;
        continue;
      }
      nextState[entry] = model.nextState[i];
      probability[entry] = chance;
      entry++;
    }
    rowStart[row + 1] = entry;
  }
  const columns = { rowStart, nextState, probability, reward, ending };
  return { numStates, numActions, ...columns, mostOutcomes, largestReward };
}

function outcomesThatGoOn(model: TabularModel, row: number): number {
  if (model.actionMasks !== undefined && model.actionMasks[row] === 0) return 0;
  let count = 0;
  for (let i = model.rowStart[row]; i < model.rowStart[row + 1]; i++) {
    if (model.terminated[i] === 0 && model.probability[i] !== 0) count++;
  }
  return count;
}

function hasLegalAction({ numActions, actionMasks }: TabularModel, state: number): boolean {
  if (actionMasks === undefined) return true;
  for (let action = 0; action < numActions; action++) {
    if (actionMasks[state * numActions + action] !== 0) return true;
  }
  return false;
}

function checkRow(model: TabularModel, row: number): void {
  const { numStates, numActions, rowStart, nextState, probability, reward } = model;
  let sum = 0;
  for (let i = rowStart[row]; i < rowStart[row + 1]; i++) {
    const fine = nextState[i] >= 0 && nextState[i] < numStates && Number.isFinite(reward[i]);
    sum += fine && probability[i] >= 0 ? probability[i] : Number.NaN;
  }
  if (Math.abs(sum - 1) < 1e-9) return;
  throw new RangeError(
    `The model, state ${Math.floor(row / numActions)}, action ${row % numActions}: the probabilities must be at least 0 and sum to 1, the rewards finite, and the next states from 0 to ${numStates - 1}.`,
  );
}

/**
 * The chain that a policy makes of a model: a model with a single action.
 *
 * @param policy The action of each state, `Int32Array [numStates]`, or π(a | s),
 *   `Float64Array [numStates × numActions]`.
 * @throws RangeError if the policy does not fit the model: its length, an action that is none, chances
 *   that do not sum to 1, or an illegal action.
 */
export function followPolicy(
  where: string,
  model: ExpectedModel,
  policy: TabularPolicy,
): ExpectedModel {
  const weights = policy instanceof Int32Array ? null : policy;
  checkPolicy(where, model, policy);
  const { numStates, numActions } = model;
  const rowStart = new Int32Array(numStates + 1);
  const reward = new Float64Array(numStates);
  const ending = new Float64Array(numStates);
  let numOutcomes = 0;
  for (let state = 0; state < numStates; state++) {
    for (let action = 0; action < numActions; action++) {
      if (weightOf(policy, weights, state, action, numActions) === 0) continue;
      const row = state * numActions + action;
      numOutcomes += model.rowStart[row + 1] - model.rowStart[row];
    }
    rowStart[state + 1] = numOutcomes;
  }
  const nextState = new Int32Array(numOutcomes);
  const probability = new Float64Array(numOutcomes);
  let entry = 0;
  let mostOutcomes = 0;
  for (let state = 0; state < numStates; state++) {
    for (let action = 0; action < numActions; action++) {
      const weight = weightOf(policy, weights, state, action, numActions);
      if (weight === 0) continue;
      const row = state * numActions + action;
      reward[state] += weight * model.reward[row];
      ending[state] += weight * model.ending[row];
      for (let i = model.rowStart[row]; i < model.rowStart[row + 1]; i++) {
        nextState[entry] = model.nextState[i];
        probability[entry] = weight * model.probability[i];
        entry++;
      }
    }
    mostOutcomes = Math.max(mostOutcomes, rowStart[state + 1] - rowStart[state]);
  }
  return {
    ...{ numStates, numActions: 1, rowStart, nextState, probability, reward, ending },
    mostOutcomes: Math.max(mostOutcomes, model.mostOutcomes),
    largestReward: model.largestReward,
  };
}

/**
 * The action of each state, `Int32Array [numStates]`, or the chance of each action in each state,
 * `Float64Array [numStates × numActions]`, row-major.
 */
export type TabularPolicy = Int32Array | Float64Array;

function weightOf(
  policy: TabularPolicy,
  weights: Float64Array | null,
  state: number,
  action: number,
  numActions: number,
): number {
  if (weights !== null) return weights[state * numActions + action];
  return policy[state] === action ? 1 : 0;
}

function checkPolicy(where: string, model: ExpectedModel, policy: TabularPolicy): void {
  const { numStates, numActions, reward } = model;
  const length = policy instanceof Int32Array ? numStates : numStates * numActions;
  if (policy.length !== length) {
    throw new RangeError(
      `${where}: policy must hold an action for each of ${numStates} states (Int32Array) or a chance for each of ${numStates * numActions} rows (Float64Array), got length ${policy.length}.`,
    );
  }
  const weights = policy instanceof Int32Array ? null : policy;
  for (let state = 0; state < numStates; state++) {
    let sum = 0;
    for (let action = 0; action < numActions; action++) {
      const weight = weightOf(policy, weights, state, action, numActions);
      sum += weight >= 0 ? weight : Number.NaN;
      if (weight === 0 || reward[state * numActions + action] > -Infinity) continue;
      throw new RangeError(
        `${where}: the policy takes action ${action} in state ${state}, where it is illegal.`,
      );
    }
    if (Math.abs(sum - 1) < 1e-9) continue;
    throw new RangeError(
      `${where}: in state ${state} the policy must give one of ${numActions} actions, or chances that sum to 1.`,
    );
  }
}
