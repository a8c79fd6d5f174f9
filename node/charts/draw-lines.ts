import { area as areaOf, curveLinear, curveStepAfter, line as lineOf } from 'd3-shape';
import type { LineChart, Series } from '../../suites/charts/chart.ts';
import { type Area, axisScale, drawBottomAxis, drawLeftAxis, type NumberScale } from './axes.ts';
import { CURVES, INK } from './colors.ts';
import { element, text } from './svg.ts';

/** A panel, `width` by `height` pixels: curves with their bands, and a legend right of them. */
export function drawLines(chart: LineChart, width: number, height: number): string {
  const legend = Math.min(240, 46 + 6.4 * Math.max(...chart.series.map(({ name }) => name.length)));
  const area = { left: 72, top: 40, right: width - legend, bottom: height - 52 };
  const xs = chart.series.flatMap(({ x }) => [...Array.from(x)]);
  const ys = chart.series.flatMap(({ y, low = [], high = [] }) => [
    ...Array.from(y),
    ...Array.from(low),
    ...Array.from(high),
  ]);
  const x = axisScale(chart.x, xs, [area.left, area.right]);
  const y = axisScale(chart.y, ys, [area.bottom, area.top]);
  const clip = `clip-${Math.round(area.right)}-${Math.round(area.bottom)}`;
  const frame = {
    x: area.left,
    y: area.top,
    width: area.right - area.left,
    height: area.bottom - area.top,
  };
  return [
    text(chart.title, { x: area.left, y: 22, fill: INK, 'font-weight': 600, 'font-size': 14 }),
    drawBottomAxis(chart.x, x, area),
    drawLeftAxis(chart.y, y, area),
    element('clipPath', { id: clip }, element('rect', frame)),
    element(
      'g',
      { 'clip-path': `url(#${clip})` },
      ...chart.series.map((series, i) => drawSeries(series, i, x, y)),
    ),
    element('rect', { ...frame, fill: 'none', stroke: INK, 'stroke-width': 1 }),
    drawLegend(chart.series, area),
  ].join('');
}

function drawSeries(series: Series, index: number, x: NumberScale, y: NumberScale): string {
  const color = colorOf(index);
  const points = Array.from({ length: series.x.length }, (_, i) => i);
  const isDrawn = (i: number) => Number.isFinite(x(series.x[i])) && Number.isFinite(y(series.y[i]));
  const parts: string[] = [];
  const { low, high, mark = 'line' } = series;
  if (low !== undefined && high !== undefined) {
    const hasBand = (i: number) => Number.isFinite(y(low[i])) && Number.isFinite(y(high[i]));
    const band = areaOf<number>(
      (i) => x(series.x[i]),
      (i) => y(low[i]),
      (i) => y(high[i]),
    )
      .defined(hasBand)
      .curve(mark === 'step' ? curveStepAfter : curveLinear);
    const d = band.digits(1)(points) ?? '';
    parts.push(element('path', { d, fill: color, 'fill-opacity': 0.18 }));
  }
  if (mark !== 'points') {
    const line = lineOf<number>(
      (i) => x(series.x[i]),
      (i) => y(series.y[i]),
    ).defined(isDrawn);
    line.curve(mark === 'step' ? curveStepAfter : curveLinear).digits(1);
    const d = line(points) ?? '';
    parts.push(element('path', { d, fill: 'none', stroke: color, ...strokeOf(series, index) }));
  }
  if (mark === 'points' || mark === 'line-and-points') {
    for (const i of points.filter(isDrawn)) {
      parts.push(element('circle', { cx: x(series.x[i]), cy: y(series.y[i]), r: 3, fill: color }));
    }
  }
  return parts.join('');
}

function drawLegend(series: readonly Series[], area: Area): string {
  return series
    .map((one, i) => {
      const y = area.top + 10 + 20 * i;
      const x = area.right + 12;
      const stroke = { stroke: colorOf(i), ...strokeOf(one, i) };
      const sample =
        one.mark === 'points'
          ? element('circle', { cx: x + 9, cy: y, r: 3, fill: colorOf(i) })
          : element('line', { x1: x, x2: x + 18, y1: y, y2: y, ...stroke });
      return sample + text(one.name, { x: x + 24, y: y + 4, fill: INK });
    })
    .join('');
}

function strokeOf({ dashed = false }: Series, index: number) {
  const again = index >= CURVES.length;
  return {
    'stroke-width': 1.8,
    'stroke-linejoin': 'round',
    ...(dashed || again ? { 'stroke-dasharray': dashed ? '6 4' : '2 3' } : {}),
  };
}

function colorOf(index: number): string {
  return CURVES[index % CURVES.length];
}
