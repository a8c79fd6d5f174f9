import type { Series } from '../../charts/chart.ts';
import type { Curves } from '../curves.ts';
import { NUM_STATES } from './thousand-states.ts';

/** A number of each state, `[1002]`, as a line through every fifth of them. */
export function stateSeries(name: string, numbers: Float64Array): Series {
  const x = Array.from({ length: NUM_STATES / 5 + 1 }, (_, i) => Math.max(1, 5 * i));
  return { name, x, y: x.map((state) => numbers[state]), dashed: true };
}

/** A number of each group as a stair, with its band. */
export function groupSeries(name: string, curves: Curves): Series {
  const groups = curves.length;
  const x = Array.from({ length: groups }, (_, group) => 1 + (group * NUM_STATES) / groups);
  const { y, low = [], high = [] } = curves.series(name, x);
  const held = (numbers: ArrayLike<number>) => [...Array.from(numbers), numbers[groups - 1]];
  return {
    name,
    x: [...x, NUM_STATES],
    y: held(y),
    low: held(low),
    high: held(high),
    mark: 'step',
  };
}
