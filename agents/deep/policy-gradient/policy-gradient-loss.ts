import type { StepColumns } from '../../../replay/rollout/rollout-columns.ts';
import type { PolicyForm } from '../policies/policy-form.ts';

/** Rows to learn from. */
export type PolicyGradientRows = Pick<
  StepColumns,
  'actions' | 'actionMasks' | 'advantages' | 'returns'
>;

/** Means over the rows. */
export interface ActorCriticNumbers {
  loss: number;
  policyLoss: number;
  valueLoss: number;
  entropy: number;
}

const RESULT = new Float64Array(2); // log π and H of a row; nothing stays here

/**
 * The loss of an actor-critic, and its gradient.
 *
 *     L = mean −A log π(a | s) + c₁ (R − V(s))² − c₂ H(π(· | s))
 *
 * @param outputs `[rows × (form.size + 1)]`: the policy's, then V(s).
 * @param gradients Written, as `outputs`: ∂L/∂outputs.
 * @param numbers Written.
 *
 * Source: Mnih et al. (2016), "Asynchronous methods for deep reinforcement learning", section 4; the
 * first term is the policy gradient theorem (Sutton & Barto 2018, equation 13.8).
 */
export function policyGradientLoss(
  form: PolicyForm,
  outputs: Float32Array,
  { actions, actionMasks: masks, advantages, returns }: PolicyGradientRows,
  { valueWeight, entropyWeight }: { readonly valueWeight: number; readonly entropyWeight: number },
  gradients: Float32Array,
  numbers: ActorCriticNumbers,
): void {
  const rows = returns.length;
  const rowSize = form.size + 1;
  let [policyLoss, valueLoss, entropy] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const first = row * rowSize;
    form.evaluate(outputs, first, actions, row, RESULT, masks);
    policyLoss -= advantages[row] * RESULT[0];
    entropy += RESULT[1];
    const byLog = -advantages[row] / rows;
    form.writeGradient(
      outputs,
      first,
      actions,
      row,
      byLog,
      -entropyWeight / rows,
      gradients,
      masks,
    );
    const error = outputs[first + form.size] - returns[row];
    valueLoss += error * error;
    gradients[first + form.size] = (2 * valueWeight * error) / rows;
  }
  numbers.policyLoss = policyLoss / rows;
  numbers.valueLoss = valueLoss / rows;
  numbers.entropy = entropy / rows;
  numbers.loss =
    numbers.policyLoss + valueWeight * numbers.valueLoss - entropyWeight * numbers.entropy;
}
