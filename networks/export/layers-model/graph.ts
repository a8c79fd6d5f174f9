import type { LayerPlan, ParameterEntry, StatisticEntry } from '../../plan.ts';
import { dottedName, type TrainedNetwork, valuesOf } from '../trained-network.ts';
import type { KerasLayer, WeightPlace } from './files.ts';

/** The name of the model's input. */
export const INPUT = 'observations';

/** A weight of a Keras layer, by Keras's name. */
export interface KerasWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What a layer does in a model: takes the name of the layer before it, gives that of the last. */
export type Translate = (plan: LayerPlan, input: string, graph: LayersGraph) => string;

// What works at each step of a sequence by itself, whatever axes stand before the last.
const PER_NUMBER = ['Activation', 'Add', 'Concatenate', 'Dense', 'Dropout', 'LeakyReLU', 'Softmax'];
const OVER_TIME = ['LSTM', 'SimpleRNN'];

/**
 * A LayersModel while it grows. Layers are named after the plan's: `layers.0`, and
 * `layers.0.activation` for a further one that the same layer needs.
 */
export class LayersGraph {
  readonly layers: KerasLayer[] = [];
  readonly places: WeightPlace[] = [];
  readonly values: Float32Array[] = [];

  readonly #network: TrainedNetwork;
  readonly #translate: Translate;
  #plan: LayerPlan | null = null; // being translated

  constructor(network: TrainedNetwork, translate: Translate) {
    this.#network = network;
    this.#translate = translate;
  }

  /** Layers one after the other. */
  stack(plans: readonly LayerPlan[], input: string): string {
    return plans.reduce((value, plan) => {
      const outer = this.#plan;
      this.#plan = plan;
      const output = this.#translate(plan, value, this);
      this.#plan = outer;
      return output;
    }, input);
  }

  /** Where the model begins: rows, or sequences of them where there is time. */
  input(shape: readonly (number | null)[]): void {
    const config = { batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false };
    this.#push('InputLayer', INPUT, config, []);
  }

  /**
   * A Keras layer of the plan's layer.
   *
   * @param part What it does for that layer, where that needs several: `activation`.
   */
  add(
    className: string,
    config: Readonly<Record<string, unknown>>,
    inputs: readonly string[],
    { part, weights = [] }: { part?: string; weights?: readonly KerasWeight[] } = {},
  ): string {
    const name = dottedName(this.#plan?.name ?? '') + (part === undefined ? '' : `.${part}`);
    for (const weight of weights) {
      this.places.push({ name: `${name}/${weight.name}`, shape: weight.shape, dtype: 'float32' });
      this.values.push(weight.values);
    }
    if (!this.#isTimed(className)) return this.#push(className, name, config, inputs);
    const layer = { class_name: className, config: { ...config, name: `${name}.step` } };
    return this.#push('TimeDistributed', name, { layer }, inputs);
  }

  /** The end of a head: a layer of its name that changes nothing. */
  output(head: string, value: string): void {
    this.#push('Activation', head, { activation: 'linear' }, [value]);
  }

  parameter(name: string, { shape, ...place }: ParameterEntry): KerasWeight {
    return { name, shape, values: valuesOf(this.#network.parameters, place) };
  }

  statistic(name: string, { shape, ...place }: StatisticEntry): KerasWeight {
    return { name, shape, values: valuesOf(this.#network.statistics, place) };
  }

  /** @throws Error that names the layer: tf.layers lacks something. */
  refuse(reason: string): never {
    const { name, layer } = this.#plan as LayerPlan;
    throw new Error(
      `toLayersModel: ${name} (${layer.kind}) cannot be a layer of TensorFlow.js: ${reason}. ONNX can hold it.`,
    );
  }

  #isTimed(className: string): boolean {
    if (this.#network.plan.stateSize === 0) return false;
    return !PER_NUMBER.includes(className) && !OVER_TIME.includes(className);
  }

  #push(
    className: string,
    name: string,
    config: Readonly<Record<string, unknown>>,
    inputs: readonly string[],
  ): string {
    this.layers.push({
      class_name: className,
      name,
      config: { name, ...config },
      inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}] as const)],
    });
    return name;
  }
}
