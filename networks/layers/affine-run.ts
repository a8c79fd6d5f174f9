import type { LayerPlan } from '../plan.ts';
import type { Affine } from './affine.ts';
import { OutputActivation } from './output-activation.ts';
import type { LayerRun, ParameterRegions, Pass, Wires, Workshop } from './run.ts';

/** What a plan says of f(X W + b): of a whole layer, or of a part of one. */
export interface AffinePlan {
  readonly layer: Pick<Affine, 'activation' | 'bias'>;
  /** `weights`, and `bias` if there is one. */
  readonly parameters: LayerPlan['parameters'];
}

/** Where W and b are. */
export interface AffineParameters {
  readonly weights: ParameterRegions;
  readonly bias: ParameterRegions | null;
}

/** The places of what a plan reserves. */
export function placeAffine(
  { layer, parameters }: AffinePlan,
  workshop: Workshop,
): AffineParameters {
  return {
    weights: workshop.parameter(parameters.weights),
    bias: layer.bias ? workshop.parameter(parameters.bias) : null,
  };
}

/**
 * f(X W + b) of a matrix X that the layer brings, a few of its lines at a time.
 *
 * Lines are the rows of the batch, or positions in these: `lines` of them make an output row.
 */
export class AffineLines {
  readonly inputs: number;
  readonly units: number;
  readonly end: OutputActivation;
  readonly #weights: ParameterRegions;
  readonly #bias: ParameterRegions | null;
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  /** @param parameters Default what the plan reserves. */
  constructor(
    plan: AffinePlan,
    lines: number,
    wires: Wires,
    workshop: Workshop,
    parameters: AffineParameters = placeAffine(plan, workshop),
  ) {
    const { size, shape } = plan.parameters.weights;
    this.units = shape[shape.length - 1];
    this.inputs = size / this.units;
    this.end = new OutputActivation(plan.layer.activation, lines * this.units, wires, workshop);
    this.#weights = parameters.weights;
    this.#bias = parameters.bias;
    this.#wires = wires;
    this.#workshop = workshop;
  }

  /** Writes `count` lines of outputs, the `first` and on, from as many of X at `x`. */
  forward(first: number, count: number, x: number): void {
    this.#workshop.kernels.denseForward(
      count,
      this.inputs,
      this.units,
      x,
      this.#weights.value.offset,
      this.#bias === null ? -1 : this.#bias.value.offset,
      this.end.before.offset + first * this.units,
      this.end.fusedCode,
    );
  }

  /**
   * Adds what these lines give to the parameters' gradients, and writes ∂loss/∂X unless `dx` is −1.
   *
   * @param inputsOnly Whether to leave the former out.
   */
  backward(first: number, count: number, x: number, dx: number, inputsOnly: boolean): void {
    this.#workshop.kernels.denseBackward(
      count,
      this.inputs,
      this.units,
      x,
      this.#weights.value.offset,
      this.#wires.outputGradient.offset + first * this.units,
      inputsOnly ? -1 : this.#weights.gradient.offset,
      inputsOnly || this.#bias === null ? -1 : this.#bias.gradient.offset,
      dx,
    );
  }
}

/** The layer whose X is the input itself. */
export class AffineRun implements LayerRun {
  readonly #affine: AffineLines;
  readonly #lines: number;
  readonly #wires: Wires;

  /**
   * @param lines Of X, in each row of the input.
   * @param parameters Default what the plan reserves.
   */
  constructor(
    plan: AffinePlan,
    lines: number,
    wires: Wires,
    workshop: Workshop,
    parameters?: AffineParameters,
  ) {
    this.#affine = new AffineLines(plan, lines, wires, workshop, parameters);
    this.#lines = lines;
    this.#wires = wires;
  }

  forward({ rows }: Pass): void {
    this.#affine.forward(0, rows * this.#lines, this.#wires.input.offset);
    this.#affine.end.finish(rows);
  }

  backward({ rows, inputsOnly }: Pass): void {
    const { input, inputGradient } = this.#wires;
    const dx = inputGradient === null ? -1 : inputGradient.offset;
    this.#affine.end.backward(rows);
    this.#affine.backward(0, rows * this.#lines, input.offset, dx, inputsOnly);
  }
}
