import { checkBetween, checkInteger } from '../../../core/check.ts';
import { checkSchedule, type Schedule } from '../../../core/schedule.ts';
import type { CpuEngineName } from '../../../networks/cpu-engine.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import type { OptimizerSpecification } from '../../../networks/optimizers/specification.ts';
import { checkOffPolicy } from '../off-policy/off-policy-memory.ts';
import {
  PRIORITIZED_MEMORY_DEFAULTS,
  type PrioritizedMemoryOptions,
} from '../parts/memory-options.ts';

/** How to act by remembered action values and to learn them; ε runs over environment steps learned from. */
export interface ValueOptions {
  /**
   * The body of the network. Default `null`: dense layers of 120 and 84 for vectors, convolutions for
   * images, these before those where images are parts of what is seen.
   */
  readonly layers?: readonly Layer[] | null;
  /** Whether the network that learns chooses a*, and the target network says its worth. Default false. */
  readonly double?: boolean;
  /**
   * Whether the network tells values of states from advantages of actions: of each atom or quantile by
   * itself. A dense layer at the end of `layers` (IQN: of `headLayers`) stands in both ways. Default false.
   */
  readonly dueling?: boolean;
  /**
   * Whether noise in the weights explores; take `epsilon: 0` with it. All dense layers become noisy ones,
   * which must have a bias, and begin as these do. Default false.
   */
  readonly noisy?: boolean;
  /** n of n-step returns, at least 1; behind the first step they are those of the past policy. Default 1. */
  readonly numSteps?: number;
  /** Whether transitions are drawn the more often the larger their error was. Default false. */
  readonly prioritized?: boolean;
  /** α of the priorities, in [0, 1]. Default 0.6. */
  readonly priorityExponent?: number;
  /** β of the weights that undo them, in [0, 1]; it runs over environment steps. Default 0.4. */
  readonly weightExponent?: Schedule;
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** ε, chance of a random action, in [0, 1]. Default from 1 to 0.05 over 250,000 steps. */
  readonly epsilon?: Schedule;
  /** Default Adam with a learning rate of 0.00025. */
  readonly optimizer?: OptimizerSpecification;
  /** Transitions that are remembered, at least `numSteps` for each copy of the world. Default 10,000. */
  readonly capacity?: number;
  /** How the memory keeps transitions, and how many bytes it may take. Default as replay buffers do. */
  readonly replay?: PrioritizedMemoryOptions;
  /** Transitions of an update, at least 1. Default 128. */
  readonly batchSize?: number;
  /** Environment steps before the first update, at least 0. Default 10,000. */
  readonly learningStarts?: number;
  /**
   * Environment steps from one time of learning to the next, at least 1; or `episode`: learn whenever an
   * episode ends, from as many batches as it had steps. Default 10.
   */
  readonly updateEvery?: number | 'episode';
  /** Updates each time, at least 1; with `episode`, for each of its steps. Default 1. */
  readonly updatesAtOnce?: number;
  /** Environment steps from one change of the target network to the next, at least 1. Default 500. */
  readonly targetUpdateEvery?: number;
  /** τ: θ⁻ ← τ θ + (1 − τ) θ⁻, in (0, 1]. Default 1: a copy. */
  readonly targetStepSize?: number;
  /** What computes. Default `simd`, the same bits everywhere. */
  readonly engine?: CpuEngineName;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** Options that are complete. */
export interface ResolvedValueOptions extends Required<ValueOptions> {
  readonly replay: Required<PrioritizedMemoryOptions>;
}

/** Those of CleanRL's `dqn.py` on CartPole. */
export const VALUE_DEFAULTS: ResolvedValueOptions = {
  layers: null,
  double: false,
  dueling: false,
  noisy: false,
  numSteps: 1,
  prioritized: false,
  priorityExponent: 0.6,
  weightExponent: 0.4,
  discount: 0.99,
  epsilon: { kind: 'linear', from: 1, to: 0.05, steps: 250_000 },
  optimizer: adam({ learningRate: 2.5e-4 }),
  capacity: 10_000,
  replay: PRIORITIZED_MEMORY_DEFAULTS,
  batchSize: 128,
  learningStarts: 10_000,
  updateEvery: 10,
  updatesAtOnce: 1,
  targetUpdateEvery: 500,
  targetStepSize: 1,
  engine: 'simd',
  seed: 0,
};

/** @throws RangeError that begins with `where`, if an option is out of range. */
export function checkValueOptions(where: string, options: Required<ValueOptions>): void {
  checkBetween(`${where}: discount`, options.discount, 0, 1);
  checkSchedule(`${where}: epsilon`, options.epsilon, 0, 1);
  checkInteger(`${where}: numSteps`, options.numSteps, 1);
  checkBetween(`${where}: priorityExponent`, options.priorityExponent, 0, 1);
  checkSchedule(`${where}: weightExponent`, options.weightExponent, 0, 1);
  checkOffPolicy(where, options);
  checkBetween(`${where}: targetStepSize`, options.targetStepSize, Number.MIN_VALUE, 1);
  checkInteger(`${where}: seed`, options.seed, 0);
}
