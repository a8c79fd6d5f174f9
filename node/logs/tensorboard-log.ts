import { appendFileSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import {
  encodeFileVersion,
  encodeScalars,
  encodeSessionStart,
  eventsEnd,
} from '../../training/tensorboard/event.ts';
import type { MetricsRecord } from '../../training/trainer.ts';
import type { MetricsLog } from './metrics-log.ts';

const EVENT_FILE = /^events\.out\.tfevents\.(\d{10})\.palaestra$/;

/**
 * Event files that TensorBoard reads: `events.out.tfevents.<number>.palaestra`, one for each time that
 * the run was started or gone on with. The time of day stands in them and in nothing else of a run.
 */
export class TensorboardLog implements MetricsLog {
  readonly #folder: string;
  readonly #clock: () => number;
  #file: string | null = null; // until there is something to write
  #resumedAt: number | null = null; // steps

  /**
   * @param folder Of the run.
   * @param clock Seconds since 1970. Default the system's.
   */
  constructor(folder: string, clock: () => number = () => Date.now() / 1000) {
    this.#folder = folder;
    this.#clock = clock;
  }

  append(record: MetricsRecord): void {
    const time = this.#clock();
    const scalars = encodeScalars(time, record);
    if (scalars === null) return;
    this.#file ??= this.#begin(time);
    appendFileSync(this.#file, scalars);
  }

  /** Older files are cut; a TensorBoard that has read further is told to forget by the next one. */
  rewind(steps: number): void {
    for (const name of this.#files()) {
      const file = join(this.#folder, name);
      const end = eventsEnd(readFileSync(file), steps);
      if (end === 0 || steps < 0) rmSync(file);
      else truncateSync(file, end);
    }
    this.#file = null;
    this.#resumedAt = Math.max(0, steps);
  }

  #begin(time: number): string {
    const last = this.#files().at(-1);
    const number = last === undefined ? 0 : Number(EVENT_FILE.exec(last)?.[1]) + 1;
    const name = `events.out.tfevents.${String(number).padStart(10, '0')}.palaestra`;
    const file = join(this.#folder, name);
    appendFileSync(file, encodeFileVersion(time));
    if (this.#resumedAt !== null) {
      appendFileSync(file, encodeSessionStart(time, this.#resumedAt + 1));
    }
    return file;
  }

  /** Names of the event files, oldest first. */
  #files(): string[] {
    return readdirSync(this.#folder)
      .filter((name) => EVENT_FILE.test(name))
      .sort();
  }
}
