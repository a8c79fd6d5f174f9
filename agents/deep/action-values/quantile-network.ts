import { cos, PI } from '../../../core/math.ts';
import type { ForwardOptions, Network } from '../../../networks/network.ts';
import { softUpdate } from '../parts/soft-update.ts';
import type { QuantileParts } from './quantile-specifications.ts';

/**
 * Quantiles of the return at any fractions τ, of all actions: Z_τ(s, ·) = f(ψ(s) ⊙ φ(τ)).
 *
 *     φ(τ) = ReLU(Σᵢ cos(π i τ) wᵢ + b),  i = 0 … embedding − 1
 *
 * An observation is seen once, however many quantiles are asked for.
 *
 * Source: Dabney et al. (2018), "Implicit quantile networks for distributional reinforcement learning",
 * section 3.1 and equation 4.
 */
export class QuantileNetwork {
  readonly parts: QuantileParts<Network>;

  readonly #size: number; // of features
  readonly #numActions: number;
  #rows = 0; // of the last see
  #samples = 0; // of the last quantiles
  // Grown as needed: rows of few and of many samples take turns.
  #features = new Float32Array(0); // ψ(s), [rows × size]
  #waves = new Float32Array(0); // cos(π i τ), [rows × samples × embedding]
  #embedded = new Float32Array(0); // φ(τ), [rows × samples × size]
  #product = new Float32Array(0); // the same
  #quantiles = new Float32Array(0); // [rows × numActions × samples]
  #slopes = new Float32Array(0); // by f's outputs, [rows × samples × numActions]
  #featureSlopes = new Float32Array(0);

  /** @param parts Of `quantileSpecifications`; `head` with its input gradients, to go back. */
  constructor(parts: QuantileParts<Network>) {
    this.parts = parts;
    this.#size = parts.features.outputSize;
    this.#numActions = parts.head.outputSize;
  }

  /** Takes in what is to be judged, `[rows × inputSize]`. */
  see(inputs: Float32Array, rows: number, options?: ForwardOptions): void {
    const features = this.parts.features.forward(inputs, rows, options);
    this.#features = atLeast(this.#features, features.length);
    this.#features.set(features);
    this.#rows = rows;
  }

  /**
   * Quantiles of what was seen last.
   *
   * @param fractions τ in [0, 1], `[rows × samples]`: as many for each row.
   * @returns `[rows × numActions × samples]`, until the next call.
   */
  quantiles(fractions: Float32Array, options?: ForwardOptions): Float32Array {
    const { embedding, head } = this.parts;
    const rows = fractions.length;
    this.#samples = rows / this.#rows;
    this.#waves = atLeast(this.#waves, rows * embedding.inputSize);
    writeWaves(fractions, embedding.inputSize, this.#waves);
    const embedded = embedding.forward(this.#waves, rows);
    this.#embedded = atLeast(this.#embedded, embedded.length);
    this.#embedded.set(embedded);
    this.#product = atLeast(this.#product, embedded.length);
    this.#multiply();
    const outputs = head.forward(this.#product, rows, options);
    this.#quantiles = atLeast(this.#quantiles, outputs.length);
    swapLastAxes(outputs, this.#rows, this.#samples, this.#numActions, this.#quantiles);
    return this.#quantiles.subarray(0, outputs.length);
  }

  /** ψ(s) ⊙ φ(τ). */
  #multiply(): void {
    const size = this.#size;
    const samples = this.#samples;
    for (let row = 0, k = 0; row < this.#rows; row++) {
      for (let sample = 0; sample < samples; sample++) {
        for (let i = 0; i < size; i++, k++) {
          this.#product[k] = this.#features[row * size + i] * this.#embedded[k];
        }
      }
    }
  }

  /**
   * Adds to the gradients of all three networks.
   *
   * @param outputGradients ∂loss/∂quantiles of the last `quantiles`, which followed the last `see`;
   *   `[rows × numActions × samples]`.
   */
  backward(outputGradients: Float32Array): void {
    const { features, embedding, head } = this.parts;
    this.#slopes = atLeast(this.#slopes, outputGradients.length);
    swapLastAxes(outputGradients, this.#rows, this.#numActions, this.#samples, this.#slopes);
    head.backward(this.#slopes);
    this.#splitProduct(head.inputGradients);
    embedding.backward(this.#product);
    features.backward(this.#featureSlopes);
  }

  /** The slopes by ψ(s) = Σ_τ slope ⊙ φ(τ), and by φ(τ) = slope ⊙ ψ(s), in the place of the product. */
  #splitProduct(slopes: Float32Array): void {
    const size = this.#size;
    const samples = this.#samples;
    this.#featureSlopes = atLeast(this.#featureSlopes, this.#rows * size);
    this.#featureSlopes.fill(0);
    for (let row = 0, k = 0; row < this.#rows; row++) {
      for (let sample = 0; sample < samples; sample++) {
        for (let i = 0; i < size; i++, k++) {
          this.#featureSlopes[row * size + i] += slopes[k] * this.#embedded[k];
          this.#product[k] = slopes[k] * this.#features[row * size + i];
        }
      }
    }
  }

  /** θ⁻ ← τ θ + (1 − τ) θ⁻, as `softUpdate`, where this is θ⁻. */
  follow({ parts }: QuantileNetwork, stepSize: number): void {
    softUpdate(parts.features, this.parts.features, stepSize);
    softUpdate(parts.embedding, this.parts.embedding, stepSize);
    softUpdate(parts.head, this.parts.head, stepSize);
  }
}

function atLeast(array: Float32Array<ArrayBuffer>, length: number): Float32Array<ArrayBuffer> {
  return array.length >= length ? array : new Float32Array(length);
}

/** cos(π i τ) for i = 0 … count − 1, side by side: cos(i + 1) x = 2 cos x cos i x − cos(i − 1) x. */
function writeWaves(fractions: Float32Array, count: number, waves: Float32Array): void {
  for (let k = 0; k < fractions.length; k++) {
    const first = cos(PI * fractions[k]);
    let before = first; // cos −x
    let now = 1; // cos 0
    for (let i = 0; i < count; i++) {
      waves[k * count + i] = now;
      const next = 2 * first * now - before;
      before = now;
      now = next;
    }
  }
}

/** Writes `[rows × m × n]` as `[rows × n × m]`. */
function swapLastAxes(
  from: Float32Array,
  rows: number,
  m: number,
  n: number,
  to: Float32Array,
): void {
  for (let row = 0, k = 0; row < rows; row++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++, k++) to[(row * n + j) * m + i] = from[k];
    }
  }
}
