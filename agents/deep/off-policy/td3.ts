import type { Agent, Inspection, Policy } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { checkBetween, checkInteger, resolveOptions } from '../../../core/check.ts';
import type { SavedData } from '../../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import { restoreParts, type SavedParts, saveParts } from '../../saved-parts.ts';
import { StepCount } from '../../step-count.ts';
import type { Task } from '../../task.ts';
import type { LearningWork } from '../parts/learning-times.ts';
import { numbersPart } from '../parts/numbers-part.ts';
import type { ActionCritic } from './action-critic.ts';
import { DDPG_DEFAULTS, type DdpgOptions, resolveDdpgOptions } from './ddpg.ts';
import type { DeterministicActor } from './deterministic-actor.ts';
import { createDeterministicParts } from './deterministic-parts.ts';
import type { OffPolicyMemory } from './off-policy-memory.ts';

/** How to act and learn: as DDPG, and by what TD3 adds. */
export interface Td3Options extends DdpgOptions {
  /** Updates of the critics for each of the actor and the targets, at least 1. Default 2. */
  readonly policyDelay?: number;
  /** σ of what is added to the target policy's actions, at least 0. Default 0.2. */
  readonly targetNoise?: number;
  /** To which that is cut, at least 0. Default 0.5. */
  readonly targetNoiseClip?: number;
}

/** The options that `new Td3(task)` stands for. */
export const TD3_DEFAULTS: Required<Td3Options> = {
  ...DDPG_DEFAULTS,
  policyDelay: 2,
  targetNoise: 0.2,
  targetNoiseClip: 0.5,
};

/**
 * Twin delayed deep deterministic policy gradient: DDPG with two critics of which the lower one counts,
 * noise on the target's actions, and an actor that learns more seldom.
 *
 *     ã = clip(μ̂(s′) + clip(ε, −c, c), −1, 1),  ε ~ N(0, σ̃)
 *     y = r + γ minᵢ Q̂ᵢ(s′, ã)
 *     critics: ½ Σᵢ mean (Qᵢ(s, a) − y)²
 *     every `policyDelay` updates: actor ascends mean Q₁(s, μ(s)); targets follow by τ
 *
 * Source: Fujimoto, van Hoof & Meger (2018), "Addressing function approximation error in actor-critic
 * methods", algorithm 1.
 */
export class Td3 implements Agent {
  readonly name = 'td3';
  readonly options: Required<Td3Options>;
  readonly actor: DeterministicActor;
  readonly critic: ActionCritic;

  readonly #memory: OffPolicyMemory;
  readonly #work: LearningWork = { update: () => this.#update() };
  readonly #rng: Alea;
  readonly #critics = new StepCount(); // updates of the critics
  readonly #nextActions: Float32Array;
  readonly #targets: Float32Array;
  readonly #values: Float32Array;
  readonly #actionGradients: Float32Array;
  readonly #numbers = { criticLoss: 0, actorLoss: 0 };

  /** @throws RangeError if actions are no bounded `Box`, or an option is unknown or out of range. */
  constructor(task: Task, options: Td3Options = {}) {
    const where = 'Td3';
    const resolved = resolveTd3Options(where, options);
    this.options = resolved;
    const { seed, batchSize } = resolved;
    const { actionSize, memory, ...networks } = createDeterministicParts(where, task, resolved, 2);
    this.actor = networks.actor;
    this.critic = networks.critic;
    this.#memory = memory;
    this.#rng = new Alea(seed, 'agent');
    this.#nextActions = new Float32Array(batchSize * actionSize);
    this.#targets = new Float32Array(batchSize);
    this.#values = new Float32Array(batchSize);
    this.#actionGradients = new Float32Array(batchSize * actionSize);
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#memory.steps;
  }

  /** A = μ(S) + noise; uniformly random before the first update. */
  act(observations: Float32Array, actions: ActionColumn): void {
    if (this.#memory.isWarmingUp) this.#memory.actRandomly(actions, this.#rng);
    else this.actor.explore(observations, actions, this.steps, this.#rng);
  }

  /**
   * Stores the transitions, and learns from remembered ones when it is due.
   *
   * @throws RangeError if a reward is not a finite number. Error if a loss is not.
   */
  learn(transitions: Transitions): void {
    this.#memory.add(transitions, this.#work);
    this.actor.endEpisodes(transitions);
  }

  #update(): void {
    const memory = this.#memory;
    memory.sample(this.#rng);
    const { inputs, actions, rewards, discounts, nextInputs } = memory;

    // y = r + γ minᵢ Q̂ᵢ(s′, ã).
    this.#chooseNext(nextInputs);
    this.critic.writeTargetValues(nextInputs, this.#nextActions, this.#values);
    for (let row = 0; row < rewards.length; row++) {
      this.#targets[row] = rewards[row] + discounts[row] * this.#values[row];
    }
    this.#numbers.criticLoss = this.critic.update('Td3.learn', inputs, actions, this.#targets);
    this.#critics.value++;
    if (this.#critics.value % this.options.policyDelay === 0) this.#updateActor(inputs);
  }

  /** ã: the target policy's action with noise that is cut off. */
  #chooseNext(nextInputs: Float32Array): void {
    const { batchSize, targetNoise, targetNoiseClip } = this.options;
    const chosen = this.actor.target.forward(nextInputs, batchSize);
    for (let i = 0; i < chosen.length; i++) {
      const noise = targetNoise * this.#rng.normal();
      const cut = Math.max(-targetNoiseClip, Math.min(targetNoiseClip, noise));
      this.#nextActions[i] = Math.max(-1, Math.min(1, chosen[i] + cut));
    }
  }

  #updateActor(inputs: Float32Array): void {
    const { batchSize, targetStepSize } = this.options;
    const actions = this.actor.actor.forward(inputs, batchSize);
    this.critic.differentiate('first', inputs, actions, this.#values, this.#actionGradients);
    this.#numbers.actorLoss = this.actor.climb('Td3.learn', this.#actionGradients, this.#values);
    this.critic.followTarget(targetStepSize);
    this.actor.followTarget(targetStepSize);
  }

  /** The policy without noise. */
  greedy(): Policy {
    return this.actor.greedy();
  }

  /** V(s): what the lower critic says of μ(s). */
  inspect(observation: Float32Array): Inspection {
    const { input, action } = this.actor.look(observation);
    return this.critic.inspect(input, action);
  }

  metrics(): Readonly<Record<string, number>> {
    const { value: updates } = this.#critics;
    return {
      updates,
      ...this.#numbers,
      ...this.actor.actor.metrics('actor'),
      ...this.critic.critic.metrics('critic'),
    };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts);
  }

  restore(saved: SavedData): void {
    restoreParts('Td3.restore', saved, this.name, this.#parts);
  }

  get #parts(): SavedParts {
    return {
      rng: this.#rng,
      criticUpdates: this.#critics,
      ...this.actor.parts,
      ...this.critic.parts,
      ...this.#memory.parts,
      numbers: numbersPart(this.#numbers),
    };
  }
}

function resolveTd3Options(where: string, given: Td3Options) {
  const { policyDelay, targetNoise, targetNoiseClip, ...rest } = resolveOptions<Td3Options>(
    where,
    TD3_DEFAULTS,
    given,
  ) as Required<Td3Options>;
  checkInteger(`${where}: policyDelay`, policyDelay, 1);
  checkBetween(`${where}: targetNoise`, targetNoise, 0, Number.MAX_VALUE);
  checkBetween(`${where}: targetNoiseClip`, targetNoiseClip, 0, Number.MAX_VALUE);
  return { ...resolveDdpgOptions(where, rest), policyDelay, targetNoise, targetNoiseClip };
}
