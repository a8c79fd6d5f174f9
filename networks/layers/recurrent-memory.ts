import type { StateEntry } from '../plan.ts';
import type { Pass, Region, StateRegion, Workshop } from './run.ts';

/** A quantity that a recurrent layer hands from each step to the next: its hidden numbers, its cell. */
export class RecurrentMemory {
  /** What each step finds: zeros where an episode begins, `[rows × units]`. */
  readonly before: Region;
  /** ∂loss/∂ what the step that `backward` is at leaves, by later steps, `[batch × units]`. */
  readonly gradient: Region;
  readonly #state: StateRegion;
  readonly #units: number;
  readonly #workshop: Workshop;

  constructor(entry: StateEntry, workshop: Workshop) {
    this.#units = entry.size;
    this.#workshop = workshop;
    this.#state = workshop.state(entry);
    this.before = workshop.perRow(entry.size);
    this.gradient = workshop.perRow(entry.size);
  }

  /**
   * Writes what a step finds.
   *
   * @param after What the steps leave, `[rows × units]`; read for the step before this one.
   * @returns where it is.
   */
  enter(pass: Pass, step: number, after: Region): number {
    const { kernels } = this.#workshop;
    const { batch } = pass;
    const units = this.#units;
    const size = batch * units;
    const found = this.before.offset + step * size;
    if (step === 0) {
      const { offset, stride } = this.#state;
      kernels.copyRows(offset, stride, found, units, units, batch, 0);
    } else {
      kernels.copy(after.offset + (step - 1) * size, found, size);
    }
    this.#zeroStarts(pass, step, found);
    return found;
  }

  /** Keeps what the last step leaves in the state. */
  leave({ batch, steps }: Pass, after: Region): void {
    const { kernels } = this.#workshop;
    const units = this.#units;
    const last = after.offset + (steps - 1) * batch * units;
    kernels.copyRows(last, units, this.#state.offset, this.#state.stride, units, batch, 0);
  }

  /** Begins to go backward: nothing is known of what comes after the call. */
  beginBackward({ batch }: Pass): void {
    this.#workshop.kernels.fill(this.gradient.offset, 0, batch * this.#units);
  }

  /** Ends a step backward: no gradient goes on to what came before an episode began. */
  cut(pass: Pass, step: number): void {
    this.#zeroStarts(pass, step, this.gradient.offset);
  }

  #zeroStarts({ batch, starts }: Pass, step: number, offset: number): void {
    if (starts === null) return;
    for (let i = 0; i < batch; i++) {
      if (starts[step * batch + i] === 0) continue;
      this.#workshop.kernels.fill(offset + i * this.#units, 0, this.#units);
    }
  }
}
