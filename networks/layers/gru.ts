import { resolveOptions } from '../../core/check.ts';
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

const GATES = 3; // r, z, n: reset, update, candidate

/**
 * The gated recurrent unit: r, z = σ(x W + b + h U + d), n = tanh(x W + b + r (h U + d)),
 * h′ = (1 − z) n + z h. State: `hidden` h, `[units]`.
 */
export interface Gru extends RecurrentFields {
  readonly kind: 'gru';
}

/** What a user may say of a GRU beside its units. */
export interface GruOptions extends RecurrentOptions {}

/**
 * A layer of gated recurrent units: `inputWeights [inputs × 3 units]`,
 * `recurrentWeights [units × 3 units]`, `inputBias [3 units]`, `recurrentBias [3 units]`; the gates'
 * order is r, z, n.
 *
 * Source: Cho et al. (2014), "Learning phrase representations using RNN encoder–decoder". Differs from
 * the source in that r is multiplied after the product with U, not before it, as in cuDNN and PyTorch:
 * so that one product serves all gates.
 *
 * @throws RangeError if `units` is no positive integer or an option is unknown.
 */
export function gru(units: number, options: GruOptions = {}): Gru {
  return gruDefinition.resolve('gru', { ...options, units });
}

/** What the library knows of a GRU. */
export const gruDefinition: LayerDefinition<Gru> = {
  kind: 'gru',

  resolve(where, options) {
    const given = resolveOptions<typeof RECURRENT_DEFAULTS>(
      where,
      RECURRENT_DEFAULTS,
      options as never,
    );
    return { kind: 'gru', ...resolveRecurrent(where, given) };
  },

  plan(layer, input, planner) {
    const planned = planRecurrent(layer, GATES, input, planner);
    const start = { initializer: { kind: 'zeros' }, fanIn: 1, fanOut: 1 } as const;
    planner.parameter('inputBias', [GATES * layer.units], start);
    planner.parameter('recurrentBias', [GATES * layer.units], start);
    return planned;
  },

  build(plan, wires, workshop) {
    return new GruRun(plan, wires, workshop);
  },
};

class GruRun implements LayerRun {
  readonly #units: number;
  readonly #wires: Wires;
  readonly #workshop: Workshop;
  readonly #weights: RecurrentWeights;
  readonly #hidden: RecurrentMemory;
  readonly #gates: Region;
  readonly #gatesGradient: Region;
  readonly #recurrent: Region; // h U + d
  readonly #recurrentGradient: Region;

  constructor(plan: LayerPlan<Gru>, wires: Wires, workshop: Workshop) {
    const { units } = plan.layer;
    this.#units = units;
    this.#wires = wires;
    this.#workshop = workshop;
    this.#weights = new RecurrentWeights(plan, wires, workshop);
    this.#hidden = new RecurrentMemory(plan.states.hidden, workshop);
    this.#gates = workshop.perRow(GATES * units);
    this.#gatesGradient = workshop.perRow(GATES * units);
    this.#recurrent = workshop.perRow(GATES * units);
    this.#recurrentGradient = workshop.perRow(GATES * units);
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
      const recurrent = this.#recurrent.offset + step * GATES * size;
      const hidden = this.#hidden.enter(pass, step, output);
      this.#weights.projectRecurrent(batch, hidden, recurrent);
      kernels.gruForward(batch, units, gates, recurrent, hidden, output.offset + step * size);
    }
    this.#hidden.leave(pass, output);
  }

  backward(pass: Pass): void {
    const { batch, steps } = pass;
    const { kernels } = this.#workshop;
    const carried = this.#hidden.gradient;
    const size = batch * this.#units;
    this.#hidden.beginBackward(pass);
    for (let step = steps - 1; step >= 0; step--) {
      const dy = this.#wires.outputGradient.offset + step * size;
      kernels.addScaled(1, carried.offset, dy, size);
      const dRecurrent = this.#stepBack(batch, step, dy);
      if (step === 0) break;
      this.#weights.goBack(batch, dRecurrent, carried.offset, 1);
      this.#hidden.cut(pass, step);
    }
    const hidden = this.#hidden.before;
    this.#weights.learn(pass.rows, hidden, this.#gatesGradient, this.#recurrentGradient);
  }

  /** @returns where the gradients of the step's h U + d are. */
  #stepBack(batch: number, step: number, dy: number): number {
    const first = step * batch * this.#units;
    const dRecurrent = this.#recurrentGradient.offset + GATES * first;
    this.#workshop.kernels.gruBackward(
      batch,
      this.#units,
      this.#gates.offset + GATES * first,
      this.#recurrent.offset + GATES * first,
      this.#hidden.before.offset + first,
      dy,
      this.#gatesGradient.offset + GATES * first,
      dRecurrent,
      this.#hidden.gradient.offset,
    );
    return dRecurrent;
  }
}
