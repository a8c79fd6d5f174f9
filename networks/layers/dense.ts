import { checkInteger, checkOneOf, resolveOptions } from '../../core/check.ts';
import type { LayerPlan } from '../plan.ts';
import {
  ACTIVATIONS,
  type Activation,
  activationCode,
  needsInput,
} from '../specification/activation.ts';
import {
  type Initializer,
  type InitializerOptions,
  resolveInitializer,
} from '../specification/initializer.ts';
import type { LayerDefinition } from './definition.ts';
import type { LayerRun, Pass, Wires, Workshop } from './run.ts';

/** y = f(x W + b): every output sees every input. On `[positions × features]` it sees each position. */
export interface Dense {
  readonly kind: 'dense';
  readonly units: number;
  readonly activation: Activation;
  readonly bias: boolean;
  /** Of the weights; biases begin at 0, or as the weights do with `fan-in-uniform`. */
  readonly initializer: Initializer;
}

/** What a user may say of a dense layer beside its units. */
export interface DenseOptions {
  /** Default `linear`. */
  readonly activation?: Activation;
  /** Default true. */
  readonly bias?: boolean;
  /** Default `he-uniform` before the ReLU family, else `xavier-uniform`. */
  readonly initializer?: InitializerOptions;
}

/**
 * A dense layer: weights `[inputs × units]`, then biases `[units]`.
 *
 * @throws RangeError if `units` is no positive integer or an option is unknown.
 */
export function dense(units: number, options: DenseOptions = {}): Dense {
  return denseDefinition.resolve('dense', { ...options, units });
}

/** The initializer that suits what comes after: He's before the ReLU family, else Glorot's. */
export function usualInitializer(activation: Activation): InitializerOptions {
  return activation.endsWith('elu') || activation === 'silu' ? 'he-uniform' : 'xavier-uniform';
}

interface Fields extends Omit<DenseOptions, 'initializer'> {
  readonly units?: number;
  readonly initializer?: InitializerOptions | null;
}

const DEFAULTS: Required<Fields> = {
  units: 0,
  activation: 'linear',
  bias: true,
  initializer: null,
};

export const denseDefinition: LayerDefinition<Dense> = {
  kind: 'dense',

  resolve(where, options) {
    const given: Fields = options;
    const { units, activation, bias, initializer: named } = resolveOptions(where, DEFAULTS, given);
    checkInteger(`${where}: units`, units, 1);
    checkOneOf(`${where}: activation`, activation, ACTIVATIONS);
    const start = named ?? usualInitializer(activation);
    const initializer = resolveInitializer(`${where}: initializer`, start);
    return { kind: 'dense', units, activation, bias, initializer };
  },

  plan({ units, bias, initializer }, input, planner) {
    const inputs = input[input.length - 1];
    if (input.length > 2) {
      planner.refuse(`takes rows or positions of numbers, not shape ${input}. Flatten it first.`);
    }
    const start = { initializer, fanIn: inputs, fanOut: units };
    planner.parameter('weights', [inputs, units], start);
    if (bias) planner.parameter('bias', [units], { ...start, initializer: biasStart(initializer) });
    const positions = input.length === 2 ? input[0] : 1;
    return { output: [...input.slice(0, -1), units], multiplyAdds: positions * inputs * units };
  },

  build(plan, wires, workshop) {
    return new DenseRun(plan, wires, workshop);
  },
};

/** Zeros, but where PyTorch's start is wanted: there biases are drawn as weights are. */
export function biasStart(initializer: Initializer): Initializer {
  return initializer.kind === 'fan-in-uniform' ? initializer : { kind: 'zeros' };
}

class DenseRun implements LayerRun {
  readonly #wires: Wires;
  readonly #workshop: Workshop;
  readonly #inputs: number;
  readonly #units: number;
  readonly #positions: number;
  readonly #activation: Activation;
  readonly #code: number;
  readonly #weights;
  readonly #bias;
  readonly #before; // x W + b, where the derivative needs it

  constructor(plan: LayerPlan<Dense>, wires: Wires, workshop: Workshop) {
    const { layer, input, parameters } = plan;
    this.#wires = wires;
    this.#workshop = workshop;
    this.#inputs = input[input.length - 1];
    this.#units = layer.units;
    this.#positions = input.length === 2 ? input[0] : 1;
    this.#activation = layer.activation;
    this.#code = activationCode(layer.activation);
    this.#weights = workshop.parameter(parameters.weights);
    this.#bias = layer.bias ? workshop.parameter(parameters.bias) : null;
    this.#before = needsInput(layer.activation)
      ? workshop.perRow(this.#positions * layer.units)
      : wires.output;
  }

  forward({ rows }: Pass): void {
    const { kernels } = this.#workshop;
    const { input, output } = this.#wires;
    const n = rows * this.#positions;
    const isKept = this.#before !== output;
    kernels.denseForward(
      n,
      this.#inputs,
      this.#units,
      input.offset,
      this.#weights.value.offset,
      this.#bias === null ? -1 : this.#bias.value.offset,
      this.#before.offset,
      isKept ? 0 : this.#code,
    );
    if (isKept) kernels.activate(this.#code, this.#before.offset, output.offset, n * this.#units);
  }

  backward({ rows }: Pass): void {
    const { kernels } = this.#workshop;
    const { input, output, inputGradient, outputGradient } = this.#wires;
    const n = rows * this.#positions;
    const dy = outputGradient.offset;
    if (this.#activation !== 'linear') {
      const before = this.#before.offset;
      kernels.activateBackward(this.#code, before, output.offset, dy, dy, n * this.#units);
    }
    kernels.denseBackward(
      n,
      this.#inputs,
      this.#units,
      input.offset,
      this.#weights.value.offset,
      dy,
      this.#weights.gradient.offset,
      this.#bias === null ? -1 : this.#bias.gradient.offset,
      inputGradient === null ? -1 : inputGradient.offset,
    );
  }
}
