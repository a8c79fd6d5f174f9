import type { Point, Size } from './mark.ts';

/** How a drawing of its own units lies on the pane, undistorted: a scale and an offset. */
export interface Fit {
  /** CSS pixels per unit. */
  readonly scale: number;
  /** Where the drawing's upper left corner lies. */
  readonly left: number;
  readonly top: number;
}

/**
 * The largest undistorted, centered place for a drawing.
 *
 * @param margin CSS pixels kept free on every side.
 */
export function fitInto(drawing: Size, pane: Size, margin: number): Fit {
  const width = Math.max(1, pane.width - 2 * margin);
  const height = Math.max(1, pane.height - 2 * margin);
  const scale = Math.min(width / drawing.width, height / drawing.height);
  return placeWith(scale, drawing, pane);
}

/** As `fitInto`, with a whole number of pixels per unit where there is at least one. */
export function fitWhole(drawing: Size, pane: Size, margin: number): Fit {
  const { scale } = fitInto(drawing, pane, margin);
  return placeWith(scale >= 1 ? Math.floor(scale) : scale, drawing, pane);
}

/** Pixels kept free around a drawing: 16, fewer on a small pane such as a thumbnail. */
export function marginOf(pane: Size): number {
  return Math.round(Math.min(16, 0.08 * Math.min(pane.width, pane.height)));
}

/** The unit of the drawing under a point of the pane. */
export function unfit(fit: Fit, point: Point): Point {
  return { x: (point.x - fit.left) / fit.scale, y: (point.y - fit.top) / fit.scale };
}

function placeWith(scale: number, drawing: Size, pane: Size): Fit {
  const left = Math.round((pane.width - drawing.width * scale) / 2);
  const top = Math.round((pane.height - drawing.height * scale) / 2);
  return { scale, left, top };
}
