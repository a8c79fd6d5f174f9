import { checkOneOf, resolveOptions } from '../../core/check.ts';
import type { LayerPlan } from '../plan.ts';
import { activationCode } from '../specification/activation.ts';
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
import type { LayerRun, Pass, Wires, Workshop } from './run.ts';

const ACTIVATIONS = ['tanh', 'relu'] as const;

/** hₜ = f(xₜ W + hₜ₋₁ U + b): the simplest memory. State: `hidden`, `[units]`. */
export interface Elman extends RecurrentFields {
  readonly kind: 'elman';
  readonly activation: (typeof ACTIVATIONS)[number];
}

/** What a user may say of an Elman layer beside its units. */
export interface ElmanOptions extends RecurrentOptions {
  /** Default `tanh`. */
  readonly activation?: Elman['activation'];
}

/**
 * A simple recurrent layer: `inputWeights [inputs × units]`, `recurrentWeights [units × units]`,
 * `bias [units]`.
 *
 * Source: Elman (1990), "Finding structure in time".
 *
 * @throws RangeError if `units` is no positive integer or an option is unknown.
 */
export function elman(units: number, options: ElmanOptions = {}): Elman {
  return elmanDefinition.resolve('elman', { ...options, units });
}

const DEFAULTS = { ...RECURRENT_DEFAULTS, activation: 'tanh' as Elman['activation'] };

/** What the library knows of an Elman layer. */
export const elmanDefinition: LayerDefinition<Elman> = {
  kind: 'elman',

  resolve(where, options) {
    const given = resolveOptions<typeof DEFAULTS>(where, DEFAULTS, options as never);
    const { activation } = given;
    checkOneOf(`${where}: activation`, activation, ACTIVATIONS);
    return { kind: 'elman', ...resolveRecurrent(where, given), activation };
  },

  plan(layer, input, planner) {
    const planned = planRecurrent(layer, 1, input, planner);
    const start = { initializer: { kind: 'zeros' }, fanIn: 1, fanOut: 1 } as const;
    planner.parameter('bias', [layer.units], start);
    return planned;
  },

  build(plan, wires, workshop) {
    return new ElmanRun(plan, wires, workshop);
  },
};

class ElmanRun implements LayerRun {
  readonly #units: number;
  readonly #code: number;
  readonly #wires: Wires;
  readonly #workshop: Workshop;
  readonly #weights: RecurrentWeights;
  readonly #hidden: RecurrentMemory;

  constructor(plan: LayerPlan<Elman>, wires: Wires, workshop: Workshop) {
    this.#units = plan.layer.units;
    this.#code = activationCode(plan.layer.activation);
    this.#wires = wires;
    this.#workshop = workshop;
    this.#weights = new RecurrentWeights(plan, wires, workshop);
    this.#hidden = new RecurrentMemory(plan.states.hidden, workshop);
  }

  forward(pass: Pass): void {
    const { rows, batch, steps } = pass;
    const { kernels } = this.#workshop;
    const { output } = this.#wires;
    const size = batch * this.#units;
    this.#weights.projectInputs(rows, output.offset);
    for (let step = 0; step < steps; step++) {
      const y = output.offset + step * size;
      this.#weights.addRecurrent(batch, this.#hidden.enter(pass, step, output), y);
      kernels.activate(this.#code, y, y, size);
    }
    this.#hidden.leave(pass, output);
  }

  backward(pass: Pass): void {
    const { rows, batch, steps } = pass;
    const { kernels } = this.#workshop;
    const { output, outputGradient } = this.#wires;
    const carried = this.#hidden.gradient;
    const size = batch * this.#units;
    this.#hidden.beginBackward(pass);
    for (let step = steps - 1; step >= 0; step--) {
      const y = output.offset + step * size;
      const dy = outputGradient.offset + step * size;
      kernels.addScaled(1, carried.offset, dy, size);
      kernels.activateBackward(this.#code, y, y, dy, dy, size);
      if (step === 0) break;
      this.#weights.goBack(batch, dy, carried.offset, 0);
      this.#hidden.cut(pass, step);
    }
    this.#weights.learn(rows, this.#hidden.before, outputGradient);
  }
}
