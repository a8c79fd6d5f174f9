import { checkBetween, checkInteger, resolveOptions } from '../../../core/check.ts';
import { rmsprop } from '../../../networks/optimizers/rmsprop.ts';
import { normalizeAdvantages } from '../../../replay/returns/normalize.ts';
import type { RolloutBuffer } from '../../../replay/rollout-buffer.ts';
import type { SavedParts } from '../../saved-parts.ts';
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
import { RolloutAgent, type RolloutUpdates } from './rollout-agent.ts';
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
export class A2c extends RolloutAgent<Required<A2cOptions>> {
  readonly name = 'a2c';

  /**
   * @throws RangeError if actions are neither `Discrete` nor real, or an option is unknown or out of
   *   range, or the layers do not fit the observations.
   */
  constructor(task: Task, options: A2cOptions = {}) {
    const where = 'A2c';
    const resolved = resolveA2cOptions(where, options, task);
    const actorCritic = new ActorCritic(where, task, resolved);
    const collector = new RolloutCollector(where, task, actorCritic, resolved.numSteps);
    const updates = new A2cUpdates(`${where}.learn`, actorCritic, collector.rollout, resolved);
    super(resolved, { where, actorCritic, collector, updates });
  }
}

/** The learning half of A2C: one gradient step from each rollout. */
class A2cUpdates implements RolloutUpdates {
  readonly parts: SavedParts;
  readonly #where: string;
  readonly #actorCritic: ActorCritic;
  readonly #rollout: RolloutBuffer;
  readonly #options: Required<A2cOptions>;
  readonly #gradients: Float32Array;
  readonly #numbers: ActorCriticNumbers & { explainedVariance: number } = {
    loss: 0,
    policyLoss: 0,
    valueLoss: 0,
    entropy: 0,
    explainedVariance: 0,
  };

  constructor(
    where: string,
    actorCritic: ActorCritic,
    rollout: RolloutBuffer,
    options: Required<A2cOptions>,
  ) {
    this.#where = where;
    this.#actorCritic = actorCritic;
    this.#rollout = rollout;
    this.#options = options;
    this.#gradients = new Float32Array(rollout.rows * actorCritic.rowSize);
    this.parts = { numbers: numbersPart(this.#numbers) };
  }

  learn(): void {
    const { discount, lambda } = this.#options;
    const { network, form } = this.#actorCritic;
    const { columns, rows } = this.#rollout;
    this.#rollout.finish(discount, lambda);
    this.#numbers.explainedVariance = explainedVariance(columns.values, columns.advantages);
    if (this.#options.normalizeAdvantages) normalizeAdvantages(columns.advantages);
    const outputs = this.#actorCritic.forward(columns.observations, rows);
    policyGradientLoss(form, outputs, columns, this.#options, this.#gradients, this.#numbers);
    network.update(this.#where, this.#numbers.loss, this.#gradients);
    form.update();
  }

  metrics(): Readonly<Record<string, number>> {
    const { network } = this.#actorCritic;
    return { updates: network.updates, ...this.#numbers, ...network.metrics() };
  }
}

function resolveA2cOptions(where: string, given: A2cOptions, task: Task) {
  const options = resolveOptions<A2cOptions>(where, A2C_DEFAULTS, given) as Required<A2cOptions>;
  checkInteger(`${where}: numSteps`, options.numSteps, 1);
  checkBetween(`${where}: lambda`, options.lambda, 0, 1);
  return completeOnPolicy<A2cOptions>(where, options, task);
}
