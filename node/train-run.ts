import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SavedData } from '../core/saved.ts';
import { findNaN, saveForInspection } from '../training/inspectable.ts';
import { createSession, type Session } from '../training/session.ts';
import type { MetricsRecord } from '../training/trainer.ts';
import { TrainingError } from '../training/training-error.ts';
import { codec } from './codec.ts';
import { Pace } from './pace.ts';
import { Progress, type ProgressOutput } from './progress.ts';
import type { RunFolder } from './run-folder.ts';
import { acquireRunLock } from './run-lock.ts';
import { resultOf } from './run-result.ts';

/** How to drive a run. */
export interface TrainRunOptions {
  /** Goes on from the newest checkpoint instead of the beginning. Default false. */
  readonly resume?: boolean;
  /** Stops after the current slice, with a checkpoint. */
  readonly signal?: AbortSignal;
  /** Where progress goes. Default `process.stderr`. */
  readonly output?: ProgressOutput;
  /**
   * Called between slices.
   *
   * @param steps Environment steps taken.
   * @param note What else there is to say, such as the mean return.
   */
  readonly onProgress?: (steps: number, note: string) => void;
  /** Called with what the user should know of, in a sentence. Default: it goes to `output`. */
  readonly onWarning?: (line: string) => void;
}

/** What a run came to. */
export interface TrainRunResult {
  /** False where a signal stopped it; it can be resumed. */
  readonly finished: boolean;
  readonly session: Session;
}

const SLICE = 20; // ms of training between looks at the clock
const SETTINGS = ' (a learning rate or a clip that is to be smaller stands in its config.json)';
const LIVE_EVERY = 1000; // ms between rewrites of `live.rlrec`, at least
const LIVE_SHARE = 0.05; // of the time, at most, goes into them

/**
 * Trains in a run folder: advances the session in slices, and between them shows progress, writes
 * checkpoints and the newest episode, and listens for a stop.
 *
 * What is written depends on the config alone, never on the slices: a run that was killed and
 * resumed ends with the same bytes as one that was not.
 *
 * @throws Error if another process is training in the folder, the run in it has begun and is not to be
 *   resumed, or none of its checkpoints can be read: all that changes nothing. Or if training fails: the
 *   message names the step, what has failed, and the file that keeps the state for inspection.
 */
export async function trainRun(
  folder: RunFolder,
  options: TrainRunOptions = {},
): Promise<TrainRunResult> {
  const lock = acquireRunLock(folder.path);
  try {
    const run = new RunDriver(folder, options);
    run.begin(options.resume ?? false);
    const finished = await run.advance(options.signal);
    return { finished, session: run.session };
  } finally {
    folder.removeRecording('live');
    lock.release();
  }
}

class RunDriver {
  readonly session: Session;
  readonly #folder: RunFolder;
  readonly #options: TrainRunOptions;
  #returned = '–';
  #evaluated = '';
  #note = '';
  readonly #live = new Pace(LIVE_EVERY, LIVE_SHARE);

  constructor(folder: RunFolder, options: TrainRunOptions) {
    this.#folder = folder;
    this.#options = options;
    this.session = createSession(folder.config, {
      codec,
      onMetrics: (record) => this.#report(record),
      onRecording: (name, bytes) => folder.writeRecording(name, bytes),
      onCut: (number) => folder.log(`the recording of episode ${number} is full and stops here`),
      onBest: () => this.#keepBest(),
    });
  }

  begin(resume: boolean): void {
    if (!resume) this.#checkFresh();
    const { recorder, config } = this.session;
    if (config.record === false) this.#folder.log('records no episodes, as its config says');
    else if (recorder === null) {
      this.#folder.log(
        `records no episodes: ${config.env.id} is hand-written and has no state rows`,
      );
    }
    if (resume) this.#goOn();
  }

  #checkFresh(): void {
    const { path, hasBegun } = this.#folder;
    if (!hasBegun) return;
    throw new Error(
      `trainRun: ${path} must be the folder of a run that has not begun, got one with metrics or checkpoints. Give { resume: true } to go on with it, or make another folder.`,
    );
  }

  /** Everything is read before anything is cut: what is refused leaves the run as it was. */
  #goOn(): void {
    const { trainer } = this.session;
    const newest = this.#folder.readNewest();
    if (newest !== null) trainer.restore(newest.session);
    this.#folder.rewind(newest);
    for (const line of newest?.damaged ?? []) {
      this.#folder.log(`passed over a damaged checkpoint: ${line}`);
      this.#warn(`A checkpoint cannot be read, so the one before it is taken. ${line}`);
    }
    this.#folder.log(`resumed at step ${trainer.steps}`);
  }

  #warn(line: string): void {
    const { onWarning, output = process.stderr } = this.#options;
    if (onWarning) onWarning(line);
    else output.write(`${line}\n`);
  }

  /** Trains to the end, or until `signal`; returns whether the end was reached. */
  async advance(signal: AbortSignal | undefined): Promise<boolean> {
    const { trainer } = this.session;
    const progress = this.#beginProgress();
    try {
      await this.#train(signal, progress);
      if (trainer.done) this.#finish();
      else this.#checkpoint();
    } catch (error) {
      throw error instanceof TrainingError ? this.#failure(error) : this.#unwritten(error);
    } finally {
      progress.end(trainer.steps, this.#note);
    }
    this.#folder.log(`${trainer.done ? 'finished' : 'stopped'} at step ${trainer.steps}`);
    return trainer.done;
  }

  #beginProgress(): Progress {
    const { trainer, config } = this.session;
    const { output } = this.#options;
    return new Progress({
      label: `${config.agent.name} ${config.env.id}`,
      total: config.steps,
      start: trainer.steps,
      ...(output ? { output } : {}),
    });
  }

  async #train(signal: AbortSignal | undefined, progress: Progress): Promise<void> {
    const { trainer } = this.session;
    let slice = 1; // however slow a step is, the signal is looked at after it
    while (!trainer.done && !signal?.aborted) {
      const began = performance.now();
      this.#advanceSlice(slice);
      const took = performance.now() - began;
      slice = Math.max(1, Math.round(slice * Math.min(2, SLICE / Math.max(took, 0.1))));
      progress.update(trainer.steps, this.#note);
      this.#options.onProgress?.(trainer.steps, this.#note);
      this.#showLive();
      await nextTurn();
    }
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
    this.#folder.writeCheckpoint(this.session.trainer.steps, this.#saved());
  }

  #keepBest(): void {
    this.#folder.writeBest(this.session.trainer.steps, this.#saved());
  }

  /** @throws TrainingError if the agent holds a NaN: so the checkpoints before it stay the newest. */
  #saved(): SavedData {
    const { trainer } = this.session;
    const saved = trainer.save();
    const found = findNaN(saved.agent, 'agent');
    if (found === null) return saved;
    throw new TrainingError(trainer.steps, new RangeError(`${found} must be a number, got NaN.`));
  }

  #finish(): void {
    const { trainer, recorder } = this.session;
    recorder?.finish();
    this.#folder.writeResult(resultOf(this.#folder.readMetrics(), trainer.stopped));
  }

  /** Keeps the state of a training that has failed, and tells of it. */
  #failure({ message, steps, cause }: TrainingError): Error {
    const saved = saveForInspection(this.session.trainer);
    const found = findNaN(saved.agent, 'agent');
    const hint = found === null || message.includes(found) ? '' : ` In the agent ${found} is NaN.`;
    const what = `${message.replace(/\.?$/, '.')}${hint}`;
    const kept = this.#keepFailure(steps, what, saved);
    this.#folder.log(`failed: ${what} ${kept}`);
    return new Error(`${what} ${kept} ${this.#advice(SETTINGS)}`, { cause });
  }

  /** Tells of a file that could not be written between two steps; the disk may be full. */
  #unwritten(cause: unknown): Error {
    const what = cause instanceof Error ? cause.message : String(cause);
    const { steps } = this.session.trainer;
    this.#folder.log(`ended at step ${steps}: ${what}`);
    return new Error(`Training ended at step ${steps}: ${what} ${this.#advice()}`, { cause });
  }

  /**
   * What to do after a failure.
   *
   * @param more What else to say of how to go on.
   */
  #advice(more = ''): string {
    const { path } = this.#folder;
    if (this.#folder.stepsSaved() === 0) {
      return 'There is no checkpoint before it to go on from: once the cause is mended, train again from the beginning.';
    }
    return `Once the cause is mended, go on from the checkpoint before: palaestra train --resume ${path}${more}`;
  }

  #keepFailure(steps: number, what: string, saved: SavedData): string {
    try {
      return `${this.#folder.writeFailure(steps, what, saved)} keeps the state for inspection.`;
    } catch (error) {
      return `The state could not be kept: ${error instanceof Error ? error.message : error}`;
    }
  }

  #report(record: MetricsRecord): void {
    this.#folder.appendMetrics(record);
    const { meanReturn = null, evaluationReturn = null, episodes } = record;
    if (evaluationReturn !== null) this.#evaluated = `, evaluation ${evaluationReturn.toFixed(3)}`;
    else this.#returned = meanReturn === null ? '–' : meanReturn.toFixed(3);
    this.#note = `return ${this.#returned}${this.#evaluated}, ${episodes} episodes`;
  }

  #showLive(): void {
    const { recorder } = this.session;
    if (recorder === null) return;
    this.#live.run(() => this.#folder.writeRecording('live', recorder.newest()));
  }
}
