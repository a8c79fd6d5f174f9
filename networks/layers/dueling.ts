import { resolveOptions } from '../../core/check.ts';
import type { LayerPlan } from '../plan.ts';
import { type Shape, showShape } from '../specification/shape.ts';
import { type LayerDefinition, leaveInner, type Planner } from './definition.ts';
import type { Layer } from './registry.ts';
import type { LayerRun, Pass, Region, Wires, Workshop } from './run.ts';
import { runFork } from './run-fork.ts';
import { multiplyAddsOf, outputOf } from './stack-plan.ts';

/** q(a) = v + A(a) − mean A: one way to the value of a state, another to what actions add to it. */
export interface Dueling {
  readonly kind: 'dueling';
  /** Ends in `[size]`: one number, or as many as each action has. */
  readonly value: readonly Layer[];
  /** Ends in `[actions × size]`. */
  readonly advantage: readonly Layer[];
}

/** The two ways of a dueling network. */
export interface DuelingOptions {
  /** Must end in `[size]`: one number, or as many as each action has. */
  readonly value: readonly Layer[];
  /** Must end in `[actions × size]`, action after action. */
  readonly advantage: readonly Layer[];
}

/**
 * Splits the way to action values in two that meet again.
 *
 *     dueling({
 *       value: [dense(128, { activation: 'relu' }), dense(1)],
 *       advantage: [dense(128, { activation: 'relu' }), dense(numActions)],
 *     })
 *
 * The mean advantage is taken off: v is the mean of the action values, and neither way can take over
 * what the other says. Where each action has several numbers, such as the logits of atoms or quantiles,
 * both ways end in as many, and each number is split by itself:
 *
 *     qⱼ(a) = vⱼ + Aⱼ(a) − meanₐ Aⱼ(a)
 *
 * @throws RangeError if an option is unknown. The layers are checked with their network.
 *
 * Source: Wang et al. (2016), "Dueling network architectures for deep reinforcement learning",
 * equation (9). Of distributions: Hessel et al. (2018), "Rainbow: combining improvements in deep
 * reinforcement learning".
 */
export function dueling(options: DuelingOptions): Dueling {
  return duelingDefinition.resolve('dueling', options);
}

const DEFAULTS: DuelingOptions = { value: [], advantage: [] };

/** What the library knows of dueling networks. */
export const duelingDefinition: LayerDefinition<Dueling> = {
  kind: 'dueling',

  resolve(where, options, resolveInner = leaveInner) {
    const given: Partial<DuelingOptions> = options;
    const { value, advantage } = resolveOptions<Partial<DuelingOptions>>(where, DEFAULTS, given);
    return {
      kind: 'dueling',
      value: resolveInner('.value', value),
      advantage: resolveInner('.advantage', advantage),
    };
  },

  plan({ value, advantage }, input, planner) {
    const toValue = planner.stack(value, input, '.value');
    const toAdvantage = planner.stack(advantage, input, '.advantage');
    const size = widthOf('value', toValue, input, planner);
    const width = widthOf('advantage', toAdvantage, input, planner);
    if (width % size !== 0) {
      planner.refuse(
        `needs as many numbers of advantage for each action as of value, ${size}: ${width} are no multiple.`,
      );
    }
    const multiplyAdds = multiplyAddsOf([...toValue, ...toAdvantage]);
    return { output: [width], multiplyAdds, branches: [toValue, toAdvantage] };
  },

  build: (plan, wires, workshop) => new DuelingRun(plan, wires, workshop),
};

/** The numbers that each action has: as many as the value. */
export function duelingSize({ branches, input }: LayerPlan<Dueling>): number {
  return outputOf(branches[0], input)[0];
}

/** Numbers at the end of a branch. */
function widthOf(
  name: string,
  layers: readonly LayerPlan[],
  input: Shape,
  planner: Planner,
): number {
  const shape = outputOf(layers, input);
  if (shape.length !== 1) {
    planner.refuse(`needs ${name} to end in a row of numbers, not in shape ${showShape(shape)}.`);
  }
  return shape[0];
}

class DuelingRun implements LayerRun {
  readonly #fork: LayerRun;
  readonly #actions: number;
  readonly #size: number;
  readonly #both: Region; // value and advantages of a row, side by side
  readonly #bothGradient: Region;
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  constructor(plan: LayerPlan<Dueling>, wires: Wires, workshop: Workshop) {
    const { input, output, branches } = plan;
    const [width] = output;
    const [value, advantage] = branches;
    this.#size = duelingSize(plan);
    this.#actions = width / this.#size;
    this.#both = workshop.perRow(this.#size + width);
    this.#bothGradient = workshop.perRow(this.#size + width);
    this.#wires = wires;
    this.#workshop = workshop;
    const ways = [
      { layers: value, output: [this.#size] },
      { layers: advantage, output: [width] },
    ];
    const inner = { ...wires, output: this.#both, outputGradient: this.#bothGradient };
    this.#fork = runFork(ways, input, 1, inner, workshop);
  }

  forward(pass: Pass): void {
    this.#fork.forward(pass);
    const { kernels } = this.#workshop;
    const q = this.#wires.output.offset;
    kernels.duel(pass.rows, this.#actions, this.#size, this.#both.offset, q);
  }

  backward(pass: Pass): void {
    const { kernels } = this.#workshop;
    const dq = this.#wires.outputGradient.offset;
    const dx = this.#bothGradient.offset;
    kernels.duelBackward(pass.rows, this.#actions, this.#size, dq, dx);
    this.#fork.backward(pass);
  }
}
