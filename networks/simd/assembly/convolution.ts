// Patches of images, and back. Pixels of a patch's line are neighbors in the image too unless they are
// dilated: then they are copied in one run.

import { at, storeFirst } from './lanes';
import { endInside, firstInside } from './windows';

/** Copies n numbers; at least one. */
@inline
function copyRun(source: usize, target: usize, n: i32): void {
  let left = n;
  for (; left >= 4; left -= 4) {
    v128.store(target, v128.load(source));
    source += 16;
    target += 16;
  }
  if (left > 0) storeFirst(target, v128.load(source), left);
}

/** Adds n numbers; at least one. */
@inline
function addRun(source: usize, target: usize, n: i32): void {
  for (let left = n; left > 0; left -= 4) {
    storeFirst(target, f32x4.add(v128.load(target), v128.load(source)), left);
    source += 16;
    target += 16;
  }
}

/** n zeros; there may be none. */
@inline
function clearRun(target: usize, n: i32): void {
  for (let left = n; left > 0; left -= 4) {
    storeFirst(target, f32x4.splat(0), left);
    target += 16;
  }
}

export function im2col(
  first: i32,
  count: i32,
  height: i32,
  width: i32,
  channels: i32,
  outputHeight: i32,
  outputWidth: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  dilationHeight: i32,
  dilationWidth: i32,
  top: i32,
  left: i32,
  x: i32,
  columns: i32,
): void {
  let j = first % outputWidth;
  let i = (first / outputWidth) % outputHeight;
  let image = at(x + (first / (outputWidth * outputHeight)) * height * width * channels);
  const lineSize = at(width * channels);
  const pixelSize = at(channels);
  let target = at(columns);
  for (let patch = 0; patch < count; patch++) {
    const column = j * strideWidth - left;
    const begin = firstInside(column, dilationWidth, kernelWidth);
    const end = endInside(column, dilationWidth, kernelWidth, width, begin);
    let line = i * strideHeight - top;
    for (let k = 0; k < kernelHeight; k++) {
      const isInside = <u32>line < <u32>height && end > begin;
      if (isInside) {
        if (begin > 0) clearRun(target, begin * channels);
        let from = image + <usize>line * lineSize + at((column + begin * dilationWidth) * channels);
        let to = target + <usize>begin * pixelSize;
        if (dilationWidth == 1) {
          copyRun(from, to, (end - begin) * channels);
        } else {
          for (let l = begin; l < end; l++) {
            copyRun(from, to, channels);
            from += <usize>dilationWidth * pixelSize;
            to += pixelSize;
          }
        }
        if (end < kernelWidth) {
          clearRun(target + <usize>end * pixelSize, (kernelWidth - end) * channels);
        }
      } else {
        clearRun(target, kernelWidth * channels);
      }
      target += <usize>kernelWidth * pixelSize;
      line += dilationHeight;
    }
    if (++j == outputWidth) {
      j = 0;
      if (++i == outputHeight) {
        i = 0;
        image += <usize>height * lineSize;
      }
    }
  }
}

export function col2im(
  first: i32,
  count: i32,
  height: i32,
  width: i32,
  channels: i32,
  outputHeight: i32,
  outputWidth: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  dilationHeight: i32,
  dilationWidth: i32,
  top: i32,
  left: i32,
  columns: i32,
  dx: i32,
): void {
  let j = first % outputWidth;
  let i = (first / outputWidth) % outputHeight;
  let image = at(dx + (first / (outputWidth * outputHeight)) * height * width * channels);
  const lineSize = at(width * channels);
  const pixelSize = at(channels);
  let source = at(columns);
  for (let patch = 0; patch < count; patch++) {
    const column = j * strideWidth - left;
    const begin = firstInside(column, dilationWidth, kernelWidth);
    const end = endInside(column, dilationWidth, kernelWidth, width, begin);
    let line = i * strideHeight - top;
    for (let k = 0; k < kernelHeight; k++) {
      if (<u32>line < <u32>height && end > begin) {
        let from = source + <usize>begin * pixelSize;
        let to = image + <usize>line * lineSize + at((column + begin * dilationWidth) * channels);
        if (dilationWidth == 1) {
          addRun(from, to, (end - begin) * channels);
        } else {
          for (let l = begin; l < end; l++) {
            addRun(from, to, channels);
            from += pixelSize;
            to += <usize>dilationWidth * pixelSize;
          }
        }
      }
      source += <usize>kernelWidth * pixelSize;
      line += dilationHeight;
    }
    if (++j == outputWidth) {
      j = 0;
      if (++i == outputHeight) {
        i = 0;
        image += <usize>height * lineSize;
      }
    }
  }
}
