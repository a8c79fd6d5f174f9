import type { Scene } from '../../core/scene.ts';
import { type SceneTheme, sceneTheme, type ThemeName } from '../color/theme.ts';
import { layoutScene, type Overlay } from './layout.ts';
import type { Layer, Mark, Size } from './mark.ts';

/**
 * Draws a scene on a plain canvas, without Pixi: for thumbnails, exports and other pages.
 *
 * @param context Its canvas' width and height are the size of the picture.
 */
export function drawScene(
  context: CanvasRenderingContext2D,
  scene: Scene,
  themeName: ThemeName = 'light',
  overlay: Overlay = {},
): void {
  const { width, height } = context.canvas;
  const theme: SceneTheme = sceneTheme(themeName);
  context.fillStyle = theme.roles.background;
  context.fillRect(0, 0, width, height);
  const size: Size = { width, height };
  paintLayers(context, layoutScene(scene, size, theme, overlay));
}

/** Paints the marks of every layer, lowest first. */
export function paintLayers(context: CanvasRenderingContext2D, layers: readonly Layer[]): void {
  for (const layer of layers) for (const mark of layer.marks) paint(context, mark);
}

function paint(context: CanvasRenderingContext2D, mark: Mark): void {
  context.save();
  context.translate(mark.x, mark.y);
  context.globalAlpha = mark.alpha ?? 1;
  context.fillStyle = mark.color;
  context.strokeStyle = mark.color;
  draw(context, mark);
  context.restore();
}

function draw(context: CanvasRenderingContext2D, mark: Mark): void {
  switch (mark.kind) {
    case 'rectangle':
      fillRectangle(context, mark);
      break;
    case 'circle':
      context.beginPath();
      context.arc(0, 0, mark.radius, 0, 2 * Math.PI);
      context.fill();
      break;
    case 'polygon':
      trace(context, mark.points);
      context.fill();
      break;
    case 'line':
      strokeLine(context, mark);
      break;
    case 'text':
      writeText(context, mark);
      break;
    case 'image':
      drawImage(context, mark);
  }
}

function strokeLine(context: CanvasRenderingContext2D, mark: Mark & { kind: 'line' }): void {
  trace(context, mark.points);
  context.lineWidth = mark.width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke();
}

function writeText(context: CanvasRenderingContext2D, mark: Mark & { kind: 'text' }): void {
  context.font = `${mark.bold ? 'bold ' : ''}${mark.size}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(mark.text, 0, 0);
}

function fillRectangle(
  context: CanvasRenderingContext2D,
  { rotation = 0, width, height, radius = 0 }: Mark & { kind: 'rectangle' },
): void {
  context.rotate(rotation);
  context.beginPath();
  context.roundRect(-width / 2, -height / 2, width, height, radius);
  context.fill();
}

function trace(context: CanvasRenderingContext2D, points: readonly number[]): void {
  context.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) context.lineTo(points[i], points[i + 1]);
}

function drawImage(context: CanvasRenderingContext2D, mark: Mark & { kind: 'image' }): void {
  const picture = new ImageData(Uint8ClampedArray.from(mark.pixels), mark.columns, mark.rows);
  const buffer = new OffscreenCanvas(mark.columns, mark.rows);
  buffer.getContext('2d')?.putImageData(picture, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(buffer, -mark.width / 2, -mark.height / 2, mark.width, mark.height);
}
