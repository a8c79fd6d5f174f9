import {
  checkSavedHeader,
  type SavedData,
  savedArray,
  savedCount,
  savedHeader,
  savedObject,
} from '../../core/saved.ts';
import type { Engine } from '../engine.ts';
import type { Numbers } from '../layers/run.ts';
import type { Network } from '../network.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import {
  type OptimizerSpecification,
  optimizerDefinition,
  resolveOptimizer,
} from '../optimizers/specification.ts';
import { difference } from './difference.ts';

/** An optimizer as saved data: specification, updates and state, in float32 as `saveNetwork` has it. */
export function saveOptimizer<N extends Numbers>(optimizer: Optimizer<N>): SavedData {
  return {
    ...savedHeader('optimizer', 1),
    specification: optimizer.specification as unknown as SavedData,
    updates: optimizer.updates,
    state: Float32Array.from(optimizer.state),
  };
}

/**
 * Puts into an optimizer what was saved of one with the same specification, by whatever engine. Its
 * learning rate and its clip, which are no part of what it remembers, may be others: they stay its own.
 *
 * @throws Error if it is no saved optimizer, of another specification otherwise, or of a network of
 *   another size, or cut short; then the optimizer is as it was.
 */
export function restoreOptimizer<N extends Numbers>(
  optimizer: Optimizer<N>,
  saved: SavedData,
): void {
  const where = 'restoreOptimizer';
  const { learningRate, clip } = optimizer.specification;
  const specification = { ...readSpecification(where, saved), learningRate, clip };
  const found = difference('specification', specification, optimizer.specification);
  if (found !== null) throw new Error(`${where}: the saved optimizer is another one, ${found}.`);
  const { state, updates } = readNumbers(where, saved, optimizer.state.length);
  optimizer.restore(state, updates);
}

/**
 * Makes the optimizer that was saved, beside a network of the size it had.
 *
 * @throws Error if it is no saved optimizer, or of a network of another size, or cut short;
 *   RangeError if its specification is none.
 */
export function loadOptimizer<N extends Numbers>(
  engine: Engine<N>,
  network: Network<N>,
  saved: SavedData,
): Optimizer<N> {
  const where = 'loadOptimizer';
  const specification = readSpecification(where, saved);
  const slots = optimizerDefinition(specification).slots(specification);
  const size = slots.length * network.plan.parameterCount;
  const { state, updates } = readNumbers(where, saved, size); // before there is an optimizer
  const optimizer = engine.optimize(network, specification);
  optimizer.restore(state, updates);
  return optimizer;
}

interface SavedNumbers {
  readonly updates: number;
  readonly state: Float32Array;
}

function readSpecification(where: string, saved: SavedData): OptimizerSpecification {
  checkSavedHeader(where, saved, 'optimizer', 1);
  const specification = savedObject(where, saved, 'specification');
  return resolveOptimizer(specification as unknown as OptimizerSpecification);
}

function readNumbers(where: string, saved: SavedData, length: number): SavedNumbers {
  return {
    updates: savedCount(where, saved, 'updates'),
    state: savedArray(where, saved, 'state', Float32Array, length),
  };
}
