import { resolveOptions } from '../../core/check.ts';
import type { Dynamics, StateKind, StateRow } from '../../core/dynamics.ts';
import type { Env } from '../../core/env.ts';
import type { EnvSpec } from '../../core/env-spec.ts';
import type { Rng } from '../../core/rng.ts';
import type { Scene } from '../../core/scene.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { wrapDynamics } from './wrap-dynamics.ts';
import { wrapEnv, wrappedSpec } from './wrap-env.ts';

/*
 * How to write a wrapper
 *
 * A wrapper is one text: a `WrapperKind`, made into a function by `defineWrapper`.
 *
 *     export const clipReward: SameWrapper<ClipRewardOptions> = defineWrapper({
 *       name: 'clip-reward',
 *       description: 'Clips rewards into a range.',
 *       defaults: CLIP_REWARD_DEFAULTS,
 *       rules(world, { low, high }) {              // options are complete; check them here
 *         return { step: (_, inner, action) => Math.min(Math.max(inner.step(action), low), high) };
 *       },
 *     });
 *
 * Then add it to the list in `entries.ts`, and it can be named in `make(id, { wrappers: [...] })`.
 * `wrapDynamics` turns the rules into rules around rules, which run single, vectorized, searched and
 * recorded; `wrapEnv` into an env around a hand-written env. What the text must keep to:
 *
 * - Everything that an episode, or the wrapper, remembers lives in `memory`: `memorySize` numbers,
 *   zeros at first, saved and copied with the state. `begin` sets what belongs to the episode; what
 *   it leaves alone lasts across episodes. Typed arrays made in `rules` may serve as scratch within
 *   one hook, and for nothing else.
 * - Integers of actions and observations are counted from 0, `Discrete.start` or not, and
 *   observations are rows (`core/spaces/rows.ts`).
 * - `observe` may be called any number of times for a state, and never changes memory. What must be
 *   gathered (frames, statistics) is gathered in `begin` and `step`, with `inner.observe(row)`.
 * - A `step` that takes several inner steps stops when `inner.hasEnded()`, sums the rewards, and
 *   gives a `timeLimit` in its own steps.
 * - A hook that is left out passes on what the inner world has.
 * - What a wrapper needs of the world is checked in `rules` with `requirements.ts`, whose messages
 *   name the wrapper, the world, what it has and what is needed.
 */

/** An action as rules see it: integers counted from 0. */
export type Action = ElementOf<Space>;

/** What a wrapper is told of the world that it is to wrap. */
export interface InnerWorld {
  readonly name: string;
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** `Infinity` where there is none, and for a hand-written env, which truncates by itself. */
  readonly timeLimit: number;
  /** Whether some actions may be illegal at times. */
  readonly masked: boolean;
  /** Whether it counts lives; a hand-written env may, in `info.lives`. */
  readonly livesCounted: boolean;
  /** What some start of an episode looks like; nothing has moved after it. */
  startScene(): Scene;
}

/** The world inside a wrapper, as it is now. */
export interface Inner {
  /**
   * Takes one step, and returns its reward.
   *
   * @param action Inside the inner action space and legal there.
   */
  step(action: Action): number;
  /** Begins another episode. */
  reset(): void;
  isTerminal(): boolean;
  /** Whether it takes no more steps: terminal, or a hand-written env that has truncated. */
  hasEnded(): boolean;
  /** Writes what it shows, `[rowSize(world.observationSpace)]`. */
  observe(observation: Float32Array): void;
  /** Sets `mask[a]` to 1 if action `a` is legal, else 0; all to 1 where it has no mask. */
  actionMask(mask: Uint8Array): void;
  scene(): Scene;
  /**
   * Lives that are left.
   *
   * @throws Error if it counts none.
   */
  lives(): number;
  /** What it tells besides. */
  info(): Readonly<Record<string, unknown>>;
}

/** What a wrapper does. What is left out is as in the inner world. */
export interface WrapperRules {
  readonly observationSpace?: Space;
  readonly actionSpace?: Space;
  /** Steps after which an episode is truncated; in place of the inner limit. */
  readonly timeLimit?: number;
  /** Numbers of memory. Default 0. */
  readonly memorySize?: number;
  /** What the memory is an array of: `uint8` keeps that of screens small. Default `float64`. */
  readonly memoryKind?: StateKind;
  /** Whether p(s′, r | s, a) is that of the inner world. Default false. */
  readonly keepsModel?: boolean;

  /** Called when an episode has begun inside. */
  begin?(memory: StateRow, inner: Inner, rng: Rng): void;

  /**
   * Takes the action inside, and returns the reward.
   *
   * @param action Inside the outer action space, and legal; valid until the next step.
   */
  step?(memory: StateRow, inner: Inner, action: Action, rng: Rng): number;

  /** Whether the state ends the episode. */
  isTerminal?(memory: StateRow, inner: Inner): boolean;

  /** Writes the outer observation, `[rowSize(observationSpace)]`. */
  observe?(memory: StateRow, inner: Inner, observation: Float32Array): void;

  /** Writes the outer mask. Needed where a masked world gets other actions, or an unmasked one masks. */
  actionMask?(memory: StateRow, inner: Inner, mask: Uint8Array): void;

  /** What the state looks like. */
  scene?(memory: StateRow, inner: Inner): Scene;

  /** Added to what the inner world tells besides. */
  info?(memory: StateRow, inner: Inner): Readonly<Record<string, unknown>>;
}

/** A wrapper that can be named in a spec. */
export interface WrapperKind<Options extends object = object> {
  /** In kebab-case, as specs name it. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  /** Every option with its default, as JSON; `null` where the world decides. */
  readonly defaults: Required<Options>;
  /**
   * The rules around a world.
   *
   * @param options Complete, but not checked.
   * @throws RangeError if an option is out of range, or the world is not of the kind that is needed.
   */
  rules(world: InnerWorld, options: Required<Options>): WrapperRules;
}

/** A wrapper as a function, of a world's rules or of a running env; spaces stay what they are. */
export interface SameWrapper<Options extends object> {
  <O extends Space, A extends Space>(inner: Dynamics<O, A>, options?: Options): Dynamics<O, A>;
  <O extends Space, A extends Space>(inner: Env<O, A>, options?: Options): Env<O, A>;
  readonly kind: WrapperKind<Options>;
}

/** A wrapper as a function that gives the observations another space. */
export interface ObservationWrapper<Options extends object, O extends Space = Space> {
  <A extends Space>(inner: Dynamics<Space, A>, options?: Options): Dynamics<O, A>;
  <A extends Space>(inner: Env<Space, A>, options?: Options): Env<O, A>;
  readonly kind: WrapperKind<Options>;
}

/** A wrapper as a function that gives the actions another space. */
export interface ActionWrapper<Options extends object, A extends Space = Space> {
  <O extends Space>(inner: Dynamics<O>, options?: Options): Dynamics<O, A>;
  <O extends Space>(inner: Env<O>, options?: Options): Env<O, A>;
  readonly kind: WrapperKind<Options>;
}

/**
 * Makes a function of a wrapper: of rules it gives rules, of an env an env whose spec names it.
 *
 * Around an env that runs rules it gives an env that runs the wrapped rules and draws on from where
 * that one is; the env that was given is not touched.
 */
export function defineWrapper<Options extends object, W>(kind: WrapperKind<Options>): W {
  const apply = (inner: Dynamics | Env, options?: Options): Dynamics | Env => {
    const resolved = resolveOptions<Options>(kind.name, kind.defaults, options);
    if ('stateSize' in inner) return wrapDynamics(inner, kind, resolved);
    return wrapEnv(inner, kind, resolved);
  };
  return Object.assign(apply, { kind }) as W;
}

/** A wrapper that works on running envs alone, since it changes how they are called. */
export interface EnvWrapperKind<Options extends object = object> {
  /** In kebab-case, as specs name it. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  /** Every option with its default, as JSON. */
  readonly defaults: Required<Options>;
  /**
   * The env around another one.
   *
   * @param options Complete, but not checked.
   * @param spec To be shown as its `spec`.
   * @throws RangeError if an option is out of range.
   */
  env(inner: Env, options: Required<Options>, spec: EnvSpec | null): Env;
}

/** A wrapper of running envs as a function. */
export interface EnvWrapper<Options extends object> {
  <O extends Space, A extends Space>(inner: Env<O, A>, options?: Options): Env<O, A>;
  readonly kind: EnvWrapperKind<Options>;
}

/** Makes a function of a wrapper of running envs. */
export function defineEnvWrapper<Options extends object>(
  kind: EnvWrapperKind<Options>,
): EnvWrapper<Options> {
  const apply = (inner: Env, options?: Options): Env => {
    const resolved = resolveOptions<Options>(kind.name, kind.defaults, options);
    return kind.env(inner, resolved, wrappedSpec(inner.spec, kind.name, resolved));
  };
  return Object.assign(apply, { kind }) as EnvWrapper<Options>;
}
