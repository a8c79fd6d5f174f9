import type { Chart } from '../../suites/charts/chart.ts';
import { INK } from './colors.ts';
import { drawGrid } from './draw-grid.ts';
import { drawLines } from './draw-lines.ts';
import { element, escapeText, text } from './svg.ts';

const WIDTH = 720; // pixels of a panel
const HEIGHT = 420;
const TITLE = 36;

/**
 * Charts as one SVG picture, two panels side by side.
 *
 * @param title Above them all.
 * @returns a whole file; fonts are those of whoever shows it.
 */
export function drawCharts(title: string, charts: readonly Chart[]): string {
  const columns = Math.min(2, Math.max(1, charts.length));
  const rows = Math.ceil(charts.length / columns);
  const width = columns * WIDTH;
  const height = TITLE + rows * HEIGHT;
  const panels = charts.map((chart, i) => {
    const place = `translate(${(i % columns) * WIDTH} ${TITLE + Math.floor(i / columns) * HEIGHT})`;
    return element('g', { transform: place }, drawChart(chart));
  });
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': 'system-ui, sans-serif',
    'font-size': 12,
  };
  return `${element(
    'svg',
    attributes,
    element('title', {}, escapeText(title)),
    element('rect', { width, height, fill: '#ffffff' }),
    text(title, {
      x: 20,
      y: 26,
      fill: INK,
      'font-weight': 700,
      'font-size': titleSize(title, width),
    }),
    ...panels,
  )}\n`;
}

/** As large as there is room for, a letter being about 0.6 of its height wide; 16 pixels at most. */
function titleSize(title: string, width: number): number {
  return Math.min(16, (width - 40) / (0.6 * title.length));
}

function drawChart(chart: Chart): string {
  return chart.kind === 'lines' ? drawLines(chart, WIDTH, HEIGHT) : drawGrid(chart, WIDTH, HEIGHT);
}
