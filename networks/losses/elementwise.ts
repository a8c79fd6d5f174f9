import type { RowLoss } from './definition.ts';

/** One number of an output y and its target t. */
export type Elementwise<L> = (loss: L, output: number, target: number) => number;

/** A loss that is a sum over outputs with a target each. @param slope ∂f/∂y. */
export function elementwise<L>(f: Elementwise<L>, slope: Elementwise<L>): RowLoss<L> {
  return (loss, outputs, first, size, targets, row, scale, gradients) => {
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const output = outputs[first + i];
      const target = targets[row * size + i];
      sum += f(loss, output, target);
      gradients[first + i] = scale * slope(loss, output, target);
    }
    return sum;
  };
}

/** What losses have that see each output beside a target of its own. */
export const ONE_TARGET_EACH: {
  readonly isMaskable: false;
  readonly choiceSize: () => number;
  readonly targetSize: (loss: unknown, outputs: number) => number;
} = {
  isMaskable: false,
  choiceSize: () => 1,
  targetSize: (_, outputs) => outputs,
};
