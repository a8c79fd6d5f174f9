import type { Learner, LearnerBatch } from '../../networks/learner.ts';

const MOST = 200;

/** How long updates took. */
export interface UpdateTime {
  /** Of an update that is waited for, in milliseconds: the median. */
  readonly milliseconds: number;
  readonly updates: number;
}

/**
 * Times whole steps of learning, each of them waited for.
 *
 * @param budget After so many milliseconds no further one is begun.
 */
export async function timeUpdates(
  learner: Learner,
  batch: LearnerBatch,
  budget: number,
): Promise<UpdateTime> {
  await repeat(learner, batch, budget / 4); // caches, compilers
  const times = await repeat(learner, batch, budget);
  times.sort((a, b) => a - b);
  return { milliseconds: times[Math.floor(times.length / 2)], updates: times.length };
}

/** Updates until the time is over, at least one. @returns how long each took. */
async function repeat(learner: Learner, batch: LearnerBatch, budget: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + budget;
  do {
    const before = performance.now();
    await learner.update(batch);
    times.push(performance.now() - before);
  } while (times.length < MOST && performance.now() < end);
  return times;
}
