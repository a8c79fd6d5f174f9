import { checkBetween, checkInteger, checkOneOf, show } from './check.ts';
import { pow } from './math.ts';

/** A number that may change with the steps taken: a constant, or one of the falling forms. */
export type Schedule = number | LinearSchedule | ExponentialSchedule | InverseSchedule;

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

/** from / (1 + t / steps): half of `from` after `steps` steps; falls forever. */
export interface InverseSchedule {
  readonly kind: 'inverse';
  readonly from: number;
  readonly steps: number;
}

const KINDS = ['linear', 'exponential', 'inverse'] as const;

/**
 * The schedule's value after `t` steps.
 *
 * @param t An integer of at least 0.
 */
export function scheduleValue(schedule: Schedule, t: number): number {
  if (typeof schedule === 'number') return schedule;
  const { from, steps } = schedule;
  if (schedule.kind === 'inverse') return from / (1 + t / steps);
  if (t >= steps) return schedule.to;
  if (schedule.kind === 'linear') return from + (schedule.to - from) * (t / steps);
  return from * pow(schedule.to / from, t / steps);
}

/**
 * Checks a schedule that a user gave: all its values must lie in [low, high].
 *
 * @throws RangeError if it is none, or leaves the range.
 */
export function checkSchedule(name: string, schedule: Schedule, low: number, high: number): void {
  if (typeof schedule === 'number') {
    checkBetween(name, schedule, low, high);
    return;
  }
  if (typeof schedule !== 'object' || schedule === null) {
    throw new RangeError(`${name} must be a number or a schedule, got ${show(schedule)}.`);
  }
  checkOneOf(`${name}.kind`, schedule.kind, KINDS);
  checkBetween(`${name}.from`, schedule.from, low, high);
  checkInteger(`${name}.steps`, schedule.steps, 1);
  if (schedule.kind === 'inverse') return;
  const least = schedule.kind === 'exponential' ? Math.max(low, Number.MIN_VALUE) : low;
  checkBetween(`${name}.to`, schedule.to, least, high);
  checkBetween(`${name}.from`, schedule.from, least, high);
}
