import { checkBetween, checkInteger, resolveOptions } from '../../../core/check.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { StepCount } from '../../step-count.ts';
import type { Task } from '../../task.ts';
import { DDPG_DEFAULTS, type DdpgOptions, type ResolvedDdpg, resolveDdpgOptions } from './ddpg.ts';
import { DeterministicAgent } from './deterministic-agent.ts';

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
export class Td3 extends DeterministicAgent<ResolvedDdpg & Required<Td3Options>> {
  readonly name = 'td3';

  readonly #critics = new StepCount(); // updates of the critics
  readonly #nextActions: Float32Array;

  /**
   * @throws RangeError if actions are no bounded `Box`, or an option is unknown or out of range, or
   *   features do not fit the observations.
   */
  constructor(task: Task, options: Td3Options = {}) {
    super('Td3', task, resolveTd3Options('Td3', options, task), 2);
    this.#nextActions = new Float32Array(this.options.batchSize * this.actionSize);
  }

  protected update(): void {
    this.memory.sample(this.rng);
    this.#chooseNext(this.memory.nextInputs);
    this.updateCritic(this.#nextActions);
    this.#critics.value++;
    if (this.#critics.value % this.options.policyDelay === 0) this.updateActor();
  }

  /** ã: the target policy's action with noise that is cut off. */
  #chooseNext(nextInputs: Float32Array): void {
    const { batchSize, targetNoise, targetNoiseClip } = this.options;
    const chosen = this.actor.target.forward(nextInputs, batchSize);
    for (let i = 0; i < chosen.length; i++) {
      const noise = targetNoise * this.rng.normal();
      const cut = Math.max(-targetNoiseClip, Math.min(targetNoiseClip, noise));
      this.#nextActions[i] = Math.max(-1, Math.min(1, chosen[i] + cut));
    }
  }

  protected override get moreParts(): SavedParts {
    return { criticUpdates: this.#critics };
  }
}

function resolveTd3Options(where: string, given: Td3Options, task: Task) {
  const { policyDelay, targetNoise, targetNoiseClip, ...rest } = resolveOptions<Td3Options>(
    where,
    TD3_DEFAULTS,
    given,
  ) as Required<Td3Options>;
  checkInteger(`${where}: policyDelay`, policyDelay, 1);
  checkBetween(`${where}: targetNoise`, targetNoise, 0, Number.MAX_VALUE);
  checkBetween(`${where}: targetNoiseClip`, targetNoiseClip, 0, Number.MAX_VALUE);
  return { ...resolveDdpgOptions(where, rest, task), policyDelay, targetNoise, targetNoiseClip };
}
