import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { SavedData } from '../core/saved.ts';
import { type LogKind, parseRunConfig, type RunConfig } from '../training/session.ts';
import type { MetricsRecord } from '../training/trainer.ts';
import {
  isLeftover,
  removeLeftovers,
  writeFileAtomicSync,
  writeFolderAtomicSync,
} from './atomic-file.ts';
import { forgetBest, keepBest, restoreBest } from './best-files.ts';
import { decodeOwnCheckpoint, encodeCheckpoint } from './checkpoint-file.ts';
import { CsvLog } from './logs/csv-log.ts';
import type { MetricsLog } from './logs/metrics-log.ts';
import { TensorboardLog } from './logs/tensorboard-log.ts';
import { parseResult, type RunResult } from './run-result.ts';

const CHECKPOINT_NAME = /^step-(\d{12})\.ckpt$/;

/** Checkpoints kept beside the newest one, in case that one cannot be read. */
const OLDER_CHECKPOINTS = 1;

/** How each of the further logs is opened in the folder of a run. */
const LOGS: Readonly<Record<LogKind, (folder: string) => MetricsLog>> = {
  tensorboard: (folder) => new TensorboardLog(folder),
  csv: (folder) => new CsvLog(folder),
};

/** A checkpoint that a run can go on from. */
export interface NewestCheckpoint {
  /** Environment steps taken then. */
  readonly steps: number;
  /** How long the metrics were then. */
  readonly metricsBytes: number;
  /** The session's state. */
  readonly session: SavedData;
  /** Newer ones that cannot be read, with the reason. */
  readonly damaged: readonly string[];
}

/**
 * A run on disk: `config.json`, `metrics.jsonl` and the logs that the config names, `checkpoints/`,
 * `episodes/*.rlrec`, `result.json`, `log.txt`.
 *
 * Files are written to a temporary name and renamed; metrics grow by whole lines.
 */
export class RunFolder {
  readonly path: string;
  readonly config: RunConfig;
  readonly #logs: readonly MetricsLog[];

  private constructor(path: string, config: RunConfig) {
    this.path = path;
    this.config = config;
    this.#logs = config.log.map((kind) => LOGS[kind](path));
  }

  /**
   * Makes the folder of a new run, or fills an empty one.
   *
   * @throws Error if there is something at `path` already.
   */
  static create(path: string, config: RunConfig): RunFolder {
    if (!isFree(path)) throw takenError(path);
    const text = `${JSON.stringify(config, null, 2)}\n`;
    // First of all, and at once: a folder of a run is never seen without it.
    if (existsSync(path)) {
      removeLeftovers(path);
      writeFileAtomicSync(join(path, 'config.json'), text);
    } else {
      mkdirSync(dirname(path), { recursive: true });
      writeFolderAtomicSync(path, { 'config.json': text });
    }
    for (const part of ['checkpoints', 'episodes']) mkdirSync(join(path, part));
    return new RunFolder(path, config);
  }

  /** @throws Error if there is no run at `path`, or its config cannot be read. */
  static open(path: string): RunFolder {
    const file = join(path, 'config.json');
    if (existsSync(path) && !statSync(path).isDirectory()) {
      throw new Error(`There is no run at ${path}: it is a file. Give the folder of a run.`);
    }
    if (!existsSync(file)) {
      throw new Error(`There is no run at ${path}: ${file} is missing.`);
    }
    try {
      const config = parseRunConfig(JSON.parse(readFileSync(file, 'utf8')));
      return new RunFolder(path, config);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`${file} cannot be read: ${why}`, { cause: error });
    }
  }

  /** Appends one line of metrics, to every log. */
  appendMetrics(record: MetricsRecord): void {
    appendFileSync(this.#metrics, `${JSON.stringify(record)}\n`);
    for (const log of this.#logs) log.append(record);
  }

  /** The lines of metrics that are whole. */
  readMetrics(): MetricsRecord[] {
    if (!existsSync(this.#metrics)) return [];
    const lines = readFileSync(this.#metrics, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as MetricsRecord);
  }

  /** Whether there are metrics or checkpoints: training has been here. */
  get hasBegun(): boolean {
    return this.#metricsSize() > 0 || this.#checkpoints().length > 0;
  }

  /** Environment steps at the newest checkpoint; 0 where there is none. */
  stepsSaved(): number {
    const newest = this.#checkpoints().at(-1);
    return newest === undefined ? 0 : Number(CHECKPOINT_NAME.exec(newest)?.[1]);
  }

  /** Writes what the finished run came to. */
  writeResult(result: RunResult): void {
    writeFileAtomicSync(this.#result, `${JSON.stringify(result, null, 2)}\n`);
  }

  /** What the run came to; `null` where it has not finished. */
  readResult(): RunResult | null {
    return existsSync(this.#result) ? parseResult(readFileSync(this.#result, 'utf8')) : null;
  }

  /** Writes or replaces a recording: `best` becomes `episodes/best.rlrec`. */
  writeRecording(name: string, bytes: Uint8Array): void {
    writeFileAtomicSync(this.#place('episodes', `${name}.rlrec`), bytes);
  }

  /** Takes a recording away, if it is there. */
  removeRecording(name: string): void {
    rmSync(join(this.path, 'episodes', `${name}.rlrec`), { force: true });
  }

  /** Appends a line with the time to `log.txt`, if it can; nothing reads it back. */
  log(line: string): void {
    try {
      appendFileSync(join(this.path, 'log.txt'), `${new Date().toISOString()} ${line}\n`);
    } catch {
      // A full disk must not hide what there was to say: the files that count tell of it.
    }
  }

  /**
   * Writes a checkpoint: the session's state, how long the metrics were then, and what the best files
   * were (`keepBest`). Of these the newest two are kept.
   *
   * @param steps Environment steps taken, for the file's name.
   */
  writeCheckpoint(steps: number, session: SavedData): void {
    mkdirSync(join(this.path, 'checkpoints'), { recursive: true });
    keepBest(this.path, numberOf(steps));
    this.#write(`step-${numberOf(steps)}`, { steps, session });
    for (const old of this.#checkpoints().slice(0, -1 - OLDER_CHECKPOINTS)) {
      rmSync(join(this.path, 'checkpoints', old), { force: true });
    }
    forgetBest(this.path, this.#checkpointNumbers());
  }

  /** Writes `checkpoints/best.ckpt`, which stays until there is a better one. */
  writeBest(steps: number, session: SavedData): void {
    this.#write('best', { steps, session });
  }

  /**
   * Writes a state to look into after a failure: nothing goes on from it.
   *
   * @param error What has failed.
   * @returns the path of the file.
   */
  writeFailure(steps: number, error: string, session: SavedData): string {
    return this.#write(`failed-${numberOf(steps)}`, { steps, error, session });
  }

  /**
   * The newest checkpoint that can be read; nothing is changed.
   *
   * @returns `null` where there is none yet: the run starts from the beginning.
   * @throws Error if there are checkpoints, and none of them can be read.
   */
  readNewest(): NewestCheckpoint | null {
    const damaged: string[] = [];
    for (const name of this.#checkpoints().reverse()) {
      try {
        return { ...this.#readCheckpoint(name), damaged };
      } catch (error) {
        damaged.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    if (damaged.length === 0) return null;
    throw new Error(
      `${this.path}: a checkpoint must be readable to go on, got none. ${damaged.join(' ')} Nothing has been changed. Put a copy that can be read into checkpoints, or delete those named here to train from the beginning.`,
    );
  }

  /**
   * Goes back to a checkpoint: cuts the metrics to what they were then, brings back the best files of
   * that time, and takes away what a killed writer has left. Only who holds the run's lock may call it.
   *
   * @param to `null` for the beginning.
   */
  rewind(to: Pick<NewestCheckpoint, 'steps' | 'metricsBytes'> | null): void {
    for (const part of ['', 'checkpoints', 'episodes']) {
      if (existsSync(join(this.path, part))) removeLeftovers(join(this.path, part));
    }
    restoreBest(this.path, to === null ? null : numberOf(to.steps));
    if (existsSync(join(this.path, 'checkpoints'))) {
      forgetBest(this.path, this.#checkpointNumbers()); // what was kept before a checkpoint that was never
    }
    this.#rewindLogs(to?.metricsBytes ?? 0, to?.steps ?? -1);
  }

  /** Where a file goes; its folder is there then. */
  #place(part: 'checkpoints' | 'episodes', name: string): string {
    const folder = join(this.path, part);
    mkdirSync(folder, { recursive: true });
    return join(folder, name);
  }

  get #result(): string {
    return join(this.path, 'result.json');
  }

  get #metrics(): string {
    return join(this.path, 'metrics.jsonl');
  }

  /** Bytes. */
  #metricsSize(): number {
    return existsSync(this.#metrics) ? statSync(this.#metrics).size : 0;
  }

  /** Names of the checkpoints, oldest first. */
  #checkpoints(): string[] {
    const folder = join(this.path, 'checkpoints');
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => CHECKPOINT_NAME.test(name))
      .sort();
  }

  #checkpointNumbers(): string[] {
    return this.#checkpoints().map((name) => CHECKPOINT_NAME.exec(name)?.[1] ?? '');
  }

  #readCheckpoint(name: string): Omit<NewestCheckpoint, 'damaged'> {
    const bytes = readFileSync(join(this.path, 'checkpoints', name));
    const { metricsBytes, session } = decodeOwnCheckpoint(bytes);
    if (typeof metricsBytes !== 'number' || typeof session !== 'object' || session === null) {
      throw new Error('it holds no session.');
    }
    const size = this.#metricsSize();
    if (metricsBytes > size) {
      throw new Error(
        `metrics.jsonl has ${size} bytes, the checkpoint was made at ${metricsBytes}.`,
      );
    }
    const steps = Number(CHECKPOINT_NAME.exec(name)?.[1]);
    return { steps, metricsBytes, session: session as SavedData };
  }

  /** Writes a file of `checkpoints/`, and returns its path. */
  #write(name: string, saved: SavedData): string {
    const metricsBytes = this.#metricsSize();
    const file = this.#place('checkpoints', `${name}.ckpt`);
    writeFileAtomicSync(file, encodeCheckpoint({ ...saved, metricsBytes }));
    return file;
  }

  /** Cuts every log to what it was at `steps`, when the metrics had `bytes`. */
  #rewindLogs(bytes: number, steps: number): void {
    if (existsSync(this.#metrics)) truncateSync(this.#metrics, bytes);
    else appendFileSync(this.#metrics, '');
    rmSync(this.#result, { force: true });
    const records = this.#logs.length === 0 ? [] : this.readMetrics();
    for (const log of this.#logs) log.rewind(steps, records);
  }
}

/** Whether a run can be made at `path`: there is nothing, or a folder with nothing but leftovers. */
export function isFree(path: string): boolean {
  if (!existsSync(path)) return true;
  return statSync(path).isDirectory() && readdirSync(path).every(isLeftover);
}

function takenError(path: string): Error {
  const another = 'give the new run another folder with --run';
  return new Error(
    existsSync(join(path, 'config.json'))
      ? `${path} exists already. Go on with it by --resume ${path}, or ${another}.`
      : `${path} exists already, and holds no run: config.json is missing. Take it away, or ${another}.`,
  );
}

function numberOf(steps: number): string {
  return String(steps).padStart(12, '0');
}
