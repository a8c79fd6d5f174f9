import { checkBetween, checkInteger, resolveOptions } from '../../../core/check.ts';
import type { Schedule } from '../../../core/schedule.ts';
import { type Layer, resolveLayers } from '../../../networks/layers/registry.ts';
import { resolveOptimizer } from '../../../networks/optimizers/specification.ts';
import {
  PRIORITIZED_MEMORY_DEFAULTS,
  type PrioritizedMemoryOptions,
  resolveMemory,
} from '../parts/memory-options.ts';
import type { InputLayout } from '../parts/observations.ts';
import { recurrentBody } from '../parts/recurrent-body.ts';
import { DQN_DEFAULTS } from './dqn.ts';
import {
  type ResolvedReturns,
  type ReturnFormOptions,
  resolveReturns,
} from './returns/return-options.ts';
import { checkValueOptions, VALUE_DEFAULTS, type ValueOptions } from './value-options.ts';

/** How to act and learn; ε runs over the environment steps learned from. */
export interface RecurrentDqnOptions extends Omit<ValueOptions, 'noisy'> {
  /**
   * The body of the network, with a recurrent layer in it. Default `null`: a dense layer of 64 for
   * vectors, convolutions for images, then an LSTM.
   */
  readonly layers?: readonly Layer[] | null;
  /** Steps of a sequence that are learned from, at least 2. Default 20. */
  readonly length?: number;
  /** Steps before them over which both networks find their state, at least 0. Default 10. */
  readonly burnIn?: number;
  /**
   * Transitions that are remembered, at least `burnIn` + `length` for each copy of the world. Default
   * 10,000.
   */
  readonly capacity?: number;
  /** Sequences of an update, at least 1. Default 16. */
  readonly batchSize?: number;
  /** What the network says of returns, and the loss. Default the mean, with the squared error. */
  readonly returns?: ReturnFormOptions;
  /** Whether the network that learns chooses a*, and the target network says its worth. Default true. */
  readonly double?: boolean;
  /** Whether sequences are drawn the more often the larger their errors were. Default false. */
  readonly prioritized?: boolean;
  /** α of the priorities, in [0, 1]. Default 0.9. */
  readonly priorityExponent?: number;
  /** β of the weights that undo them, in [0, 1]; it runs over environment steps. Default 0.6. */
  readonly weightExponent?: Schedule;
  /** η: a priority is η max |δ| + (1 − η) mean |δ| of the sequence; in [0, 1]. Default 0.9. */
  readonly greatestShare?: number;
}

/** Options that are complete. */
export interface ResolvedRecurrentDqn extends Required<RecurrentDqnOptions> {
  readonly layers: readonly Layer[];
  readonly returns: ResolvedReturns;
  readonly replay: Required<PrioritizedMemoryOptions>;
}

const { noisy: _, ...COMMON } = VALUE_DEFAULTS;

/**
 * The options that `new RecurrentDqn(task)` stands for: DQN's where nothing else is said, and those of
 * Kapturowski et al. (2019) for priorities.
 */
export const RECURRENT_DQN_DEFAULTS: Required<RecurrentDqnOptions> = {
  ...COMMON,
  length: 20,
  burnIn: 10,
  returns: DQN_DEFAULTS.returns,
  double: true,
  prioritized: false,
  priorityExponent: 0.9,
  weightExponent: 0.6,
  greatestShare: 0.9,
  batchSize: 16,
};

/** @throws RangeError that begins with `where`, if an option is unknown or out of range. */
export function resolveRecurrentDqnOptions(
  where: string,
  given: RecurrentDqnOptions,
  input: InputLayout,
): ResolvedRecurrentDqn {
  const options = resolveOptions<RecurrentDqnOptions>(
    where,
    RECURRENT_DQN_DEFAULTS,
    given,
  ) as Required<RecurrentDqnOptions>;
  checkValueOptions(where, { ...options, noisy: false });
  checkInteger(`${where}: length`, options.length, 2);
  checkInteger(`${where}: burnIn`, options.burnIn, 0);
  checkBetween(`${where}: greatestShare`, options.greatestShare, 0, 1);
  const layers = options.layers ?? recurrentBody(input, { hidden: [64] });
  return {
    ...options,
    layers: resolveLayers(`${where}: layers`, layers),
    returns: resolveReturns(`${where}: returns`, options.returns),
    replay: resolveMemory(`${where}: replay`, PRIORITIZED_MEMORY_DEFAULTS, options.replay),
    optimizer: resolveOptimizer(options.optimizer, `${where}: optimizer`),
  };
}
