export {
  activate, activateBackward, parametricRelu, parametricReluBackward,
} from './activations';
export {
  addColumnSums, addRow, addScaled, approach, copy, copyRows, fill, multiplyElements,
} from './arrays';
export { sweepActions, sweepRows } from './bellman';
export { col2im, im2col } from './convolution';
export { duel, duelBackward } from './dueling';
export { perturb, perturbBackward } from './noise';
export {
  columnMoments, normalizeColumns, normalizeColumnsBackward, normalizeGroups,
  normalizeGroupsBackward,
} from './normalization';
export {
  addPenalties, clipValues, scaleBy, squaredNorm, stepAdadelta, stepAdagrad, stepAdam, stepRmsprop,
  stepSgd,
} from './optimizers';
export { averagePool, averagePoolBackward, maxPool, maxPoolBackward } from './pooling';
export {
  denseBackward, denseForward, multiply, multiplyByTransposed, multiplyTransposed, useWideTiles,
} from './products';
export { gruBackward, gruForward, lstmBackward, lstmForward } from './recurrent';
export { softmax, softmaxBackward } from './softmax';

/** Index of the first number that no kernel uses for itself. */
export function heapBegin(): i32 {
  return <i32>((__heap_base + 15) >> 4 << 2);
}
