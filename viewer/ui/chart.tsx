import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ThemeName } from '../color/theme.ts';
import { formatNumber } from '../format/number.ts';

/** What a chart shows. */
export interface ChartProps {
  readonly title: string;
  /** Says the curve in words. */
  readonly summary: string;
  /** x, then one column for each series; null where there is no value. */
  readonly data: readonly (readonly (number | null)[])[];
  readonly series: readonly SeriesLook[];
  /** Where the line that says "here" stands; `null` for none. */
  readonly now: number | null;
  readonly theme: ThemeName;
  /** Whether the x axis begins at 0. Default: at the first x. */
  readonly fromZero?: boolean;
  /** Hears the x that was clicked. */
  readonly choose?: (x: number) => void;
}

/** How a series looks. */
export interface SeriesLook {
  readonly label: string;
  /** Name of a color of the style sheet. */
  readonly color: string;
  readonly kind: 'line' | 'bars' | 'points' | 'steps';
}

// Distances between ticks of the x axis: steps are whole.
const STEPS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8].flatMap((unit) =>
  [1, 2, 5].map((n) => n * unit),
);

/** One small curve with a line at the present; a click goes there. */
export function Chart(props: ChartProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const marker = useRef<HTMLDivElement | null>(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    if (host.current === null) return;
    const made = build(host.current, () => latest.current);
    plot.current = made.plot;
    marker.current = made.marker;
    return made.destroy;
  }, [props.theme, props.series]);
  useEffect(() => {
    plot.current?.setData(columnsOf(props));
  }, [props.data]);
  useEffect(() => {
    if (plot.current && marker.current) placeMarker(plot.current, marker.current, props.now);
  }, [props.now, props.data, props.theme]);
  return (
    <figure class="chart">
      <figcaption>{props.title}</figcaption>
      <div class="plot" ref={host} role="img" aria-label={props.summary} />
    </figure>
  );
}

function build(
  host: HTMLElement,
  current: () => ChartProps,
): { plot: uPlot; marker: HTMLDivElement; destroy: () => void } {
  const marker = document.createElement('div');
  marker.className = 'now-line';
  const size = () => ({ width: Math.max(80, host.clientWidth), height: host.clientHeight || 110 });
  const options: uPlot.Options = {
    ...size(),
    ...look(host, current()),
    hooks: {
      draw: [(plot) => placeMarker(plot, marker, current().now)],
      ready: [(plot) => plot.over.append(marker)],
    },
  };
  const plot = new uPlot(options, columnsOf(current()), host);
  plot.over.addEventListener('click', () => {
    const { left } = plot.cursor;
    if (left !== undefined && left >= 0) current().choose?.(plot.posToVal(left, 'x'));
  });
  const observer = new ResizeObserver(() => plot.setSize(size()));
  observer.observe(host);
  const destroy = () => {
    observer.disconnect();
    plot.destroy();
  };
  return { plot, marker, destroy };
}

function look(
  host: HTMLElement,
  { series, fromZero }: ChartProps,
): Omit<uPlot.Options, 'width' | 'height'> {
  const style = getComputedStyle(host);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim() || '#888888';
  const font = '11px system-ui, sans-serif';
  const grid = { stroke: color('grid'), width: 1 };
  const axis = { stroke: color('ink-soft'), font, grid, ticks: { show: false } };
  return {
    legend: { show: false },
    padding: [6, 14, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    scales: { x: { time: false, range: stepRange(fromZero) }, y: { range: paddedRange(series) } },
    axes: [
      { ...axis, size: 20, space: 50, incrs: STEPS, values: (_, ticks) => ticks.map(tickText) },
      { ...axis, size: 46, space: 26, values: (_, ticks) => ticks.map(tickText) },
    ],
    series: [{}, ...series.map((one) => seriesLook(one, color(one.color)))],
  };
}

function seriesLook({ label, kind }: SeriesLook, stroke: string): uPlot.Series {
  const base = { label, stroke, points: { show: false }, spanGaps: true };
  const { bars, stepped } = uPlot.paths;
  if (kind === 'bars' && bars) {
    return { ...base, width: 0, fill: `${stroke}99`, paths: bars({ size: [0.8, 24, 1] }) };
  }
  if (kind === 'steps' && stepped) return { ...base, width: 1.5, paths: stepped({ align: 1 }) };
  if (kind === 'points') {
    return {
      label,
      stroke,
      width: 0,
      paths: () => null,
      points: { show: true, size: 6, fill: stroke },
    };
  }
  return { ...base, width: 1.5 };
}

/** A little air above and below; bars stand on zero, and a constant gets a span of its own. */
function paddedRange(series: readonly SeriesLook[]): uPlot.Range.Function {
  const bars = series.some(({ kind }) => kind === 'bars');
  return (_, lowest, highest) => {
    if (lowest === null || highest === null) return [0, 1];
    if (bars) return barRange(Math.min(0, lowest), Math.max(0, highest));
    const air =
      highest > lowest ? 0.08 * (highest - lowest) : Math.max(0.5, 0.1 * Math.abs(highest));
    return [lowest - air, highest + air];
  };
}

function barRange(low: number, high: number): uPlot.Range.MinMax {
  if (low === high) return [0, 1];
  const air = 0.08 * (high - low);
  return [low < 0 ? low - air : 0, high > 0 ? high + air : 0];
}

/** Room at both ends, so that nothing at the first or last step is cut. */
function stepRange(fromZero = false): uPlot.Range.Function {
  return (_, lowest, last) => {
    if (lowest === null || last === null) return [0, 1];
    const first = fromZero ? Math.min(0, lowest) : lowest;
    const air = Math.max(0.015 * (last - first), last - first < 60 ? 0.5 : 0);
    return [first - air, last + air];
  };
}

function placeMarker(plot: uPlot, marker: HTMLElement, now: number | null): void {
  const left = now === null ? Number.NaN : plot.valToPos(now, 'x');
  marker.hidden = !(left >= 0 && left <= plot.over.clientWidth);
  marker.style.transform = `translateX(${Math.round(left)}px)`;
}

function columnsOf({ data }: ChartProps): uPlot.AlignedData {
  return data.map((column) => [...column]) as unknown as uPlot.AlignedData;
}

function tickText(tick: number): string {
  const size = Math.abs(tick);
  if (size >= 1e6) return `${formatNumber(tick / 1e6)}M`;
  return size >= 1e4 ? `${formatNumber(tick / 1e3)}k` : formatNumber(tick);
}
