import type { Agent, Inspection, Policy } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { checkInteger, resolveOptions } from '../../../core/check.ts';
import type { SavedData } from '../../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import { isMasked } from '../../../replay/replay-task.ts';
import { normalizeAdvantages } from '../../../replay/returns/normalize.ts';
import { listPart, restoreParts, type SavedParts, saveParts } from '../../saved-parts.ts';
import { StepCount } from '../../step-count.ts';
import { checkCopies, checkMasks, checkReward, numCopies, type Task } from '../../task.ts';
import { numbersPart } from '../parts/numbers-part.ts';
import { ActorCritic } from './actor-critic.ts';
import {
  completeOnPolicy,
  ON_POLICY_DEFAULTS,
  type OnPolicyOptions,
} from './actor-critic-options.ts';
import { explainedVariance } from './explained-variance.ts';
import { type ActorCriticNumbers, policyGradientLoss } from './policy-gradient-loss.ts';
import { StepRows } from './step-rows.ts';

/** How to act and learn. */
export interface ReinforceOptions extends OnPolicyOptions {
  /** Whether V(s) is learned and taken from the returns. Default true. */
  readonly baseline?: boolean;
  /** Episodes of an update, at least 1. Default 1. */
  readonly episodesPerUpdate?: number;
  /** Whether G − V of an update are brought to mean 0 and deviation 1. Default true. */
  readonly normalizeAdvantages?: boolean;
}

/**
 * The options that `new Reinforce(task)` stands for. The weight of the entropy is 0; Adam has a learning
 * rate of 0.001.
 */
export const REINFORCE_DEFAULTS: Required<ReinforceOptions> = {
  ...ON_POLICY_DEFAULTS,
  entropyWeight: 0,
  baseline: true,
  episodesPerUpdate: 1,
  normalizeAdvantages: true,
  optimizer: adam({ learningRate: 1e-3 }),
};

/**
 * REINFORCE: policy gradient from the returns of whole episodes.
 *
 *     G ← r + γ G, backwards from the end of the episode
 *     θ ← θ + α (G − V(s)) ∇ log π(a | s)
 *
 * An episode that a time limit cut goes on with V(s′) of its last state; without a baseline nothing is
 * known of that, and what was earned counts alone.
 *
 * Source: Williams (1992), "Simple statistical gradient-following algorithms for connectionist
 * reinforcement learning"; Sutton & Barto (2018), sections 13.3 and 13.4. Differs from the boxes there in
 * that one step is taken with all of an episode, and without the factor γᵗ, as is usual. With several
 * copies, episodes that others' updates overtake were begun by an older policy.
 */
export class Reinforce implements Agent {
  readonly name = 'reinforce';
  readonly options: Required<ReinforceOptions>;
  readonly actorCritic: ActorCritic;

  readonly #episodes: readonly StepRows[]; // one for each copy of the world
  readonly #rows: StepRows; // of episodes that have ended, with returns in place of rewards
  readonly #lastMasks: Uint8Array | undefined; // 𝒜(S) when it acted
  readonly #given: ActionColumn; // what it gave the world
  readonly #drawn: ActionColumn; // the same before the world's bounds
  readonly #rng: Alea;
  readonly #counts = new Int32Array(2); // episodes in #rows; whether it acted
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
  constructor(task: Task, options: ReinforceOptions = {}) {
    const where = 'Reinforce';
    const resolved = resolveReinforceOptions(where, options, task);
    this.options = resolved;
    this.actorCritic = new ActorCritic(where, task, resolved);
    const { actionSpace } = task;
    const { encoder, form } = this.actorCritic;
    const discrete = actionSpace.kind === 'discrete';
    const maskSize = discrete && isMasked(task) ? actionSpace.n : 0;
    const { inputSize } = encoder;
    const { actionSize } = form;
    const create = () => new StepRows({ inputSize, actionSize, maskSize, discrete });
    const copies = numCopies(where, task);
    this.#episodes = Array.from({ length: copies }, create);
    this.#rows = create();
    this.#lastMasks = maskSize > 0 ? new Uint8Array(copies * maskSize).fill(1) : undefined;
    this.#given = discrete ? new Int32Array(copies) : new Float32Array(copies * actionSize);
    this.#drawn = this.#given.slice();
    this.#rng = new Alea(resolved.seed, 'agent');
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#steps.value;
  }

  /** Draws A from π(· | S). */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const { form, rowSize } = this.actorCritic;
    const rows = actions.length / form.actionSize;
    checkCopies('Reinforce.act', rows, this.#episodes.length);
    checkMasks('Reinforce.act', actionMasks, this.#lastMasks !== undefined);
    const outputs = this.actorCritic.forward(observations, rows);
    for (let row = 0; row < rows; row++) {
      form.draw(outputs, row * rowSize, this.#rng, actions, row, actionMasks);
    }
    this.#drawn.set(actions);
    this.actorCritic.clip(actions);
    this.#given.set(actions);
    if (actionMasks === undefined) this.#lastMasks?.fill(1);
    else this.#lastMasks?.set(actionMasks);
    this.#counts[1] = 1;
  }

  /**
   * Adds each transition to the episode of its copy, and learns when enough have ended.
   *
   * @throws RangeError if there is not one row for each copy, or a reward is not a finite number. Error
   *   if the loss is not.
   */
  learn(transitions: Transitions): void {
    const { observations, rewards, terminated, truncated } = transitions;
    checkCopies('Reinforce.learn', rewards.length, this.#episodes.length);
    for (let i = 0; i < rewards.length; i++) {
      checkReward('Reinforce.learn', rewards[i], this.steps + i);
    }
    const inputs = this.actorCritic.encode(observations, rewards.length).slice();
    const isOwn = this.#isOwn(transitions.actions); // not those of the greedy policy, say
    const actions = isOwn ? this.#drawn : transitions.actions;
    const masks = isOwn ? this.#lastMasks : undefined;
    this.#counts[1] = 0;
    for (let i = 0; i < rewards.length; i++) {
      this.#steps.value++;
      this.#episodes[i].add(inputs, actions, masks, i, rewards[i]);
      if (terminated[i] === 0 && truncated[i] === 0) continue;
      this.#endEpisode(i, transitions);
      if (this.#counts[0] === this.options.episodesPerUpdate) this.#update();
    }
  }

  /** Whether these actions are those that `act` gave. */
  #isOwn(actions: ActionColumn): boolean {
    return this.#counts[1] === 1 && this.#given.every((action, i) => action === actions[i]);
  }

  /** Replaces rewards by returns, G ← r + γ G, and hands the episode over. */
  #endEpisode(i: number, { truncated, nextObservations }: Transitions): void {
    const { discount, baseline } = this.options;
    const episode = this.#episodes[i];
    let g = truncated[i] === 1 && baseline ? this.#valueOf(nextObservations, i) : 0;
    for (let t = episode.length - 1; t >= 0; t--) {
      g = episode.rewards[t] + discount * g;
      episode.rewards[t] = g;
    }
    this.#rows.addAll(episode);
    episode.clear();
    this.#counts[0]++;
  }

  #valueOf(observations: Float32Array, row: number): number {
    const { observationSize } = this.actorCritic.encoder;
    const one = observations.slice(row * observationSize, (row + 1) * observationSize);
    return this.actorCritic.forward(one, 1)[this.actorCritic.form.size];
  }

  #update(): void {
    const { baseline, valueWeight, entropyWeight } = this.options;
    const isNormalized = this.options.normalizeAdvantages;
    const { network, form, rowSize, encoder } = this.actorCritic;
    const { length: rows, actions } = this.#rows;
    const inputs = this.#rows.inputs.subarray(0, rows * encoder.inputSize);
    const outputs = network.forward(inputs, rows);
    const returns = Float32Array.from(this.#rows.rewards.subarray(0, rows));
    const advantages = returns.map(
      (g, row) => g - (baseline ? outputs[row * rowSize + form.size] : 0),
    );
    const values = returns.map((g, row) => g - advantages[row]);
    this.#numbers.explainedVariance = explainedVariance(values, advantages);
    if (isNormalized) normalizeAdvantages(advantages);
    const masks = this.#lastMasks === undefined ? {} : { actionMasks: this.#rows.masks };
    const gradients = new Float32Array(rows * rowSize);
    const batch = { actions, ...masks, advantages, returns };
    const weights = { valueWeight: baseline ? valueWeight : 0, entropyWeight };
    policyGradientLoss(form, outputs, batch, weights, gradients, this.#numbers);
    network.update('Reinforce.learn', this.#numbers.loss, gradients);
    form.update();
    this.#rows.clear();
    this.#counts[0] = 0;
  }

  /** The policy that takes the likeliest action. */
  greedy(): Policy {
    return this.actorCritic.greedy();
  }

  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    const { value, ...seen } = this.actorCritic.inspect(observation, actionMask);
    return this.options.baseline && value !== undefined ? { ...seen, value } : seen;
  }

  metrics(): Readonly<Record<string, number>> {
    const { network } = this.actorCritic;
    return { updates: network.updates, ...this.#numbers, ...network.metrics() };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts);
  }

  restore(saved: SavedData): void {
    restoreParts('Reinforce.restore', saved, this.name, this.#parts);
  }

  get #parts(): SavedParts {
    return {
      steps: this.#steps,
      rng: this.#rng,
      ...this.actorCritic.parts,
      episodes: listPart(this.#episodes),
      rows: this.#rows,
      counts: this.#counts,
      numbers: numbersPart(this.#numbers),
      given: this.#given,
      drawn: this.#drawn,
      ...(this.#lastMasks && { lastMasks: this.#lastMasks }),
    };
  }
}

function resolveReinforceOptions(where: string, given: ReinforceOptions, task: Task) {
  const options = resolveOptions<ReinforceOptions>(where, REINFORCE_DEFAULTS, given);
  checkInteger(`${where}: episodesPerUpdate`, options.episodesPerUpdate, 1);
  return completeOnPolicy<ReinforceOptions>(where, options as Required<ReinforceOptions>, task);
}
