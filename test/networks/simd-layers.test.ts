import { describe, test } from 'vitest';
import { KernelComparison } from '../helpers/kernel-comparison.ts';

const WIDTHS = [1, 2, 3, 4, 5, 8, 9, 33];
const TOLERANCE = { relative: 3e-6, absolute: 3e-6 };

describe.each(['portable', 'fast'] as const)('layers, %s', (build) => {
  const comparison = new KernelComparison(build, 8000);
  const { begin, numbers } = comparison;
  const x = begin + 1;

  test.each(WIDTHS)('softmax of %i numbers', (width) => {
    const rows = width < 9 ? 2 * width : 6;
    const [y, dy, dx] = [1, 2, 3].map((i) => x + i * rows * width);
    for (const scale of [1, 0.3, -3]) {
      for (const causal of [0, 1]) {
        comparison.draw();
        comparison.expectSame('softmax', [rows, width, scale, causal, x, y], TOLERANCE);
        comparison.expectSame('softmaxBackward', [rows, width, scale, y, dy, dx], TOLERANCE);
        comparison.expectSame('softmaxBackward', [rows, width, scale, y, dy, dy], TOLERANCE);
        comparison.expectSame('softmax', [rows, width, scale, causal, x, x], TOLERANCE);
      }
    }
  });

  test('softmax takes numbers that are far apart, and infinity', () => {
    comparison.draw();
    numbers.set([1000, 0, -1000, 88, -Infinity, 5, 5, 6, 0, -Infinity], 1);
    comparison.expectSame('softmax', [2, 5, 1, 0, x, x + 10]);
    numbers.set([NaN, 1, 2, 3, 4, Infinity, 2, 3, 4, 5], 1);
    comparison.expectSame('softmax', [2, 5, 1, 0, x, x + 10]);
  });

  test.each([
    [3, 1, 1, 1],
    [3, 1, 7, 1],
    [2, 5, 3, 1],
    [2, 5, 6, 2],
    [3, 4, 6, 6],
    [2, 3, 16, 2],
    [1, 9, 10, 5],
  ])('groups of %i × [%i × %i] in %i', (rows, positions, channels, groups) => {
    const size = rows * positions * channels;
    const [scale, shift] = [x + size, x + size + channels];
    const [scaleGradient, shiftGradient] = [shift + channels, shift + 2 * channels];
    const moments = shift + 3 * channels;
    const y = moments + 2 * rows * groups;
    const [dy, dx] = [y + size, y + 2 * size];
    const shape = [rows, positions, channels, groups] as const;
    comparison.draw();
    const tolerance = { relative: 1e-5, absolute: 1e-4 };
    comparison.expectSame(
      'normalizeGroups',
      [...shape, 1e-3, x, scale, shift, y, moments],
      tolerance,
    );
    const gradients = [scaleGradient, shiftGradient] as const;
    for (const target of [dx, -1]) {
      const places = [x, scale, moments, dy, ...gradients, target] as const;
      comparison.expectSame('normalizeGroupsBackward', [...shape, ...places], tolerance);
    }
  });

  test.each(WIDTHS)('columns of %i channels', (channels) => {
    for (const rows of [1, 2, 7, 70]) {
      const size = rows * channels;
      const at = (i: number) => x + size + i * channels;
      const [mean, variance, scale, shift] = [at(0), at(1), at(2), at(3)];
      const [y, dy, dx] = [at(6), at(6) + size, at(6) + 2 * size];
      comparison.draw();
      const tolerance = { relative: 1e-5, absolute: 2e-5 };
      comparison.expectSame('columnMoments', [rows, channels, x, mean, variance], tolerance);
      const from = [x, mean, variance, scale] as const;
      comparison.expectSame(
        'normalizeColumns',
        [rows, channels, 0.01, ...from, shift, y],
        tolerance,
      );
      for (const isOwn of [0, 1]) {
        for (const target of [dx, -1]) {
          const places = [...from, dy, at(4), at(5), isOwn, target] as const;
          comparison.expectSame(
            'normalizeColumnsBackward',
            [rows, channels, 0.01, ...places],
            tolerance,
          );
        }
      }
    }
  });

  test.each(WIDTHS)('noise on weights of %i outputs', (outputs) => {
    const inputs = 5;
    const size = inputs * outputs;
    const [deviation, weights] = [x + size, x + 2 * size];
    const noise = [x + 3 * size, x + 3 * size + inputs] as const;
    comparison.draw();
    comparison.expectSame('perturb', [inputs, outputs, x, deviation, ...noise, weights]);
    comparison.expectSame('perturbBackward', [inputs, outputs, weights, ...noise, x, deviation]);
  });

  test.each(WIDTHS)('a duel of %i actions', (actions) => {
    comparison.draw();
    for (const size of [1, 2, 5]) {
      comparison.expectSame('duel', [3, actions, size, x, x + 600]);
      comparison.expectSame('duelBackward', [3, actions, size, x, x + 600], { absolute: 1e-5 });
    }
  });

  test.each(WIDTHS)('slopes of %i channels', (channels) => {
    for (const rows of [1, 3, 6]) {
      const size = rows * channels;
      const [slopes, gradient] = [x + size, x + size + channels];
      const y = gradient + channels;
      comparison.draw();
      comparison.expectSame('parametricRelu', [rows, channels, slopes, x, y]);
      for (const dx of [y + size, -1]) {
        const places = [slopes, x, y, gradient, dx] as const;
        comparison.expectSame('parametricReluBackward', [rows, channels, ...places], TOLERANCE);
      }
    }
  });

  test.each(WIDTHS)('a recurrent cell of %i units', (units) => {
    for (const batch of [1, 3]) {
      const size = batch * units;
      comparison.draw();
      const gates = x;
      const dGates = x + 4 * size;
      const [a, b, c, d] = [8, 9, 10, 11].map((i) => x + i * size);
      comparison.expectSame('lstmForward', [batch, units, gates, a, b, c], TOLERANCE);
      comparison.expectSame('lstmBackward', [batch, units, gates, a, b, c, d, dGates], TOLERANCE);
      comparison.draw();
      const recurrent = x + 12 * size;
      const dRecurrent = x + 15 * size;
      comparison.expectSame('gruForward', [batch, units, gates, recurrent, a, b], TOLERANCE);
      const places = [gates, recurrent, a, b, dGates, dRecurrent, c] as const;
      comparison.expectSame('gruBackward', [batch, units, ...places], TOLERANCE);
    }
  });
});
