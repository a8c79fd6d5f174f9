import { bottomOf, type Part, segment, topOf } from './parts.ts';
import type { Picture } from './picture.ts';

// Each row of pixels is sampled on four lines; along a line, ends count in sixteenths of a pixel.
const LINES = 4;
const STEPS = 16;
const FULL = LINES * STEPS;

/**
 * Fills forms on a picture, with smooth edges.
 *
 * What is computed with reals (where a line of samples meets an edge) takes + − × ÷ and square roots
 * alone; how much of a pixel is covered, and its color, are integers. So the bits are the same in
 * every engine.
 */
export class Canvas {
  readonly picture: Picture;
  readonly #coverage: Int32Array; // [width], in 1/64 of a pixel
  // The pixels of the row that are covered at all: #from … #to − 1.
  #from = 0;
  #to = 0;
  // Where the line of samples crosses an edge, from left to right: +1 goes in, −1 out.
  readonly #crossings: number[] = [];
  readonly #windings: number[] = [];

  constructor(picture: Picture) {
    this.picture = picture;
    this.#coverage = new Int32Array(picture.width);
  }

  /** Makes every pixel `color`, 0xrrggbb. */
  clear(color: number): void {
    const { pixels } = this.picture;
    for (let i = 0; i < pixels.length; i += 3) paint(pixels, i, color);
  }

  /**
   * Fills what the parts cover together; where they overlap, once.
   *
   * A polygon's inside is where its outline winds around, in whichever direction; polygons that
   * overlap other parts must wind clockwise on the picture.
   */
  fill(parts: readonly Part[], color: number): void {
    const { height } = this.picture;
    let top = Infinity;
    let bottom = -Infinity;
    for (const part of parts) {
      top = Math.min(top, topOf(part));
      bottom = Math.max(bottom, bottomOf(part));
    }
    const first = Math.max(0, Math.floor(top));
    const last = Math.min(height, Math.ceil(bottom));
    for (let row = first; row < last; row++) this.#fillRow(parts, row, color);
  }

  /** Fills a rectangle whose sides are upright. */
  fillBox(left: number, top: number, width: number, height: number, color: number): void {
    const right = left + width;
    const bottom = top + height;
    const points = [left, top, right, top, right, bottom, left, bottom];
    this.fill([{ kind: 'polygon', points }], color);
  }

  /** Fills a disk. */
  fillCircle(x: number, y: number, radius: number, color: number): void {
    this.fill([{ kind: 'circle', x, y, radius }], color);
  }

  /** Draws a line with round ends and joints. @param points x₀, y₀, x₁, y₁, … */
  strokeLine(points: readonly number[], width: number, color: number): void {
    const radius = width / 2;
    const parts: Part[] = [];
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [x, y] = [points[i], points[i + 1]];
      parts.push({ kind: 'circle', x, y, radius });
      if (i > 0) parts.push(segment(points[i - 2], points[i - 1], x, y, radius));
    }
    this.fill(parts, color);
  }

  #fillRow(parts: readonly Part[], row: number, color: number): void {
    const { width, pixels } = this.picture;
    const coverage = this.#coverage;
    this.#from = width;
    this.#to = 0;
    for (let line = 0; line < LINES; line++) {
      this.#cross(parts, row + (line + 0.5) / LINES);
      this.#coverLine();
    }
    for (let x = this.#from; x < this.#to; x++) {
      if (coverage[x] === 0) continue;
      blend(pixels, 3 * (row * width + x), color, coverage[x]);
      coverage[x] = 0;
    }
  }

  /** Finds where the line of samples at `y` crosses the edges, and sorts that. */
  #cross(parts: readonly Part[], y: number): void {
    this.#crossings.length = 0;
    this.#windings.length = 0;
    for (const part of parts) {
      if (part.kind === 'circle') this.#crossCircle(part.x, part.y, part.radius, y);
      else this.#crossPolygon(part.points, y);
    }
  }

  #crossCircle(x: number, centerY: number, radius: number, y: number): void {
    const square = radius * radius - (y - centerY) * (y - centerY);
    if (!(square > 0)) return;
    const half = Math.sqrt(square);
    this.#insert(x - half, 1);
    this.#insert(x + half, -1);
  }

  #crossPolygon(points: readonly number[], y: number): void {
    let x0 = points[points.length - 2];
    let y0 = points[points.length - 1];
    for (let i = 0; i + 1 < points.length; i += 2) {
      const x1 = points[i];
      const y1 = points[i + 1];
      // An end belongs to the edge below it, so that a corner counts once.
      if (y0 <= y !== y1 <= y) {
        this.#insert(x0 + ((y - y0) * (x1 - x0)) / (y1 - y0), y0 <= y ? -1 : 1);
      }
      x0 = x1;
      y0 = y1;
    }
  }

  #insert(x: number, winding: number): void {
    const crossings = this.#crossings;
    const windings = this.#windings;
    let i = crossings.length;
    for (; i > 0 && crossings[i - 1] > x; i--) {
      crossings[i] = crossings[i - 1];
      windings[i] = windings[i - 1];
    }
    crossings[i] = x;
    windings[i] = winding;
  }

  /** Counts what lies inside on the line of samples. */
  #coverLine(): void {
    const crossings = this.#crossings;
    let depth = 0;
    let from = 0;
    for (let i = 0; i < crossings.length; i++) {
      if (depth === 0) from = crossings[i];
      depth += this.#windings[i];
      if (depth === 0) this.#cover(from, crossings[i]);
    }
  }

  #cover(from: number, to: number): void {
    const coverage = this.#coverage;
    const most = this.picture.width * STEPS;
    const start = Math.min(most, Math.max(0, Math.round(from * STEPS)));
    const end = Math.min(most, Math.max(0, Math.round(to * STEPS)));
    if (start >= end) return;
    const first = Math.floor(start / STEPS);
    const last = Math.floor((end - 1) / STEPS);
    if (first < this.#from) this.#from = first;
    if (last >= this.#to) this.#to = last + 1;
    for (let pixel = first; pixel <= last; pixel++) coverage[pixel] += STEPS;
    coverage[first] -= start - first * STEPS;
    coverage[last] -= (last + 1) * STEPS - end;
  }
}

function paint(pixels: Uint8Array, at: number, color: number): void {
  pixels[at] = color >> 16;
  pixels[at + 1] = (color >> 8) & 255;
  pixels[at + 2] = color & 255;
}

/** Lays `color` over a pixel that it covers by `coverage` / 64. */
function blend(pixels: Uint8Array, at: number, color: number, coverage: number): void {
  if (coverage === FULL) {
    paint(pixels, at, color);
    return;
  }
  const rest = FULL - coverage;
  for (let channel = 0; channel < 3; channel++) {
    const over = (color >> (16 - 8 * channel)) & 255;
    pixels[at + channel] = (pixels[at + channel] * rest + over * coverage + FULL / 2) >> 6;
  }
}
