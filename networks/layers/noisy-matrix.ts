import type { ParameterEntry } from '../plan.ts';
import type { ParameterRegions, Region, Workshop } from './run.ts';

/** Factorized noise: a number for each input and one for each output. */
export interface Noise {
  readonly inputs: Region;
  readonly outputs: Region;
}

/** Parameters `[inputs × outputs]` that are a mean and a deviation times noise: what is to be learned. */
export class NoisyMatrix implements ParameterRegions {
  /** Mean and noise together. */
  readonly value: Region;
  /** ∂loss/∂value, of one backward pass alone. */
  readonly gradient: Region;

  readonly #inputs: number;
  readonly #outputs: number;
  readonly #mean: ParameterRegions;
  readonly #deviation: ParameterRegions;
  readonly #noise: Noise;
  readonly #workshop: Workshop;

  constructor(mean: ParameterEntry, deviation: ParameterEntry, noise: Noise, workshop: Workshop) {
    this.#outputs = mean.shape[mean.shape.length - 1];
    this.#inputs = mean.size / this.#outputs;
    this.#mean = workshop.parameter(mean);
    this.#deviation = workshop.parameter(deviation);
    this.#noise = noise;
    this.#workshop = workshop;
    this.value = workshop.fixed(mean.size);
    this.gradient = workshop.fixed(mean.size);
  }

  /** Takes in the noise as it is now. */
  perturb(): void {
    this.#workshop.kernels.perturb(
      this.#inputs,
      this.#outputs,
      this.#mean.value.offset,
      this.#deviation.value.offset,
      this.#noise.inputs.offset,
      this.#noise.outputs.offset,
      this.value.offset,
    );
  }

  /** Begins a backward pass. */
  zeroGradient(): void {
    this.#workshop.kernels.fill(this.gradient.offset, 0, this.#inputs * this.#outputs);
  }

  /** Adds to the gradients of mean and deviation what the pass gave. */
  passOn(): void {
    this.#workshop.kernels.perturbBackward(
      this.#inputs,
      this.#outputs,
      this.gradient.offset,
      this.#noise.inputs.offset,
      this.#noise.outputs.offset,
      this.#mean.gradient.offset,
      this.#deviation.gradient.offset,
    );
  }
}
