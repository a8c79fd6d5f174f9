import type { Agent, Inspection, Policy } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { checkBetween, checkInteger, resolveOptions } from '../../../core/check.ts';
import type { SavedData } from '../../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import { type CpuEngineName, cpuEngine } from '../../../networks/cpu-engine.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { type Layer, resolveLayers } from '../../../networks/layers/registry.ts';
import type { Network } from '../../../networks/network.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import {
  type OptimizerSpecification,
  resolveOptimizer,
} from '../../../networks/optimizers/specification.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import { ReplayBuffer } from '../../../replay/replay-buffer.ts';
import { isMasked } from '../../../replay/replay-task.ts';
import { restoreParts, type SavedParts, saveParts } from '../../saved-parts.ts';
import { checkMasks, checkReward, requireDiscrete, type Task } from '../../task.ts';
import { randomAction } from '../action-values/greedy-action.ts';
import { ValueBatch } from '../action-values/value-batch.ts';
import { defaultBody } from '../parts/default-body.ts';
import { LearningTimes, type LearningWork } from '../parts/learning-times.ts';
import {
  MEMORY_DEFAULTS,
  type MemoryOptions,
  resolveMemory,
  storageFor,
} from '../parts/memory-options.ts';
import { networkPart } from '../parts/network-part.ts';
import { numbersPart } from '../parts/numbers-part.ts';
import { createEncoder, type InputLayout, NetworkInputs } from '../parts/observations.ts';
import { replayPart } from '../parts/replay-part.ts';
import { SeenMasks } from '../parts/seen-masks.ts';
import { softUpdate } from '../parts/soft-update.ts';
import { TrainableNetwork } from '../parts/trainable-network.ts';
import { categoricalPolicy } from '../policies/categorical-policy.ts';
import type { PolicyForm } from '../policies/policy-form.ts';
import { SoftValues } from '../policies/soft-values.ts';
import { checkOffPolicy } from './off-policy-memory.ts';
import { checkTemperature, createTemperature, type Temperature } from './temperature.ts';

/** How to act and learn. */
export interface DiscreteSacOptions {
  /**
   * Of the actor, and of each critic. Default `null`: two dense layers of 256 for vectors, convolutions
   * for images.
   */
  readonly layers?: readonly Layer[] | null;
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** Environment steps from one change of the target critics to the next, at least 1. Default 1. */
  readonly targetUpdateEvery?: number;
  /** τ of the target critics, in (0, 1]. Default 0.005. */
  readonly targetStepSize?: number;
  /** α, the weight of the entropy: above 0, or `auto` to learn it. Default `auto`. */
  readonly temperature?: number | 'auto';
  /** Where a learned α begins, above 0. Default 1. */
  readonly initialTemperature?: number;
  /**
   * What a learned α seeks, as a share of the greatest entropy that legal actions allow, in [0, 1].
   * Default 0.5.
   */
  readonly entropyShare?: number;
  /** Of actor, critics and α. Default Adam with a learning rate of 0.0003. */
  readonly optimizer?: OptimizerSpecification;
  /** Transitions that are remembered, at least 1. Default 100,000. */
  readonly capacity?: number;
  /** How the memory keeps transitions, and how many bytes it may take. Default as replay buffers do. */
  readonly replay?: MemoryOptions;
  /** Transitions of an update, at least 1. Default 64. */
  readonly batchSize?: number;
  /** Environment steps of random actions before the first update, at least 0. Default 1000. */
  readonly learningStarts?: number;
  /**
   * Environment steps from one time of learning to the next, at least 1; or `episode`: learn whenever an
   * episode ends, from as many batches as it had steps. Default 4.
   */
  readonly updateEvery?: number | 'episode';
  /** Updates each time, at least 1; with `episode`, for each of its steps. Default 1. */
  readonly updatesAtOnce?: number;
  /** What computes. Default `simd`, the same bits everywhere. */
  readonly engine?: CpuEngineName;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that `new DiscreteSac(task)` stands for. */
export const DISCRETE_SAC_DEFAULTS: Required<DiscreteSacOptions> = {
  layers: null,
  discount: 0.99,
  targetUpdateEvery: 1,
  targetStepSize: 0.005,
  temperature: 'auto',
  initialTemperature: 1,
  entropyShare: 0.5,
  optimizer: adam({ learningRate: 3e-4 }),
  capacity: 100_000,
  replay: MEMORY_DEFAULTS,
  batchSize: 64,
  learningStarts: 1000,
  updateEvery: 4,
  updatesAtOnce: 1,
  engine: 'simd',
  seed: 0,
};

/**
 * Soft actor-critic for actions that can be counted: expectations over actions are sums.
 *
 *     y = r + γ Σₐ π(a | s′) (minᵢ Q̂ᵢ(s′, a) − α log π(a | s′))
 *     critics: ½ Σᵢ mean (Qᵢ(s, a) − y)²
 *     actor:   mean Σₐ π(a | s) (α log π(a | s) − minᵢ Qᵢ(s, a))
 *     α:       −log α · mean Σₐ π(a | s) (log π(a | s) + H̄)
 *
 * Source: Christodoulou (2019), "Soft actor-critic for discrete action settings", algorithm 1.
 */
export class DiscreteSac implements Agent {
  readonly name = 'discrete-sac';
  readonly options: Required<DiscreteSacOptions>;
  readonly numActions: number;
  readonly actor: TrainableNetwork;
  /** Q₁ and Q₂, side by side in a row of outputs. */
  readonly critic: TrainableNetwork;
  readonly targetCritic: Network;
  readonly replay: ReplayBuffer;

  readonly #inputs: NetworkInputs;
  readonly #form: PolicyForm;
  readonly #temperature: Temperature;
  readonly #rng: Alea;
  readonly #times: LearningTimes;
  readonly #work: LearningWork = {
    update: () => this.#update(),
    follow: () => {
      softUpdate(this.critic.network, this.targetCritic, this.options.targetStepSize);
    },
  };
  readonly #batch: ValueBatch;
  readonly #soft: SoftValues;
  readonly #seenMasks: SeenMasks | null; // of states that are acted in, where not all is legal
  readonly #targets: Float32Array;
  readonly #criticGradients: Float32Array;
  readonly #actorGradients: Float32Array;
  readonly #numbers = { criticLoss: 0, actorLoss: 0, entropy: 0 };

  /** @throws RangeError if actions are not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: DiscreteSacOptions = {}) {
    const where = 'DiscreteSac';
    this.numActions = requireDiscrete(where, 'actions', task.actionSpace).n;
    const encoder = createEncoder(task.observationSpace);
    this.#inputs = new NetworkInputs(encoder);
    const resolved = resolveDiscreteSacOptions(where, options, encoder);
    this.options = resolved;
    const { layers, optimizer, seed, capacity, batchSize, discount } = resolved;
    const engine = cpuEngine(resolved.engine, `${where}: engine`);
    const last = dense(this.numActions, { initializer: 'fan-in-uniform' });
    const head = [...layers, last];
    const input = encoder.shape;
    const policy = network({ input, heads: { policy: head } });
    const critics = network({ input, heads: { q1: head, q2: head } });
    this.actor = new TrainableNetwork(engine, policy, optimizer, { seed });
    this.critic = new TrainableNetwork(engine, critics, optimizer, { seed: seed + 1 });
    this.targetCritic = engine.create(critics, { seed: seed + 1 });
    this.#form = categoricalPolicy(this.numActions, 1);
    this.#temperature = createTemperature(resolved, engine);
    const stateMasks = isMasked(task);
    const storage = storageFor(`${where}: replay`, task, resolved.replay);
    this.replay = new ReplayBuffer(task, capacity, { discount, stateMasks, ...storage });
    this.#seenMasks = stateMasks ? new SeenMasks(this.numActions) : null;
    this.#rng = new Alea(seed, 'agent');
    this.#times = new LearningTimes(resolved);
    const batch = this.replay.createBatch(batchSize);
    const sizes = { numActions: this.numActions, size: 1, targetSize: 1 };
    this.#batch = new ValueBatch(batch, encoder, sizes);
    this.#soft = new SoftValues(batchSize, this.numActions);
    this.#targets = new Float32Array(batchSize);
    this.#criticGradients = new Float32Array(2 * batchSize * this.numActions);
    this.#actorGradients = new Float32Array(batchSize * this.numActions);
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#times.steps;
  }

  /** Draws A from π(· | S); evenly before the first update. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const { numActions } = this;
    checkMasks('DiscreteSac.act', actionMasks, this.#seenMasks !== null);
    this.#seenMasks?.see(actions.length, actionMasks);
    if (this.#times.isWarmingUp) {
      for (let row = 0; row < actions.length; row++) {
        actions[row] = randomAction(this.#rng, row, numActions, actionMasks);
      }
      return;
    }
    const outputs = this.#look(observations, actions.length);
    for (let row = 0; row < actions.length; row++) {
      this.#form.draw(outputs, row * numActions, this.#rng, actions, row, actionMasks);
    }
  }

  /**
   * Stores the transitions, and learns from remembered ones when it is due.
   *
   * @throws RangeError if a reward is not a finite number. Error if a loss is not.
   */
  learn(transitions: Transitions): void {
    const { rewards } = transitions;
    for (let i = 0; i < rewards.length; i++) {
      checkReward('DiscreteSac.learn', rewards[i], this.steps + i);
    }
    this.replay.add(transitions, this.#seenMasks?.take(rewards.length));
    this.#times.pass(transitions, this.#work);
  }

  #update(): void {
    const { batchSize } = this.options;
    const batch = this.#batch;
    const soft = this.#soft;
    const temperature = this.#temperature.value;
    this.replay.sample(batch.transitions, this.#rng);
    batch.takeDiscounts();

    // y = r + γ Σₐ π(a | s′) (minᵢ Q̂ᵢ(s′, a) − α log π(a | s′)).
    const nextInputs = batch.nextInputs();
    const { rewards, nextActionMasks } = batch.transitions;
    soft.takePolicies(this.actor.forward(nextInputs, batchSize), nextActionMasks);
    soft.takeValues(this.targetCritic.forward(nextInputs, batchSize));
    for (let row = 0; row < batchSize; row++) {
      const value = soft.value(row, temperature);
      this.#targets[row] = rewards[row] + batch.discounts[row] * value;
    }
    const inputs = batch.inputs();
    this.#updateCritic(inputs);

    const { actionMasks } = batch.transitions;
    soft.takePolicies(this.actor.forward(inputs, batchSize), actionMasks);
    soft.takeValues(this.critic.forward(inputs, batchSize));
    const loss = soft.writeGradients(temperature, this.#actorGradients);
    this.actor.update('DiscreteSac.learn, actor', loss, this.#actorGradients);
    const logarithms = soft.logarithms();
    const sought = this.options.entropyShare * soft.greatestEntropy(actionMasks);
    this.#temperature.update('DiscreteSac.learn', logarithms, sought);
    this.#numbers.actorLoss = loss;
    this.#numbers.entropy = -logarithms.reduce((sum, each) => sum + each, 0) / batchSize;
  }

  #updateCritic(inputs: Float32Array): void {
    const { batchSize } = this.options;
    const { actions } = this.#batch.transitions;
    const outputs = this.critic.forward(inputs, batchSize);
    const gradients = this.#criticGradients.fill(0);
    let loss = 0;
    for (let row = 0; row < batchSize; row++) {
      for (let critic = 0; critic < 2; critic++) {
        const index = (2 * row + critic) * this.numActions + actions[row];
        const error = outputs[index] - this.#targets[row];
        loss += (0.5 * error * error) / batchSize;
        gradients[index] = error / batchSize;
      }
    }
    this.critic.update('DiscreteSac.learn, critic', loss, gradients);
    this.#numbers.criticLoss = loss;
  }

  /** The policy that takes the likeliest action. */
  greedy(): Policy {
    return {
      act: (observations, actions, actionMasks) => {
        const outputs = this.#look(observations, actions.length);
        for (let row = 0; row < actions.length; row++) {
          this.#form.choose(outputs, row * this.numActions, actions, row, actionMasks);
        }
      },
    };
  }

  /** π(· | s), the lower critic of each action, and what they come to together. */
  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    const { numActions } = this;
    const policy = this.#form.chances?.(this.#look(observation, 1), 0, actionMask);
    const inputs = this.#inputs.of(observation, 1);
    const outputs = this.critic.forward(inputs, 1);
    const actionValues = Float64Array.from({ length: numActions }, (_, action) =>
      Math.min(outputs[action], outputs[numActions + action]),
    );
    const value = actionValues.reduce((sum, q, action) => sum + q * (policy?.[action] ?? 0), 0);
    return { actionValues, value, ...(policy && { policy }) };
  }

  metrics(): Readonly<Record<string, number>> {
    return {
      updates: this.actor.updates,
      temperature: this.#temperature.value,
      ...this.#numbers,
      ...this.actor.metrics('actor'),
      ...this.critic.metrics('critic'),
    };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts);
  }

  restore(saved: SavedData): void {
    const older = { seenMasks: { masks: new Uint8Array(0), areSeen: 0 } }; // which did not save them
    restoreParts('DiscreteSac.restore', { ...older, ...saved }, this.name, this.#parts);
  }

  get #parts(): SavedParts {
    return {
      times: this.#times,
      rng: this.#rng,
      actor: this.actor,
      critic: this.critic,
      target: networkPart(this.targetCritic),
      ...this.#temperature.parts,
      replay: replayPart(this.replay),
      ...(this.#seenMasks && { seenMasks: this.#seenMasks }),
      numbers: numbersPart(this.#numbers),
    };
  }

  #look(observations: Float32Array, rows: number): Float32Array {
    return this.actor.forward(this.#inputs.of(observations, rows), rows);
  }
}

function resolveDiscreteSacOptions(
  where: string,
  given: DiscreteSacOptions,
  input: InputLayout,
): Required<DiscreteSacOptions> & {
  readonly layers: readonly Layer[];
  readonly replay: Required<MemoryOptions>;
} {
  const options = resolveOptions<DiscreteSacOptions>(
    where,
    DISCRETE_SAC_DEFAULTS,
    given,
  ) as Required<DiscreteSacOptions>;
  checkBetween(`${where}: discount`, options.discount, 0, 1);
  checkBetween(`${where}: targetStepSize`, options.targetStepSize, Number.MIN_VALUE, 1);
  checkTemperature(where, options);
  checkBetween(`${where}: entropyShare`, options.entropyShare, 0, 1);
  checkOffPolicy(where, options);
  checkInteger(`${where}: seed`, options.seed, 0);
  const layers = options.layers ?? defaultBody(input, { hidden: [256, 256] });
  return {
    ...options,
    layers: resolveLayers(`${where}: layers`, layers),
    replay: resolveMemory(`${where}: replay`, MEMORY_DEFAULTS, options.replay),
    optimizer: resolveOptimizer(options.optimizer, `${where}: optimizer`),
  };
}
