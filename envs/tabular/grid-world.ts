import {
  checkBetween,
  checkFinite,
  checkLength,
  checkOneOf,
  resolveOptions,
  show,
} from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Tile } from '../../core/scene.ts';
import type { Discrete } from '../../core/space.ts';
import { createTabularModel, type Outcome, type TabularModel } from '../../core/tabular-model.ts';
import { type GridMap, gridScene, parseGridMap } from './grid-map.ts';
import { tabularDynamics } from './tabular-dynamics.ts';

/** What the cells of one letter do. */
export interface GridCell {
  /** How they are drawn; nobody can enter a `wall`. Default `floor`. */
  readonly tile?: Tile;
  /** What is written in them. Default nothing. */
  readonly label?: string;
  /** Reward of entering them, in place of `stepReward`. Default null, which is `stepReward`. */
  readonly reward?: number | null;
  /** Whether entering them ends the episode. Default false. */
  readonly terminal?: boolean;
  /** Weight of each of them in the draw of the start. Default 0. */
  readonly start?: number;
  /** Where they send the agent. Default null, which is nowhere. */
  readonly teleport?: GridTeleport | null;
}

/** A jump to another cell. */
export interface GridTeleport {
  /** The letter of the one cell that it leads to. */
  readonly to: string;
  /** Whether it takes whoever enters, at once, or is what every action in the cell does. */
  readonly on: 'enter' | 'leave';
  /** The reward of the step that ends in the jump. */
  readonly reward: number;
}

/** How to build a gridworld. All of it is JSON. */
export interface GridWorldOptions {
  /** Rows of letters: `#` wall, `.` floor, `S` start, `G` goal, or those that `cells` explains. */
  readonly map?: readonly string[];
  /** What other letters mean, or these: `{ G: { reward: 10, terminal: true } }`. Default none. */
  readonly cells?: Readonly<Record<string, GridCell>>;
  /** The moves there are. Default `four`. */
  readonly moves?: GridMoves;
  /** Reward of a step. Default −1. */
  readonly stepReward?: number;
  /** Reward of a move against the edge or a wall. Default null, which is `stepReward`. */
  readonly bumpReward?: number | null;
  /** Cells that the wind of each column carries upward, `[columns]`. Default none. */
  readonly wind?: readonly number[];
  /** Whether wind, where there is any, is one cell more or less a third of the time each. Default false. */
  readonly stochasticWind?: boolean;
  /** Chance that a move goes to a side, half of it to the left of the way, in [0, 1]. Default 0. */
  readonly slip?: number;
  /** Whether a cell that would end the episode leads back to a start instead. Default false. */
  readonly continuing?: boolean;
}

/** Four moves: up, right, down, left. A king also moves diagonally, and can be allowed to stay. */
export type GridMoves = 'four' | 'king' | 'king-or-stay';

/** The options that `gridWorld()` stands for. */
export const GRID_WORLD_DEFAULTS: Required<GridWorldOptions> = {
  map: ['S...', '.##.', '...G'],
  cells: {},
  moves: 'four',
  stepReward: -1,
  bumpReward: null,
  wind: [],
  stochasticWind: false,
  slip: 0,
  continuing: false,
};

type Move = readonly [columns: number, rows: number];

const FOUR: readonly [string, Move][] = [
  ['up', [0, -1]],
  ['right', [1, 0]],
  ['down', [0, 1]],
  ['left', [-1, 0]],
];
const KING: readonly [string, Move][] = [
  ...FOUR,
  ['up right', [1, -1]],
  ['down right', [1, 1]],
  ['down left', [-1, 1]],
  ['up left', [-1, -1]],
];
const MOVE_SETS: Readonly<Record<GridMoves, readonly [string, Move][]>> = {
  four: FOUR,
  king: KING,
  'king-or-stay': [...KING, ['stay', [0, 0]]],
};

const CELL_DEFAULTS: Required<GridCell> = {
  tile: 'floor',
  label: '',
  reward: null,
  terminal: false,
  start: 0,
  teleport: null,
};
const LETTERS: Readonly<Record<string, GridCell>> = {
  '#': { tile: 'wall' },
  '.': {},
  S: { tile: 'start', start: 1 },
  G: { tile: 'goal', terminal: true },
};
const TILES = ['floor', 'ice', 'wall', 'start', 'goal', 'hole', 'cliff'];

/** A gridworld whose options are checked and complete. */
interface Grid {
  readonly map: GridMap;
  /** What each letter does. */
  readonly rules: Readonly<Record<string, Required<GridCell>>>;
  readonly moves: readonly Move[];
  readonly options: Required<GridWorldOptions>;
  /** Chance of starting in each cell. */
  readonly start: Float64Array;
}

/**
 * A world of cells, built from a drawing.
 *
 * | observation | range                                     |
 * | ----------- | ----------------------------------------- |
 * | cell        | row · columns + column, 0 is the top left |
 *
 * Actions: 0 up, 1 right, 2 down, 3 left, and for a king 4 up right, 5 down right, 6 down left, 7 up
 * left, 8 stay. A step adds the move, which may slip to a side, and the wind of the column it
 * starts in; the edge stops what would lead beyond it, and whoever would land in a wall stays.
 * Reward: that of the cell entered, else `stepReward`. Terminal: the goal, or as `cells` says. The
 * start is drawn among the cells with a weight, or else evenly among all that are neither walls nor
 * terminal. No time limit.
 *
 * @throws RangeError if an option is unknown or out of range, or does not fit the map.
 */
export function gridWorld(options: GridWorldOptions = {}): Dynamics<Discrete, Discrete> {
  return namedGridWorld('GridWorld', options);
}

/**
 * `gridWorld` for worlds with a name of their own.
 *
 * @throws RangeError if an option is unknown or out of range, or does not fit the map.
 */
export function namedGridWorld(
  name: string,
  options: GridWorldOptions,
): Dynamics<Discrete, Discrete, Float64Array> {
  const grid = readGrid(options);
  const { map, rules, moves } = grid;
  const letters = Object.entries(rules);
  const labels = Object.fromEntries(letters.map(([letter, { label }]) => [letter, label]));
  const look = {
    tiles: Object.fromEntries(letters.map(([letter, { tile }]) => [letter, tile])),
    directions: moves,
    ...(letters.some(([, { label }]) => label !== '') && { labels }),
  };
  return tabularDynamics({
    name,
    model: gridModel(grid),
    timeLimit: Infinity,
    actionLabels: MOVE_SETS[grid.options.moves].map(([label]) => label),
    scene: (cell, lastAction) => gridScene(map, look, cell, lastAction),
  });
}

function readGrid(given: GridWorldOptions): Grid {
  const options = resolveOptions('gridWorld', GRID_WORLD_DEFAULTS, given);
  checkOneOf('gridWorld: moves', options.moves, Object.keys(MOVE_SETS));
  checkFinite('gridWorld: stepReward', options.stepReward);
  if (options.bumpReward !== null) checkFinite('gridWorld: bumpReward', options.bumpReward);
  checkBetween('gridWorld: slip', options.slip, 0, 1);
  const rules = readRules(options.cells);
  const map = parseGridMap('gridWorld', options.map, Object.keys(rules).join(''));
  checkTeleports(map, rules);
  if (!Array.isArray(options.wind)) {
    throw new RangeError(`gridWorld: wind must be a list of integers, got ${show(options.wind)}.`);
  }
  if (options.wind.length > 0) checkLength('gridWorld: wind', options.wind, map.columns);
  for (const gust of options.wind) {
    if (!Number.isInteger(gust)) {
      throw new RangeError(`gridWorld: wind must hold integers, got ${show(options.wind)}.`);
    }
  }
  const moves = MOVE_SETS[options.moves].map(([, move]) => move);
  return { map, rules, moves, options, start: startDistribution(map, rules) };
}

function readRules(cells: Readonly<Record<string, GridCell>>): Record<string, Required<GridCell>> {
  const rules: Record<string, Required<GridCell>> = {};
  checkObject('gridWorld: cells', cells);
  for (const [letter, cell] of Object.entries({ ...LETTERS, ...cells })) {
    const where = `gridWorld: cells.${letter}`;
    if ([...letter].length !== 1 || letter.length !== 1) {
      throw new RangeError(`gridWorld: a key of cells must be one letter, got ${show(letter)}.`);
    }
    checkObject(where, cell);
    const rule = resolveOptions<GridCell>(where, CELL_DEFAULTS, cell);
    checkOneOf(`${where}.tile`, rule.tile, TILES);
    if (rule.reward !== null) checkFinite(`${where}.reward`, rule.reward);
    checkBetween(`${where}.start`, rule.start, 0, Number.MAX_VALUE);
    rules[letter] = rule;
  }
  return rules;
}

function checkObject(where: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new RangeError(`${where} must be an object, got ${show(value)}.`);
}

function checkTeleports({ letters }: GridMap, rules: Grid['rules']): void {
  for (const [letter, { teleport }] of Object.entries(rules)) {
    if (teleport === null || !letters.includes(letter)) continue;
    const where = `gridWorld: cells.${letter}.teleport`;
    checkObject(where, teleport);
    checkFinite(`${where}.reward`, teleport.reward);
    checkOneOf(`${where}.on`, teleport.on, ['enter', 'leave']);
    const { to } = teleport;
    if (typeof to === 'string' && to.length === 1 && letters.split(to).length === 2) continue;
    throw new RangeError(`${where}.to must be a letter that the map has once, got ${show(to)}.`);
  }
}

function startDistribution({ letters }: GridMap, rules: Grid['rules']): Float64Array {
  const weights = Float64Array.from(letters, (letter) => rules[letter].start);
  if (weights.every((weight) => weight === 0)) {
    weights.forEach((_, cell) => {
      const { tile, terminal } = rules[letters[cell]];
      weights[cell] = tile === 'wall' || terminal ? 0 : 1;
    });
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total > 0 && total < Infinity) return weights.map((weight) => weight / total);
  throw new RangeError('gridWorld: the map must have a cell to start in.');
}

function gridModel(grid: Grid): TabularModel {
  const { map, rules, moves, start } = grid;
  return createTabularModel(moves.length, start, (cell, action) => {
    const { terminal, teleport } = rules[map.letters[cell]];
    if (terminal) return [{ probability: 1, nextState: cell, reward: 0, terminated: true }];
    if (teleport?.on === 'leave') return [jump(grid, teleport, 1)];
    return slips(grid, moves[action]).flatMap(([move, chance]) =>
      gusts(grid, cell).flatMap(([gust, share]) =>
        arrivals(grid, cell, [move[0], move[1] - gust], chance * share),
      ),
    );
  });
}

/** The ways that a move can go, each with its chance: to the left of it, ahead, to the right. */
function slips({ options: { slip } }: Grid, [dx, dy]: Move): [Move, number][] {
  if (slip === 0 || (dx === 0 && dy === 0)) return [[[dx, dy], 1]];
  const ways: [Move, number][] = [
    [[dy, -dx], slip / 2],
    [[dx, dy], 1 - slip],
    [[-dy, dx], slip / 2],
  ];
  return ways.filter(([, chance]) => chance > 0);
}

/** The strengths that the wind can have in a cell, each with its chance. */
function gusts({ map, options }: Grid, cell: number): [number, number][] {
  const wind = options.wind[cell % map.columns] ?? 0;
  if (wind === 0 || !options.stochasticWind) return [[wind, 1]];
  return [-1, 0, 1].map((change) => [wind + change, 1 / 3]);
}

/** What follows when the agent is shifted by so many columns and rows. */
function arrivals(grid: Grid, cell: number, shift: Move, probability: number): Outcome[] {
  const { map, rules, options, start } = grid;
  const { landing, stopped } = land(grid, cell, shift);
  if (landing === cell) {
    const reward = stopped ? (options.bumpReward ?? options.stepReward) : options.stepReward;
    return [{ probability, nextState: cell, reward, terminated: false }];
  }
  const { reward: own, terminal, teleport } = rules[map.letters[landing]];
  if (teleport?.on === 'enter') return [jump(grid, teleport, probability)];
  const reward = own ?? options.stepReward;
  if (!terminal || !options.continuing) {
    return [{ probability, nextState: landing, reward, terminated: terminal }];
  }
  return Array.from(start, (chance, nextState) => {
    return { probability: probability * chance, nextState, reward, terminated: false };
  }).filter((outcome) => outcome.probability > 0);
}

function jump({ map }: Grid, { to, reward }: GridTeleport, probability: number): Outcome {
  return { probability, nextState: map.letters.indexOf(to), reward, terminated: false };
}

/** Where a shift leads, and whether an edge or a wall stopped any of it. */
function land({ map, rules }: Grid, cell: number, [dx, dy]: Move) {
  const column = (cell % map.columns) + dx;
  const row = Math.floor(cell / map.columns) + dy;
  const inColumn = Math.min(Math.max(column, 0), map.columns - 1);
  const inRow = Math.min(Math.max(row, 0), map.rows - 1);
  const landing = inRow * map.columns + inColumn;
  if (landing !== cell && rules[map.letters[landing]].tile === 'wall') {
    return { landing: cell, stopped: true };
  }
  return { landing, stopped: column !== inColumn || row !== inRow };
}
