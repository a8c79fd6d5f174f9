import { show } from '../../core/check.ts';
import type { Env, ResetOptions, Start, Step } from '../../core/env.ts';
import { copySavedArray, type SavedData } from '../../core/saved.ts';
import type { Scene } from '../../core/scene.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { countedFromZero, fitsRow, readRow, rowSize, writeRow } from '../../core/spaces/rows.ts';
import type { Action, Inner } from './wrapper.ts';

/** What an env has shown last. */
export interface Shown {
  readonly observation: ElementOf<Space> | undefined;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly info: Readonly<Record<string, unknown>>;
}

/** A hand-written env as the world inside a wrapper. */
export class InnerEnv implements Inner {
  readonly #env: Env;
  readonly #fromCounted: (action: Action) => ElementOf<Space>;
  #resetOptions: ResetOptions = {};
  #shown: Shown = { observation: undefined, terminated: false, truncated: false, info: {} };

  constructor(env: Env) {
    this.#env = env;
    this.#fromCounted = fromCounted(env.actionSpace);
  }

  /** Begins an episode from a seed, perhaps; `reset` begins others like it without. */
  begin(options: ResetOptions): void {
    this.#showStart(this.#env.reset(options));
    this.#resetOptions = options.options === undefined ? {} : { options: options.options };
  }

  step(action: Action): number {
    const step: Step<Space> = this.#env.step(this.#fromCounted(action));
    this.#shown = step;
    return step.reward;
  }

  reset(): void {
    this.#showStart(this.#env.reset(this.#resetOptions));
  }

  isTerminal(): boolean {
    return this.#shown.terminated;
  }

  hasEnded(): boolean {
    return this.#shown.terminated || this.#shown.truncated;
  }

  observe(observation: Float32Array): void {
    writeRow<Space>(this.#env.observationSpace, this.observation(), observation);
  }

  /** What it has shown last, as a person sees it. */
  observation(): ElementOf<Space> {
    return this.#shown.observation as ElementOf<Space>;
  }

  actionMask(mask: Uint8Array): void {
    const legal = this.#env.actionMask();
    if (legal === null) mask.fill(1);
    else mask.set(legal);
  }

  scene(): Scene {
    return this.#env.scene();
  }

  lives(): number {
    const { lives } = this.#shown.info;
    if (Number.isInteger(lives) && (lives as number) >= 0) return lives as number;
    const name = this.#env.spec?.id ?? 'the env';
    throw new Error(`${name}: info.lives must be an integer of at least 0, got ${show(lives)}.`);
  }

  info(): Readonly<Record<string, unknown>> {
    return this.#shown.info;
  }

  /** What the env's own snapshot does not tell: what it has shown last. */
  snapshot(): SavedData {
    const { observation, terminated, truncated } = this.#shown;
    const space = this.#env.observationSpace;
    const kept = observation !== undefined && fitsRow(space);
    const row = new Float64Array(kept ? rowSize(space) : 0);
    if (kept) writeRow<Space>(space, observation, row);
    return { observation: row, terminated, truncated };
  }

  /**
   * What `snapshot` told.
   *
   * @throws Error if it is nothing that this env can have shown.
   */
  parse(where: string, saved: SavedData): Shown {
    const space = this.#env.observationSpace;
    const { observation, terminated, truncated } = saved;
    if (typeof terminated !== 'boolean' || typeof truncated !== 'boolean') {
      throw new Error(
        `${where}: terminated and truncated must be true or false, got ${show(terminated)} and ${show(truncated)}.`,
      );
    }
    const none = !fitsRow(space) || (observation instanceof Float64Array && !observation.length);
    const row = new Float64Array(none ? 0 : rowSize(space));
    copySavedArray(where, saved, 'observation', row);
    return { observation: none ? undefined : readRow(space, row), terminated, truncated, info: {} };
  }

  /** Shows what it has shown before. */
  show(shown: Shown): void {
    this.#shown = shown;
  }

  #showStart({ observation, info }: Start<Space>): void {
    this.#shown = { observation, terminated: false, truncated: false, info };
  }
}

/** Turns an action whose integers are counted from 0 into a fresh one of the env. */
function fromCounted(space: Space): (action: Action) => ElementOf<Space> {
  if (space.kind === 'discrete') return (action) => (action as number) + space.start;
  if (!fitsRow(space)) return (action) => action;
  const counted = countedFromZero(space);
  const row = new Float64Array(rowSize(space));
  return (action) => {
    writeRow<Space>(counted, action, row);
    return readRow(space, row);
  };
}
