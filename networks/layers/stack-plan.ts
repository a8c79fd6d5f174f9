import type { LayerPlan } from '../plan.ts';
import type { Shape } from '../specification/shape.ts';

/** What comes out of layers one after the other: the input itself where there is none. */
export function outputOf(plans: readonly LayerPlan[], input: Shape): Shape {
  return plans.length === 0 ? input : plans[plans.length - 1].output;
}

/** Multiplications with an addition that they take together. */
export function multiplyAddsOf(plans: readonly LayerPlan[]): number {
  return plans.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
}
