import type { LayerPlan } from '../plan.ts';
import { sizeOf } from '../specification/shape.ts';
import { copyWires } from './copy-wires.ts';
import { definitionOf } from './registry.ts';
import type { LayerRun, Region, Wires, Workshop } from './run.ts';

/** Builds layers one after the other between the wires; none at all copies what comes. */
export function runStack(
  plans: readonly LayerPlan[],
  size: number,
  wires: Wires,
  workshop: Workshop,
): LayerRun {
  if (plans.length === 0) return copyWires(size, wires, workshop);
  let input = wires.input;
  let inputGradient = wires.inputGradient;
  const runs = plans.map((plan, i) => {
    const isLast = i === plans.length - 1;
    const size = sizeOf(plan.output);
    const output: Region = isLast ? wires.output : workshop.perRow(size);
    const outputGradient: Region = isLast ? wires.outputGradient : workshop.perRow(size);
    const own = { input, output, inputGradient, outputGradient };
    workshop.note(plan, output);
    input = output;
    inputGradient = isNeeded(plans.slice(0, i + 1), wires) ? outputGradient : null;
    return definitionOf(plan.layer).build(plan, own, workshop);
  });
  return new StackRun(runs);
}

/** Whether a gradient has to go on to these layers. */
function isNeeded(before: readonly LayerPlan[], wires: Wires): boolean {
  return wires.inputGradient !== null || before.some(hasParameters);
}

/** Whether a layer, or one inside it, has something to learn. */
export function hasParameters({ parameters, branches }: LayerPlan): boolean {
  return Object.keys(parameters).length > 0 || branches.flat().some(hasParameters);
}

class StackRun implements LayerRun {
  readonly #runs: readonly LayerRun[];

  constructor(runs: readonly LayerRun[]) {
    this.#runs = runs;
  }

  forward(pass: Parameters<LayerRun['forward']>[0]): void {
    for (let i = 0; i < this.#runs.length; i++) this.#runs[i].forward(pass);
  }

  backward(pass: Parameters<LayerRun['backward']>[0]): void {
    for (let i = this.#runs.length - 1; i >= 0; i--) this.#runs[i].backward(pass);
  }
}
