import type { Env } from '../../core/env.ts';
import type { SavedData } from '../../core/saved.ts';
import { Chooser } from './chooser.ts';
import { copyOf, difference } from './compare.ts';

/** What reset or step returned, whatever that is. */
export type Returned = Readonly<Record<string, unknown>>;

/** What can be seen after a reset or a step, as copies. */
export interface Moment {
  readonly episode: number;
  readonly step: number;
  readonly result: Returned;
  readonly mask: unknown;
}

/** The place in words: `step 17 of episode 3`. */
export function whereIs({ episode, step }: { episode: number; step: number }): string {
  return step === 0 ? `the reset of episode ${episode}` : `step ${step} of episode ${episode}`;
}

/** Plays an env by itself: legal actions, and a reset where an episode has ended. */
export class Player {
  readonly env: Env;
  /** Episodes begun. */
  episode = 0;
  /** Steps of this episode. */
  step = 0;
  /** What reset or step returned last: the env's own, no copy. */
  last: Returned = {};

  /** Whether the next move is a reset. */
  ended = true;

  readonly #chooser: Chooser;

  /** @param seed Of the actions. */
  constructor(env: Env, seed: number) {
    this.env = env;
    this.#chooser = new Chooser(env.actionSpace, seed);
  }

  /** Where it is now: `step 17 of episode 3`. */
  get where(): string {
    return whereIs(this);
  }

  /** Begins an episode; returns what the env returned. */
  begin(seed?: number): Returned {
    this.episode++;
    this.step = 0;
    this.#chooser.begin();
    this.last = this.env.reset(seed === undefined ? {} : { seed }) as unknown as Returned;
    this.ended = false;
    return this.last;
  }

  /** The next action: legal, and not yet taken. */
  choose(): unknown {
    return this.#chooser.choose(this.env.actionMask());
  }

  /** Takes an action; returns what the env returned. */
  take(action: unknown): Returned {
    this.step++;
    this.last = this.env.step(action as never) as unknown as Returned;
    const { terminated, truncated } = this.last ?? {};
    this.ended = Boolean(terminated) || Boolean(truncated);
    return this.last;
  }

  /** Goes on by one reset or step, and copies what can be seen then. */
  next(): Moment {
    if (this.ended) return this.start();
    this.take(this.choose());
    return this.#moment();
  }

  /** Begins an episode, and copies what can be seen then. */
  start(seed?: number): Moment {
    this.begin(seed);
    return this.#moment();
  }

  /** A copy of what reset or step returned last. */
  look(): Returned {
    return copyOf({ ...this.last });
  }

  /** Begins with a seed and goes on: `moves` moments in all. */
  record(seed: number, moves: number): Moment[] {
    const moments = [this.start(seed)];
    while (moments.length < moves) moments.push(this.next());
    return moments;
  }

  #moment(): Moment {
    const { episode, step } = this;
    return { episode, step, result: this.look(), mask: copyOf(this.env.actionMask()) };
  }
}

/** A copy of the env's snapshot, to see whether something changes it; `null` where it has none. */
export function stateOf(env: Env): SavedData | null {
  try {
    return copyOf(env.snapshot());
  } catch {
    return null; // which other checks report
  }
}

/** Puts the env back to where `stateOf` found it, if it can be. */
export function backTo(env: Env, state: SavedData | null): void {
  try {
    if (state !== null) env.restore(copyOf(state));
  } catch {
    // Other checks report it.
  }
}

/** Where two runs first differ; `null` if they have the same bits throughout. */
export function firstDifference(
  run: readonly Moment[],
  other: readonly Moment[],
): { readonly where: string; readonly what: string } | null {
  for (let i = 0; i < Math.min(run.length, other.length); i++) {
    const found =
      difference(run[i].result, other[i].result, 'the result') ??
      difference(run[i].mask, other[i].mask, 'the mask');
    if (found !== null) return { where: whereIs(run[i]), what: found };
  }
  return null;
}
