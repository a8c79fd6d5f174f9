import { checkLength } from '../../core/check.ts';
import type { NetworkPlan } from '../plan.ts';

/** What exports read: a network in its shapes, and its numbers. Any float32 `Network` is one. */
export interface TrainedNetwork {
  readonly plan: NetworkPlan;
  /** `[parameterCount]`, as `plan.parameters` says. */
  readonly parameters: Float32Array;
  /** `[statisticCount]`, as `plan.statistics` says. */
  readonly statistics: Float32Array;
}

/** A parameter or a statistic in its place. */
export interface Entry {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

/** @throws RangeError unless there are as many numbers as the plan has places. */
export function checkTrained(name: string, network: TrainedNetwork): void {
  const { plan, parameters, statistics } = network;
  checkLength(`${name}: parameters`, parameters, plan.parameterCount);
  checkLength(`${name}: statistics`, statistics, plan.statisticCount);
}

/**
 * A layer's or parameter's name without brackets, as PyTorch writes it: `layers[0].weights` becomes
 * `layers.0.weights`. Different names stay different.
 */
export function dottedName(name: string): string {
  return name.replaceAll(/\[(\d+)\]/g, '.$1');
}

/** The numbers of one entry. */
export function valuesOf(numbers: Float32Array, { offset, size }: Entry): Float32Array {
  return numbers.subarray(offset, offset + size);
}
