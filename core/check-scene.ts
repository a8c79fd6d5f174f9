import { show } from './check.ts';
import type { Shape, ThemeColor, Tile } from './scene.ts';

// Limits for scenes from outside: more than any world needs, less than what freezes a page.
const MOST_CELLS = 1_000_000;
const MOST_SHAPES = 20_000;
const MOST_POINTS = 20_000;
const MOST_ACTIONS = 10_000;
const MOST_TEXT = 500;
const MOST_SIDE = 8192;
const MOST_PIXELS = 16_000_000;
const MOST_COLORS = 256;

const TILE_NAMES: Readonly<Record<Tile, true>> = {
  floor: true,
  ice: true,
  wall: true,
  start: true,
  goal: true,
  hole: true,
  cliff: true,
};
const TILES = Object.keys(TILE_NAMES);

const ROLE_NAMES: Readonly<Record<ThemeColor, true>> = {
  background: true,
  surface: true,
  muted: true,
  line: true,
  text: true,
  agent: true,
  goal: true,
  hazard: true,
  accent: true,
  highlight: true,
};
const ROLES = Object.keys(ROLE_NAMES);

type Fields = Readonly<Record<string, unknown>>;

/** Says what is wrong with a value, or `null`. */
type Look = (value: unknown, where: string) => string | null;

/**
 * Why `value` is no scene that can be drawn, as `<where> must be …, got ….`; `null` if it is one.
 *
 * The pixels of a screen or an image may be a `Uint8Array` or, as in JSON, a list of integers.
 *
 * @param where What the scene is called. Default `scene`.
 */
export function sceneProblem(value: unknown, where: string = 'scene'): string | null {
  if (!isObject(value)) return must(where, 'be an object', value);
  const caption = optional(value, 'caption', where, text);
  if (caption !== null) return caption;
  switch (value.kind) {
    case 'grid':
      return gridProblem(value, where);
    case 'shapes':
      return shapesProblem(value, where);
    case 'screen':
      return (
        pixelsProblem(value, where, 1) ??
        list(value.palette, `${where}.palette`, MOST_COLORS, color)
      );
    case 'image':
      return pixelsProblem(value, where, 3);
    default:
      return must(`${where}.kind`, 'be grid, shapes, screen or image', value.kind);
  }
}

function gridProblem(scene: Fields, where: string): string | null {
  const size =
    count(scene.rows, `${where}.rows`, MOST_CELLS) ??
    count(scene.columns, `${where}.columns`, MOST_CELLS);
  if (size !== null) return size;
  const cells = (scene.rows as number) * (scene.columns as number);
  if (cells > MOST_CELLS) return must(where, `have at most ${MOST_CELLS} cells`, cells);
  return (
    list(scene.tiles, `${where}.tiles`, cells, oneOf(TILES), cells) ??
    list(scene.tokens, `${where}.tokens`, MOST_SHAPES, tokenProblem) ??
    optional(scene, 'walls', where, listOf(MOST_SHAPES, wallProblem)) ??
    optional(scene, 'labels', where, listOf(cells, text, cells)) ??
    optional(scene, 'cellObservations', where, listOf(cells, number, cells)) ??
    optional(scene, 'actionDirections', where, listOf(MOST_ACTIONS, pair))
  );
}

const tokenProblem: Look = (token, where) => {
  if (!isObject(token)) return must(where, 'be an object', token);
  return (
    oneOf(['agent', 'object'])(token.kind, `${where}.kind`) ??
    numbers(token, ['row', 'column'], where) ??
    optional(token, 'facing', where, pair) ??
    optional(token, 'label', where, text)
  );
};

const wallProblem: Look = (wall, where) => {
  if (!isObject(wall)) return must(where, 'be an object', wall);
  return (
    oneOf(['right', 'below'])(wall.side, `${where}.side`) ?? numbers(wall, ['row', 'column'], where)
  );
};

function shapesProblem({ view, ...scene }: Fields, where: string): string | null {
  if (!isObject(view)) return must(`${where}.view`, 'be an object', view);
  return (
    numbers(view, ['left', 'bottom'], `${where}.view`) ??
    positive(view.width, `${where}.view.width`) ??
    positive(view.height, `${where}.view.height`) ??
    optional(scene, 'actionPositions', where, listOf(MOST_ACTIONS, number)) ??
    list(scene.shapes, `${where}.shapes`, MOST_SHAPES, shapeProblem)
  );
}

const SHAPE_NUMBERS: Readonly<Record<Shape['kind'], readonly string[]>> = {
  rectangle: ['x', 'y', 'width', 'height'],
  circle: ['x', 'y', 'radius'],
  line: ['width'],
  polygon: [],
  text: ['x', 'y', 'size'],
};

const shapeProblem: Look = (shape, where) => {
  if (!isObject(shape)) return must(where, 'be an object', shape);
  const problem =
    oneOf(Object.keys(SHAPE_NUMBERS))(shape.kind, `${where}.kind`) ??
    color(shape.color, `${where}.color`);
  if (problem !== null) return problem;
  const kind = shape.kind as Shape['kind'];
  return (
    numbers(shape, SHAPE_NUMBERS[kind], where) ??
    optional(shape, 'rotation', where, number) ??
    (kind === 'text' ? text(shape.text, `${where}.text`) : null) ??
    (kind === 'line' || kind === 'polygon' ? points(shape.points, `${where}.points`) : null)
  );
};

function pixelsProblem(
  { width, height, pixels }: Fields,
  where: string,
  channels: number,
): string | null {
  const size =
    count(width, `${where}.width`, MOST_SIDE) ?? count(height, `${where}.height`, MOST_SIDE);
  if (size !== null) return size;
  const area = (width as number) * (height as number);
  if (area > MOST_PIXELS) return must(where, `have at most ${MOST_PIXELS} pixels`, area);
  const at = `${where}.pixels`;
  const expected = area * channels;
  return pixels instanceof Uint8Array
    ? length(pixels.length, at, expected)
    : list(pixels, at, expected, byte, expected);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const number: Look = (value, where) =>
  typeof value === 'number' && Number.isFinite(value) ? null : must(where, 'be a number', value);

const positive: Look = (value, where) =>
  number(value, where) ?? ((value as number) > 0 ? null : must(where, 'be above 0', value));

const byte: Look = (value, where) =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < 256
    ? null
    : must(where, 'be an integer from 0 to 255', value);

const text: Look = (value, where) =>
  typeof value === 'string' && value.length <= MOST_TEXT
    ? null
    : must(where, `be a text of at most ${MOST_TEXT} letters`, value);

const color: Look = (value, where) =>
  typeof value === 'string' && (ROLES.includes(value) || /^#[0-9a-f]{6}$/i.test(value))
    ? null
    : must(where, `be one of ${ROLES.join(', ')} or #rrggbb`, value);

const pair: Look = (value, where) => list(value, where, 2, number, 2);

const points: Look = (value, where) => {
  const problem = list(value, where, MOST_POINTS, number);
  if (problem !== null || (value as unknown[]).length % 2 === 0) return problem;
  return must(where, 'hold an x and a y for each point', (value as unknown[]).length);
};

function oneOf(allowed: readonly string[]): Look {
  return (value, where) =>
    allowed.includes(value as string)
      ? null
      : must(where, `be one of ${allowed.join(', ')}`, value);
}

function count(value: unknown, where: string, most: number): string | null {
  const right = Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;
  return right ? null : must(where, `be an integer from 1 to ${most}`, value);
}

function numbers(fields: Fields, names: readonly string[], where: string): string | null {
  for (const name of names) {
    const problem = number(fields[name], `${where}.${name}`);
    if (problem !== null) return problem;
  }
  return null;
}

function optional(fields: Fields, name: string, where: string, look: Look): string | null {
  return fields[name] === undefined ? null : look(fields[name], `${where}.${name}`);
}

function listOf(most: number, look: Look, exactly?: number): Look {
  return (value, where) => list(value, where, most, look, exactly);
}

function list(
  value: unknown,
  where: string,
  most: number,
  look: Look,
  exactly?: number,
): string | null {
  if (!Array.isArray(value)) return must(where, 'be a list', value);
  if (value.length > most) return must(where, `have at most ${most} items`, value.length);
  if (exactly !== undefined && value.length !== exactly) {
    return length(value.length, where, exactly);
  }
  for (let i = 0; i < value.length; i++) {
    if (look(value[i], where) === null) continue; // the place is spelled out only where it matters
    return look(value[i], `${where}[${i}]`);
  }
  return null;
}

function length(got: number, where: string, expected: number): string | null {
  return got === expected ? null : must(where, `have ${expected} items`, got);
}

function must(where: string, rule: string, value: unknown): string {
  return `${where} must ${rule}, got ${show(value)}.`;
}
