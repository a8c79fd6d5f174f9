import type { MutatedFile } from './mutation.ts';

/** Key lines of the agents of bandits. */
export const BANDIT_LINES: readonly MutatedFile[] = [
  {
    of: ['greedy', 'epsilon-greedy', 'softmax', 'ucb1'],
    file: 'bandits/arm-estimates.ts',
    tests: 'bandits/epsilon-greedy.test.ts',
    breakages: [
      ['1 / count', '1', 'the estimates are the averages of the rewards of each arm'],
      ['rewards[i] - table[arm]', 'rewards[i]', 'the estimates are the averages of the rewards'],
      [
        '!unbiased) this.weight[0] = stepSize',
        '!unbiased) this.weight[0] = 1',
        'the estimates with',
      ],
    ],
  },
  {
    of: ['greedy', 'epsilon-greedy', 'softmax', 'ucb1', 'ucb-tuned'],
    file: 'bandits/arm-estimates.ts',
    tests: 'bandits/value-based.test.ts',
    breakages: [
      [
        'stepSize / -expm1(count * log1p(-stepSize))',
        'stepSize',
        'estimates with a constant step size without bias do not depend',
      ],
    ],
  },
  {
    of: ['greedy'],
    file: 'bandits/greedy.ts',
    tests: 'bandits/contract.test.ts',
    breakages: [
      [
        'greedyActionAtRandom(i, this.#rng, actionMasks, i)',
        'greedyAction(i, actionMasks, i)',
        'greedy breaks the ties of the first pull evenly',
      ],
      [
        'greedyActionAtRandom(i, this.#rng, actionMasks, i)',
        'greedyActionAtRandom(0, this.#rng, actionMasks, i)',
        'greedy acts in each problem by what it has learned there',
      ],
    ],
  },
  {
    of: ['epsilon-greedy'],
    file: 'bandits/epsilon-greedy.ts',
    tests: 'bandits/value-based.test.ts',
    breakages: [
      ['Action(i, epsilon,', 'Action(i, 0,', 'ε-greedy that explores the other arms and the usual'],
      ['isOther = arm !== greedy', 'isOther = true', 'ε-greedy that explores the other arms gives'],
      [
        'uniform() >= epsilon',
        'uniform() < epsilon',
        'ε-greedy that explores the other arms gives',
      ],
      ['this.#estimates.pulls[i]', '0', 'schedules of epsilon-greedy run over the pulls'],
    ],
  },
  {
    of: ['softmax'],
    file: 'bandits/softmax.ts',
    tests: 'bandits/value-based.test.ts',
    breakages: [
      ['table, i, this.#temperature(i)', 'table, i, 1', 'the softmax bandit draws arms with the'],
      ['this.#estimates.pulls[i]', '0', 'the softmax bandit cools as'],
    ],
  },
  {
    of: ['softmax', 'gradient-bandit', 'exp3'],
    file: 'bandits/softmax-policy.ts',
    tests: 'bandits/softmax-policy.test.ts',
    breakages: [
      ['- 0.5 * greatest', '', 'the softmax never overflows'],
      ['if (x === greatest) return 0;', '', 'the softmax never overflows'],
      ['2 / temperature', '2 * temperature', 'the softmax has chances that are exponentials'],
      ['const share = 1 / sum', 'const share = 1', 'the softmax has chances that are exponentials'],
      [
        'left -= chance',
        'left -= 1 / numActions',
        'a draw from a policy is the action whose share',
      ],
    ],
  },
  {
    of: ['ucb1'],
    file: 'bandits/ucb1.ts',
    tests: 'bandits/value-based.test.ts',
    breakages: [
      ['log(this.#estimates.pulls[i])', 'this.#estimates.pulls[i]', 'UCB1 pulls the arm whose'],
      ['width / Math.sqrt(count)', 'width / count', 'UCB1 pulls the arm whose estimate and c'],
      ['width / Math.sqrt(count)', '0', 'UCB1 pulls the arm whose estimate and c'],
      ['this.options.exploration *', '', 'UCB1 pulls the arm whose estimate and c'],
      ['count === 0 ? Infinity', 'count === 0 ? 0', 'UCB1 pulls every arm once before any twice'],
    ],
  },
  {
    of: ['ucb-tuned'],
    file: 'bandits/ucb-tuned.ts',
    tests: 'bandits/value-based.test.ts',
    breakages: [
      ['Math.min(varianceBound, variance)', 'varianceBound', 'UCB1-tuned pulls the arm with the'],
      [
        'Math.min(varianceBound, variance)',
        'variance',
        'UCB1-tuned pulls the arm with the highest',
      ],
      [' + Math.sqrt(2 * share)', '', 'UCB1-tuned pulls the arm with the highest'],
      ['rest * weight * error * error', 'weight * error * error', 'UCB1-tuned keeps the variance'],
      ['table[arm] += weight * error', '', 'UCB1-tuned keeps the variance of the rewards'],
    ],
  },
  {
    of: ['gradient-bandit'],
    file: 'bandits/gradient-bandit.ts',
    tests: 'bandits/gradient-bandit.test.ts',
    breakages: [
      ['baseline ? average : 0', '0', 'moves preferences by α (R − R̄) (1 − π)'],
      ['baseline ? average : 0', 'average', 'without a baseline compares rewards with 0'],
      ['step * this.#policies[entry]', '0', 'moves preferences by α (R − R̄) (1 − π)'],
      ['table[start + actions[i]] += step;', '', 'moves preferences by α (R − R̄) (1 − π)'],
      [
        'this.averageRewards[i]) / this.#pulls[i]',
        'this.averageRewards[i])',
        'moves preferences by',
      ],
    ],
  },
  {
    of: ['bernoulli-thompson'],
    file: 'bandits/bernoulli-thompson.ts',
    tests: 'bandits/thompson.test.ts',
    breakages: [
      ['if (isSuccess)', 'if (!isSuccess)', 'Thompson sampling of Bernoulli arms counts successes'],
      [
        'success + this.#gammas[2 * arm + 1]',
        '1',
        'Thompson sampling of Bernoulli arms pulls an arm as often',
      ],
      [
        'this.#shapes[2 * arm + 1] = this.failures[i * numActions + arm]',
        'this.#shapes[2 * arm + 1] = 1',
        'Thompson sampling of Bernoulli arms pulls an arm as often',
      ],
      [
        'this.#rng.uniform() < reward',
        'reward > 0.5',
        'Thompson sampling of Bernoulli arms takes a',
      ],
    ],
  },
  {
    of: ['gaussian-thompson'],
    file: 'bandits/gaussian-thompson.ts',
    tests: 'bandits/thompson.test.ts',
    breakages: [
      [
        '(this.counts[arm] + this.#priorWeight)',
        'this.counts[arm]',
        'Thompson sampling of normal arms keeps the posterior',
      ],
      [
        'Math.sqrt(this.counts[entry] + this.#priorWeight)',
        '(this.counts[entry] + this.#priorWeight)',
        'Thompson sampling of normal arms pulls an arm as often',
      ],
      ['deviation * rng.normal()', '0', 'Thompson sampling of normal arms pulls an arm as often'],
    ],
  },
  {
    of: ['exp3'],
    file: 'bandits/exp3.ts',
    tests: 'bandits/exp3.test.ts',
    breakages: [
      [' / this.#policies[arm]', '', 'EXP3 multiplies the weight of the arm pulled'],
      [
        '(exploration * estimate) / numActions',
        'exploration * estimate',
        'EXP3 multiplies the weight',
      ],
      ['* policies[entry] + share', '* policies[entry]', 'EXP3 mixes the shares of the weights'],
      ['(high - low)', '1', 'EXP3 scales rewards of another range'],
    ],
  },
  {
    of: ['lin-ucb'],
    file: 'bandits/lin-ucb.ts',
    tests: 'bandits/linear.test.ts',
    breakages: [
      ['+ exploration * deviations[arm]', '', 'LinUCB credits each arm with α √(xᵀ A⁻¹ x)'],
      [
        'exploration * deviations[arm]',
        'exploration',
        'LinUCB credits each arm with α √(xᵀ A⁻¹ x)',
      ],
    ],
  },
  {
    of: ['linear-thompson'],
    file: 'bandits/linear-thompson.ts',
    tests: 'bandits/linear.test.ts',
    breakages: [
      ['exploration * deviations[arm]', '0', 'linear Thompson sampling pulls an arm as often'],
      ['exploration * deviations[arm]', '1', 'linear Thompson sampling pulls an arm as often'],
    ],
  },
  {
    of: ['lin-ucb', 'linear-thompson'],
    file: 'bandits/ridge-models.ts',
    tests: 'bandits/linear.test.ts',
    breakages: [
      ['+= y * x[k]', '+= x[k]', 'ridge models solve the normal equations'],
      ['this.#addToFactor(model, x);', '', 'ridge models solve the normal equations'],
      ['Math.sqrt(square)', 'square', 'ridge models solve the normal equations'],
    ],
  },
];
