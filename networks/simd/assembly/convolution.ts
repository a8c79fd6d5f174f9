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

/** One patch, of which something may be outside: there it is 0. */
function copyPatch(
  height: i32,
  width: i32,
  channels: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  dilationHeight: i32,
  dilationWidth: i32,
  line: i32,
  column: i32,
  image: usize,
  target: usize,
): void {
  const lineSize = at(width * channels);
  const pixelSize = at(channels);
  const run = kernelWidth * channels;
  const begin = firstInside(column, dilationWidth, kernelWidth);
  const end = endInside(column, dilationWidth, kernelWidth, width, begin);
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
      clearRun(target, run);
    }
    target += at(run);
    line += dilationHeight;
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
  const run = kernelWidth * channels;
  const reachHeight = (kernelHeight - 1) * dilationHeight;
  const reachWidth = (kernelWidth - 1) * dilationWidth;
  let target = at(columns);
  for (let patch = 0; patch < count; patch++) {
    const column = j * strideWidth - left;
    const line = i * strideHeight - top;
    const isWhole =
      dilationWidth == 1 && line >= 0 && line + reachHeight < height && column >= 0 &&
      column + reachWidth < width;
    if (isWhole) {
      let corner = image + <usize>line * lineSize + at(column * channels);
      for (let k = 0; k < kernelHeight; k++) {
        copyRun(corner, target, run);
        corner += <usize>dilationHeight * lineSize;
        target += at(run);
      }
    } else {
      copyPatch(
        height, width, channels, kernelHeight, kernelWidth, dilationHeight, dilationWidth,
        line, column, image, target,
      );
      target += at(kernelHeight * run);
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

/** One patch, of which something may be outside. */
function addPatch(
  height: i32,
  width: i32,
  channels: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  dilationHeight: i32,
  dilationWidth: i32,
  line: i32,
  column: i32,
  image: usize,
  source: usize,
): void {
  const lineSize = at(width * channels);
  const pixelSize = at(channels);
  const run = kernelWidth * channels;
  const begin = firstInside(column, dilationWidth, kernelWidth);
  const end = endInside(column, dilationWidth, kernelWidth, width, begin);
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
    source += at(run);
    line += dilationHeight;
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
  const run = kernelWidth * channels;
  const reachHeight = (kernelHeight - 1) * dilationHeight;
  const reachWidth = (kernelWidth - 1) * dilationWidth;
  let source = at(columns);
  for (let patch = 0; patch < count; patch++) {
    const column = j * strideWidth - left;
    const line = i * strideHeight - top;
    const isWhole =
      dilationWidth == 1 && line >= 0 && line + reachHeight < height && column >= 0 &&
      column + reachWidth < width;
    if (isWhole) {
      let corner = image + <usize>line * lineSize + at(column * channels);
      for (let k = 0; k < kernelHeight; k++) {
        addRun(source, corner, run);
        corner += <usize>dilationHeight * lineSize;
        source += at(run);
      }
    } else {
      addPatch(
        height, width, channels, kernelHeight, kernelWidth, dilationHeight, dilationWidth,
        line, column, image, source,
      );
      source += at(kernelHeight * run);
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
