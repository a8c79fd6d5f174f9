import { sizeOf } from '../specification/shape.ts';
import type { LayerRun, Pass, Region, Wires, Workshop } from './run.ts';
import type { Slide } from './window.ts';

/** How much of a window is left. */
export type PoolMethod = 'max' | 'average';

/** Keeps one number of each window of each channel. */
export function runPool(
  method: PoolMethod,
  slide: Slide,
  wires: Wires,
  workshop: Workshop,
): LayerRun {
  return method === 'max'
    ? new MaxPoolRun(slide, wires, workshop)
    : new AveragePoolRun(slide, wires, workshop);
}

class MaxPoolRun implements LayerRun {
  readonly #slide: Slide;
  readonly #chosen: Region; // where in its window the largest stood
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  constructor(slide: Slide, wires: Wires, workshop: Workshop) {
    this.#slide = slide;
    this.#chosen = workshop.perRow(sizeOf([slide.outputHeight, slide.outputWidth, slide.channels]));
    this.#wires = wires;
    this.#workshop = workshop;
  }

  forward({ rows }: Pass): void {
    const slide = this.#slide;
    this.#workshop.kernels.maxPool(
      rows,
      slide.height,
      slide.width,
      slide.channels,
      slide.outputHeight,
      slide.outputWidth,
      slide.windowHeight,
      slide.windowWidth,
      slide.strideHeight,
      slide.strideWidth,
      slide.top,
      slide.left,
      this.#wires.input.offset,
      this.#wires.output.offset,
      this.#chosen.offset,
    );
  }

  backward({ rows }: Pass): void {
    const { inputGradient, outputGradient } = this.#wires;
    if (inputGradient === null) return;
    const slide = this.#slide;
    const { kernels } = this.#workshop;
    kernels.fill(inputGradient.offset, 0, rows * slide.height * slide.width * slide.channels);
    kernels.maxPoolBackward(
      rows,
      slide.height,
      slide.width,
      slide.channels,
      slide.outputHeight,
      slide.outputWidth,
      slide.windowHeight,
      slide.windowWidth,
      slide.strideHeight,
      slide.strideWidth,
      slide.top,
      slide.left,
      outputGradient.offset,
      this.#chosen.offset,
      inputGradient.offset,
    );
  }
}

class AveragePoolRun implements LayerRun {
  readonly #slide: Slide;
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  constructor(slide: Slide, wires: Wires, workshop: Workshop) {
    this.#slide = slide;
    this.#wires = wires;
    this.#workshop = workshop;
  }

  forward({ rows }: Pass): void {
    const slide = this.#slide;
    this.#workshop.kernels.averagePool(
      rows,
      slide.height,
      slide.width,
      slide.channels,
      slide.outputHeight,
      slide.outputWidth,
      slide.windowHeight,
      slide.windowWidth,
      slide.strideHeight,
      slide.strideWidth,
      slide.top,
      slide.left,
      this.#wires.input.offset,
      this.#wires.output.offset,
    );
  }

  backward({ rows }: Pass): void {
    const { inputGradient, outputGradient } = this.#wires;
    if (inputGradient === null) return;
    const slide = this.#slide;
    const { kernels } = this.#workshop;
    kernels.fill(inputGradient.offset, 0, rows * slide.height * slide.width * slide.channels);
    kernels.averagePoolBackward(
      rows,
      slide.height,
      slide.width,
      slide.channels,
      slide.outputHeight,
      slide.outputWidth,
      slide.windowHeight,
      slide.windowWidth,
      slide.strideHeight,
      slide.strideWidth,
      slide.top,
      slide.left,
      outputGradient.offset,
      inputGradient.offset,
    );
  }
}
