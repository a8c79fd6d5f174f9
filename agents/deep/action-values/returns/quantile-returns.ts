import { quantileLoss } from '../../../../networks/losses/quantile.ts';
import type { ReturnForm } from './return-form.ts';
import type { QuantileReturnsOptions } from './return-options.ts';

/**
 * Quantiles of the return at (i + ½) / N.
 *
 * Source: Dabney et al. (2018), "Distributional reinforcement learning with quantile regression",
 * algorithm 1.
 */
export function quantileReturns({
  quantiles,
  threshold,
}: Required<QuantileReturnsOptions>): ReturnForm {
  return {
    size: quantiles,
    loss: quantileLoss({ quantiles, threshold }),

    writeValues(outputs, values) {
      writeMeans(outputs, values);
    },

    writeTargets(rewards, discounts, nextOutputs, nextActions, targets) {
      const rows = rewards.length;
      const numActions = nextOutputs.length / (rows * quantiles);
      for (let row = 0; row < rows; row++) {
        const first = (row * numActions + nextActions[row]) * quantiles;
        for (let j = 0; j < quantiles; j++) {
          targets[row * quantiles + j] = rewards[row] + discounts[row] * nextOutputs[first + j];
        }
      }
    },
  };
}

/** Writes the mean of each value's quantiles, which stand side by side. */
export function writeMeans(quantiles: Float32Array, values: Float32Array): void {
  const size = quantiles.length / values.length;
  for (let i = 0; i < values.length; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += quantiles[i * size + j];
    values[i] = sum / size;
  }
}
