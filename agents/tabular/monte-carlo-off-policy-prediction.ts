import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkOneOf, resolveOptions } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { ActionValues } from '../action-values.ts';
import type { Episode } from '../episode.ts';
import { EPISODE_DEFAULTS, type EpisodeOptions, Episodes } from '../episodes.ts';
import { GivenPolicy, type PolicyOption } from '../given-policy.ts';
import { policyAlone } from '../policy-alone.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { StepCount } from '../step-count.ts';
import { requireDiscrete, type Task } from '../task.ts';
import { LegalActions } from './legal-actions.ts';
import { checkMonteCarloOptions } from './monte-carlo-options.ts';
import { WeightedReturns, type Weighting } from './weighted-returns.ts';

/** What to predict, and how. */
export interface MonteCarloOffPolicyPredictionOptions extends EpisodeOptions {
  /**
   * π, the policy whose values are learned: `random`, or for each state the one action or the chance
   * of each. Default `random`.
   */
  readonly target?: PolicyOption;
  /** b, the policy that acts, with a chance for every action that π may take. Default `random`. */
  readonly behavior?: PolicyOption;
  /**
   * `ordinary` importance sampling: Σ ρG / N, without bias, its variance without bound; `weighted`:
   * Σ ρG / Σ ρ, with a bias that fades. Default `weighted`.
   */
  readonly importanceSampling?: Weighting;
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** Whether the `first` visit in an episode counts alone, or `every` one. Default `every`. */
  readonly visits?: 'first' | 'every';
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that `new MonteCarloOffPolicyPrediction(task)` stands for. */
export const MONTE_CARLO_OFF_POLICY_PREDICTION_DEFAULTS: Required<MonteCarloOffPolicyPredictionOptions> =
  {
    target: 'random',
    behavior: 'random',
    importanceSampling: 'weighted',
    discount: 0.99,
    visits: 'every',
    ...EPISODE_DEFAULTS,
    seed: 0,
  };

/**
 * Off-policy Monte Carlo prediction: the values of one policy from the episodes of another.
 *
 * It learns Q as the source's box does, whose weights leave the first action out, and V besides. It
 * must act itself: returns are weighted by what `behavior` would have done.
 *
 * Source: Sutton & Barto (2018), sections 5.5 and 5.6, equations 5.5 and 5.6, box "Off-policy MC
 * prediction (policy evaluation) for estimating Q ≈ qπ".
 */
export class MonteCarloOffPolicyPrediction implements Agent {
  readonly name = 'monte-carlo-off-policy-prediction';
  readonly options: Required<MonteCarloOffPolicyPredictionOptions>;

  /** V(s), `[numStates]`. */
  readonly values: Float64Array;

  /** Q(s, a), `[numStates × numActions]`. */
  readonly actionValues: ActionValues;

  readonly #target: GivenPolicy;
  readonly #behavior: GivenPolicy;
  readonly #legal: LegalActions;
  readonly #stateReturns: WeightedReturns;
  readonly #actionReturns: WeightedReturns;
  readonly #episodes: Episodes;
  readonly #rng: Alea;
  readonly #steps = new StepCount();

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: MonteCarloOffPolicyPredictionOptions = {}) {
    const where = 'MonteCarloOffPolicyPrediction';
    const { n: numStates } = requireDiscrete(where, 'observations', task.observationSpace);
    const { n: numActions } = requireDiscrete(where, 'actions', task.actionSpace);
    this.options = resolveOptions(where, MONTE_CARLO_OFF_POLICY_PREDICTION_DEFAULTS, options);
    const { target, behavior, importanceSampling, visits, seed } = this.options;
    checkMonteCarloOptions(where, this.options);
    checkOneOf(`${where}: importanceSampling`, importanceSampling, ['ordinary', 'weighted']);
    this.#target = new GivenPolicy(`${where}: target`, target, numStates, numActions);
    this.#behavior = new GivenPolicy(`${where}: behavior`, behavior, numStates, numActions);
    checkCoverage(where, this.#target, this.#behavior, numStates);
    this.values = new Float64Array(numStates);
    this.actionValues = new ActionValues(numStates, numActions);
    this.#stateReturns = new WeightedReturns(this.values, importanceSampling, visits);
    this.#actionReturns = new WeightedReturns(this.actionValues.table, importanceSampling, visits);
    this.#legal = new LegalActions(numStates, numActions);
    this.#episodes = new Episodes(where, task, this.options);
    this.#rng = new Alea(seed, 'agent');
  }

  /** Chooses A from S with b. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#legal.note(states, actionMasks);
    this.#behavior.act(states, actions, this.#rng, actionMasks);
  }

  /**
   * Adds each transition to the episode of its copy, and learns from the episodes that end.
   *
   * @throws RangeError if there is not one row for each copy, a reward is not a finite number, or b
   *   never takes an action that was taken.
   */
  learn(transitions: Transitions): void {
    const { actions, observations, nextObservations, terminated } = transitions;
    this.#episodes.check(transitions);
    for (let i = 0; i < actions.length; i++) {
      const state = observations[i];
      const action = actions[i];
      const chance = this.#behavior.chance(
        state,
        action,
        this.#legal.masksFor(state, action),
        state,
      );
      checkChance(chance, action, state);
      this.#episodes.add(transitions, i, this.#steps.value, chance);
      this.#steps.value++;
      if (!this.#episodes.isComplete(transitions, i)) continue;
      this.#update(this.#episodes.of(i), terminated[i] ? 0 : this.values[nextObservations[i]]);
    }
  }

  /** π itself. */
  greedy(): Policy {
    return policyAlone(this.#target);
  }

  /** V and Q of π, and the policy b. */
  inspect([state]: Float32Array, actionMask?: Uint8Array): Inspection {
    return {
      actionValues: this.actionValues.row(state),
      policy: this.#behavior.chances(state, actionMask),
      value: this.values[state],
      actionValueTable: this.actionValues.table.slice(),
    };
  }

  metrics(): Readonly<Record<string, number>> {
    return {};
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts());
  }

  restore(saved: SavedData): void {
    restoreParts('MonteCarloOffPolicyPrediction.restore', saved, this.name, this.#parts());
  }

  /** @param lastValue V(S_T), which stands for what an episode would have gone on to bring. */
  #update(episode: Episode, lastValue: number): void {
    const { observations: states, actions, rewards, chances } = episode;
    const { numActions } = this.actionValues;
    for (let t = episode.length - 1; t >= 0; t--) {
      this.#stateReturns.mark(states[t], t);
      this.#actionReturns.mark(states[t] * numActions + actions[t], t);
    }

    // G ← 0; W ← 1. Loop for each step of the episode, t = T−1, T−2, …, 0:
    let sum = lastValue;
    let weight = 1;
    for (let t = episode.length - 1; t >= 0; t--) {
      const state = states[t];
      const action = actions[t];
      // G ← γG + R
      sum = this.options.discount * sum + rewards[t];
      // C(S, A) ← C(S, A) + W; Q(S, A) ← Q(S, A) + W / C(S, A) [G − Q(S, A)]
      this.#actionReturns.add(state * numActions + action, t, sum, weight);
      // W ← W π(A | S) / b(A | S)
      const masks = this.#legal.masksFor(state, action);
      weight *= this.#target.chance(state, action, masks, state) / chances[t];
      if (weight === Infinity) break; // no number is that large
      // The same for V(S), whose weight is of all actions from S on.
      this.#stateReturns.add(state, t, sum, weight);
    }
    episode.clear();
  }

  #parts(): SavedParts {
    return {
      values: this.values,
      weights: this.#stateReturns.weights,
      actionValues: this.actionValues.table,
      actionWeights: this.#actionReturns.weights,
      legal: this.#legal,
      steps: this.#steps,
      episodes: this.#episodes,
      rng: this.#rng,
    };
  }
}

/** @throws RangeError if π may take an action that b never takes. */
function checkCoverage(
  where: string,
  target: GivenPolicy,
  behavior: GivenPolicy,
  numStates: number,
): void {
  for (let state = 0; state < numStates; state++) {
    for (let action = 0; action < target.numActions; action++) {
      if (target.chance(state, action) === 0 || behavior.chance(state, action) > 0) continue;
      throw new RangeError(
        `${where}: behavior must give every action that target takes a chance, got 0 for action ${action} in state ${state}.`,
      );
    }
  }
}

function checkChance(chance: number, action: number, state: number): void {
  if (chance > 0) return;
  throw new RangeError(
    `MonteCarloOffPolicyPrediction.learn: the actions must be those of behavior, got ${action} in state ${state}, where it never takes it.`,
  );
}
