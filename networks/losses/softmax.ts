import { exp, log } from '../../core/math.ts';
import type { Numbers } from '../layers/run.ts';

/** Whether output `i` of a row counts. */
export function isAllowed(mask: Uint8Array | null, i: number): boolean {
  return mask === null || mask[i] !== 0;
}

/**
 * ln Σ e^xᵢ over the allowed ones of `size` logits from `first`, however large they are.
 *
 * @throws RangeError if none is allowed.
 */
export function logSumExp(
  x: Numbers,
  first: number,
  size: number,
  mask: Uint8Array | null,
  row: number,
): number {
  let largest = -Infinity;
  let count = 0;
  for (let i = 0; i < size; i++) {
    if (!isAllowed(mask, row * size + i)) continue;
    count++;
    if (x[first + i] > largest) largest = x[first + i];
  }
  if (count === 0) throw new RangeError(`computeLoss: mask allows nothing in row ${row}.`);
  let sum = 0;
  for (let i = 0; i < size; i++) {
    if (isAllowed(mask, row * size + i)) sum += exp(x[first + i] - largest);
  }
  return largest + log(sum);
}

/** −Σ tᵢ ln softmax(x)ᵢ of one row, for a distribution t. As `RowLoss` has it. */
export function distributionCrossEntropy(
  outputs: Numbers,
  first: number,
  size: number,
  targets: ArrayLike<number>,
  row: number,
  scale: number,
  gradients: Numbers,
  mask: Uint8Array | null,
): number {
  const total = logSumExp(outputs, first, size, mask, row);
  let loss = 0;
  let mass = 0;
  for (let i = 0; i < size; i++) {
    const target = targets[row * size + i];
    if (target === 0) continue; // whatever its logit is
    if (!isAllowed(mask, row * size + i)) refuseTarget(row, i);
    loss += target * (total - outputs[first + i]);
    mass += target;
  }
  for (let i = 0; i < size; i++) {
    const counts = isAllowed(mask, row * size + i);
    const probability = counts ? exp(outputs[first + i] - total) : 0;
    gradients[first + i] = scale * (mass * probability - targets[row * size + i]);
  }
  return loss;
}

/** −ln softmax(x)ₖ of one row, for a class k. As `RowLoss` has it. */
export function classCrossEntropy(
  outputs: Numbers,
  first: number,
  size: number,
  targets: ArrayLike<number>,
  row: number,
  scale: number,
  gradients: Numbers,
  mask: Uint8Array | null,
): number {
  const target = targets[row];
  if (!(Number.isInteger(target) && target >= 0 && target < size)) {
    throw new RangeError(
      `computeLoss: targets[${row}] must be a class from 0 to ${size - 1}, got ${target}.`,
    );
  }
  if (!isAllowed(mask, row * size + target)) refuseTarget(row, target);
  const total = logSumExp(outputs, first, size, mask, row);
  for (let i = 0; i < size; i++) {
    const counts = isAllowed(mask, row * size + i);
    const probability = counts ? exp(outputs[first + i] - total) : 0;
    gradients[first + i] = scale * (i === target ? probability - 1 : probability);
  }
  return total - outputs[first + target];
}

function refuseTarget(row: number, i: number): never {
  throw new RangeError(`computeLoss: the target of row ${row} wants output ${i}, which is masked.`);
}
