import { checkFinite } from '../../core/check.ts';
import { checkAction } from '../../core/check-action.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Env } from '../../core/env.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { mismatch } from '../../core/spaces/contains.ts';
import { countedFromZero, readRow, rowReader, rowSize, writeRow } from '../../core/spaces/rows.ts';
import { createActions } from '../../core/transitions.ts';
import { requireActionRows, requireObservationRows } from './requirements.ts';
import {
  type ActionTransform,
  namedTransform,
  type ObservationTransform,
  type RewardTransform,
} from './transforms.ts';
import {
  type Action,
  defineWrapper,
  type InnerWorld,
  type WrapperKind,
  type WrapperRules,
} from './wrapper.ts';

/** Which transform of the registry is applied. */
export interface TransformOptions {
  /** Its name; `null` stands in specs for a function without one. Default `null`. */
  readonly transform?: string | null;
}

/** The options of the transforms where none are given: there must be one. */
export const TRANSFORM_DEFAULTS: Required<TransformOptions> = { transform: null };

/** Applies a transform of the registry to rewards. */
export const TRANSFORM_REWARD: WrapperKind<TransformOptions> = {
  name: 'transform-reward',
  description: 'Applies a function with a name to rewards.',
  defaults: TRANSFORM_DEFAULTS,
  rules: (_, { transform }) => rewardRules(namedTransform('reward', transform)),
};

/** Applies a transform of the registry to observations. */
export const TRANSFORM_OBSERVATION: WrapperKind<TransformOptions> = {
  name: 'transform-observation',
  description: 'Applies a function with a name to observations.',
  defaults: TRANSFORM_DEFAULTS,
  rules: (world, { transform }) =>
    observationRules(world, namedTransform('observation', transform)),
};

/** Applies a transform of the registry to actions. */
export const TRANSFORM_ACTION: WrapperKind<TransformOptions> = {
  name: 'transform-action',
  description: 'Applies a function with a name to actions.',
  defaults: TRANSFORM_DEFAULTS,
  rules: (world, { transform }) => actionRules(world, namedTransform('action', transform)),
};

/**
 * Applies a function to rewards.
 *
 * Its spec cannot be built again unless the function has a name (`registerTransform`): `make` says so.
 *
 * @param transform A function of the reward, which keeps nothing, or the name of one.
 * @throws RangeError if there is no transform of that name.
 */
export function transformReward<W extends Dynamics | Env>(
  inner: W,
  transform: string | ((reward: number) => number),
): W {
  return applyTransform(inner, TRANSFORM_REWARD, transform, () =>
    rewardRules({ apply: transform as (reward: number) => number }),
  ) as W;
}

/**
 * Applies a function to observations as people see them.
 *
 * Its spec cannot be built again unless the function has a name (`registerTransform`): `make` says so.
 *
 * @param transform A function of the observation, which keeps nothing, or the name of one.
 * @param space Of what the function gives. Default that of the world.
 * @throws RangeError if there is no transform of that name, or it does not fit the world.
 */
export function transformObservation<O extends Space, A extends Space, P extends Space = O>(
  inner: Dynamics<O, A>,
  transform: string | ((observation: ElementOf<O>) => ElementOf<P>),
  space?: P,
): Dynamics<P, A>;
export function transformObservation<O extends Space, A extends Space, P extends Space = O>(
  inner: Env<O, A>,
  transform: string | ((observation: ElementOf<O>) => ElementOf<P>),
  space?: P,
): Env<P, A>;
export function transformObservation(
  inner: Dynamics | Env,
  transform: string | ((observation: never) => ElementOf<Space>),
  space?: Space,
): unknown {
  return applyTransform(inner, TRANSFORM_OBSERVATION, transform, (world) =>
    observationRules(world, functionOf(transform, space)),
  );
}

/**
 * Applies a function to actions as people give them, before the world takes them.
 *
 * Its spec cannot be built again unless the function has a name (`registerTransform`): `make` says so.
 *
 * @param transform A function from the outer action to the inner one, which keeps nothing, or the
 *   name of one.
 * @param space Of what the function takes. Default that of the world.
 * @throws RangeError if there is no transform of that name, or it does not fit the world.
 */
export function transformAction<O extends Space, A extends Space, B extends Space = A>(
  inner: Dynamics<O, A>,
  transform: string | ((action: ElementOf<B>) => ElementOf<A>),
  space?: B,
): Dynamics<O, B>;
export function transformAction<O extends Space, A extends Space, B extends Space = A>(
  inner: Env<O, A>,
  transform: string | ((action: ElementOf<B>) => ElementOf<A>),
  space?: B,
): Env<O, B>;
export function transformAction(
  inner: Dynamics | Env,
  transform: string | ((action: never) => ElementOf<Space>),
  space?: Space,
): unknown {
  return applyTransform(inner, TRANSFORM_ACTION, transform, (world) =>
    actionRules(world, functionOf(transform, space)),
  );
}

function applyTransform(
  inner: Dynamics | Env,
  kind: WrapperKind<TransformOptions>,
  transform: unknown,
  rules: (world: InnerWorld) => WrapperRules,
): Dynamics | Env {
  type Apply = (inner: Dynamics | Env, options?: TransformOptions) => Dynamics | Env;
  if (typeof transform === 'string') {
    return defineWrapper<TransformOptions, Apply>(kind)(inner, { transform });
  }
  return defineWrapper<TransformOptions, Apply>({ ...kind, rules })(inner);
}

function functionOf(
  transform: unknown,
  space: Space | undefined,
): Pick<ObservationTransform, 'apply' | 'space'> {
  const apply = transform as (element: never) => ElementOf<Space>;
  return space === undefined ? { apply } : { apply, space: () => space };
}

function rewardRules({ apply }: Pick<RewardTransform, 'apply'>): WrapperRules {
  return {
    step(_, inner, action) {
      const reward = apply(inner.step(action));
      checkFinite('transform-reward: what the function gives', reward);
      return reward;
    },
  };
}

function observationRules(
  world: InnerWorld,
  transform: Pick<ObservationTransform, 'apply' | 'space'>,
): WrapperRules {
  const { observationSpace } = world;
  const row = new Float32Array(requireObservationRows('transform-observation', world));
  const space = transform.space?.(observationSpace) ?? observationSpace;
  return {
    observationSpace: space,
    observe(_, inner, observation) {
      inner.observe(row);
      const element = transform.apply(readRow(observationSpace, row) as never);
      const problem = mismatch(space, element, 'what the function gives');
      if (problem !== null) throw new RangeError(`transform-observation: ${problem}`);
      writeRow<Space>(space, element, observation);
    },
  };
}

function actionRules(
  world: InnerWorld,
  transform: Pick<ActionTransform, 'apply' | 'space'>,
): WrapperRules {
  const { name, actionSpace, masked } = world;
  requireActionRows('transform-action', world);
  const outer = transform.space?.(actionSpace) ?? actionSpace;
  const counted = countedFromZero(outer);
  const given = new Float64Array(rowSize(outer));
  const taken = createActions(actionSpace, 1);
  const readTaken = rowReader(actionSpace, taken);
  /** The inner action, its integers counted from 0. */
  const innerAction = (action: Action): Action => {
    writeRow<Space>(counted, action, given);
    const element = transform.apply(readRow(outer, given) as never);
    checkAction({ name: `transform-action: ${name}`, actionSpace }, element, null);
    writeRow<Space>(actionSpace, element, taken);
    return readTaken() as Action;
  };
  const mask = new Uint8Array(masked && actionSpace.kind === 'discrete' ? actionSpace.n : 0);
  return {
    actionSpace: outer,
    step: (_, inner, action) => inner.step(innerAction(action)),
    ...(mask.length > 0 &&
      outer.kind === 'discrete' &&
      ({
        actionMask(_memory: unknown, inner, outerMask) {
          inner.actionMask(mask);
          for (let a = 0; a < outerMask.length; a++) outerMask[a] = mask[innerAction(a) as number];
        },
      } satisfies WrapperRules)),
  };
}
