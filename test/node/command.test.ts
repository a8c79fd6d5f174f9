import { describe, expect, test } from 'vitest';
import { commandHelp, parseCount, parseSettings, parseWords } from '../../node/command.ts';
import { train } from '../../node/commands/train.ts';
import { UsageError } from '../../node/usage-error.ts';

describe('a count', () => {
  test.each([
    ['0', 0],
    ['50000', 50_000],
    ['50k', 50_000],
    ['1.5M', 1_500_000],
    ['50_000', 50_000],
    ['2g', 2_000_000_000],
    ['2.5k', 2500],
    ['1.005k', 1005],
    ['7.0', 7],
  ])('may be written %s', (text, count) => {
    expect(parseCount('steps', text, 0)).toBe(count);
  });

  test.each(['', '-1', 'many', '1.5.2k', '5 k', 'NaN', '1e3', '99999999999G', '1.5', '2.0005k'])(
    'is not %j',
    (text) => {
      expect(() => parseCount('steps', text, 0)).toThrow(UsageError);
    },
  );

  test('may be the least, and not less', () => {
    expect(parseCount('steps', '1', 1)).toBe(1);
    expect(() => parseCount('steps', '0', 1)).toThrow(
      '--steps must be a whole number of at least 1',
    );
  });
});

describe('settings', () => {
  test('are JSON where they are JSON, else text', () => {
    const settings = ['a=0.5', 'b=true', 'c=4x4', 'd={"kind":"linear"}', 'e=x=y', 'f=[1,2]'];
    expect(parseSettings('set', settings)).toEqual({
      a: 0.5,
      b: true,
      c: '4x4',
      d: { kind: 'linear' },
      e: 'x=y',
      f: [1, 2],
    });
  });

  test('are settings whatever they are called, so that none is lost', () => {
    const settings = parseSettings('set', ['__proto__={"seed":1}', 'seed=2', 'seed=3']);
    expect(Object.entries(settings)).toEqual([
      ['__proto__', { seed: 1 }],
      ['seed', 3],
    ]);
  });

  test('need a name and an equals sign', () => {
    for (const setting of ['stepSize', '=1']) {
      expect(() => parseSettings('set', [setting])).toThrow('--set must be key=value');
    }
  });
});

describe('the words of a command', () => {
  test('are options and the rest', () => {
    const words = parseWords(train, [
      'q-learning',
      'X-v1',
      '--set',
      'a=1',
      '--set',
      'b=2',
      '--discretize',
    ]);
    expect(words.positionals).toEqual(['q-learning', 'X-v1']);
    expect(words.texts('set')).toEqual(['a=1', 'b=2']);
    expect([words.flag('discretize'), words.flag('help'), words.text('steps')]).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  test('may be a negative number behind its option', () => {
    const words = parseWords(train, ['random', '--stop-at', '-200', 'X-v1', '--steps', '-.5']);
    expect(words.positionals).toEqual(['random', 'X-v1']);
    expect([words.text('stop-at'), words.text('steps')]).toEqual(['-200', '-.5']);
    expect(parseWords(train, ['--stop-at=-1.5e2']).text('stop-at')).toBe('-1.5e2');
    expect(() => parseWords(train, ['--discretize', '-200'])).toThrow('unknown option --2');
    expect(() => parseWords(train, ['--stop-at', '-h'])).toThrow('--stop-at');
  });

  test('that are unknown or lack their value are refused', () => {
    expect(() => parseWords(train, ['--stepz', '1'])).toThrow(
      'unknown option --stepz. Did you mean "steps"?',
    );
    expect(() => parseWords(train, ['--steps'])).toThrow(UsageError);
  });

  test('are all in the help', () => {
    const help = commandHelp(train);
    for (const name of Object.keys(train.options)) expect(help).toContain(`--${name}`);
  });
});
