import { Progress, type ProgressOutput } from '../progress.ts';
import type { RunFolder } from '../run-folder.ts';
import type { SeedEnd } from './seed-process.ts';

/** One progress bar for several runs, with the share of each, and a line for each that has ended. */
export class SeedsProgress {
  readonly #runs: readonly RunFolder[];
  readonly #steps: number[]; // taken by each
  readonly #output: ProgressOutput;
  readonly #progress: Progress;

  /** @param runs At least one, all of the same agent and world. */
  constructor(runs: readonly RunFolder[], output: ProgressOutput) {
    const [{ config }] = runs;
    this.#runs = runs;
    this.#output = output;
    this.#steps = runs.map((run) =>
      run.readResult() === null ? run.stepsSaved() : run.config.steps,
    );
    this.#progress = new Progress({
      label: `${config.agent.name} ${config.env.id} × ${runs.length}`,
      total: runs.reduce((sum, run) => sum + run.config.steps, 0),
      start: this.#sum(),
      output,
    });
  }

  /** @param steps Environment steps that run `i` has taken. */
  update(i: number, steps: number): void {
    this.#steps[i] = steps;
    this.#progress.update(this.#sum(), this.#note());
  }

  /** Says how run `i` has ended. */
  tell(i: number, end: SeedEnd): void {
    if (end.kind === 'finished') this.#steps[i] = this.#runs[i].config.steps;
    this.say(i, this.#describe(i, end));
    this.#progress.update(this.#sum(), this.#note());
  }

  /** Says something of run `i`, on a line of its own. */
  say(i: number, what: string): void {
    const { seed } = this.#runs[i].config;
    const line = this.#output.isTTY ? '\r\u001b[2K' : '';
    this.#output.write(`${line}seed ${seed}: ${what}\n`);
  }

  /** Shows the last state, and ends the line. */
  end(): void {
    this.#progress.end(this.#sum(), this.#note());
  }

  #describe(i: number, end: SeedEnd): string {
    if (end.kind === 'failed') return `failed. ${end.message}`;
    if (end.kind === 'stopped') return 'stopped and saved';
    const finalReturn = this.#runs[i].readResult()?.finalReturn ?? null;
    return finalReturn === null ? 'done' : `done, final return ${finalReturn.toFixed(3)}`;
  }

  #note(): string {
    return this.#runs
      .map(({ config }, i) => {
        return `${config.seed}: ${Math.floor((100 * this.#steps[i]) / config.steps)}%`;
      })
      .join(' ');
  }

  #sum(): number {
    return this.#steps.reduce((sum, steps) => sum + steps, 0);
  }
}
