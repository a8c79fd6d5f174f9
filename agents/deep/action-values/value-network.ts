import { dense } from '../../../networks/layers/dense.ts';
import { dueling } from '../../../networks/layers/dueling.ts';
import { noisyDense } from '../../../networks/layers/noisy-dense.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import {
  type NetworkSpecification,
  network,
} from '../../../networks/specification/network-specification.ts';
import type { Shape } from '../../../networks/specification/shape.ts';
import { noisyLayers } from './noisy-layers.ts';

/** What a network of action values is like. */
export interface ValueNetworkOptions {
  /** Of an input. */
  readonly input: Shape;
  readonly layers: readonly Layer[];
  readonly numActions: number;
  /** Outputs for each action. */
  readonly size: number;
  /** Whether values of states and advantages of actions are told apart. */
  readonly dueling: boolean;
  /** Whether dense layers draw their weights, which then explore. */
  readonly noisy: boolean;
}

/**
 * The network of a deep Q-learner: `layers`, then a head `values` with `size` outputs for each action.
 *
 * With noise, the dense layers of the body become noisy ones too (`noisyLayers`), as in Fortunato et al.
 * (2018), section 4; convolutions stay as they are.
 *
 * @throws RangeError if layers must be noisy and a dense one has no bias, or a layer is unknown.
 *
 * Source: Wang et al. (2016), "Dueling network architectures for deep reinforcement learning",
 * equation 9; each output by itself where an action has several, as in Hessel et al. (2018), "Rainbow:
 * combining improvements in deep reinforcement learning".
 */
export function valueNetwork(options: ValueNetworkOptions): NetworkSpecification {
  const { input, layers, noisy } = options;
  return network({
    input,
    layers: noisy ? noisyLayers('layers', layers) : layers,
    heads: { values: [valueHead(options)] },
  });
}

/** The last layer of a network of action values. */
export function valueHead({
  numActions,
  size,
  dueling: isDueling,
  noisy,
}: Omit<ValueNetworkOptions, 'input' | 'layers'>): Layer {
  const last = (units: number): Layer =>
    noisy ? noisyDense(units) : dense(units, { initializer: 'fan-in-uniform' });
  if (!isDueling) return last(numActions * size);
  return dueling({ value: [last(size)], advantage: [last(numActions * size)] });
}
