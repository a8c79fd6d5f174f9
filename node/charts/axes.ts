import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale';
import type { Axis } from '../../suites/charts/chart.ts';
import { GRID_LINE, INK, SOFT_INK } from './colors.ts';
import { element, text } from './svg.ts';

/** From numbers to places. */
export type NumberScale = ScaleContinuousNumeric<number, number>;

/** Where the curves are, in pixels from the upper left corner. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * The scale of an axis.
 *
 * @param values All that is to be drawn along it; what is not finite does not count, nor, on a
 *   logarithmic axis, what is not above 0.
 */
export function axisScale(
  { scale = 'linear', domain }: Axis,
  values: Iterable<number>,
  range: readonly [number, number],
): NumberScale {
  const create = scale === 'log' ? scaleLog : scaleLinear;
  const numbers = create(domain ?? span(values, scale), range);
  return domain === undefined ? numbers.nice() : numbers;
}

function span(values: Iterable<number>, scale: 'linear' | 'log'): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value) || (scale === 'log' && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return scale === 'log' ? [1, 10] : [0, 1];
  if (low < high) return [low, high];
  return scale === 'log' ? [low / 2, high * 2] : [low - 0.5, high + 0.5];
}

/** The axis below the curves, with the lines that rise from it. */
export function drawBottomAxis(axis: Axis, scale: NumberScale, area: Area): string {
  const marks = ticksOf(axis, scale, 7).map(({ value, label }) => {
    const x = scale(value);
    return (
      element('line', { x1: x, x2: x, y1: area.top, y2: area.bottom, stroke: GRID_LINE }) +
      text(label, { x, y: area.bottom + 16, 'text-anchor': 'middle', fill: SOFT_INK })
    );
  });
  const middle = (area.left + area.right) / 2;
  const label = { x: middle, y: area.bottom + 36, 'text-anchor': 'middle', fill: INK };
  return marks.join('') + text(axis.label, label);
}

/** The axis left of the curves, with the lines that go out from it. */
export function drawLeftAxis(axis: Axis, scale: NumberScale, area: Area): string {
  const marks = ticksOf(axis, scale, 6).map(({ value, label }) => {
    const y = scale(value);
    return (
      element('line', { x1: area.left, x2: area.right, y1: y, y2: y, stroke: GRID_LINE }) +
      text(label, { x: area.left - 8, y: y + 4, 'text-anchor': 'end', fill: SOFT_INK })
    );
  });
  return marks.join('') + drawSideLabel(axis.label, area);
}

/** The words along the left side, upwards. */
export function drawSideLabel(label: string, area: Area): string {
  const x = area.left - 48;
  const y = (area.top + area.bottom) / 2;
  const place = `rotate(-90 ${Math.round(x)} ${Math.round(y)})`;
  return text(label, { x, y, transform: place, 'text-anchor': 'middle', fill: INK });
}

function ticksOf(axis: Axis, scale: NumberScale, count: number) {
  const format = axis.scale === 'log' ? String : scale.tickFormat(count);
  const values = axis.ticks ?? logTicks(axis, scale) ?? scale.ticks(count);
  return values.map((value, i) => ({ value, label: axis.tickLabels?.[i] ?? format(value) }));
}

/** Powers of ten, where there are at least two: the marks between them would not have room. */
function logTicks(axis: Axis, scale: NumberScale): number[] | undefined {
  if (axis.scale !== 'log') return undefined;
  const powers = scale.ticks(5).filter((value) => Number.isInteger(Math.log10(value)));
  return powers.length >= 2 ? powers : undefined;
}
