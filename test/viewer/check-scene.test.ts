import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sceneTheme } from '../../viewer/color/theme.ts';
import { checkScene } from '../../viewer/scene/check-scene.ts';
import { layoutScene } from '../../viewer/scene/layout.ts';

const grid = { kind: 'grid', rows: 1, columns: 2, tiles: ['floor', 'goal'], tokens: [] };
const shapes = { kind: 'shapes', view: { left: 0, bottom: 0, width: 1, height: 1 }, shapes: [] };
const screen = {
  kind: 'screen',
  width: 2,
  height: 1,
  pixels: [0, 1],
  palette: ['#000000', 'goal'],
};
const image = { kind: 'image', width: 1, height: 2, pixels: [1, 2, 3, 4, 5, 255] };
const circle = { kind: 'circle', x: 0, y: 0, radius: 1, color: 'agent' };

describe('scenes from outside', () => {
  test('are taken when they are whole', () => {
    for (const scene of [grid, shapes, { ...shapes, shapes: [circle] }]) {
      expect(checkScene(scene)).toEqual(scene);
    }
    expect(checkScene(screen)).toEqual({ ...screen, pixels: Uint8Array.of(0, 1) });
    const pixels = Uint8Array.of(1, 2, 3, 4, 5, 255);
    expect(checkScene(image)).toEqual({ ...image, pixels });
    expect(checkScene({ ...image, pixels })).toEqual({ ...image, pixels });
  });

  test.each([
    null,
    'grid',
    [],
    { ...grid, rows: 2 },
    { ...grid, rows: 1e9, columns: 1e9 },
    { ...grid, tiles: ['floor', 'lava'] },
    { ...grid, tokens: [{ kind: 'agent', row: Number.NaN, column: 0 }] },
    { ...grid, cellObservations: [0] },
    { ...grid, actionDirections: [[1]] },
    { ...grid, caption: 7 },
    { ...grid, caption: 'x'.repeat(501) },
    { ...shapes, view: { left: 0, bottom: 0, width: 0, height: 1 } },
    { ...shapes, shapes: [{ ...circle, color: 'red;background:url(x)' }] },
    { ...shapes, shapes: [{ ...circle, radius: '1' }] },
    { ...shapes, shapes: [{ kind: 'line', points: [1, 2, 3], width: 1, color: 'line' }] },
    { ...shapes, shapes: [{ kind: 'constructor', color: 'line' }] },
    { ...shapes, shapes: new Array(20_001).fill(circle) },
    { ...screen, pixels: [0] },
    { ...screen, width: 1e5, height: 1e5 },
    { ...screen, palette: ['#00'] },
    { ...image, pixels: [1, 2, 3] },
    { ...image, pixels: new Uint8Array(2) },
    { ...image, pixels: ['1', 2, 3, 4, 5, 6] },
    { ...image, width: 1e5, height: 1e5 },
    { ...image, height: 0, pixels: [] },
  ])('are refused: %j', (scene) => {
    expect(checkScene(scene)).toBeNull();
  });

  test('never break the layout once they are taken', () => {
    const anything = fc.oneof(
      fc.json().map((text) => JSON.parse(text)),
      fc.object(),
    );
    fc.assert(
      fc.property(anything, fc.constantFrom(grid, shapes, screen, image), (noise, base) => {
        const scene = checkScene({ ...base, ...(noise as object) });
        if (scene) layoutScene(scene, { width: 300, height: 200 }, sceneTheme('light'));
      }),
    );
  });
});
