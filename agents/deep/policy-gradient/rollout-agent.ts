import type { Agent, Inspection, Policy } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import type { Rng } from '../../../core/rng.ts';
import type { SavedData } from '../../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import { restoreParts, type SavedParts, saveParts } from '../../saved-parts.ts';
import { StepCount } from '../../step-count.ts';
import type { ActorCritic } from './actor-critic.ts';
import type { RolloutCollector } from './rollout-collector.ts';

/** How an agent learns from its rollouts. */
export interface RolloutUpdates {
  /** What is to be saved. */
  readonly parts: SavedParts;
  /**
   * Learns from the rollout, which is full.
   *
   * @param steps Environment steps so far.
   * @throws Error if a loss is not finite.
   */
  learn(rng: Rng, steps: number): void;
  /** Those of the last update. */
  metrics(): Readonly<Record<string, number>>;
}

/** What acts, and what learns. */
export interface RolloutAgentParts {
  /** Whose they are, for errors. */
  readonly where: string;
  readonly actorCritic: ActorCritic;
  readonly collector: RolloutCollector;
  readonly updates: RolloutUpdates;
}

/** An agent that acts for some steps with one policy, then learns from what came of it, and forgets it. */
export abstract class RolloutAgent<O extends { readonly seed: number }> implements Agent {
  abstract readonly name: string;
  readonly options: O;
  readonly actorCritic: ActorCritic;

  protected readonly collector: RolloutCollector;
  readonly #where: string;
  readonly #updates: RolloutUpdates;
  readonly #rng: Alea;
  readonly #steps = new StepCount();

  protected constructor(options: O, parts: RolloutAgentParts) {
    const { where, actorCritic, collector, updates } = parts;
    this.#where = where;
    this.options = options;
    this.actorCritic = actorCritic;
    this.collector = collector;
    this.#updates = updates;
    this.#rng = new Alea(options.seed, 'agent');
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#steps.value;
  }

  /** Draws A from π(· | S). */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.collector.act(observations, actions, actionMasks, this.#rng);
  }

  /**
   * Adds a step to the rollout, and learns when it is full.
   *
   * @throws RangeError if a reward is not a finite number, or there is not a row for each copy. Error if
   *   the loss is not finite.
   */
  learn(transitions: Transitions): void {
    const isFull = this.collector.add(transitions, this.steps);
    this.#steps.value += transitions.rewards.length;
    if (!isFull) return;
    this.#updates.learn(this.#rng, this.steps);
    this.collector.rollout.clear();
  }

  /** The policy that takes the likeliest action. */
  greedy(): Policy {
    return this.actorCritic.greedy();
  }

  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    return this.actorCritic.inspect(observation, actionMask);
  }

  metrics(): Readonly<Record<string, number>> {
    return this.#updates.metrics();
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts);
  }

  restore(saved: SavedData): void {
    restoreParts(`${this.#where}.restore`, saved, this.name, this.#parts);
  }

  get #parts(): SavedParts {
    return {
      steps: this.#steps,
      rng: this.#rng,
      ...this.actorCritic.parts,
      ...this.collector.parts,
      ...this.#updates.parts,
    };
  }
}
