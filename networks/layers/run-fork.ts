import type { LayerPlan } from '../plan.ts';
import { type Shape, sizeOf } from '../specification/shape.ts';
import type { LayerRun, Pass, Region, Wires, Workshop } from './run.ts';

/** One of several ways that go on from the same place. */
export interface Branch {
  readonly layers: readonly LayerPlan[];
  readonly output: Shape;
}

/**
 * Builds branches that all see the same input, and sets their outputs side by side.
 *
 * @param input Shape of what they see.
 * @param positions Of each row: at each of them the branches' numbers stand side by side.
 */
export function runFork(
  branches: readonly Branch[],
  input: Shape,
  positions: number,
  wires: Wires,
  workshop: Workshop,
): LayerRun {
  const size = sizeOf(input);
  if (branches.length === 1) return workshop.stack(branches[0].layers, size, wires);
  return new ForkRun(branches, size, positions, wires, workshop);
}

interface BranchRun {
  readonly run: LayerRun;
  readonly output: Region;
  readonly outputGradient: Region;
  readonly inputGradient: Region | null;
  /** Numbers at each position. */
  readonly width: number;
  /** Of its first number among all branches' at a position. */
  readonly start: number;
}

class ForkRun implements LayerRun {
  readonly #branches: readonly BranchRun[];
  readonly #size: number;
  readonly #positions: number;
  readonly #width: number; // of all branches at a position
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  constructor(
    branches: readonly Branch[],
    size: number,
    positions: number,
    wires: Wires,
    workshop: Workshop,
  ) {
    this.#size = size;
    this.#positions = positions;
    this.#wires = wires;
    this.#workshop = workshop;
    let start = 0;
    this.#branches = branches.map(({ layers, output: shape }) => {
      const outputSize = sizeOf(shape);
      const output = workshop.perRow(outputSize);
      const outputGradient = workshop.perRow(outputSize);
      const inputGradient = wires.inputGradient === null ? null : workshop.perRow(size);
      const own = { input: wires.input, output, inputGradient, outputGradient };
      const width = outputSize / positions;
      start += width;
      const run = workshop.stack(layers, size, own);
      return { run, output, outputGradient, inputGradient, width, start: start - width };
    });
    this.#width = start;
  }

  forward(pass: Pass): void {
    const { kernels } = this.#workshop;
    const rows = pass.rows * this.#positions;
    for (const { run, output, width, start } of this.#branches) {
      run.forward(pass);
      const to = this.#wires.output.offset + start;
      kernels.copyRows(output.offset, width, to, this.#width, width, rows, 0);
    }
  }

  backward(pass: Pass): void {
    const { kernels } = this.#workshop;
    const { inputGradient: sum, outputGradient: whole } = this.#wires;
    const rows = pass.rows * this.#positions;
    for (let i = 0; i < this.#branches.length; i++) {
      const { run, outputGradient, inputGradient, width, start } = this.#branches[i];
      const from = whole.offset + start;
      kernels.copyRows(from, this.#width, outputGradient.offset, width, width, rows, 0);
      run.backward(pass);
      if (sum === null || inputGradient === null) continue;
      const n = pass.rows * this.#size;
      if (i === 0) kernels.copy(inputGradient.offset, sum.offset, n);
      else kernels.addScaled(1, inputGradient.offset, sum.offset, n);
    }
  }
}
