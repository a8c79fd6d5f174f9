import { Alea } from '../../core/alea.ts';
import { createState, type Dynamics } from '../../core/dynamics.ts';
import type { TabularModel } from '../../core/tabular-model.ts';
import type { Report } from './report.ts';

/** How far from 1 the chances of a row may sum. */
const TOLERANCE = 1e-9;

/** Checks the explicit model of a finite world, by itself and against steps of the rules. */
export function checkModel(dynamics: Dynamics, seed: number, steps: number, report: Report): void {
  const model = report.attempt('model-shape', 'model', () => dynamics.model?.());
  if (model === undefined) return;
  report.attempt('model-shape', 'model', () => checkShape(dynamics, model, report));
  if (report.count('model-shape') > 0) return;
  checkRows(model, report);
  report.attempt('model-outcomes', 'step', () => {
    checkOutcomes(dynamics, model, seed, steps, report);
  });
}

function checkShape(dynamics: Dynamics, model: TabularModel, report: Report): void {
  const { numStates, numActions, rowStart, nextState, observations, startDistribution } = model;
  const { observationSpace, actionSpace } = dynamics;
  const must = (rule: string, got: unknown) =>
    report.add('model-shape', 'model', `${rule}, got ${String(got)}.`);
  if (actionSpace.kind !== 'discrete' || actionSpace.n !== numActions) {
    must('numActions must be the number of discrete actions', numActions);
  }
  const shown = observations === undefined ? numStates : observations.length;
  if (observationSpace.kind !== 'discrete') {
    must('The observations of a world with a model must be Discrete', observationSpace.kind);
  } else if (observations === undefined && observationSpace.n !== numStates) {
    must(`numStates must be the ${observationSpace.n} observations`, numStates);
  }
  if (shown !== numStates) must(`observations must have ${numStates} elements`, shown);
  if (startDistribution.length !== numStates) {
    must(`startDistribution must have ${numStates} elements`, startDistribution.length);
  }
  const rows = numStates * numActions;
  if (rowStart.length !== rows + 1) {
    must(`rowStart must have ${rows + 1} elements`, rowStart.length);
  } else if (rowStart[0] !== 0 || rowStart[rows] !== nextState.length) {
    must(`rowStart must run from 0 to ${nextState.length}`, `${rowStart[0]} to ${rowStart[rows]}`);
  }
  const masks = model.actionMasks;
  if (masks !== undefined && masks.length !== rows) {
    must(`actionMasks must have ${rows} elements`, masks.length);
  }
  for (const name of ['probability', 'reward', 'terminated'] as const) {
    if (model[name].length === nextState.length) continue;
    must(`${name} must have ${nextState.length} elements`, model[name].length);
  }
}

function checkRows(model: TabularModel, report: Report): void {
  const { numStates, numActions, rowStart, nextState, probability, reward, terminated } = model;
  for (let row = 0; row < numStates * numActions; row++) {
    const where = `model, state ${Math.floor(row / numActions)}, action ${row % numActions}`;
    checkSum(probability.subarray(rowStart[row], rowStart[row + 1]), where, report);
    for (let i = rowStart[row]; i < rowStart[row + 1]; i++) {
      if (!(nextState[i] >= 0 && nextState[i] < numStates)) {
        const message = `The next state is ${nextState[i]}, of ${numStates} states.`;
        report.add('model-rows', where, message);
      }
      if (!Number.isFinite(reward[i])) {
        report.add('model-rows', where, `The reward is ${reward[i]}.`);
      }
      if (terminated[i] > 1) {
        report.add('model-rows', where, `terminated is ${terminated[i]}.`);
      }
    }
  }
  checkSum(model.startDistribution, 'model, startDistribution', report);
}

function checkSum(chances: Float64Array, where: string, report: Report): void {
  let sum = 0;
  for (const chance of chances) sum += chance >= 0 ? chance : Number.NaN;
  if (Math.abs(sum - 1) < TOLERANCE) return;
  const message = Number.isNaN(sum) ? 'A chance is below 0.' : `The chances sum to ${sum}.`;
  report.add('model-rows', where, message);
}

/** Every start and every outcome of a step must be one that the model has. */
function checkOutcomes(
  dynamics: Dynamics,
  model: TabularModel,
  seed: number,
  steps: number,
  report: Report,
): void {
  const rng = new Alea(seed, 'checker/model');
  const choice = new Alea(seed, 'checker/model/actions');
  const state = createState(dynamics);
  const observation = new Float32Array(1);
  const mask = new Uint8Array(model.numActions).fill(1);
  let begun = false;
  let where = 'the first start';
  const found = (message: string) => report.once('model-outcomes', where, message);
  for (let t = 1; t <= steps && report.count('model-outcomes') === 0; t++) {
    if (!begun || dynamics.isTerminal(state)) {
      dynamics.reset(state, rng);
      begun = true;
      const chance = model.startDistribution[state[0]];
      if (!(chance > 0)) found(`It starts in state ${state[0]}, which has the chance ${chance}.`);
    }
    dynamics.observe(state, observation);
    const shown = model.observations?.[state[0]] ?? state[0];
    if (observation[0] !== shown) {
      found(`State ${state[0]} shows ${observation[0]}, by the model ${shown}.`);
    }
    dynamics.actionMask?.(state, mask);
    const legal = Array.from(mask.keys()).filter((action) => mask[action] === 1);
    const action = legal[choice.below(legal.length)];
    const from = state[0];
    where = `step ${t}`;
    const row = from * model.numActions;
    const known = model.actionMasks?.subarray(row, row + model.numActions) ?? mask;
    if (known.some((allowed, i) => allowed !== mask[i])) {
      found(`State ${from} allows the actions ${legal}, by the model others.`);
    }
    const reward = dynamics.step(state, action as never, rng);
    const outcome = { to: state[0], reward, ends: dynamics.isTerminal(state) ? 1 : 0 };
    if (hasOutcome(model, from * model.numActions + action, outcome)) continue;
    found(
      `Action ${action} in state ${from} gave state ${outcome.to}, reward ${reward}${outcome.ends ? ', the end' : ''}, which the model does not have.`,
    );
  }
}

function hasOutcome(
  { rowStart, nextState, reward, terminated, probability }: TabularModel,
  row: number,
  outcome: { readonly to: number; readonly reward: number; readonly ends: number },
): boolean {
  for (let i = rowStart[row]; i < rowStart[row + 1]; i++) {
    if (nextState[i] !== outcome.to || reward[i] !== outcome.reward) continue;
    if (terminated[i] === outcome.ends && probability[i] > 0) return true;
  }
  return false;
}
