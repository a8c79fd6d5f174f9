import { type Activation, activationCode, needsInput } from '../specification/activation.ts';
import type { Region, Wires, Workshop } from './run.ts';

/** The activation at the end of a layer: y = f(z). */
export class OutputActivation {
  /** Where the layer leaves z: the output itself, but where the derivative needs z. */
  readonly before: Region;
  /** The code for a kernel that writes z and may apply f at once. */
  readonly fusedCode: number;
  readonly #code: number;
  readonly #size: number;
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  /** @param size Numbers in a row of the output. */
  constructor(activation: Activation, size: number, wires: Wires, workshop: Workshop) {
    const isKept = needsInput(activation);
    this.before = isKept ? workshop.perRow(size) : wires.output;
    this.#code = activationCode(activation);
    this.fusedCode = isKept ? LINEAR : this.#code;
    this.#size = size;
    this.#wires = wires;
    this.#workshop = workshop;
  }

  /** y from z, after a kernel that was given `fusedCode`. */
  finish(rows: number): void {
    if (this.fusedCode !== this.#code) this.apply(rows);
  }

  /** y from z, after kernels that know of no activation. */
  apply(rows: number): void {
    if (this.#code === LINEAR) return;
    const n = rows * this.#size;
    this.#workshop.kernels.activate(this.#code, this.before.offset, this.#wires.output.offset, n);
  }

  /** Makes ∂loss/∂z of ∂loss/∂y, in its place. */
  backward(rows: number): void {
    if (this.#code === LINEAR) return;
    const { output, outputGradient } = this.#wires;
    const dy = outputGradient.offset;
    const n = rows * this.#size;
    this.#workshop.kernels.activateBackward(
      this.#code,
      this.before.offset,
      output.offset,
      dy,
      dy,
      n,
    );
  }
}

const LINEAR = activationCode('linear');
