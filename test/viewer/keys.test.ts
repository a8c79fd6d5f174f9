import { describe, expect, test } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatFixed,
  formatNumber,
  formatShort,
  formatSpeed,
} from '../../viewer/format/number.ts';
import { actionOf, KEYMAP, type KeyPress, keyText } from '../../viewer/view-state/keymap.ts';

const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});

describe('keys', () => {
  test.each([
    [press(' '), 'toggle-play'],
    [press('j'), 'step-forward'],
    [press('ArrowLeft'), 'step-back'],
    [press('ArrowRight', { shiftKey: true }), 'leap-forward'],
    [press('ArrowRight', { ctrlKey: true }), 'next-episode'],
    [press('ArrowLeft', { metaKey: true }), 'previous-episode'],
    [press('End'), 'go-to-end'],
    [press('L', { shiftKey: true }), 'toggle-loop'],
    [press('l', { ctrlKey: true }), 'copy-link'],
    [press('?', { shiftKey: true }), 'help'],
    [press('q'), 'overlay-q'],
    [press('v', { ctrlKey: true }), null], // the browser's own
    [press('ArrowLeft', { altKey: true }), null],
    [press('x'), null],
  ])('%j mean %s', (key, action) => {
    expect(actionOf(key)).toBe(action);
  });

  test('stand for one thing each', () => {
    const keys = KEYMAP.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('are written for people', () => {
    expect(keyText(' ')).toBe('Space');
    expect(keyText('Shift+ArrowRight')).toBe('Shift+→');
    expect(keyText('Ctrl+l')).toBe('Ctrl+L');
    expect(keyText('Escape')).toBe('Esc');
  });
});

describe('numbers', () => {
  test('have three significant digits and a true minus', () => {
    expect([0, 0.5, -0.01234, 12.345, 1234.5, -1e-7, 2.5e9].map((x) => formatNumber(x))).toEqual([
      ...['0', '0.5', '−0.0123', '12.3', '1235', '−1.00e-7', '2.50e+9'],
    ]);
    expect(formatNumber(Number.NaN)).toBe('–');
    expect(formatNumber(-Infinity)).toBe('−∞');
  });

  test('are short in cells', () => {
    expect([0.617, -0.5, 1.234, -12.34, 123.4, 0].map((x) => formatShort(x))).toEqual([
      ...['.62', '−.50', '1.23', '−12.3', '123', '.00'],
    ]);
    expect(formatShort(-7.4, 1)).toBe('−7.4');
    expect(formatShort(-0.001)).toBe('.00'); // never −.00
  });

  test('line up in columns', () => {
    expect([0.5, -12, -0.0001].map((x) => formatFixed(x, 3))).toEqual([
      '0.500',
      '−12.000',
      '0.000',
    ]);
  });

  test('of steps, bytes, speeds and times are for people', () => {
    expect(formatCount(1234567)).toBe('1\u202f234\u202f567');
    expect(formatBytes(999)).toBe('999 B');
    expect(formatBytes(12_345)).toBe('12.3 kB');
    expect([1 / 16, 0.5, 1, 3, 64].map(formatSpeed)).toEqual(['1/16×', '1/2×', '1×', '3×', '64×']);
    expect([1e3, 3e5, 4 * 36e5, 9 * 864e5].map(formatAge)).toEqual([
      ...['just now', '5 min ago', '4 h ago', '9 d ago'],
    ]);
  });
});
