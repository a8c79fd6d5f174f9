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
import { join } from 'node:path';
import type { SavedData } from '../core/saved.ts';
import { parseRunConfig, type RunConfig } from '../training/session.ts';
import { removeLeftovers, writeFileAtomicSync } from './atomic-file.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-file.ts';

const CHECKPOINT_NAME = /^step-(\d{12})\.ckpt$/;

/** Checkpoints kept beside the newest one, in case that one cannot be read. */
const OLDER_CHECKPOINTS = 1;

/**
 * A run on disk: `config.json`, `metrics.jsonl`, `checkpoints/`, `episodes/*.rlrec`, `log.txt`.
 *
 * Files are written to a temporary name and renamed; metrics grow by whole lines.
 */
export class RunFolder {
  readonly path: string;
  readonly config: RunConfig;

  private constructor(path: string, config: RunConfig) {
    this.path = path;
    this.config = config;
  }

  /**
   * Makes the folder of a new run.
   *
   * @throws Error if there is something at `path` already.
   */
  static create(path: string, config: RunConfig): RunFolder {
    if (existsSync(path)) {
      throw new Error(
        `${path} exists already. Go on with it by --resume ${path}, or give the new run another folder with --run.`,
      );
    }
    mkdirSync(join(path, 'checkpoints'), { recursive: true });
    mkdirSync(join(path, 'episodes'), { recursive: true });
    writeFileAtomicSync(join(path, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
    return new RunFolder(path, config);
  }

  /** @throws Error if there is no run at `path`, or its config cannot be read. */
  static open(path: string): RunFolder {
    const file = join(path, 'config.json');
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

  /** Appends one line of metrics. */
  appendMetrics(record: object): void {
    appendFileSync(this.#metrics, `${JSON.stringify(record)}\n`);
  }

  /** Writes or replaces a recording: `best` becomes `episodes/best.rlrec`. */
  writeRecording(name: string, bytes: Uint8Array): void {
    writeFileAtomicSync(join(this.path, 'episodes', `${name}.rlrec`), bytes);
  }

  /** Takes a recording away, if it is there. */
  removeRecording(name: string): void {
    rmSync(join(this.path, 'episodes', `${name}.rlrec`), { force: true });
  }

  /** Appends a line with the time to `log.txt`; nothing reads it back. */
  log(line: string): void {
    appendFileSync(join(this.path, 'log.txt'), `${new Date().toISOString()} ${line}\n`);
  }

  /**
   * Writes a checkpoint: the session's state, and how long the metrics were then.
   *
   * @param steps Environment steps taken, for the file's name.
   */
  writeCheckpoint(steps: number, session: SavedData): void {
    const metricsBytes = existsSync(this.#metrics) ? statSync(this.#metrics).size : 0;
    const bytes = encodeCheckpoint({ steps, metricsBytes, session });
    const name = `step-${String(steps).padStart(12, '0')}.ckpt`;
    writeFileAtomicSync(join(this.path, 'checkpoints', name), bytes);
    for (const old of this.#checkpoints().slice(0, -1 - OLDER_CHECKPOINTS)) {
      rmSync(join(this.path, 'checkpoints', old), { force: true });
    }
  }

  /**
   * Goes back to the newest checkpoint that can be read: cuts the metrics to what they were then,
   * and takes away what a killed writer has left. Only who holds the run's lock may call it.
   *
   * @returns the session's state, or `null` to start from the beginning, and the checkpoints that
   *   could not be read, with the reason.
   */
  rewind(): { session: SavedData | null; damaged: readonly string[] } {
    for (const part of ['', 'checkpoints', 'episodes']) {
      if (existsSync(join(this.path, part))) removeLeftovers(join(this.path, part));
    }
    const damaged: string[] = [];
    for (const name of this.#checkpoints().reverse()) {
      try {
        const saved = this.#readCheckpoint(name);
        this.#cutMetrics(saved.metricsBytes as number);
        return { session: saved.session as SavedData, damaged };
      } catch (error) {
        damaged.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    this.#cutMetrics(0);
    return { session: null, damaged };
  }

  get #metrics(): string {
    return join(this.path, 'metrics.jsonl');
  }

  /** Names of the checkpoints, oldest first. */
  #checkpoints(): string[] {
    const folder = join(this.path, 'checkpoints');
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => CHECKPOINT_NAME.test(name))
      .sort();
  }

  #readCheckpoint(name: string): SavedData {
    const bytes = readFileSync(join(this.path, 'checkpoints', name));
    const saved = decodeCheckpoint(bytes);
    const { metricsBytes, session } = saved;
    if (typeof metricsBytes !== 'number' || typeof session !== 'object' || session === null) {
      throw new Error('it holds no session.');
    }
    const size = existsSync(this.#metrics) ? statSync(this.#metrics).size : 0;
    if (metricsBytes > size) {
      throw new Error(
        `metrics.jsonl has ${size} bytes, the checkpoint was made at ${metricsBytes}.`,
      );
    }
    return saved;
  }

  #cutMetrics(bytes: number): void {
    if (existsSync(this.#metrics)) truncateSync(this.#metrics, bytes);
    else appendFileSync(this.#metrics, '');
  }
}
