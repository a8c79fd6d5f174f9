import type { Engine } from '../../networks/engine.ts';
import type { Network } from '../../networks/network.ts';
import type { ParameterEntry } from '../../networks/plan.ts';
import {
  type NetworkSpecification,
  network,
} from '../../networks/specification/network-specification.ts';
import { readGolden } from './golden.ts';
import { relativeError } from './relative-error.ts';

type Named = Readonly<Record<string, readonly number[]>>;

/** What PyTorch made of a network: see bench/peers/make_torch_golden.py. */
export interface TorchCase {
  readonly name: string;
  readonly specification: NetworkSpecification;
  readonly rows: number;
  readonly steps: number;
  readonly training: boolean;
  readonly parameters: Named;
  readonly statistics: Named;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly outputGradients: readonly number[];
  readonly inputGradients: readonly number[];
  readonly gradients: Named;
}

/** Every network that was recorded. */
export const TORCH_CASES: readonly TorchCase[] = readGolden<{ cases: TorchCase[] }>(
  'torch-layers.json.gz',
).cases;

/** How far an engine is from PyTorch, relative to the largest number of each array. */
export interface TorchErrors {
  readonly outputs: number;
  readonly inputGradients: number;
  readonly gradients: number;
  readonly statistics: number;
}

/**
 * Runs a recorded network forward and backward.
 *
 * @param numbers Makes an array of the engine's kind.
 * @throws Error if the names of parameters or statistics are not those of the record.
 */
export function compareWithTorch<N extends Float32Array | Float64Array>(
  engine: Engine<N>,
  numbers: (values: readonly number[]) => N,
  recorded: TorchCase,
): TorchErrors {
  const { rows, steps, training } = recorded;
  const net = engine.create(network(recorded.specification), { inputGradients: true });
  const { parameters: entries, statistics: statisticEntries } = net.plan;
  write(net.parameters, entries, recorded.parameters);
  const outputs = net.forward(numbers(recorded.inputs), rows, { steps, training }).slice();
  net.backward(numbers(recorded.outputGradients));
  const errors = {
    outputs: relativeError(outputs, recorded.outputs),
    inputGradients: relativeError(net.inputGradients, recorded.inputGradients),
    gradients: worst(net, 'gradients', entries, recorded.gradients),
    statistics: worst(net, 'statistics', statisticEntries, recorded.statistics),
  };
  net.dispose();
  return errors;
}

type Place = Pick<ParameterEntry, 'name' | 'offset' | 'size'>;

function write(into: Float32Array | Float64Array, entries: readonly Place[], values: Named): void {
  const names = entries.map(({ name }) => name).sort();
  if (names.join() !== Object.keys(values).sort().join()) {
    throw new Error(`Expected parameters ${Object.keys(values).sort()}, got ${names}.`);
  }
  for (const { name, offset, size } of entries) {
    if (values[name].length !== size) throw new Error(`${name} has ${size} numbers.`);
    into.set(values[name], offset);
  }
}

function worst<N extends Float32Array | Float64Array>(
  net: Network<N>,
  what: 'gradients' | 'statistics',
  entries: readonly Place[],
  expected: Named,
): number {
  const scale = Math.max(...Object.values(expected).flat().map(Math.abs), 1e-300);
  const errors = entries.map(({ name, offset, size }) => {
    const got = net[what].subarray(offset, offset + size);
    const most = Math.max(...expected[name].map(Math.abs));
    return (relativeError(got, expected[name]) * (most === 0 ? 1 : most)) / scale;
  });
  return Math.max(0, ...errors);
}
