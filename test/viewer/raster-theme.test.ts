import { expect, test } from 'vitest';
import { rasterTheme } from '../../core/raster/theme.ts';
import { hexToRgb } from '../../viewer/color/rgb.ts';
import { sceneTheme } from '../../viewer/color/theme.ts';

const numbers = (colors: Readonly<Record<string, `#${string}`>>) =>
  Object.fromEntries(
    Object.entries(colors).map(([name, hex]) => {
      const [red, green, blue] = hexToRgb(hex);
      return [name, (red << 16) | (green << 8) | blue];
    }),
  );

test.each(['light', 'dark'] as const)('pictures have the colors of the viewer when %s', (name) => {
  const { roles, tiles, texture, outline } = sceneTheme(name);
  expect(rasterTheme(name)).toEqual({
    roles: numbers(roles),
    tiles: numbers(tiles),
    texture: numbers(texture),
    outline: numbers({ outline }).outline,
  });
});
