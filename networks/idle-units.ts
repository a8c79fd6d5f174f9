import type { LayerOutput, Network } from './network.ts';
import type { Activation } from './specification/activation.ts';

/** How many units of a network a batch leaves idle, so that they pass on no gradient, or hardly any. */
export interface IdleUnits {
  /** Units of layers that end in `relu`. */
  relu: number;
  /** Those that are 0 in every row. */
  dead: number;
  /** Units of layers that end in `tanh` or `sigmoid`. */
  bounded: number;
  /** Those that are at most 0.01 (`tanh`) or 0.005 (`sigmoid`) away from a bound in every row. */
  saturated: number;
}

/**
 * Counts the idle units in the last `forward`.
 *
 * A unit is one number of the last axis of what a layer gives: a filter of a convolution is idle where it
 * is so at every place. Nothing is counted where an engine does not keep what layers give.
 *
 * @throws Error if there was no `forward` before.
 *
 * Source: Lu et al. (2020), "Dying ReLU and initialization: theory and numerical examples"; for agents
 * Sokar et al. (2023), "The dormant neuron phenomenon in deep reinforcement learning".
 */
export function countIdleUnits<N extends Float32Array | Float64Array>(
  network: Pick<Network<N>, 'layerOutputs'>,
): IdleUnits {
  const counts: IdleUnits = { relu: 0, dead: 0, bounded: 0, saturated: 0 };
  for (const output of network.layerOutputs?.() ?? []) {
    const { layer } = output.plan;
    const { activation } = layer as { readonly activation?: Activation };
    const bounds = activation === undefined ? undefined : BOUNDS[activation];
    if (bounds === undefined) continue;
    const [units, idle] = count(output, bounds);
    if (activation === 'relu') {
      counts.relu += units;
      counts.dead += idle;
    } else {
      counts.bounded += units;
      counts.saturated += idle;
    }
  }
  return counts;
}

/** Numbers are idle at most `distance` away from one of these. */
interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly distance: number;
}

const BOUNDS: Partial<Record<Activation, Bounds>> = {
  relu: { low: 0, high: Infinity, distance: 0 },
  tanh: { low: -1, high: 1, distance: 0.01 },
  sigmoid: { low: 0, high: 1, distance: 0.005 },
};

/** @returns how many units there are, and how many of them are idle. */
function count<N extends Float32Array | Float64Array>(
  { plan, values }: LayerOutput<N>,
  { low, high, distance }: Bounds,
): [units: number, idle: number] {
  const units = plan.output[plan.output.length - 1];
  let idle = 0;
  for (let unit = 0; unit < units; unit++) {
    let i = unit;
    while (i < values.length && (values[i] - low <= distance || high - values[i] <= distance)) {
      i += units;
    }
    if (i >= values.length) idle++;
  }
  return [units, idle];
}
