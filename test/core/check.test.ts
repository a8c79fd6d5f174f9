import { describe, expect, test } from 'vitest';
import {
  checkBetween,
  checkInteger,
  checkLength,
  checkOneOf,
  checkPositive,
  hint,
  nearestName,
  resolveOptions,
  show,
} from '../../core/check.ts';

describe('argument checks', () => {
  test('name the argument, the rule and the value', () => {
    expect(() => checkInteger('Buffer: capacity', 2.5, 1)).toThrow(
      new RangeError('Buffer: capacity must be an integer of at least 1, got 2.5.'),
    );
    expect(() => checkInteger('x', 11, 0, 10)).toThrow(
      new RangeError('x must be an integer from 0 to 10, got 11.'),
    );
    expect(() => checkBetween('x', Number.NaN, 0, 1)).toThrow(
      new RangeError('x must be between 0 and 1, got NaN.'),
    );
    expect(() => checkPositive('x', 0)).toThrow(
      new RangeError('x must be a finite number above 0, got 0.'),
    );
    expect(() => checkLength('x', [1, 2], 3)).toThrow(
      new RangeError('x must have length 3, got 2.'),
    );
  });

  test('let the ends of a range pass', () => {
    checkInteger('x', 1, 1);
    checkInteger('x', 10, 0, 10);
    checkBetween('x', 0, 0, 1);
    checkBetween('x', 1, 0, 1);
  });

  test('refuse numbers written as text', () => {
    expect(() => checkInteger('x', '3' as unknown as number, 1)).toThrow('got "3"');
    expect(() => checkBetween('x', '0.5' as unknown as number, 0, 1)).toThrow('got "0.5"');
  });

  test('offer the nearest of the allowed names', () => {
    expect(() => checkOneOf('activation', 'rely', ['relu', 'tanh'])).toThrow(
      'activation must be one of relu, tanh, got "rely". Did you mean "relu"?',
    );
  });
});

describe('options', () => {
  const defaults = { stepSize: 0.1, discount: 0.99 };

  test('are laid over the defaults', () => {
    expect(resolveOptions('Q', defaults, { discount: 0.5 })).toEqual({
      stepSize: 0.1,
      discount: 0.5,
    });
  });

  test('keep the default of a key given as undefined', () => {
    const given = { discount: undefined } as unknown as typeof defaults;
    expect(resolveOptions('Q', defaults, given)).toEqual(defaults);
  });

  test('refuse an unknown key, with the nearest one and the list', () => {
    const given = { stepsize: 0.5 } as unknown as typeof defaults;
    expect(() => resolveOptions('Q', defaults, given)).toThrow(
      'Q: unknown option "stepsize". Did you mean "stepSize"? Known options: stepSize, discount.',
    );
  });

  test.each([5, 'fast', true, [], [1]])('must be an object, not %j', (given) => {
    expect(() => resolveOptions<object>('Q', defaults, given as unknown as object)).toThrow(
      'Q: options must be an object, got',
    );
  });

  test('are not fooled by the names of object methods', () => {
    const given = { toString: 1 } as unknown as typeof defaults;
    expect(() => resolveOptions('Q', defaults, given)).toThrow('unknown option "toString"');
  });
});

describe('the nearest name', () => {
  test('is found across small slips', () => {
    expect(nearestName('FrozenLak-v1', ['CartPole-v1', 'FrozenLake-v1'])).toBe('FrozenLake-v1');
    expect(nearestName('qlearning', ['q-learning', 'sarsa'])).toBe('q-learning');
  });

  test('is none where nothing is near', () => {
    expect(nearestName('pacman', ['CartPole-v1', 'FrozenLake-v1'])).toBeUndefined();
    expect(hint('pacman', ['CartPole-v1'])).toBe('');
  });
});

test('values are shown as a user would write them, and cut when long', () => {
  expect(show('a')).toBe('"a"');
  expect(show([1, 'b'])).toBe('[1, "b"]');
  expect(show(new Float32Array(20))).toBe('[0, 0, 0, 0, 0, 0, 0, 0, …]');
  expect(show(undefined)).toBe('undefined');
  expect(show({ a: 1 })).toBe('an object');
  expect(show('x'.repeat(100)).length).toBeLessThan(70);
});
