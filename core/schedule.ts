import { checkBetween, checkInteger, checkOneOf, resolveOptions, show } from './check.ts';
import { cos, E, log, PI, pow } from './math.ts';

/** A number that may change with the steps taken: a constant, or a form that names its values. */
export type Schedule =
  | number
  | LinearSchedule
  | ExponentialSchedule
  | CosineSchedule
  | InverseSchedule
  | LogarithmicSchedule
  | StepSchedule
  | PiecewiseSchedule
  | WarmupSchedule;

/** A straight line from `from` at step 0 to `to` at step `steps`, and `to` from there on. */
export interface LinearSchedule {
  readonly kind: 'linear';
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/** from · (to / from)^(t / steps), and `to` from step `steps` on; both ends above 0. */
export interface ExponentialSchedule {
  readonly kind: 'exponential';
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/**
 * Half a period of a cosine from `from` to `to`, and `to` from step `steps` on.
 *
 * Source: Loshchilov & Hutter (2017), "SGDR", equation 5, without restarts.
 */
export interface CosineSchedule {
  readonly kind: 'cosine';
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/** from / (1 + t / steps): half of `from` after `steps` steps; falls forever. */
export interface InverseSchedule {
  readonly kind: 'inverse';
  readonly from: number;
  readonly steps: number;
}

/**
 * from / ln(e + t / steps): falls forever, the slowest of all; two thirds of `from` are left after
 * 1.8 times `steps`.
 *
 * Source: Geman & Geman (1984), "Stochastic relaxation, Gibbs distributions, and the Bayesian
 * restoration of images", c / ln(1 + t), so that it begins at `from`.
 */
export interface LogarithmicSchedule {
  readonly kind: 'logarithmic';
  readonly from: number;
  readonly steps: number;
}

/** from · factor^⌊t / every⌋, `factor` in [0, 1]: falls forever, in steps. */
export interface StepSchedule {
  readonly kind: 'step';
  readonly from: number;
  readonly factor: number;
  readonly every: number;
}

/** values[i] from step `boundaries[i − 1]` on: one boundary less than values, in rising order. */
export interface PiecewiseSchedule {
  readonly kind: 'piecewise';
  readonly boundaries: readonly number[];
  readonly values: readonly number[];
}

/** A straight line from `from` to the first value of `next`, which begins at step `steps`. */
export interface WarmupSchedule {
  readonly kind: 'warmup';
  readonly from: number;
  readonly steps: number;
  readonly next: Schedule;
}

const KEYS: { readonly [K in Exclude<Schedule, number>['kind']]: readonly string[] } = {
  linear: ['from', 'to', 'steps'],
  exponential: ['from', 'to', 'steps'],
  cosine: ['from', 'to', 'steps'],
  inverse: ['from', 'steps'],
  logarithmic: ['from', 'steps'],
  step: ['from', 'factor', 'every'],
  piecewise: ['boundaries', 'values'],
  warmup: ['from', 'steps', 'next'],
};

/**
 * The schedule's value after `t` steps.
 *
 * @param t An integer of at least 0.
 */
export function scheduleValue(schedule: Schedule, t: number): number {
  if (typeof schedule === 'number') return schedule;
  switch (schedule.kind) {
    case 'inverse':
      return schedule.from / (1 + t / schedule.steps);
    case 'logarithmic':
      return schedule.from / log(E + t / schedule.steps);
    case 'step':
      return schedule.from * pow(schedule.factor, Math.floor(t / schedule.every));
    case 'piecewise':
      return piecewiseValue(schedule, t);
    case 'warmup':
      return warmupValue(schedule, t);
    default:
      return t >= schedule.steps ? schedule.to : betweenEnds(schedule, t / schedule.steps);
  }
}

function betweenEnds(
  { kind, from, to }: LinearSchedule | ExponentialSchedule | CosineSchedule,
  part: number,
): number {
  if (kind === 'linear') return from + (to - from) * part;
  if (kind === 'cosine') return to + 0.5 * (from - to) * (1 + cos(PI * part));
  return from * pow(to / from, part);
}

function piecewiseValue({ boundaries, values }: PiecewiseSchedule, t: number): number {
  let i = 0;
  while (i < boundaries.length && t >= boundaries[i]) i++;
  return values[i];
}

function warmupValue({ from, steps, next }: WarmupSchedule, t: number): number {
  if (t >= steps) return scheduleValue(next, t - steps);
  return from + (scheduleValue(next, 0) - from) * (t / steps);
}

/**
 * Checks a schedule that a user gave: all its values must lie in [low, high]. One that falls forever
 * need only begin there.
 *
 * @throws RangeError if it is none, or has a key that its kind lacks, or leaves the range.
 */
export function checkSchedule(name: string, schedule: Schedule, low: number, high: number): void {
  if (typeof schedule === 'number') {
    checkBetween(name, schedule, low, high);
    return;
  }
  if (typeof schedule !== 'object' || schedule === null) {
    throw new RangeError(`${name} must be a number or a schedule, got ${show(schedule)}.`);
  }
  checkOneOf(`${name}.kind`, schedule.kind, Object.keys(KEYS));
  const known = ['kind', ...KEYS[schedule.kind]].map((key) => [key, undefined]);
  resolveOptions<object>(name, Object.fromEntries(known), schedule);
  if (schedule.kind === 'piecewise') {
    checkPieces(name, schedule, low, high);
    return;
  }
  checkBetween(`${name}.from`, schedule.from, low, high);
  if (schedule.kind === 'step') {
    checkBetween(`${name}.factor`, schedule.factor, 0, 1);
    checkInteger(`${name}.every`, schedule.every, 1);
    return;
  }
  checkInteger(`${name}.steps`, schedule.steps, 1);
  if (schedule.kind === 'inverse' || schedule.kind === 'logarithmic') return;
  if (schedule.kind === 'warmup') {
    checkSchedule(`${name}.next`, schedule.next, low, high);
    return;
  }
  const least = schedule.kind === 'exponential' ? Math.max(low, Number.MIN_VALUE) : low;
  checkBetween(`${name}.to`, schedule.to, least, high);
  checkBetween(`${name}.from`, schedule.from, least, high);
}

function checkPieces(
  name: string,
  { boundaries, values }: PiecewiseSchedule,
  low: number,
  high: number,
): void {
  if (!Array.isArray(values) || !Array.isArray(boundaries)) {
    throw new RangeError(`${name} must have lists of boundaries and values.`);
  }
  if (values.length !== boundaries.length + 1) {
    throw new RangeError(
      `${name}.values must have length ${boundaries.length + 1}, one more than boundaries, got ${values.length}.`,
    );
  }
  values.forEach((value, i) => {
    checkBetween(`${name}.values[${i}]`, value, low, high);
  });
  boundaries.forEach((boundary, i) => {
    checkInteger(`${name}.boundaries[${i}]`, boundary, i === 0 ? 1 : boundaries[i - 1] + 1);
  });
}
