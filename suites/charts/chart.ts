/** A picture of numbers, as data: whoever shows it decides how. */
export type Chart = LineChart | GridChart;

/** One side of a chart. */
export interface Axis {
  readonly label: string;
  /** Default `linear`. */
  readonly scale?: 'linear' | 'log';
  /** What the axis spans. Default all that is drawn. */
  readonly domain?: readonly [number, number];
  /** Where the marks stand. Default round numbers. */
  readonly ticks?: readonly number[];
  /** What stands at each of `ticks`, as many. Default the numbers. */
  readonly tickLabels?: readonly string[];
}

/** One line of a chart; points with a number that is not finite break it. */
export interface Series {
  readonly name: string;
  /** `[n]`, rising. */
  readonly x: ArrayLike<number>;
  /** `[n]`. */
  readonly y: ArrayLike<number>;
  /** `[n]`: the lower end of the interval at each point, with `high`. */
  readonly low?: ArrayLike<number>;
  /** `[n]`: the upper end. */
  readonly high?: ArrayLike<number>;
  /** Default `line`: `step` holds a value until the next point, `points` draws dots alone. */
  readonly mark?: 'line' | 'step' | 'points' | 'line-and-points';
  /** Default false: for what is known beforehand, such as an optimum. */
  readonly dashed?: boolean;
}

/** Curves over a common pair of axes. */
export interface LineChart {
  readonly kind: 'lines';
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

/** A cell that can hold up to this many arrows: the eight moves of a king. */
export type Arrow =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'up-left'
  | 'up-right'
  | 'down-left'
  | 'down-right';

/** A matrix of cells, colored by their values: a policy, a gridworld, a surface seen from above. */
export interface GridChart {
  readonly kind: 'grid';
  readonly title: string;
  readonly rows: number;
  readonly columns: number;
  /** `[rows × columns]`, from the top row down; a cell that is not finite stays blank. */
  readonly values: ArrayLike<number>;
  /** `[rows × columns]`: what is written in each cell. Default nothing. */
  readonly texts?: readonly string[];
  /** `[rows × columns]`: the arrows in each cell. Default none. */
  readonly arrows?: readonly (readonly Arrow[])[];
  /** The columns, from the left. Default no axis. */
  readonly x?: GridAxis;
  /** The rows, from the top. Default no axis. */
  readonly y?: GridAxis;
  /** `sequential` from low to high (default), `diverging` around zero, or `plain` without colors. */
  readonly colors?: 'sequential' | 'diverging' | 'plain';
  /** A way through the cells, by their numbers row · columns + column. */
  readonly path?: readonly number[];
}

/** One side of a matrix. */
export interface GridAxis {
  readonly label: string;
  /** What stands at each row or column, as many; '' for none. */
  readonly tickLabels: readonly string[];
}
