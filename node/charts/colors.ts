/** Words and frames. */
export const INK = '#18202b';
/** The numbers along the sides. */
export const SOFT_INK = '#596575';
/** The lines behind the curves. */
export const GRID_LINE = '#e1e5ea';
/** A cell without a value. */
export const BLANK = '#f3f4f6';

/** One for each line, apart also for the color-blind; from the ninth on they begin again, dashed. */
export const CURVES: readonly string[] = [
  '#2460b5',
  '#c4540a',
  '#0c7f5f',
  '#a3348f',
  '#8a6d00',
  '#3f8fc0',
  '#b3243c',
  '#5b6470',
];

/** From low to high: white to deep blue. */
export const SEQUENTIAL: readonly [string, string] = ['#f7fafd', '#2460b5'];

/** From below zero over zero to above. */
export const DIVERGING: readonly [string, string, string] = ['#c4540a', '#ffffff', '#2460b5'];
