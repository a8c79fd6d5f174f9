import { checkInteger } from '../core/check.ts';
import type { Numbers, Pass } from './layers/run.ts';
import type { ForwardOptions } from './network.ts';
import type { NetworkPlan } from './plan.ts';

/** What one call is about, in an object that the next call fills anew. */
export type WritablePass = { -readonly [K in keyof Pass]: Pass[K] };

/**
 * Checks what a network is asked to go forward with.
 *
 * @param where Who is asked, for errors: `Network.forward`.
 * @param pass Written last of all, and returned. Default a new one.
 * @throws RangeError if there are too few inputs or starts, or the steps or the state do not fit.
 */
export function checkPass<N extends Numbers>(
  where: string,
  { inputSize, stateSize }: NetworkPlan,
  inputs: N,
  rows: number,
  { steps = 1, starts, state, training = false }: ForwardOptions<N>,
  pass: WritablePass = createPass(),
): Pass {
  // Texts of errors are put together where there is one: this runs in every update.
  if (!isCount(rows)) checkInteger(`${where}: rows`, rows, 1);
  if (inputs.length < rows * inputSize) {
    throw new RangeError(
      `${where}: inputs must hold ${rows} × ${inputSize} numbers, got ${inputs.length}.`,
    );
  }
  if (!isCount(steps)) checkInteger(`${where}: steps`, steps, 1);
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
  pass.rows = rows;
  pass.batch = batch;
  pass.steps = steps;
  pass.training = training;
  pass.starts = starts ?? null;
  pass.inputsOnly = false;
  return pass;
}

/** A pass of no rows. */
export function createPass(): WritablePass {
  return { rows: 0, batch: 0, steps: 1, training: false, starts: null, inputsOnly: false };
}

function isCount(n: number): boolean {
  return Number.isInteger(n) && n >= 1;
}
