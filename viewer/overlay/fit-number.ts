import { formatShort } from '../format/number.ts';

const LETTER = 0.62; // width of a digit, of the font's size: the widest of the usual fonts

/**
 * A number as text that fits a width: with as many decimals as there is room for.
 *
 * @param room CSS pixels.
 * @param size Font size.
 * @returns `null` where not even its whole part fits.
 */
export function fitNumber(value: number, room: number, size: number): string | null {
  for (const decimals of [2, 1, 0]) {
    const text = formatShort(value, decimals);
    if (textWidth(text, size) <= room) return text;
  }
  return null;
}

/** About how wide a text of digits is. */
export function textWidth(text: string, size: number): number {
  return text.length * LETTER * size;
}
