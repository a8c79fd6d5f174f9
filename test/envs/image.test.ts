import { describe, expect, test } from 'vitest';
import { AreaResizer, atariGrayscale, grayscale, maxPool } from '../../envs/wrappers/image.ts';
import { digestOf, recordedImages, recordedInput } from '../helpers/images.ts';

const { resizes, grays } = recordedImages();

function resized(
  from: readonly [number, number, number],
  to: readonly [number, number],
  source: ArrayLike<number>,
): Uint8Array {
  const [height, width, channels] = from;
  const target = new Uint8Array(to[0] * to[1] * channels);
  new AreaResizer({ height, width, channels }, { height: to[0], width: to[1] }).resize(
    source,
    target,
  );
  return target;
}

describe('resizing by area', () => {
  test.each(resizes.map((resize) => [`${resize.from} to ${resize.to}`, resize] as const))(
    'gives the bytes of OpenCV from %s',
    (_, { seed, from, to, first, crc32 }) => {
      const target = resized(from, to, recordedInput(seed, from[0] * from[1] * from[2]));
      expect([...target.slice(0, 8)]).toEqual(first);
      expect(digestOf(target)).toBe(crc32);
    },
  );

  test('takes the mean of whole blocks, halves up for four pixels and to even for others', () => {
    expect([...resized([2, 2, 1], [1, 1], [1, 2, 3, 4])]).toEqual([3]); // 2.5
    expect([...resized([1, 2, 1], [1, 1], [2, 3])]).toEqual([2]); // 2.5
    expect([...resized([1, 2, 1], [1, 1], [3, 4])]).toEqual([4]); // 3.5
  });

  test('weighs a pixel that lies in two areas by its share of each', () => {
    // 0 | 90 | 240 into two: (0 + 90/2) / 1.5 and (90/2 + 240) / 1.5.
    expect([...resized([1, 3, 1], [1, 2], [0, 90, 240])]).toEqual([30, 190]);
  });

  test('writes real numbers into rows of observations, the same ones', () => {
    const source = recordedInput(1, 30 * 20 * 3);
    const row = new Float32Array(7 * 9 * 3);
    new AreaResizer({ height: 30, width: 20, channels: 3 }, { height: 7, width: 9 }).resize(
      Float32Array.from(source),
      row,
    );
    expect(Array.from(row)).toEqual(Array.from(resized([30, 20, 3], [7, 9], source)));
  });

  test('says what is wrong with a size', () => {
    const shape = { height: 2, width: 2, channels: 1 };
    expect(() => new AreaResizer(shape, { height: 0, width: 2 })).toThrow(
      'AreaResizer: new height must be an integer of at least 1, got 0.',
    );
  });
});

describe('gray', () => {
  test.each(grays)('has the bytes of GrayscaleObservation for image $seed', (gray) => {
    const pixels = gray.shape[0] * gray.shape[1];
    const target = new Uint8Array(pixels);
    grayscale(recordedInput(gray.seed, 3 * pixels), target);
    expect([...target.slice(0, 8)]).toEqual(gray.first);
    expect(digestOf(target)).toBe(gray.crc32);
  });

  test('of an Atari screen is rounded luma', () => {
    const target = new Uint8Array(3);
    // 0.2989 · 200 + 0.587 · 72 + 0.114 · 72 = 110.252; 0.114 · 22 = 2.508; 255 · 0.9999 = 254.97
    atariGrayscale([200, 72, 72, 0, 0, 22, 255, 255, 255], target);
    expect([...target]).toEqual([110, 3, 255]);
  });

  test('of GrayscaleObservation has no fraction', () => {
    const target = new Uint8Array(2);
    grayscale([0, 0, 255, 255, 255, 255], target); // 18.39 and 255
    expect([...target]).toEqual([18, 255]);
  });
});

test('pooling keeps the greater of each number', () => {
  const pooled = Uint8Array.of(1, 200, 7);
  maxPool(pooled, [9, 100, 7]);
  expect([...pooled]).toEqual([9, 200, 7]);
});
