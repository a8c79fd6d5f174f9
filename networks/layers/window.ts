import { checkInteger, checkOneOf, show } from '../../core/check.ts';
import { type Shape, showShape } from '../specification/shape.ts';
import type { Planner } from './definition.ts';

/** Height and width. */
export type Pair = readonly [number, number];

/** What a window does at the edge: stays inside, or hangs over so that each place gets its turn. */
export type Padding = 'valid' | 'same';

const PADDINGS: readonly Padding[] = ['valid', 'same'];

/** A window that moves over an image, as data. */
export interface Window {
  readonly size: Pair;
  readonly stride: Pair;
  /** From one pixel it sees to the next: 1 for neighbors. */
  readonly dilation: Pair;
  readonly padding: Padding;
}

/**
 * A pair of positive integers, where one alone stands for both.
 *
 * @param name Whose they are, for errors.
 * @throws RangeError if they are anything else.
 */
export function resolvePair(name: string, value: number | Pair): Pair {
  if (typeof value === 'number') {
    checkInteger(name, value, 1);
    return [value, value];
  }
  if (!Array.isArray(value) || value.length !== 2) {
    throw new RangeError(
      `${name} must be a number, or a pair of height and width, got ${show(value)}.`,
    );
  }
  checkInteger(`${name}[0]`, value[0], 1);
  checkInteger(`${name}[1]`, value[1], 1);
  return [value[0], value[1]];
}

/** @throws RangeError unless it is one of the two. */
export function checkPadding(name: string, padding: Padding): void {
  checkOneOf(name, padding, PADDINGS);
}

/** A window on its way over an image of some size. */
export interface Slide {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly outputHeight: number;
  readonly outputWidth: number;
  readonly windowHeight: number;
  readonly windowWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  /** Lines by which the first window hangs over the upper edge. */
  readonly top: number;
  /** Columns by which it hangs over the left edge. */
  readonly left: number;
}

/** The way of a window over images of shape `[height, width, channels]`. */
export function slideOver(input: Shape, { size, stride, dilation, padding }: Window): Slide {
  const [height, width, channels] = input;
  const vertical = axis(height, size[0], stride[0], dilation[0], padding);
  const horizontal = axis(width, size[1], stride[1], dilation[1], padding);
  return {
    height,
    width,
    channels,
    outputHeight: vertical.outputs,
    outputWidth: horizontal.outputs,
    windowHeight: size[0],
    windowWidth: size[1],
    strideHeight: stride[0],
    strideWidth: stride[1],
    dilationHeight: dilation[0],
    dilationWidth: dilation[1],
    top: vertical.before,
    left: horizontal.before,
  };
}

/** The same while planning. @throws RangeError that names the layer, if the window does not fit. */
export function planSlide(input: Shape, window: Window, planner: Planner): Slide {
  if (input.length !== 3) {
    planner.refuse(`takes images of height × width × channels, not shape ${showShape(input)}.`);
  }
  const slide = slideOver(input, window);
  if (slide.outputHeight < 1 || slide.outputWidth < 1) {
    const { size, dilation } = window;
    const covers = showShape([span(size[0], dilation[0]), span(size[1], dilation[1])]);
    planner.refuse(
      `has a window of ${covers}, more than an input of shape ${showShape(input)}. Take padding: 'same', or a smaller one.`,
    );
  }
  return slide;
}

/** Places of a window along one axis, and how far the first hangs over. */
function axis(length: number, size: number, stride: number, dilation: number, padding: Padding) {
  const covered = span(size, dilation);
  if (padding === 'valid') {
    return { outputs: Math.floor((length - covered) / stride) + 1, before: 0 };
  }
  // As TensorFlow has it: what is odd hangs over at the end.
  const outputs = Math.ceil(length / stride);
  const total = Math.max((outputs - 1) * stride + covered - length, 0);
  return { outputs, before: Math.floor(total / 2) };
}

/** Pixels from the first to the last that a window sees. */
function span(size: number, dilation: number): number {
  return (size - 1) * dilation + 1;
}
