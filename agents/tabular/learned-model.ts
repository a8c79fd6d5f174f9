import type { Rng } from '../../core/rng.ts';
import type { Transitions } from '../../core/transitions.ts';
import { checkSavedRange, type SavedArrays } from '../saved-parts.ts';

const NONE = -1;

/**
 * Model(S, A): what each action led to in each state when it was last taken there.
 *
 * It takes the world for deterministic, as Dyna does. Entries are (s, a), row-major.
 *
 * Source: Sutton & Barto (2018), section 8.2.
 */
export class LearnedModel {
  readonly numStates: number;
  readonly numActions: number;
  /** R, `[numStates × numActions]`. */
  readonly rewards: Float64Array;
  /** S′, `[numStates × numActions]`; −1 where the action was never taken. */
  readonly nextStates: Int32Array;
  /** 1 where S′ was terminal, `[numStates × numActions]`. */
  readonly terminated: Uint8Array;
  /** 𝒜(s), `[numStates × numActions]`: all legal in states whose mask was never seen. */
  readonly masks: Uint8Array;

  #hasSeenMasks = false;
  readonly #states: Int32Array; // those in which an action was taken, in that order
  readonly #numSeen = new Int32Array(1); // how many those are
  readonly #actions: Int32Array; // [numStates × numActions]: those taken in each state, in order
  readonly #numTaken: Int32Array; // [numStates]: how many those are

  constructor(numStates: number, numActions: number) {
    this.numStates = numStates;
    this.numActions = numActions;
    this.rewards = new Float64Array(numStates * numActions);
    this.nextStates = new Int32Array(numStates * numActions).fill(NONE);
    this.terminated = new Uint8Array(numStates * numActions);
    this.masks = new Uint8Array(numStates * numActions).fill(1);
    this.#states = new Int32Array(numStates);
    this.#actions = new Int32Array(numStates * numActions);
    this.#numTaken = new Int32Array(numStates);
  }

  /** The arrays it consists of, to be saved and filled. */
  get arrays(): SavedArrays {
    return {
      modelRewards: this.rewards,
      modelNextStates: this.nextStates,
      modelTerminated: this.terminated,
      modelMasks: this.masks,
      modelStates: this.#states,
      modelNumSeen: this.#numSeen,
      modelActions: this.#actions,
      modelNumTaken: this.#numTaken,
    };
  }

  /** @throws Error if saved arrays lead outside the table. */
  check(where: string, arrays: SavedArrays): void {
    const { numStates, numActions } = this;
    checkSavedRange(where, 'modelNextStates', arrays.modelNextStates, NONE, numStates - 1);
    checkSavedRange(where, 'modelStates', arrays.modelStates, 0, numStates - 1);
    checkSavedRange(where, 'modelNumSeen', arrays.modelNumSeen, 0, numStates);
    checkSavedRange(where, 'modelActions', arrays.modelActions, 0, numActions - 1);
    checkSavedRange(where, 'modelNumTaken', arrays.modelNumTaken, 0, numActions);
  }

  /** Model(S, A) ← R, S′, of row i. */
  learn(transitions: Transitions, i: number): void {
    const { observations, actions, rewards, nextObservations, terminated } = transitions;
    const state = observations[i];
    const action = actions[i];
    const entry = state * this.numActions + action;
    if (this.nextStates[entry] === NONE) this.#add(state, action);
    this.rewards[entry] = rewards[i];
    this.nextStates[entry] = nextObservations[i];
    this.terminated[entry] = terminated[i];
  }

  /** `masks` where the world has any, which each batch tells; looking them up in vain costs time. */
  get knownMasks(): Uint8Array | undefined {
    return this.#hasSeenMasks ? this.masks : undefined;
  }

  /** Notes which actions are legal in the states of a batch. */
  seeMasks(states: Float32Array, masks: Uint8Array | undefined): void {
    if (masks === undefined) return;
    this.#hasSeenMasks = true;
    const { numActions } = this;
    for (let i = 0; i < states.length; i++) {
      const start = states[i] * numActions;
      for (let a = 0; a < numActions; a++) this.masks[start + a] = masks[i * numActions + a];
    }
  }

  /** A random one of the states in which an action was taken; there must be one. */
  randomState(rng: Rng): number {
    return this.#states[rng.below(this.#numSeen[0])];
  }

  /** A random one of the actions taken in `state`; there must be one. */
  randomAction(state: number, rng: Rng): number {
    return this.#actions[state * this.numActions + rng.below(this.#numTaken[state])];
  }

  #add(state: number, action: number): void {
    if (this.#numTaken[state] === 0) this.#states[this.#numSeen[0]++] = state;
    this.#actions[state * this.numActions + this.#numTaken[state]++] = action;
  }
}
