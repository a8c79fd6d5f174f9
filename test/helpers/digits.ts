import { readGolden } from './golden.ts';

/** Handwritten digits of 8 × 8 pixels. */
export interface Digits {
  /** `[count × 64]`, 0 … 1. */
  readonly images: Float32Array;
  /** 0 … 9. */
  readonly labels: Int32Array;
  readonly count: number;
}

const PIXELS = 64;

/** Scikit-learn's digits from number `from` to before `to`: see bench/peers/make_digits.py. */
export function readDigits(from: number, to: number): Digits {
  const { images, labels } = readGolden<{ images: string[]; labels: string }>('digits.json.gz');
  const chosen = images.slice(from, to);
  const pixels = chosen.flatMap((image) => [...image].map((letter) => Number.parseInt(letter, 17)));
  return {
    images: Float32Array.from(pixels, (pixel) => pixel / 16),
    labels: Int32Array.from(labels.slice(from, to), Number),
    count: pixels.length / PIXELS,
  };
}
