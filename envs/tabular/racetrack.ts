import { checkBetween, checkOneOf, resolveOptions } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { GridScene, Tile } from '../../core/scene.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel, type Outcome, type TabularModel } from '../../core/tabular-model.ts';
import { type GridMap, parseGridMap } from './grid-map.ts';
import { tabularDynamics } from './tabular-dynamics.ts';

/** The two tracks, drawn after figure 5.5: S start, G finish, # beside the track. */
export const RACETRACK_MAPS: Readonly<Record<'left' | 'right', readonly string[]>> = {
  left: [
    '###.............G',
    '##..............G',
    '##..............G',
    '#...............G',
    '................G',
    '................G',
    '..........#######',
    '.........########',
    '.........########',
    '.........########',
    '.........########',
    '.........########',
    '.........########',
    '.........########',
    '#........########',
    '#........########',
    '#........########',
    '#........########',
    '#........########',
    '#........########',
    '#........########',
    '#........########',
    '##.......########',
    '##.......########',
    '##.......########',
    '##.......########',
    '##.......########',
    '##.......########',
    '##.......########',
    '###......########',
    '###......########',
    '###SSSSSS########',
  ],
  right: [
    '################...............G',
    '#############..................G',
    '############...................G',
    '###########....................G',
    '###########....................G',
    '###########....................G',
    '###########....................G',
    '############...................G',
    '#############..................G',
    '##############................##',
    '##############.............#####',
    '##############............######',
    '##############...........#######',
    '##############..........########',
    '#############...........########',
    '############...........#########',
    '###########............#########',
    '##########.............#########',
    '#########..............#########',
    '########...............#########',
    '#######................#########',
    '######.................#########',
    '#####..................#########',
    '####...................#########',
    '###....................#########',
    '##.....................#########',
    '#......................#########',
    '.......................#########',
    '.......................#########',
    'SSSSSSSSSSSSSSSSSSSSSSS#########',
  ],
};

/** How to build a racetrack. */
export interface RacetrackOptions {
  /** `left` or `right`, as in the figure. Default `left`. */
  readonly track?: 'left' | 'right';
  /** Chance that a step accelerates by nothing, whatever was asked, in [0, 1]. Default 0.1. */
  readonly noise?: number;
}

/** The options that `racetrack()` stands for. */
export const RACETRACK_DEFAULTS: Required<RacetrackOptions> = { track: 'left', noise: 0.1 };

const NUM_SPEEDS = 5; // 0 … 4 cells a step
const NUM_VELOCITIES = NUM_SPEEDS * NUM_SPEEDS;
const LABELS = [-1, 0, 1].flatMap((up) => [-1, 0, 1].map((right) => `up ${up}, right ${right}`));

/** A track whose cells are numbered. */
interface Track {
  readonly map: GridMap;
  /** Cell of the map that each cell of the track is. */
  readonly cells: readonly number[];
  /** The number in `cells` of each cell of the map; −1 beside the track. */
  readonly numbers: readonly number[];
  /** Numbers of the cells of the starting line. */
  readonly starts: readonly number[];
}

/** Cells that the car goes in a step. */
interface Velocity {
  readonly up: number;
  readonly right: number;
}

/**
 * Racetrack: drive a car around a bend to the finish, as fast as the track allows.
 *
 * | part of the observation | range                                        |
 * | ----------------------- | -------------------------------------------- |
 * | cell                    | its number among the cells of the track, row by row |
 * | velocity upward         | 0 … 4 cells a step                           |
 * | velocity to the right   | 0 … 4 cells a step                           |
 *
 * The observation is the number (cell · 5 + up) · 5 + right. Action 3 · (u + 1) + (r + 1) changes the
 * velocity by u upward and r to the right, each −1, 0 or 1, within 0 … 4; what would stop the car
 * off the starting line has no effect, and with a chance of `noise` nothing changes whatever was
 * asked. Then the car goes straight to its next cell, over as many cells as its greater velocity.
 * Beside the track it is put back to a start, at rest. Reward: −1 a step. Terminal: a cell of the
 * finish. The start is any cell of the starting line, at rest. No time limit.
 *
 * Source: Sutton & Barto (2018), Exercise 5.12.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function racetrack(options: RacetrackOptions = {}): Dynamics<Discrete, Discrete> {
  const { track: name, noise } = resolveOptions('racetrack', RACETRACK_DEFAULTS, options);
  checkOneOf('racetrack: track', name, Object.keys(RACETRACK_MAPS));
  checkBetween('racetrack: noise', noise, 0, 1);
  const track = readTrack(RACETRACK_MAPS[name]);
  return tabularDynamics({
    name: 'Racetrack',
    model: racetrackModel(track, noise),
    timeLimit: Infinity,
    actionLabels: LABELS,
    scene: (state) => racetrackScene(track, state),
  });
}

function readTrack(drawing: readonly string[]): Track {
  const map = parseGridMap('racetrack', drawing, '#.SG');
  const cells: number[] = [];
  const numbers = Array.from(map.letters, (letter, cell) => {
    return letter === '#' ? -1 : cells.push(cell) - 1;
  });
  const starts = numbers.filter((_, cell) => map.letters[cell] === 'S');
  return { map, cells, numbers, starts };
}

function velocityOf(state: number): Velocity {
  return { up: Math.floor(state / NUM_SPEEDS) % NUM_SPEEDS, right: state % NUM_SPEEDS };
}

function encode(number: number, { up, right }: Velocity): number {
  return (number * NUM_SPEEDS + up) * NUM_SPEEDS + right;
}

function racetrackModel(track: Track, noise: number): TabularModel {
  const { map, cells, starts } = track;
  const start = new Float64Array(cells.length * NUM_VELOCITIES);
  for (const number of starts) start[number * NUM_VELOCITIES] = 1 / starts.length;

  return createTabularModel(LABELS.length, start, (state, action) => {
    const number = Math.floor(state / NUM_VELOCITIES);
    if (map.letters[cells[number]] === 'G') {
      return [{ probability: 1, nextState: state, reward: 0, terminated: true }];
    }
    const kept = velocityOf(state);
    const wanted = accelerated(kept, action, map.letters[cells[number]] === 'S');
    if (kept.up === wanted.up && kept.right === wanted.right) {
      return arrivals(track, number, kept, 1);
    }
    return [
      ...arrivals(track, number, wanted, 1 - noise),
      ...arrivals(track, number, kept, noise),
    ].filter(({ probability }) => probability > 0);
  });
}

function accelerated(velocity: Velocity, action: number, onStart: boolean): Velocity {
  const clamp = (speed: number) => Math.min(Math.max(speed, 0), NUM_SPEEDS - 1);
  const up = clamp(velocity.up + Math.floor(action / 3) - 1);
  const right = clamp(velocity.right + (action % 3) - 1);
  return up === 0 && right === 0 && !onStart ? velocity : { up, right };
}

function arrivals(track: Track, from: number, velocity: Velocity, chance: number): Outcome[] {
  const to = drive(track, from, velocity);
  if (to === -1) {
    const probability = chance / track.starts.length;
    return track.starts.map((number) => {
      return { probability, nextState: number * NUM_VELOCITIES, reward: -1, terminated: false };
    });
  }
  const terminated = track.map.letters[track.cells[to]] === 'G';
  return [{ probability: chance, nextState: encode(to, velocity), reward: -1, terminated }];
}

/** Number of the cell that the car comes to: the first one of the finish, −1 if it leaves the track. */
function drive({ map, cells, numbers }: Track, from: number, { up, right }: Velocity): number {
  const row = Math.floor(cells[from] / map.columns);
  const column = cells[from] % map.columns;
  const stops = Math.max(up, right);
  let number = from;
  for (let stop = 1; stop <= stops; stop++) {
    const y = row - Math.round((up * stop) / stops);
    const x = column + Math.round((right * stop) / stops);
    if (y < 0 || x >= map.columns) return -1;
    number = numbers[y * map.columns + x];
    if (number === -1 || map.letters[cells[number]] === 'G') return number;
  }
  return number;
}

const TILES: Readonly<Record<string, Tile>> = { '#': 'wall', '.': 'floor', S: 'start', G: 'goal' };

function racetrackScene({ map, cells, numbers }: Track, state: number): GridScene {
  const cell = cells[Math.floor(state / NUM_VELOCITIES)];
  const { up, right } = velocityOf(state);
  return {
    kind: 'grid',
    rows: map.rows,
    columns: map.columns,
    tiles: Array.from(map.letters, (letter) => TILES[letter]),
    tokens: [
      {
        kind: 'agent',
        row: Math.floor(cell / map.columns),
        column: cell % map.columns,
        ...(up + right > 0 && { facing: [right, 0 - up] as const }),
      },
    ],
    cellObservations: numbers.map((number) => (number === -1 ? -1 : encode(number, { up, right }))),
    caption: `velocity ${up} up, ${right} right`,
  };
}
