/** A part of what is filled, in pixels from the picture's upper left corner, y downward. */
export type Part =
  | {
      readonly kind: 'circle';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
    }
  | {
      readonly kind: 'polygon';
      /** x₀, y₀, x₁, y₁, … */
      readonly points: readonly number[];
    };

/** A straight piece of a thick line, clockwise whichever way it runs. */
export function segment(x0: number, y0: number, x1: number, y1: number, radius: number): Part {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = Math.sqrt(dx * dx + dy * dy);
  const [u, v] = length > 0 ? [(-dy * radius) / length, (dx * radius) / length] : [0, 0];
  return {
    kind: 'polygon',
    points: [x0 - u, y0 - v, x1 - u, y1 - v, x1 + u, y1 + v, x0 + u, y0 + v],
  };
}

/** The y of its uppermost point. */
export function topOf(part: Part): number {
  return part.kind === 'circle' ? part.y - part.radius : extreme(part.points, -1);
}

/** The y of its lowest point. */
export function bottomOf(part: Part): number {
  return part.kind === 'circle' ? part.y + part.radius : extreme(part.points, 1);
}

/** The least (sign −1) or greatest (sign 1) y of a polygon. */
function extreme(points: readonly number[], sign: 1 | -1): number {
  let most = -Infinity;
  for (let i = 1; i < points.length; i += 2) most = Math.max(most, sign * points[i]);
  return sign * most;
}
