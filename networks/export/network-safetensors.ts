import { show } from '../../core/check.ts';
import { type NetworkPlan, planNetwork } from '../plan.ts';
import { network } from '../specification/network-specification.ts';
import { decodeSafetensors, type SafetensorsContents } from './read-safetensors.ts';
import { encodeSafetensors } from './safetensors.ts';
import { checkTrained, dottedName, type TrainedNetwork, valuesOf } from './trained-network.ts';

const SPECIFICATION = 'specification';

/**
 * A network as a safetensors file: a tensor for each parameter and statistic, named as PyTorch
 * would (`layers.0.weights`, `heads.policy.0.bias`), in the plan's order and with the plan's shapes;
 * the metadata `specification` is the network's specification as JSON.
 *
 * @returns the file's bytes.
 * @throws RangeError if there are not as many numbers as the plan has places.
 */
export function toSafetensors(trained: TrainedNetwork): Uint8Array {
  checkTrained('toSafetensors', trained);
  const { plan } = trained;
  const tensors = sections(trained).flatMap(({ entries, numbers }) =>
    entries.map((entry) => ({
      name: dottedName(entry.name),
      shape: entry.shape,
      values: valuesOf(numbers, entry),
    })),
  );
  return encodeSafetensors(tensors, { [SPECIFICATION]: JSON.stringify(plan.specification) });
}

/**
 * A network from a file that `toSafetensors` made. The file is not trusted.
 *
 * @returns the plan, and fresh arrays: copy them into the `parameters` and `statistics` of a network
 *   that an engine makes of `plan.specification`.
 * @throws Error if the file is damaged or of another kind, its specification makes no sense, or its
 *   tensors are not those of the specification.
 */
export function fromSafetensors(bytes: Uint8Array): TrainedNetwork {
  const contents = decodeSafetensors(bytes);
  const plan = readPlan(contents);
  checkTensors(plan, contents);
  const trained = {
    plan,
    parameters: new Float32Array(plan.parameterCount),
    statistics: new Float32Array(plan.statisticCount),
  };
  for (const { entries, numbers } of sections(trained)) {
    for (const { name, offset } of entries) {
      const tensor = contents.tensors.get(dottedName(name));
      if (tensor !== undefined) numbers.set(tensor.values, offset);
    }
  }
  return trained;
}

function sections({ plan, parameters, statistics }: TrainedNetwork) {
  return [
    { entries: plan.parameters, numbers: parameters },
    { entries: plan.statistics, numbers: statistics },
  ];
}

function readPlan({ metadata }: SafetensorsContents): NetworkPlan {
  const text = Object.hasOwn(metadata, SPECIFICATION) ? metadata[SPECIFICATION] : undefined;
  if (text === undefined) {
    throw new Error(
      'fromSafetensors: the metadata must have the entry "specification". Another program has written this file.',
    );
  }
  try {
    return planNetwork(network(JSON.parse(text)));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`fromSafetensors: the specification must be a network: ${why}`, { cause });
  }
}

/** @throws Error unless there is just what the plan wants. */
function checkTensors(plan: NetworkPlan, { tensors }: SafetensorsContents): void {
  const wanted = [...plan.parameters, ...plan.statistics];
  for (const { name, shape } of wanted) {
    const found = tensors.get(dottedName(name))?.shape;
    if (found !== undefined && String(found) === String(shape)) continue;
    const got = found === undefined ? 'no such tensor' : `shape [${found}]`;
    throw new Error(
      `fromSafetensors: ${show(dottedName(name))} must have shape [${shape}], got ${got}.`,
    );
  }
  const names = new Set(wanted.map(({ name }) => dottedName(name)));
  const extra = [...tensors.keys()].find((name) => !names.has(name));
  if (extra !== undefined) {
    throw new Error(`fromSafetensors: the specification has no ${show(extra)}, the file has.`);
  }
}
