/**
 * One step of each optimizer, over all parameters of a network in one call.
 *
 * `parameters`, `gradients` and what an optimizer remembers are `n` numbers each; below θ, g and so
 * on are their elements. Each step leaves all gradients at 0, so that nobody needs to go over them
 * again. An average moves by a rate, x ← x + rate · (new − x), where others write x ← β x + (1 − β)
 * new: in float32 1 − β would be off by 1e-5 of itself. An average or a velocity that is nearer to 0
 * than 2⁻¹²⁶, the least that float32 holds in full, becomes 0: where a unit has died its averages would
 * otherwise stay below that for ever, and processors take a hundred times as long for such numbers.
 * Truth values are 0 and 1.
 */
export interface OptimizerKernels {
  /**
   * Gradient descent, with or without momentum.
   *
   *     v ← momentum · v + g
   *     θ ← θ − learningRate · v                     isNesterov: θ − learningRate · (g + momentum · v)
   *
   * @param velocities v; −1 for none, where v = g.
   */
  stepSgd(
    parameters: number,
    gradients: number,
    velocities: number,
    n: number,
    learningRate: number,
    momentum: number,
    isNesterov: number,
  ): void;

  /**
   *     s ← s + g²
   *     θ ← θ − learningRate · g / (√s + epsilon)
   */
  stepAdagrad(
    parameters: number,
    gradients: number,
    squares: number,
    n: number,
    learningRate: number,
    epsilon: number,
  ): void;

  /**
   *     s ← s + rate · (g² − s)
   *     m ← m + rate · (g − m)                       without m: m = 0
   *     r = √(max(s − m², 0) + innerEpsilon) + outerEpsilon
   *     v ← momentum · v + g / r                     without v: v = g / r
   *     θ ← θ − learningRate · v
   *
   * @param means m; −1 for none.
   * @param velocities v; −1 for none.
   */
  stepRmsprop(
    parameters: number,
    gradients: number,
    squares: number,
    means: number,
    velocities: number,
    n: number,
    learningRate: number,
    rate: number,
    momentum: number,
    innerEpsilon: number,
    outerEpsilon: number,
  ): void;

  /**
   *     s ← s + rate · (g² − s)
   *     d = g · √(u + epsilon) / √(s + epsilon)
   *     u ← u + rate · (d² − u)
   *     θ ← θ − learningRate · d
   *
   * @param changes u, the average of squared steps.
   */
  stepAdadelta(
    parameters: number,
    gradients: number,
    squares: number,
    changes: number,
    n: number,
    learningRate: number,
    rate: number,
    epsilon: number,
  ): void;

  /**
   * Adam, and with other constants AMSGrad, AdamW and RAdam.
   *
   *     m ← m + meanRate · (g − m)
   *     s ← s + squareRate · (g² − s)
   *     u ← max(u, s)                                without u: u = s
   *     θ ← keep · θ − stepSize · m / (rootScale · √u + epsilon)
   *
   * @param largest u; −1 for none.
   * @param stepSize The learning rate, corrected for the bias of m.
   * @param rootScale Corrects for the bias of s.
   * @param keep 1, or less for decoupled weight decay.
   */
  stepAdam(
    parameters: number,
    gradients: number,
    means: number,
    squares: number,
    largest: number,
    n: number,
    meanRate: number,
    squareRate: number,
    stepSize: number,
    rootScale: number,
    epsilon: number,
    keep: number,
  ): void;

  /** g ← g + l1 · sign(θ) + l2 · θ, with sign(0) = 0. */
  addPenalties(parameters: number, gradients: number, n: number, l1: number, l2: number): void;

  /** x[i] = min(max(x[i], −limit), limit); NaN stays NaN. */
  clipValues(x: number, limit: number, n: number): void;

  /** x[i] = scale · x[i]. */
  scaleBy(x: number, scale: number, n: number): void;

  /**
   * y[0] = Σ x[i]².
   *
   * Squared and summed in float64: x[i] goes to the sum i mod 8, and in the end they are added as
   * ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7)). So the bits are the same everywhere.
   */
  squaredNorm(x: number, y: number, n: number): void;
}
