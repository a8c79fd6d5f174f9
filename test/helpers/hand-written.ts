import { Alea } from '../../core/alea.ts';
import { checkAction } from '../../core/check-action.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { DynamicsEnv, type DynamicsEnvOptions } from '../../core/dynamics-env.ts';
import type { Env, ResetOptions, Start, Step } from '../../core/env.ts';
import type { EnvSpec } from '../../core/env-spec.ts';
import { restoreRng } from '../../core/restore-rng.ts';
import {
  checkSavedHeader,
  type SavedData,
  savedCount,
  savedHeader,
  savedObject,
} from '../../core/saved.ts';
import type { Scene } from '../../core/scene.ts';
import { type Discrete, discrete, type Space } from '../../core/space.ts';

/**
 * An env of rules that lets nobody see that it has any: as if written by hand. Its resets tell that
 * an episode `began`.
 */
export function hideDynamics<O extends Space, A extends Space>(
  dynamics: Dynamics<O, A>,
  options: DynamicsEnvOptions = {},
): Env<O, A> {
  const env = new DynamicsEnv(dynamics, options);
  return {
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    spec: env.spec,
    reset(given) {
      const start = env.reset(given);
      return { ...start, info: { ...start.info, began: true } };
    },
    step: (action) => env.step(action),
    actionMask: () => env.actionMask(),
    scene: () => env.scene(),
    snapshot: () => env.snapshot(),
    restore: (saved) => env.restore(saved),
  };
}

/** How a ladder behaves. */
export interface LadderOptions {
  /** Rungs, at least 2. */
  readonly rungs: number;
  /** Chance that a step up slips one rung down. */
  readonly slip: number;
}

/** The options of a ladder, unless others are given. */
export const LADDER_DEFAULTS: LadderOptions = { rungs: 5, slip: 0.2 };

/**
 * A ladder that is climbed to its top, written by hand: its state is an object, not a row.
 *
 * Rungs are numbered from 10, action 1 goes down and 2 up; from the lowest rung one can only go up.
 * Reward 1 at the top and −0.01 for every step; truncated after 30 steps. Where both happen at
 * once it says both.
 */
export class Ladder implements Env<Discrete, Discrete> {
  readonly observationSpace: Discrete;
  readonly actionSpace: Discrete = discrete(2, { start: 1, labels: ['down', 'up'] });
  readonly spec: EnvSpec | null;
  readonly #options: LadderOptions;
  #climber = { rung: 0, steps: 0, over: true };
  #rng: Alea;

  constructor(options: Partial<LadderOptions> = {}, seed = 0, spec: EnvSpec | null = null) {
    this.#options = { ...LADDER_DEFAULTS, ...options };
    this.observationSpace = discrete(this.#options.rungs, { start: 10 });
    this.#rng = new Alea(seed);
    this.spec = spec;
  }

  reset({ seed }: ResetOptions = {}): Start<Discrete> {
    if (seed !== undefined) this.#rng = new Alea(seed);
    const rung = this.#rng.below(this.#options.rungs - 1);
    this.#climber = { rung, steps: 0, over: false };
    return { observation: 10 + rung, info: { height: rung } };
  }

  step(action: number): Step<Discrete> {
    if (this.#climber.over) throw new Error('Ladder: the episode is over. Call reset() first.');
    checkAction({ name: 'Ladder', actionSpace: this.actionSpace }, action, this.actionMask());
    const { rungs, slip } = this.#options;
    const climber = this.#climber;
    const up = action === 2 && this.#rng.uniform() >= slip;
    climber.rung = up ? climber.rung + 1 : Math.max(0, climber.rung - 1);
    climber.steps++;
    const terminated = climber.rung === rungs - 1;
    const truncated = climber.steps >= 30;
    climber.over = terminated || truncated;
    const reward = terminated ? 1 : -0.01;
    const info = { height: climber.rung, ...(up ? {} : { slipped: action === 2 }) };
    return { observation: 10 + climber.rung, reward, terminated, truncated, info };
  }

  actionMask(): Uint8Array | null {
    return Uint8Array.of(this.#climber.rung === 0 ? 0 : 1, 1);
  }

  scene(): Scene {
    const { rungs } = this.#options;
    const tiles = new Array(rungs).fill('floor');
    const row = rungs - 1 - this.#climber.rung;
    return {
      kind: 'grid',
      rows: rungs,
      columns: 1,
      tiles,
      tokens: [{ kind: 'agent', row, column: 0 }],
    };
  }

  snapshot(): SavedData {
    const { over, ...climber } = this.#climber;
    return { ...savedHeader('ladder', 1), climber, over, rng: this.#rng.snapshot() };
  }

  restore(saved: SavedData): void {
    checkSavedHeader('Ladder.restore', saved, 'ladder', 1);
    const climber = savedObject('Ladder.restore', saved, 'climber');
    const rung = savedCount('Ladder.restore', climber, 'rung');
    const steps = savedCount('Ladder.restore', climber, 'steps');
    this.#rng = restoreRng(savedObject('Ladder.restore', saved, 'rng')) as Alea;
    this.#climber = { rung, steps, over: saved.over === true };
  }
}
