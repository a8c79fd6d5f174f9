import type { ProgressOutput } from '../progress.ts';
import type { RunFolder } from '../run-folder.ts';
import { type SeedEnd, trainInProcess } from './seed-process.ts';
import { SeedsProgress } from './seeds-progress.ts';

/** How to train several seeds. */
export interface TrainSeedsOptions {
  /** Processes at once, at least 1. */
  readonly jobs: number;
  /** Has those that run save and stop, and no other begin. */
  readonly signal: AbortSignal;
  /** Where progress goes. Default `process.stderr`. */
  readonly output?: ProgressOutput;
}

/**
 * Trains runs in processes, some at once; those that have finished already are passed over, and one
 * that fails leaves the others alone.
 *
 * @returns how each run has ended, in their order.
 */
export async function trainSeeds(
  runs: readonly RunFolder[],
  { jobs, signal, output }: TrainSeedsOptions,
): Promise<SeedEnd[]> {
  const ends = runs.map((run): SeedEnd | null =>
    run.readResult() === null ? null : { kind: 'finished' },
  );
  const waiting = [...runs.keys()].filter((i) => ends[i] === null);
  const progress = new SeedsProgress(runs, output ?? process.stderr);
  const work = async () => {
    for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) {
      if (signal.aborted) return;
      const seed = i;
      const listener = {
        onProgress: (steps: number) => progress.update(seed, steps),
        onWarning: (line: string) => progress.say(seed, line),
      };
      const end = await trainInProcess(runs[i], listener, signal);
      ends[i] = end;
      progress.tell(i, end);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, waiting.length) }, work));
  progress.end();
  return ends.map((end) => end ?? { kind: 'stopped' });
}
