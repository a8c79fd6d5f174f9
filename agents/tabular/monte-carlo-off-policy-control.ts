import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkFinite, resolveOptions } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import type { Episode } from '../episode.ts';
import { EPISODE_DEFAULTS, type EpisodeOptions, Episodes } from '../episodes.ts';
import { GivenPolicy, type PolicyOption } from '../given-policy.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { StepCount } from '../step-count.ts';
import { requireDiscrete, type Task } from '../task.ts';
import { greedyPolicy } from './greedy-policy.ts';
import { LegalActions } from './legal-actions.ts';
import { checkMonteCarloOptions } from './monte-carlo-options.ts';

/** How to learn; the schedule of ε runs over the environment steps learned from. */
export interface MonteCarloOffPolicyControlOptions extends EpisodeOptions {
  /**
   * b, the soft policy that acts: `epsilon-greedy` in Q, `random`, or for each state the chance of
   * each action, all above 0. Default `epsilon-greedy`.
   */
  readonly behavior?: 'epsilon-greedy' | PolicyOption;
  /** ε, chance of a random action where b is ε-greedy, in (0, 1]. Default 0.1. */
  readonly epsilon?: Schedule;
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** What every Q(s, a) starts as. Default 0. */
  readonly initialValue?: number;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that `new MonteCarloOffPolicyControl(task)` stands for. */
export const MONTE_CARLO_OFF_POLICY_CONTROL_DEFAULTS: Required<MonteCarloOffPolicyControlOptions> =
  {
    behavior: 'epsilon-greedy',
    epsilon: 0.1,
    discount: 0.99,
    initialValue: 0,
    ...EPISODE_DEFAULTS,
    seed: 0,
  };

/**
 * Off-policy Monte Carlo control: learns the greedy policy while any soft policy acts.
 *
 * It learns from the tails of episodes alone, after the last action that is not greedy. It must act
 * itself: returns are weighted by what b would have done.
 *
 * Source: Sutton & Barto (2018), section 5.7, box "Off-policy MC control, for estimating π ≈ π*".
 */
export class MonteCarloOffPolicyControl implements Agent {
  readonly name = 'monte-carlo-off-policy-control';
  readonly options: Required<MonteCarloOffPolicyControlOptions>;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  /** C(s, a), sums of weights, `[numStates × numActions]`. */
  readonly weights: Float64Array;

  readonly #behavior: GivenPolicy | null; // null: ε-greedy in Q
  readonly #legal: LegalActions;
  readonly #episodes: Episodes;
  readonly #rng: Alea;
  readonly #steps = new StepCount();

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: MonteCarloOffPolicyControlOptions = {}) {
    const where = 'MonteCarloOffPolicyControl';
    const { n: numStates } = requireDiscrete(where, 'observations', task.observationSpace);
    const { n: numActions } = requireDiscrete(where, 'actions', task.actionSpace);
    this.options = resolveOptions(where, MONTE_CARLO_OFF_POLICY_CONTROL_DEFAULTS, options);
    const { behavior, epsilon, initialValue, seed } = this.options;
    checkMonteCarloOptions(where, this.options);
    checkSchedule(`${where}: epsilon`, epsilon, Number.MIN_VALUE, 1);
    checkFinite(`${where}: initialValue`, initialValue);
    this.#behavior =
      behavior === 'epsilon-greedy'
        ? null
        : new GivenPolicy(`${where}: behavior`, behavior, numStates, numActions);
    if (this.#behavior) checkSoft(where, this.#behavior, numStates);
    this.actionValues = new ActionValues(numStates, numActions, initialValue);
    this.weights = new Float64Array(this.actionValues.table.length);
    this.#legal = new LegalActions(numStates, numActions);
    this.#episodes = new Episodes(where, task, this.options);
    this.#rng = new Alea(seed, 'agent');
  }

  /** ε now. */
  get epsilon(): number {
    return scheduleValue(this.options.epsilon, this.#steps.value);
  }

  /** Chooses A from S with b. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#legal.note(states, actionMasks);
    if (this.#behavior) {
      this.#behavior.act(states, actions, this.#rng, actionMasks);
      return;
    }
    const { actionValues, epsilon } = this;
    for (let i = 0; i < actions.length; i++) {
      const state = states[i];
      actions[i] = actionValues.epsilonGreedyAction(state, epsilon, this.#rng, actionMasks, i);
    }
  }

  /**
   * Adds each transition to the episode of its copy, and learns from the episodes that end.
   *
   * @throws RangeError if there is not one row for each copy, or a reward is not a finite number.
   */
  learn(transitions: Transitions): void {
    const { observations, actions, nextObservations, terminated, nextActionMasks } = transitions;
    this.#episodes.check(transitions);
    const { epsilon } = this; // b as it was when it acted: in all rows before Q changes in any
    for (let i = 0; i < actions.length; i++) {
      const chance = this.#behaviorChance(observations[i], actions[i], epsilon);
      this.#episodes.add(transitions, i, this.#steps.value, chance);
      this.#steps.value++;
    }
    for (let i = 0; i < actions.length; i++) {
      if (!this.#episodes.isComplete(transitions, i)) continue;
      const lastValue = terminated[i]
        ? 0
        : this.actionValues.value(nextObservations[i], nextActionMasks, i);
      this.#update(this.#episodes.of(i), lastValue);
    }
  }

  /** π, the policy that is greedy in Q; the lowest action wins a tie. */
  greedy(): Policy {
    return greedyPolicy(this.actionValues);
  }

  /** Q, and the policy b. */
  inspect([state]: Float32Array, actionMask?: Uint8Array): Inspection {
    return {
      actionValues: this.actionValues.row(state),
      policy: this.#behavior
        ? this.#behavior.chances(state, actionMask)
        : this.actionValues.epsilonGreedyPolicy(state, this.epsilon, actionMask),
      value: this.actionValues.value(state, actionMask),
      actionValueTable: this.actionValues.table.slice(),
    };
  }

  metrics(): Readonly<Record<string, number>> {
    return { epsilon: this.epsilon };
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts());
  }

  restore(saved: SavedData): void {
    restoreParts('MonteCarloOffPolicyControl.restore', saved, this.name, this.#parts());
  }

  /** b(action | state). */
  #behaviorChance(state: number, action: number, epsilon: number): number {
    const masks = this.#legal.masksFor(state, action);
    if (this.#behavior) return this.#behavior.chance(state, action, masks, state);
    return this.actionValues.epsilonGreedyChance(state, action, epsilon, masks, state);
  }

  /** @param lastValue maxₐ Q(S_T, a), for what an episode would have gone on to bring. */
  #update(episode: Episode, lastValue: number): void {
    const { observations: states, actions, rewards, chances } = episode;
    const { table, numActions } = this.actionValues;
    const { weights } = this;

    // G ← 0; W ← 1. Loop for each step of the episode, t = T−1, T−2, …, 0:
    let sum = lastValue;
    let weight = 1;
    for (let t = episode.length - 1; t >= 0; t--) {
      const state = states[t];
      const entry = state * numActions + actions[t];
      // G ← γG + R
      sum = this.options.discount * sum + rewards[t];
      // C(S, A) ← C(S, A) + W
      weights[entry] += weight;
      // Q(S, A) ← Q(S, A) + W / C(S, A) [G − Q(S, A)]
      table[entry] += (weight / weights[entry]) * (sum - table[entry]);
      // π(S) ← argmaxₐ Q(S, a), with ties broken consistently. If A ≠ π(S) then exit the loop
      const { masks } = this.#legal;
      if (actions[t] !== this.actionValues.greedyAction(state, masks, state)) break;
      // W ← W / b(A | S)
      weight /= chances[t];
      if (weight === Infinity) break; // no number is that large
    }
    episode.clear();
  }

  #parts(): SavedParts {
    return {
      values: this.actionValues.table,
      weights: this.weights,
      legal: this.#legal,
      steps: this.#steps,
      episodes: this.#episodes,
      rng: this.#rng,
    };
  }
}

/** @throws RangeError if b never takes some action. */
function checkSoft(where: string, behavior: GivenPolicy, numStates: number): void {
  for (let state = 0; state < numStates; state++) {
    for (let action = 0; action < behavior.numActions; action++) {
      if (behavior.chance(state, action) > 0) continue;
      throw new RangeError(
        `${where}: behavior must be soft, with a chance above 0 of every action, got 0 for action ${action} in state ${state}.`,
      );
    }
  }
}
