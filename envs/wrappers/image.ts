import { checkInteger } from '../../core/check.ts';
import { areaSpans, linearSpans, roundToEven, type Spans } from './image-spans.ts';

/*
 * Operations on images in rows: `[height × width × channels]`, row-major, each number a whole one
 * from 0 to 255. What they write are such numbers too.
 */

/** A row of an image; also a state or an observation that holds one. */
export type ImageRow = Float64Array | Float32Array | Int32Array | Uint8Array;

/** How many numbers an image has. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  /** 1 for gray, 3 for red, green and blue. */
  readonly channels: number;
}

/**
 * Gray from red, green and blue as `GrayscaleObservation` has it: Y = 0.2125 R + 0.7154 G + 0.0721 B,
 * without its fraction.
 *
 * @param colors `[pixels × 3]`.
 * @param gray Receives `[pixels]`.
 *
 * Source: Gymnasium 1.4; the weights are those of ITU-R BT.709, rounded.
 */
export function grayscale(colors: ArrayLike<number>, gray: ImageRow): void {
  for (let i = 0, c = 0; i < gray.length; i++, c += 3) {
    gray[i] = Math.floor(0.2125 * colors[c] + 0.7154 * colors[c + 1] + 0.0721 * colors[c + 2]);
  }
}

/**
 * Gray from red, green and blue as an Atari screen has it: Y = 0.2989 R + 0.5870 G + 0.1140 B,
 * rounded.
 *
 * @param colors `[pixels × 3]`.
 * @param gray Receives `[pixels]`.
 *
 * Source: Bellemare, Naddaf, Veness & Bowling (2013), the Arcade Learning Environment's grayscale
 * screen; the weights are those of ITU-R BT.601.
 */
export function atariGrayscale(colors: ArrayLike<number>, gray: ImageRow): void {
  for (let i = 0, c = 0; i < gray.length; i++, c += 3) {
    const luma = 0.2989 * colors[c] + 0.587 * colors[c + 1] + 0.114 * colors[c + 2];
    gray[i] = Math.floor(luma + 0.5);
  }
}

/** Makes each number of `pooled` the greater of itself and the one in `image`. */
export function maxPool(pooled: ImageRow, image: ArrayLike<number>): void {
  for (let i = 0; i < pooled.length; i++) if (image[i] > pooled[i]) pooled[i] = image[i];
}

/**
 * Makes images of one size smaller or larger, by area.
 *
 * | sizes                          | a pixel of the result is                                 |
 * | ------------------------------ | -------------------------------------------------------- |
 * | smaller or equal, both ways    | the mean of the area that it stands for, rounded         |
 * | larger at least one way        | mostly one pixel, and a mix where two meet within it     |
 *
 * The bits are those of OpenCV for 8-bit images.
 *
 * Source: OpenCV 4.14 and 5.0, `resize` with `INTER_AREA`.
 */
export class AreaResizer {
  readonly #from: ImageShape;
  readonly #columns: Spans;
  readonly #rows: Spans;
  // OpenCV has a way of its own for blocks of four pixels; elsewhere halves go to the even number.
  readonly #halvesGoUp: boolean;
  readonly #mode: 'blocks' | 'area' | 'linear';
  readonly #line: Float32Array; // one row of the source, resized: [width × channels]
  readonly #sum: Float32Array; // what one row of the result has so far: [width × channels]

  /** @throws RangeError if a side is no positive integer. */
  constructor(from: ImageShape, to: { readonly height: number; readonly width: number }) {
    for (const side of ['height', 'width'] as const) {
      checkInteger(`AreaResizer: ${side}`, from[side], 1);
      checkInteger(`AreaResizer: new ${side}`, to[side], 1);
    }
    const smaller = to.height <= from.height && to.width <= from.width;
    const whole = from.height % to.height === 0 && from.width % to.width === 0;
    this.#mode = whole ? 'blocks' : smaller ? 'area' : 'linear';
    this.#halvesGoUp = [1, 3, 4].includes(from.channels);
    const spans = smaller ? areaSpans : linearSpans;
    this.#from = from;
    this.#columns = spans(from.width, to.width);
    this.#rows = spans(from.height, to.height);
    this.#line = new Float32Array(to.width * from.channels);
    this.#sum = new Float32Array(to.width * from.channels);
  }

  /**
   * Resizes an image.
   *
   * @param source `[height × width × channels]`.
   * @param target Receives the result, `[new height × new width × channels]`.
   */
  resize(source: ArrayLike<number>, target: ImageRow): void {
    switch (this.#mode) {
      case 'blocks':
        this.#meanOfBlocks(source, target);
        return;
      case 'area':
        this.#meanOfAreas(source, target);
        return;
      case 'linear':
        this.#mixOfNeighbors(source, target);
    }
  }

  /** Where an area is a whole number of pixels each way: their sum is exact. */
  #meanOfBlocks(source: ArrayLike<number>, target: ImageRow): void {
    const { height, width, channels } = this.#from;
    const newWidth = this.#columns.count;
    const blockHeight = height / this.#rows.count;
    const blockWidth = width / newWidth;
    const area = blockHeight * blockWidth;
    const share = Math.fround(1 / area);
    for (let i = 0; i < target.length; i++) {
      const channel = i % channels;
      const x = (((i - channel) / channels) % newWidth) * blockWidth;
      const y = Math.floor(i / (channels * newWidth)) * blockHeight;
      let sum = 0;
      for (let row = y; row < y + blockHeight; row++) {
        for (let column = x; column < x + blockWidth; column++) {
          sum += source[(row * width + column) * channels + channel];
        }
      }
      const quarters = area === 4 && blockWidth === 2 && this.#halvesGoUp;
      target[i] = quarters ? (sum + 2) >> 2 : roundToEven(Math.fround(sum * share));
    }
  }

  #meanOfAreas(source: ArrayLike<number>, target: ImageRow): void {
    const { from, weight, first, count } = this.#rows;
    const line = this.#line;
    const sum = this.#sum;
    for (let y = 0; y < count; y++) {
      sum.fill(0);
      for (let k = first[y]; k < first[y + 1]; k++) {
        this.#areaOfRow(source, from[k]);
        for (let i = 0; i < sum.length; i++) sum[i] += Math.fround(weight[k] * line[i]);
      }
      for (let i = 0; i < sum.length; i++) target[y * sum.length + i] = roundToEven(sum[i]);
    }
  }

  /** Adds up the columns of one row of the source, into the line. */
  #areaOfRow(source: ArrayLike<number>, row: number): void {
    const { width, channels } = this.#from;
    const { from, weight, first, count } = this.#columns;
    const line = this.#line;
    const start = row * width * channels;
    for (let x = 0; x < count; x++) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let k = first[x]; k < first[x + 1]; k++) {
          const part = Math.fround(source[start + from[k] * channels + channel] * weight[k]);
          sum = Math.fround(sum + part);
        }
        line[x * channels + channel] = sum;
      }
    }
  }

  /** In fixed point: weights are in 1/2048. */
  #mixOfNeighbors(source: ArrayLike<number>, target: ImageRow): void {
    const { from, weight, count } = this.#rows;
    const size = this.#line.length;
    for (let y = 0; y < count; y++) {
      const k = 2 * y;
      for (let i = 0; i < size; i++) {
        const upper = this.#mixOfColumns(source, from[k], i);
        const lower = this.#mixOfColumns(source, from[k + 1], i);
        const mixed = ((weight[k] * (upper >> 4)) >> 16) + ((weight[k + 1] * (lower >> 4)) >> 16);
        target[y * size + i] = (mixed + 2) >> 2;
      }
    }
  }

  /** Element `i` of a row of the source, resized along the row, in 1/2048. */
  #mixOfColumns(source: ArrayLike<number>, row: number, i: number): number {
    const { width, channels } = this.#from;
    const { from, weight } = this.#columns;
    const channel = i % channels;
    const k = (2 * (i - channel)) / channels;
    const start = row * width * channels + channel;
    return (
      source[start + from[k] * channels] * weight[k] +
      source[start + from[k + 1] * channels] * weight[k + 1]
    );
  }
}
