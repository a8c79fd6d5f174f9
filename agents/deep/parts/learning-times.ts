import { checkInteger, show } from '../../../core/check.ts';
import { checkSavedHeader, type SavedData, savedCount, savedHeader } from '../../../core/saved.ts';

/** When an agent learns from what it remembers. */
export interface LearningTimesOptions {
  /** Environment steps before the first update, at least 0. */
  readonly learningStarts: number;
  /** Environment steps from one time of learning to the next, at least 1; or when an episode ends. */
  readonly updateEvery: number | 'episode';
  /** Updates each time, at least 1; at the end of an episode, for each step since the end before. */
  readonly updatesAtOnce: number;
  /** Environment steps from one change of the target network to the next, at least 1. */
  readonly targetUpdateEvery?: number;
}

/** @throws RangeError that begins with `where`, if an option is out of range. */
export function checkLearningTimes(where: string, options: LearningTimesOptions): void {
  const { learningStarts, updateEvery, updatesAtOnce, targetUpdateEvery = 1 } = options;
  checkInteger(`${where}: learningStarts`, learningStarts, 0);
  if (typeof updateEvery === 'string' && updateEvery !== 'episode') {
    throw new RangeError(
      `${where}: updateEvery must be an integer of at least 1, or "episode", got ${show(updateEvery)}.`,
    );
  }
  if (updateEvery !== 'episode') checkInteger(`${where}: updateEvery`, updateEvery, 1);
  checkInteger(`${where}: updatesAtOnce`, updatesAtOnce, 1);
  checkInteger(`${where}: targetUpdateEvery`, targetUpdateEvery, 1);
}

/** What there is to do when it is time. */
export interface LearningWork {
  /** Takes a gradient step. */
  update(): void;
  /** Changes the target network; none where that belongs to each update. */
  follow?(): void;
}

/** Counts environment steps, and learns when it is time. */
export class LearningTimes {
  readonly #options: LearningTimesOptions;
  readonly #isReady: () => boolean;
  #steps = 0;
  #sinceEnd = 0;

  /** @param isReady Whether there is something to learn from. Default always. */
  constructor(options: LearningTimesOptions, isReady: () => boolean = () => true) {
    this.#options = options;
    this.#isReady = isReady;
  }

  /** Environment steps so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Whether the first update is still to come. */
  get isWarmingUp(): boolean {
    return this.#steps < this.#options.learningStarts;
  }

  /** Counts the steps of all copies one after the other, and does after each what is due. */
  pass(ends: EpisodeEnds, work: LearningWork): void {
    const { terminated, truncated } = ends;
    for (let i = 0; i < terminated.length; i++) {
      this.#pass(terminated[i] === 1 || truncated[i] === 1, work);
    }
  }

  #pass(ended: boolean, work: LearningWork): void {
    const { learningStarts, targetUpdateEvery } = this.#options;
    this.#steps++;
    this.#sinceEnd++;
    if (this.#steps > learningStarts && this.#isReady()) {
      for (let left = this.#updatesDue(ended); left > 0; left--) work.update();
      if (this.#steps % (targetUpdateEvery ?? 1) === 0) work.follow?.();
    }
    if (ended) this.#sinceEnd = 0;
  }

  #updatesDue(ended: boolean): number {
    const { updateEvery, updatesAtOnce } = this.#options;
    if (updateEvery === 'episode') return ended ? this.#sinceEnd * updatesAtOnce : 0;
    return this.#steps % updateEvery === 0 ? updatesAtOnce : 0;
  }

  snapshot(): SavedData {
    return {
      ...savedHeader('learning-times', 1),
      steps: this.#steps,
      sinceEnd: this.#sinceEnd,
    };
  }

  /** @throws Error if `saved` is no snapshot of this. */
  restore(saved: SavedData): void {
    const where = 'LearningTimes.restore';
    checkSavedHeader(where, saved, 'learning-times', 1);
    const steps = savedCount(where, saved, 'steps');
    this.#sinceEnd = savedCount(where, saved, 'sinceEnd');
    this.#steps = steps;
  }
}

/** Where episodes have ended, a number for each copy of the world. */
interface EpisodeEnds {
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
}
