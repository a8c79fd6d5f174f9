import { scaleLinear } from 'd3-scale';
import type { Arrow, GridAxis, GridChart } from '../../suites/charts/chart.ts';
import { type Area, drawSideLabel } from './axes.ts';
import { BLANK, DIVERGING, GRID_LINE, INK, SEQUENTIAL, SOFT_INK } from './colors.ts';
import { element, short, text } from './svg.ts';

/** A panel, `width` by `height` pixels: cells in the colors of their values, the scale below them. */
export function drawGrid(chart: GridChart, width: number, height: number): string {
  const { rows, columns } = chart;
  const left = chart.y === undefined ? 20 : 72;
  const room = { width: width - left - 20, height: height - 40 - 52 };
  const size = Math.min(room.width / columns, room.height / rows);
  const area = { left, top: 40, right: left + columns * size, bottom: 40 + rows * size };
  const fill = colorsOf(chart);
  const colors = Array.from({ length: rows * columns }, (_, cell) => fill(chart.values[cell]));
  const letters = Math.max(2, ...(chart.texts ?? []).map((words) => words.length));
  const marks = colors.map((color, cell) => {
    const x = area.left + ((cell % columns) + 0.5) * size;
    const y = area.top + (Math.floor(cell / columns) + 0.5) * size;
    return drawMarks(chart, cell, isDark(color) ? '#ffffff' : INK, x, y, size, letters);
  });
  return [
    text(chart.title, { x: left, y: 22, fill: INK, 'font-weight': 600, 'font-size': 14 }),
    ...drawCells(colors, columns, area, size),
    drawFrame(area),
    ...marks,
    drawPath(chart, area, size),
    drawColumnLabels(chart.x, area, size),
    drawRowLabels(chart.y, area, size),
    drawKey(chart, area),
  ].join('');
}

/** One shape for all cells of a color: large maps stay small files. */
function drawCells(
  colors: readonly string[],
  columns: number,
  area: Area,
  size: number,
): readonly string[] {
  const shapes = new Map<string, string>();
  const side = short(size);
  colors.forEach((color, cell) => {
    const x = short(area.left + (cell % columns) * size);
    const y = short(area.top + Math.floor(cell / columns) * size);
    shapes.set(color, `${shapes.get(color) ?? ''}M${x} ${y}h${side}v${side}h-${side}z`);
  });
  return [...shapes].map(([fill, d]) => element('path', { d, fill, stroke: GRID_LINE }));
}

function drawFrame({ left, top, right, bottom }: Area): string {
  const frame = { x: left, y: top, width: right - left, height: bottom - top };
  return element('rect', { ...frame, fill: 'none', stroke: SOFT_INK });
}

/** What stands in a cell around its middle; `letters` are those of the longest text of all cells. */
function drawMarks(
  { texts, arrows }: GridChart,
  cell: number,
  ink: string,
  x: number,
  y: number,
  size: number,
  letters: number,
): string {
  const parts: string[] = [];
  const words = texts?.[cell];
  if (words) {
    const font = Math.max(5, Math.min(13, (1.5 * size) / letters));
    const place = { x, y: y + font / 3, 'text-anchor': 'middle' };
    parts.push(text(words, { ...place, fill: ink, 'font-size': font }));
  }
  for (const arrow of arrows?.[cell] ?? []) {
    parts.push(drawArrow(arrow, x, y, size, ink));
  }
  return parts.join('');
}

const TURNS: Readonly<Record<Arrow, number>> = {
  up: 0,
  'up-right': 45,
  right: 90,
  'down-right': 135,
  down: 180,
  'down-left': 225,
  left: 270,
  'up-left': 315,
};

/** An arrow from the middle of a cell towards its side. */
function drawArrow(arrow: Arrow, x: number, y: number, size: number, ink: string): string {
  const [from, to, wing] = [-0.27 * size, -0.45 * size, 0.08 * size];
  const d = `M0 ${from.toFixed(1)}V${to.toFixed(1)}M${(-wing).toFixed(1)} ${(to + wing).toFixed(1)}L0 ${to.toFixed(1)}L${wing.toFixed(1)} ${(to + wing).toFixed(1)}`;
  const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${TURNS[arrow]})`;
  return element('path', { d, transform, stroke: ink, fill: 'none', 'stroke-width': 1.4 });
}

function drawPath({ path, columns }: GridChart, area: Area, size: number): string {
  if (path === undefined || path.length === 0) return '';
  const places = path.map((cell) => {
    const x = area.left + ((cell % columns) + 0.5) * size;
    const y = area.top + (Math.floor(cell / columns) + 0.5) * size;
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  const d = `M${places.join('L')}`;
  return element('path', { d, fill: 'none', stroke: '#b3243c', 'stroke-width': 2.2 });
}

function drawColumnLabels(axis: GridAxis | undefined, area: Area, size: number): string {
  if (axis === undefined) return '';
  const labels = axis.tickLabels.map((label, column) => {
    const x = area.left + (column + 0.5) * size;
    return text(label, { x, y: area.bottom + 16, 'text-anchor': 'middle', fill: SOFT_INK });
  });
  const x = (area.left + area.right) / 2;
  const words = { x, y: area.bottom + 34, 'text-anchor': 'middle', fill: INK };
  return labels.join('') + text(axis.label, words);
}

function drawRowLabels(axis: GridAxis | undefined, area: Area, size: number): string {
  if (axis === undefined) return '';
  const labels = axis.tickLabels.map((label, row) => {
    const y = area.top + (row + 0.5) * size + 4;
    return text(label, { x: area.left - 8, y, 'text-anchor': 'end', fill: SOFT_INK });
  });
  return labels.join('') + drawSideLabel(axis.label, area);
}

/** What the lightest and the darkest color stand for, where there are no texts to say it. */
function drawKey(chart: GridChart, area: Area): string {
  if (chart.colors === 'plain' || chart.texts !== undefined) return '';
  const [low, high] = extent(chart.values);
  const words = `from ${low.toPrecision(3)} (light) to ${high.toPrecision(3)} (dark)`;
  return text(words, { x: area.left, y: area.bottom + 48, fill: SOFT_INK, 'font-size': 11 });
}

function colorsOf({ values, colors = 'sequential' }: GridChart): (value: number) => string {
  if (colors === 'plain') return () => BLANK;
  const [low, high] = extent(values);
  const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const scale =
    colors === 'diverging'
      ? scaleLinear<string>([-reach, 0, reach], DIVERGING)
      : scaleLinear<string>([low, high === low ? low + 1 : high], SEQUENTIAL);
  return (value) => (Number.isFinite(value) ? scale(value) : BLANK);
}

function extent(values: ArrayLike<number>): [number, number] {
  const finite = Array.from(values).filter((value) => Number.isFinite(value));
  return finite.length === 0
    ? [0, 1]
    : finite.reduce(
        ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
        [Infinity, -Infinity],
      );
}

/** Whether white letters read better on a color than black ones. */
function isDark(color: string): boolean {
  const parts = color.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
    : (color.match(/\d+/g) ?? ['255', '255', '255']).map(Number);
  return 0.3 * parts[0] + 0.59 * parts[1] + 0.11 * parts[2] < 130;
}
