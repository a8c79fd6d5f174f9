import { writeExponentials } from '../../../../core/math.ts';
import { atomValue, categoricalLoss } from '../../../../networks/losses/categorical.ts';
import { projectReturns } from '../../../../networks/losses/project-returns.ts';
import type { ReturnForm } from './return-form.ts';
import type { CategoricalReturnsOptions } from './return-options.ts';

/**
 * Chances of `atoms` returns from `low` to `high`: outputs are their logits.
 *
 * Source: Bellemare, Dabney & Munos (2017), "A distributional perspective on reinforcement learning",
 * algorithm 1.
 */
export function categoricalReturns({
  atoms,
  low,
  high,
}: Required<CategoricalReturnsOptions>): ReturnForm {
  const support = categoricalLoss({ atoms, low, high });
  const returns = Float64Array.from({ length: atoms }, (_, i) => atomValue(support, i));
  const chances = new Float64Array(atoms); // of one distribution
  let chosen = new Float32Array(0); // p(s′, a*), [rows × atoms]
  return {
    size: atoms,
    loss: support,

    writeValues(outputs, values) {
      for (let i = 0; i < values.length; i++) {
        writeChances(outputs, i * atoms, chances);
        let mean = 0;
        for (let j = 0; j < atoms; j++) mean += chances[j] * returns[j];
        values[i] = mean;
      }
    },

    writeTargets(rewards, discounts, nextOutputs, nextActions, targets) {
      const rows = rewards.length;
      const numActions = nextOutputs.length / (rows * atoms);
      if (chosen.length !== rows * atoms) chosen = new Float32Array(rows * atoms);
      for (let row = 0; row < rows; row++) {
        writeChances(nextOutputs, (row * numActions + nextActions[row]) * atoms, chances);
        for (let j = 0; j < atoms; j++) chosen[row * atoms + j] = chances[j];
      }
      projectReturns(support, rewards, discounts, chosen, targets);
    },
  };
}

/** Softmax of the logits from `first` on. */
function writeChances(logits: Float32Array, first: number, chances: Float64Array): void {
  let highest = -Infinity;
  for (let j = 0; j < chances.length; j++) highest = Math.max(highest, logits[first + j]);
  for (let j = 0; j < chances.length; j++) chances[j] = logits[first + j] - highest;
  writeExponentials(chances, 0, chances.length, chances);
  let sum = 0;
  for (let j = 0; j < chances.length; j++) sum += chances[j];
  for (let j = 0; j < chances.length; j++) chances[j] /= sum;
}
