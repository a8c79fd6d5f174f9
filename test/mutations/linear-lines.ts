import type { MutatedFile } from './mutation.ts';

/** Key lines of the agents with linear estimates, and of their features. */
export const LINEAR_LINES: readonly MutatedFile[] = [
  {
    of: ['gradient-monte-carlo'],
    file: 'linear/gradient-monte-carlo.ts',
    tests: 'linear/prediction.test.ts',
    breakages: [
      [
        'this.options.discount * sum',
        'sum',
        'gradient Monte Carlo moves w along x towards the return',
      ],
      ['rewards[t] - x.dot(0, weights, 0)', 'rewards[t]', 'gradient Monte Carlo moves w along x'],
      ['let sum = lastValue', 'let sum = 0', 'gradient Monte Carlo puts the estimate of the last'],
    ],
  },
  {
    of: ['semi-gradient-td'],
    file: 'linear/semi-gradient-td.ts',
    tests: 'linear/prediction.test.ts',
    breakages: [
      [
        'sum - x.dot(oldest, weights, 0)',
        'sum',
        'semi-gradient TD moves w along x by the TD error',
      ],
      [
        'x.addTo(oldest, weights',
        'x.addTo(next, weights',
        'semi-gradient TD moves w along x by the',
      ],
      ['this.#ratio(i) * error', 'error', 'semi-gradient TD off policy weighs by what the target'],
      ['terminated[i] ? 0', 'ended ? 0', 'semi-gradient TD bootstraps where a time limit'],
      ['terminated[i] ? 0', 'false ? 0', 'semi-gradient TD of n steps sums n rewards'],
    ],
  },
  {
    of: ['semi-gradient-td-lambda'],
    file: 'linear/semi-gradient-td-lambda.ts',
    tests: 'linear/prediction.test.ts',
    breakages: [
      [
        'decay(i, discount * lambda)',
        'decay(i, lambda)',
        'TD(λ) spreads the TD error over what was',
      ],
      ['traces.add(i, x, 0, 0, 1)', 'traces.add(i, x, 1, 0, 1)', 'TD(λ) spreads the TD error'],
      [
        'terminated[i] || truncated[i]',
        'terminated[i]',
        'TD(λ) spreads the TD error over what was',
      ],
      ["kind === 'replacing'", 'false', 'TD(λ) replaces traces where features are 0 and 1'],
    ],
  },
  {
    of: ['linear-true-online-td-lambda'],
    file: 'linear/true-online-td-lambda.ts',
    tests: 'linear/prediction.test.ts',
    breakages: [
      ['1 - overlap', '1', 'TD(λ) true online, is the online λ-return algorithm'],
      [
        'stepSize * (error + change)',
        'stepSize * error',
        'TD(λ) true online, is the online λ-return',
      ],
      [
        'x.addTo(0, weights, 0, -stepSize * change);',
        '',
        'TD(λ) true online, is the online λ-return',
      ],
      ['terminated[i] ? 0', 'false ? 0', 'TD(λ) true online, is the online λ-return algorithm'],
    ],
  },
  {
    of: ['tdc'],
    file: 'linear/tdc.ts',
    tests: 'linear/prediction.test.ts',
    breakages: [
      [
        'if (!terminated[i]) x.addTo(1, weights, 0, -stepSize * ratio * discount * projection);',
        '',
        'gradient TD TDC corrects the TD step',
      ],
      ['error - projection', 'error', 'gradient TD TDC corrects the TD step'],
      [
        'stepSize * ratio * error',
        'stepSize * error',
        'gradient TD [Function Tdc] weighs both steps',
      ],
      ['terminated[i] ? 0', 'true ? 0', 'gradient TD [Function Tdc] bootstraps past a time limit'],
    ],
  },
  {
    of: ['gtd2'],
    file: 'linear/gtd2.ts',
    tests: 'linear/prediction.test.ts',
    breakages: [
      [
        'x.addTo(0, weights, 0, stepSize * ratio * projection)',
        'x.addTo(0, weights, 0, stepSize * ratio * error)',
        'gradient TD GTD2 follows the estimate of the error alone',
      ],
      [
        'secondary * ratio * (error',
        'secondary * (error',
        'gradient TD [Function Gtd2] weighs both',
      ],
      ['terminated[i] ? 0', 'true ? 0', 'gradient TD [Function Gtd2] bootstraps past a time limit'],
      [
        'terminated[i] ? 0',
        'false ? 0',
        'gradient TD [Function Gtd2] bootstraps past a time limit',
      ],
    ],
  },
  {
    of: ['semi-gradient-sarsa'],
    file: 'linear/semi-gradient-sarsa.ts',
    tests: 'linear/control.test.ts',
    breakages: [
      ['nextAction === -1 ? 0', 'true ? 0', 'semi-gradient Sarsa moves the weights of an action'],
      [
        'sum - this.#linear.value(x, oldest, action)',
        'sum',
        'semi-gradient Sarsa moves the weights of an action',
      ],
      [
        'add(x, oldest, action,',
        'add(x, oldest, 0,',
        'semi-gradient Sarsa moves the weights of an',
      ],
      ['} else if (truncated[i]) {', '} else if (false) {', 'semi-gradient Sarsa draws the next'],
    ],
  },
  {
    of: ['semi-gradient-sarsa-lambda'],
    file: 'linear/semi-gradient-sarsa-lambda.ts',
    tests: 'linear/control.test.ts',
    breakages: [
      [
        'decay(i, discount * lambda)',
        'decay(i, lambda)',
        'Sarsa(λ) spreads the TD error over what',
      ],
      [
        'traces.add(i, x, 0, offset, 1)',
        'traces.add(i, x, 0, 0, 1)',
        'Sarsa(λ) spreads the TD error',
      ],
      ['if (this.#waits[i] === 0) traces.clear(i);', '', 'Sarsa(λ) spreads the TD error over what'],
    ],
  },
  {
    of: ['linear-true-online-sarsa-lambda'],
    file: 'linear/true-online-sarsa-lambda.ts',
    tests: 'linear/control.test.ts',
    breakages: [
      ['1 - overlap', '1', 'Sarsa(λ) true online, does by pairs'],
      ['stepSize * (error + change)', 'stepSize * error', 'Sarsa(λ) true online, does by pairs'],
      [
        'this.#linear.add(x, i, action, -stepSize * change);',
        '',
        'Sarsa(λ) true online, does by pairs',
      ],
      ['action * features.numFeatures', '0', 'Sarsa(λ) true online, keeps the weights of actions'],
      ['} else if (truncated[i]) {', '} else if (false) {', 'Sarsa(λ) true online, draws the next'],
    ],
  },
  {
    of: ['differential-semi-gradient-sarsa'],
    file: 'linear/differential-semi-gradient-sarsa.ts',
    tests: 'linear/control.test.ts',
    breakages: [
      [
        'this.#rewards[i] - this.#average[0] + next',
        'this.#rewards[i] + next',
        'differential Sarsa learns the average reward beside',
      ],
      ['steps.value) * error', 'steps.value) * this.#rewards[i]', 'differential Sarsa learns the'],
      ['if (truncated[i]) {', 'if (false) {', 'differential Sarsa goes on past an end, and draws'],
    ],
  },
  {
    of: ['SparseVectors'],
    file: 'linear/features/sparse-vectors.ts',
    tests: 'linear/features.test.ts',
    breakages: [
      ['weights[offset + indices[at]] * values[at]', 'values[at]', 'vectors multiply and add'],
      ['+= amount * values[at]', '+= amount', 'vectors multiply and add from an offset on'],
    ],
  },
  {
    of: ['VectorTraces'],
    file: 'linear/vector-traces.ts',
    tests: 'linear/prediction.test.ts',
    breakages: [
      ['+= amount * vectors.values[at]', '+= amount', 'TD(λ) true online, is the online λ-return'],
      ['const value = factor * values', 'const value = values', 'TD(λ) spreads the TD error over'],
    ],
  },
  {
    of: ['state aggregation'],
    file: 'linear/features/state-aggregation.ts',
    tests: 'linear/features.test.ts',
    breakages: [
      ['Math.min(group, groups - 1)', 'group', 'state aggregation has one feature for each cell'],
    ],
  },
  {
    of: ['tile coding'],
    file: 'linear/features/tile-coding.ts',
    tests: 'linear/features.test.ts',
    breakages: [
      ['1 + 2 * i', '1', 'tile coding displaces tilings by 1, 3, …'],
      [' + this.#offsets[tiling * size + i]', '', 'tile coding hits one tile in each tiling'],
    ],
  },
  {
    of: ['Fourier basis'],
    file: 'linear/features/fourier-basis.ts',
    tests: 'linear/features.test.ts',
    breakages: [
      ['cos(PI * phase)', 'cos(2 * PI * phase)', 'bases Fourier: cosines of all frequencies'],
      [
        '1 / Math.sqrt(length)',
        '1 / length',
        'bases Fourier: cosines of all frequencies, divided by',
      ],
    ],
  },
  {
    of: ['polynomial basis'],
    file: 'linear/features/polynomial-basis.ts',
    tests: 'linear/features.test.ts',
    breakages: [['+ c - 1] * unit', '+ c - 1] + unit', 'bases polynomial: products of powers']],
  },
  {
    of: ['radial basis'],
    file: 'linear/features/radial-basis.ts',
    tests: 'linear/features.test.ts',
    breakages: [
      [
        '(2 * this.#width * this.#width)',
        '(2 * this.#width)',
        'bases radial: bells around the points',
      ],
      [
        'vectors.values[at] /= sum',
        'vectors.values[at] /= 1',
        'bases radial: bells around the points',
      ],
    ],
  },
  {
    of: ['semi-gradient-td'],
    file: 'linear/semi-gradient-td.ts',
    tests: 'off-policy-returns.test.ts',
    breakages: [
      [
        'this.#ratio(i) * error',
        'this.#ratios[oldest] * error',
        'semi-gradient TD off policy, with',
      ],
    ],
  },
  {
    of: ['tdc'],
    file: 'linear/tdc.ts',
    tests: 'off-policy-returns.test.ts',
    breakages: [
      [
        'stepSize * ratio * discount',
        'stepSize * discount',
        'gradient TD off policy [Function Tdc]',
      ],
      ['secondary * ratio *', 'secondary *', 'gradient TD off policy [Function Tdc] moves'],
    ],
  },
  {
    of: ['gtd2'],
    file: 'linear/gtd2.ts',
    tests: 'off-policy-returns.test.ts',
    breakages: [
      [
        'stepSize * ratio * discount',
        'stepSize * discount',
        'gradient TD off policy [Function Gtd2]',
      ],
    ],
  },
];
