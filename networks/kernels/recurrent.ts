/**
 * What happens in a recurrent cell between its matrix products, for one step of `batch` sequences.
 *
 * Gates stand side by side in each row: `[batch × gates × units]`. All else is `[batch × units]`.
 */
export interface RecurrentKernels {
  /**
   * A step of the long short-term memory: c′ = f c + i g and h′ = o tanh c′.
   *
   * @param gates The sums before the gates i, f, g, o; then σ, σ, tanh, σ of them.
   * @param cell c.
   * @param nextCell c′, written.
   * @param hidden h′, written.
   */
  lstmForward(
    batch: number,
    units: number,
    gates: number,
    cell: number,
    nextCell: number,
    hidden: number,
  ): void;

  /**
   * @param gates As `lstmForward` left them.
   * @param dHidden ∂loss/∂h′.
   * @param dCell ∂loss/∂c′ by what comes after this step; then ∂loss/∂c.
   * @param dGates ∂loss/∂ the sums before the gates, written.
   */
  lstmBackward(
    batch: number,
    units: number,
    gates: number,
    cell: number,
    nextCell: number,
    dHidden: number,
    dCell: number,
    dGates: number,
  ): void;

  /**
   * A step of the gated recurrent unit: n = tanh(x̂ₙ + r ĥₙ) and h′ = (1 − z) n + z h.
   *
   * @param gates What comes in has made of it, x̂ of r, z and n; then these gates themselves.
   * @param recurrent What h has made of it, ĥ of r, z and n.
   * @param hidden h.
   * @param nextHidden h′, written.
   */
  gruForward(
    batch: number,
    units: number,
    gates: number,
    recurrent: number,
    hidden: number,
    nextHidden: number,
  ): void;

  /**
   * @param gates As `gruForward` left them.
   * @param dNextHidden ∂loss/∂h′.
   * @param dGates ∂loss/∂x̂, written.
   * @param dRecurrent ∂loss/∂ĥ, written.
   * @param dHidden ∂loss/∂h without what goes through ĥ, written.
   */
  gruBackward(
    batch: number,
    units: number,
    gates: number,
    recurrent: number,
    hidden: number,
    dNextHidden: number,
    dGates: number,
    dRecurrent: number,
    dHidden: number,
  ): void;
}
