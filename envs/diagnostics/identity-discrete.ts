import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { GridScene } from '../../core/scene.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel, type TabularModel } from '../../core/tabular-model.ts';
import { tabularDynamics } from '../tabular/tabular-dynamics.ts';

/** How to build the world. */
export interface IdentityDiscreteOptions {
  /** n, numbers to tell apart, 1 … 100. Default 4. */
  readonly numValues?: number;
  /** Steps after which an episode is truncated, at least 1. Default 100. */
  readonly timeLimit?: number;
}

/** The options that `identityDiscrete()` stands for. */
export const IDENTITY_DISCRETE_DEFAULTS: Required<IdentityDiscreteOptions> = {
  numValues: 4,
  timeLimit: 100,
};

/**
 * Identity with integers: do the number that is shown. The simplest world in which what is seen matters.
 *
 * | observation | range                               |
 * | ----------- | ----------------------------------- |
 * | number      | 0 … n − 1, drawn at each step        |
 *
 * Actions: 0 … n − 1. Reward: 1 if the action equals the number shown, else 0. The next number does
 * not depend on the action: v* = 1 / (1 − γ), and every other action is worth 1 less. Never
 * terminal; truncated after `timeLimit` steps, for a best return of `timeLimit`.
 *
 * Source: the IdentityEnv of Stable-Baselines (Hill et al., 2018).
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function identityDiscrete(
  options: IdentityDiscreteOptions = {},
): Dynamics<Discrete, Discrete, Float64Array> {
  const resolved = resolveOptions('identityDiscrete', IDENTITY_DISCRETE_DEFAULTS, options);
  const { numValues, timeLimit } = resolved;
  checkInteger('identityDiscrete: numValues', numValues, 1, 100);
  checkInteger('identityDiscrete: timeLimit', timeLimit, 1);
  return tabularDynamics({
    name: 'IdentityDiscrete',
    model: identityModel(numValues),
    timeLimit,
    actionLabels: Array.from({ length: numValues }, (_, value) => String(value)),
    scene: (value, lastAction) => identityScene(numValues, value, lastAction),
  });
}

function identityModel(numValues: number): TabularModel {
  const probability = 1 / numValues;
  const start = new Float64Array(numValues).fill(probability);
  return createTabularModel(numValues, start, (value, action) => {
    const reward = action === value ? 1 : 0;
    return Array.from(start, (_, nextState) => {
      return { probability, nextState, reward, terminated: false };
    });
  });
}

/** The numbers in a row: the goal is the one to do now, the agent stands on the one it did last. */
function identityScene(numValues: number, value: number, lastAction: number): GridScene {
  const values = Array.from({ length: numValues }, (_, i) => i);
  return {
    kind: 'grid',
    rows: 1,
    columns: numValues,
    tiles: values.map((i) => (i === value ? 'goal' : 'floor')),
    tokens: lastAction < 0 ? [] : [{ kind: 'agent', row: 0, column: lastAction }],
    labels: values.map(String),
    cellObservations: values,
    caption: lastAction < 0 ? `do ${value}` : `did ${lastAction}, now do ${value}`,
  };
}
