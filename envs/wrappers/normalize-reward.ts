import { checkBetween, checkPositive } from '../../core/check.ts';
import { RunningStatistics, statisticsSize } from './running-statistics.ts';
import { defineWrapper, type SameWrapper } from './wrapper.ts';

/** How rewards are normalized. */
export interface NormalizeRewardOptions {
  /** γ of the return whose variance is taken, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** Added to the variance, above 0. Default 10⁻⁸. */
  readonly epsilon?: number;
  /** Whether rewards change the statistics; false to hold them fixed. Default true. */
  readonly update?: boolean;
}

/** The options of `normalizeReward` where none are given. */
export const NORMALIZE_REWARD_DEFAULTS: Required<NormalizeRewardOptions> = {
  discount: 0.99,
  epsilon: 1e-8,
  update: true,
};

const NAME = 'normalize-reward';

const STATISTICS = statisticsSize(1);

/**
 * Divides rewards by √(variance of the discounted return + ε), by running statistics across episodes.
 *
 *     G ← γ G (1 − terminated) + r
 *
 * The return is not set to 0 where an episode begins, and forgets the past with the last reward of an
 * episode, as Gymnasium's wrapper of one env does.
 */
export const normalizeReward: SameWrapper<NormalizeRewardOptions> = defineWrapper({
  name: NAME,
  description: 'Scales rewards so that discounted returns have variance 1, by running statistics.',
  defaults: NORMALIZE_REWARD_DEFAULTS,
  rules(_, { discount, epsilon, update }) {
    checkBetween(`${NAME}: discount`, discount, 0, 1);
    checkPositive(`${NAME}: epsilon`, epsilon);
    const discountedReturn = new Float64Array(1);
    const statistics = new RunningStatistics(1);
    return {
      memorySize: STATISTICS + 1, // and G
      step(memory, inner, action) {
        const reward = inner.step(action);
        statistics.over(memory);
        const past = inner.isTerminal() ? 0 : discount * memory[STATISTICS];
        memory[STATISTICS] = past + reward;
        discountedReturn[0] = memory[STATISTICS];
        if (update) statistics.add(discountedReturn, 1);
        return reward / Math.sqrt(statistics.variance(0) + epsilon);
      },
    };
  },
});
