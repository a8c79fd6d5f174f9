/** A color as the drawing side needs it. */
export type Hex = `#${string}`;

/** Red, green and blue, each 0 … 255. */
export type Rgb = readonly [number, number, number];

/** `#rrggbb` as three numbers. */
export function hexToRgb(hex: Hex): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Three numbers, rounded and clipped to 0 … 255, as `#rrggbb`. */
export function rgbToHex(rgb: Rgb): Hex {
  const digits = rgb.map((part) => {
    const byte = Math.min(255, Math.max(0, Math.round(part)));
    return byte.toString(16).padStart(2, '0');
  });
  return `#${digits.join('')}`;
}

/** The color `fraction` (0 … 1) of the way from one to the other, in sRGB. */
export function mix(from: Hex, to: Hex, fraction: number): Hex {
  const a = hexToRgb(from);
  const b = hexToRgb(to);
  return rgbToHex([0, 1, 2].map((i) => a[i] + (b[i] - a[i]) * fraction) as unknown as Rgb);
}

/**
 * Relative luminance, 0 (black) … 1 (white).
 *
 * Source: WCAG 2.1, "relative luminance".
 */
export function luminance(hex: Hex): number {
  const [red, green, blue] = hexToRgb(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast between two colors, 1 … 21. Source: WCAG 2.1, "contrast ratio". */
export function contrast(one: Hex, other: Hex): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Near-black or white, whichever reads better on `background`. */
export function inkOn(background: Hex): Hex {
  return contrast('#12161c', background) >= contrast('#ffffff', background) ? '#12161c' : '#ffffff';
}
