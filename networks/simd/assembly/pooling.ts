// What is left of each window, four channels at a time.

import { at, storeFirst } from './lanes';
import { endInside, firstInside } from './windows';

export function maxPool(
  rows: i32,
  height: i32,
  width: i32,
  channels: i32,
  outputHeight: i32,
  outputWidth: i32,
  windowHeight: i32,
  windowWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
  x: i32,
  y: i32,
  chosen: i32,
): void {
  const pixelSize = at(channels);
  const lineSize = at(width * channels);
  let image = at(x);
  let target = at(y);
  let place = at(chosen);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < outputHeight; i++) {
      const line = i * strideHeight - top;
      const firstLine = firstInside(line, 1, windowHeight);
      const endLine = endInside(line, 1, windowHeight, height, firstLine);
      for (let j = 0; j < outputWidth; j++) {
        const column = j * strideWidth - left;
        const firstColumn = firstInside(column, 1, windowWidth);
        const endColumn = endInside(column, 1, windowWidth, width, firstColumn);
        const corner = image + <usize>(line + firstLine) * lineSize;
        for (let c = 0; c < channels; c += 4) {
          let source = corner + at((column + firstColumn) * channels + c);
          let best = v128.load(source);
          let bestTap = f32x4.splat(<f32>(firstLine * windowWidth + firstColumn));
          for (let k = firstLine; k < endLine; k++) {
            let pixel = source;
            for (let l = firstColumn; l < endColumn; l++) {
              const value = v128.load(pixel);
              const isLarger = f32x4.gt(value, best);
              best = v128.bitselect(value, best, isLarger);
              const tap = f32x4.splat(<f32>(k * windowWidth + l));
              bestTap = v128.bitselect(tap, bestTap, isLarger);
              pixel += pixelSize;
            }
            source += lineSize;
          }
          storeFirst(target + at(c), best, channels - c);
          storeFirst(place + at(c), bestTap, channels - c);
        }
        target += pixelSize;
        place += pixelSize;
      }
    }
    image += <usize>height * lineSize;
  }
}

export function maxPoolBackward(
  rows: i32,
  height: i32,
  width: i32,
  channels: i32,
  outputHeight: i32,
  outputWidth: i32,
  windowHeight: i32,
  windowWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
  dy: i32,
  chosen: i32,
  dx: i32,
): void {
  const pixelSize = at(channels);
  const lineSize = at(width * channels);
  let image = at(dx);
  let source = at(dy);
  let place = at(chosen);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < outputHeight; i++) {
      const line = i * strideHeight - top;
      const firstLine = firstInside(line, 1, windowHeight);
      const endLine = endInside(line, 1, windowHeight, height, firstLine);
      for (let j = 0; j < outputWidth; j++) {
        const column = j * strideWidth - left;
        const firstColumn = firstInside(column, 1, windowWidth);
        const endColumn = endInside(column, 1, windowWidth, width, firstColumn);
        const corner = image + <usize>(line + firstLine) * lineSize;
        for (let c = 0; c < channels; c += 4) {
          const gradient = v128.load(source + at(c));
          const bestTap = v128.load(place + at(c));
          let target = corner + at((column + firstColumn) * channels + c);
          for (let k = firstLine; k < endLine; k++) {
            let pixel = target;
            for (let l = firstColumn; l < endColumn; l++) {
              const tap = f32x4.splat(<f32>(k * windowWidth + l));
              const part = v128.and(gradient, f32x4.eq(tap, bestTap));
              storeFirst(pixel, f32x4.add(v128.load(pixel), part), channels - c);
              pixel += pixelSize;
            }
            target += lineSize;
          }
        }
        source += pixelSize;
        place += pixelSize;
      }
    }
    image += <usize>height * lineSize;
  }
}

export function averagePool(
  rows: i32,
  height: i32,
  width: i32,
  channels: i32,
  outputHeight: i32,
  outputWidth: i32,
  windowHeight: i32,
  windowWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
  x: i32,
  y: i32,
): void {
  const pixelSize = at(channels);
  const lineSize = at(width * channels);
  let image = at(x);
  let target = at(y);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < outputHeight; i++) {
      const line = i * strideHeight - top;
      const firstLine = firstInside(line, 1, windowHeight);
      const endLine = endInside(line, 1, windowHeight, height, firstLine);
      for (let j = 0; j < outputWidth; j++) {
        const column = j * strideWidth - left;
        const firstColumn = firstInside(column, 1, windowWidth);
        const endColumn = endInside(column, 1, windowWidth, width, firstColumn);
        const inside = f32x4.splat(<f32>((endLine - firstLine) * (endColumn - firstColumn)));
        const corner = image + <usize>(line + firstLine) * lineSize;
        for (let c = 0; c < channels; c += 4) {
          let source = corner + at((column + firstColumn) * channels + c);
          let sum = f32x4.splat(0);
          for (let k = firstLine; k < endLine; k++) {
            let pixel = source;
            for (let l = firstColumn; l < endColumn; l++) {
              sum = f32x4.add(sum, v128.load(pixel));
              pixel += pixelSize;
            }
            source += lineSize;
          }
          storeFirst(target + at(c), f32x4.div(sum, inside), channels - c);
        }
        target += pixelSize;
      }
    }
    image += <usize>height * lineSize;
  }
}

export function averagePoolBackward(
  rows: i32,
  height: i32,
  width: i32,
  channels: i32,
  outputHeight: i32,
  outputWidth: i32,
  windowHeight: i32,
  windowWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
  dy: i32,
  dx: i32,
): void {
  const pixelSize = at(channels);
  const lineSize = at(width * channels);
  let image = at(dx);
  let source = at(dy);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < outputHeight; i++) {
      const line = i * strideHeight - top;
      const firstLine = firstInside(line, 1, windowHeight);
      const endLine = endInside(line, 1, windowHeight, height, firstLine);
      for (let j = 0; j < outputWidth; j++) {
        const column = j * strideWidth - left;
        const firstColumn = firstInside(column, 1, windowWidth);
        const endColumn = endInside(column, 1, windowWidth, width, firstColumn);
        const inside = f32x4.splat(<f32>((endLine - firstLine) * (endColumn - firstColumn)));
        const corner = image + <usize>(line + firstLine) * lineSize;
        for (let c = 0; c < channels; c += 4) {
          const part = f32x4.div(v128.load(source + at(c)), inside);
          let target = corner + at((column + firstColumn) * channels + c);
          for (let k = firstLine; k < endLine; k++) {
            let pixel = target;
            for (let l = firstColumn; l < endColumn; l++) {
              storeFirst(pixel, f32x4.add(v128.load(pixel), part), channels - c);
              pixel += pixelSize;
            }
            target += lineSize;
          }
        }
        source += pixelSize;
      }
    }
    image += <usize>height * lineSize;
  }
}
