import type { Agent, Inspection, Policy } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { checkBetween, checkFinite, checkInteger, resolveOptions } from '../../../core/check.ts';
import type { SavedData } from '../../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import { type CpuEngineName, cpuEngine } from '../../../networks/cpu-engine.ts';
import type { Engine } from '../../../networks/engine.ts';
import { type Layer, resolveLayers } from '../../../networks/layers/registry.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import {
  type OptimizerSpecification,
  resolveOptimizer,
} from '../../../networks/optimizers/specification.ts';
import { mlp } from '../../../networks/specification/mlp.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import { restoreParts, type SavedParts, saveParts } from '../../saved-parts.ts';
import { numCopies, type Task } from '../../task.ts';
import type { LearningWork } from '../parts/learning-times.ts';
import { MEMORY_DEFAULTS, type MemoryOptions, resolveMemory } from '../parts/memory-options.ts';
import { numbersPart } from '../parts/numbers-part.ts';
import { createEncoder, type InputLayout, NetworkInputs } from '../parts/observations.ts';
import { TrainableNetwork } from '../parts/trainable-network.ts';
import { requireRealBox } from '../policies/gaussian-policy.ts';
import { SquashedGaussian, squashedGaussianHeads } from '../policies/squashed-gaussian.ts';
import type { SquashedPolicy } from '../policies/squashed-policy.ts';
import {
  StateDependentGaussian,
  stateDependentHeads,
} from '../policies/state-dependent-gaussian.ts';
import { ActionCritic } from './action-critic.ts';
import { ActionScale } from './action-scale.ts';
import { actorBody, criticBody, resolveFeatures } from './observation-features.ts';
import { checkOffPolicy, OffPolicyMemory } from './off-policy-memory.ts';
import {
  type ResolvedExploration,
  resolveExploration,
  type SacExploration,
} from './sac-exploration.ts';
import { checkTemperature, createTemperature, type Temperature } from './temperature.ts';

/** How to act and learn. */
export interface SacOptions {
  /**
   * What actor and critics make of observations before the action comes in, each by itself; must end in a
   * row of numbers. Default `null`: nothing for vectors, convolutions and a dense layer for images. None,
   * `[]`, makes vectors of images.
   */
  readonly features?: readonly Layer[] | null;
  /** Of the actor, and of each critic, after that. Default two dense layers of 256. */
  readonly layers?: readonly Layer[];
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** τ of the target critics, in (0, 1]. Default 0.005. */
  readonly targetStepSize?: number;
  /** α, the weight of the entropy: above 0, or `auto` to learn it. Default `auto`. */
  readonly temperature?: number | 'auto';
  /** Where a learned α begins, above 0. Default 1. */
  readonly initialTemperature?: number;
  /** What a learned α seeks, in nats. Default `null`: −1 for each number of an action. */
  readonly targetEntropy?: number | null;
  /** How actions differ from the middle of π(· | s). Default `{ kind: 'independent' }`. */
  readonly exploration?: SacExploration;
  /** Of actor, critics and α. Default Adam with a learning rate of 0.0003. */
  readonly optimizer?: OptimizerSpecification;
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

/**
 * The options that `new Sac(task)` stands for: those of the paper's second version, with the start of
 * Stable-Baselines3.
 */
export const SAC_DEFAULTS: Required<SacOptions> = {
  features: null,
  layers: mlp({ hidden: [256, 256], initializer: 'fan-in-uniform' }),
  discount: 0.99,
  targetStepSize: 0.005,
  temperature: 'auto',
  initialTemperature: 1,
  targetEntropy: null,
  exploration: { kind: 'independent' },
  optimizer: adam({ learningRate: 3e-4 }),
  capacity: 1_000_000,
  replay: MEMORY_DEFAULTS,
  batchSize: 256,
  learningStarts: 100,
  updateEvery: 1,
  updatesAtOnce: 1,
  engine: 'simd',
  seed: 0,
};

/** Options that are complete. */
export type ResolvedSac = Required<SacOptions> & {
  readonly features: readonly Layer[];
  readonly exploration: ResolvedExploration;
  readonly replay: Required<MemoryOptions>;
};

/**
 * Soft actor-critic: learns to earn much, and to act as randomly as that allows.
 *
 *     y = r + γ (minᵢ Q̂ᵢ(s′, a′) − α log π(a′ | s′)),  a′ ~ π(· | s′)
 *     critics: ½ Σᵢ mean (Qᵢ(s, a) − y)²
 *     actor:   mean α log π(a | s) − minᵢ Qᵢ(s, a),     a ~ π(· | s)
 *     α:       −log α · mean (log π(a | s) + H̄)
 *
 * Source: Haarnoja et al. (2018), "Soft actor-critic algorithms and applications", algorithm 1. Differs
 * from the source in the order: α and the actor learn from a batch first, then the critics, whose y is of
 * the new actor.
 */
export class Sac implements Agent {
  readonly name = 'sac';
  readonly options: ResolvedSac;
  readonly actor: TrainableNetwork;
  readonly critic: ActionCritic;

  readonly #inputs: NetworkInputs;
  readonly #scale: ActionScale;
  readonly #memory: OffPolicyMemory;
  readonly #work: LearningWork = { update: () => this.#update() };
  readonly #temperature: Temperature;
  readonly #targetEntropy: number;
  readonly #policy: SquashedPolicy;
  readonly #rng: Alea;
  readonly #targets: Float32Array;
  readonly #values: Float32Array;
  readonly #actionGradients: Float32Array;
  readonly #outputs: Float32Array; // of the actor: the critic's first pass may move the engine's memory
  readonly #gradients: Float32Array; // of the actor's outputs
  readonly #numbers = { criticLoss: 0, actorLoss: 0, entropy: 0 };

  /**
   * @throws RangeError if actions are no bounded `Box`, or an option is unknown or out of range, or
   *   features do not fit the observations.
   */
  constructor(task: Task, options: SacOptions = {}) {
    const where = 'Sac';
    const encoder = createEncoder(task.observationSpace);
    this.options = resolveSacOptions(where, options, encoder);
    const { optimizer, engine, seed, batchSize } = this.options;
    this.#inputs = new NetworkInputs(encoder);
    this.#scale = new ActionScale(where, requireRealBox(where, task.actionSpace));
    const actionSize = this.#scale.size;
    const { inputSize } = encoder;
    const arithmetic = cpuEngine(engine, `${where}: engine`);
    const body = actorBody(encoder, this.options);
    const { kind } = this.options.exploration;
    const headsOf = kind === 'independent' ? squashedGaussianHeads : stateDependentHeads;
    const specification = network({ ...body, heads: headsOf(actionSize) });
    this.actor = new TrainableNetwork(arithmetic, specification, optimizer, { seed });
    this.critic = new ActionCritic({
      inputSize,
      actionSize,
      count: 2,
      layers: criticBody(encoder, this.options, actionSize),
      optimizer,
      engine: arithmetic,
      seed: seed + 1,
      rows: batchSize,
    });
    this.#temperature = createTemperature(this.options, arithmetic);
    this.#targetEntropy = this.options.targetEntropy ?? -actionSize;
    this.#memory = new OffPolicyMemory(where, task, encoder, this.#scale, this.options);
    this.#policy = createPolicy(this.options, arithmetic, {
      size: actionSize,
      features: this.actor.network.outputSize - actionSize,
      copies: numCopies(where, task),
    });
    this.#rng = new Alea(seed, 'agent');
    this.#targets = new Float32Array(batchSize);
    this.#values = new Float32Array(batchSize);
    this.#actionGradients = new Float32Array(batchSize * actionSize);
    const outputs = batchSize * this.actor.network.outputSize;
    this.#outputs = new Float32Array(outputs);
    this.#gradients = new Float32Array(outputs);
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#memory.steps;
  }

  /** Draws A from π(· | S); uniformly before the first update. */
  act(observations: Float32Array, actions: ActionColumn): void {
    if (this.#memory.isWarmingUp) {
      this.#memory.actRandomly(actions, this.#rng);
      return;
    }
    const rows = actions.length / this.#scale.size;
    const outputs = this.#look(observations, rows);
    this.#policy.explore(outputs, rows, this.#rng, actions as Float32Array);
    this.#scale.toWorld(actions as Float32Array);
  }

  /**
   * Stores the transitions, and learns from remembered ones when it is due.
   *
   * @throws RangeError if a reward is not a finite number. Error if a loss is not.
   */
  learn(transitions: Transitions): void {
    this.#memory.add(transitions, this.#work);
  }

  #update(): void {
    const where = 'Sac.learn';
    const { batchSize, targetStepSize } = this.options;
    const memory = this.#memory;
    const policy = this.#policy;
    memory.sample(this.#rng);
    policy.renew(this.#rng);

    // α learns from actions of the present policy, as do actor and critics.
    this.#outputs.set(this.actor.forward(memory.inputs, batchSize));
    policy.draw(this.#outputs, batchSize, this.#rng);
    const temperature = this.#temperature.value;
    this.#temperature.update(where, policy.logProbabilities, this.#targetEntropy);
    this.#updateActor(temperature);

    // y = r + γ (minᵢ Q̂ᵢ(s′, a′) − α log π(a′ | s′)).
    const outputs = this.actor.forward(memory.nextInputs, batchSize);
    policy.draw(outputs, batchSize, this.#rng);
    this.critic.writeTargetValues(memory.nextInputs, policy.actions, this.#values);
    for (let row = 0; row < batchSize; row++) {
      const soft = this.#values[row] - temperature * policy.logProbabilities[row];
      this.#targets[row] = memory.rewards[row] + memory.discounts[row] * soft;
    }
    const { inputs, actions } = memory;
    this.#numbers.criticLoss = this.critic.update(where, inputs, actions, this.#targets);
    this.critic.followTarget(targetStepSize);
  }

  /** A gradient step of the actor on α log π(a | s) − minᵢ Qᵢ(s, a), with the actions just drawn. */
  #updateActor(temperature: number): void {
    const { batchSize } = this.options;
    const policy = this.#policy;
    const { inputs } = this.#memory;
    this.critic.differentiate('least', inputs, policy.actions, this.#values, this.#actionGradients);
    const scale = 1 / batchSize;
    const [outputs, actionGradients, gradients] = [
      this.#outputs,
      this.#actionGradients,
      this.#gradients,
    ];
    policy.writeGradient(outputs, batchSize, temperature, actionGradients, scale, gradients);
    let [entropy, value] = [0, 0]; // means
    for (let row = 0; row < batchSize; row++) {
      entropy -= policy.logProbabilities[row] / batchSize;
      value += this.#values[row] / batchSize;
    }
    const loss = -temperature * entropy - value;
    this.actor.update('Sac.learn, actor', loss, gradients);
    policy.update();
    this.#numbers.entropy = entropy;
    this.#numbers.actorLoss = loss;
  }

  /** The policy that always takes the middle of the distribution. */
  greedy(): Policy {
    return {
      act: (observations, actions) => {
        const taken = actions as Float32Array;
        const rows = actions.length / this.#scale.size;
        this.#policy.choose(this.#look(observations, rows), rows, taken);
        this.#scale.toWorld(taken);
      },
    };
  }

  /** V(s): what the critics say of the action in the middle. */
  inspect(observation: Float32Array): Inspection {
    const input = this.#inputs.of(observation, 1);
    const action = new Float32Array(this.#scale.size);
    this.#policy.choose(this.actor.forward(input, 1), 1, action);
    return this.critic.inspect(input, action);
  }

  metrics(): Readonly<Record<string, number>> {
    return {
      updates: this.actor.updates,
      temperature: this.#temperature.value,
      ...this.#numbers,
      ...this.actor.metrics('actor'),
      ...this.critic.critic.metrics('critic'),
    };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts);
  }

  restore(saved: SavedData): void {
    restoreParts('Sac.restore', saved, this.name, this.#parts);
  }

  get #parts(): SavedParts {
    return {
      rng: this.#rng,
      actor: this.actor,
      ...this.#policy.parts,
      ...this.critic.parts,
      ...this.#temperature.parts,
      ...this.#memory.parts,
      numbers: numbersPart(this.#numbers),
    };
  }

  #look(observations: Float32Array, rows: number): Float32Array {
    return this.actor.forward(this.#inputs.of(observations, rows), rows);
  }
}

function createPolicy(
  { exploration, batchSize, optimizer }: ResolvedSac,
  engine: Engine,
  task: { readonly size: number; readonly features: number; readonly copies: number },
): SquashedPolicy {
  if (exploration.kind === 'independent') return new SquashedGaussian(batchSize, task.size);
  return new StateDependentGaussian({
    ...exploration,
    ...task,
    rows: batchSize,
    engine,
    optimizer,
  });
}

function resolveSacOptions(where: string, given: SacOptions, input: InputLayout): ResolvedSac {
  const options = resolveOptions<SacOptions>(where, SAC_DEFAULTS, given) as Required<SacOptions>;
  checkBetween(`${where}: discount`, options.discount, 0, 1);
  checkBetween(`${where}: targetStepSize`, options.targetStepSize, Number.MIN_VALUE, 1);
  checkTemperature(where, options);
  if (options.targetEntropy !== null) checkFinite(`${where}: targetEntropy`, options.targetEntropy);
  checkOffPolicy(where, options);
  checkInteger(`${where}: seed`, options.seed, 0);
  return {
    ...options,
    features: resolveFeatures(where, options.features, input),
    layers: resolveLayers(`${where}: layers`, options.layers),
    replay: resolveMemory(`${where}: replay`, MEMORY_DEFAULTS, options.replay),
    exploration: resolveExploration(`${where}: exploration`, options.exploration),
    optimizer: resolveOptimizer(options.optimizer, `${where}: optimizer`),
  };
}
