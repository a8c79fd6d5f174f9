import { cos, sin } from '../math.ts';
import type { Shape, ShapesScene } from '../scene.ts';
import type { Canvas } from './canvas.ts';
import { drawText } from './text.ts';
import { colorNumber, type RasterTheme } from './theme.ts';

const THINNEST = 1; // pixel: no line vanishes

/** Where the view lies on the picture: one scale for both axes. */
interface Placement {
  readonly scale: number;
  /** Of the world's x = 0 and y = 0 on the picture. */
  readonly originX: number;
  readonly originY: number;
}

/** Draws the whole view, as large as the picture allows, in its middle, without distortion. */
export function drawShapes(canvas: Canvas, scene: ShapesScene, theme: RasterTheme): void {
  const placement = place(scene.view, canvas.picture);
  for (const shape of scene.shapes) drawShape(canvas, shape, placement, theme);
}

function place(
  view: ShapesScene['view'],
  { width, height }: { readonly width: number; readonly height: number },
): Placement {
  const scale = Math.min(width / view.width, height / view.height);
  return {
    scale,
    originX: width / 2 - scale * (view.left + view.width / 2),
    originY: height / 2 + scale * (view.bottom + view.height / 2),
  };
}

function drawShape(canvas: Canvas, shape: Shape, at: Placement, theme: RasterTheme): void {
  const color = colorNumber(shape.color, theme);
  const { scale } = at;
  switch (shape.kind) {
    case 'rectangle':
      canvas.fill([{ kind: 'polygon', points: onPicture(corners(shape), at) }], color);
      return;
    case 'circle': {
      const [x, y] = onPicture([shape.x, shape.y], at);
      canvas.fillCircle(x, y, shape.radius * scale, color);
      return;
    }
    case 'line':
      canvas.strokeLine(
        onPicture(shape.points, at),
        Math.max(THINNEST, shape.width * scale),
        color,
      );
      return;
    case 'polygon':
      canvas.fill([{ kind: 'polygon', points: onPicture(shape.points, at) }], color);
      return;
    case 'text': {
      const [x, y] = onPicture([shape.x, shape.y], at);
      drawText(canvas, shape.text, x, y, shape.size * scale, color);
    }
  }
}

/** Points of the world, x₀, y₀, x₁, y₁, …, on the picture. */
function onPicture(points: readonly number[], { scale, originX, originY }: Placement): number[] {
  return points.map((part, i) => (i % 2 === 0 ? originX + scale * part : originY - scale * part));
}

function corners({ x, y, width, height, rotation = 0 }: Shape & { kind: 'rectangle' }): number[] {
  const cosine = rotation === 0 ? 1 : cos(rotation);
  const sine = rotation === 0 ? 0 : sin(rotation);
  const signs = [-1, -1, 1, -1, 1, 1, -1, 1];
  const points: number[] = [];
  for (let i = 0; i < 8; i += 2) {
    const along = (signs[i] * width) / 2;
    const across = (signs[i + 1] * height) / 2;
    points.push(x + along * cosine - across * sine, y + along * sine + across * cosine);
  }
  return points;
}
