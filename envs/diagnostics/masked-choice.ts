import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { GridScene } from '../../core/scene.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel, type TabularModel } from '../../core/tabular-model.ts';
import { tabularDynamics } from '../tabular/tabular-dynamics.ts';

/** How to build the world. */
export interface MaskedChoiceOptions {
  /** n, 3 … 12. Default 5. */
  readonly numActions?: number;
}

/** The options that `maskedChoice()` stands for. */
export const MASKED_CHOICE_DEFAULTS: Required<MaskedChoiceOptions> = { numActions: 5 };

const END = 0; // no bit is set: nothing is legal any more

/**
 * Masked choice: two choices, each among those actions whose bit is set in the observation; what is
 * cheap at first leaves only what is dear.
 *
 * | observation | range                                                          |
 * | ----------- | -------------------------------------------------------------- |
 * | bits        | 0 … 2ⁿ − 1: action a is legal if bit a (worth 2ᵃ) is set; 0 is the end |
 *
 * Actions: 0 … n − 1. First all but n − 1 are legal, and action a costs a; then n − 1 − a … n − 1 are
 * legal, and action b costs 2 · b. Reward: minus the cost. Terminal: after the second choice.
 *
 * The best return is −n, by first n − 2 and then 1. Since everything costs, who takes the untried
 * value 0 of illegal actions into its maximum sees no cost in the second choice, begins with 0 and
 * gets −2 (n − 1); who picks an illegal action gets an error from every runner. (In the model an
 * illegal action stays where it is and costs 2 n.)
 *
 * Source: our own; the matter is that of Huang & Ontañón (2022), "A closer look at invalid action
 * masking in policy gradient algorithms".
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function maskedChoice(
  options: MaskedChoiceOptions = {},
): Dynamics<Discrete, Discrete, Float64Array> {
  const { numActions } = resolveOptions('maskedChoice', MASKED_CHOICE_DEFAULTS, options);
  checkInteger('maskedChoice: numActions', numActions, 3, 12);
  return tabularDynamics({
    name: 'MaskedChoice',
    model: choiceModel(numActions),
    timeLimit: Infinity,
    actionLabels: Array.from({ length: numActions }, (_, action) => String(action)),
    actionMask(bits, mask) {
      for (let action = 0; action < numActions; action++) mask[action] = isLegal(bits, action);
    },
    scene: (bits, lastAction) => choiceScene(numActions, bits, lastAction),
  });
}

/** 1 or 0. */
function isLegal(bits: number, action: number): number {
  return (bits >> action) & 1;
}

/** All actions but the last: 2ⁿ⁻¹ − 1. */
function firstBits(numActions: number): number {
  return (1 << (numActions - 1)) - 1;
}

/** Actions n − 1 − a … n − 1: 2ⁿ − 2ⁿ⁻¹⁻ᵃ. */
function secondBits(numActions: number, action: number): number {
  return (1 << numActions) - (1 << (numActions - 1 - action));
}

function choiceModel(numActions: number): TabularModel {
  const first = firstBits(numActions);
  const start = new Float64Array(1 << numActions);
  start[first] = 1;
  return createTabularModel(numActions, start, (bits, action) => {
    const outcome = (nextState: number, cost: number) => [
      { probability: 1, nextState, reward: 0 - cost, terminated: nextState === END },
    ];
    if (bits === END) return outcome(END, 0);
    if (isLegal(bits, action) === 0) return outcome(bits, 2 * numActions);
    if (bits === first) return outcome(secondBits(numActions, action), action);
    return outcome(END, 2 * action);
  });
}

/** The actions in a row, walls where they are illegal, with their costs. */
function choiceScene(numActions: number, bits: number, lastAction: number): GridScene {
  const actions = Array.from({ length: numActions }, (_, action) => action);
  const cost = bits === firstBits(numActions) ? 1 : 2;
  return {
    kind: 'grid',
    rows: 1,
    columns: numActions,
    tiles: actions.map((action) => (isLegal(bits, action) ? 'floor' : 'wall')),
    tokens: lastAction < 0 ? [] : [{ kind: 'agent', row: 0, column: lastAction }],
    labels: actions.map((action) => (isLegal(bits, action) ? String(0 - cost * action) : '')),
    caption: choiceCaption(bits, lastAction),
  };
}

function choiceCaption(bits: number, lastAction: number): string {
  if (bits === END) return `chose ${lastAction}: the end`;
  return lastAction < 0 ? 'first choice' : `chose ${lastAction}: second choice`;
}
