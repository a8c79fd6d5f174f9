import type { WriteStream } from 'node:tty';

/** Where progress goes: a terminal gets one line that is rewritten, anything else plain lines. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** How to show progress. */
export interface ProgressOptions {
  readonly label: string;
  /** What counts as done. */
  readonly total: number;
  /** Where a resumed run begins. Default 0. */
  readonly start?: number;
  /** Default `process.stderr`. */
  readonly output?: ProgressOutput;
  /** Now, in ms. Default `performance.now`. */
  readonly clock?: () => number;
}

const TTY_EVERY = 100; // ms
const PLAIN_EVERY = 30_000; // ms

/** A progress bar with rate and time left; without a terminal, one plain line every 30 s. */
export class Progress {
  readonly #label: string;
  readonly #total: number;
  readonly #start: number;
  readonly #output: ProgressOutput;
  readonly #clock: () => number;
  readonly #began: number;
  #shown: number;

  constructor({ label, total, start = 0, output, clock }: ProgressOptions) {
    this.#label = label;
    this.#total = total;
    this.#start = start;
    this.#output = output ?? (process.stderr as WriteStream);
    this.#clock = clock ?? (() => performance.now());
    this.#began = this.#clock();
    this.#shown = this.#output.isTTY ? -Infinity : this.#began;
  }

  /**
   * Shows how far it is, if it is time to.
   *
   * @param done Of the total.
   * @param note What else there is to say, such as the mean return.
   */
  update(done: number, note: string): void {
    const now = this.#clock();
    if (now - this.#shown < (this.#output.isTTY ? TTY_EVERY : PLAIN_EVERY)) return;
    this.#shown = now;
    this.#write(this.#line(done, note, now), false);
  }

  /** Shows the last state, and ends the line. */
  end(done: number, note: string): void {
    this.#write(this.#line(done, note, this.#clock()), true);
  }

  #write(line: string, last: boolean): void {
    if (!this.#output.isTTY) this.#output.write(`${line}\n`);
    else {
      const cut = line.slice(0, Math.max(20, (this.#output.columns ?? 80) - 1));
      this.#output.write(`\r\u001b[2K${cut}${last ? '\n' : ''}`);
    }
  }

  #line(done: number, note: string, now: number): string {
    const seconds = Math.max((now - this.#began) / 1000, 1e-9);
    const rate = (done - this.#start) / seconds;
    const share = Math.min(1, done / this.#total); // the last step is a whole one of every copy
    const left = rate > 0 ? (this.#total - done) / rate : Infinity;
    const bar = this.#output.isTTY ? `${drawBar(share)} ` : '';
    const time = done >= this.#total ? `in ${clockTime(seconds)}` : `${clockTime(left)} left`;
    const percent = `${Math.floor(share * 100)}%`.padStart(4);
    return `${this.#label} ${bar}${percent}  ${compact(rate)} steps/s  ${time}  ${note}`;
  }
}

function drawBar(share: number): string {
  const width = 24;
  const full = Math.min(width, Math.floor(share * width));
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
}

/** 75 → `1:15`. */
function clockTime(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–:––';
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const tail = `${minutes.toString().padStart(hours > 0 ? 2 : 1, '0')}:${(whole % 60).toString().padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** 3,210,000 → `3.21M`. */
export function compact(value: number): string {
  const units: [number, string][] = [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ];
  for (const [size, unit] of units) {
    // From where three digits round to the unit on: 999,500 is 1.00M.
    if (value >= 0.9995 * size) return `${(value / size).toPrecision(3)}${unit}`;
  }
  return value.toPrecision(3);
}
