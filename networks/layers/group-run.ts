import type { LayerPlan } from '../plan.ts';
import type { Shape } from '../specification/shape.ts';
import type { AnyLayer, Planner } from './definition.ts';
import type { LayerRun, ParameterRegions, Pass, Region, Wires, Workshop } from './run.ts';

/** How the numbers of a row fall into groups that are normalized by themselves. */
export interface Grouping {
  /** Rows `[positions × channels]` that each row of the batch is made of. */
  readonly lines: number;
  readonly positions: number;
  readonly channels: number;
  /** Each of them channels / groups neighbors, at all positions. */
  readonly groups: number;
}

/** Reserves what normalized numbers are multiplied by, 1 at first, and what is added to them, 0. */
export function planScaleAndShift(shape: Shape, planner: Planner): void {
  const fans = { fanIn: 1, fanOut: 1 };
  planner.parameter('scale', shape, { initializer: { kind: 'constant', value: 1 }, ...fans });
  planner.parameter('shift', shape, { initializer: { kind: 'zeros' }, ...fans });
}

/** Normalization of groups within each row: of layers, and of groups of channels. */
export class GroupRun implements LayerRun {
  readonly #grouping: Grouping;
  readonly #epsilon: number;
  readonly #scale: ParameterRegions;
  readonly #shift: ParameterRegions;
  readonly #moments: Region; // of the last forward, [lines × groups × 2] a row
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  constructor(
    { layer, parameters }: LayerPlan<AnyLayer & { readonly epsilon: number }>,
    grouping: Grouping,
    wires: Wires,
    workshop: Workshop,
  ) {
    this.#grouping = grouping;
    this.#epsilon = layer.epsilon;
    this.#scale = workshop.parameter(parameters.scale);
    this.#shift = workshop.parameter(parameters.shift);
    this.#moments = workshop.perRow(2 * grouping.lines * grouping.groups);
    this.#wires = wires;
    this.#workshop = workshop;
  }

  forward({ rows }: Pass): void {
    const { lines, positions, channels, groups } = this.#grouping;
    this.#workshop.kernels.normalizeGroups(
      rows * lines,
      positions,
      channels,
      groups,
      this.#epsilon,
      this.#wires.input.offset,
      this.#scale.value.offset,
      this.#shift.value.offset,
      this.#wires.output.offset,
      this.#moments.offset,
    );
  }

  backward({ rows }: Pass): void {
    const { lines, positions, channels, groups } = this.#grouping;
    const { input, inputGradient, outputGradient } = this.#wires;
    this.#workshop.kernels.normalizeGroupsBackward(
      rows * lines,
      positions,
      channels,
      groups,
      input.offset,
      this.#scale.value.offset,
      this.#moments.offset,
      outputGradient.offset,
      this.#scale.gradient.offset,
      this.#shift.gradient.offset,
      inputGradient === null ? -1 : inputGradient.offset,
    );
  }
}
