import { checkInteger, checkOneOf } from '../core/check.ts';
import type { SavedData } from '../core/saved.ts';
import { rowSize } from '../core/spaces/rows.ts';
import type { Transitions } from '../core/transitions.ts';
import { Episode } from './episode.ts';
import { listPart, type SavedPart } from './saved-parts.ts';
import { checkCopies, checkReward, numCopies, type Task } from './task.ts';

/** What to do with an episode that ends, but not in a terminal state. */
export interface EpisodeOptions {
  /**
   * What becomes of an episode that a time limit cut. `bootstrap`: what would have come is put down
   * at the current estimate of the last state (Pardo et al. 2018, "Time limits in reinforcement
   * learning", section 4). `discard`: nothing is learned from it. Default `bootstrap`.
   */
  readonly truncation?: 'bootstrap' | 'discard';
  /**
   * Steps, at least 1, after which an episode is cut as a time limit cuts it, though it goes on as
   * another one: it bounds the memory. Default 100,000.
   */
  readonly maxEpisodeSteps?: number;
}

/** The defaults of `EpisodeOptions`. */
export const EPISODE_DEFAULTS: Required<EpisodeOptions> = {
  truncation: 'bootstrap',
  maxEpisodeSteps: 100_000,
};

/** @throws RangeError if an option is out of range. */
export function checkEpisodeOptions(where: string, options: Required<EpisodeOptions>): void {
  checkOneOf(`${where}: truncation`, options.truncation, ['bootstrap', 'discard']);
  checkInteger(`${where}: maxEpisodeSteps`, options.maxEpisodeSteps, 1);
}

/** The episode of each copy that is going on: what Monte Carlo methods learn from. */
export class Episodes implements SavedPart {
  readonly #where: string;
  readonly #truncation: 'bootstrap' | 'discard';
  readonly #list: readonly Episode[];
  readonly #parts: SavedPart;

  /** @throws RangeError if `task.numEnvs` is no integer of at least 1. */
  constructor(where: string, task: Task, options: Required<EpisodeOptions>) {
    const size = rowSize(task.observationSpace);
    this.#where = `${where}.learn`;
    this.#truncation = options.truncation;
    this.#list = Array.from(
      { length: numCopies(where, task) },
      () => new Episode(size, options.maxEpisodeSteps),
    );
    this.#parts = listPart(this.#list);
  }

  /** Copies of the world. */
  get numCopies(): number {
    return this.#list.length;
  }

  /** The episode of copy `i`. */
  of(i: number): Episode {
    return this.#list[i];
  }

  /** @throws RangeError unless the batch has a row for each copy. */
  check({ actions }: Transitions): void {
    checkCopies(this.#where, actions.length, this.#list.length);
  }

  /**
   * Adds row `i` to the episode of copy i.
   *
   * @param step Its number, for the message.
   * @throws RangeError if the reward is not a finite number.
   */
  add(transitions: Transitions, i: number, step: number, chance: number = 1): void {
    const { observations, actions, rewards } = transitions;
    checkReward(this.#where, rewards[i], step);
    this.#list[i].add(observations, i, actions[i], rewards[i], chance);
  }

  /** Whether copy `i` has an episode to learn from; else forgets one that is to be discarded. */
  isComplete({ terminated, truncated }: Transitions, i: number): boolean {
    if (terminated[i]) return true;
    const episode = this.#list[i];
    const cut = truncated[i] !== 0 || episode.isFull;
    if (cut && this.#truncation === 'bootstrap') return true;
    if (cut) episode.clear();
    return false;
  }

  snapshot(): SavedData {
    return this.#parts.snapshot();
  }

  restore(saved: SavedData): void {
    this.#parts.restore(saved);
  }
}
