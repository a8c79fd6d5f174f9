import type { Agent, Inspection, Policy } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { checkBetween, checkInteger, resolveOptions } from '../../../core/check.ts';
import type { SavedData } from '../../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import { rmsprop } from '../../../networks/optimizers/rmsprop.ts';
import { normalizeAdvantages } from '../../../replay/returns/normalize.ts';
import { restoreParts, type SavedParts, saveParts } from '../../saved-parts.ts';
import { StepCount } from '../../step-count.ts';
import type { Task } from '../../task.ts';
import { numbersPart } from '../parts/numbers-part.ts';
import { ActorCritic } from './actor-critic.ts';
import {
  completeOnPolicy,
  ON_POLICY_DEFAULTS,
  type OnPolicyOptions,
} from './actor-critic-options.ts';
import { explainedVariance } from './explained-variance.ts';
import { type ActorCriticNumbers, policyGradientLoss } from './policy-gradient-loss.ts';
import { RolloutCollector } from './rollout-collector.ts';

/** How to act and learn. */
export interface A2cOptions extends OnPolicyOptions {
  /** Steps of each copy in a rollout, at least 1. Default 5. */
  readonly numSteps?: number;
  /** λ of the advantages, in [0, 1]: 1 gives returns of up to `numSteps` steps. Default 1. */
  readonly lambda?: number;
  /** Whether the advantages of a rollout are brought to mean 0 and deviation 1. Default false. */
  readonly normalizeAdvantages?: boolean;
}

/**
 * The options that `new A2c(task)` stands for: those of Stable-Baselines3. The weight of the entropy is
 * 0; RMSProp has a learning rate of 0.0007, ε = 1e-5, and gradients cut to a norm of 0.5.
 */
export const A2C_DEFAULTS: Required<A2cOptions> = {
  ...ON_POLICY_DEFAULTS,
  numSteps: 5,
  lambda: 1,
  entropyWeight: 0,
  normalizeAdvantages: false,
  optimizer: rmsprop({
    learningRate: 7e-4,
    decay: 0.99,
    epsilon: 1e-5,
    clip: { globalNorm: 0.5 },
  }),
};

/**
 * Advantage actor-critic: all copies of the world act for a few steps, then one gradient step is taken
 * with what they did.
 *
 *     L = mean −A log π(a | s) + c₁ (R − V(s))² − c₂ H(π(· | s)),   R = A + V_old(s)
 *
 * Source: Mnih et al. (2016), "Asynchronous methods for deep reinforcement learning", algorithm S3, with
 * copies that go in step with each other.
 */
export class A2c implements Agent {
  readonly name = 'a2c';
  readonly options: Required<A2cOptions>;
  readonly actorCritic: ActorCritic;

  readonly #collector: RolloutCollector;
  readonly #gradients: Float32Array;
  readonly #rng: Alea;
  readonly #steps = new StepCount();
  readonly #numbers: ActorCriticNumbers & { explainedVariance: number } = {
    loss: 0,
    policyLoss: 0,
    valueLoss: 0,
    entropy: 0,
    explainedVariance: 0,
  };

  /**
   * @throws RangeError if actions are neither `Discrete` nor real, or an option is unknown or out of
   *   range, or the layers do not fit the observations.
   */
  constructor(task: Task, options: A2cOptions = {}) {
    const where = 'A2c';
    const resolved = resolveA2cOptions(where, options, task);
    this.options = resolved;
    this.actorCritic = new ActorCritic(where, task, resolved);
    this.#collector = new RolloutCollector(where, task, this.actorCritic, resolved.numSteps);
    const { rows } = this.#collector.rollout;
    this.#gradients = new Float32Array(rows * this.actorCritic.rowSize);
    this.#rng = new Alea(resolved.seed, 'agent');
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
    this.#update();
    this.#collector.rollout.clear();
  }

  #update(): void {
    const { discount, lambda } = this.options;
    const { network, form } = this.actorCritic;
    const { rollout } = this.#collector;
    const { columns, rows } = rollout;
    rollout.finish(discount, lambda);
    this.#numbers.explainedVariance = explainedVariance(columns.values, columns.advantages);
    if (this.options.normalizeAdvantages) normalizeAdvantages(columns.advantages);
    const outputs = this.actorCritic.forward(columns.observations, rows);
    policyGradientLoss(form, outputs, columns, this.options, this.#gradients, this.#numbers);
    network.update('A2c.learn', this.#numbers.loss, this.#gradients);
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
    return { updates: network.updates, ...this.#numbers, ...network.metrics() };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts);
  }

  restore(saved: SavedData): void {
    restoreParts('A2c.restore', saved, this.name, this.#parts);
  }

  get #parts(): SavedParts {
    return {
      steps: this.#steps,
      rng: this.#rng,
      ...this.actorCritic.parts,
      ...this.#collector.parts,
      numbers: numbersPart(this.#numbers),
    };
  }
}

function resolveA2cOptions(where: string, given: A2cOptions, task: Task) {
  const options = resolveOptions<A2cOptions>(where, A2C_DEFAULTS, given) as Required<A2cOptions>;
  checkInteger(`${where}: numSteps`, options.numSteps, 1);
  checkBetween(`${where}: lambda`, options.lambda, 0, 1);
  return completeOnPolicy<A2cOptions>(where, options, task);
}
