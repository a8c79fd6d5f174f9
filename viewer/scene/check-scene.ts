import type {
  Color,
  GridScene,
  ImageScene,
  Scene,
  ScreenScene,
  Shape,
  ShapesScene,
} from '../../core/scene.ts';

// Limits for scenes from outside: more than any world needs, less than what freezes a page.
const MOST_CELLS = 1_000_000;
const MOST_SHAPES = 20_000;
const MOST_POINTS = 20_000;
const MOST_TEXT = 500;

const TILES = ['floor', 'ice', 'wall', 'start', 'goal', 'hole', 'cliff'];
const ROLES = [
  ...['background', 'surface', 'muted', 'line', 'text'],
  ...['agent', 'goal', 'hazard', 'accent', 'highlight'],
];

type Fields = Readonly<Record<string, unknown>>;

/**
 * The scene that recorded data describe.
 *
 * @returns `null` unless every part is there, in range and of a size that can be drawn.
 */
export function checkScene(value: unknown): Scene | null {
  if (!isObject(value)) return null;
  if (value.caption !== undefined && !isText(value.caption)) return null;
  if (value.kind === 'grid' && isGrid(value)) return value as unknown as GridScene;
  if (value.kind === 'shapes' && isShapes(value)) return value as unknown as ShapesScene;
  if (value.kind === 'screen') return readScreen(value);
  return value.kind === 'image' ? readImage(value) : null;
}

function isGrid(scene: Fields): boolean {
  const { rows, columns, tiles, tokens, cellObservations, actionDirections, walls, labels } = scene;
  if (!isCount(rows, MOST_CELLS) || !isCount(columns, MOST_CELLS)) return false;
  const cells = rows * columns;
  return (
    cells <= MOST_CELLS &&
    isList(tiles, cells, (tile) => TILES.includes(tile as string)) &&
    tiles.length === cells &&
    isList(tokens, MOST_SHAPES, isToken) &&
    (cellObservations === undefined ||
      (isList(cellObservations, cells, isNumber) && cellObservations.length === cells)) &&
    (actionDirections === undefined || isList(actionDirections, 1000, isPair)) &&
    (walls === undefined || isList(walls, MOST_SHAPES, isWall)) &&
    (labels === undefined || (isList(labels, cells, isText) && labels.length === cells))
  );
}

function isWall(wall: unknown): boolean {
  if (!isObject(wall)) return false;
  return (
    isNumber(wall.row) && isNumber(wall.column) && ['right', 'below'].includes(wall.side as string)
  );
}

function isToken(token: unknown): boolean {
  if (!isObject(token) || !['agent', 'object'].includes(token.kind as string)) return false;
  const { row, column, facing, label } = token;
  if (label !== undefined && !isText(label)) return false;
  return isNumber(row) && isNumber(column) && (facing === undefined || isPair(facing));
}

function isShapes(scene: Fields): boolean {
  const { view, shapes, actionPositions } = scene;
  if (!isObject(view) || !(isPositive(view.width) && isPositive(view.height))) return false;
  if (!isNumber(view.left) || !isNumber(view.bottom)) return false;
  if (actionPositions !== undefined && !isList(actionPositions, 10_000, isNumber)) return false;
  return isList(shapes, MOST_SHAPES, isShape);
}

const SHAPE_NUMBERS: Readonly<Record<Shape['kind'], readonly string[]>> = {
  rectangle: ['x', 'y', 'width', 'height'],
  circle: ['x', 'y', 'radius'],
  line: ['width'],
  polygon: [],
  text: ['x', 'y', 'size'],
};

function isShape(shape: unknown): boolean {
  if (!isObject(shape) || typeof shape.kind !== 'string') return false;
  if (!Object.hasOwn(SHAPE_NUMBERS, shape.kind) || !isColor(shape.color)) return false;
  const kind = shape.kind as Shape['kind'];
  if (!SHAPE_NUMBERS[kind].every((name) => isNumber(shape[name]))) return false;
  if (shape.rotation !== undefined && !isNumber(shape.rotation)) return false;
  if (kind === 'text') return isText(shape.text);
  if (kind !== 'line' && kind !== 'polygon') return true;
  return isList(shape.points, MOST_POINTS, isNumber) && shape.points.length % 2 === 0;
}

function readScreen(scene: Fields): ScreenScene | null {
  const pixels = readPixels(scene, 1);
  if (pixels === null || !isList(scene.palette, 256, isColor)) return null;
  return { ...(scene as unknown as ScreenScene), pixels };
}

function readImage(scene: Fields): ImageScene | null {
  const pixels = readPixels(scene, 3);
  return pixels && { ...(scene as unknown as ImageScene), pixels };
}

/** Pixels are bytes in memory, and a list of numbers in JSON. */
function readPixels(scene: Fields, channels: number): Uint8Array | null {
  const { width, height, pixels } = scene;
  if (!isCount(width, 8192) || !isCount(height, 8192) || width * height > 16_000_000) return null;
  const size = width * height * channels;
  if (pixels instanceof Uint8Array) return pixels.length === size ? pixels : null;
  if (!isList(pixels, size, isNumber) || pixels.length !== size) return null;
  return Uint8Array.from(pixels as number[]);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isPositive(value: unknown): boolean {
  return isNumber(value) && value > 0;
}

function isCount(value: unknown, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= MOST_TEXT;
}

function isColor(value: unknown): value is Color {
  return typeof value === 'string' && (ROLES.includes(value) || /^#[0-9a-f]{6}$/i.test(value));
}

function isPair(value: unknown): boolean {
  return isList(value, 2, isNumber) && value.length === 2;
}

function isList(
  value: unknown,
  most: number,
  each: (item: unknown) => boolean,
): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= most && value.every(each);
}
