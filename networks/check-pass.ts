import { checkInteger } from '../core/check.ts';
import type { Numbers, Pass } from './layers/run.ts';
import type { ForwardOptions } from './network.ts';
import type { NetworkPlan } from './plan.ts';

/**
 * Checks what a network is asked to go forward with.
 *
 * @param where Who is asked, for errors: `Network.forward`.
 * @throws RangeError if there are too few inputs or starts, or the steps or the state do not fit.
 */
export function checkPass<N extends Numbers>(
  where: string,
  { inputSize, stateSize }: NetworkPlan,
  inputs: N,
  rows: number,
  { steps = 1, starts, state, training = false }: ForwardOptions<N>,
): Pass {
  checkInteger(`${where}: rows`, rows, 1);
  if (inputs.length < rows * inputSize) {
    throw new RangeError(
      `${where}: inputs must hold ${rows} × ${inputSize} numbers, got ${inputs.length}.`,
    );
  }
  if (steps !== 1) checkInteger(`${where}: steps`, steps, 1);
  if (rows % steps !== 0) {
    throw new RangeError(
      `${where}: rows must be a multiple of steps, got ${rows} rows and ${steps} steps.`,
    );
  }
  if (starts !== undefined && starts.length < rows) {
    throw new RangeError(`${where}: starts must hold ${rows} numbers, got ${starts.length}.`);
  }
  const batch = rows / steps;
  if (state !== undefined && state.length !== batch * stateSize) {
    throw new RangeError(
      `${where}: state must have length ${batch} × ${stateSize}, got ${state.length}.`,
    );
  }
  return { rows, batch, steps, training, starts: starts ?? null };
}
