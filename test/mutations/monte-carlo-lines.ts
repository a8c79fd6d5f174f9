import type { MutatedFile } from './mutation.ts';

/** Key lines of the agents that learn tables from whole episodes. */
export const MONTE_CARLO_LINES: readonly MutatedFile[] = [
  {
    of: ['monte-carlo-prediction', 'monte-carlo-control', 'monte-carlo-exploring-starts'],
    file: 'tabular/return-averages.ts',
    tests: 'monte-carlo.test.ts',
    breakages: [
      ['firstVisit[entry] !== t', 'false', 'prediction averages the returns of first visits'],
      ["visits === 'first' &&", '', 'prediction averages the returns of every visit'],
      [
        'discount * sum + rewards[t]',
        'sum + rewards[t]',
        'prediction averages the returns of first',
      ],
      ['1 / count', '0.5', 'prediction averages the returns of first visits'],
      [' : stepSize;', ' : 1;', 'prediction moves by a constant step size'],
      ['let sum = lastValue', 'let sum = 0', 'prediction puts the estimate of the last state'],
    ],
  },
  {
    of: ['monte-carlo-prediction'],
    file: 'tabular/monte-carlo-prediction.ts',
    tests: 'monte-carlo.test.ts',
    breakages: [
      ['terminated[i] ? 0', 'true ? 0', 'prediction puts the estimate of the last state'],
      [
        'terminated[i] ? 0',
        'false ? 0',
        '[Function MonteCarloPrediction] expects nothing after an end',
      ],
    ],
  },
  {
    of: ['monte-carlo-control'],
    file: 'tabular/monte-carlo-control.ts',
    tests: 'monte-carlo.test.ts',
    breakages: [
      [
        'expectedValue(next, this.epsilon,',
        'expectedValue(next, 0,',
        'on-policy control expects of a',
      ],
      ['? 0\n', '? 1\n', '[Function MonteCarloControl] expects nothing after an end'],
      ['Action(state, epsilon,', 'Action(state, 0,', 'on-policy control averages returns of pairs'],
    ],
  },
  {
    of: ['monte-carlo-exploring-starts'],
    file: 'tabular/monte-carlo-exploring-starts.ts',
    tests: 'monte-carlo.test.ts',
    breakages: [
      ['? 0\n', '? 1\n', '[Function MonteCarloExploringStarts] expects nothing after an end'],
      ['length === 0 ? 1 : 0', 'length === 0 ? 0 : 0', 'exploring starts take a random first'],
      ['length === 0 ? 1 : 0', 'length === 0 ? 1 : 0.5', 'exploring starts take a random first'],
    ],
  },
  {
    of: ['monte-carlo-off-policy-prediction'],
    file: 'tabular/monte-carlo-off-policy-prediction.ts',
    tests: 'monte-carlo.test.ts',
    breakages: [
      [' / chances[t]', '', 'off-policy prediction divides by the number of returns'],
      [
        'weight *= this.#target',
        'weight = this.#target',
        'off-policy prediction divides by the number of returns',
      ],
      [
        'this.#actionReturns.add(state * numActions + action, t, sum, weight);',
        '',
        'off-policy prediction weights returns by what the target',
      ],
      [
        'terminated[i] ? 0',
        'true ? 0',
        'off-policy prediction puts the estimate of the last state',
      ],
    ],
  },
  {
    of: ['monte-carlo-off-policy-prediction'],
    file: 'tabular/weighted-returns.ts',
    tests: 'monte-carlo.test.ts',
    breakages: [
      ['weights[entry] += weight', 'weights[entry]++', 'off-policy prediction weights returns by'],
      [
        'weights[entry]++',
        'weights[entry] += weight',
        'off-policy prediction divides by the number',
      ],
      ['weight * sum - values', 'sum - values', 'off-policy prediction divides by the number'],
      ['!== step', '=== -1', 'off-policy prediction counts first visits alone'],
    ],
  },
  {
    of: ['monte-carlo-off-policy-control'],
    file: 'tabular/monte-carlo-off-policy-control.ts',
    tests: 'monte-carlo.test.ts',
    breakages: [
      [
        'masks, state)) break;',
        'masks, state)) continue;',
        'off-policy control weights returns up to',
      ],
      ['masks, state)) break;', 'masks, state)) {}', 'off-policy control weights returns up to'],
      ['weight /= chances[t]', 'weight /= 1', 'off-policy control weights returns up to'],
      ['(weight / weights[entry]) *', '', 'off-policy control weights returns up to'],
      ['let sum = lastValue', 'let sum = 0', 'off-policy control puts the best estimate'],
    ],
  },
  {
    of: ['monte-carlo-off-policy-prediction'],
    file: 'tabular/monte-carlo-off-policy-prediction.ts',
    tests: 'off-policy-returns.test.ts',
    breakages: [
      [' / chances[t]', '', 'off-policy Monte Carlo prediction by ordinary importance sampling'],
      [
        'weight *= this.#target',
        'weight = this.#target',
        'off-policy Monte Carlo prediction by weighted',
      ],
    ],
  },
  {
    of: ['monte-carlo-off-policy-control'],
    file: 'tabular/monte-carlo-off-policy-control.ts',
    tests: 'off-policy-returns.test.ts',
    breakages: [
      [
        'masks, state)) break;',
        'masks, state)) {}',
        'off-policy Monte Carlo control is without bias',
      ],
      ['weight /= chances[t]', 'weight /= 1', 'off-policy Monte Carlo control is without bias'],
    ],
  },
];
