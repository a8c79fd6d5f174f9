import { checkOneOf, resolveOptions } from '../../core/check.ts';
import type { LayerPlan } from '../plan.ts';
import { ACTIVATIONS, type Activation } from '../specification/activation.ts';
import { showShape, sizeOf } from '../specification/shape.ts';
import { type LayerDefinition, leaveInner } from './definition.ts';
import { OutputActivation } from './output-activation.ts';
import type { Layer } from './registry.ts';
import type { LayerRun, Pass, Wires, Workshop } from './run.ts';
import { multiplyAddsOf, outputOf } from './stack-plan.ts';

/**
 * y = f(F(x) + S(x)): layers F learn what to add to what is there already.
 *
 * Source: He et al. (2016), "Deep residual learning for image recognition", section 3.
 */
export interface Residual {
  readonly kind: 'residual';
  /** F. */
  readonly layers: readonly Layer[];
  /** S; none for x itself. */
  readonly shortcut: readonly Layer[];
  /** f. */
  readonly activation: Activation;
}

/** What a user may say of a residual block beside its layers. */
export interface ResidualOptions {
  /** Layers that give x the shape of F(x), such as a convolution of 1 × 1. Default none. */
  readonly shortcut?: readonly Layer[];
  /** After the sum. Default `linear`. */
  readonly activation?: Activation;
}

/**
 * A residual block around layers, whose output has the shape of their input unless there is a
 * shortcut.
 *
 * @throws RangeError if an option is unknown.
 */
export function residual(layers: readonly Layer[], options: ResidualOptions = {}): Residual {
  return residualDefinition.resolve('residual', { ...options, layers });
}

interface Fields extends ResidualOptions {
  readonly layers?: readonly Layer[];
}

const DEFAULTS: Required<Fields> = { layers: [], shortcut: [], activation: 'linear' };

/** What the library knows of residual blocks. */
export const residualDefinition: LayerDefinition<Residual> = {
  kind: 'residual',

  resolve(where, options, resolveInner = leaveInner) {
    const given: Fields = options;
    const { layers, shortcut, activation } = resolveOptions(where, DEFAULTS, given);
    checkOneOf(`${where}: activation`, activation, ACTIVATIONS);
    return {
      kind: 'residual',
      layers: resolveInner('.layers', layers),
      shortcut: resolveInner('.shortcut', shortcut),
      activation,
    };
  },

  plan({ layers, shortcut }, input, planner) {
    const main = planner.stack(layers, input, '.layers');
    const side = planner.stack(shortcut, input, '.shortcut');
    const output = outputOf(main, input);
    const added = outputOf(side, input);
    if (output.length !== added.length || output.some((length, i) => length !== added[i])) {
      planner.refuse(
        `cannot add ${showShape(output)} to ${showShape(added)}. ` +
          'Give it a shortcut, such as a convolution of 1 × 1.',
      );
    }
    const multiplyAdds = multiplyAddsOf([...main, ...side]);
    return { output, multiplyAdds, branches: [main, side] };
  },

  build(plan, wires, workshop) {
    return new ResidualRun(plan, wires, workshop);
  },
};

class ResidualRun implements LayerRun {
  readonly #main: LayerRun;
  readonly #mainWires: Wires;
  readonly #side: LayerRun | null; // null where S(x) is x
  readonly #sideWires: Wires;
  readonly #end: OutputActivation;
  readonly #wires: Wires;
  readonly #workshop: Workshop;
  readonly #inputSize: number;
  readonly #outputSize: number;

  constructor(plan: LayerPlan<Residual>, wires: Wires, workshop: Workshop) {
    const [main, side] = plan.branches;
    const { input, inputGradient, outputGradient } = wires;
    this.#inputSize = sizeOf(plan.input);
    this.#outputSize = sizeOf(plan.output);
    const part = () => workshop.perRow(this.#outputSize);
    this.#end = new OutputActivation(plan.layer.activation, this.#outputSize, wires, workshop);
    this.#mainWires = { input, output: part(), inputGradient, outputGradient: part() };
    this.#main = workshop.stack(main, this.#inputSize, this.#mainWires);
    if (side.length === 0) {
      this.#side = null;
      this.#sideWires = { ...wires, output: input, inputGradient: outputGradient };
    } else {
      const own = inputGradient === null ? null : workshop.perRow(this.#inputSize);
      this.#sideWires = { input, output: part(), inputGradient: own, outputGradient };
      this.#side = workshop.stack(side, this.#inputSize, this.#sideWires);
    }
    this.#wires = wires;
    this.#workshop = workshop;
  }

  forward(pass: Pass): void {
    const { kernels } = this.#workshop;
    const sum = this.#end.before.offset;
    const n = pass.rows * this.#outputSize;
    this.#main.forward(pass);
    this.#side?.forward(pass);
    kernels.copy(this.#mainWires.output.offset, sum, n);
    kernels.addScaled(1, this.#sideWires.output.offset, sum, n);
    this.#end.apply(pass.rows);
  }

  backward(pass: Pass): void {
    const { kernels } = this.#workshop;
    const { inputGradient, outputGradient } = this.#wires;
    const { outputGradient: mainGradient } = this.#mainWires;
    this.#end.backward(pass.rows);
    kernels.copy(outputGradient.offset, mainGradient.offset, pass.rows * this.#outputSize);
    this.#main.backward(pass);
    this.#side?.backward(pass);
    const { inputGradient: added } = this.#sideWires;
    if (inputGradient === null || added === null) return;
    kernels.addScaled(1, added.offset, inputGradient.offset, pass.rows * this.#inputSize);
  }
}
