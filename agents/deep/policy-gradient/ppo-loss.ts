import { exp } from '../../../core/math.ts';
import type { StepColumns } from '../../../replay/rollout/rollout-columns.ts';
import type { PolicyForm } from '../policies/policy-form.ts';

/** What PPO makes small. */
export interface PpoLossOptions {
  /** ε of r's interval, above 0; `null` for no bound. */
  readonly clip: number | null;
  /** β, at least 0. Default 0: then π_old need not be known as a whole. */
  readonly klWeight?: number;
  /** By how much V may move from what it was in the rollout, at least 0; `null` for no bound. */
  readonly valueClip: number | null;
  /** c₁, at least 0. */
  readonly valueWeight: number;
  /** c₂, at least 0. */
  readonly entropyWeight: number;
}

/** Rows to learn from, of a rollout. */
export type PpoBatch = Pick<
  StepColumns,
  'actions' | 'actionMasks' | 'logProbabilities' | 'advantages' | 'values' | 'returns'
> &
  Partial<Pick<StepColumns, 'policies'>>;

/** Means over the rows of a batch. */
export interface PpoNumbers {
  loss: number;
  policyLoss: number;
  valueLoss: number;
  entropy: number;
  /** KL(π_old ‖ π), estimated as mean of (r − 1) − log r (Schulman 2020, "Approximating KL divergence"). */
  divergence: number;
  /** Share of rows where r lay outside of its interval. */
  clipShare: number;
}

const RESULT = new Float64Array(2); // log π and H of a row, or a divergence; nothing stays here
const NO_POLICIES = new Float32Array(0);

/**
 * PPO's loss, clipped or with a penalty or both, and its gradient.
 *
 *     r = π(a | s) / π_old(a | s)
 *     L = mean max(−A r, −A clip(r, 1 − ε, 1 + ε)) + c₁ ½ max((V − R)², (V_clip − R)²) − c₂ H
 *         + β KL(π_old(· | s) ‖ π(· | s))
 *     V_clip = V_old + clip(V − V_old, −ε_V, ε_V)
 *
 * @param outputs `[rows × (form.size + 1)]`: the policy's, then V(s).
 * @param gradients Written, as `outputs`: ∂L/∂outputs.
 * @param numbers Written.
 *
 * Source: Schulman et al. (2017), "Proximal policy optimization algorithms", equations 7 to 9; the
 * clipped value is that of its first implementation, OpenAI's `baselines`.
 */
export function ppoLoss(
  form: PolicyForm,
  outputs: Float32Array,
  batch: PpoBatch,
  options: PpoLossOptions,
  gradients: Float32Array,
  numbers: PpoNumbers,
): void {
  const { actions, actionMasks: masks, logProbabilities, advantages, values, returns } = batch;
  const rows = values.length;
  const { valueClip, valueWeight, entropyWeight, klWeight = 0 } = options;
  const clip = options.clip ?? Infinity;
  const policies = batch.policies ?? NO_POLICIES;
  const rowSize = form.size + 1;
  let [policyLoss, valueLoss, entropy, divergence, clipped, penalty] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const first = row * rowSize;
    form.evaluate(outputs, first, actions, row, RESULT, masks);
    const change = RESULT[0] - logProbabilities[row]; // log r
    const ratio = exp(change);
    const advantage = advantages[row];
    const bounded = Math.max(1 - clip, Math.min(1 + clip, ratio));
    policyLoss += Math.max(-advantage * ratio, -advantage * bounded);
    entropy += RESULT[1];
    divergence += ratio - 1 - change;
    if (ratio !== bounded) clipped++;

    // Where the bounded term is the larger one, the policy has no gradient.
    const byRatio = -advantage * ratio >= -advantage * bounded ? -advantage : 0;
    const byLog = (byRatio * ratio) / rows; // ∂r/∂θ = r ∂log π/∂θ
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
    if (klWeight > 0) {
      form.divergence(outputs, first, policies, row, RESULT, masks);
      penalty += (klWeight * RESULT[0]) / rows;
      const share = klWeight / rows;
      form.addDivergenceGradient(outputs, first, policies, row, share, gradients, masks);
    }

    const value = outputs[first + form.size];
    let error = value - returns[row];
    let byValue = error;
    if (valueClip !== null) {
      const moved = Math.max(-valueClip, Math.min(valueClip, value - values[row]));
      const boundedError = values[row] + moved - returns[row];
      if (boundedError * boundedError > error * error) {
        error = boundedError;
        byValue = moved === value - values[row] ? boundedError : 0;
      }
    }
    valueLoss += 0.5 * error * error;
    gradients[first + form.size] = (valueWeight * byValue) / rows;
  }
  numbers.policyLoss = policyLoss / rows;
  numbers.valueLoss = valueLoss / rows;
  numbers.entropy = entropy / rows;
  numbers.divergence = divergence / rows;
  numbers.clipShare = clipped / rows;
  numbers.loss =
    numbers.policyLoss +
    valueWeight * numbers.valueLoss -
    entropyWeight * numbers.entropy +
    penalty;
}
