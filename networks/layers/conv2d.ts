import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { LayerPlan } from '../plan.ts';
import {
  AFFINE_DEFAULTS,
  type Affine,
  type AffineFields,
  type AffineOptions,
  planAffine,
  resolveAffine,
} from './affine.ts';
import { AffineLines, AffineRun } from './affine-run.ts';
import type { LayerDefinition } from './definition.ts';
import type { LayerRun, Pass, Region, Wires, Workshop } from './run.ts';
import {
  checkPadding,
  type Padding,
  type Pair,
  planSlide,
  resolvePair,
  type Slide,
  slideOver,
  type Window,
} from './window.ts';

/**
 * A two-dimensional convolution: every place of an image `[height, width, channels]` sees its
 * neighborhood, everywhere with the same weights. The output is `[height′, width′, filters]`.
 *
 * With `same` padding height′ = ⌈height / stride⌉, and zeros stand around the image, one more below
 * and on the right where they are odd, as TensorFlow has it. With `valid` padding the kernel stays
 * inside.
 */
export interface Conv2d extends Affine {
  readonly kind: 'conv2d';
  readonly filters: number;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
}

/** What a user may say of a convolution beside its filters and its kernel. */
export interface Conv2dOptions extends AffineOptions {
  /** Pixels from one place of the kernel to the next. Default 1. */
  readonly stride?: number | Pair;
  /** Pixels from one weight of the kernel to the next. Default 1. */
  readonly dilation?: number | Pair;
  /** Default `valid`. */
  readonly padding?: Padding;
}

/**
 * A convolution: weights `[kernel height × kernel width × channels × filters]`, then biases
 * `[filters]`.
 *
 * @param kernel Height and width; a number alone for a square.
 * @throws RangeError if a number is no positive integer or an option is unknown.
 */
export function conv2d(
  filters: number,
  kernel: number | Pair,
  options: Conv2dOptions = {},
): Conv2d {
  return conv2dDefinition.resolve('conv2d', { ...options, filters, kernel });
}

interface Fields extends AffineFields {
  readonly filters?: number;
  readonly kernel?: number | Pair;
  readonly stride?: number | Pair;
  readonly dilation?: number | Pair;
  readonly padding?: Padding;
}

const DEFAULTS: Required<Fields> = {
  filters: 0,
  kernel: 0,
  stride: 1,
  dilation: 1,
  padding: 'valid',
  ...AFFINE_DEFAULTS,
};

/** What the library knows of two-dimensional convolutions. */
export const conv2dDefinition: LayerDefinition<Conv2d> = {
  kind: 'conv2d',

  resolve(where, options) {
    const given: Fields = options;
    const resolved = resolveOptions(where, DEFAULTS, given);
    const { filters, kernel, stride, dilation, padding, ...affine } = resolved;
    checkInteger(`${where}: filters`, filters, 1);
    checkPadding(`${where}: padding`, padding);
    return {
      kind: 'conv2d',
      filters,
      kernel: resolvePair(`${where}: kernel`, kernel),
      stride: resolvePair(`${where}: stride`, stride),
      dilation: resolvePair(`${where}: dilation`, dilation),
      padding,
      ...resolveAffine(where, affine),
    };
  },

  plan(layer, input, planner) {
    const { filters, kernel } = layer;
    const { channels, outputHeight, outputWidth } = planSlide(input, windowOf(layer), planner);
    const area = kernel[0] * kernel[1];
    planAffine(layer, [...kernel, channels, filters], area * filters, planner);
    const output = [outputHeight, outputWidth, filters];
    return { output, multiplyAdds: outputHeight * outputWidth * area * channels * filters };
  },

  build(plan, wires, workshop) {
    const slide = slideOver(plan.input, windowOf(plan.layer));
    const places = slide.outputHeight * slide.outputWidth;
    if (isTiled(slide)) return new AffineRun(plan, places, wires, workshop);
    return new Conv2dRun(plan, slide, wires, workshop);
  },
};

function windowOf({ kernel, stride, dilation, padding }: Conv2d): Window {
  return { size: kernel, stride, dilation, padding };
}

/**
 * Whether the patches that the kernel sees stand one after the other in the image as it is: for a
 * kernel of 1 × 1 at every place, for one as large as the image, and the like.
 */
function isTiled(slide: Slide): boolean {
  const { height, width, outputHeight, outputWidth, windowHeight, windowWidth } = slide;
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = slide;
  const isCovered =
    isCut(height, outputHeight, windowHeight, strideHeight, dilationHeight) &&
    isCut(width, outputWidth, windowWidth, strideWidth, dilationWidth);
  return isCovered && (windowHeight === 1 || outputWidth === 1);
}

/** Whether the places of a window cut an axis into pieces, without a gap and without an overlap. */
function isCut(
  length: number,
  places: number,
  size: number,
  stride: number,
  dilation: number,
): boolean {
  const isDense = size === 1 || dilation === 1;
  return isDense && places * size === length && (places === 1 || stride === size);
}

/** Numbers of patches at once: 256 KiB of float32, which a processor's second cache holds. */
const MOST_COLUMNS = 65_536;

/** Patches are laid out so many at a time, or a multiple: a product works on several lines at once. */
const CHUNK = 8;

/** Lays patches out as lines of a matrix, a chunk at a time, and multiplies that by the weights. */
class Conv2dRun implements LayerRun {
  readonly #affine: AffineLines;
  readonly #slide: Slide;
  readonly #places: number;
  readonly #imageSize: number;
  readonly #columns: Region;
  readonly #chunk: number; // patches at once, whatever the batch: it decides the order of sums
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  constructor(plan: LayerPlan<Conv2d>, slide: Slide, wires: Wires, workshop: Workshop) {
    this.#slide = slide;
    this.#places = slide.outputHeight * slide.outputWidth;
    this.#imageSize = slide.height * slide.width * slide.channels;
    this.#affine = new AffineLines(plan, this.#places, wires, workshop);
    const patch = this.#affine.inputs;
    this.#chunk = CHUNK * Math.max(1, Math.floor(MOST_COLUMNS / (CHUNK * patch)));
    this.#columns = workshop.scratch(this.#places * patch, this.#chunk * patch);
    this.#wires = wires;
    this.#workshop = workshop;
  }

  forward({ rows }: Pass): void {
    const patches = rows * this.#places;
    for (let first = 0; first < patches; first += this.#chunk) {
      const count = Math.min(this.#chunk, patches - first);
      this.#layOut(first, count);
      this.#affine.forward(first, count, this.#columns.offset);
    }
    this.#affine.end.finish(rows);
  }

  backward({ rows, inputsOnly }: Pass): void {
    const { inputGradient } = this.#wires;
    const columns = this.#columns.offset;
    const patches = rows * this.#places;
    this.#affine.end.backward(rows);
    if (inputGradient !== null) {
      this.#workshop.kernels.fill(inputGradient.offset, 0, rows * this.#imageSize);
    }
    for (let first = 0; first < patches; first += this.#chunk) {
      const count = Math.min(this.#chunk, patches - first);
      this.#layOut(first, count);
      // ∂loss/∂columns takes the place of the columns.
      const dx = inputGradient === null ? -1 : columns;
      this.#affine.backward(first, count, columns, dx, inputsOnly);
      if (inputGradient !== null) this.#gather(first, count, inputGradient.offset);
    }
  }

  #layOut(first: number, count: number): void {
    const slide = this.#slide;
    this.#workshop.kernels.im2col(
      first,
      count,
      slide.height,
      slide.width,
      slide.channels,
      slide.outputHeight,
      slide.outputWidth,
      slide.windowHeight,
      slide.windowWidth,
      slide.strideHeight,
      slide.strideWidth,
      slide.dilationHeight,
      slide.dilationWidth,
      slide.top,
      slide.left,
      this.#wires.input.offset,
      this.#columns.offset,
    );
  }

  #gather(first: number, count: number, dx: number): void {
    const slide = this.#slide;
    this.#workshop.kernels.col2im(
      first,
      count,
      slide.height,
      slide.width,
      slide.channels,
      slide.outputHeight,
      slide.outputWidth,
      slide.windowHeight,
      slide.windowWidth,
      slide.strideHeight,
      slide.strideWidth,
      slide.dilationHeight,
      slide.dilationWidth,
      slide.top,
      slide.left,
      this.#columns.offset,
      dx,
    );
  }
}
