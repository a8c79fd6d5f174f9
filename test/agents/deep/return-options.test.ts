import { describe, expect, test } from 'vitest';
import { Dqn } from '../../../agents/deep/action-values/dqn.ts';
import { RecurrentDqn } from '../../../agents/deep/action-values/recurrent-dqn.ts';
import type { ReturnFormOptions } from '../../../agents/deep/action-values/returns/return-options.ts';
import { discrete } from '../../../core/space.ts';
import { gru } from '../../../networks/layers/gru.ts';

const TASK = { observationSpace: discrete(4), actionSpace: discrete(2) };

describe.each([
  ['Dqn', (returns: ReturnFormOptions) => new Dqn(TASK, { layers: [], returns })],
  [
    'RecurrentDqn',
    (returns: ReturnFormOptions) => new RecurrentDqn(TASK, { layers: [gru(3)], returns }),
  ],
] as const)('the returns of %s', (name, create) => {
  test.each<[ReturnFormOptions, object, number]>([
    [{ kind: 'expected' }, { kind: 'expected', loss: 'squared' }, 1],
    [{ kind: 'expected', loss: 'huber' }, { kind: 'expected', loss: 'huber' }, 1],
    [{ kind: 'categorical' }, { kind: 'categorical', atoms: 51, low: -10, high: 10 }, 51],
    [
      { kind: 'categorical', atoms: 11, high: 100 },
      { kind: 'categorical', atoms: 11, low: -10, high: 100 },
      11,
    ],
    [{ kind: 'quantile' }, { kind: 'quantile', quantiles: 50, threshold: 1 }, 50],
    [
      { kind: 'quantile', quantiles: 8, threshold: 0 },
      { kind: 'quantile', quantiles: 8, threshold: 0 },
      8,
    ],
  ])('%o are complete: %o', (given, resolved, size) => {
    const agent = create(given);
    expect(agent.options.returns).toEqual(resolved);
    expect(agent.targetNetwork.outputSize).toBe(2 * size);
  });

  test.each<[unknown, string]>([
    ['c51', '.kind must be one of expected, categorical, quantile, got undefined.'],
    [{ kind: 'quantiles' }, 'got "quantiles". Did you mean "quantile"?'],
    [{ kind: 'expected', loss: 'square' }, '.loss must be one of squared, huber, got "square".'],
    [{ kind: 'expected', threshold: 1 }, ': unknown option "threshold".'],
    [{ kind: 'categorical', atom: 11 }, ': unknown option "atom". Did you mean "atoms"?'],
    [{ kind: 'categorical', atoms: 1 }, ': atoms must be an integer of at least 2, got 1.'],
    [{ kind: 'categorical', low: 10 }, ': high must be above 10, got 10.'],
    [{ kind: 'categorical', low: '0' }, ': low must be a finite number, got "0".'],
    [{ kind: 'quantile', kappa: 1 }, ': unknown option "kappa".'],
    [{ kind: 'quantile', quantiles: 0 }, ': quantiles must be an integer of at least 1, got 0.'],
    [{ kind: 'quantile', threshold: -1 }, ': threshold must be between 0 and '],
  ])('cannot be %o', (given, message) => {
    const make = () => create(given as ReturnFormOptions);
    expect(make).toThrow(RangeError);
    expect(make).toThrow(`${name}: returns`);
    expect(make).toThrow(message);
  });
});
