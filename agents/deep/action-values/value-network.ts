import { dense } from '../../../networks/layers/dense.ts';
import { dueling } from '../../../networks/layers/dueling.ts';
import { noisyDense } from '../../../networks/layers/noisy-dense.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import { planNetwork } from '../../../networks/plan.ts';
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

/** What the end of such a network is like. */
export type ValueHeadOptions = Omit<ValueNetworkOptions, 'input' | 'layers'>;

/**
 * The network of a deep Q-learner: `layers`, then a head `values` with `size` outputs for each action.
 *
 * With noise, the dense layers of the body become noisy ones too (`noisyLayers`), as in Fortunato et al.
 * (2018), section 4; convolutions stay as they are. When it duels, a dense layer at the end of the body
 * stands in each of the two ways (`endInValues`).
 *
 * @throws RangeError if layers must be noisy and a dense one has no bias, or a layer is unknown or does not
 *   fit.
 *
 * Source: Wang et al. (2016), "Dueling network architectures for deep reinforcement learning",
 * equation 9; each output by itself where an action has several, as in Hessel et al. (2018), "Rainbow:
 * combining improvements in deep reinforcement learning".
 */
export function valueNetwork(options: ValueNetworkOptions): NetworkSpecification {
  const { input, layers, noisy } = options;
  const given = noisy ? noisyLayers('layers', layers) : layers;
  planNetwork(network({ input, layers: given })); // errors name a layer by its place among these
  const { body, head } = endInValues(given, options);
  return network({ input, layers: body, heads: { values: [head] } });
}

/**
 * Layers that end in action values, and the last of them by itself.
 *
 * When it duels, a dense layer at their end is the first of both ways, one for values of states and one
 * for advantages of actions: in each with weights of its own, as in Wang et al. (2016), section 4.2.
 *
 * @param layers Noisy already where they are to be.
 */
export function endInValues(
  layers: readonly Layer[],
  { numActions, size, dueling: isDueling, noisy }: ValueHeadOptions,
): { body: readonly Layer[]; head: Layer } {
  const last = (units: number): Layer =>
    noisy ? noisyDense(units) : dense(units, { initializer: 'fan-in-uniform' });
  if (!isDueling) return { body: layers, head: last(numActions * size) };
  const isLastDense = ['dense', 'noisy-dense'].includes(layers.at(-1)?.kind ?? '');
  const end = layers.length - (isLastDense ? 1 : 0);
  const own = layers.slice(end);
  const ways = { value: [...own, last(size)], advantage: [...own, last(numActions * size)] };
  return { body: layers.slice(0, end), head: dueling(ways) };
}
