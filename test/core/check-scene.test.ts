import { expect, test } from 'vitest';
import { sceneProblem } from '../../core/check-scene.ts';

const grid = { kind: 'grid', rows: 1, columns: 2, tiles: ['floor', 'goal'], tokens: [] };
const shapes = { kind: 'shapes', view: { left: 0, bottom: 0, width: 1, height: 1 }, shapes: [] };
const screen = {
  kind: 'screen',
  width: 2,
  height: 1,
  pixels: [0, 1],
  palette: ['goal', '#00ff00'],
};
const line = { kind: 'line', points: [0, 0, 1, 1], width: 1, color: 'line' };
const text = { kind: 'text', x: 0, y: 0, text: 'hi', size: 1, color: 'text' };

test.each([
  grid,
  {
    ...grid,
    tokens: [{ kind: 'agent', row: 0, column: 1, facing: [0, -1], label: 'robot' }],
    walls: [{ row: 0, column: 0, side: 'right' }],
    labels: ['', 'G'],
    cellObservations: [0, -1],
    actionDirections: [[-1, 0]],
    caption: 'one step',
  },
  shapes,
  { ...shapes, shapes: [line, text], actionPositions: [1, 2] },
  screen,
  { ...screen, pixels: Uint8Array.of(0, 255) },
])('nothing is wrong with %j', (scene) => {
  expect(sceneProblem(scene)).toBeNull();
});

test.each<[unknown, string]>([
  [null, 'scene must be an object, got null.'],
  [{ kind: 'board' }, 'scene.kind must be grid, shapes, screen or image, got "board".'],
  [{ ...grid, caption: 7 }, 'scene.caption must be a text of at most 500 letters, got 7.'],
  [{ ...grid, rows: 0 }, 'scene.rows must be an integer from 1 to 1000000, got 0.'],
  [{ ...grid, columns: 1.5 }, 'scene.columns must be an integer from 1 to 1000000, got 1.5.'],
  [{ ...grid, rows: 2000, columns: 2000 }, 'scene must have at most 1000000 cells, got 4000000.'],
  [{ ...grid, tiles: ['floor'] }, 'scene.tiles must have 2 items, got 1.'],
  [{ ...grid, tiles: ['floor', 'lava'] }, 'scene.tiles[1] must be one of floor, ice,'],
  [{ ...grid, tokens: {} }, 'scene.tokens must be a list, got an object.'],
  [
    { ...grid, tokens: [{ kind: 'agent', row: 0 }] },
    'scene.tokens[0].column must be a number, got undefined.',
  ],
  [
    { ...grid, tokens: [{ kind: 'ghost' }] },
    'scene.tokens[0].kind must be one of agent, object, got "ghost".',
  ],
  [
    { ...grid, tokens: [{ kind: 'agent', row: 0, column: 0, facing: [1] }] },
    'scene.tokens[0].facing must have 2 items, got 1.',
  ],
  [
    { ...grid, walls: [{ row: 0, column: 0, side: 'left' }] },
    'scene.walls[0].side must be one of right, below',
  ],
  [{ ...grid, labels: ['a'] }, 'scene.labels must have 2 items, got 1.'],
  [
    { ...grid, cellObservations: [0, Number.NaN] },
    'scene.cellObservations[1] must be a number, got NaN.',
  ],
  [
    { ...grid, actionDirections: [[0, 'up']] },
    'scene.actionDirections[0][1] must be a number, got "up".',
  ],
  [{ ...shapes, view: undefined }, 'scene.view must be an object, got undefined.'],
  [
    { ...shapes, view: { left: 0, bottom: 0, width: 0, height: 1 } },
    'scene.view.width must be above 0, got 0.',
  ],
  [
    { ...shapes, actionPositions: [Infinity] },
    'scene.actionPositions[0] must be a number, got Infinity.',
  ],
  [
    { ...shapes, shapes: [{ ...line, kind: 'curve' }] },
    'scene.shapes[0].kind must be one of rectangle, circle',
  ],
  [
    { ...shapes, shapes: [line, { ...line, color: 'red' }] },
    'scene.shapes[1].color must be one of background',
  ],
  [
    { ...shapes, shapes: [{ ...line, points: [1, 2, 3] }] },
    'scene.shapes[0].points must hold an x and a y for each point, got 3.',
  ],
  [
    { ...shapes, shapes: [{ ...line, rotation: '1' }] },
    'scene.shapes[0].rotation must be a number, got "1".',
  ],
  [{ ...shapes, shapes: [{ ...text, text: 1 }] }, 'scene.shapes[0].text must be a text'],
  [{ ...screen, width: 9000 }, 'scene.width must be an integer from 1 to 8192, got 9000.'],
  [
    { ...screen, width: 8000, height: 8000 },
    'scene must have at most 16000000 pixels, got 64000000.',
  ],
  [{ ...screen, palette: ['#0'] }, 'scene.palette[0] must be one of'],
  [{ ...screen, pixels: [0, 256] }, 'scene.pixels[1] must be an integer from 0 to 255, got 256.'],
  [{ ...screen, pixels: Uint8Array.of(1) }, 'scene.pixels must have 2 items, got 1.'],
])('%j: %s', (scene, problem) => {
  expect(sceneProblem(scene)).toContain(problem);
});

test('the scene may be called by another name', () => {
  expect(sceneProblem(7, 'the picture')).toBe('the picture must be an object, got 7.');
});
