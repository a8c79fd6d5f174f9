import { type Hex, mix } from './rgb.ts';
import type { ThemeName } from './theme.ts';

/** The span of values that a legend covers; `low ≤ high`. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A map from values to colors. */
export interface Scale extends Range {
  readonly kind: 'sequential' | 'diverging';
  /** Colors at equal distances from `low` to `high`. */
  readonly stops: readonly Hex[];
}

// Viridis at ten equal distances: even steps of lightness, safe for color-blind readers.
const VIRIDIS: readonly Hex[] = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
];

// Orange is below zero, blue above; the middle sinks into the theme's background.
const DIVERGING: Record<ThemeName, readonly Hex[]> = {
  light: ['#a34a00', '#de8428', '#f5c695', '#f3f3f1', '#a8cbea', '#468dd0', '#0b4f9c'],
  dark: ['#ffb65c', '#c8791f', '#6d4a23', '#2d323a', '#254e78', '#3181cf', '#8cc6ff'],
};

/**
 * The scale for values of a range: diverging around zero where they change sign, so that zero is
 * always the neutral color, else sequential.
 */
export function scaleFor(range: Range, theme: ThemeName): Scale {
  if (range.low < 0 && range.high > 0) {
    const limit = Math.max(-range.low, range.high);
    return { kind: 'diverging', low: -limit, high: limit, stops: DIVERGING[theme] };
  }
  return { kind: 'sequential', low: range.low, high: range.high, stops: VIRIDIS };
}

/** The color of `value`; values outside the range take the color of its end. */
export function colorOf(scale: Scale, value: number): Hex {
  const { low, high, stops } = scale;
  const last = stops.length - 1;
  const fraction = high > low ? (value - low) / (high - low) : 0.5;
  const place = Math.min(1, Math.max(0, Number.isFinite(fraction) ? fraction : 0)) * last;
  const index = Math.min(last - 1, Math.floor(place));
  return mix(stops[index], stops[index + 1], place - index);
}

/** Lowest and highest of the finite values; `null` when there are none. */
export function rangeOf(values: Iterable<number>): Range | null {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? { low, high } : null;
}
