import { setImmediate as nextTurn } from 'node:timers/promises';
import { createSession, type Session } from '../training/session.ts';
import type { MetricsRecord } from '../training/trainer.ts';
import { codec } from './codec.ts';
import { Progress, type ProgressOutput } from './progress.ts';
import type { RunFolder } from './run-folder.ts';
import { acquireRunLock } from './run-lock.ts';

/** How to drive a run. */
export interface TrainRunOptions {
  /** Goes on from the newest checkpoint instead of the beginning. Default false. */
  readonly resume?: boolean;
  /** Stops after the current slice, with a checkpoint. */
  readonly signal?: AbortSignal;
  /** Where progress goes. Default `process.stderr`. */
  readonly output?: ProgressOutput;
}

/** What a run came to. */
export interface TrainRunResult {
  /** False where it was stopped before all steps were taken; it can be resumed. */
  readonly finished: boolean;
  readonly session: Session;
}

const SLICE = 20; // ms of training between looks at the clock
const LIVE_EVERY = 1000; // ms between rewrites of `live.rlrec`

/**
 * Trains in a run folder: advances the session in slices, and between them shows progress, writes
 * checkpoints and the newest episode, and listens for a stop.
 *
 * What is written depends on the config alone, never on the slices: a run that was killed and
 * resumed ends with the same bytes as one that was not.
 *
 * @throws Error if another process is training in the folder.
 */
export async function trainRun(
  folder: RunFolder,
  { resume = false, signal, output }: TrainRunOptions = {},
): Promise<TrainRunResult> {
  const lock = acquireRunLock(folder.path);
  try {
    const run = new RunDriver(folder, output);
    run.begin(resume);
    const finished = await run.advance(signal);
    return { finished, session: run.session };
  } finally {
    folder.removeRecording('live');
    lock.release();
  }
}

class RunDriver {
  readonly session: Session;
  readonly #folder: RunFolder;
  readonly #output: ProgressOutput | undefined;
  #note = '';
  #liveAt = performance.now();

  constructor(folder: RunFolder, output: ProgressOutput | undefined) {
    this.#folder = folder;
    this.#output = output;
    this.session = createSession(folder.config, {
      codec,
      onMetrics: (record) => this.#report(record),
      onRecording: (name, bytes) => folder.writeRecording(name, bytes),
    });
  }

  begin(resume: boolean): void {
    const { recorder, config } = this.session;
    if (recorder === null) {
      this.#folder.log(
        `records no episodes: ${config.env.id} is hand-written and has no state rows`,
      );
    }
    if (!resume) return;
    const { session, damaged } = this.#folder.rewind();
    for (const line of damaged) this.#folder.log(`passed over a damaged checkpoint: ${line}`);
    if (session) this.session.trainer.restore(session);
    this.#folder.log(`resumed at step ${this.session.trainer.steps}`);
  }

  /** Trains to the end, or until `signal`; returns whether the end was reached. */
  async advance(signal: AbortSignal | undefined): Promise<boolean> {
    const { trainer, config } = this.session;
    const label = `${config.agent.name} ${config.env.id}`;
    const start = trainer.steps;
    const total = config.steps;
    const progress = new Progress({
      label,
      total,
      start,
      ...(this.#output ? { output: this.#output } : {}),
    });
    let slice = 1000;
    while (!trainer.done && !signal?.aborted) {
      const began = performance.now();
      this.#advanceSlice(slice);
      const took = performance.now() - began;
      slice = Math.max(1, Math.round(slice * Math.min(2, SLICE / Math.max(took, 0.1))));
      progress.update(trainer.steps, this.#note);
      this.#showLive();
      await nextTurn();
    }
    if (trainer.done) this.session.recorder?.finish();
    else this.#checkpoint();
    progress.end(trainer.steps, this.#note);
    this.#folder.log(`${trainer.done ? 'finished' : 'stopped'} at step ${trainer.steps}`);
    return trainer.done;
  }

  /** Trains for a slice, or to the next checkpoint if that comes first. */
  #advanceSlice(slice: number): void {
    const { trainer, config } = this.session;
    const every = config.checkpointEvery;
    const next = (Math.floor(trainer.steps / every) + 1) * every;
    trainer.advance(Math.min(slice, next - trainer.steps));
    if (trainer.steps >= next || trainer.done) this.#checkpoint();
  }

  #checkpoint(): void {
    const { trainer } = this.session;
    this.#folder.writeCheckpoint(trainer.steps, trainer.save());
  }

  #report(record: MetricsRecord): void {
    this.#folder.appendMetrics(record);
    const { meanReturn, episodes } = record;
    const shown = meanReturn === null ? '–' : Number(meanReturn).toFixed(3);
    this.#note = `return ${shown}, ${episodes} episodes`;
  }

  #showLive(): void {
    const { recorder } = this.session;
    const now = performance.now();
    if (recorder === null || now - this.#liveAt < LIVE_EVERY) return;
    this.#liveAt = now;
    this.#folder.writeRecording('live', recorder.newest());
  }
}
