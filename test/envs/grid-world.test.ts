import { describe, expect, test } from 'vitest';
import type { GridScene } from '../../core/scene.ts';
import { type GridWorldOptions, gridWorld } from '../../envs/tabular/grid-world.ts';
import { modelOf, outcomesOf } from './solve.ts';

const [UP, RIGHT, DOWN, LEFT] = [0, 1, 2, 3];
const third = expect.closeTo(1 / 3, 12);

/** What an action leads to in a cell. */
function outcomes(options: GridWorldOptions, cell: number, action: number) {
  return outcomesOf(modelOf(gridWorld(options)), cell, action);
}

describe('a gridworld', () => {
  test('moves up, right, down and left, and stays where an edge or a wall stops it', () => {
    const map = ['...', '.#.', '...'];
    const reached = (cell: number) =>
      [UP, RIGHT, DOWN, LEFT].map((action) => outcomes({ map }, cell, action)[0][1]);
    expect(reached(0)).toEqual([0, 1, 3, 0]);
    expect(reached(8)).toEqual([5, 8, 8, 7]);
    expect(reached(1)).toEqual([1, 2, 1, 0]);
    expect(reached(3)).toEqual([0, 3, 6, 3]);
  });

  test('moves like a king, and may let the king stay', () => {
    const map = ['...', '...', '...'];
    const king = modelOf(gridWorld({ map, moves: 'king' }));
    const reached = Array.from({ length: 8 }, (_, action) => outcomesOf(king, 4, action)[0][1]);
    expect(reached).toEqual([1, 5, 7, 3, 2, 8, 6, 0]);
    expect(outcomes({ map, moves: 'king-or-stay', bumpReward: -5 }, 4, 8)).toEqual([
      [1, 4, -1, false],
    ]);
  });

  test('pays for a step, for the cell that is entered, and for a bump', () => {
    const options: GridWorldOptions = {
      map: ['S$', '..'],
      cells: { $: { reward: 7 } },
      stepReward: -0.5,
      bumpReward: -3,
    };
    expect(outcomes(options, 0, RIGHT)).toEqual([[1, 1, 7, false]]);
    expect(outcomes(options, 0, DOWN)).toEqual([[1, 2, -0.5, false]]);
    expect(outcomes(options, 0, UP)).toEqual([[1, 0, -3, false]]);
    expect(outcomes(options, 1, RIGHT)).toEqual([[1, 1, -3, false]]); // does not enter again
    expect(outcomes({ ...options, bumpReward: null }, 1, RIGHT)).toEqual([[1, 1, -0.5, false]]);
  });

  test('ends at the goal, from where nothing follows', () => {
    const model = modelOf(gridWorld({ map: ['SG'], stepReward: -2 }));
    expect(outcomesOf(model, 0, RIGHT)).toEqual([[1, 1, -2, true]]);
    expect(outcomesOf(model, 1, LEFT)).toEqual([[1, 1, 0, true]]);
  });

  test('slips to the left and to the right of the way, half the chance each', () => {
    const map = ['...', '...', '...'];
    expect(outcomes({ map, slip: 0.2 }, 4, UP)).toEqual([
      [0.1, 3, -1, false],
      [0.8, 1, -1, false],
      [0.1, 5, -1, false],
    ]);
    expect(outcomes({ map, slip: 1 }, 4, RIGHT)).toEqual([
      [0.5, 1, -1, false],
      [0.5, 7, -1, false],
    ]);
    expect(outcomes({ map, slip: 1, moves: 'king' }, 4, 4).map(([, next]) => next)).toEqual([0, 8]);
    expect(outcomes({ map, slip: 1, moves: 'king-or-stay' }, 4, 8)).toHaveLength(1);
  });

  test('adds the wind of the column that the step starts in', () => {
    const options = { map: ['...', '...', '...', '...'], wind: [0, 1, 2] };
    expect(outcomes(options, 9, RIGHT)[0][1]).toBe(10); // no wind in the first column
    expect(outcomes(options, 10, RIGHT)[0][1]).toBe(8);
    expect(outcomes(options, 10, DOWN)[0][1]).toBe(10); // the edge stops the sum
    expect(outcomes(options, 11, LEFT)[0][1]).toBe(4);
    expect(outcomes(options, 5, UP)[0][1]).toBe(2);
    expect(outcomes({ ...options, wind: [-1, 0, 0] }, 3, RIGHT)[0][1]).toBe(7); // blows downward
  });

  test('varies the wind where there is any', () => {
    const options = { map: ['..', '..', '..', '..'], wind: [0, 1], stochasticWind: true };
    expect(outcomes(options, 6, RIGHT)).toHaveLength(1);
    expect(outcomes(options, 7, RIGHT)).toEqual([
      [third, 7, -1, false],
      [third, 5, -1, false],
      [third, 3, -1, false],
    ]);
  });

  test('teleports on entering or on leaving', () => {
    const options: GridWorldOptions = {
      map: ['SCA', '..a'],
      cells: {
        C: { tile: 'cliff', teleport: { to: 'S', on: 'enter', reward: -100 } },
        A: { teleport: { to: 'a', on: 'leave', reward: 10 } },
        a: {},
      },
    };
    expect(outcomes(options, 0, RIGHT)).toEqual([[1, 0, -100, false]]);
    expect(outcomes(options, 5, UP)).toEqual([[1, 2, -1, false]]);
    for (const action of [UP, RIGHT, DOWN, LEFT]) {
      expect(outcomes(options, 2, action)).toEqual([[1, 5, 10, false]]);
    }
  });

  test('starts where the weights say, or anywhere but in walls and at the goal', () => {
    const start = (options: GridWorldOptions) => [...modelOf(gridWorld(options)).startDistribution];
    expect(start({ map: ['S.SG'] })).toEqual([0.5, 0, 0.5, 0]);
    expect(start({ map: ['Sx'], cells: { x: { start: 3 } } })).toEqual([0.25, 0.75]);
    expect(start({ map: ['.#.G'] })).toEqual([0.5, 0, 0.5, 0]);
  });

  test('leads back to a start instead of ending, where it is continuing', () => {
    expect(outcomes({ map: ['S.G.S'], continuing: true }, 1, RIGHT)).toEqual([
      [0.5, 0, -1, false],
      [0.5, 4, -1, false],
    ]);
  });

  test('is drawn from its map', () => {
    const options: GridWorldOptions = {
      map: ['S#', 'xG'],
      cells: { x: { tile: 'ice', label: 'X' } },
    };
    expect(gridWorld(options).scene(Float64Array.of(2, DOWN, 0))).toEqual({
      kind: 'grid',
      rows: 2,
      columns: 2,
      tiles: ['start', 'wall', 'ice', 'goal'],
      labels: ['', '', 'X', ''],
      tokens: [{ kind: 'agent', row: 1, column: 0, facing: [0, 1] }],
      cellObservations: [0, 1, 2, 3],
      actionDirections: [
        [0, -1],
        [1, 0],
        [0, 1],
        [-1, 0],
      ],
    });
    expect((gridWorld().scene(Float64Array.of(0, -1, 0)) as GridScene).labels).toBeUndefined();
  });

  test.each<[GridWorldOptions, string]>([
    [{ map: ['S?'] }, 'a cell of the map must be one of # . S G, got "?" in row 0.'],
    [{ map: ['##'] }, 'gridWorld: the map must have a cell to start in.'],
    [{ slip: -0.1 }, 'gridWorld: slip must be between 0 and 1, got -0.1.'],
    [{ moves: 'queen' as 'king' }, 'gridWorld: moves must be one of four, king, king-or-stay'],
    [{ stepReward: Number.NaN }, 'gridWorld: stepReward must be a finite number, got NaN.'],
    [{ bumpReward: Infinity }, 'gridWorld: bumpReward must be a finite number, got Infinity.'],
    [{ wind: [1] }, 'gridWorld: wind must have length 4, got 1.'],
    [{ wind: [0, 0.5, 0, 0] }, 'gridWorld: wind must hold integers, got [0, 0.5, 0, 0].'],
    [{ cells: { ab: {} } }, 'gridWorld: a key of cells must be one letter, got "ab".'],
    [{ cells: { A: { tile: 'lava' as 'ice' } } }, 'gridWorld: cells.A.tile must be one of floor'],
    [{ cells: { A: { rewrad: 1 } as object } }, 'unknown option "rewrad". Did you mean "reward"?'],
    [{ cells: { A: { start: -1 } } }, 'gridWorld: cells.A.start must be between 0'],
    [
      {
        map: ['SAA'],
        cells: { S: { teleport: { to: 'A', on: 'enter', reward: 0 } }, A: {} },
      },
      'gridWorld: cells.S.teleport.to must be a letter that the map has once, got "A".',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => gridWorld(options)).toThrow(RangeError);
    expect(() => gridWorld(options)).toThrow(message);
  });
});
