import { checkBetween, checkInteger } from '../../../core/check.ts';
import type { CpuEngineName } from '../../../networks/cpu-engine.ts';
import { type Layer, resolveLayers } from '../../../networks/layers/registry.ts';
import {
  type OptimizerSpecification,
  resolveOptimizer,
} from '../../../networks/optimizers/specification.ts';
import { mlp } from '../../../networks/specification/mlp.ts';
import type { Task } from '../../task.ts';
import { imageFeatures } from '../parts/image-features.ts';
import { isImage } from '../parts/image-layout.ts';
import { createEncoder } from '../parts/observations.ts';

/** What agents with a policy and a value have in common. */
export interface OnPolicyOptions {
  /** What policy and value share. Default `null`: nothing for vectors, what images need (`imageFeatures`). */
  readonly layers?: readonly Layer[] | null;
  /**
   * What only the policy has. Default `null`: two dense layers of 64 with tanh; none where all that is seen
   * is an image.
   */
  readonly policyLayers?: readonly Layer[] | null;
  /** What only the value has. Default as `policyLayers`. */
  readonly valueLayers?: readonly Layer[] | null;
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** c₁, the weight of the value's loss, at least 0. Default 0.5. */
  readonly valueWeight?: number;
  /** c₂, the weight of the entropy, at least 0. */
  readonly entropyWeight?: number;
  /** log σ at the start, of real actions, in [−20, 2]. Default 0. */
  readonly logDeviation?: number;
  /** Of policy and value together. */
  readonly optimizer?: OptimizerSpecification;
  /** What computes. Default `simd`, the same bits everywhere. */
  readonly engine?: CpuEngineName;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** What they have where nothing else is said. */
export const ON_POLICY_DEFAULTS = {
  layers: null,
  policyLayers: null,
  valueLayers: null,
  discount: 0.99,
  valueWeight: 0.5,
  logDeviation: 0,
  engine: 'simd',
  seed: 0,
} as const;

/** Options that are complete, with their layers. */
export type ResolvedOnPolicy<T extends OnPolicyOptions> = Required<T> & {
  readonly layers: readonly Layer[];
  readonly policyLayers: readonly Layer[];
  readonly valueLayers: readonly Layer[];
};

/**
 * Checks what the agents have in common, and names the layers that are meant.
 *
 * @throws RangeError if an option is out of range.
 */
export function completeOnPolicy<T extends OnPolicyOptions>(
  where: string,
  options: Required<T> & Required<OnPolicyOptions>,
  { observationSpace }: Task,
): ResolvedOnPolicy<T> {
  const given: Required<OnPolicyOptions> = options;
  checkBetween(`${where}: discount`, given.discount, 0, 1);
  checkBetween(`${where}: valueWeight`, given.valueWeight, 0, Number.MAX_VALUE);
  checkBetween(`${where}: entropyWeight`, given.entropyWeight, 0, Number.MAX_VALUE);
  checkBetween(`${where}: logDeviation`, given.logDeviation, -20, 2);
  checkInteger(`${where}: seed`, given.seed, 0);
  const input = createEncoder(observationSpace);
  const own = isImage(input.shape) ? [] : TANH_LAYERS;
  const layers = given.layers ?? imageFeatures(input);
  return {
    ...options,
    layers: resolveLayers(`${where}: layers`, layers),
    policyLayers: resolveLayers(`${where}: policyLayers`, given.policyLayers ?? own),
    valueLayers: resolveLayers(`${where}: valueLayers`, given.valueLayers ?? own),
    optimizer: resolveOptimizer(given.optimizer, `${where}: optimizer`),
  };
}

const TANH_LAYERS = mlp({
  hidden: [64, 64],
  activation: 'tanh',
  initializer: { kind: 'orthogonal', gain: Math.SQRT2 },
});
