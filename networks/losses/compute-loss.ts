import { checkInteger, checkLength } from '../../core/check.ts';
import type { Numbers } from '../layers/run.ts';
import type { AnyLoss, LossDefinition } from './definition.ts';
import { type LossSpecification, lossDefinitionOf } from './registry.ts';

/** Which outputs a loss is of, and what each row counts. */
export interface LossOptions {
  /** Which numbers of each row of outputs, as a `HeadPlan` says it. Default all of them. */
  readonly head?: { readonly offset: number; readonly size: number };
  /**
   * Which output of each row has the targets, `[rows]`: an action, whose value, atoms or quantiles they
   * are; the others' gradients are 0. Default all outputs.
   */
  readonly choices?: ArrayLike<number>;
  /** 0 for outputs that do not count, `[rows × head size]`; for the cross-entropy. Default none. */
  readonly mask?: Uint8Array;
  /** By which each row's loss is multiplied, `[rows]`: importance, or an advantage. Default 1. */
  readonly weights?: ArrayLike<number>;
  /**
   * Written, `[rows]`, for replay priorities: |y − t|, summed over a row's outputs, of the squared, the
   * absolute and Huber's loss; for the others the row's loss. Without its weight.
   */
  readonly errors?: Numbers;
}

const NO_OPTIONS: LossOptions = {};

/**
 * The mean over rows of a loss, where a row's loss is the sum over its outputs; and its gradient.
 *
 *     const outputs = network.forward(inputs, 32);
 *     const loss = computeLoss(huberLoss(), 32, outputs, targets, gradients, { choices: actions });
 *     network.backward(gradients);
 *
 * | kind            | outputs of a row        | targets of a row                     |
 * | --------------- | ----------------------- | ------------------------------------ |
 * | `squared`, `absolute`, `huber` | any      | as many                              |
 * | `hinge`         | any                     | as many, −1 or 1                     |
 * | `bernoulli`     | any, logits             | as many, from 0 to 1                 |
 * | `cross-entropy` | any, logits             | one class, or as many probabilities  |
 * | `gaussian`      | means, log-variances    | half as many                         |
 * | `categorical`   | logits of the atoms     | as many probabilities                |
 * | `quantile`      | quantiles               | as many samples                      |
 * | `implicit-quantile` | quantiles           | where each is, then samples          |
 *
 * Nothing is allocated.
 *
 * @param outputs `[rows × outputSize]`.
 * @param targets `[rows × what the loss takes]`.
 * @param outputGradients Written where the head is, as long as `outputs`: ∂loss/∂outputs.
 * @throws RangeError if an array's length, a choice or a class does not fit.
 */
export function computeLoss<N extends Numbers>(
  loss: LossSpecification,
  rows: number,
  outputs: N,
  targets: ArrayLike<number>,
  outputGradients: N,
  options: LossOptions = NO_OPTIONS,
): number {
  const definition = lossDefinitionOf(loss);
  checkLoss(loss, rows, outputs.length, targets, options);
  checkLength('computeLoss: outputGradients', outputGradients, outputs.length);
  const stride = outputs.length / rows;
  const { head, choices, mask = null, weights, errors } = options;
  const start = head === undefined ? 0 : head.offset;
  const headSize = head === undefined ? stride : head.size;
  const size = choices === undefined ? headSize : definition.choiceSize(loss);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    let first = row * stride + start;
    if (choices !== undefined) {
      outputGradients.fill(0, first, first + headSize);
      first += choices[row] * size;
    }
    const weight = weights === undefined ? 1 : weights[row];
    const scale = weight / rows;
    const { row: f } = definition;
    const lost = f(loss, outputs, first, size, targets, row, scale, outputGradients, mask);
    sum += weight * lost;
    if (errors === undefined) continue;
    errors[row] =
      definition.error === 'loss' ? lost : distance(outputs, first, targets, row * size, size);
  }
  return sum / rows;
}

/**
 * Checks what `computeLoss` is given, but for the values of targets.
 *
 * @param length Of the outputs.
 * @throws RangeError if an array's length or a choice does not fit.
 */
export function checkLoss(
  loss: LossSpecification,
  rows: number,
  length: number,
  targets: ArrayLike<number>,
  options: LossOptions,
): void {
  const definition = lossDefinitionOf(loss);
  checkInteger('computeLoss: rows', rows, 1);
  const stride = length / rows;
  const { head, choices } = options;
  const start = head === undefined ? 0 : head.offset;
  const headSize = head === undefined ? stride : head.size;
  const size = choices === undefined ? headSize : definition.choiceSize(loss);
  const targetSize = definition.targetSize(loss, size);
  if (!(stride >= start + headSize && Number.isInteger(stride))) refuseOutputs(rows, length);
  if (!(targetSize >= 1 && headSize % size === 0)) refuseSize(loss, headSize, choices);
  checkLength('computeLoss: targets', targets, rows * targetSize);
  checkOptions(definition, options, rows, headSize);
  if (choices === undefined) return;
  for (let row = 0; row < rows; row++) checkChoice(row, choices[row], headSize / size);
}

/** Σ |y − t|. */
function distance(
  outputs: Numbers,
  first: number,
  targets: ArrayLike<number>,
  firstTarget: number,
  size: number,
): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += Math.abs(outputs[first + i] - targets[firstTarget + i]);
  return sum;
}

function checkOptions(
  { kind, isMaskable }: LossDefinition<AnyLoss>,
  { choices, mask, weights, errors }: LossOptions,
  rows: number,
  headSize: number,
): void {
  if (choices !== undefined) checkLength('computeLoss: choices', choices, rows);
  if (weights !== undefined) checkLength('computeLoss: weights', weights, rows);
  if (errors !== undefined) checkLength('computeLoss: errors', errors, rows);
  if (mask === undefined) return;
  if (!isMaskable) throw new RangeError(`computeLoss: a ${kind} loss takes no mask.`);
  checkLength('computeLoss: mask', mask, rows * headSize);
}

function checkChoice(row: number, choice: number, count: number): void {
  if (choice >= 0 && choice < count && Number.isInteger(choice)) return;
  throw new RangeError(
    `computeLoss: choices[${row}] must be an integer from 0 to ${count - 1}, got ${choice}.`,
  );
}

function refuseOutputs(rows: number, length: number): never {
  throw new RangeError(
    `computeLoss: outputs must be ${rows} rows that the head is in, got ${length} numbers.`,
  );
}

function refuseSize(loss: AnyLoss, size: number, choices: unknown): never {
  const what = choices === undefined ? `${size} outputs a row` : `choices among ${size} outputs`;
  throw new RangeError(`computeLoss: the ${loss.kind} loss cannot be of ${what}.`);
}
