import type { Agent, Inspection, Policy } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import type { SavedData } from '../../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import { cpuEngine } from '../../../networks/cpu-engine.ts';
import { restoreParts, type SavedParts, saveParts } from '../../saved-parts.ts';
import type { Task } from '../../task.ts';
import type { LearningWork } from '../parts/learning-times.ts';
import { numbersPart } from '../parts/numbers-part.ts';
import { createEncoder } from '../parts/observations.ts';
import { requireRealBox } from '../policies/gaussian-policy.ts';
import { ActionCritic } from './action-critic.ts';
import { ActionScale } from './action-scale.ts';
import type { ResolvedDdpg } from './ddpg.ts';
import { DeterministicActor } from './deterministic-actor.ts';
import { actorBody, criticBody } from './observation-features.ts';
import { OffPolicyMemory } from './off-policy-memory.ts';

/** An actor that climbs what critics say of its actions: what DDPG and TD3 have in common. */
export abstract class DeterministicAgent<O extends ResolvedDdpg> implements Agent {
  abstract readonly name: string;
  readonly options: O;
  readonly actor: DeterministicActor;
  readonly critic: ActionCritic;

  protected readonly memory: OffPolicyMemory;
  protected readonly rng: Alea;
  /** Numbers of an action. */
  protected readonly actionSize: number;
  readonly #where: string;
  readonly #work: LearningWork = { update: () => this.update() };
  readonly #targets: Float32Array;
  readonly #values: Float32Array;
  readonly #actionGradients: Float32Array;
  readonly #numbers = { criticLoss: 0, actorLoss: 0 };

  /**
   * @param where Who it is, for errors.
   * @param count Critics.
   * @throws RangeError if actions are no bounded `Box`, or a layer does not fit.
   */
  protected constructor(where: string, task: Task, options: O, count: number) {
    this.#where = where;
    this.options = options;
    const { optimizer, criticOptimizer, noise, seed, batchSize } = options;
    const engine = cpuEngine(options.engine, `${where}: engine`);
    const encoder = createEncoder(task.observationSpace);
    const scale = new ActionScale(where, requireRealBox(where, task.actionSpace));
    const { input, layers } = actorBody(encoder, options);
    const actor = { input, layers, optimizer, noise, engine, seed };
    this.actor = new DeterministicActor(where, task, encoder, scale, actor);
    this.critic = new ActionCritic({
      inputSize: encoder.inputSize,
      actionSize: scale.size,
      count,
      layers: criticBody(encoder, options, scale.size),
      optimizer: criticOptimizer,
      engine,
      seed: seed + 1,
      rows: batchSize,
    });
    this.memory = new OffPolicyMemory(where, task, encoder, scale, options);
    this.actionSize = scale.size;
    this.rng = new Alea(seed, 'agent');
    this.#targets = new Float32Array(batchSize);
    this.#values = new Float32Array(batchSize);
    this.#actionGradients = new Float32Array(batchSize * scale.size);
  }

  /** Learns from a batch of remembered transitions. */
  protected abstract update(): void;

  /** What is to be saved besides. */
  protected get moreParts(): SavedParts {
    return {};
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.memory.steps;
  }

  /** A = μ(S) + noise; uniformly random before the first update. */
  act(observations: Float32Array, actions: ActionColumn): void {
    if (this.memory.isWarmingUp) this.memory.actRandomly(actions, this.rng);
    else this.actor.explore(observations, actions, this.steps, this.rng);
  }

  /**
   * Stores the transitions, and learns from remembered ones when it is due.
   *
   * @throws RangeError if a reward is not a finite number. Error if a loss is not.
   */
  learn(transitions: Transitions): void {
    this.memory.add(transitions, this.#work);
    this.actor.endEpisodes(transitions);
  }

  /**
   * A gradient step of the critics towards y = r + γ minᵢ Q̂ᵢ(s′, a′), with the batch that was sampled.
   *
   * @param nextActions a′, `[batchSize × actionSize]`.
   */
  protected updateCritic(nextActions: Float32Array): void {
    const { inputs, actions, rewards, discounts, nextInputs } = this.memory;
    this.critic.writeTargetValues(nextInputs, nextActions, this.#values);
    for (let row = 0; row < rewards.length; row++) {
      this.#targets[row] = rewards[row] + discounts[row] * this.#values[row];
    }
    const where = `${this.#where}.learn`;
    this.#numbers.criticLoss = this.critic.update(where, inputs, actions, this.#targets);
  }

  /** A gradient step of the actor up Q₁(s, μ(s)), with the batch that was sampled; targets follow by τ. */
  protected updateActor(): void {
    const { batchSize, targetStepSize } = this.options;
    const { inputs } = this.memory;
    const actions = this.actor.actor.forward(inputs, batchSize);
    this.critic.differentiate('first', inputs, actions, this.#values, this.#actionGradients);
    const where = `${this.#where}.learn`;
    this.#numbers.actorLoss = this.actor.climb(where, this.#actionGradients, this.#values);
    this.critic.followTarget(targetStepSize);
    this.actor.followTarget(targetStepSize);
  }

  /** The policy without noise. */
  greedy(): Policy {
    return this.actor.greedy();
  }

  /** V(s): what the lowest critic says of μ(s). */
  inspect(observation: Float32Array): Inspection {
    const { input, action } = this.actor.look(observation);
    return this.critic.inspect(input, action);
  }

  metrics(): Readonly<Record<string, number>> {
    const { updates } = this.critic.critic;
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
    restoreParts(`${this.#where}.restore`, saved, this.name, this.#parts);
  }

  get #parts(): SavedParts {
    return {
      rng: this.rng,
      ...this.moreParts,
      ...this.actor.parts,
      ...this.critic.parts,
      ...this.memory.parts,
      numbers: numbersPart(this.#numbers),
    };
  }
}
