/**
 * How fast is value iteration on a random gridworld of a million states, beside what the memory allows,
 * and beside SciPy's sparse matrices?
 *
 *     npm run bench:tabular -- planning
 *
 * A sweep is measured in a run to 1e-6, and so are copies of a long array in between: what they move in
 * a second is what the memory gives. The limit of a sweep is the time that the memory takes for the
 * bytes that it reads and writes at least once. All times are those of the processor, which other work
 * on the machine disturbs least.
 *
 * Python needs NumPy and SciPy: `python3 -m venv venv && venv/bin/pip install numpy scipy`, then
 * PALAESTRA_PYTHON=venv/bin/python.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ActionLanes } from '../agents/planning/action-lanes.ts';
import { CompiledRows } from '../agents/planning/compiled-rows.ts';
import { type ExpectedModel, expectModel } from '../agents/planning/expected-model.ts';
import { valueIteration } from '../agents/planning/value-iteration.ts';
import { formatTable } from '../node/table.ts';
import { randomGridworld } from './random-gridworld.ts';

const SIDE = 1000;
const NUM_STATES = SIDE * SIDE;
const NUM_ACTIONS = 4;
const DISCOUNT = 0.95;
const TOLERANCE = 1e-6;
const SWEEPS = 30;
const COPIED = 1 << 24; // numbers

/** Processor milliseconds of a call. */
function timeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

interface Result {
  readonly name: string;
  readonly milliseconds: number;
  readonly bytes: number;
}

/** Sweeps along the rows, as models have whose actions share few successors. */
function createRows(model: ExpectedModel, initialValues: Float64Array): CompiledRows {
  const rows = CompiledRows.create(model, DISCOUNT, initialValues, false);
  if (rows === null) throw new Error('there is no WebAssembly here.');
  return rows;
}

function measure(model: ExpectedModel): {
  results: Result[];
  bandwidth: number;
  values: Float64Array;
} {
  const zeros = new Float64Array(NUM_STATES);
  const lanes = new ActionLanes(model, DISCOUNT, zeros, false);
  const inPlace = new ActionLanes(model, DISCOUNT, zeros, true);
  const rows = createRows(model, zeros);
  const [from, to] = [new Float64Array(COPIED).fill(1), new Float64Array(COPIED)];
  const times: Record<'copy' | 'lanes' | 'inPlace' | 'rows', number[]> = {
    ...{ copy: [], lanes: [], inPlace: [], rows: [] },
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    times.copy.push(timeOf(() => to.set(from)));
    times.lanes.push(timeOf(() => lanes.sweep()));
    times.inPlace.push(timeOf(() => inPlace.sweep()));
    times.rows.push(timeOf(() => rows.sweep()));
  }
  const rowBytes =
    12 * model.nextState.length + 8 * model.reward.length + 4 * model.rowStart.length;
  const results = [
    {
      name: 'actions side by side (large models)',
      milliseconds: median(times.lanes),
      bytes: lanes.bytes,
    },
    { name: 'the same, in place', milliseconds: median(times.inPlace), bytes: inPlace.bytes },
    {
      name: 'along the rows (other models)',
      milliseconds: median(times.rows),
      bytes: rowBytes + 16 * NUM_STATES,
    },
  ];
  const bandwidth = (2 * from.byteLength) / median(times.copy) / 1e6; // GB/s, read and written
  return { results, bandwidth, values: lanes.values.slice() };
}

interface Peer {
  readonly version: string;
  readonly milliseconds: number;
  /** Sum of the values after as many sweeps as here. */
  readonly sum: number;
}

/** The same with SciPy; `null` where there is no Python with it. */
function peer(): Peer | null {
  const script = fileURLToPath(new URL('peers/planning.py', import.meta.url));
  const python = process.env.PALAESTRA_PYTHON ?? 'python3';
  try {
    return JSON.parse(execFileSync(python, [script, String(SWEEPS)], { encoding: 'utf8' }));
  } catch (error) {
    console.error(`${python} ${script}: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

/** Measures, and prints a table. */
export function benchPlanning(): void {
  const model = expectModel(randomGridworld(SIDE));
  const { results, bandwidth, values } = measure(model);
  const other = peer();
  console.log(
    `Value iteration, a random gridworld of ${NUM_STATES.toLocaleString('en-US')} states with ${NUM_ACTIONS} actions that slip; node ${process.version}`,
  );
  console.log(`Copying moves ${bandwidth.toFixed(1)} GB/s, read and written.`);
  console.log(
    formatTable(
      ['sweep', 'ms (median)', 'MB', 'GB/s', 'of the memory’s limit', 'SciPy takes'],
      [
        ...results.map(({ name, milliseconds, bytes }) => {
          const rate = bytes / milliseconds / 1e6;
          return [
            name,
            milliseconds.toFixed(1),
            (bytes / 1e6).toFixed(0),
            rate.toFixed(1),
            `${(bandwidth / rate).toFixed(2)}×`,
            other === null ? '–' : `${(other.milliseconds / milliseconds).toFixed(1)}×`,
          ];
        }),
        ...(other === null
          ? []
          : [[`SciPy ${other.version}`, other.milliseconds.toFixed(1), '–', '–', '–', '1.0×']]),
      ],
    ),
  );
  if (other !== null) {
    const sum = values.reduce((total, value) => total + value, 0);
    console.log(`Sums of the values after ${SWEEPS} sweeps: ${sum}, SciPy ${other.sum}`);
  }
  const solving = timeOf(() => {
    const { sweeps, errorBound } = valueIteration(model, {
      discount: DISCOUNT,
      tolerance: TOLERANCE,
    });
    console.log(
      `Solved to within ${errorBound.toExponential(1)}, γ = ${DISCOUNT}, in ${sweeps} sweeps`,
    );
  });
  console.log(`and ${(solving / 1000).toFixed(1)} s, the model’s layout and the plan included.`);
}
