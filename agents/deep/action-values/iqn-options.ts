import { checkBetween, checkInteger, resolveOptions } from '../../../core/check.ts';
import { type Layer, resolveLayers } from '../../../networks/layers/registry.ts';
import { resolveOptimizer } from '../../../networks/optimizers/specification.ts';
import { defaultBody } from '../parts/default-body.ts';
import { PRIORITIZED_MEMORY_DEFAULTS, resolveMemory } from '../parts/memory-options.ts';
import type { InputLayout } from '../parts/observations.ts';
import {
  checkValueOptions,
  type ResolvedValueOptions,
  VALUE_DEFAULTS,
  type ValueOptions,
} from './value-options.ts';

/** How to act and learn. */
export interface IqnOptions extends ValueOptions {
  /**
   * ψ, which sees the observation alone; it must end in a row of numbers. Default `null`: a dense layer of
   * 120 for vectors, convolutions for images, these before that where images are parts of what is seen.
   */
  readonly layers?: readonly Layer[] | null;
  /**
   * f, but for its last layer: sees the product of ψ and of what says where the quantile is. Default
   * `null`: where `layers` are `null` a dense layer of 84, of 128 or 512 where all that is seen is an image;
   * otherwise none. A dense layer at its end stands in both ways where it duels.
   */
  readonly headLayers?: readonly Layer[] | null;
  /** N: quantiles of a transition that an update learns, at least 1. Default 64. */
  readonly samples?: number;
  /** N′: samples of the return that they learn from, at least 1. Default 64. */
  readonly targetSamples?: number;
  /** K: quantiles whose mean is Q, at least 1. Default 32. */
  readonly policySamples?: number;
  /** Cosines that tell where a quantile is, at least 1. Default 64. */
  readonly embedding?: number;
  /** κ of the quantile Huber loss, at least 0. Default 1. */
  readonly threshold?: number;
}

/** The options that `new Iqn(task)` stands for: the source's numbers of samples; `Dqn`'s for the rest. */
export const IQN_DEFAULTS: Required<IqnOptions> = {
  ...VALUE_DEFAULTS,
  headLayers: null,
  samples: 64,
  targetSamples: 64,
  policySamples: 32,
  embedding: 64,
  threshold: 1,
};

/**
 * All options.
 *
 * @throws RangeError that begins with `where`, if an option is unknown or out of range.
 */
export function resolveIqnOptions(
  where: string,
  given: IqnOptions,
  input: InputLayout,
): Required<IqnOptions> &
  ResolvedValueOptions & {
    readonly layers: readonly Layer[];
    readonly headLayers: readonly Layer[];
  } {
  const options = resolveOptions<IqnOptions>(where, IQN_DEFAULTS, given) as Required<IqnOptions>;
  checkValueOptions(where, options);
  checkInteger(`${where}: samples`, options.samples, 1);
  checkInteger(`${where}: targetSamples`, options.targetSamples, 1);
  checkInteger(`${where}: policySamples`, options.policySamples, 1);
  checkInteger(`${where}: embedding`, options.embedding, 1);
  checkBetween(`${where}: threshold`, options.threshold, 0, Number.MAX_VALUE);
  const body = defaultBody(input, { hidden: [120, 84] });
  const [layers, headLayers] =
    options.layers === null ? [body.slice(0, -1), body.slice(-1)] : [options.layers, []];
  return {
    ...options,
    layers: resolveLayers(`${where}: layers`, layers),
    headLayers: resolveLayers(`${where}: headLayers`, options.headLayers ?? headLayers),
    replay: resolveMemory(`${where}: replay`, PRIORITIZED_MEMORY_DEFAULTS, options.replay),
    optimizer: resolveOptimizer(options.optimizer, `${where}: optimizer`),
  };
}
