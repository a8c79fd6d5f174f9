import type { Agent, Inspection, Policy } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import type { SavedData } from '../../../core/saved.ts';
import { scheduleValue } from '../../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import { cpuEngine } from '../../../networks/cpu-engine.ts';
import { computeLoss } from '../../../networks/losses/compute-loss.ts';
import type { Network } from '../../../networks/network.ts';
import { SequenceReplayBuffer } from '../../../replay/sequence-replay-buffer.ts';
import { restoreParts, type SavedParts, saveParts } from '../../saved-parts.ts';
import { checkCopies, checkReward, numCopies, requireDiscrete, type Task } from '../../task.ts';
import { CarriedState, RowStates } from '../parts/carried-state.ts';
import { checkCapacity } from '../parts/check-capacity.ts';
import { LearningTimes, type LearningWork } from '../parts/learning-times.ts';
import { storageFor } from '../parts/memory-options.ts';
import { networkPart } from '../parts/network-part.ts';
import { numbersPart } from '../parts/numbers-part.ts';
import { createEncoder, NetworkInputs } from '../parts/observations.ts';
import { replayPart } from '../parts/replay-part.ts';
import { softUpdate } from '../parts/soft-update.ts';
import { TrainableNetwork } from '../parts/trainable-network.ts';
import { actEpsilonGreedily, greedyPolicy } from './greedy-action.ts';
import { inspectValues } from './inspect-values.ts';
import {
  type RecurrentDqnOptions,
  type ResolvedRecurrentDqn,
  resolveRecurrentDqnOptions,
} from './recurrent-dqn-options.ts';
import { createReturnForm, type ReturnForm } from './returns/return-form.ts';
import { SequenceValueBatch } from './sequence-value-batch.ts';
import { valueNetwork } from './value-network.ts';

/**
 * Deep recurrent Q-network: DQN with a network that remembers, for worlds where what is seen does not
 * tell the state. It learns from sequences of remembered transitions, each begun with the state that the
 * network had carried there.
 *
 *     h, ĥ ← the stored state, brought over the burn-in by θ and by θ⁻
 *     y = r + γ r′ + … + γⁿ Q̂(s, a*; θ⁻, ĥ)    with a* = argmaxₐ Q(s, a; θ, h), Q̂ = 0 where s is terminal
 *     θ ← θ − α ∇ Σ (y − Q(s, a; θ, h))²       back through the steps of the sequence
 *
 * Copies of the world share one memory of sequences and one network. What is carried for each copy
 * follows the transitions that are learned from, whoever acted.
 *
 * Source: Hausknecht & Stone (2015), "Deep recurrent Q-learning for partially observable MDPs"; stored
 * states, burn-in and priorities: Kapturowski et al. (2019), "Recurrent experience replay in distributed
 * reinforcement learning" (R2D2). Differs from the latter in that sequences begin anywhere in an episode,
 * that returns are not rescaled, and that actions and rewards are no inputs.
 */
export class RecurrentDqn implements Agent {
  readonly name = 'recurrent-dqn';
  readonly options: Required<RecurrentDqnOptions>;
  readonly numActions: number;

  /** Q, and its optimizer. */
  readonly values: TrainableNetwork;
  /** Q̂. */
  readonly targetNetwork: Network;
  /** 𝒟. */
  readonly replay: SequenceReplayBuffer;

  readonly #inputs: NetworkInputs;
  readonly #form: ReturnForm;
  readonly #rng: Alea;
  readonly #times: LearningTimes;
  readonly #work: LearningWork = {
    update: () => this.#update(),
    follow: () => {
      softUpdate(this.values.network, this.targetNetwork, this.options.targetStepSize);
    },
  };
  readonly #numEnvs: number;
  readonly #carried: CarriedState;
  readonly #batch: SequenceValueBatch;
  readonly #outputs: Float32Array; // Q of all steps of the batch, and of the last s′
  readonly #gradients: Float32Array; // of them; 0 of the last s′
  #actionValues = new Float32Array(0);
  readonly #numbers = { loss: 0 }; // of the last update

  /**
   * @throws RangeError if actions are not `Discrete`, or an option is unknown or out of range, or there
   *   is no room for a sequence of each copy, or the layers do not fit the observations, or none of them
   *   is recurrent.
   */
  constructor(task: Task, options: RecurrentDqnOptions = {}) {
    const where = 'RecurrentDqn';
    this.numActions = requireDiscrete(where, 'actions', task.actionSpace).n;
    const encoder = createEncoder(task.observationSpace);
    this.#inputs = new NetworkInputs(encoder);
    const resolved = resolveRecurrentDqnOptions(where, options, encoder);
    this.options = resolved;
    const { layers, engine, seed, dueling, optimizer, batchSize, burnIn, length } = resolved;
    this.#numEnvs = numCopies(where, task);
    const copies = this.#numEnvs;
    checkCapacity(where, resolved.capacity, { steps: burnIn + length, copies });
    this.#form = createReturnForm(resolved.returns);
    const specification = valueNetwork({
      input: encoder.shape,
      layers,
      numActions: this.numActions,
      size: this.#form.size,
      dueling,
      noisy: false,
    });
    const arithmetic = cpuEngine(engine, `${where}: engine`);
    const making = { seed, recurrent: true };
    this.values = new TrainableNetwork(arithmetic, specification, optimizer, making);
    this.targetNetwork = arithmetic.create(specification, { seed });
    const { stateSize } = this.targetNetwork.plan;
    this.replay = createReplay(where, task, stateSize, resolved);
    this.#rng = new Alea(seed, 'agent');
    this.#times = new LearningTimes(resolved, () => this.replay.canSample);
    this.#carried = new CarriedState(this.#numEnvs, stateSize, encoder.observationSize);
    this.#batch = new SequenceValueBatch(this.replay.createBatch(batchSize), {
      ...this.options,
      encoder,
      numActions: this.numActions,
      form: this.#form,
    });
    const rowSize = this.numActions * this.#form.size;
    this.#outputs = new Float32Array((this.#batch.rows + batchSize) * rowSize);
    this.#gradients = new Float32Array(this.#outputs.length);
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#times.steps;
  }

  /** ε now. */
  get epsilon(): number {
    return scheduleValue(this.options.epsilon, this.steps);
  }

  /** With probability ε a random action, otherwise argmaxₐ Q(s, a; θ, h). */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const { epsilon, numActions } = this;
    checkCopies('RecurrentDqn.act', actions.length, this.#numEnvs);
    const values = this.#look(observations, actions.length, this.#carried.see(observations));
    const choice = { epsilon, numActions, rng: this.#rng };
    actEpsilonGreedily(choice, () => values, observations, actions, actionMasks);
  }

  begin(starts: Uint8Array): void {
    this.#carried.begin(starts);
  }

  /**
   * Stores the transitions with what was carried to them, and learns from sequences each time that it is
   * due.
   *
   * @throws RangeError if there is not one row for each copy, or a reward is not a finite number. Error
   *   if the loss is not: nothing has changed then since the update before.
   */
  learn(transitions: Transitions): void {
    const where = 'RecurrentDqn.learn';
    const { rewards, observations } = transitions;
    checkCopies(where, rewards.length, this.#numEnvs);
    for (let i = 0; i < rewards.length; i++) checkReward(where, rewards[i], this.steps + i);
    if (!this.#carried.hasSeen(observations)) {
      this.#look(observations, rewards.length, this.#carried.seeInstead(observations));
    }
    this.replay.add(transitions, this.#carried.before);
    this.#carried.endStep(transitions);
    this.#times.pass(transitions, this.#work);
  }

  #update(): void {
    const batch = this.#batch;
    const [outputs, gradients] = [this.#outputs, this.#gradients];

    // Sample sequences from 𝒟, and find Q of all their steps.
    this.replay.sample(batch.sequences, this.#rng);
    batch.takeSequences();
    outputs.set(batch.forward(this.values.network));

    // a* = argmaxₐ Q(s, a; θ); or, not double, argmaxₐ Q̂(s, a; θ⁻).
    // y = r + γ r′ + … + γⁿ Q̂(s, a*; θ⁻).
    const targetOutputs = batch.forward(this.targetNetwork);
    batch.chooseNext(this.options.double ? outputs : targetOutputs);
    batch.writeTargets(targetOutputs);

    // A gradient step on the distance of Q(s, a; θ) from y, back through all steps behind the burn-in.
    const { rows, targets, lossOptions } = batch;
    const learned = rows * this.numActions * this.#form.size;
    this.#numbers.loss = computeLoss(
      this.#form.loss,
      rows,
      outputs.subarray(0, learned),
      targets,
      gradients.subarray(0, learned),
      lossOptions,
    );
    this.values.update('RecurrentDqn.learn', this.#numbers.loss, gradients);
    if (!this.options.prioritized) return;
    batch.sumErrors();
    this.replay.updatePriorities(batch.sequences.indices, batch.errors);
  }

  /** The policy that is greedy in Q, with a memory of its own; the lowest action wins a tie. */
  greedy(): Policy {
    const states = new RowStates(this.#carried.size);
    return {
      ...greedyPolicy(this.numActions, (seen, rows) => this.#look(seen, rows, states.of(rows))),
      begin: (starts) => states.begin(starts),
    };
  }

  /**
   * Q, the policy with its ε, and the value of the best legal action, as if the first copy saw the
   * observation now, with what it remembers.
   */
  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    const values = this.#look(observation, 1, this.#carried.ofFirst());
    return inspectValues(values, this.epsilon, actionMask);
  }

  metrics(): Readonly<Record<string, number>> {
    const { updates } = this.values;
    return { epsilon: this.epsilon, updates, ...this.#numbers, ...this.values.metrics() };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts);
  }

  restore(saved: SavedData): void {
    restoreParts('RecurrentDqn.restore', saved, this.name, this.#parts);
  }

  get #parts(): SavedParts {
    return {
      times: this.#times,
      rng: this.#rng,
      values: this.values,
      target: networkPart(this.targetNetwork),
      replay: replayPart(this.replay),
      ...this.#carried.parts,
      numbers: numbersPart(this.#numbers),
    };
  }

  /**
   * Q(s, a) of some observations, `[rows × numActions]`, until the next call.
   *
   * @param state What is carried to them, `[rows × stateSize]`; becomes what is carried on.
   */
  #look(observations: Float32Array, rows: number, state: Float32Array): Float32Array {
    if (this.#actionValues.length !== rows * this.numActions) {
      this.#actionValues = new Float32Array(rows * this.numActions);
    }
    const inputs = this.#inputs.of(observations, rows);
    this.#form.writeValues(this.values.forward(inputs, rows, { state }), this.#actionValues);
    return this.#actionValues;
  }
}

function createReplay(
  where: string,
  task: Task,
  stateSize: number,
  { capacity, length, burnIn, prioritized, ...options }: ResolvedRecurrentDqn,
): SequenceReplayBuffer {
  const { priorityExponent, weightExponent } = options;
  const { minimumPriority } = options.replay;
  return new SequenceReplayBuffer(task, capacity, {
    ...{ length, burnIn, stateSize },
    ...{ prioritized, priorityExponent, weightExponent, minimumPriority },
    ...storageFor(`${where}: replay`, task, options.replay),
  });
}
