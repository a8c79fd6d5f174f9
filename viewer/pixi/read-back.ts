import { type Container, Rectangle, type Renderer } from 'pixi.js';
import type { Hex } from '../color/rgb.ts';
import type { MarkNode } from './mark-node.ts';

/** One drawn thing, read back from the object that draws it; CSS pixels of the pane. */
export interface DrawnMark {
  readonly layer: string;
  readonly kind: string;
  readonly role: string;
  readonly label: string;
  /** Where its origin lies. */
  readonly x: number;
  readonly y: number;
  /** The box around what is drawn. */
  readonly bounds: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  readonly color: Hex;
  readonly alpha: number;
  /** What it writes, for texts. */
  readonly text: string;
  /** Its corners on the pane, for polygons and lines. */
  readonly points: readonly number[];
}

/** Red, green, blue, alpha of every pixel of the pane, `[height × width × 4]`. */
export interface PanePixels {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
}

/** What the objects of a layer draw. */
export function readMarks(layer: string, nodes: readonly MarkNode[]): DrawnMark[] {
  return nodes
    .filter(({ node }) => node.visible && node.parent !== null)
    .map(({ mark, node }) => readMark(layer, mark, node));
}

/** The pane as pixels, one for each CSS pixel. */
export function readPixels(renderer: Renderer, stage: Container): PanePixels {
  const { width, height } = renderer.screen;
  const frame = new Rectangle(0, 0, width, height);
  const clearColor = renderer.background.color;
  const { pixels } = renderer.extract.pixels({ target: stage, frame, resolution: 1, clearColor });
  return { width, height, pixels };
}

function readMark(layer: string, mark: MarkNode['mark'], node: Container): DrawnMark {
  const { x, y } = node.getGlobalPosition();
  const box = node.getBounds();
  const points = 'points' in mark ? mark.points : [];
  return {
    layer,
    kind: mark.kind,
    role: mark.role,
    label: mark.label ?? '',
    x,
    y,
    bounds: { left: box.x, top: box.y, width: box.width, height: box.height },
    color: `#${node.tint.toString(16).padStart(6, '0')}`,
    alpha: node.alpha,
    text: 'text' in node ? String(node.text) : '',
    points: points.map((part, i) => part + (i % 2 === 0 ? x : y)),
  };
}
