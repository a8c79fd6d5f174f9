import { describe, expect, test } from 'vitest';
import type { GridScene } from '../../core/scene.ts';
import { colorOf, scaleFor } from '../../viewer/color/scale.ts';
import { sceneTheme } from '../../viewer/color/theme.ts';
import { actionValuesOf, bestValue, greedyActions } from '../../viewer/overlay/action-values.ts';
import { gridValues, valueRange } from '../../viewer/overlay/grid-values.ts';
import { cellAt, cellCenter, layoutGrid } from '../../viewer/scene/grid-layout.ts';
import { layoutScene } from '../../viewer/scene/layout.ts';
import type { Mark } from '../../viewer/scene/mark.ts';
import { between } from '../../viewer/scene/tokens.ts';

const theme = sceneTheme('light');
const pane = { width: 332, height: 232 };

// start  floor  hole
// wall   ice    goal
const scene: GridScene = {
  kind: 'grid',
  rows: 2,
  columns: 3,
  tiles: ['start', 'floor', 'hole', 'wall', 'ice', 'goal'],
  tokens: [{ kind: 'agent', row: 1, column: 1, facing: [1, 0] }],
  cellObservations: [0, 1, 2, -1, 4, 5],
  actionDirections: [
    [-1, 0], // left
    [0, 1], // down
    [1, 0], // right
    [0, -1], // up
  ],
};

// Q of state s and action a is 10 s + a, except where two tie in state 4.
const values = Array.from({ length: 24 }, (_, i) => 10 * Math.floor(i / 4) + (i % 4));
values[4 * 4 + 0] = 43;
const table = { numStates: 6, numActions: 4, values };

describe('a board on the pane', () => {
  const layout = layoutGrid(scene, pane);

  test('has square cells of whole pixels, in the middle', () => {
    expect(layout).toMatchObject({ scale: 100, left: 16, top: 16 });
  });

  test('has row 0 on top and column 0 on the left', () => {
    expect(cellCenter(layout, 0, 0)).toEqual({ x: 66, y: 66 });
    expect(cellCenter(layout, 1, 2)).toEqual({ x: 266, y: 166 });
  });

  test('knows the cell under a point', () => {
    for (const row of [0, 1]) {
      for (const column of [0, 1, 2]) {
        expect(cellAt(layout, cellCenter(layout, row, column))).toEqual({ row, column });
      }
    }
    expect(cellAt(layout, { x: 15, y: 60 })).toBeNull();
    expect(cellAt(layout, { x: 317, y: 60 })).toBeNull();
    expect(cellAt(layout, { x: 60, y: 217 })).toBeNull();
  });

  test('stays drawable on a pane without room', () => {
    expect(layoutGrid(scene, { width: 0, height: 0 }).scale).toBeGreaterThan(0);
  });
});

describe('values of a table', () => {
  test('are rows of the table', () => {
    expect(actionValuesOf(table, 2)).toEqual([20, 21, 22, 23]);
    expect(actionValuesOf(table, 6)).toBeNull();
    expect(actionValuesOf(table, -1)).toBeNull();
  });

  test('have their maximum as V(s)', () => {
    expect(bestValue([-3, -1, -2])).toBe(-1);
    expect(bestValue([5, 1], [0, 1])).toBe(1); // the illegal action does not count
    expect(bestValue([])).toBeNaN();
  });

  test('have every tied action as best', () => {
    expect(greedyActions([1, 3, 3, 0])).toEqual([1, 2]);
    expect(greedyActions([0, 0, 0])).toEqual([0, 1, 2]);
    expect(greedyActions([9, 3, 3], [0, 1, 1])).toEqual([1, 2]);
  });

  test('are shown where something is decided: not in holes, walls and goals', () => {
    const cells = gridValues(scene, table);
    expect(cells.map((cell) => [cell.index, cell.state, cell.value])).toEqual([
      [0, 0, 3],
      [1, 1, 13],
      [4, 4, 43],
    ]);
    expect(valueRange(cells, false)).toEqual({ low: 3, high: 43 });
    expect(valueRange(cells, true)).toEqual({ low: 0, high: 43 });
  });
});

describe('the marks of a board', () => {
  const cells = gridValues(scene, table);
  const scale = scaleFor({ low: 3, high: 43 }, 'light');
  const overlay = { cells, scale, values: true, arrows: true, actionValues: false, numbers: true };
  const draw = (grid: Partial<typeof overlay>): Mark[] =>
    layoutScene(scene, pane, theme, { grid: { ...overlay, ...grid } }).flatMap((x) => x.marks);
  const withRole = (marks: Mark[], role: string) => marks.filter((mark) => mark.role === role);

  test('are a tile a cell, in the color of its kind', () => {
    const tiles = withRole(draw({}), 'tile');
    expect(tiles.map((tile) => tile.color)).toEqual(scene.tiles.map((tile) => theme.tiles[tile]));
    expect(tiles[2]).toMatchObject({ x: 266, y: 66, label: 'hole at row 0, column 2' });
  });

  test('put the agent in its cell, with its nose where it faces', () => {
    const [agent] = withRole(draw({}), 'agent');
    expect(agent).toMatchObject({ x: 166, y: 166, kind: 'circle' });
    const [nose] = withRole(draw({}), 'facing');
    expect(nose).toMatchObject({ x: 166, y: 166 });
    if (nose.kind !== 'polygon') throw new Error('the nose is a polygon');
    expect(nose.points[0]).toBeGreaterThan(0); // to the right
    expect(nose.points[1]).toBeCloseTo(0);
  });

  test("paint each cell by its value's color", () => {
    const heat = withRole(draw({}), 'value');
    expect(heat.map((mark) => mark.color)).toEqual([3, 13, 43].map((v) => colorOf(scale, v)));
  });

  test('point an arrow along each best action', () => {
    const arrows = withRole(draw({}), 'arrow');
    const tips = arrows.map((arrow) => {
      if (arrow.kind !== 'polygon') throw new Error('an arrow is a polygon');
      // The tip is the corner farthest away.
      const [x, y] = arrow.points.slice(6, 8);
      return [arrow.x, arrow.y, Math.sign(Math.round(x)), Math.sign(Math.round(y))];
    });
    expect(tips).toEqual([
      [66, 66, 0, -1], // state 0: up
      [166, 66, 0, -1], // state 1: up
      [166, 166, -1, 0], // state 4: left …
      [166, 166, 0, -1], // … and up, which tie
    ]);
  });

  test('fade the arrows where every action ties', () => {
    const tied = { ...table, values: values.map(() => 0) };
    const arrows = withRole(draw({ cells: gridValues(scene, tied) }), 'arrow');
    expect(arrows).toHaveLength(12);
    expect(arrows.every((arrow) => (arrow.alpha ?? 1) < 0.5)).toBe(true);
  });

  test('write V(s) into the cells', () => {
    const texts = withRole(draw({}), 'number').map((mark) => mark.kind === 'text' && mark.text);
    expect(texts).toEqual(['3.00', '13.0', '43.0']);
    expect(withRole(draw({ numbers: false }), 'number')).toEqual([]);
  });

  test('show four values in four triangles, on the side that the action moves to', () => {
    const marks = draw({ actionValues: true });
    const triangles = withRole(marks, 'action-value').slice(0, 4);
    expect(triangles.map((mark) => mark.color)).toEqual([0, 1, 2, 3].map((v) => colorOf(scale, v)));
    const middles = triangles.map((mark) => {
      if (mark.kind !== 'polygon') throw new Error('a triangle is a polygon');
      const [, , x1, y1, x2, y2] = mark.points;
      return [Math.sign(x1 + x2) + 0, Math.sign(y1 + y2) + 0];
    });
    expect(middles).toEqual([
      [-1, 0],
      [0, 1],
      [1, 0],
      [0, -1],
    ]);
    expect(withRole(marks, 'value')).toEqual([]); // they take the place of the heat map
    expect(withRole(marks, 'number')).toHaveLength(12);
  });

  test('ring the pinned cell', () => {
    const layers = layoutScene(scene, pane, theme, { pinned: { row: 0, column: 2 } });
    const [pin] = layers.flatMap((layer) => layer.marks).filter((mark) => mark.role === 'pin');
    expect(pin).toMatchObject({ x: 266, y: 66, label: 'pinned: row 0, column 2' });
    const outside = layoutScene(scene, pane, theme, { pinned: { row: 9, column: 0 } });
    expect(outside.flatMap((layer) => layer.marks).some((mark) => mark.role === 'pin')).toBe(false);
  });

  test('become one picture on a board of many cells', () => {
    const large: GridScene = {
      kind: 'grid',
      rows: 60,
      columns: 60,
      tiles: Array.from({ length: 3600 }, (_, i) => (i === 61 ? 'wall' : 'floor')),
      tokens: [],
    };
    const [board, ...others] = layoutScene(large, pane, theme).flatMap((layer) => layer.marks);
    expect(others).toEqual([]);
    if (board.kind !== 'image') throw new Error('a large board is an image');
    expect([board.columns, board.rows]).toEqual([60, 60]);
    expect([...board.pixels.subarray(61 * 4, 61 * 4 + 4)]).toEqual([118, 128, 141, 255]);
  });
});

describe('an agent between two steps', () => {
  const at = (row: number, column: number): GridScene => ({
    ...scene,
    tokens: [{ kind: 'agent', row, column }],
  });
  const place = (fraction: number, to: GridScene) => {
    const [{ row, column }] = between(at(0, 0), to, fraction).tokens;
    return [row, column];
  };

  test('rests, then glides to the neighbor', () => {
    expect(place(0, at(0, 1))).toEqual([0, 0]);
    expect(place(0.5, at(0, 1))).toEqual([0, 0]);
    expect(place(0.75, at(0, 1))).toEqual([0, 0.5]);
    expect(place(1, at(0, 1))).toEqual([0, 1]);
    expect(place(0.75, at(1, 0))).toEqual([0.5, 0]);
  });

  test('does not glide where it has jumped', () => {
    expect(place(0.9, at(1, 1))).toEqual([0, 0]);
  });
});
