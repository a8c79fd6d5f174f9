import { Alea } from '../../core/alea.ts';
import { checkAction } from '../../core/check-action.ts';
import type { StateRow } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { Env, ResetOptions, Start, Step } from '../../core/env.ts';
import type { EnvSpec } from '../../core/env-spec.ts';
import { restoreRng } from '../../core/restore-rng.ts';
import type { Rng } from '../../core/rng.ts';
import {
  checkSavedHeader,
  checkSavedName,
  copySavedArray,
  type SavedData,
  savedCount,
  savedHeader,
  savedObject,
} from '../../core/saved.ts';
import type { Scene } from '../../core/scene.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { fitsRow, readRow, rowReader, rowSize, writeRow } from '../../core/spaces/rows.ts';
import { createActions } from '../../core/transitions.ts';
import { EnvAround } from './env-around.ts';
import { InnerEnv } from './inner-env.ts';
import { type Phase, readPhase, requireRunning } from './phase.ts';
import { createMemory, wrapDynamics } from './wrap-dynamics.ts';
import type { Action, InnerWorld, WrapperKind, WrapperRules } from './wrapper.ts';

/**
 * A running env inside a wrapper.
 *
 * Around a `DynamicsEnv` it is another one, of the wrapped rules, which draws on from where that one
 * is. Around any other env the wrapper draws from an `alea` stream of its own, which begins anew with
 * every `reset` that names a seed.
 *
 * @param options Complete, but not checked.
 * @param seed Of the wrapper's stream until `reset` names one. Default 0.
 * @throws RangeError if the wrapper does not fit the world, or an option is out of range.
 */
export function wrapEnv<Options extends object>(
  inner: Env,
  kind: WrapperKind<Options>,
  options: Required<Options>,
  seed: number = 0,
): Env {
  const spec = wrappedSpec(inner.spec, kind.name, options);
  if (inner instanceof DynamicsEnv) {
    return inner.withDynamics(wrapDynamics(inner.dynamics, kind, options), spec);
  }
  return new WrappedEnv(inner, kind.name, kind.rules(describe(inner), options), spec, seed);
}

/** The spec of a world with one more wrapper around it; `null` where the world has none. */
export function wrappedSpec(spec: EnvSpec | null, name: string, options: object): EnvSpec | null {
  if (spec === null) return null;
  const wrapper = { name, options: options as Readonly<Record<string, unknown>> };
  return { ...spec, wrappers: [...spec.wrappers, wrapper] };
}

/** What a world is called in messages. */
export function nameOf({ spec }: Env): string {
  return spec?.id ?? 'the env';
}

function describe(env: Env): InnerWorld {
  const { observationSpace, actionSpace } = env;
  const masked = actionSpace.kind === 'discrete';
  return {
    name: nameOf(env),
    observationSpace,
    actionSpace,
    timeLimit: Infinity,
    masked,
    livesCounted: true,
    startScene: () => startScene(env),
  };
}

function startScene(env: Env): Scene {
  const before = env.snapshot();
  env.reset();
  const scene = env.scene();
  env.restore(before);
  return scene;
}

/** A hand-written env inside a wrapper. */
class WrappedEnv implements Env {
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  readonly spec: EnvSpec | null;
  /** Wrappers of this kind inside: no two of a stack draw from the same stream. */
  readonly depth: number;

  readonly #name: string;
  readonly #wrapper: string;
  readonly #env: Env;
  readonly #inner: InnerEnv;
  readonly #rules: WrapperRules;
  readonly #stream: string;
  readonly #memory: StateRow;
  readonly #counted: (action: Action) => Action;
  #rng: Rng;
  #elapsed = 0;
  #phase: Phase = 'new';

  constructor(env: Env, wrapper: string, rules: WrapperRules, spec: EnvSpec | null, seed: number) {
    this.observationSpace = rules.observationSpace ?? env.observationSpace;
    this.actionSpace = rules.actionSpace ?? env.actionSpace;
    this.spec = spec;
    this.#name = nameOf(env);
    this.#wrapper = wrapper;
    this.#env = env;
    this.#inner = new InnerEnv(env);
    this.#rules = rules;
    this.depth = depthOf(env);
    this.#stream = `wrapper/${this.depth}`;
    this.#memory = createMemory(rules);
    this.#counted = countedAction(this.actionSpace);
    this.#rng = new Alea(seed, this.#stream);
  }

  reset({ seed, options = {} }: ResetOptions = {}): Start<Space> {
    this.#inner.begin(seed === undefined ? { options } : { seed, options });
    if (seed !== undefined) this.#rng = new Alea(seed, this.#stream);
    this.#rules.begin?.(this.#memory, this.#inner, this.#rng);
    this.#elapsed = 0;
    this.#phase = 'running';
    return { observation: this.#observe(), info: this.#info() };
  }

  step(action: Action): Step<Space> {
    const { step, isTerminal, timeLimit = Infinity } = this.#rules;
    const [memory, inner] = [this.#memory, this.#inner];
    requireRunning(this.#name, this.#phase);
    const world = { name: this.#name, actionSpace: this.actionSpace };
    checkAction(world, action, this.actionMask());
    const counted = this.#counted(action);
    const reward = step ? step(memory, inner, counted, this.#rng) : inner.step(counted);
    this.#elapsed++;
    const terminated = isTerminal ? isTerminal(memory, inner) : inner.isTerminal();
    const truncated = !terminated && (inner.hasEnded() || this.#elapsed >= timeLimit);
    if (terminated) this.#phase = 'terminated';
    else if (truncated) this.#phase = 'truncated';
    return { observation: this.#observe(), reward, terminated, truncated, info: this.#info() };
  }

  actionMask(): Uint8Array | null {
    const { actionSpace } = this;
    if (this.#rules.actionMask === undefined || actionSpace.kind !== 'discrete') {
      return this.#rules.actionSpace === undefined ? this.#env.actionMask() : null;
    }
    const mask = new Uint8Array(actionSpace.n);
    this.#rules.actionMask(this.#memory, this.#inner, mask);
    return mask;
  }

  scene(): Scene {
    return this.#rules.scene?.(this.#memory, this.#inner) ?? this.#inner.scene();
  }

  snapshot(): SavedData {
    return {
      ...savedHeader('wrapped-env', 1),
      name: this.#wrapper,
      inner: this.#env.snapshot(),
      shown: this.#inner.snapshot(),
      memory: this.#memory.slice(),
      rng: this.#rng.snapshot(),
      elapsed: this.#elapsed,
      phase: this.#phase,
    };
  }

  restore(saved: SavedData): void {
    const where = `${this.#wrapper}(${this.#name}).restore`;
    checkSavedHeader(where, saved, 'wrapped-env', 1);
    checkSavedName(where, saved, this.#wrapper);
    const phase = readPhase(where, saved);
    const elapsed = savedCount(where, saved, 'elapsed');
    const memory = createMemory(this.#rules);
    copySavedArray(where, saved, 'memory', memory);
    const rng = restoreRng(savedObject(where, saved, 'rng'));
    const shown = this.#inner.parse(where, savedObject(where, saved, 'shown'));
    this.#env.restore(savedObject(where, saved, 'inner')); // throws before it changes anything
    this.#inner.show(shown);
    this.#memory.set(memory);
    this.#rng = rng;
    this.#elapsed = elapsed;
    this.#phase = phase;
  }

  #observe(): ElementOf<Space> {
    const { observe } = this.#rules;
    if (observe === undefined) return this.#inner.observation();
    const row = new Float32Array(rowSize(this.observationSpace));
    observe(this.#memory, this.#inner, row);
    return readRow(this.observationSpace, row);
  }

  #info(): Readonly<Record<string, unknown>> {
    return { ...this.#inner.info(), ...this.#rules.info?.(this.#memory, this.#inner) };
  }
}

/** Wrappers with streams of their own in a stack of them. */
function depthOf(env: Env): number {
  if (env instanceof WrappedEnv) return env.depth + 1;
  return env instanceof EnvAround ? depthOf(env.env) : 0;
}

/** Turns a person's action into one whose integers are counted from 0; others stay what they are. */
function countedAction(space: Space): (action: Action) => Action {
  if (space.kind === 'discrete') return (action) => (action as number) - space.start;
  if (!fitsRow(space)) return (action) => action;
  const row = createActions(space, 1);
  const read = rowReader(space, row);
  return (action) => {
    writeRow(space, action as ElementOf<Space>, row);
    return read();
  };
}
