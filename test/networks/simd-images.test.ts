import { describe, test } from 'vitest';
import { KernelComparison } from '../helpers/kernel-comparison.ts';

interface Geometry {
  readonly image: readonly [height: number, width: number];
  readonly channels: number;
  readonly window: readonly [height: number, width: number];
  readonly stride: readonly [height: number, width: number];
  readonly dilation: readonly [height: number, width: number];
  readonly before: readonly [top: number, left: number];
  readonly output: readonly [height: number, width: number];
}

const ONE = [1, 1] as const;

function geometry(
  image: readonly [number, number],
  window: readonly [number, number],
  rest: Partial<Geometry> & Pick<Geometry, 'channels' | 'output'>,
): Geometry {
  return { image, window, stride: ONE, dilation: ONE, before: [0, 0], ...rest };
}

const GEOMETRIES: readonly Geometry[] = [
  geometry([1, 1], [1, 1], { channels: 1, output: [1, 1] }),
  geometry([4, 5], [2, 3], { channels: 1, output: [3, 3] }),
  geometry([4, 5], [2, 3], { channels: 2, output: [3, 3] }),
  geometry([5, 4], [3, 3], { channels: 3, output: [5, 4], before: [1, 1] }),
  geometry([5, 5], [3, 3], { channels: 4, output: [3, 3], stride: [2, 2], before: [1, 1] }),
  geometry([7, 6], [2, 3], { channels: 5, output: [4, 2], stride: [2, 3], before: [0, 1] }),
  geometry([6, 7], [5, 5], { channels: 7, output: [6, 7], before: [2, 2] }),
];
// A window that is dilated, and one that reaches out on both sides of the image.
const DILATED: readonly Geometry[] = [
  geometry([7, 8], [3, 2], { channels: 3, output: [3, 5], dilation: [2, 3] }),
  geometry([5, 5], [3, 3], { channels: 2, output: [5, 5], dilation: [2, 3], before: [2, 3] }),
  geometry([3, 2], [3, 5], { channels: 6, output: [3, 2], before: [1, 2] }),
  geometry([2, 2], [4, 1], { channels: 1, output: [1, 2], before: [4, 0] }), // nothing inside
];

describe.each(['portable', 'fast'] as const)('images, %s', (build) => {
  const comparison = new KernelComparison(build, 30_000);
  const { begin } = comparison;
  const ROWS = 3;

  test.each([...GEOMETRIES, ...DILATED])('patches of %o', (g) => {
    const size = ROWS * g.image[0] * g.image[1] * g.channels;
    const patches = ROWS * g.output[0] * g.output[1];
    const x = begin + 1;
    const columns = x + size;
    for (const [first, count] of [
      [0, patches],
      [1, patches - 1],
      [patches >> 1, patches >> 1],
    ]) {
      const shape = [...g.image, g.channels, ...g.output, ...g.window, ...g.stride] as const;
      const rest = [...g.dilation, ...g.before] as const;
      comparison.draw();
      comparison.expectSame('im2col', [first, count, ...shape, ...rest, x, columns]);
      comparison.expectSame('col2im', [first, count, ...shape, ...rest, columns, x], {
        absolute: 1e-5,
      });
    }
  });

  test.each(GEOMETRIES)('pools of %o', (g) => {
    const size = ROWS * g.image[0] * g.image[1] * g.channels;
    const outputSize = ROWS * g.output[0] * g.output[1] * g.channels;
    const x = begin + 1;
    const y = x + size;
    const chosen = y + outputSize;
    const dy = chosen + outputSize;
    const dx = dy + outputSize;
    const shape = [...g.image, g.channels, ...g.output, ...g.window, ...g.stride] as const;
    comparison.draw();
    comparison.numbers.fill(0.5, 3, 9); // equal ones
    comparison.expectSame('maxPool', [ROWS, ...shape, ...g.before, x, y, chosen]);
    const tolerance = { absolute: 5e-6 };
    comparison.expectSame(
      'maxPoolBackward',
      [ROWS, ...shape, ...g.before, dy, chosen, dx],
      tolerance,
    );
    comparison.expectSame('averagePool', [ROWS, ...shape, ...g.before, x, y], tolerance);
    comparison.expectSame('averagePoolBackward', [ROWS, ...shape, ...g.before, dy, dx], tolerance);
  });
});
