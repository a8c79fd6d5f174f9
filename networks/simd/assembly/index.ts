export { activate, activateBackward } from './activations';
export {
  addColumnSums, addRow, addScaled, copy, copyRows, fill, multiplyElements,
} from './arrays';
export {
  denseBackward, denseForward, multiply, multiplyByTransposed, multiplyTransposed,
} from './products';

/** Index of the first number that no kernel uses for itself. */
export function heapBegin(): i32 {
  return <i32>((__heap_base + 15) >> 4 << 2);
}
