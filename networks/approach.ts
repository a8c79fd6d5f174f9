import { checkLength } from '../core/check.ts';
import type { Numbers } from './layers/run.ts';
import type { Network } from './network.ts';

/**
 * `Network.approach`, for networks that may be of different engines.
 *
 * @throws RangeError if they have different numbers of parameters or statistics.
 */
export function approachNetwork<N extends Numbers>(
  target: Network<N>,
  network: Network<N>,
  stepSize: number,
): void {
  checkAlike(target, network);
  approachNumbers(target.parameters, network.parameters, stepSize);
  approachNumbers(target.statistics, network.statistics, stepSize);
}

/** @throws RangeError if they have different numbers of parameters or statistics. */
export function checkAlike<N extends Numbers>(target: Network<N>, network: Network<N>): void {
  const where = 'Network.approach';
  checkLength(`${where}: parameters`, network.parameters, target.plan.parameterCount);
  checkLength(`${where}: statistics`, network.statistics, target.plan.statisticCount);
}

function approachNumbers(to: Numbers, from: Numbers, stepSize: number): void {
  if (stepSize === 1) {
    to.set(from);
    return;
  }
  for (let i = 0; i < to.length; i++) to[i] += stepSize * (from[i] - to[i]);
}
