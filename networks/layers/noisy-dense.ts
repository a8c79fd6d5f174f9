import { checkInteger, checkOneOf, checkPositive, resolveOptions } from '../../core/check.ts';
import type { Rng } from '../../core/rng.ts';
import type { LayerPlan } from '../plan.ts';
import { ACTIVATIONS, type Activation } from '../specification/activation.ts';
import { featuresOf, linesOf } from './affine.ts';
import { AffineRun } from './affine-run.ts';
import type { LayerDefinition } from './definition.ts';
import { NoisyMatrix } from './noisy-matrix.ts';
import type { LayerRun, Numbers, Pass, Region, Wires, Workshop } from './run.ts';

/** A dense layer whose weights and biases are uncertain, by deviations that are learned. */
export interface NoisyDense {
  readonly kind: 'noisy-dense';
  readonly units: number;
  readonly activation: Activation;
  /** Of the noise at the start, times 1 / √inputs: σ₀. */
  readonly deviation: number;
}

/** What a user may say of a noisy dense layer beside its units. */
export interface NoisyDenseOptions {
  /** Default `linear`. */
  readonly activation?: Activation;
  /** Above 0. Default 0.5. */
  readonly deviation?: number;
}

/**
 * A noisy dense layer: y = f(x (μʷ + σʷ ∘ εʷ) + μᵇ + σᵇ ∘ εᵇ), with weights and weightsDeviation
 * `[inputs × units]`, bias and biasDeviation `[units]`.
 *
 * Each training pass draws its noise anew, the same for all rows: εʷᵢⱼ = g(εᵢ) g(εⱼ) and
 * εᵇⱼ = g(εⱼ) with g(ε) = sign(ε) √|ε| of standard normal draws, one an input and one a unit. Other
 * passes use the means μ, and draw nothing.
 *
 * @throws RangeError if `units` is no positive integer or an option is unknown or out of range.
 *
 * Source: Fortunato et al. (2018), "Noisy networks for exploration", sections 3 (b) and 3.2.
 */
export function noisyDense(units: number, options: NoisyDenseOptions = {}): NoisyDense {
  return noisyDenseDefinition.resolve('noisyDense', { ...options, units });
}

interface Fields extends NoisyDenseOptions {
  readonly units?: number;
}

const DEFAULTS: Required<Fields> = { units: 0, activation: 'linear', deviation: 0.5 };

/** What the library knows of noisy dense layers. */
export const noisyDenseDefinition: LayerDefinition<NoisyDense> = {
  kind: 'noisy-dense',

  resolve(where, options) {
    const { units, activation, deviation } = resolveOptions<Fields>(where, DEFAULTS, options);
    checkInteger(`${where}: units`, units, 1);
    checkOneOf(`${where}: activation`, activation, ACTIVATIONS);
    checkPositive(`${where}: deviation`, deviation);
    return { kind: 'noisy-dense', units, activation, deviation };
  },

  plan({ units, deviation }, input, planner) {
    const inputs = featuresOf(input, planner);
    const fans = { fanIn: inputs, fanOut: units };
    const mean = { initializer: { kind: 'fan-in-uniform', gain: 1 }, ...fans } as const;
    const value = deviation / Math.sqrt(inputs);
    const spread = { initializer: { kind: 'constant', value }, ...fans } as const;
    planner.parameter('weights', [inputs, units], mean);
    planner.parameter('bias', [units], mean);
    planner.parameter('weightsDeviation', [inputs, units], spread);
    planner.parameter('biasDeviation', [units], spread);
    const multiplyAdds = linesOf(input) * inputs * units;
    return { output: [...input.slice(0, -1), units], multiplyAdds };
  },

  build: (plan, wires, workshop) => new NoisyDenseRun(plan, wires, workshop),
};

class NoisyDenseRun implements LayerRun {
  readonly #means: AffineRun;
  readonly #noisy: AffineRun;
  readonly #weights: NoisyMatrix;
  readonly #bias: NoisyMatrix;
  readonly #inputs: number;
  readonly #units: number;
  readonly #inputNoise: Region;
  readonly #outputNoise: Region;
  readonly #one: Region; // the only "input" of the biases
  readonly #workshop: Workshop;

  constructor(plan: LayerPlan<NoisyDense>, wires: Wires, workshop: Workshop) {
    const { layer, input, parameters } = plan;
    this.#workshop = workshop;
    this.#inputs = input[input.length - 1];
    this.#units = layer.units;
    this.#inputNoise = workshop.fixed(this.#inputs);
    this.#outputNoise = workshop.fixed(this.#units);
    this.#one = workshop.fixed(1);
    const affine = { layer: { activation: layer.activation, bias: true }, parameters };
    const { weights, bias, weightsDeviation, biasDeviation } = parameters;
    const outputs = this.#outputNoise;
    const [ofWeights, ofBias] = [this.#inputNoise, this.#one].map((inputs) => ({
      inputs,
      outputs,
    }));
    this.#weights = new NoisyMatrix(weights, weightsDeviation, ofWeights, workshop);
    this.#bias = new NoisyMatrix(bias, biasDeviation, ofBias, workshop);
    const noisy = { weights: this.#weights, bias: this.#bias };
    this.#means = new AffineRun(affine, linesOf(input), wires, workshop);
    this.#noisy = new AffineRun(affine, linesOf(input), wires, workshop, noisy);
  }

  forward(pass: Pass): void {
    if (pass.training) {
      this.#draw();
      this.#noisy.forward(pass);
    } else this.#means.forward(pass);
  }

  backward(pass: Pass): void {
    if (pass.training) {
      this.#weights.zeroGradient();
      this.#bias.zeroGradient();
      this.#noisy.backward(pass);
      this.#weights.passOn();
      this.#bias.passOn();
    } else this.#means.backward(pass);
  }

  #draw(): void {
    const { numbers, rng } = this.#workshop;
    drawNoise(numbers, this.#inputNoise.offset, this.#inputs, rng);
    drawNoise(numbers, this.#outputNoise.offset, this.#units, rng);
    numbers[this.#one.offset] = 1;
    this.#weights.perturb();
    this.#bias.perturb();
  }
}

/** Draws `n` numbers sign(ε) √|ε|, ε standard normal. */
function drawNoise(numbers: Numbers, offset: number, n: number, rng: Rng): void {
  for (let i = 0; i < n; i++) {
    const draw = rng.normal();
    numbers[offset + i] = Math.sign(draw) * Math.sqrt(Math.abs(draw));
  }
}
