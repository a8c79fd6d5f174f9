import { checkBetween, show } from '../core/check.ts';

/** How an average takes in what is new: with α in (0, 1], or with 1/N for the mean of all. */
export type AverageStepSize = number | 'sample-average';

/** @throws RangeError unless it is a number in (0, 1] or `sample-average`. */
export function checkAverageStepSize(name: string, stepSize: AverageStepSize): void {
  if (stepSize === 'sample-average') return;
  if (typeof stepSize !== 'number') {
    throw new RangeError(`${name} must be a number or "sample-average", got ${show(stepSize)}.`);
  }
  checkBetween(name, stepSize, Number.MIN_VALUE, 1);
}
