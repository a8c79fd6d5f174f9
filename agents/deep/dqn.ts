import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween, checkInteger, resolveOptions } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { type CpuEngineName, cpuEngine } from '../../networks/cpu-engine.ts';
import { type Layer, resolveLayers } from '../../networks/layers/registry.ts';
import { computeLoss } from '../../networks/losses/compute-loss.ts';
import type { Network } from '../../networks/network.ts';
import { adam } from '../../networks/optimizers/adam.ts';
import {
  type OptimizerSpecification,
  resolveOptimizer,
} from '../../networks/optimizers/specification.ts';
import { PrioritizedReplayBuffer } from '../../replay/prioritized-replay-buffer.ts';
import { ReplayBuffer } from '../../replay/replay-buffer.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { StepCount } from '../step-count.ts';
import { checkReward, requireDiscrete, type Task } from '../task.ts';
import { defaultBody } from './default-body.ts';
import { greedyAction, randomAction } from './greedy-action.ts';
import { inspectValues } from './inspect-values.ts';
import { networkPart } from './network-part.ts';
import { numbersPart } from './numbers-part.ts';
import { createEncoder, type ObservationEncoder } from './observations.ts';
import { replayPart } from './replay-part.ts';
import {
  createReturnForm,
  type ReturnForm,
  type ReturnFormOptions,
} from './returns/return-form.ts';
import { softUpdate } from './soft-update.ts';
import { TrainableNetwork } from './trainable-network.ts';
import { ValueBatch } from './value-batch.ts';
import { valueNetwork } from './value-network.ts';

/** How to act and learn; ε runs over the environment steps learned from. */
export interface DqnOptions {
  /**
   * The body of the network. Default `null`: dense layers of 120 and 84 for vectors, convolutions for
   * images.
   */
  readonly layers?: readonly Layer[] | null;
  /** What the network says of returns, and the loss. Default the mean, with the squared error. */
  readonly returns?: ReturnFormOptions;
  /** Whether the network that learns chooses a*, and the target network says its worth. Default false. */
  readonly double?: boolean;
  /**
   * Whether the network tells values of states from advantages of actions: of expected returns alone.
   * Default false.
   */
  readonly dueling?: boolean;
  /** Whether noise in the weights explores; take `epsilon: 0` with it. Default false. */
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
  /** Transitions that are remembered, at least 1. Default 10,000. */
  readonly capacity?: number;
  /** Transitions of an update, at least 1. Default 128. */
  readonly batchSize?: number;
  /** Environment steps before the first update, at least 0. Default 10,000. */
  readonly learningStarts?: number;
  /** Environment steps from one time of learning to the next, at least 1. Default 10. */
  readonly updateEvery?: number;
  /** Updates each time, at least 1. Default 1. */
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

/** The options that `new Dqn(task)` stands for: those of CleanRL's `dqn.py` on CartPole. */
export const DQN_DEFAULTS: Required<DqnOptions> = {
  layers: null,
  returns: { kind: 'expected', loss: 'squared' },
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
  batchSize: 128,
  learningStarts: 10_000,
  updateEvery: 10,
  updatesAtOnce: 1,
  targetUpdateEvery: 500,
  targetStepSize: 1,
  engine: 'simd',
  seed: 0,
};

/**
 * Deep Q-network: Q-learning with a network, from remembered transitions, towards targets of an older
 * copy of the network.
 *
 *     y = r + γ maxₐ Q̂(s′, a; θ⁻)    with Q̂ = 0 where s′ is terminal
 *     θ ← θ − α ∇ (y − Q(s, a; θ))²
 *
 * Copies of the world share one memory and one network.
 *
 * Source: Mnih et al. (2015), "Human-level control through deep reinforcement learning", algorithm 1.
 * Double: van Hasselt, Guez & Silver (2016), "Deep reinforcement learning with double Q-learning".
 * N steps and priorities: Hessel et al. (2018), "Rainbow: combining improvements in deep reinforcement
 * learning". Differs from the source in that dueling does not go with distributions of returns.
 */
export class Dqn implements Agent {
  readonly name = 'dqn';
  readonly options: Required<DqnOptions>;
  readonly numActions: number;

  /** Q, and its optimizer. */
  readonly values: TrainableNetwork;
  /** Q̂. */
  readonly targetNetwork: Network;
  /** 𝒟. */
  readonly replay: ReplayBuffer | PrioritizedReplayBuffer;

  readonly #encoder: ObservationEncoder;
  readonly #form: ReturnForm;
  readonly #rng: Alea;
  readonly #steps = new StepCount();
  readonly #batch: ValueBatch;
  readonly #numbers = { loss: 0 };
  #inputs = new Float32Array(0); // of the rows that act
  #actionValues = new Float32Array(0);

  /**
   * @throws RangeError if actions are not `Discrete`, or an option is unknown or out of range, or the
   *   layers do not fit the observations.
   */
  constructor(task: Task, options: DqnOptions = {}) {
    const where = 'Dqn';
    this.numActions = requireDiscrete(where, 'actions', task.actionSpace).n;
    this.#encoder = createEncoder(task.observationSpace);
    this.options = resolveDqnOptions(where, options, this.#encoder);
    const { engine, seed, dueling, noisy, returns, optimizer, batchSize } = this.options;
    this.#form = createReturnForm(`${where}: returns`, returns);
    if (dueling && returns.kind !== 'expected') {
      throw new RangeError(
        `${where}: dueling must be false with ${returns.kind} returns, got true. It splits expected returns alone.`,
      );
    }
    const specification = valueNetwork({
      input: this.#encoder.shape,
      layers: this.options.layers ?? [],
      numActions: this.numActions,
      size: this.#form.size,
      dueling,
      noisy,
    });
    const arithmetic = cpuEngine(engine);
    this.values = new TrainableNetwork(arithmetic, specification, optimizer, { seed });
    this.targetNetwork = arithmetic.create(specification, { seed });
    this.replay = createReplay(task, this.options);
    this.#rng = new Alea(seed, 'agent');
    const batch = this.replay.createBatch(batchSize);
    this.#batch = new ValueBatch(batch, this.#encoder, this.numActions, this.#form.size);
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#steps.value;
  }

  /** ε now. */
  get epsilon(): number {
    return scheduleValue(this.options.epsilon, this.steps);
  }

  /** With probability ε a random action, otherwise argmaxₐ Q(s, a; θ). */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const { epsilon, numActions } = this;
    let values: Float32Array | null = null;
    for (let i = 0; i < actions.length; i++) {
      if (epsilon > 0 && this.#rng.uniform() < epsilon) {
        actions[i] = randomAction(this.#rng, i, numActions, actionMasks);
        continue;
      }
      values ??= this.#look(observations, actions.length, this.options.noisy);
      actions[i] = greedyAction(values, i, numActions, actionMasks);
    }
  }

  /**
   * Stores the transitions, and learns from remembered ones each time that it is due.
   *
   * @throws RangeError if a reward is not a finite number. Error if the loss is not: nothing has changed
   *   then since the update before.
   */
  learn(transitions: Transitions): void {
    const { rewards } = transitions;
    for (let i = 0; i < rewards.length; i++) checkReward('Dqn.learn', rewards[i], this.steps + i);
    this.replay.add(transitions);
    for (let i = 0; i < rewards.length; i++) {
      this.#steps.value++;
      this.#learnIfDue();
    }
  }

  #learnIfDue(): void {
    const { learningStarts, updateEvery, updatesAtOnce, targetUpdateEvery } = this.options;
    if (this.steps <= learningStarts || this.replay.ready === 0) return;
    if (this.steps % updateEvery === 0) {
      for (let i = 0; i < updatesAtOnce; i++) this.#update();
    }
    if (this.steps % targetUpdateEvery === 0) {
      softUpdate(this.values.network, this.targetNetwork, this.options.targetStepSize);
    }
  }

  #update(): void {
    const { batchSize, double, noisy } = this.options;
    const batch = this.#batch;
    const form = this.#form;
    const training = noisy ? TRAINING : undefined;

    // Sample a minibatch of transitions from 𝒟.
    this.replay.sample(batch.transitions, this.#rng);
    batch.takeDiscounts();

    // a* = argmaxₐ Q̂(s′, a; θ⁻); or, double, argmaxₐ Q(s′, a; θ).
    const nextInputs = batch.nextInputs();
    if (double) {
      form.writeValues(this.values.forward(nextInputs, batchSize, training), batch.nextValues);
    }
    const nextOutputs = this.targetNetwork.forward(nextInputs, batchSize, training);
    if (!double) form.writeValues(nextOutputs, batch.nextValues);
    this.#chooseNext();

    // y = r + γ Q̂(s′, a*; θ⁻).
    const { discounts, nextActions, targets } = batch;
    const { rewards, indices } = batch.transitions;
    form.writeTargets(rewards, discounts, nextOutputs, nextActions, targets);

    // A gradient step on the distance of Q(s, a; θ) from y.
    const outputs = this.values.forward(batch.inputs(), batchSize, training);
    const { gradients, lossOptions } = batch;
    const loss = computeLoss(form.loss, batchSize, outputs, targets, gradients, lossOptions);
    this.values.update('Dqn.learn', loss, gradients);
    this.#numbers.loss = loss;
    if (this.replay instanceof PrioritizedReplayBuffer) {
      this.replay.updatePriorities(indices, batch.errors);
    }
  }

  #chooseNext(): void {
    const { transitions, nextValues, nextActions } = this.#batch;
    const masks = transitions.nextActionMasks;
    for (let row = 0; row < nextActions.length; row++) {
      nextActions[row] = greedyAction(nextValues, row, this.numActions, masks);
    }
  }

  /** The policy that is greedy in Q; the lowest action wins a tie. */
  greedy(): Policy {
    return {
      act: (observations, actions, actionMasks) => {
        const values = this.#look(observations, actions.length, false);
        for (let i = 0; i < actions.length; i++) {
          actions[i] = greedyAction(values, i, this.numActions, actionMasks);
        }
      },
    };
  }

  /** Q, the policy with its ε, and the value of the best legal action. */
  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    return inspectValues(this.#look(observation, 1, false), this.epsilon, actionMask);
  }

  metrics(): Readonly<Record<string, number>> {
    const { updates } = this.values;
    return { epsilon: this.epsilon, updates, ...this.#numbers, ...this.values.metrics() };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts);
  }

  restore(saved: SavedData): void {
    restoreParts('Dqn.restore', saved, this.name, this.#parts);
  }

  get #parts(): SavedParts {
    return {
      steps: this.#steps,
      rng: this.#rng,
      values: this.values,
      target: networkPart(this.targetNetwork),
      replay: replayPart(this.replay),
      numbers: numbersPart(this.#numbers),
    };
  }

  /** Q(s, a) of some observations, `[rows × numActions]`, until the next call. */
  #look(observations: Float32Array, rows: number, noisy: boolean): Float32Array {
    if (this.#actionValues.length !== rows * this.numActions) {
      this.#inputs = new Float32Array(rows * this.#encoder.inputSize);
      this.#actionValues = new Float32Array(rows * this.numActions);
    }
    const inputs = this.#encoder.encode(observations, this.#inputs);
    const outputs = this.values.forward(inputs, rows, noisy ? TRAINING : undefined);
    this.#form.writeValues(outputs, this.#actionValues);
    return this.#actionValues;
  }
}

const TRAINING = { training: true } as const;

function createReplay(
  task: Task,
  { capacity, numSteps, discount, ...options }: Required<DqnOptions>,
): ReplayBuffer | PrioritizedReplayBuffer {
  if (!options.prioritized) return new ReplayBuffer(task, capacity, { numSteps, discount });
  const { priorityExponent, weightExponent } = options;
  const priorities = { priorityExponent, weightExponent };
  return new PrioritizedReplayBuffer(task, capacity, { numSteps, discount, ...priorities });
}

function resolveDqnOptions(
  where: string,
  given: DqnOptions,
  { shape }: ObservationEncoder,
): Required<DqnOptions> {
  const options = resolveOptions<DqnOptions>(where, DQN_DEFAULTS, given) as Required<DqnOptions>;
  checkBetween(`${where}: discount`, options.discount, 0, 1);
  checkSchedule(`${where}: epsilon`, options.epsilon, 0, 1);
  checkInteger(`${where}: numSteps`, options.numSteps, 1);
  checkBetween(`${where}: priorityExponent`, options.priorityExponent, 0, 1);
  checkSchedule(`${where}: weightExponent`, options.weightExponent, 0, 1);
  checkInteger(`${where}: capacity`, options.capacity, 1);
  checkInteger(`${where}: batchSize`, options.batchSize, 1);
  checkInteger(`${where}: learningStarts`, options.learningStarts, 0);
  checkInteger(`${where}: updateEvery`, options.updateEvery, 1);
  checkInteger(`${where}: updatesAtOnce`, options.updatesAtOnce, 1);
  checkInteger(`${where}: targetUpdateEvery`, options.targetUpdateEvery, 1);
  checkBetween(`${where}: targetStepSize`, options.targetStepSize, Number.MIN_VALUE, 1);
  checkInteger(`${where}: seed`, options.seed, 0);
  const layers = options.layers ?? defaultBody(shape, { hidden: [120, 84] });
  return {
    ...options,
    layers: resolveLayers(`${where}: layers`, layers),
    optimizer: resolveOptimizer(options.optimizer),
  };
}
