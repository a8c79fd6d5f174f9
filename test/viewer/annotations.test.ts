import { describe, expect, test } from 'vitest';
import type { GridScene } from '../../core/scene.ts';
import { makeDynamics } from '../../envs/registry.ts';
import { contrast, type Hex } from '../../viewer/color/rgb.ts';
import { sceneTheme } from '../../viewer/color/theme.ts';
import { checkScene } from '../../viewer/scene/check-scene.ts';
import { layoutScene } from '../../viewer/scene/layout.ts';
import type { Mark } from '../../viewer/scene/mark.ts';

const theme = sceneTheme('light');
const pane = { width: 332, height: 232 }; // cells of 100 pixels, from 16, 16

const scene: GridScene = {
  kind: 'grid',
  rows: 2,
  columns: 3,
  tiles: ['floor', 'floor', 'floor', 'floor', 'floor', 'goal'],
  tokens: [
    { kind: 'agent', row: 0, column: 0 },
    { kind: 'object', row: 1, column: 1, label: 'passenger' },
  ],
  walls: [
    { row: 0, column: 1, side: 'right' },
    { row: 0, column: 0, side: 'below' },
  ],
  labels: ['R', '', '', '', '', 'B'],
};

const marksOf = (drawn: GridScene, role: string): Mark[] =>
  layoutScene(drawn, pane, theme)
    .flatMap(({ marks }) => marks)
    .filter((mark) => mark.role === role);

describe('a board with walls between cells', () => {
  test('has a line on the common side of the cells', () => {
    // Cell 0,1 has its center at 166, 66; its right side runs from 216, 16 to 216, 116.
    expect(marksOf(scene, 'wall')).toMatchObject([
      { kind: 'line', x: 166, y: 66, points: [50, -50, 50, 50] },
      { kind: 'line', x: 66, y: 66, points: [-50, 50, 50, 50] },
    ]);
  });

  test('has its labels in the upper left corners', () => {
    expect(marksOf(scene, 'cell label')).toMatchObject([
      { text: 'R', x: 33, y: 33 },
      { text: 'B', x: 233, y: 133 },
    ]);
  });
});

describe.each(['light', 'dark'] as const)('a label in the %s look', (name) => {
  const look = sceneTheme(name);
  const tiles = ['floor', 'ice', 'wall', 'start', 'goal', 'hole', 'cliff'] as const;
  const labelled: GridScene = { ...scene, rows: 1, columns: 7, tiles, tokens: [], walls: [] };
  const marks = layoutScene({ ...labelled, labels: tiles.map(() => '1') }, pane, look).flatMap(
    (layer) => layer.marks,
  );

  test('can be read on every tile', () => {
    const labels = marks.filter(({ role }) => role === 'cell label');
    expect(labels).toHaveLength(tiles.length);
    labels.forEach(({ color }, i) => {
      expect(contrast(color as Hex, look.tiles[tiles[i]]), tiles[i]).toBeGreaterThan(3);
    });
  });

  test('has its corner for itself: a start shows no S beside it', () => {
    const letters = marks.filter(({ kind, role }) => kind === 'text' && role === 'texture');
    expect(letters).toEqual([]);
  });
});

describe('an object', () => {
  test('stands in its cell with the first letter of its label', () => {
    expect(marksOf(scene, 'object')).toMatchObject([
      { x: 166, y: 166, width: 40, label: 'passenger at row 1, column 1' },
    ]);
    expect(marksOf(scene, 'object letter')).toMatchObject([{ text: 'P', x: 166, y: 166 }]);
  });

  test('rides small on the shoulder of an agent in the same cell, and above it', () => {
    const tokens = scene.tokens.map((token) => ({ ...token, row: 0, column: 2 }));
    const together = { ...scene, tokens };
    expect(marksOf(together, 'object')).toMatchObject([{ x: 292, y: 40, width: 26 }]);
    const roles = layoutScene(together, pane, theme)
      .flatMap(({ marks }) => marks)
      .map(({ role }) => role);
    expect(roles.indexOf('object')).toBeGreaterThan(roles.indexOf('agent'));
  });
});

test('the taxi world shows its walls, its four places and the passenger', () => {
  const taxi = makeDynamics('Taxi-v4');
  const state = new Float64Array(taxi.stateSize);
  const drawn = taxi.scene(state);
  if (drawn.kind !== 'grid') throw new Error(`expected a grid, got ${drawn.kind}.`);
  expect(marksOf(drawn, 'wall').length).toBeGreaterThan(0);
  expect(marksOf(drawn, 'cell label').length).toBeGreaterThanOrEqual(4);
  expect(marksOf(drawn, 'object').length).toBeGreaterThanOrEqual(1);
});

describe('a recorded scene', () => {
  test('with walls and labels is taken', () => {
    expect(checkScene(JSON.parse(JSON.stringify(scene)))).toEqual(scene);
  });

  test.each([
    { walls: [{ row: 0, column: 0, side: 'left' }] },
    { walls: [{ row: 'x', column: 0, side: 'right' }] },
    { walls: 3 },
    { labels: ['R'] },
    { labels: [1, 2, 3, 4, 5, 6] },
    { labels: ['x'.repeat(1000), '', '', '', '', ''] },
    { tokens: [{ kind: 'object', row: 0, column: 0, label: 5 }] },
  ])('with %j is refused', (wrong) => {
    expect(checkScene({ ...scene, ...wrong })).toBeNull();
  });
});
