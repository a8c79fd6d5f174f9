import type { Slide } from '../layers/window.ts';

/**
 * Visits the pixels that one window sees, line by line, but for those outside of the image.
 *
 * @param place Of the window, counted over all rows of the batch.
 * @param visit Gets the place in the window, and the index of the pixel's first channel in the batch.
 */
export function forEachTap(
  slide: Slide,
  place: number,
  visit: (tap: number, pixel: number) => void,
): void {
  const { height, width, channels, outputHeight, outputWidth } = slide;
  const row = Math.floor(place / (outputHeight * outputWidth));
  const i = Math.floor(place / outputWidth) % outputHeight;
  const j = place % outputWidth;
  for (let k = 0; k < slide.windowHeight; k++) {
    const line = i * slide.strideHeight - slide.top + k * slide.dilationHeight;
    if (line < 0 || line >= height) continue;
    for (let l = 0; l < slide.windowWidth; l++) {
      const column = j * slide.strideWidth - slide.left + l * slide.dilationWidth;
      if (column < 0 || column >= width) continue;
      visit(k * slide.windowWidth + l, ((row * height + line) * width + column) * channels);
    }
  }
}
