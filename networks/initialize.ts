import type { Rng } from '../core/rng.ts';
import type { NetworkPlan, ParameterEntry } from './plan.ts';

/**
 * Draws the first parameters of a network, in the order in which they stand.
 *
 * @param parameters Written, `[parameterCount]`.
 */
export function initialize(
  { parameters: entries }: NetworkPlan,
  parameters: Float32Array | Float64Array,
  rng: Rng,
): void {
  for (const entry of entries) {
    draw(entry, parameters.subarray(entry.offset, entry.offset + entry.size), rng);
  }
}

/**
 * Writes the first statistics of a network.
 *
 * @param statistics Written, `[statisticCount]`.
 */
export function initializeStatistics(
  { statistics: entries }: NetworkPlan,
  statistics: Float32Array | Float64Array,
): void {
  for (const { offset, size, initial } of entries) statistics.fill(initial, offset, offset + size);
}

function draw(entry: ParameterEntry, values: Float32Array | Float64Array, rng: Rng): void {
  const { initializer, fanIn, fanOut } = entry;
  switch (initializer.kind) {
    case 'zeros':
      values.fill(0);
      return;
    case 'constant':
      values.fill(initializer.value);
      return;
    case 'blocks':
      fillBlocks(values, initializer.values);
      return;
    case 'uniform':
      drawUniform(values, initializer.limit, rng);
      return;
    case 'normal':
      drawNormal(values, initializer.deviation, rng);
      return;
    case 'xavier-uniform':
      drawUniform(values, initializer.gain * Math.sqrt(6 / (fanIn + fanOut)), rng);
      return;
    case 'xavier-normal':
      drawNormal(values, initializer.gain * Math.sqrt(2 / (fanIn + fanOut)), rng);
      return;
    case 'he-uniform':
      drawUniform(values, initializer.gain * Math.sqrt(6 / fanIn), rng);
      return;
    case 'he-normal':
      drawNormal(values, initializer.gain * Math.sqrt(2 / fanIn), rng);
      return;
    case 'fan-in-uniform':
      drawUniform(values, initializer.gain / Math.sqrt(fanIn), rng);
      return;
    case 'orthogonal':
      drawOrthogonal(entry, values, initializer.gain, rng);
  }
}

function fillBlocks(values: Float32Array | Float64Array, constants: readonly number[]): void {
  const size = values.length / constants.length;
  constants.forEach((constant, i) => {
    values.fill(constant, i * size, (i + 1) * size);
  });
}

function drawUniform(values: Float32Array | Float64Array, limit: number, rng: Rng): void {
  for (let i = 0; i < values.length; i++) values[i] = limit * (2 * rng.uniform() - 1);
}

function drawNormal(values: Float32Array | Float64Array, deviation: number, rng: Rng): void {
  for (let i = 0; i < values.length; i++) values[i] = deviation * rng.normal();
}

/**
 * A matrix with orthonormal rows or columns, whichever are fewer; the last axis is the columns.
 *
 * Source: Saxe et al. (2014), "Exact solutions to the nonlinear dynamics of learning in deep linear
 * neural networks". By Gram and Schmidt's method, twice over, instead of a QR decomposition.
 */
function drawOrthogonal(
  { shape }: ParameterEntry,
  values: Float32Array | Float64Array,
  gain: number,
  rng: Rng,
): void {
  const columns = shape[shape.length - 1];
  const rows = values.length / columns;
  const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
  const basis = Array.from({ length: count }, () => new Float64Array(length));
  basis.forEach((vector, i) => {
    for (let k = 0; k < length; k++) vector[k] = rng.normal();
    for (let round = 0; round < 2; round++) {
      for (const other of basis.slice(0, i)) subtractProjection(vector, other);
    }
    scale(vector, 1 / Math.sqrt(dot(vector, vector)));
  });
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const entry = rows < columns ? basis[row][column] : basis[column][row];
      values[row * columns + column] = gain * entry;
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function scale(a: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] *= factor;
}

function subtractProjection(a: Float64Array, unit: Float64Array): void {
  const along = dot(a, unit);
  for (let i = 0; i < a.length; i++) a[i] -= along * unit[i];
}
