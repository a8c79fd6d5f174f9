import type { LayerPlan, ParameterEntry, StateEntry, StatisticEntry } from '../../plan.ts';
import { dottedName, type TrainedNetwork, valuesOf } from '../trained-network.ts';
import type { OnnxAttribute, OnnxNode, OnnxTensor } from './model.ts';

/** The name of the graph's input. */
export const INPUT = 'observations';
/** Of what recurrent layers carry, before. */
export const STATE = 'state';
/** And after. */
export const NEXT_STATE = 'next_state';

/** What a layer does in a graph: takes the name of its input's value, gives that of its output. */
export type Translate = (plan: LayerPlan, input: string, graph: OnnxGraph) => string;

/**
 * A graph while it grows. Values are `[rows, …shape]`, as the plan has them, and are named after
 * the layer that makes them.
 */
export class OnnxGraph {
  readonly nodes: OnnxNode[] = [];
  readonly tensors: OnnxTensor[] = [];

  readonly #network: TrainedNetwork;
  readonly #translate: Translate;
  readonly #names = new Map<string, number>(); // how often each was asked for
  readonly #constants = new Map<string, string>(); // their names by content
  readonly #channelsFirst = new Map<string, string>(); // the same values before a transposition
  readonly #states = new Map<StateEntry, string>(); // what the layers leave
  #scope = '';

  constructor(network: TrainedNetwork, translate: Translate) {
    this.#network = network;
    this.#translate = translate;
  }

  /** Layers one after the other. */
  stack(plans: readonly LayerPlan[], input: string): string {
    return plans.reduce((value, plan) => this.#layer(plan, value), input);
  }

  /** An operation with one output. */
  add(
    operator: string,
    inputs: readonly string[],
    attributes: OnnxNode['attributes'] = {},
  ): string {
    return this.addSeveral(operator, inputs, attributes, 1)[0];
  }

  /** An operation with `count` outputs. */
  addSeveral(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>>,
    count: number,
  ): string[] {
    const name = this.#unique(`${this.#scope}/${operator}`);
    const outputs = Array.from({ length: count }, (_, i) => (i === 0 ? name : `${name}:${i}`));
    this.nodes.push({ name, operator, inputs, outputs, attributes });
    return outputs;
  }

  /** Gives a value another name. */
  rename(value: string, name: string): void {
    this.nodes.push({
      name: `${name}/Identity`,
      operator: 'Identity',
      inputs: [value],
      outputs: [name],
      attributes: {},
    });
  }

  /** A parameter as it stands. */
  parameter(entry: ParameterEntry): string {
    return this.tensor(entry.name, entry.shape, this.parameterValues(entry));
  }

  parameterValues(entry: ParameterEntry): Float32Array {
    return valuesOf(this.#network.parameters, entry);
  }

  statisticValues(entry: StatisticEntry): Float32Array {
    return valuesOf(this.#network.statistics, entry);
  }

  /** Constant numbers with a name of the plan's kind. */
  tensor(name: string, shape: readonly number[], values: Float32Array): string {
    const unique = this.#unique(dottedName(name));
    this.tensors.push({ name: unique, shape, values });
    return unique;
  }

  /** A constant number that is no parameter. */
  number(value: number): string {
    return this.#constant(String(value), [], Float32Array.of(value));
  }

  /** Constant integers: a shape, axes. */
  integers(values: readonly number[]): string {
    const name = `[${values.join(',')}]`;
    return this.#constant(name, [values.length], BigInt64Array.from(values, BigInt));
  }

  /** The same numbers in rows of another shape. */
  reshape(value: string, shape: readonly number[]): string {
    return this.add('Reshape', [value, this.integers([0, ...shape])]); // 0: as many as there are
  }

  /** An image `[rows, height, width, channels]` as `[rows, channels, height, width]`. */
  toChannelsFirst(image: string): string {
    const known = this.#channelsFirst.get(image);
    return known ?? this.add('Transpose', [image], { perm: { integers: [0, 3, 1, 2] } });
  }

  /** And back. Another `toChannelsFirst` of it costs nothing. */
  toChannelsLast(image: string): string {
    const value = this.add('Transpose', [image], { perm: { integers: [0, 2, 3, 1] } });
    this.#channelsFirst.set(value, image);
    return value;
  }

  /** What the sequences carry, `[batch, size]`. */
  state({ offset, size }: StateEntry): string {
    const bounds = [[offset], [offset + size], [1]].map((values) => this.integers(values));
    return this.add('Slice', [STATE, ...bounds]);
  }

  /** Says what a layer leaves to be carried on, `[batch, size]`. */
  leave(entry: StateEntry, value: string): void {
    this.#states.set(entry, value);
  }

  /** Gives all that the layers leave as one output, in the order of the plan. */
  outputState(): void {
    this.#scope = NEXT_STATE;
    const left = this.#network.plan.states.map((entry) => this.#states.get(entry) as string);
    this.rename(this.add('Concat', left, { axis: { integer: 1 } }), NEXT_STATE);
  }

  #layer(plan: LayerPlan, input: string): string {
    const outer = this.#scope;
    this.#scope = dottedName(plan.name);
    const output = this.#translate(plan, input, this);
    this.#scope = outer;
    return output;
  }

  #constant(key: string, shape: readonly number[], values: Float32Array | BigInt64Array): string {
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.#unique(`constants/${key}`);
    this.tensors.push({ name, shape, values });
    this.#constants.set(key, name);
    return name;
  }

  #unique(name: string): string {
    const count = this.#names.get(name) ?? 0;
    this.#names.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  }
}
