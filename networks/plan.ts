import { show } from '../core/check.ts';
import type { AnyLayer, ParameterStart, Planner } from './layers/definition.ts';
import { definitionOf, type Layer } from './layers/registry.ts';
import { multiplyAddsOf, outputOf } from './layers/stack-plan.ts';
import type { NetworkSpecification } from './specification/network-specification.ts';
import { type Shape, sizeOf } from './specification/shape.ts';

/** Trainable numbers of one layer. */
export interface ParameterEntry extends ParameterStart {
  /** Unlike any other of the network: `layers[0].weights`, `heads.policy[1].bias`. */
  readonly name: string;
  readonly shape: Shape;
  /** Index of the first in `parameters`, and in `gradients`. */
  readonly offset: number;
  readonly size: number;
}

/** Numbers that training changes without a gradient. */
export interface StatisticEntry {
  readonly name: string;
  readonly shape: Shape;
  /** Index of the first in `statistics`. */
  readonly offset: number;
  readonly size: number;
  readonly initial: number;
}

/** What a row carries from step to step. */
export interface StateEntry {
  readonly name: string;
  /** Index of the first in a row of `state`. */
  readonly offset: number;
  readonly size: number;
}

/** A layer in its place: shapes and parameters. */
export interface LayerPlan<L extends AnyLayer = AnyLayer> {
  /** Where it stands: `layers[2]`, `heads.policy[0]`, `layers[1].layers[0]`. */
  readonly name: string;
  readonly layer: L;
  readonly input: Shape;
  readonly output: Shape;
  readonly multiplyAdds: number;
  /** By the layer's own names: `weights`, `bias`. */
  readonly parameters: Readonly<Record<string, ParameterEntry>>;
  readonly statistics: Readonly<Record<string, StatisticEntry>>;
  readonly states: Readonly<Record<string, StateEntry>>;
  /** Of the layers inside it. */
  readonly branches: readonly (readonly LayerPlan[])[];
}

/** A head in its place: its numbers in each row of outputs. */
export interface HeadPlan {
  readonly name: string;
  readonly layers: readonly LayerPlan[];
  readonly output: Shape;
  /** Index of its first number in a row of outputs. */
  readonly offset: number;
  readonly size: number;
}

/** A whole network in its shapes: what engines, exports and diagrams read. */
export interface NetworkPlan {
  readonly specification: NetworkSpecification;
  readonly input: Shape;
  readonly inputSize: number;
  readonly layers: readonly LayerPlan[];
  readonly heads: readonly HeadPlan[];
  /** Of all heads together, one after the other in each row. */
  readonly outputSize: number;
  /** In the order in which they stand in `parameters`. */
  readonly parameters: readonly ParameterEntry[];
  readonly parameterCount: number;
  readonly statistics: readonly StatisticEntry[];
  readonly statisticCount: number;
  readonly states: readonly StateEntry[];
  /** Numbers that a row carries from step to step; 0 without recurrent layers. */
  readonly stateSize: number;
  readonly multiplyAdds: number;
}

/**
 * Infers the shapes of a network, and where each parameter stands.
 *
 * @throws RangeError that names the layer, if one cannot take what comes to it.
 */
export function planNetwork(specification: NetworkSpecification): NetworkPlan {
  const tables = new Tables();
  const { input } = specification;
  const layers = tables.stack(specification.layers, input, 'layers');
  const body = outputOf(layers, input);
  let outputSize = 0;
  const heads = specification.heads.map(({ name, layers }): HeadPlan => {
    const planned = tables.stack(layers, body, `heads.${name}`);
    const output = outputOf(planned, body);
    const size = sizeOf(output);
    outputSize += size;
    return { name, layers: planned, output, offset: outputSize - size, size };
  });
  const every = [layers, ...heads.map((head) => head.layers)].flat();
  return {
    specification,
    input,
    inputSize: sizeOf(input),
    layers,
    heads,
    outputSize,
    parameters: tables.parameters,
    parameterCount: end(tables.parameters),
    statistics: tables.statistics,
    statisticCount: end(tables.statistics),
    states: tables.states,
    stateSize: end(tables.states),
    multiplyAdds: multiplyAddsOf(every),
  };
}

/** Every layer of some plans, those inside others after the one that holds them. */
export function everyLayer(plans: readonly LayerPlan[]): LayerPlan[] {
  return plans.flatMap((plan) => [plan, ...everyLayer(plan.branches.flat())]);
}

interface Entry {
  readonly offset: number;
  readonly size: number;
}

/** Where the next entry goes. */
function end(entries: readonly Entry[]): number {
  const last = entries.at(-1);
  return last === undefined ? 0 : last.offset + last.size;
}

/** What has been reserved so far. */
class Tables {
  readonly parameters: ParameterEntry[] = [];
  readonly statistics: StatisticEntry[] = [];
  readonly states: StateEntry[] = [];

  stack(layers: readonly AnyLayer[], input: Shape, label: string): readonly LayerPlan[] {
    let shape = input;
    return layers.map((layer, i) => {
      const plan = this.layer(layer, shape, `${label}[${i}]`);
      shape = plan.output;
      return plan;
    });
  }

  layer(layer: AnyLayer, input: Shape, name: string): LayerPlan {
    const parameters: Record<string, ParameterEntry> = {};
    const statistics: Record<string, StatisticEntry> = {};
    const states: Record<string, StateEntry> = {};
    const planner: Planner = {
      refuse: (message) => {
        throw new RangeError(`network: ${name} (${layer.kind}) ${message}`);
      },
      parameter: (own, shape, start) => {
        const entry = { ...start, ...this.#place(`${name}.${own}`, shape, this.parameters) };
        parameters[own] = entry;
        this.parameters.push(entry);
        return entry;
      },
      statistic: (own, shape, initial) => {
        const entry = { initial, ...this.#place(`${name}.${own}`, shape, this.statistics) };
        statistics[own] = entry;
        this.statistics.push(entry);
        return entry;
      },
      state: (own, size) => {
        const entry = this.#place(`${name}.${own}`, [size], this.states);
        states[own] = entry;
        this.states.push(entry);
        return entry;
      },
      stack: (layers, shape, label) => this.stack(layers, shape, `${name}${label}`),
    };
    const definition = definitionOf(layer as Layer);
    const { output, multiplyAdds, branches = [] } = definition.plan(layer, input, planner);
    if (!output.every((length) => length >= 1)) {
      planner.refuse(`leaves nothing of an input of shape ${show(input)}.`);
    }
    return { name, layer, input, output, multiplyAdds, parameters, statistics, states, branches };
  }

  #place(name: string, shape: Shape, before: readonly Entry[]) {
    return { name, shape, offset: end(before), size: sizeOf(shape) };
  }
}
