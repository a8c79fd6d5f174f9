import type { NormalizationKernels } from '../kernels/normalization.ts';
import type { NumbersOf } from './numbers-of.ts';

/** Normalization by its definition, in plain TypeScript. */
export function normalizationKernels(heap: NumbersOf): NormalizationKernels {
  return {
    normalizeGroups(rows, positions, channels, groups, epsilon, x, scale, shift, y, moments) {
      const { numbers } = heap;
      groupsOf(rows, positions, channels, groups).forEach((elements, group) => {
        const [mean, variance] = momentsOf(elements.map(({ at }) => numbers[x + at]));
        const inverse = 1 / Math.sqrt(variance + epsilon);
        numbers[moments + 2 * group] = mean;
        numbers[moments + 2 * group + 1] = inverse;
        for (const { at, channel } of elements) {
          const normal = (numbers[x + at] - mean) * inverse;
          numbers[y + at] = numbers[scale + channel] * normal + numbers[shift + channel];
        }
      });
    },

    normalizeGroupsBackward(
      rows,
      positions,
      channels,
      groups,
      x,
      scale,
      moments,
      dy,
      scaleGradient,
      shiftGradient,
      dx,
    ) {
      const { numbers } = heap;
      groupsOf(rows, positions, channels, groups).forEach((elements, group) => {
        const mean = numbers[moments + 2 * group];
        const inverse = numbers[moments + 2 * group + 1];
        const normals = elements.map(({ at }) => (numbers[x + at] - mean) * inverse);
        elements.forEach(({ at, channel }, i) => {
          numbers[scaleGradient + channel] += numbers[dy + at] * normals[i];
          numbers[shiftGradient + channel] += numbers[dy + at];
        });
        if (dx < 0) return;
        const slopes = elements.map(
          ({ at, channel }) => numbers[scale + channel] * numbers[dy + at],
        );
        const gradients = throughMoments(normals, slopes);
        elements.forEach(({ at }, i) => {
          numbers[dx + at] = inverse * gradients[i];
        });
      });
    },

    columnMoments(rows, channels, x, mean, variance) {
      const { numbers } = heap;
      for (let c = 0; c < channels; c++) {
        const column = columnOf(rows, channels, c).map((at) => numbers[x + at]);
        [numbers[mean + c], numbers[variance + c]] = momentsOf(column);
      }
    },

    normalizeColumns(rows, channels, epsilon, x, mean, variance, scale, shift, y) {
      const { numbers } = heap;
      for (let c = 0; c < channels; c++) {
        const inverse = 1 / Math.sqrt(numbers[variance + c] + epsilon);
        for (const at of columnOf(rows, channels, c)) {
          const normal = (numbers[x + at] - numbers[mean + c]) * inverse;
          numbers[y + at] = numbers[scale + c] * normal + numbers[shift + c];
        }
      }
    },

    normalizeColumnsBackward(
      rows,
      channels,
      epsilon,
      x,
      mean,
      variance,
      scale,
      dy,
      scaleGradient,
      shiftGradient,
      isOwn,
      dx,
    ) {
      const { numbers } = heap;
      for (let c = 0; c < channels; c++) {
        const column = columnOf(rows, channels, c);
        const inverse = 1 / Math.sqrt(numbers[variance + c] + epsilon);
        const normals = column.map((at) => (numbers[x + at] - numbers[mean + c]) * inverse);
        const slopes = column.map((at) => numbers[dy + at]);
        numbers[scaleGradient + c] += dot(slopes, normals);
        numbers[shiftGradient + c] += sum(slopes);
        if (dx < 0) continue;
        const gradients = isOwn === 1 ? throughMoments(normals, slopes) : slopes;
        column.forEach((at, i) => {
          numbers[dx + at] = numbers[scale + c] * inverse * gradients[i];
        });
      }
    },
  };
}

interface Element {
  /** Index in the array. */
  readonly at: number;
  readonly channel: number;
}

/** The elements of each group of each row, group by group. */
function groupsOf(rows: number, positions: number, channels: number, groups: number): Element[][] {
  const width = channels / groups;
  return Array.from({ length: rows * groups }, (_, group) => {
    const begin = Math.floor(group / groups) * positions * channels;
    const first = (group % groups) * width;
    return Array.from({ length: positions * width }, (_, i) => {
      const channel = first + (i % width);
      return { at: begin + Math.floor(i / width) * channels + channel, channel };
    });
  });
}

/** Indices of the elements of a column. */
function columnOf(rows: number, channels: number, channel: number): number[] {
  return Array.from({ length: rows }, (_, row) => row * channels + channel);
}

/** Mean and variance, this divided by their number. */
function momentsOf(values: readonly number[]): [number, number] {
  const mean = sum(values) / values.length;
  const deviations = values.map((value) => value - mean);
  return [mean, dot(deviations, deviations) / values.length];
}

/**
 * What of a gradient is left when mean and variance go along: it loses its mean, and what lies along
 * the normalized numbers z: gᵢ − mean(g) − zᵢ mean(g z).
 *
 * Source: Ioffe & Szegedy (2015), "Batch normalization", section 3.
 */
function throughMoments(normals: readonly number[], slopes: readonly number[]): number[] {
  const mean = sum(slopes) / slopes.length;
  const along = dot(slopes, normals) / slopes.length;
  return slopes.map((slope, i) => slope - mean - normals[i] * along);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, i) => total + value * b[i], 0);
}
