import { checkFinite, resolveOptions } from '../../core/check.ts';
import type { LayerPlan } from '../plan.ts';
import type { LayerDefinition } from './definition.ts';
import { RecurrentMemory } from './recurrent-memory.ts';
import {
  planRecurrent,
  RECURRENT_DEFAULTS,
  type RecurrentFields,
  type RecurrentOptions,
  resolveRecurrent,
} from './recurrent-options.ts';
import { RecurrentWeights } from './recurrent-weights.ts';
import type { LayerRun, Pass, Region, Wires, Workshop } from './run.ts';

const GATES = 4; // i, f, g, o: input, forget, candidate, output

/**
 * The long short-term memory: i, f, o = σ(x W + h U + b), g = tanh(x W + h U + b),
 * c′ = f c + i g, h′ = o tanh c′. State: `hidden` h and `cell` c, `[units]` each.
 */
export interface Lstm extends RecurrentFields {
  readonly kind: 'lstm';
  /** What the forget gate's bias begins at. */
  readonly forgetBias: number;
}

/** What a user may say of an LSTM beside its units. */
export interface LstmOptions extends RecurrentOptions {
  /** What the forget gate's bias begins at. Default 1: to remember (Gers et al., 2000). */
  readonly forgetBias?: number;
}

/**
 * A layer of long short-term memory: `inputWeights [inputs × 4 units]`,
 * `recurrentWeights [units × 4 units]`, `bias [4 units]`; the gates' order is i, f, g, o.
 *
 * Source: Hochreiter & Schmidhuber (1997), "Long short-term memory"; the forget gate is Gers et al.'s
 * (2000), "Learning to forget".
 *
 * @throws RangeError if `units` is no positive integer or an option is unknown.
 */
export function lstm(units: number, options: LstmOptions = {}): Lstm {
  return lstmDefinition.resolve('lstm', { ...options, units });
}

const DEFAULTS = { ...RECURRENT_DEFAULTS, forgetBias: 1 };

/** What the library knows of an LSTM. */
export const lstmDefinition: LayerDefinition<Lstm> = {
  kind: 'lstm',

  resolve(where, options) {
    const given = resolveOptions<typeof DEFAULTS>(where, DEFAULTS, options as never);
    const { forgetBias } = given;
    checkFinite(`${where}: forgetBias`, forgetBias);
    return { kind: 'lstm', ...resolveRecurrent(where, given), forgetBias };
  },

  plan(layer, input, planner) {
    const { units, forgetBias } = layer;
    const planned = planRecurrent(layer, GATES, input, planner);
    const initializer = { kind: 'blocks', values: [0, forgetBias, 0, 0] } as const;
    planner.parameter('bias', [GATES * units], { initializer, fanIn: 1, fanOut: 1 });
    planner.state('cell', units);
    return planned;
  },

  build(plan, wires, workshop) {
    return new LstmRun(plan, wires, workshop);
  },
};

class LstmRun implements LayerRun {
  readonly #units: number;
  readonly #wires: Wires;
  readonly #workshop: Workshop;
  readonly #weights: RecurrentWeights;
  readonly #hidden: RecurrentMemory;
  readonly #cell: RecurrentMemory;
  readonly #cells: Region; // what each step leaves
  readonly #gates: Region;
  readonly #gatesGradient: Region;

  constructor(plan: LayerPlan<Lstm>, wires: Wires, workshop: Workshop) {
    const { units } = plan.layer;
    this.#units = units;
    this.#wires = wires;
    this.#workshop = workshop;
    this.#weights = new RecurrentWeights(plan, wires, workshop);
    this.#hidden = new RecurrentMemory(plan.states.hidden, workshop);
    this.#cell = new RecurrentMemory(plan.states.cell, workshop);
    this.#cells = workshop.perRow(units);
    this.#gates = workshop.perRow(GATES * units);
    this.#gatesGradient = workshop.perRow(GATES * units);
  }

  forward(pass: Pass): void {
    const { rows, batch, steps } = pass;
    const { kernels } = this.#workshop;
    const { output } = this.#wires;
    const units = this.#units;
    const size = batch * units;
    this.#weights.projectInputs(rows, this.#gates.offset);
    for (let step = 0; step < steps; step++) {
      const gates = this.#gates.offset + step * GATES * size;
      const nextCell = this.#cells.offset + step * size;
      const cell = this.#cell.enter(pass, step, this.#cells);
      this.#weights.addRecurrent(batch, this.#hidden.enter(pass, step, output), gates);
      kernels.lstmForward(batch, units, gates, cell, nextCell, output.offset + step * size);
    }
    this.#hidden.leave(pass, output);
    this.#cell.leave(pass, this.#cells);
  }

  backward(pass: Pass): void {
    const { batch, steps } = pass;
    const { kernels } = this.#workshop;
    const carried = this.#hidden.gradient;
    const size = batch * this.#units;
    this.#hidden.beginBackward(pass);
    this.#cell.beginBackward(pass);
    for (let step = steps - 1; step >= 0; step--) {
      const dy = this.#wires.outputGradient.offset + step * size;
      kernels.addScaled(1, carried.offset, dy, size);
      const dGates = this.#stepBack(batch, step, dy);
      if (step === 0) break;
      this.#weights.goBack(batch, dGates, carried.offset, 0);
      this.#hidden.cut(pass, step);
      this.#cell.cut(pass, step);
    }
    this.#weights.learn(pass.rows, this.#hidden.before, this.#gatesGradient);
  }

  /** @returns where the gradients of the step's gates are. */
  #stepBack(batch: number, step: number, dy: number): number {
    const first = step * batch * this.#units;
    const dGates = this.#gatesGradient.offset + GATES * first;
    this.#workshop.kernels.lstmBackward(
      batch,
      this.#units,
      this.#gates.offset + GATES * first,
      this.#cell.before.offset + first,
      this.#cells.offset + first,
      dy,
      this.#cell.gradient.offset,
      dGates,
    );
    return dGates;
  }
}
