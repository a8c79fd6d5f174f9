import type { Agent, Inspection, Policy } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { resolveOptions } from '../../../core/check.ts';
import type { SavedData } from '../../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import { cpuEngine } from '../../../networks/cpu-engine.ts';
import { type Layer, resolveLayers } from '../../../networks/layers/registry.ts';
import { computeLoss } from '../../../networks/losses/compute-loss.ts';
import type { Network } from '../../../networks/network.ts';
import { resolveOptimizer } from '../../../networks/optimizers/specification.ts';
import type { PrioritizedReplayBuffer } from '../../../replay/prioritized-replay-buffer.ts';
import type { ReplayBuffer } from '../../../replay/replay-buffer.ts';
import { restoreParts, type SavedParts, saveParts } from '../../saved-parts.ts';
import { requireDiscrete, type Task } from '../../task.ts';
import { defaultBody } from '../parts/default-body.ts';
import type { LearningWork } from '../parts/learning-times.ts';
import { PRIORITIZED_MEMORY_DEFAULTS, resolveMemory } from '../parts/memory-options.ts';
import { networkPart } from '../parts/network-part.ts';
import { numbersPart } from '../parts/numbers-part.ts';
import { createEncoder, type InputLayout, NetworkInputs } from '../parts/observations.ts';
import { separateNoise } from '../parts/separate-noise.ts';
import { softUpdate } from '../parts/soft-update.ts';
import { TrainableNetwork } from '../parts/trainable-network.ts';
import { actEpsilonGreedily, greedyPolicy, type Look } from './greedy-action.ts';
import { inspectValues } from './inspect-values.ts';
import { createReturnForm, type ReturnForm } from './returns/return-form.ts';
import {
  type ResolvedReturns,
  type ReturnFormOptions,
  resolveReturns,
} from './returns/return-options.ts';
import { ValueMemory } from './value-memory.ts';
import { valueNetwork } from './value-network.ts';
import {
  checkValueOptions,
  type ResolvedValueOptions,
  VALUE_DEFAULTS,
  type ValueOptions,
} from './value-options.ts';

/** How to act and learn. */
export interface DqnOptions extends ValueOptions {
  /** What the network says of returns, and the loss. Default the mean, with the squared error. */
  readonly returns?: ReturnFormOptions;
}

/** The options that `new Dqn(task)` stands for: those of CleanRL's `dqn.py` on CartPole. */
export const DQN_DEFAULTS: Required<DqnOptions> = {
  ...VALUE_DEFAULTS,
  returns: { kind: 'expected', loss: 'squared' },
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
 * N steps, priorities, dueling distributions and all parts together: Hessel et al. (2018), "Rainbow:
 * combining improvements in deep reinforcement learning".
 */
export class Dqn implements Agent {
  readonly name = 'dqn';
  readonly options: Required<DqnOptions>;
  readonly numActions: number;

  /** Q, and its optimizer. */
  readonly values: TrainableNetwork;
  /** Q̂. */
  readonly targetNetwork: Network;

  readonly #inputs: NetworkInputs;
  readonly #form: ReturnForm;
  readonly #memory: ValueMemory;
  readonly #work: LearningWork = {
    update: () => this.#update(),
    follow: () => {
      softUpdate(this.values.network, this.targetNetwork, this.options.targetStepSize);
    },
  };
  readonly #rng: Alea;
  readonly #numbers = { loss: 0 };
  #actionValues = new Float32Array(0);

  /**
   * @throws RangeError if actions are not `Discrete`, or an option is unknown or out of range, or the
   *   layers do not fit the observations.
   */
  constructor(task: Task, options: DqnOptions = {}) {
    const where = 'Dqn';
    this.numActions = requireDiscrete(where, 'actions', task.actionSpace).n;
    const encoder = createEncoder(task.observationSpace);
    this.#inputs = new NetworkInputs(encoder);
    const resolved = resolveDqnOptions(where, options, encoder);
    this.options = resolved;
    const { layers, engine, seed, dueling, noisy, returns, optimizer } = resolved;
    this.#form = createReturnForm(returns);
    const { size } = this.#form;
    const specification = valueNetwork({
      input: encoder.shape,
      layers,
      numActions: this.numActions,
      size,
      dueling,
      noisy,
    });
    const arithmetic = cpuEngine(engine, `${where}: engine`);
    this.values = new TrainableNetwork(arithmetic, specification, optimizer, { seed });
    this.targetNetwork = arithmetic.create(specification, { seed });
    if (noisy) separateNoise(this.targetNetwork, seed);
    const sizes = { numActions: this.numActions, size, targetSize: size };
    this.#memory = new ValueMemory(where, task, encoder, sizes, resolved);
    this.#rng = new Alea(seed, 'agent');
  }

  /** 𝒟. */
  get replay(): ReplayBuffer | PrioritizedReplayBuffer {
    return this.#memory.replay;
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#memory.steps;
  }

  /** ε now. */
  get epsilon(): number {
    return this.#memory.epsilon;
  }

  /** With probability ε a random action, otherwise argmaxₐ Q(s, a; θ). */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const { epsilon, numActions } = this;
    const choice = { epsilon, numActions, rng: this.#rng };
    const look: Look = (seen, rows) => this.#look(seen, rows, this.options.noisy);
    actEpsilonGreedily(choice, look, observations, actions, actionMasks);
  }

  /**
   * Stores the transitions, and learns from remembered ones each time that it is due.
   *
   * @throws RangeError if a reward is not a finite number. Error if the loss is not: nothing has changed
   *   then since the update before.
   */
  learn(transitions: Transitions): void {
    this.#memory.add(transitions, this.#work);
  }

  #update(): void {
    const { batchSize, double, noisy } = this.options;
    const { batch } = this.#memory;
    const form = this.#form;
    const training = noisy ? TRAINING : undefined;

    // Sample a minibatch of transitions from 𝒟.
    this.#memory.sample(this.#rng);

    // a* = argmaxₐ Q̂(s′, a; θ⁻); or, double, argmaxₐ Q(s′, a; θ).
    const nextInputs = batch.nextInputs();
    if (double) {
      form.writeValues(this.values.forward(nextInputs, batchSize, training), batch.nextValues);
    }
    const nextOutputs = this.targetNetwork.forward(nextInputs, batchSize, training);
    if (!double) form.writeValues(nextOutputs, batch.nextValues);
    batch.chooseNext();

    // y = r + γ Q̂(s′, a*; θ⁻).
    const { discounts, nextActions, targets } = batch;
    form.writeTargets(batch.transitions.rewards, discounts, nextOutputs, nextActions, targets);

    // A gradient step on the distance of Q(s, a; θ) from y.
    const outputs = this.values.forward(batch.inputs(), batchSize, training);
    const { gradients, lossOptions } = batch;
    const loss = computeLoss(form.loss, batchSize, outputs, targets, gradients, lossOptions);
    this.values.update('Dqn.learn', loss, gradients);
    this.#numbers.loss = loss;
    this.#memory.updatePriorities();
  }

  /** The policy that is greedy in Q; the lowest action wins a tie. */
  greedy(): Policy {
    return greedyPolicy(this.numActions, (seen, rows) => this.#look(seen, rows, false));
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
      rng: this.#rng,
      values: this.values,
      target: networkPart(this.targetNetwork),
      ...this.#memory.parts,
      numbers: numbersPart(this.#numbers),
    };
  }

  /** Q(s, a) of some observations, `[rows × numActions]`, until the next call. */
  #look(observations: Float32Array, rows: number, noisy: boolean): Float32Array {
    if (this.#actionValues.length !== rows * this.numActions) {
      this.#actionValues = new Float32Array(rows * this.numActions);
    }
    const inputs = this.#inputs.of(observations, rows);
    const outputs = this.values.forward(inputs, rows, noisy ? TRAINING : undefined);
    this.#form.writeValues(outputs, this.#actionValues);
    return this.#actionValues;
  }
}

const TRAINING = { training: true } as const;

function resolveDqnOptions(
  where: string,
  given: DqnOptions,
  input: InputLayout,
): ResolvedValueOptions & {
  readonly layers: readonly Layer[];
  readonly returns: ResolvedReturns;
} {
  const options = resolveOptions<DqnOptions>(where, DQN_DEFAULTS, given) as Required<DqnOptions>;
  checkValueOptions(where, options);
  const layers = options.layers ?? defaultBody(input, { hidden: [120, 84] });
  return {
    ...options,
    layers: resolveLayers(`${where}: layers`, layers),
    returns: resolveReturns(`${where}: returns`, options.returns),
    replay: resolveMemory(`${where}: replay`, PRIORITIZED_MEMORY_DEFAULTS, options.replay),
    optimizer: resolveOptimizer(options.optimizer, `${where}: optimizer`),
  };
}
