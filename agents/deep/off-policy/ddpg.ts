import type { Agent, Inspection, Policy } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { checkBetween, checkInteger, resolveOptions } from '../../../core/check.ts';
import type { SavedData } from '../../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import type { CpuEngineName } from '../../../networks/cpu-engine.ts';
import { type Layer, resolveLayers } from '../../../networks/layers/registry.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import {
  type OptimizerSpecification,
  resolveOptimizer,
} from '../../../networks/optimizers/specification.ts';
import { mlp } from '../../../networks/specification/mlp.ts';
import { restoreParts, type SavedParts, saveParts } from '../../saved-parts.ts';
import type { Task } from '../../task.ts';
import type { LearningWork } from '../parts/learning-times.ts';
import { MEMORY_DEFAULTS, type MemoryOptions, resolveMemory } from '../parts/memory-options.ts';
import { numbersPart } from '../parts/numbers-part.ts';
import type { ActionCritic } from './action-critic.ts';
import type { DeterministicActor } from './deterministic-actor.ts';
import { createDeterministicParts } from './deterministic-parts.ts';
import { type NoiseOptions, resolveNoise } from './exploration-noise.ts';
import { checkOffPolicy, type OffPolicyMemory } from './off-policy-memory.ts';

/** How to act and learn. */
export interface DdpgOptions {
  /** Of the actor, and of each critic. Default dense layers of 400 and 300. */
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
  readonly noise: Required<NoiseOptions>;
  readonly replay: Required<MemoryOptions>;
};

/**
 * The options that `new Ddpg(task)` stands for: those of Stable-Baselines3, but for the noise, which it
 * has none of unless it is told.
 */
export const DDPG_DEFAULTS: ResolvedDdpg = {
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
export class Ddpg implements Agent {
  readonly name = 'ddpg';
  readonly options: Required<DdpgOptions>;
  readonly actor: DeterministicActor;
  readonly critic: ActionCritic;

  readonly #memory: OffPolicyMemory;
  readonly #work: LearningWork = { update: () => this.#update() };
  readonly #rng: Alea;
  readonly #targets: Float32Array;
  readonly #values: Float32Array;
  readonly #actionGradients: Float32Array;
  readonly #numbers = { criticLoss: 0, actorLoss: 0 };

  /** @throws RangeError if actions are no bounded `Box`, or an option is unknown or out of range. */
  constructor(task: Task, options: DdpgOptions = {}) {
    const where = 'Ddpg';
    const resolved = resolveDdpgOptions(where, options);
    this.options = resolved;
    const { seed, batchSize } = resolved;
    const { actionSize, memory, ...networks } = createDeterministicParts(where, task, resolved, 1);
    this.actor = networks.actor;
    this.critic = networks.critic;
    this.#memory = memory;
    this.#rng = new Alea(seed, 'agent');
    this.#targets = new Float32Array(batchSize);
    this.#values = new Float32Array(batchSize);
    this.#actionGradients = new Float32Array(batchSize * actionSize);
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#memory.steps;
  }

  /** A = μ(S) + noise; uniformly random before the first update. */
  act(observations: Float32Array, actions: ActionColumn): void {
    if (this.#memory.isWarmingUp) this.#memory.actRandomly(actions, this.#rng);
    else this.actor.explore(observations, actions, this.steps, this.#rng);
  }

  /**
   * Stores the transitions, and learns from remembered ones when it is due.
   *
   * @throws RangeError if a reward is not a finite number. Error if a loss is not.
   */
  learn(transitions: Transitions): void {
    this.#memory.add(transitions, this.#work);
    this.actor.endEpisodes(transitions);
  }

  #update(): void {
    const where = 'Ddpg.learn';
    const { batchSize, targetStepSize } = this.options;
    const memory = this.#memory;
    memory.sample(this.#rng);
    const { inputs, actions, rewards, discounts, nextInputs } = memory;

    // y = r + γ Q̂(s′, μ̂(s′)).
    const nextActions = this.actor.target.forward(nextInputs, batchSize);
    this.critic.writeTargetValues(nextInputs, nextActions, this.#values);
    for (let row = 0; row < batchSize; row++) {
      this.#targets[row] = rewards[row] + discounts[row] * this.#values[row];
    }
    this.#numbers.criticLoss = this.critic.update(where, inputs, actions, this.#targets);

    const chosen = this.actor.actor.forward(inputs, batchSize);
    this.critic.differentiate('first', inputs, chosen, this.#values, this.#actionGradients);
    this.#numbers.actorLoss = this.actor.climb(where, this.#actionGradients, this.#values);
    this.critic.followTarget(targetStepSize);
    this.actor.followTarget(targetStepSize);
  }

  /** The policy without noise. */
  greedy(): Policy {
    return this.actor.greedy();
  }

  /** V(s): what the critic says of μ(s). */
  inspect(observation: Float32Array): Inspection {
    const { input, action } = this.actor.look(observation);
    return this.critic.inspect(input, action);
  }

  metrics(): Readonly<Record<string, number>> {
    const { updates } = this.critic.critic;
    return {
      updates,
      ...this.#numbers,
      ...this.actor.actor.metrics('actor'),
      ...this.critic.critic.metrics('critic'),
    };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts);
  }

  restore(saved: SavedData): void {
    restoreParts('Ddpg.restore', saved, this.name, this.#parts);
  }

  get #parts(): SavedParts {
    return {
      rng: this.#rng,
      ...this.actor.parts,
      ...this.critic.parts,
      ...this.#memory.parts,
      numbers: numbersPart(this.#numbers),
    };
  }
}

/**
 * Lays options over the defaults, and checks them.
 *
 * @throws RangeError if one is unknown or out of range.
 */
export function resolveDdpgOptions(where: string, given: DdpgOptions): ResolvedDdpg {
  const options = resolveOptions<DdpgOptions>(where, DDPG_DEFAULTS, given) as Required<DdpgOptions>;
  checkBetween(`${where}: discount`, options.discount, 0, 1);
  checkBetween(`${where}: targetStepSize`, options.targetStepSize, Number.MIN_VALUE, 1);
  checkOffPolicy(where, options);
  checkInteger(`${where}: seed`, options.seed, 0);
  return {
    ...options,
    layers: resolveLayers(`${where}: layers`, options.layers),
    replay: resolveMemory(`${where}: replay`, MEMORY_DEFAULTS, options.replay),
    noise: resolveNoise(`${where}: noise`, options.noise),
    optimizer: resolveOptimizer(options.optimizer, `${where}: optimizer`),
    criticOptimizer: resolveOptimizer(options.criticOptimizer, `${where}: criticOptimizer`),
  };
}
