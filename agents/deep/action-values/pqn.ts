import type { Agent, Inspection, Policy } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { checkBetween, checkInteger, resolveOptions } from '../../../core/check.ts';
import type { SavedData } from '../../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import { type CpuEngineName, cpuEngine } from '../../../networks/cpu-engine.ts';
import { type Layer, resolveLayers } from '../../../networks/layers/registry.ts';
import { computeLoss } from '../../../networks/losses/compute-loss.ts';
import { squaredLoss } from '../../../networks/losses/squared.ts';
import { radam } from '../../../networks/optimizers/radam.ts';
import {
  type OptimizerSpecification,
  resolveOptimizer,
} from '../../../networks/optimizers/specification.ts';
import { estimateLambdaReturns } from '../../../replay/returns/lambda-returns.ts';
import type { StepColumns } from '../../../replay/rollout/rollout-columns.ts';
import { RolloutBuffer } from '../../../replay/rollout-buffer.ts';
import { restoreParts, type SavedParts, saveParts } from '../../saved-parts.ts';
import { StepCount } from '../../step-count.ts';
import { checkCopies, checkReward, numCopies, requireDiscrete, type Task } from '../../task.ts';
import { normalizedBody } from '../parts/normalized-body.ts';
import { numbersPart } from '../parts/numbers-part.ts';
import { createEncoder, type InputLayout, NetworkInputs } from '../parts/observations.ts';
import { replayPart } from '../parts/replay-part.ts';
import { TrainableNetwork } from '../parts/trainable-network.ts';
import { greedyAction, greedyPolicy, randomAction } from './greedy-action.ts';
import { inspectValues } from './inspect-values.ts';
import { valueNetwork } from './value-network.ts';

/** How to act and learn; ε runs over the environment steps learned from. */
export interface PqnOptions {
  /**
   * The body of the network; it should normalize its layers. Default `null`: dense layers of 120 and 84,
   * for images after a convolution of 16 filters, from 36 × 36 on those of the Atari DQN and a dense
   * layer of 512; each normalized.
   */
  readonly layers?: readonly Layer[] | null;
  /** Steps of each copy in a rollout, at least 1. Default 128. */
  readonly numSteps?: number;
  /** Times that a rollout is learned from, at least 1. Default 4. */
  readonly epochs?: number;
  /**
   * Batches of an epoch, from 1 to the rows of a rollout, all of the same size: where they do not divide
   * the rows, fewer of these than there are batches are left out, others in each epoch. Default 4.
   */
  readonly minibatches?: number;
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** λ of the returns, in [0, 1]. Default 0.65. */
  readonly lambda?: number;
  /** ε, chance of a random action, in [0, 1]. Default from 1 to 0.05 over 250,000 steps. */
  readonly epsilon?: Schedule;
  /** Default RAdam with a learning rate of 0.00025, and gradients cut to a norm of 10. */
  readonly optimizer?: OptimizerSpecification;
  /** What computes. Default `simd`, the same bits everywhere. */
  readonly engine?: CpuEngineName;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that `new Pqn(task)` stands for: those of CleanRL's `pqn.py`, but for its falling rate. */
export const PQN_DEFAULTS: Required<PqnOptions> = {
  layers: null,
  numSteps: 128,
  epochs: 4,
  minibatches: 4,
  discount: 0.99,
  lambda: 0.65,
  epsilon: { kind: 'linear', from: 1, to: 0.05, steps: 250_000 },
  optimizer: radam({ learningRate: 2.5e-4, clip: { globalNorm: 10 } }),
  engine: 'simd',
  seed: 0,
};

/**
 * Parallelized Q-network: Q-learning without replay and without a target network, from the λ-returns of
 * rollouts of many copies, with a network whose normalized layers keep it stable.
 *
 *     Gₜ = r + γ [λ Gₜ₊₁ + (1 − λ) maxₐ Q(s′, a)]
 *     θ ← θ − α ∇ (Gₜ − Q(s, a; θ))²
 *
 * Source: Gallici et al. (2024), "Simplifying deep temporal difference learning", algorithm 1.
 */
export class Pqn implements Agent {
  readonly name = 'pqn';
  readonly options: Required<PqnOptions>;
  readonly numActions: number;
  readonly values: TrainableNetwork;

  readonly #inputs: NetworkInputs;
  readonly #rollout: RolloutBuffer;
  readonly #batch: StepColumns;
  readonly #gradients: Float32Array;
  readonly #rng: Alea;
  readonly #steps = new StepCount();
  readonly #estimates: { values: Float32Array; logProbabilities: Float32Array };
  readonly #numEnvs: number;
  readonly #numbers = { loss: 0 };

  /** @throws RangeError if actions are not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: PqnOptions = {}) {
    const where = 'Pqn';
    this.numActions = requireDiscrete(where, 'actions', task.actionSpace).n;
    const encoder = createEncoder(task.observationSpace);
    this.#inputs = new NetworkInputs(encoder);
    const resolved = resolvePqnOptions(where, options, encoder);
    this.options = resolved;
    const { layers, engine, optimizer, numSteps, minibatches, seed } = resolved;
    const specification = valueNetwork({
      input: encoder.shape,
      layers,
      numActions: this.numActions,
      size: 1,
      dueling: false,
      noisy: false,
    });
    const arithmetic = cpuEngine(engine, `${where}: engine`);
    this.values = new TrainableNetwork(arithmetic, specification, optimizer, { seed });
    this.#numEnvs = numCopies(where, task);
    this.#rollout = new RolloutBuffer(
      { ...task, masked: false },
      { numSteps, numEnvs: this.#numEnvs },
    );
    checkInteger(`${where}: minibatches`, minibatches, 1, this.#rollout.rows);
    const rows = Math.floor(this.#rollout.rows / minibatches);
    this.#batch = this.#rollout.createBatch(rows);
    this.#gradients = new Float32Array(rows * this.numActions);
    this.#estimates = {
      values: new Float32Array(this.#numEnvs),
      logProbabilities: new Float32Array(this.#numEnvs), // of no use here
    };
    this.#rng = new Alea(seed, 'agent');
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#steps.value;
  }

  /** ε now. */
  get epsilon(): number {
    return scheduleValue(this.options.epsilon, this.steps);
  }

  /** With probability ε a random action, otherwise argmaxₐ Q(s, a). */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const { epsilon, numActions } = this;
    const values = this.#look(observations, actions.length);
    for (let i = 0; i < actions.length; i++) {
      actions[i] =
        this.#rng.uniform() < epsilon
          ? randomAction(this.#rng, i, numActions, actionMasks)
          : greedyAction(values, i, numActions, actionMasks);
    }
  }

  /**
   * Adds a step to the rollout, and learns when it is full.
   *
   * @throws RangeError if a reward is not a finite number, or there is not one row for each copy. Error
   *   if the loss is not finite.
   */
  learn(transitions: Transitions): void {
    const where = 'Pqn.learn';
    const { rewards, nextObservations, nextActionMasks } = transitions;
    checkCopies(where, rewards.length, this.#numEnvs);
    for (let i = 0; i < rewards.length; i++) checkReward(where, rewards[i], this.steps + i);
    this.#rollout.add(transitions, this.#estimates);

    // maxₐ Q(s′, a), which is that of s in the next step where the episode goes on.
    const { values } = this.#estimates;
    const next = this.#look(nextObservations, rewards.length);
    for (let i = 0; i < values.length; i++) {
      const best = greedyAction(next, i, this.numActions, nextActionMasks);
      values[i] = next[i * this.numActions + best];
    }
    this.#rollout.setNextValues(values);
    this.#steps.value += rewards.length;
    if (!this.#rollout.isFull) return;
    this.#learnFromRollout();
    this.#rollout.clear();
  }

  #learnFromRollout(): void {
    const { epochs, minibatches, discount, lambda } = this.options;
    const rollout = this.#rollout;
    const rows = this.#batch.values.length;
    estimateLambdaReturns(rollout.columns, discount, lambda, rollout.columns.returns);
    for (let epoch = 0; epoch < epochs; epoch++) {
      rollout.shuffle(this.#rng);
      for (let i = 0; i < minibatches; i++) this.#update(i * rows);
    }
  }

  /** One gradient step with the rows that stand at `first` and behind it. */
  #update(first: number): void {
    const batch = this.#batch;
    this.#rollout.gather(batch, first);
    const rows = batch.values.length;
    const outputs = this.#look(batch.observations, rows);
    const choices = { choices: batch.actions };
    const loss = computeLoss(LOSS, rows, outputs, batch.returns, this.#gradients, choices);
    this.values.update('Pqn.learn', loss, this.#gradients);
    this.#numbers.loss = loss;
  }

  /** The policy that is greedy in Q; the lowest action wins a tie. */
  greedy(): Policy {
    return greedyPolicy(this.numActions, (observations, rows) => this.#look(observations, rows));
  }

  /** Q, the policy with its ε, and the value of the best legal action. */
  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    return inspectValues(this.#look(observation, 1), this.epsilon, actionMask);
  }

  metrics(): Readonly<Record<string, number>> {
    const { updates } = this.values;
    return { epsilon: this.epsilon, updates, ...this.#numbers, ...this.values.metrics() };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts);
  }

  restore(saved: SavedData): void {
    restoreParts('Pqn.restore', saved, this.name, this.#parts);
  }

  get #parts(): SavedParts {
    return {
      steps: this.#steps,
      rng: this.#rng,
      values: this.values,
      rollout: replayPart(this.#rollout),
      nextValues: this.#estimates.values,
      numbers: numbersPart(this.#numbers),
    };
  }

  /** Q(s, a) of some observations, `[rows × numActions]`, until the next call. */
  #look(observations: Float32Array, rows: number): Float32Array {
    return this.values.forward(this.#inputs.of(observations, rows), rows);
  }
}

const LOSS = squaredLoss();

function resolvePqnOptions(
  where: string,
  given: PqnOptions,
  input: InputLayout,
): Required<PqnOptions> & { readonly layers: readonly Layer[] } {
  const options = resolveOptions<PqnOptions>(where, PQN_DEFAULTS, given) as Required<PqnOptions>;
  checkInteger(`${where}: numSteps`, options.numSteps, 1);
  checkInteger(`${where}: epochs`, options.epochs, 1);
  checkBetween(`${where}: discount`, options.discount, 0, 1);
  checkBetween(`${where}: lambda`, options.lambda, 0, 1);
  checkSchedule(`${where}: epsilon`, options.epsilon, 0, 1);
  checkInteger(`${where}: seed`, options.seed, 0);
  const layers = options.layers ?? normalizedBody(input, [120, 84]);
  return {
    ...options,
    layers: resolveLayers(`${where}: layers`, layers),
    optimizer: resolveOptimizer(options.optimizer, `${where}: optimizer`),
  };
}
