import type { Shape, ShapesScene } from '../../core/scene.ts';
import { resolveColor, type SceneTheme } from '../color/theme.ts';
import { type Fit, fitInto, marginOf } from './fit.ts';
import type { Mark, Point, Size } from './mark.ts';

const THINNEST = 1; // CSS pixels: no line vanishes

/** Where a view of world units lies on the pane: one scale for both axes, y upward. */
export interface ShapesLayout extends Fit {
  readonly view: ShapesScene['view'];
}

/** The whole view, as large as the pane allows, without distortion. */
export function layoutShapes(view: ShapesScene['view'], pane: Size): ShapesLayout {
  return { ...fitInto(view, pane, marginOf(pane)), view };
}

/** A point of the world on the pane. */
export function worldToPane(layout: ShapesLayout, x: number, y: number): Point {
  const { scale, left, top, view } = layout;
  return {
    x: left + (x - view.left) * scale,
    y: top + (view.bottom + view.height - y) * scale,
  };
}

/** A point of the pane in the world. */
export function paneToWorld(layout: ShapesLayout, point: Point): Point {
  const { scale, left, top, view } = layout;
  return {
    x: view.left + (point.x - left) / scale,
    y: view.bottom + view.height - (point.y - top) / scale,
  };
}

/** Every shape of the scene, in its order. */
export function shapeMarks(scene: ShapesScene, layout: ShapesLayout, theme: SceneTheme): Mark[] {
  return scene.shapes.map((shape) => shapeMark(shape, layout, theme));
}

function shapeMark(shape: Shape, layout: ShapesLayout, theme: SceneTheme): Mark {
  const { scale } = layout;
  const base = { role: `${shape.kind}:${shape.color}`, color: resolveColor(shape.color, theme) };
  switch (shape.kind) {
    case 'rectangle':
      return {
        ...base,
        kind: 'rectangle',
        ...worldToPane(layout, shape.x, shape.y),
        width: shape.width * scale,
        height: shape.height * scale,
        rotation: -(shape.rotation ?? 0), // y points down on the pane
      };
    case 'circle': {
      const at = worldToPane(layout, shape.x, shape.y);
      return { ...base, kind: 'circle', ...at, radius: shape.radius * scale };
    }
    case 'line': {
      const width = Math.max(THINNEST, shape.width * scale);
      return { ...base, kind: 'line', ...relative(shape.points, layout), width };
    }
    case 'polygon':
      return { ...base, kind: 'polygon', ...relative(shape.points, layout) };
    case 'text': {
      const at = worldToPane(layout, shape.x, shape.y);
      return { ...base, kind: 'text', ...at, text: shape.text, size: shape.size * scale };
    }
  }
}

function relative(points: readonly number[], layout: ShapesLayout): Point & { points: number[] } {
  const origin = worldToPane(layout, points[0] ?? 0, points[1] ?? 0);
  const moved: number[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const at = worldToPane(layout, points[i], points[i + 1]);
    moved.push(at.x - origin.x, at.y - origin.y);
  }
  return { ...origin, points: moved };
}
