import type { LayerPlan, ParameterEntry, StateEntry, StatisticEntry } from '../plan.ts';
import type { Initializer } from '../specification/initializer.ts';
import type { Shape } from '../specification/shape.ts';
import type { Layer } from './registry.ts';
import type { LayerRun, Wires, Workshop } from './run.ts';

/** Any layer, as data: `kind` says which definition it belongs to. */
export interface AnyLayer {
  readonly kind: string;
}

/** All that the library knows of one kind of layer: one file of `networks/layers` each. */
export interface LayerDefinition<L extends AnyLayer> {
  readonly kind: L['kind'];

  /**
   * The layer with all its options, checked.
   *
   * @param where Which layer of the network, for errors: `layers[2] (dense)`.
   * @param options What JSON has beside `kind`; may lack what has a default.
   * @param resolveInner For a layer that holds others.
   * @throws RangeError that begins with `where`.
   */
  resolve(where: string, options: object, resolveInner?: ResolveInner): L;

  /** What comes out of `input`, and what the layer needs for it. */
  plan(layer: L, input: Shape, planner: Planner): Planned;

  /** The layer at work between its wires. */
  build(plan: LayerPlan<L>, wires: Wires, workshop: Workshop): LayerRun;
}

/**
 * Checks and completes layers inside a layer.
 *
 * @param label What comes after that layer's name: `.branches[0]`.
 * @throws RangeError that names the layer.
 */
export type ResolveInner = (label: string, layers: unknown) => readonly Layer[];

/** Leaves them as factories made them; `network` checks them with all others. */
export const leaveInner: ResolveInner = (_, layers) => layers as readonly Layer[];

/** What `plan` gives. */
export interface Planned {
  readonly output: Shape;
  /** Multiplications with an addition that one row takes forward. */
  readonly multiplyAdds: number;
  /** Plans of the layers inside it, branch by branch; none for most. */
  readonly branches?: readonly (readonly LayerPlan[])[];
}

/** What a definition asks while it plans. */
export interface Planner {
  /** @throws RangeError that names the layer. */
  refuse(message: string): never;

  /** Reserves trainable numbers under a name of the layer's own: `weights`, `bias`. */
  parameter(name: string, shape: Shape, start: ParameterStart): ParameterEntry;

  /** Reserves numbers that training changes without a gradient, such as a running mean. */
  statistic(name: string, shape: Shape, initial: number): StatisticEntry;

  /** Reserves numbers that a row carries from one step of a sequence to the next. */
  state(name: string, size: number): StateEntry;

  /** Plans layers inside this one. `label` is what comes after this layer's name: `.branches[0]`. */
  stack(layers: readonly AnyLayer[], input: Shape, label: string): readonly LayerPlan[];
}

/** How a parameter begins. */
export interface ParameterStart {
  readonly initializer: Initializer | Blocks;
  /** Inputs that one output sums over. */
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Constants, each for an equal share of the parameter: a bias that differs from gate to gate. */
export interface Blocks {
  readonly kind: 'blocks';
  readonly values: readonly number[];
}
