import {
  checkSavedHeader,
  type SavedData,
  savedArray,
  savedHeader,
  savedObject,
} from '../../core/saved.ts';
import type { CreateOptions, Engine } from '../engine.ts';
import type { Numbers } from '../layers/run.ts';
import type { Network } from '../network.ts';
import { type NetworkPlan, planNetwork } from '../plan.ts';
import {
  type NetworkOptions,
  type NetworkSpecification,
  network as resolveNetwork,
} from '../specification/network-specification.ts';
import { difference } from './difference.ts';

/**
 * A network as saved data: specification, parameters, statistics, and the state of its generator.
 *
 * Numbers are saved as float32, so any engine can go on from it. What recurrent layers carry and what
 * gradients have been summed up is not part of it: those belong to whoever uses the network.
 */
export function saveNetwork<N extends Numbers>(network: Network<N>): SavedData {
  return {
    ...savedHeader('network', 1),
    specification: network.specification as unknown as SavedData,
    parameters: Float32Array.from(network.parameters),
    statistics: Float32Array.from(network.statistics),
    rng: network.rng.snapshot(),
  };
}

/**
 * Puts into a network what was saved of one with the same specification, by whatever engine.
 *
 * @throws Error if it is no saved network, of another specification, or cut short; then the network
 *   is as it was.
 */
export function restoreNetwork<N extends Numbers>(network: Network<N>, saved: SavedData): void {
  const where = 'restoreNetwork';
  const specification = readSpecification(where, saved);
  const found = difference('specification', specification, network.specification);
  if (found !== null) throw new Error(`${where}: the saved network is another one, ${found}.`);
  putNumbers(network, readNumbers(where, saved, network.plan));
}

/**
 * Makes the network that was saved.
 *
 * @throws Error if it is no saved network, or cut short; RangeError if its specification is none.
 */
export function loadNetwork<N extends Numbers>(
  engine: Engine<N>,
  saved: SavedData,
  options: Omit<CreateOptions, 'seed'> = {},
): Network<N> {
  const where = 'loadNetwork';
  const specification = readSpecification(where, saved);
  const numbers = readNumbers(where, saved, planNetwork(specification)); // before there is a network
  const network = engine.create(specification, options);
  try {
    putNumbers(network, numbers);
  } catch (error) {
    network.dispose();
    throw error;
  }
  return network;
}

/**
 * What was saved, without an engine: for exports.
 *
 * @returns the network in its shapes, and its own arrays.
 * @throws Error if it is no saved network, or cut short; RangeError if its specification is none.
 */
export function readSavedNetwork(saved: SavedData): {
  readonly plan: NetworkPlan;
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
} {
  const where = 'readSavedNetwork';
  const plan = planNetwork(readSpecification(where, saved));
  const { parameters, statistics } = readNumbers(where, saved, plan);
  return { plan, parameters, statistics };
}

interface SavedNumbers {
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
  readonly rng: SavedData;
}

function readSpecification(where: string, saved: SavedData): NetworkSpecification {
  checkSavedHeader(where, saved, 'network', 1);
  const specification = savedObject(where, saved, 'specification');
  return resolveNetwork(specification as unknown as NetworkOptions);
}

function readNumbers(where: string, saved: SavedData, plan: NetworkPlan): SavedNumbers {
  const read = (key: string, length: number) => savedArray(where, saved, key, Float32Array, length);
  return {
    parameters: read('parameters', plan.parameterCount),
    statistics: read('statistics', plan.statisticCount),
    rng: savedObject(where, saved, 'rng'),
  };
}

function putNumbers<N extends Numbers>(
  network: Network<N>,
  { parameters, statistics, rng }: SavedNumbers,
): void {
  network.rng.restore(rng); // the only one that can still fail
  network.parameters.set(parameters);
  network.statistics.set(statistics);
}
