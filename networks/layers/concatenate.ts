import { resolveOptions, show } from '../../core/check.ts';
import { showShape, sizeOf } from '../specification/shape.ts';
import { type LayerDefinition, leaveInner } from './definition.ts';
import type { Layer } from './registry.ts';
import { runFork } from './run-fork.ts';
import { multiplyAddsOf, outputOf } from './stack-plan.ts';

/** Branches that all see the same input; their outputs stand side by side along the last axis. */
export interface Concatenate {
  readonly kind: 'concatenate';
  readonly branches: readonly (readonly Layer[])[];
}

/**
 * Sets what several branches make of one input side by side: channels after channels.
 *
 * A branch without layers passes the input on as it is.
 *
 * @throws RangeError if there is no branch.
 */
export function concatenate(branches: readonly (readonly Layer[])[]): Concatenate {
  return concatenateDefinition.resolve('concatenate', { branches });
}

interface Fields {
  readonly branches?: readonly (readonly Layer[])[];
}

const DEFAULTS: Required<Fields> = { branches: [] };

/** What the library knows of concatenated branches. */
export const concatenateDefinition: LayerDefinition<Concatenate> = {
  kind: 'concatenate',

  resolve(where, options, resolveInner = leaveInner) {
    const given: Fields = options;
    const { branches } = resolveOptions(where, DEFAULTS, given);
    if (!Array.isArray(branches) || branches.length === 0) {
      throw new RangeError(
        `${where}: branches must be a list of at least one list of layers, got ${show(branches)}.`,
      );
    }
    const resolved = branches.map((layers, b) => resolveInner(`.branches[${b}]`, layers));
    return { kind: 'concatenate', branches: resolved };
  },

  plan({ branches }, input, planner) {
    const plans = branches.map((layers, b) => planner.stack(layers, input, `.branches[${b}]`));
    const outputs = plans.map((branch) => outputOf(branch, input));
    const places = showShape(outputs[0].slice(0, -1));
    outputs.forEach((output, b) => {
      if (showShape(output.slice(0, -1)) === places) return;
      planner.refuse(
        `cannot set ${showShape(output)} of branches[${b}] beside ${showShape(outputs[0])}: ` +
          'all but the last axis must be the same.',
      );
    });
    const channels = outputs.reduce((sum, output) => sum + output[output.length - 1], 0);
    return {
      output: [...outputs[0].slice(0, -1), channels],
      multiplyAdds: multiplyAddsOf(plans.flat()),
      branches: plans,
    };
  },

  build({ input, output, branches }, wires, workshop) {
    const ways = branches.map((layers) => ({ layers, output: outputOf(layers, input) }));
    return runFork(ways, input, sizeOf(output.slice(0, -1)), wires, workshop);
  },
};
