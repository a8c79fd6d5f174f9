import type { Rng } from '../../core/rng.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type {
  LayerRun,
  Numbers,
  ParameterRegions,
  Region,
  StateRegion,
  Wires,
  Workshop,
} from '../layers/run.ts';
import { runStack } from '../layers/run-stack.ts';
import type {
  LayerPlan,
  NetworkPlan,
  ParameterEntry,
  StateEntry,
  StatisticEntry,
} from '../plan.ts';
import type { Heap } from './heap.ts';

/** A region whose place is settled once it is known how much there is. */
export interface Slot extends Region {
  offset: number;
  /** Numbers, or numbers a row. */
  readonly size: number;
}

/** Reserves regions of one network, first on paper, then in a heap. */
export class Layout implements Workshop {
  readonly kernels: Kernels;
  readonly rng: Rng;
  readonly #heap: Heap;
  readonly #fixed: Slot[] = [];
  readonly #perRow: Slot[] = [];
  readonly #outputs: { plan: LayerPlan; output: Region }[] = [];
  readonly #scratch = { offset: 0 };
  readonly #scratchNeeds: { perRow: number; most: number }[] = [];

  readonly parameters: Slot;
  readonly gradients: Slot;
  readonly statistics: Slot;
  /** What rows carry from step to step: `[batch × stateSize]`. */
  readonly states: Slot;

  readonly #parameterSlots: { slot: Slot; entry: ParameterEntry; base: Slot }[] = [];
  readonly #statisticSlots: { slot: Slot; entry: StatisticEntry }[] = [];
  readonly #stateSlots: { slot: Slot; entry: StateEntry }[] = [];

  constructor(plan: NetworkPlan, heap: Heap, kernels: Kernels, rng: Rng) {
    this.#heap = heap;
    this.kernels = kernels;
    this.rng = rng;
    this.parameters = this.fixed(plan.parameterCount);
    this.gradients = this.fixed(plan.parameterCount);
    this.statistics = this.fixed(plan.statisticCount);
    this.states = this.perRow(plan.stateSize);
  }

  get numbers(): Numbers {
    return this.#heap.numbers;
  }

  perRow(size: number): Slot {
    const slot = { offset: 0, size };
    this.#perRow.push(slot);
    return slot;
  }

  fixed(size: number): Slot {
    const slot = { offset: 0, size };
    this.#fixed.push(slot);
    return slot;
  }

  scratch(perRow: number, most: number): Region {
    this.#scratchNeeds.push({ perRow, most });
    return this.#scratch;
  }

  parameter(entry: ParameterEntry): ParameterRegions {
    const value = { offset: 0, size: entry.size };
    const gradient = { offset: 0, size: entry.size };
    this.#parameterSlots.push({ slot: value, entry, base: this.parameters });
    this.#parameterSlots.push({ slot: gradient, entry, base: this.gradients });
    return { value, gradient };
  }

  statistic(entry: StatisticEntry): Region {
    const slot = { offset: 0, size: entry.size };
    this.#statisticSlots.push({ slot, entry });
    return slot;
  }

  state(entry: StateEntry): StateRegion {
    const slot = { offset: 0, size: entry.size, stride: this.states.size };
    this.#stateSlots.push({ slot, entry });
    return slot;
  }

  stack(plans: readonly LayerPlan[], size: number, wires: Wires): LayerRun {
    return runStack(plans, size, wires, this);
  }

  note(plan: LayerPlan, output: Region): void {
    this.#outputs.push({ plan, output });
  }

  /** Where layers leave their outputs, in the order in which they were built. */
  get outputs(): readonly { readonly plan: LayerPlan; readonly output: Region }[] {
    return this.#outputs;
  }

  /** Reserves what does not depend on the batch. @returns the block. */
  placeFixed(): number {
    const block = this.#heap.allocate(total(this.#fixed, 1));
    place(this.#fixed, block, 1);
    for (const { slot, entry, base } of this.#parameterSlots) {
      slot.offset = base.offset + entry.offset;
    }
    for (const { slot, entry } of this.#statisticSlots) {
      slot.offset = this.statistics.offset + entry.offset;
    }
    return block;
  }

  /** Reserves what does, for up to so many rows. @returns the block. */
  placeRows(rows: number): number {
    const rowNumbers = total(this.#perRow, rows);
    const block = this.#heap.allocate(rowNumbers + this.#scratchSize(rows));
    place(this.#perRow, block, rows);
    this.#scratch.offset = block + rowNumbers;
    for (const { slot, entry } of this.#stateSlots) slot.offset = this.states.offset + entry.offset;
    return block;
  }

  #scratchSize(rows: number): number {
    return this.#scratchNeeds.reduce(
      (size, { perRow, most }) => Math.max(size, Math.min(perRow * rows, most)),
      0,
    );
  }
}

const ALIGNMENT = 4; // as the heap's

function align(n: number): number {
  return Math.ceil(n / ALIGNMENT) * ALIGNMENT;
}

function total(slots: readonly Slot[], rows: number): number {
  return slots.reduce((sum, { size }) => sum + align(size * rows), 0);
}

function place(slots: readonly Slot[], block: number, rows: number): void {
  let offset = block;
  for (const slot of slots) {
    slot.offset = offset;
    offset += align(slot.size * rows);
  }
}
