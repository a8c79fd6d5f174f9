import type { Canvas } from './canvas.ts';
import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphRuns } from './font.ts';

// Capital letters are this part of a font's size, as in common fonts.
const CAPITALS = 0.72;

/** The size of a line of text on the picture, in pixels. */
export interface TextSize {
  readonly width: number;
  readonly height: number;
  /** Side of one dot of the letters: a whole number where it is at least 1. */
  readonly dot: number;
}

/**
 * The size of a line of text.
 *
 * @param size Font size in pixels; capital letters are 0.72 of it, less what is no whole dot.
 */
export function measureText(text: string, size: number): TextSize {
  const exact = (size * CAPITALS) / GLYPH_HEIGHT;
  const dot = exact >= 1 ? Math.floor(exact) : exact;
  const columns = [...text].length * (GLYPH_WIDTH + 1) - 1;
  return { width: dot * Math.max(0, columns), height: dot * GLYPH_HEIGHT, dot };
}

/**
 * Writes a line of text; where its dots are whole pixels they stand on whole pixels, so it is sharp.
 *
 * @param x Middle of the text, as `y`.
 * @param size Font size in pixels, as in `measureText`.
 */
export function drawText(
  canvas: Canvas,
  text: string,
  x: number,
  y: number,
  size: number,
  color: number,
): void {
  const { width, height, dot } = measureText(text, size);
  const snap = dot >= 1 ? Math.round : (place: number) => place;
  const left = snap(x - width / 2);
  const top = snap(y - height / 2);
  [...text].forEach((letter, i) => {
    const start = left + i * dot * (GLYPH_WIDTH + 1);
    for (const { row, from, to } of glyphRuns(letter)) {
      canvas.fillBox(start + dot * from, top + dot * row, dot * (to - from), dot, color);
    }
  });
}
