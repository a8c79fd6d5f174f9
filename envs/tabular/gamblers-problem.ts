import { checkBetween, checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { ShapesScene } from '../../core/scene.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel, type Outcome, type TabularModel } from '../../core/tabular-model.ts';
import { tabularDynamics } from './tabular-dynamics.ts';

/** How to build the gambler's problem. */
export interface GamblersProblemOptions {
  /** Chance that the coin comes up heads, in [0, 1]. Default 0.4. */
  readonly headsProbability?: number;
  /** Capital that wins, at least 2. Default 100. */
  readonly goal?: number;
}

/** The options that `gamblersProblem()` stands for. */
export const GAMBLERS_PROBLEM_DEFAULTS: Required<GamblersProblemOptions> = {
  headsProbability: 0.4,
  goal: 100,
};

/**
 * The gambler's problem: stake capital on the toss of a coin until it is 100, or nothing.
 *
 * | observation | range                       |
 * | ----------- | --------------------------- |
 * | capital     | 0 … goal; the start is any of 1 … goal − 1, evenly |
 *
 * Action a stakes a + 1, up to half the goal; legal are stakes of no more than the capital and no
 * more than what is missing. Heads wins as much as was staked, tails loses it. Reward: 1 for
 * reaching the goal, else 0. Terminal: the goal, and no capital. No time limit. Differs from the
 * source in that a stake of 0, which changes nothing, is left out.
 *
 * Source: Sutton & Barto (2018), Example 4.3.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function gamblersProblem(
  options: GamblersProblemOptions = {},
): Dynamics<Discrete, Discrete> {
  const resolved = resolveOptions('gamblersProblem', GAMBLERS_PROBLEM_DEFAULTS, options);
  const { headsProbability, goal } = resolved;
  checkBetween('gamblersProblem: headsProbability', headsProbability, 0, 1);
  checkInteger('gamblersProblem: goal', goal, 2, 10_000);
  const stakes = Array.from({ length: Math.floor(goal / 2) }, (_, action) => action + 1);
  return tabularDynamics({
    name: 'GamblersProblem',
    model: gamblersModel(headsProbability, goal),
    timeLimit: Infinity,
    actionLabels: stakes.map((stake) => `stake ${stake}`),
    actionMask(capital, mask) {
      const highest = highestStake(capital, goal);
      mask.fill(1, 0, highest).fill(0, highest);
    },
    scene: (capital) => gamblersScene(capital, goal),
  });
}

function highestStake(capital: number, goal: number): number {
  return Math.min(capital, goal - capital);
}

/** An illegal stake counts as the highest legal one. */
function gamblersModel(headsProbability: number, goal: number): TabularModel {
  const start = new Float64Array(goal + 1).fill(1 / (goal - 1));
  start[0] = 0;
  start[goal] = 0;

  const outcome = (probability: number, nextState: number): Outcome => {
    const won = nextState === goal;
    return { probability, nextState, reward: won ? 1 : 0, terminated: won || nextState === 0 };
  };

  return createTabularModel(Math.floor(goal / 2), start, (capital, action) => {
    if (capital === 0 || capital === goal) {
      return [{ probability: 1, nextState: capital, reward: 0, terminated: true }];
    }
    const stake = Math.min(action + 1, highestStake(capital, goal));
    return [
      outcome(headsProbability, capital + stake),
      outcome(1 - headsProbability, capital - stake),
    ];
  });
}

function gamblersScene(capital: number, goal: number): ShapesScene {
  const bar = { kind: 'rectangle', y: 1, height: 1 } as const;
  const share = (10 * capital) / goal;
  return {
    kind: 'shapes',
    view: { left: -0.5, bottom: 0, width: 11, height: 3 },
    shapes: [
      { ...bar, x: 5, width: 10, color: 'surface' },
      { ...bar, x: share / 2, width: share, color: capital === goal ? 'goal' : 'agent' },
      { kind: 'text', x: 5, y: 2.2, text: `${capital} of ${goal}`, size: 0.6, color: 'text' },
    ],
    caption: `capital ${capital} of ${goal}`,
  };
}
