import { checkBetween, checkInteger, resolveOptions } from '../../../core/check.ts';
import type { CpuEngineName } from '../../../networks/cpu-engine.ts';
import { type Layer, resolveLayers } from '../../../networks/layers/registry.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import {
  type OptimizerSpecification,
  resolveOptimizer,
} from '../../../networks/optimizers/specification.ts';
import { mlp } from '../../../networks/specification/mlp.ts';
import type { Task } from '../../task.ts';
import { MEMORY_DEFAULTS, type MemoryOptions, resolveMemory } from '../parts/memory-options.ts';
import { createEncoder } from '../parts/observations.ts';
import { DeterministicAgent } from './deterministic-agent.ts';
import { type NoiseOptions, resolveNoise } from './exploration-noise.ts';
import { resolveFeatures } from './observation-features.ts';
import { checkOffPolicy } from './off-policy-memory.ts';

/** How to act and learn. */
export interface DdpgOptions {
  /**
   * What actor and critics make of observations before the action comes in, each by itself; must end in a
   * row of numbers. Default `null`: nothing for vectors, convolutions and a dense layer for images. None,
   * `[]`, makes vectors of images.
   */
  readonly features?: readonly Layer[] | null;
  /** Of the actor, and of each critic, after that. Default dense layers of 400 and 300. */
  readonly layers?: readonly Layer[];
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** τ of the target networks, in (0, 1]. Default 0.005. */
  readonly targetStepSize?: number;
  /** What is added to actions, to explore. Default normal with a deviation of 0.1. */
  readonly noise?: NoiseOptions;
  /** Of the actor. Default Adam with a learning rate of 0.001. */
  readonly optimizer?: OptimizerSpecification;
  /** Of the critics. Default likewise. */
  readonly criticOptimizer?: OptimizerSpecification;
  /** Transitions that are remembered, at least 1. Default 1,000,000. */
  readonly capacity?: number;
  /** How the memory keeps transitions, and how many bytes it may take. Default as replay buffers do. */
  readonly replay?: MemoryOptions;
  /** Transitions of an update, at least 1. Default 256. */
  readonly batchSize?: number;
  /** Environment steps of random actions before the first update, at least 0. Default 100. */
  readonly learningStarts?: number;
  /**
   * Environment steps from one time of learning to the next, at least 1; or `episode`: learn whenever an
   * episode ends, from as many batches as it had steps. Default 1.
   */
  readonly updateEvery?: number | 'episode';
  /** Updates each time, at least 1; with `episode`, for each of its steps. Default 1. */
  readonly updatesAtOnce?: number;
  /** What computes. Default `simd`, the same bits everywhere. */
  readonly engine?: CpuEngineName;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** Options that are complete. */
export type ResolvedDdpg = Required<DdpgOptions> & {
  readonly features: readonly Layer[];
  readonly noise: Required<NoiseOptions>;
  readonly replay: Required<MemoryOptions>;
};

/**
 * The options that `new Ddpg(task)` stands for: those of Stable-Baselines3, but for the noise, which it
 * has none of unless it is told.
 */
export const DDPG_DEFAULTS: Required<DdpgOptions> = {
  features: null,
  layers: mlp({ hidden: [400, 300], initializer: 'fan-in-uniform' }),
  discount: 0.99,
  targetStepSize: 0.005,
  noise: { kind: 'normal', deviation: 0.1 },
  optimizer: adam({ learningRate: 0.001 }),
  criticOptimizer: adam({ learningRate: 0.001 }),
  capacity: 1_000_000,
  replay: MEMORY_DEFAULTS,
  batchSize: 256,
  learningStarts: 100,
  updateEvery: 1,
  updatesAtOnce: 1,
  engine: 'simd',
  seed: 0,
};

/**
 * Deep deterministic policy gradient: an actor that climbs what a critic says of its actions.
 *
 *     y = r + γ Q̂(s′, μ̂(s′))
 *     critic: ½ mean (Q(s, a) − y)²
 *     actor:  ascends mean Q(s, μ(s)); targets follow by τ
 *
 * Source: Lillicrap et al. (2016), "Continuous control with deep reinforcement learning", algorithm 1.
 * Differs from the source in that the critic sees the action in its first layer, as in TD3's program.
 */
export class Ddpg extends DeterministicAgent<ResolvedDdpg> {
  readonly name = 'ddpg';

  /**
   * @throws RangeError if actions are no bounded `Box`, or an option is unknown or out of range, or
   *   features do not fit the observations.
   */
  constructor(task: Task, options: DdpgOptions = {}) {
    super('Ddpg', task, resolveDdpgOptions('Ddpg', options, task), 1);
  }

  protected update(): void {
    this.memory.sample(this.rng);
    const { nextInputs } = this.memory;
    this.updateCritic(this.actor.target.forward(nextInputs, this.options.batchSize));
    this.updateActor();
  }
}

/**
 * Lays options over the defaults, and checks them.
 *
 * @throws RangeError if one is unknown or out of range, or features do not fit the observations.
 */
export function resolveDdpgOptions(
  where: string,
  given: DdpgOptions,
  { observationSpace }: Task,
): ResolvedDdpg {
  const options = resolveOptions<DdpgOptions>(where, DDPG_DEFAULTS, given) as Required<DdpgOptions>;
  checkBetween(`${where}: discount`, options.discount, 0, 1);
  checkBetween(`${where}: targetStepSize`, options.targetStepSize, Number.MIN_VALUE, 1);
  checkOffPolicy(where, options);
  checkInteger(`${where}: seed`, options.seed, 0);
  return {
    ...options,
    features: resolveFeatures(where, options.features, createEncoder(observationSpace)),
    layers: resolveLayers(`${where}: layers`, options.layers),
    replay: resolveMemory(`${where}: replay`, MEMORY_DEFAULTS, options.replay),
    noise: resolveNoise(`${where}: noise`, options.noise),
    optimizer: resolveOptimizer(options.optimizer, `${where}: optimizer`),
    criticOptimizer: resolveOptimizer(options.criticOptimizer, `${where}: criticOptimizer`),
  };
}
