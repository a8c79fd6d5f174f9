/**
 * Many ridge regressions y ≈ θ · x side by side, each learning from one pair (x, y) after another.
 *
 *     A = λ I + Σ x xᵀ,    b = Σ y x,    θ = A⁻¹ b
 *
 * A model keeps the Cholesky factor of A, L with A = L Lᵀ, which a pair changes in O(d²); so A stays
 * positive definite whatever rounding does.
 *
 * Source: Gill, Golub, Murray & Saunders (1974), "Methods for modifying matrix factorizations",
 * method C1, as in LINPACK's `dchud`.
 */
export class RidgeModels {
  readonly numModels: number;

  /** d, the length of x. */
  readonly size: number;

  /** L of each model, `[numModels × size × size]`, lower triangles. */
  readonly factors: Float64Array;

  /** b of each model, `[numModels × size]`. */
  readonly moments: Float64Array;

  /** θ of each model, `[numModels × size]`. */
  readonly weights: Float64Array;

  readonly #regularization: number;
  readonly #vector: Float64Array; // scratch, `[size]`

  /** @param regularization λ, above 0. */
  constructor(numModels: number, size: number, regularization: number) {
    this.numModels = numModels;
    this.size = size;
    this.factors = new Float64Array(numModels * size * size);
    this.moments = new Float64Array(numModels * size);
    this.weights = new Float64Array(numModels * size);
    this.#regularization = regularization;
    this.#vector = new Float64Array(size);
    for (let model = 0; model < numModels; model++) this.forget(model);
  }

  /** Takes in one pair: A ← A + x xᵀ; b ← b + y x; θ ← A⁻¹ b. */
  add(model: number, x: ArrayLike<number>, y: number): void {
    const { size, moments } = this;
    for (let k = 0; k < size; k++) moments[model * size + k] += y * x[k];
    this.#addToFactor(model, x);
    this.#solve(model);
  }

  /** Writes θ · x to `estimates[i]` and √(xᵀ A⁻¹ x), how uncertain that is, to `deviations[i]`. */
  predict(
    model: number,
    x: ArrayLike<number>,
    i: number,
    estimates: Float64Array,
    deviations: Float64Array,
  ): void {
    const { size, weights } = this;
    let estimate = 0;
    for (let k = 0; k < size; k++) estimate += weights[model * size + k] * x[k];
    // xᵀ A⁻¹ x = |z|² with L z = x.
    const z = this.#vector;
    for (let k = 0; k < size; k++) z[k] = x[k];
    this.#divideByFactor(model, z);
    let square = 0;
    for (let k = 0; k < size; k++) square += z[k] * z[k];
    estimates[i] = estimate;
    deviations[i] = Math.sqrt(square);
  }

  /** Starts a model anew: A ← λ I; b ← 0; θ ← 0. */
  forget(model: number): void {
    const { size, factors } = this;
    const start = model * size * size;
    factors.fill(0, start, start + size * size);
    const root = Math.sqrt(this.#regularization);
    for (let k = 0; k < size; k++) factors[start + k * size + k] = root;
    this.moments.fill(0, model * size, (model + 1) * size);
    this.weights.fill(0, model * size, (model + 1) * size);
  }

  /** L Lᵀ ← L Lᵀ + x xᵀ, one rotation a column. */
  #addToFactor(model: number, x: ArrayLike<number>): void {
    const { size, factors } = this;
    const start = model * size * size;
    const rest = this.#vector;
    for (let k = 0; k < size; k++) rest[k] = x[k];
    for (let k = 0; k < size; k++) {
      const diagonal = factors[start + k * size + k];
      const root = Math.sqrt(diagonal * diagonal + rest[k] * rest[k]);
      const cosine = root / diagonal;
      const sine = rest[k] / diagonal;
      factors[start + k * size + k] = root;
      for (let row = k + 1; row < size; row++) {
        const entry = start + row * size + k;
        factors[entry] = (factors[entry] + sine * rest[row]) / cosine;
        rest[row] = cosine * rest[row] - sine * factors[entry];
      }
    }
  }

  /** θ ← A⁻¹ b: L z = b, then Lᵀ θ = z. */
  #solve(model: number): void {
    const { size, factors, moments, weights } = this;
    const start = model * size * size;
    const z = this.#vector;
    for (let k = 0; k < size; k++) z[k] = moments[model * size + k];
    this.#divideByFactor(model, z);
    for (let k = size - 1; k >= 0; k--) {
      let sum = z[k];
      for (let row = k + 1; row < size; row++) {
        sum -= factors[start + row * size + k] * weights[model * size + row];
      }
      weights[model * size + k] = sum / factors[start + k * size + k];
    }
  }

  /** z ← L⁻¹ z. */
  #divideByFactor(model: number, z: Float64Array): void {
    const { size, factors } = this;
    const start = model * size * size;
    for (let row = 0; row < size; row++) {
      let sum = z[row];
      for (let k = 0; k < row; k++) sum -= factors[start + row * size + k] * z[k];
      z[row] = sum / factors[start + row * size + row];
    }
  }
}
