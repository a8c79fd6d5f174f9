import { huberLoss } from '../../../../networks/losses/huber.ts';
import { squaredLoss } from '../../../../networks/losses/squared.ts';
import type { ReturnForm } from './return-form.ts';
import type { ExpectedReturnsOptions } from './return-options.ts';

/**
 * The mean of the return: one output an action. y = r + γ Q̂(s′, a*).
 *
 * Source: Mnih et al. (2015), "Human-level control through deep reinforcement learning".
 */
export function expectedReturns({ loss }: Required<ExpectedReturnsOptions>): ReturnForm {
  return {
    size: 1,
    loss: loss === 'squared' ? squaredLoss() : huberLoss(),

    writeValues(outputs, values) {
      values.set(outputs);
    },

    writeTargets(rewards, discounts, nextOutputs, nextActions, targets) {
      const numActions = nextOutputs.length / rewards.length;
      for (let row = 0; row < rewards.length; row++) {
        const next = nextOutputs[row * numActions + nextActions[row]];
        targets[row] = rewards[row] + discounts[row] * next;
      }
    },
  };
}
