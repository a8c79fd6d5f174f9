import { checkInteger, resolveOptions } from '../check.ts';
import type { Scene } from '../scene.ts';
import { Canvas } from './canvas.ts';
import { drawGrid } from './grid.ts';
import { checkPicture, createPicture, MOST_PIXELS, type Picture } from './picture.ts';
import { drawImage, drawScreen } from './screen.ts';
import { drawShapes } from './shapes.ts';
import { type RasterTheme, type RasterThemeName, rasterTheme } from './theme.ts';

/** How to draw a scene. */
export interface RasterizeOptions {
  /** Pixels, 1 … 8192. Default: what suits the scene, or the height. */
  readonly width?: number | null;
  /** Pixels, 1 … 8192. Default: what suits the scene, or the width. */
  readonly height?: number | null;
  /** Default `light`. */
  readonly theme?: RasterThemeName;
}

/** The options that `rasterize(scene)` stands for; `null` lets the scene decide. */
export const RASTERIZE_DEFAULTS: Required<RasterizeOptions> = {
  width: null,
  height: null,
  theme: 'light',
};

/**
 * A scene as pixels, the same bits in every engine.
 *
 * The scene keeps its proportions: what a picture of other proportions has left is background.
 * Captions are not drawn.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function rasterize(scene: Scene, options: RasterizeOptions = {}): Picture {
  const { width, height, theme } = resolveOptions('rasterize', RASTERIZE_DEFAULTS, options);
  const size = pictureSize(scene, { width, height });
  const picture = createPicture(size.width, size.height);
  draw(scene, picture, rasterTheme(theme));
  return picture;
}

/**
 * As `rasterize`, into a picture that is there already: every pixel of it is overwritten.
 *
 * @param theme Default `light`.
 * @throws RangeError if the picture has not three numbers for each pixel: nothing is drawn then.
 */
export function rasterizeInto(
  scene: Scene,
  target: Picture,
  theme: RasterThemeName = RASTERIZE_DEFAULTS.theme,
): void {
  checkPicture('rasterizeInto: target', target);
  draw(scene, target, rasterTheme(theme));
}

/**
 * The size of the picture that `rasterize` makes.
 *
 * | scene         | where neither width nor height is given                      |
 * | ------------- | ------------------------------------------------------------ |
 * | grid          | cells of at most 48 pixels, the longer side of at most 400   |
 * | shapes        | the longer side of 400                                       |
 * | screen, image | a pixel for a pixel                                          |
 *
 * Where one is given, the other follows from the scene's proportions.
 *
 * @throws RangeError if a side is out of range.
 */
export function pictureSize(
  scene: Scene,
  { width = null, height = null }: Pick<RasterizeOptions, 'width' | 'height'> = {},
): { readonly width: number; readonly height: number } {
  if (width !== null) checkInteger('rasterize: width', width, 1, MOST_PIXELS);
  if (height !== null) checkInteger('rasterize: height', height, 1, MOST_PIXELS);
  const own = ownSize(scene);
  const scale =
    width === null ? (height === null ? own.scale : height / own.height) : width / own.width;
  return {
    width: width ?? side(own.width * scale),
    height: height ?? side(own.height * scale),
  };
}

function side(length: number): number {
  return Math.min(MOST_PIXELS, Math.max(1, Math.round(length)));
}

interface OwnSize {
  /** In units of the scene's own. */
  readonly width: number;
  readonly height: number;
  /** Pixels per unit, if nobody says otherwise. */
  readonly scale: number;
}

const LONGER_SIDE = 400; // pixels
const LARGEST_CELL = 48; // pixels

function ownSize(scene: Scene): OwnSize {
  switch (scene.kind) {
    case 'grid': {
      const { rows, columns } = scene;
      const cell = Math.floor(LONGER_SIDE / Math.max(rows, columns));
      return { width: columns, height: rows, scale: Math.min(LARGEST_CELL, Math.max(1, cell)) };
    }
    case 'shapes': {
      const { width, height } = scene.view;
      return { width, height, scale: LONGER_SIDE / Math.max(width, height) };
    }
    case 'screen':
    case 'image':
      return { width: scene.width, height: scene.height, scale: 1 };
  }
}

function draw(scene: Scene, picture: Picture, theme: RasterTheme): void {
  const canvas = new Canvas(picture);
  canvas.clear(theme.roles.background);
  switch (scene.kind) {
    case 'grid':
      drawGrid(canvas, scene, theme);
      return;
    case 'shapes':
      drawShapes(canvas, scene, theme);
      return;
    case 'screen':
      drawScreen(picture, scene, theme);
      return;
    case 'image':
      drawImage(picture, scene);
  }
}
