import { describe, expect, test } from 'vitest';
import { contrast, hexToRgb, inkOn, luminance, mix, rgbToHex } from '../../viewer/color/rgb.ts';
import { colorOf, rangeOf, scaleFor } from '../../viewer/color/scale.ts';
import { chooseTheme, resolveColor, sceneTheme } from '../../viewer/color/theme.ts';

describe('colors', () => {
  test('are read and written as #rrggbb', () => {
    expect(hexToRgb('#0a7fff')).toEqual([10, 127, 255]);
    expect(rgbToHex([10, 127, 255])).toBe('#0a7fff');
    expect(rgbToHex([-4, 127.6, 300])).toBe('#0080ff');
  });

  test('mix channel by channel', () => {
    expect(mix('#000000', '#ff8000', 0.5)).toBe('#804000');
    expect(mix('#123456', '#ffffff', 0)).toBe('#123456');
  });

  test('have the contrast of WCAG: 21 between black and white', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
    expect(luminance('#808080')).toBeCloseTo(0.2159, 3);
  });

  test('take the ink that reads better', () => {
    expect(inkOn('#fde725')).toBe('#12161c');
    expect(inkOn('#440154')).toBe('#ffffff');
  });
});

describe('value scales', () => {
  test('go from the first to the last color', () => {
    const scale = scaleFor({ low: 0, high: 1 }, 'light');
    expect(scale.kind).toBe('sequential');
    expect(colorOf(scale, 0)).toBe('#440154'); // viridis begins dark violet
    expect(colorOf(scale, 1)).toBe('#fde725'); // and ends yellow
    expect(colorOf(scale, 1 / 9)).toBe('#482878');
    expect(colorOf(scale, 4 / 9)).toBe('#26828e');
  });

  test('clip what lies outside', () => {
    const scale = scaleFor({ low: -2, high: -1 }, 'light');
    expect(colorOf(scale, 5)).toBe('#fde725');
    expect(colorOf(scale, -Infinity)).toBe('#440154');
  });

  test.each(['light', 'dark'] as const)('diverge around zero in the %s theme', (theme) => {
    const scale = scaleFor({ low: -1, high: 4 }, theme);
    expect([scale.kind, scale.low, scale.high]).toEqual(['diverging', -4, 4]);
    expect(colorOf(scale, 0)).toBe(scale.stops[3]);
    const [red, , blue] = hexToRgb(colorOf(scale, 4));
    expect(blue).toBeGreaterThan(red); // above zero is blue
    const [warm, , cold] = hexToRgb(colorOf(scale, -4));
    expect(warm).toBeGreaterThan(cold); // below zero is orange
  });

  test('give one color where all values are the same', () => {
    const scale = scaleFor({ low: 0, high: 0 }, 'dark');
    expect(colorOf(scale, 0)).toMatch(/^#[0-9a-f]{6}$/);
  });

  test('keep a lightness that never falls', () => {
    const scale = scaleFor({ low: 0, high: 1 }, 'light');
    const lightness = Array.from({ length: 50 }, (_, i) => luminance(colorOf(scale, i / 49)));
    for (let i = 1; i < 50; i++) expect(lightness[i]).toBeGreaterThan(lightness[i - 1]);
  });

  test('span the finite values', () => {
    expect(rangeOf([3, Number.NaN, -1, Infinity])).toEqual({ low: -1, high: 3 });
    expect(rangeOf([])).toBeNull();
  });
});

describe('themes', () => {
  test('follow the system unless asked otherwise', () => {
    expect(chooseTheme(null, true)).toBe('dark');
    expect(chooseTheme(null, false)).toBe('light');
    expect(chooseTheme('light', true)).toBe('light');
  });

  test('resolve roles and keep fixed colors', () => {
    expect(resolveColor('agent', sceneTheme('dark'))).toBe('#ff8a4c');
    expect(resolveColor('#123456', sceneTheme('dark'))).toBe('#123456');
  });

  test.each(['light', 'dark'] as const)('show agent, goal and text on the %s ground', (name) => {
    const { roles } = sceneTheme(name);
    for (const role of ['agent', 'goal', 'text', 'line', 'accent', 'hazard'] as const) {
      expect(contrast(roles[role], roles.background), role).toBeGreaterThan(3);
    }
  });
});
