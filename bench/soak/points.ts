/** What is measured at one point of a soak. */
export interface SoakPoint {
  /** Environment steps taken. */
  readonly steps: number;
  /** Steps at which the process began that came here: after a restart, memory begins anew. */
  readonly began: number;
  /** Of processor time, since the point before. */
  readonly stepsPerSecond: number;
  /** Steps in the processor time of one call of the yardstick, taken in turns with them. */
  readonly pace: number;
  /** Bytes of JavaScript's objects and of what these hold outside its heap, after a collection. */
  readonly held: number;
  /** Bytes in the machine's memory. */
  readonly resident: number;
  /** Bytes of the checkpoint. */
  readonly checkpoint: number;
  /** Whether a fresh session went on from the checkpoint with the bits of the one that goes on here. */
  readonly goesOn: boolean;
}

/** The most that a figure may change from the first point that is judged to the last, as a share. */
export const LIMITS = { held: 0.03, resident: 0.1, pace: 0.15 } as const;

const LEAST_POINTS = 8; // of one process
const WARM_UP = 0.25; // of its points, which are not judged

/** What a soak came to. */
export interface Verdict {
  /** The points that memory and speed are judged by; none where there are too few. */
  readonly judged: readonly SoakPoint[];
  /** Change from the first of these to the last, as a share of the median. */
  readonly growth: Readonly<Record<keyof typeof LIMITS, number>>;
  /** What is wrong, in words. */
  readonly faults: readonly string[];
}

/**
 * Judges a soak: memory must not grow, speed must not fall, every checkpoint must go on.
 *
 * Memory and speed are judged over the longest stretch of points of one process, without the first
 * quarter, by a line whose slope is the median of the slopes between all pairs of points.
 *
 * Source: Theil (1950), "A rank-invariant method of linear and polynomial regression analysis"; Sen
 * (1968), "Estimates of the regression coefficient based on Kendall's tau".
 */
export function judge(points: readonly SoakPoint[]): Verdict {
  const stretch = longestStretch(points);
  const enough = stretch.length >= LEAST_POINTS;
  const judged = enough ? stretch.slice(Math.ceil(WARM_UP * stretch.length)) : [];
  const growth = {
    held: relativeChange(judged, 'held'),
    resident: relativeChange(judged, 'resident'),
    pace: relativeChange(judged, 'pace'),
  };
  const faults = points
    .filter(({ goesOn }) => !goesOn)
    .map(({ steps }) => `What goes on from the checkpoint of step ${steps} has other bits.`);
  const from = `from step ${judged[0]?.steps} to ${judged.at(-1)?.steps}`;
  const refuse = (what: string, share: number, limit: number) =>
    faults.push(`${what} by ${percent(share)} ${from}: at most ${percent(limit)} is allowed.`);
  if (growth.held > LIMITS.held) refuse('What is held grew', growth.held, LIMITS.held);
  if (growth.resident > LIMITS.resident) {
    refuse('The memory of the process grew', growth.resident, LIMITS.resident);
  }
  if (-growth.pace > LIMITS.pace) refuse('The speed fell', -growth.pace, LIMITS.pace);
  return { judged, growth, faults };
}

/** Such as `3.1%`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

/** The points of the process that passed the most of them. */
function longestStretch(points: readonly SoakPoint[]): readonly SoakPoint[] {
  let longest: readonly SoakPoint[] = [];
  for (const { began } of points) {
    const stretch = points.filter((point) => point.began === began);
    if (stretch.length > longest.length) longest = stretch;
  }
  return longest;
}

function relativeChange(points: readonly SoakPoint[], key: keyof typeof LIMITS): number {
  if (points.length < 2) return 0;
  const slopes: number[] = [];
  for (const [i, a] of points.entries()) {
    for (const b of points.slice(i + 1)) slopes.push((b[key] - a[key]) / (b.steps - a.steps));
  }
  const span = points[points.length - 1].steps - points[0].steps;
  return (median(slopes) * span) / median(points.map((point) => point[key]));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}
