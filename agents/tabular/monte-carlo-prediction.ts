import type { Agent, Inspection, Policy } from '../../core/agent.ts';
import { Alea } from '../../core/alea.ts';
import { checkFinite, resolveOptions } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { Episodes } from '../episodes.ts';
import { GivenPolicy, type PolicyOption } from '../given-policy.ts';
import { policyAlone } from '../policy-alone.ts';
import { restoreParts, type SavedParts, saveParts } from '../saved-parts.ts';
import { StepCount } from '../step-count.ts';
import { requireDiscrete, type Task } from '../task.ts';
import {
  checkMonteCarloOptions,
  MONTE_CARLO_DEFAULTS,
  type MonteCarloOptions,
} from './monte-carlo-options.ts';
import { ReturnAverages } from './return-averages.ts';

/** What to predict, and how. */
export interface MonteCarloPredictionOptions extends MonteCarloOptions {
  /**
   * π, the policy to follow and to value: `random`, or for each state the one action or the chance
   * of each. Default `random`.
   */
  readonly policy?: PolicyOption;
  /**
   * What every V(s) starts as; a sample average forgets it with the first return. Default 0.
   */
  readonly initialValue?: number;
}

/** The options that `new MonteCarloPrediction(task)` stands for. */
export const MONTE_CARLO_PREDICTION_DEFAULTS: Required<MonteCarloPredictionOptions> = {
  policy: 'random',
  initialValue: 0,
  ...MONTE_CARLO_DEFAULTS,
};

/**
 * First- and every-visit Monte Carlo prediction: the values of a given policy, as means of returns.
 *
 * Source: Sutton & Barto (2018), section 5.1, box "First-visit MC prediction"; with a constant step
 * size, equation 6.1.
 */
export class MonteCarloPrediction implements Agent {
  readonly name = 'monte-carlo-prediction';
  readonly options: Required<MonteCarloPredictionOptions>;

  /** V(s), `[numStates]`. */
  readonly values: Float64Array;

  /** Returns(s) that have been averaged, `[numStates]`. */
  readonly counts: Float64Array;

  readonly #policy: GivenPolicy;
  readonly #episodes: Episodes;
  readonly #averages: ReturnAverages;
  readonly #rng: Alea;
  readonly #steps = new StepCount();

  /** @throws RangeError if a space is not `Discrete`, or an option is unknown or out of range. */
  constructor(task: Task, options: MonteCarloPredictionOptions = {}) {
    const where = 'MonteCarloPrediction';
    const states = requireDiscrete(where, 'observations', task.observationSpace);
    const actions = requireDiscrete(where, 'actions', task.actionSpace);
    this.options = resolveOptions(where, MONTE_CARLO_PREDICTION_DEFAULTS, options);
    checkMonteCarloOptions(where, this.options);
    checkFinite(`${where}: initialValue`, this.options.initialValue);
    this.values = new Float64Array(states.n).fill(this.options.initialValue);
    this.#averages = new ReturnAverages(this.values, 1, this.options);
    this.counts = this.#averages.counts;
    this.#policy = new GivenPolicy(where, this.options.policy, states.n, actions.n);
    this.#episodes = new Episodes(where, task, this.options);
    this.#rng = new Alea(this.options.seed, 'agent');
  }

  /** Chooses A from S with π. */
  act(states: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    this.#policy.act(states, actions, this.#rng, actionMasks);
  }

  /**
   * Adds each transition to the episode of its copy, and learns from the episodes that end.
   *
   * @throws RangeError if there is not one row for each copy, or a reward is not a finite number.
   */
  learn(transitions: Transitions): void {
    const { actions, nextObservations, terminated } = transitions;
    this.#episodes.check(transitions);
    for (let i = 0; i < actions.length; i++) {
      this.#episodes.add(transitions, i, this.#steps.value);
      this.#steps.value++;
      if (!this.#episodes.isComplete(transitions, i)) continue;
      const lastValue = terminated[i] ? 0 : this.values[nextObservations[i]];
      this.#averages.learn(this.#episodes.of(i), lastValue);
    }
  }

  /** π itself. */
  greedy(): Policy {
    return policyAlone(this.#policy);
  }

  inspect([state]: Float32Array, actionMask?: Uint8Array): Inspection {
    return { policy: this.#policy.chances(state, actionMask), value: this.values[state] };
  }

  metrics(): Readonly<Record<string, number>> {
    return {};
  }

  save(): SavedData {
    return saveParts(this.name, this.#parts());
  }

  restore(saved: SavedData): void {
    restoreParts('MonteCarloPrediction.restore', saved, this.name, this.#parts());
  }

  #parts(): SavedParts {
    return {
      ...this.#averages.parts,
      steps: this.#steps,
      episodes: this.#episodes,
      rng: this.#rng,
    };
  }
}
