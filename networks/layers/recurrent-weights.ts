import type { LayerPlan } from '../plan.ts';
import type { ParameterRegions, Region, Wires, Workshop } from './run.ts';

const LINEAR = 0; // the code of no activation
const NOWHERE = -1;

/** The matrix products of a recurrent layer: of what comes in, and of what it carries. */
export class RecurrentWeights {
  /** Numbers of all gates in a row. */
  readonly width: number;
  readonly #inputs: number;
  readonly #units: number;
  readonly #inputWeights: ParameterRegions;
  readonly #recurrentWeights: ParameterRegions;
  readonly #inputBias: ParameterRegions;
  readonly #recurrentBias: ParameterRegions | null;
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  constructor({ input, output, parameters }: LayerPlan, wires: Wires, workshop: Workshop) {
    this.#inputs = input[0];
    this.#units = output[0];
    this.width = parameters.inputWeights.shape[1];
    this.#inputWeights = workshop.parameter(parameters.inputWeights);
    this.#recurrentWeights = workshop.parameter(parameters.recurrentWeights);
    const { bias, inputBias = bias, recurrentBias } = parameters;
    this.#inputBias = workshop.parameter(inputBias);
    this.#recurrentBias = recurrentBias === undefined ? null : workshop.parameter(recurrentBias);
    this.#wires = wires;
    this.#workshop = workshop;
  }

  /** gates = x W + b, of all steps at once. */
  projectInputs(rows: number, gates: number): void {
    this.#workshop.kernels.denseForward(
      rows,
      this.#inputs,
      this.width,
      this.#wires.input.offset,
      this.#inputWeights.value.offset,
      this.#inputBias.value.offset,
      gates,
      LINEAR,
    );
  }

  /** gates += h U, of one step. */
  addRecurrent(batch: number, hidden: number, gates: number): void {
    const { width } = this;
    const units = this.#units;
    const weights = this.#recurrentWeights.value.offset;
    const { kernels } = this.#workshop;
    kernels.multiply(batch, width, units, hidden, units, weights, width, gates, width, 1);
  }

  /** gates = h U + b, of one step. */
  projectRecurrent(batch: number, hidden: number, gates: number): void {
    this.#workshop.kernels.denseForward(
      batch,
      this.#units,
      this.width,
      hidden,
      this.#recurrentWeights.value.offset,
      this.#recurrentBias === null ? NOWHERE : this.#recurrentBias.value.offset,
      gates,
      LINEAR,
    );
  }

  /** dHidden = dGates Uᵀ, of one step; `accumulate` adds. */
  goBack(batch: number, dGates: number, dHidden: number, accumulate: number): void {
    const { width } = this;
    const units = this.#units;
    const { kernels } = this.#workshop;
    kernels.multiplyByTransposed(
      batch,
      units,
      width,
      dGates,
      width,
      this.#recurrentWeights.value.offset,
      width,
      dHidden,
      units,
      accumulate,
    );
  }

  /**
   * Adds all parameters' gradients and writes the input's, of all steps at once.
   *
   * @param hidden What each step found.
   * @param dGates ∂loss/∂(x W + b).
   * @param dRecurrent ∂loss/∂(h U), where the two are not just added up.
   */
  learn(rows: number, hidden: Region, dGates: Region, dRecurrent: Region = dGates): void {
    const { kernels } = this.#workshop;
    const { input, inputGradient } = this.#wires;
    kernels.denseBackward(
      rows,
      this.#inputs,
      this.width,
      input.offset,
      this.#inputWeights.value.offset,
      dGates.offset,
      this.#inputWeights.gradient.offset,
      this.#inputBias.gradient.offset,
      inputGradient === null ? NOWHERE : inputGradient.offset,
    );
    kernels.denseBackward(
      rows,
      this.#units,
      this.width,
      hidden.offset,
      this.#recurrentWeights.value.offset,
      dRecurrent.offset,
      this.#recurrentWeights.gradient.offset,
      this.#recurrentBias === null ? NOWHERE : this.#recurrentBias.gradient.offset,
      NOWHERE,
    );
  }
}
