import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkBetween, checkInteger, checkPositive, resolveOptions } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { adam } from '../../networks/optimizers/adam.ts';
import { normalizeAdvantages } from '../../replay/returns/normalize.ts';
import type { StepColumns } from '../../replay/rollout/rollout-columns.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { StepCount } from '../step-count.ts';
import type { Task } from '../task.ts';
import { ActorCritic } from './actor-critic.ts';
import {
  completeOnPolicy,
  ON_POLICY_DEFAULTS,
  type OnPolicyOptions,
} from './actor-critic-options.ts';
import { explainedVariance } from './explained-variance.ts';
import { KlPenalty, type KlPenaltyOptions, resolveKlPenalty } from './kl-penalty.ts';
import { numbersPart } from './numbers-part.ts';
import { type PpoLossOptions, type PpoNumbers, ppoLoss } from './ppo-loss.ts';
import { RolloutCollector } from './rollout-collector.ts';

/** How to act and learn. */
export interface PpoOptions extends OnPolicyOptions {
  /** Steps of each copy in a rollout, at least 1. Default 128. */
  readonly numSteps?: number;
  /** Times that a rollout is learned from, at least 1. Default 4. */
  readonly epochs?: number;
  /** Batches of an epoch, from 1 to the rows of a rollout. Default 4. */
  readonly minibatches?: number;
  /** λ of the advantages, in [0, 1]. Default 0.95. */
  readonly lambda?: number;
  /**
   * ε of the interval of π / π_old, above 0; a schedule runs over environment steps. `null` for none:
   * then there must be a `klPenalty`. Default 0.2.
   */
  readonly clip?: Schedule | null;
  /** A penalty β KL(π_old ‖ π) beside the clip, or in its place; `null` for none. Default null. */
  readonly klPenalty?: KlPenaltyOptions | null;
  /** By how much V may move from what it was, above 0; `null` for no bound. Default 0.2. */
  readonly valueClip?: number | null;
  /** Whether the advantages of a batch are brought to mean 0 and deviation 1. Default true. */
  readonly normalizeAdvantages?: boolean;
  /** KL(π_old ‖ π) from which on a rollout is not learned from again; `null` for none. Default null. */
  readonly targetDivergence?: number | null;
}

/**
 * The options that `new Ppo(task)` stands for: those of CleanRL's `ppo.py`, but for its falling rate.
 * The weight of the entropy is 0.01; Adam has a learning rate of 0.00025, ε = 1e-5, and gradients cut
 * to a norm of 0.5.
 */
export const PPO_DEFAULTS: Required<PpoOptions> = {
  ...ON_POLICY_DEFAULTS,
  numSteps: 128,
  epochs: 4,
  minibatches: 4,
  lambda: 0.95,
  clip: 0.2,
  klPenalty: null,
  valueClip: 0.2,
  entropyWeight: 0.01,
  normalizeAdvantages: true,
  targetDivergence: null,
  optimizer: adam({ learningRate: 2.5e-4, epsilon: 1e-5, clip: { globalNorm: 0.5 } }),
};

/**
 * Proximal policy optimization with a clipped objective, or with a penalty whose weight adapts itself.
 *
 *     loop: act for numSteps steps with π_old
 *           A ← GAE(λ), R ← A + V_old
 *           for each epoch, for each minibatch: θ ← θ − α ∇ L(θ)      (`ppoLoss`)
 *           with a penalty: d ← mean KL(π_old ‖ π), β follows it              (`KlPenalty`)
 *
 * Source: Schulman et al. (2017), "Proximal policy optimization algorithms", sections 3 to 5. Details as in
 * Huang et al. (2022), "The 37 implementation details of proximal policy optimization". Differs from
 * them in that a time limit does not end the value: V(s′) of the true successor is added.
 */
export class Ppo implements Agent {
  readonly name = 'ppo';
  readonly options: Required<PpoOptions>;
  readonly actorCritic: ActorCritic;

  readonly #collector: RolloutCollector;
  readonly #batch: StepColumns;
  readonly #gradients: Float32Array;
  readonly #penalty: KlPenalty | null;
  readonly #rng: Alea;
  readonly #steps = new StepCount();
  readonly #numbers: PpoNumbers & { explainedVariance: number } = {
    loss: 0,
    policyLoss: 0,
    valueLoss: 0,
    entropy: 0,
    divergence: 0,
    clipShare: 0,
    explainedVariance: 0,
  };

  /**
   * @throws RangeError if actions are neither `Discrete` nor real, or an option is unknown or out of
   *   range, or the layers do not fit the observations.
   */
  constructor(task: Task, options: PpoOptions = {}) {
    const where = 'Ppo';
    const resolved = resolvePpoOptions(where, options, task);
    this.options = resolved;
    const { numSteps, minibatches, seed, klPenalty } = resolved;
    this.actorCritic = new ActorCritic(where, task, resolved);
    const keepsPolicies = klPenalty !== null;
    this.#collector = new RolloutCollector(where, task, this.actorCritic, numSteps, keepsPolicies);
    this.#penalty = klPenalty && new KlPenalty(klPenalty);
    const { rollout } = this.#collector;
    checkInteger(`${where}: minibatches`, minibatches, 1, rollout.rows);
    const rows = Math.floor(rollout.rows / minibatches);
    this.#batch = rollout.createBatch(rows);
    this.#gradients = new Float32Array(rows * this.actorCritic.rowSize);
    this.#rng = new Alea(seed, 'agent');
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#steps.value;
  }

  /** Draws A from π(· | S). */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#collector.act(observations, actions, actionMasks, this.#rng);
  }

  /**
   * Adds a step to the rollout, and learns when it is full.
   *
   * @throws RangeError if a reward is not a finite number. Error if the loss is not.
   */
  learn(transitions: Transitions): void {
    const isFull = this.#collector.add(transitions, this.steps);
    this.#steps.value += transitions.rewards.length;
    if (!isFull) return;
    this.#learnFromRollout();
    this.#collector.rollout.clear();
  }

  #learnFromRollout(): void {
    const { epochs, discount, lambda, targetDivergence } = this.options;
    const { rollout } = this.#collector;
    const rows = this.#batch.values.length;
    rollout.finish(discount, lambda);
    const { values, advantages } = rollout.columns;
    const lossOptions = {
      ...this.options,
      clip: this.options.clip === null ? null : scheduleValue(this.options.clip, this.steps),
      klWeight: this.#penalty?.weight ?? 0,
    };
    this.#numbers.explainedVariance = explainedVariance(values, advantages);
    for (let epoch = 0; epoch < epochs; epoch++) {
      rollout.shuffle(this.#rng);
      for (let first = 0; first + rows <= rollout.rows; first += rows) {
        this.#update(first, lossOptions);
      }
      if (targetDivergence !== null && this.#numbers.divergence > targetDivergence) break;
    }
    this.#penalty?.adapt(this.#measureDivergence());
  }

  /** d: the mean of KL(π_old ‖ π) over the rows of the last epoch. */
  #measureDivergence(): number {
    const { form, rowSize } = this.actorCritic;
    const { rollout } = this.#collector;
    const batch = this.#batch;
    const rows = batch.values.length;
    const result = new Float64Array(1);
    let [sum, count] = [0, 0];
    for (let first = 0; first + rows <= rollout.rows; first += rows) {
      rollout.gather(batch, first);
      const outputs = this.actorCritic.forward(batch.observations, rows);
      for (let row = 0; row < rows; row++, count++) {
        const { policies, actionMasks } = batch;
        form.divergence(outputs, row * rowSize, policies, row, result, actionMasks);
        sum += result[0];
      }
    }
    return sum / count;
  }

  /** One gradient step with the rows that stand at `first` and behind it. */
  #update(first: number, options: PpoLossOptions): void {
    const { network, form } = this.actorCritic;
    const batch = this.#batch;
    this.#collector.rollout.gather(batch, first);
    if (this.options.normalizeAdvantages) normalizeAdvantages(batch.advantages);
    const outputs = this.actorCritic.forward(batch.observations, batch.values.length);
    ppoLoss(form, outputs, batch, options, this.#gradients, this.#numbers);
    network.update('Ppo.learn', this.#numbers.loss, this.#gradients);
    form.update();
  }

  /** The policy that takes the likeliest action. */
  greedy(): Policy {
    return this.actorCritic.greedy();
  }

  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    return this.actorCritic.inspect(observation, actionMask);
  }

  metrics(): Readonly<Record<string, number>> {
    const { network } = this.actorCritic;
    const penalty = this.#penalty?.metrics();
    return { updates: network.updates, ...this.#numbers, ...penalty, ...network.metrics() };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts);
  }

  restore(saved: SavedData): void {
    restoreParts('Ppo.restore', saved, this.name, this.#parts);
  }

  get #parts(): SavedParts {
    return {
      steps: this.#steps,
      rng: this.#rng,
      ...this.actorCritic.parts,
      ...this.#collector.parts,
      numbers: numbersPart(this.#numbers),
      ...(this.#penalty && { penalty: this.#penalty.state }),
    };
  }
}

function resolvePpoOptions(where: string, given: PpoOptions, task: Task) {
  const options = resolveOptions<PpoOptions>(where, PPO_DEFAULTS, given) as Required<PpoOptions>;
  checkInteger(`${where}: numSteps`, options.numSteps, 1);
  checkInteger(`${where}: epochs`, options.epochs, 1);
  checkBetween(`${where}: lambda`, options.lambda, 0, 1);
  const { clip } = options;
  const klPenalty = resolveKlPenalty(`${where}: klPenalty`, options.klPenalty);
  if (clip !== null) checkSchedule(`${where}: clip`, clip, Number.MIN_VALUE, Number.MAX_VALUE);
  else if (klPenalty === null) {
    throw new RangeError(
      `${where}: clip must be a number or a schedule where there is no klPenalty, got null.`,
    );
  }
  if (options.valueClip !== null) checkPositive(`${where}: valueClip`, options.valueClip);
  const { targetDivergence } = options;
  if (targetDivergence !== null) checkPositive(`${where}: targetDivergence`, targetDivergence);
  return { ...completeOnPolicy<PpoOptions>(where, options, task), klPenalty };
}
