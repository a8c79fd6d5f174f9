import { checkLength, resolveOptions, show } from './check.ts';
import { checkAction } from './check-action.ts';
import { createState, type Dynamics, type StateRow } from './dynamics.ts';
import type { Env, ResetOptions, Start, Step } from './env.ts';
import { checkEnvRng, createEnvRng, type EnvRng } from './env-rng.ts';
import type { EnvSpec } from './env-spec.ts';
import { restoreRng } from './restore-rng.ts';
import type { Rng } from './rng.ts';
import {
  checkSavedHeader,
  checkSavedName,
  copySavedArray,
  type SavedData,
  savedCount,
  savedHeader,
  savedObject,
} from './saved.ts';
import type { Scene } from './scene.ts';
import type { ElementOf, Space } from './space.ts';
import { readRow, rowReader, rowSize, writeRow } from './spaces/rows.ts';
import { type ActionColumn, checkColumns, createActions } from './transitions.ts';

/** How to run one copy of a world. */
export interface DynamicsEnvOptions {
  /** Seed of the generator until `reset` names another; an integer of at least 0. Default 0. */
  readonly seed?: number;
  /** Stream of the seed to draw from; copy i of a `VectorEnv` draws from `env/<i>`. Default `env/0`. */
  readonly stream?: string;
  /**
   * What to draw from: `gymnasium` gives, for a seed, the episodes that Gymnasium gives for it, and
   * knows no streams. Default `alea`.
   */
  readonly rng?: EnvRng;
  /** The registry's description of the world. Default `null`. */
  readonly spec?: EnvSpec | null;
}

/**
 * Runs one copy of a world and hands out fresh observations.
 *
 * `reset({ options: { state } })` begins from the given state, `[stateSize]`, instead of drawing one.
 */
export class DynamicsEnv<O extends Space = Space, A extends Space = Space> implements Env<O, A> {
  readonly dynamics: Dynamics<O, A>;
  readonly observationSpace: O;
  readonly actionSpace: A;
  readonly spec: EnvSpec | null;

  readonly #stream: string;
  readonly #rngKind: EnvRng;
  readonly #state: StateRow;
  readonly #observation: Float32Array;
  readonly #mask: Uint8Array | null;
  readonly #action: ActionColumn;
  readonly #readAction: () => ElementOf<A>;
  #rng: Rng;
  #elapsed = 0;
  #phase: 'new' | 'running' | 'terminated' | 'truncated' = 'new';

  /** @throws RangeError if an option is outside its range or unknown. */
  constructor(dynamics: Dynamics<O, A>, options: DynamicsEnvOptions = {}) {
    const resolved = resolveOptions(
      'DynamicsEnv',
      { seed: 0, stream: 'env/0', rng: 'alea', spec: null },
      options,
    );
    checkEnvRng('DynamicsEnv: rng', resolved.rng);
    checkColumns('DynamicsEnv', dynamics);
    this.dynamics = dynamics;
    this.observationSpace = dynamics.observationSpace;
    this.actionSpace = dynamics.actionSpace;
    this.spec = resolved.spec;
    this.#stream = resolved.stream;
    this.#rngKind = resolved.rng;
    this.#rng = this.#createRng(resolved.seed);
    this.#state = createState(dynamics);
    this.#observation = new Float32Array(rowSize(dynamics.observationSpace));
    this.#mask = createMask(dynamics);
    this.#action = createActions(dynamics.actionSpace, 1);
    this.#readAction = rowReader(dynamics.actionSpace, this.#action);
  }

  reset({ seed, options = {} }: ResetOptions = {}): Start<O> {
    const start = this.#startState(options);
    if (seed !== undefined) this.#rng = this.#createRng(seed);
    if (start === null) this.dynamics.reset(this.#state, this.#rng);
    else this.#state.set(start);
    this.#elapsed = 0;
    this.#phase = 'running';
    return { observation: this.#observe(), info: this.#info() };
  }

  step(action: ElementOf<A>): Step<O> {
    const { dynamics } = this;
    this.#checkRunning();
    checkAction(dynamics, action, this.actionMask());
    const reward = dynamics.step(this.#state, this.#counted(action), this.#rng);
    this.#elapsed++;
    const terminated = dynamics.isTerminal(this.#state);
    const truncated = !terminated && this.#elapsed >= dynamics.timeLimit;
    if (terminated) this.#phase = 'terminated';
    else if (truncated) this.#phase = 'truncated';
    return { observation: this.#observe(), reward, terminated, truncated, info: this.#info() };
  }

  actionMask(): Uint8Array | null {
    if (this.#mask === null) return null;
    this.dynamics.actionMask?.(this.#state, this.#mask);
    return this.#mask.slice();
  }

  scene(): Scene {
    if (this.#phase === 'new') {
      throw new Error(`${this.dynamics.name}: there is nothing to see yet. Call reset() first.`);
    }
    return this.dynamics.scene(this.#state);
  }

  snapshot(): SavedData {
    return {
      ...savedHeader('env', 1),
      name: this.dynamics.name,
      state: this.#state.slice(),
      rng: this.#rng.snapshot(),
      elapsed: this.#elapsed,
      phase: this.#phase,
    };
  }

  restore(saved: SavedData): void {
    const where = `${this.dynamics.name}.restore`;
    checkSavedHeader(where, saved, 'env', 1);
    checkSavedName(where, saved, this.dynamics.name);
    const phase = PHASES.find((known) => known === saved.phase);
    if (phase === undefined) {
      throw new Error(
        `${where}: phase must be one of ${PHASES.join(', ')}, got ${show(saved.phase)}.`,
      );
    }
    const elapsed = savedCount(where, saved, 'elapsed');
    const state = createState(this.dynamics);
    copySavedArray(where, saved, 'state', state);
    this.#rng = restoreRng(savedObject(where, saved, 'rng'));
    this.#state.set(state);
    this.#elapsed = elapsed;
    this.#phase = phase;
  }

  /**
   * A new env of other rules that draws on from where this one is: what a wrapper makes.
   *
   * @param spec The registry's description of those rules.
   */
  withDynamics<P extends Space, B extends Space>(
    dynamics: Dynamics<P, B>,
    spec: EnvSpec | null,
  ): DynamicsEnv<P, B> {
    const options = { stream: this.#stream, rng: this.#rngKind, spec };
    const env = new DynamicsEnv(dynamics, options);
    env.#rng = restoreRng(this.#rng.snapshot());
    return env;
  }

  #createRng(seed: number): Rng {
    return createEnvRng(this.#rngKind, seed, this.#stream, 0);
  }

  #startState(options: Readonly<Record<string, unknown>>): ArrayLike<number> | null {
    const { name, stateSize } = this.dynamics;
    const { state } = resolveOptions<{ state: unknown }>(
      `${name}.reset`,
      { state: null },
      options as { state: unknown },
    );
    if (state === null) return null;
    const row = state as ArrayLike<number>;
    checkLength(`${name}.reset: state`, row, stateSize);
    if (Array.from(row).every(Number.isFinite)) return row;
    throw new RangeError(`${name}.reset: state must hold finite numbers, got ${show(state)}.`);
  }

  #checkRunning(): void {
    if (this.#phase === 'running') return;
    const why = {
      new: 'no episode has begun',
      terminated: 'the episode has terminated',
      truncated: 'the episode was truncated',
    }[this.#phase];
    throw new Error(`${this.dynamics.name}: cannot step, ${why}. Call reset() first.`);
  }

  /** The action as the rules see it: its integers counted from 0. */
  #counted(action: ElementOf<A>): ElementOf<A> {
    const { actionSpace } = this;
    if (actionSpace.kind === 'discrete') {
      return ((action as number) - actionSpace.start) as ElementOf<A>;
    }
    writeRow<Space>(actionSpace, action, this.#action);
    return this.#readAction();
  }

  #info(): Readonly<Record<string, unknown>> {
    const { dynamics } = this;
    const told = dynamics.info?.(this.#state) ?? {};
    return dynamics.lives ? { lives: dynamics.lives(this.#state), ...told } : told;
  }

  #observe(): ElementOf<O> {
    const { dynamics, observationSpace } = this;
    if (observationSpace.kind === 'box' && observationSpace.dtype === 'float32') {
      const observation = new Float32Array(this.#observation.length); // the fast path
      dynamics.observe(this.#state, observation);
      return observation as ElementOf<O>;
    }
    dynamics.observe(this.#state, this.#observation);
    return readRow(observationSpace, this.#observation);
  }
}

const PHASES = ['new', 'running', 'terminated', 'truncated'] as const;

function createMask({ actionMask, actionSpace }: Dynamics): Uint8Array | null {
  if (actionMask === undefined || actionSpace.kind !== 'discrete') return null;
  return new Uint8Array(actionSpace.n);
}
