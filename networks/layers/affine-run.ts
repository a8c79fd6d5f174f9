import type { LayerPlan } from '../plan.ts';
import type { Affine } from './affine.ts';
import type { AnyLayer } from './definition.ts';
import { OutputActivation } from './output-activation.ts';
import type { LayerRun, Pass, Wires, Workshop } from './run.ts';

type AffineLayer = Affine & AnyLayer;

/**
 * f(X W + b) of a matrix X that the layer brings, a few of its lines at a time.
 *
 * Lines are the rows of the batch, or positions in these: `lines` of them make an output row.
 */
export class AffineLines {
  readonly inputs: number;
  readonly units: number;
  readonly end: OutputActivation;
  readonly #weights;
  readonly #bias;
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  constructor(
    { layer, parameters }: LayerPlan<AffineLayer>,
    lines: number,
    wires: Wires,
    workshop: Workshop,
  ) {
    const { size, shape } = parameters.weights;
    this.units = shape[shape.length - 1];
    this.inputs = size / this.units;
    this.end = new OutputActivation(layer.activation, lines * this.units, wires, workshop);
    this.#weights = workshop.parameter(parameters.weights);
    this.#bias = layer.bias ? workshop.parameter(parameters.bias) : null;
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

  /** Adds what these lines give to the parameters' gradients, and writes ∂loss/∂X unless `dx` is −1. */
  backward(first: number, count: number, x: number, dx: number): void {
    this.#workshop.kernels.denseBackward(
      count,
      this.inputs,
      this.units,
      x,
      this.#weights.value.offset,
      this.#wires.outputGradient.offset + first * this.units,
      this.#weights.gradient.offset,
      this.#bias === null ? -1 : this.#bias.gradient.offset,
      dx,
    );
  }
}

/** The layer whose X is the input itself. */
export class AffineRun implements LayerRun {
  readonly #affine: AffineLines;
  readonly #lines: number;
  readonly #wires: Wires;

  /** @param lines Of X, in each row of the input. */
  constructor(plan: LayerPlan<AffineLayer>, lines: number, wires: Wires, workshop: Workshop) {
    this.#affine = new AffineLines(plan, lines, wires, workshop);
    this.#lines = lines;
    this.#wires = wires;
  }

  forward({ rows }: Pass): void {
    this.#affine.forward(0, rows * this.#lines, this.#wires.input.offset);
    this.#affine.end.finish(rows);
  }

  backward({ rows }: Pass): void {
    const { input, inputGradient } = this.#wires;
    const dx = inputGradient === null ? -1 : inputGradient.offset;
    this.#affine.end.backward(rows);
    this.#affine.backward(0, rows * this.#lines, input.offset, dx);
  }
}
