import type { Agent, Inspection, Policy } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { checkBetween, checkInteger } from '../../../core/check.ts';
import type { SavedData } from '../../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import { cpuEngine } from '../../../networks/cpu-engine.ts';
import { computeLoss } from '../../../networks/losses/compute-loss.ts';
import {
  type ImplicitQuantileLoss,
  implicitQuantileLoss,
} from '../../../networks/losses/implicit-quantile.ts';
import type { PrioritizedReplayBuffer } from '../../../replay/prioritized-replay-buffer.ts';
import type { ReplayBuffer } from '../../../replay/replay-buffer.ts';
import { restoreParts, type SavedParts, saveParts } from '../../saved-parts.ts';
import { requireDiscrete, type Task } from '../../task.ts';
import type { LearningWork } from '../parts/learning-times.ts';
import { numbersPart } from '../parts/numbers-part.ts';
import { createEncoder, NetworkInputs } from '../parts/observations.ts';
import { actEpsilonGreedily, greedyPolicy, type Look } from './greedy-action.ts';
import { inspectValues } from './inspect-values.ts';
import { type IqnOptions, resolveIqnOptions } from './iqn-options.ts';
import type { QuantileNetwork } from './quantile-network.ts';
import { quantileSpecifications } from './quantile-specifications.ts';
import { writeMeans } from './returns/quantile-returns.ts';
import { TrainableQuantiles, targetQuantiles } from './trainable-quantiles.ts';
import { ValueMemory } from './value-memory.ts';

/**
 * Implicit quantile network: deep Q-learning of the whole distribution of the return, by a network that
 * gives its quantile Z_τ at any fraction τ that it is asked for.
 *
 *     a* = argmaxₐ (1/K) Σₖ Ẑ_τ̃ₖ(s′, a)
 *     δᵢⱼ = r + γ Ẑ_τ′ⱼ(s′, a*) − Z_τᵢ(s, a)
 *     θ ← θ − α ∇ Σᵢ (1/N′) Σⱼ |τᵢ − [δᵢⱼ < 0]| Huber(δᵢⱼ) / κ
 *
 * with all of τ, τ′, τ̃ drawn from U(0, 1) anew. Copies of the world share one memory and one network.
 *
 * Source: Dabney et al. (2018), "Implicit quantile networks for distributional reinforcement learning",
 * algorithm 1. Differs from the source in that `greedy` and `inspect` take the midpoints (k + ½) / K for τ̃,
 * so that looking draws nothing; and in what `double`, `dueling`, `noisy`, `numSteps` and `prioritized`
 * add, which are as in `Dqn`.
 */
export class Iqn implements Agent {
  readonly name = 'iqn';
  readonly options: Required<IqnOptions>;
  readonly numActions: number;

  /** Z, and its optimizers. */
  readonly values: TrainableQuantiles;
  /** Ẑ. */
  readonly targetNetwork: QuantileNetwork;

  readonly #inputs: NetworkInputs;
  readonly #memory: ValueMemory;
  readonly #work: LearningWork = {
    update: () => this.#update(),
    follow: () => {
      this.targetNetwork.follow(this.values.network, this.options.targetStepSize);
    },
  };
  readonly #loss: ImplicitQuantileLoss;
  readonly #rng: Alea;
  readonly #numbers = { loss: 0 };
  readonly #targetParts: SavedParts;
  readonly #fractions: Float32Array; // τ, [batchSize × samples]
  readonly #targetFractions: Float32Array; // τ′
  readonly #policyFractions: Float32Array; // τ̃
  #lookFractions = new Float32Array(0);
  #actionValues = new Float32Array(0);

  /**
   * @throws RangeError if actions are not `Discrete`, or an option is unknown or out of range, or the
   *   layers do not fit the observations or do not end in a row of numbers.
   */
  constructor(task: Task, options: IqnOptions = {}) {
    const where = 'Iqn';
    this.numActions = requireDiscrete(where, 'actions', task.actionSpace).n;
    const encoder = createEncoder(task.observationSpace);
    this.#inputs = new NetworkInputs(encoder);
    const resolved = resolveIqnOptions(where, options, encoder);
    this.options = resolved;
    const { batchSize, samples, targetSamples, policySamples, threshold, seed, noisy } = resolved;
    const engine = cpuEngine(resolved.engine, `${where}: engine`);
    const { numActions } = this;
    const input = encoder.shape;
    const specifications = quantileSpecifications(where, { ...resolved, input, numActions });
    this.values = new TrainableQuantiles(engine, specifications, resolved.optimizer, { seed });
    const target = targetQuantiles(engine, specifications, { seed, noisy });
    this.targetNetwork = target.network;
    this.#targetParts = target.parts;
    this.#loss = implicitQuantileLoss({ quantiles: samples, samples: targetSamples, threshold });
    const sizes = { numActions, size: samples, targetSize: samples + targetSamples };
    this.#memory = new ValueMemory(where, task, encoder, sizes, resolved);
    this.#rng = new Alea(seed, 'agent');
    this.#fractions = new Float32Array(batchSize * samples);
    this.#targetFractions = new Float32Array(batchSize * targetSamples);
    this.#policyFractions = new Float32Array(batchSize * policySamples);
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

  /** With probability ε a random action, otherwise argmaxₐ of the mean of K quantiles. */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const { epsilon, numActions } = this;
    const choice = { epsilon, numActions, rng: this.#rng };
    const look: Look = (seen, rows) => this.#look(seen, rows, true);
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
    const { batchSize, noisy } = this.options;
    const { batch } = this.#memory;
    const { network } = this.values;
    const training = noisy ? TRAINING : undefined;

    // Sample a minibatch of transitions from 𝒟.
    this.#memory.sample(this.#rng);

    // yⱼ = r + γ Ẑ_τ′ⱼ(s′, a*).
    this.#chooseNext(batch.nextInputs());
    const next = this.targetNetwork.quantiles(this.#draw(this.#targetFractions), training);

    // A gradient step on the quantile Huber loss of Z_τᵢ(s, a) against all of them.
    network.see(batch.inputs(), batchSize, training);
    const quantiles = network.quantiles(this.#draw(this.#fractions), training);
    this.#writeTargets(next);
    const { targets, gradients, lossOptions } = batch;
    const loss = computeLoss(this.#loss, batchSize, quantiles, targets, gradients, lossOptions);
    this.values.update('Iqn.learn', loss, gradients);
    this.#numbers.loss = loss;
    this.#memory.updatePriorities();
  }

  /** a* = argmaxₐ (1/K) Σₖ Ẑ_τ̃ₖ(s′, a), or, double, of Z; Ẑ has seen s′ then. */
  #chooseNext(nextInputs: Float32Array): void {
    const { batchSize, double, noisy } = this.options;
    const { batch } = this.#memory;
    const training = noisy ? TRAINING : undefined;
    this.targetNetwork.see(nextInputs, batchSize, training);
    const chooser = double ? this.values.network : this.targetNetwork;
    if (double) chooser.see(nextInputs, batchSize, training);
    const quantiles = chooser.quantiles(this.#draw(this.#policyFractions), training);
    writeMeans(quantiles, batch.nextValues);
    batch.chooseNext();
  }

  /** τᵢ, then r + γ Ẑ_τ′ⱼ(s′, a*), for each row. @param next Ẑ_τ′(s′, ·). */
  #writeTargets(next: Float32Array): void {
    const { samples, targetSamples } = this.options;
    const { targets, discounts, nextActions, transitions } = this.#memory.batch;
    for (let row = 0, k = 0; row < discounts.length; row++) {
      for (let i = 0; i < samples; i++) targets[k++] = this.#fractions[row * samples + i];
      const first = (row * this.numActions + nextActions[row]) * targetSamples;
      for (let j = 0; j < targetSamples; j++) {
        targets[k++] = transitions.rewards[row] + discounts[row] * next[first + j];
      }
    }
  }

  /** Fills an array with draws from U(0, 1). */
  #draw(fractions: Float32Array): Float32Array {
    for (let k = 0; k < fractions.length; k++) fractions[k] = this.#rng.uniform();
    return fractions;
  }

  /** The policy that is greedy in the mean of the quantiles; the lowest action wins a tie. */
  greedy(): Policy {
    return greedyPolicy(this.numActions, (seen, rows) => this.#look(seen, rows, false));
  }

  /** Q, the policy with its ε, and the value of the best legal action. */
  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    return inspectValues(this.#look(observation, 1, false), this.epsilon, actionMask);
  }

  /**
   * Z_τ(s, a) of one observation: what the return of each action stays below with probability τ.
   *
   * @param fractions τ, each in [0, 1].
   * @returns `[numActions × fractions]`, an array of the caller's.
   * @throws RangeError if there is no fraction, or one is out of range.
   */
  quantiles(observation: Float32Array, fractions: ArrayLike<number>): Float32Array {
    checkInteger('Iqn.quantiles: the number of fractions', fractions.length, 1);
    for (let k = 0; k < fractions.length; k++) {
      checkBetween(`Iqn.quantiles: fractions[${k}]`, fractions[k], 0, 1);
    }
    const { network } = this.values;
    network.see(this.#encode(observation, 1), 1);
    return network.quantiles(Float32Array.from(fractions)).slice();
  }

  metrics(): Readonly<Record<string, number>> {
    const { epsilon, values } = this;
    return { epsilon, updates: values.updates, ...this.#numbers, ...values.metrics() };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts);
  }

  restore(saved: SavedData): void {
    restoreParts('Iqn.restore', saved, this.name, this.#parts);
  }

  get #parts(): SavedParts {
    return {
      rng: this.#rng,
      ...this.values.parts,
      ...this.#targetParts,
      ...this.#memory.parts,
      numbers: numbersPart(this.#numbers),
    };
  }

  /**
   * Q(s, a) of some observations, `[rows × numActions]`, until the next call.
   *
   * @param explores Whether to draw fractions, and noise where there is any; otherwise midpoints.
   */
  #look(observations: Float32Array, rows: number, explores: boolean): Float32Array {
    const { noisy, policySamples } = this.options;
    const training = explores && noisy ? TRAINING : undefined;
    const inputs = this.#encode(observations, rows);
    const { network } = this.values;
    network.see(inputs, rows, training);
    const fractions = this.#lookFractions;
    if (explores) this.#draw(fractions);
    else {
      for (let k = 0; k < fractions.length; k++) {
        fractions[k] = ((k % policySamples) + 0.5) / policySamples;
      }
    }
    writeMeans(network.quantiles(fractions, training), this.#actionValues);
    return this.#actionValues;
  }

  /** Observations as the network takes them, until the next call. */
  #encode(observations: Float32Array, rows: number): Float32Array {
    if (this.#actionValues.length !== rows * this.numActions) {
      this.#lookFractions = new Float32Array(rows * this.options.policySamples);
      this.#actionValues = new Float32Array(rows * this.numActions);
    }
    return this.#inputs.of(observations, rows);
  }
}

const TRAINING = { training: true } as const;
