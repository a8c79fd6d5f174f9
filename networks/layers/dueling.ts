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
  /** Ends in one number. */
  readonly value: readonly Layer[];
  /** Ends in one number an action. */
  readonly advantage: readonly Layer[];
}

/** The two ways of a dueling network. */
export interface DuelingOptions {
  /** Must end in one number. */
  readonly value: readonly Layer[];
  /** Must end in one number an action. */
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
 * what the other says.
 *
 * @throws RangeError if an option is unknown. The layers are checked with their network.
 *
 * Source: Wang et al. (2016), "Dueling network architectures for deep reinforcement learning",
 * equation (9).
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
    const values = widthOf('value', toValue, input, planner);
    if (values !== 1) planner.refuse(`needs a value that ends in 1 number, not ${values}.`);
    const actions = widthOf('advantage', toAdvantage, input, planner);
    const multiplyAdds = multiplyAddsOf([...toValue, ...toAdvantage]);
    return { output: [actions], multiplyAdds, branches: [toValue, toAdvantage] };
  },

  build: (plan, wires, workshop) => new DuelingRun(plan, wires, workshop),
};

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
  readonly #both: Region; // value and advantages of a row, side by side
  readonly #bothGradient: Region;
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  constructor({ input, output, branches }: LayerPlan<Dueling>, wires: Wires, workshop: Workshop) {
    const [actions] = output;
    const [value, advantage] = branches;
    this.#actions = actions;
    this.#both = workshop.perRow(1 + actions);
    this.#bothGradient = workshop.perRow(1 + actions);
    this.#wires = wires;
    this.#workshop = workshop;
    const ways = [
      { layers: value, output: [1] },
      { layers: advantage, output: [actions] },
    ];
    const inner = { ...wires, output: this.#both, outputGradient: this.#bothGradient };
    this.#fork = runFork(ways, input, 1, inner, workshop);
  }

  forward(pass: Pass): void {
    this.#fork.forward(pass);
    const { kernels } = this.#workshop;
    kernels.duel(pass.rows, this.#actions, this.#both.offset, this.#wires.output.offset);
  }

  backward(pass: Pass): void {
    const { kernels } = this.#workshop;
    const { outputGradient } = this.#wires;
    const dx = this.#bothGradient.offset;
    kernels.duelBackward(pass.rows, this.#actions, outputGradient.offset, dx);
    this.#fork.backward(pass);
  }
}
