import type { Rng } from '../../../core/rng.ts';
import { type ActionColumn, createActions, type Transitions } from '../../../core/transitions.ts';
import { isMasked } from '../../../replay/replay-task.ts';
import { RolloutBuffer } from '../../../replay/rollout-buffer.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { checkCopies, checkMasks, checkReward, numCopies, type Task } from '../../task.ts';
import { CarriedState } from '../parts/carried-state.ts';
import { replayPart } from '../parts/replay-part.ts';
import type { ActorCritic } from './actor-critic.ts';

/** Fills a rollout with what an actor does, and with what its critic thinks of it. */
export class RolloutCollector {
  readonly rollout: RolloutBuffer;
  readonly numEnvs: number;
  /** What a recurrent network carries for each copy. */
  readonly carried: CarriedState;
  /** The same as it was before the first step of the rollout, `[numEnvs × stateSize]`. */
  readonly startStates: Float32Array;
  /** What is to be saved: a rollout that is under way. */
  readonly parts: SavedParts;

  readonly #where: string;
  readonly #actorCritic: ActorCritic;
  readonly #estimates: Estimates;
  readonly #taken: ActionColumn; // as they were drawn, `[numEnvs × actionSize]`
  readonly #given: ActionColumn; // the same within the bounds of the world
  readonly #hasActed = new Uint8Array(1); // since the last transition
  readonly #nextValues: Float32Array;
  readonly #nextStates: Float32Array; // what carried states become at s′
  readonly #result = new Float64Array(2);

  /**
   * @param keepsPolicies Whether π(· | s) is noted as a whole. Default false.
   * @throws RangeError if `task.numEnvs` is no integer of at least 1.
   */
  constructor(
    where: string,
    task: Task,
    actorCritic: ActorCritic,
    numSteps: number,
    keepsPolicies = false,
  ) {
    const { actionSpace } = task;
    const numEnvs = numCopies(where, task);
    this.#where = where;
    this.#actorCritic = actorCritic;
    this.numEnvs = numEnvs;
    const policySize = keepsPolicies ? actorCritic.form.policySize : 0;
    this.rollout = new RolloutBuffer(task, { numSteps, numEnvs, policySize });
    const hasMasks = actionSpace.kind === 'discrete' && isMasked(task);
    this.#estimates = {
      values: new Float32Array(numEnvs),
      logProbabilities: new Float32Array(numEnvs),
      ...(keepsPolicies && { policies: new Float32Array(numEnvs * policySize) }),
      ...(hasMasks && { actionMasks: new Uint8Array(numEnvs * actionSpace.n) }),
    };
    this.#taken = createActions(actionSpace, numEnvs);
    this.#given = createActions(actionSpace, numEnvs);
    this.#nextValues = new Float32Array(numEnvs);
    const { stateSize, encoder } = actorCritic;
    this.carried = new CarriedState(numEnvs, stateSize, encoder.observationSize);
    this.startStates = new Float32Array(numEnvs * stateSize);
    this.#nextStates = new Float32Array(numEnvs * stateSize);
    this.parts = {
      ...this.carried.parts,
      ...(stateSize > 0 && { startStates: this.startStates }),
      ...this.#estimates,
      rollout: replayPart(this.rollout),
      taken: this.#taken,
      given: this.#given,
      hasActed: this.#hasActed,
    };
  }

  /** Draws an action for every copy, and notes its log-probability and V(s). */
  act(
    observations: Float32Array,
    actions: ActionColumn,
    masks: Uint8Array | undefined,
    rng: Rng,
  ): void {
    const { form, rowSize } = this.#actorCritic;
    checkCopies(this.#where, actions.length / form.actionSize, this.numEnvs);
    checkMasks(`${this.#where}.act`, masks, this.#estimates.actionMasks !== undefined);
    this.#noteMasks(masks);
    const outputs = this.#forward(observations, this.carried.see(observations));
    for (let i = 0; i < this.numEnvs; i++) {
      form.draw(outputs, i * rowSize, rng, this.#taken, i, this.#estimates.actionMasks);
    }
    this.#evaluate(outputs, this.#taken);
    actions.set(this.#taken);
    this.#actorCritic.clip(actions);
    this.#given.set(actions);
    this.#hasActed[0] = 1;
  }

  /**
   * Takes in what the actions led to.
   *
   * @param steps Environment steps so far, for errors.
   * @returns whether the rollout is full: learn from it, then clear it.
   * @throws RangeError if a reward is not a finite number, or there is not a row for each copy.
   */
  add(transitions: Transitions, steps: number): boolean {
    const { rewards, observations, nextObservations } = transitions;
    checkCopies(this.#where, rewards.length, this.numEnvs);
    for (let i = 0; i < this.numEnvs; i++) checkReward(this.#where, rewards[i], steps + i);
    const isOwn = this.#isOwn(transitions);
    if (!isOwn) {
      // Somebody else acted, such as the greedy policy: π is asked about it.
      this.#noteMasks(undefined);
      const outputs = this.#forward(observations, this.carried.seeInstead(observations));
      this.#evaluate(outputs, transitions.actions);
    }
    if (this.rollout.steps === 0) this.startStates.set(this.carried.before);
    const actions = isOwn ? this.#taken : transitions.actions;
    this.rollout.add({ ...transitions, actions }, this.#estimates);
    this.#hasActed[0] = 0;
    if (this.rollout.needsNextValues) {
      // V(s′) with what is carried to s′, also where the episode ends there.
      this.#nextStates.set(this.carried.after);
      this.#writeValues(this.#forward(nextObservations, this.#nextStates), this.#nextValues);
      this.rollout.setNextValues(this.#nextValues);
    }
    this.carried.endStep(transitions);
    return this.rollout.isFull;
  }

  /** π and V of an observation of each copy; `state` becomes what is carried on from there. */
  #forward(observations: Float32Array, state: Float32Array): Float32Array {
    return this.#actorCritic.forward(observations, this.numEnvs, { state });
  }

  /** Whether these are the actions that `act` gave, for what it saw. */
  #isOwn({ observations, actions }: Transitions): boolean {
    if (this.#hasActed[0] === 0 || !this.carried.hasSeen(observations)) return false;
    return this.#given.every((action, i) => action === actions[i]);
  }

  #noteMasks(masks: Uint8Array | undefined): void {
    if (masks === undefined) this.#estimates.actionMasks?.fill(1);
    else this.#estimates.actionMasks?.set(masks);
  }

  /** log π(a | s) and V(s) of every copy, and π(· | s) where that is noted. */
  #evaluate(outputs: Float32Array, actions: ActionColumn): void {
    const { form, rowSize } = this.#actorCritic;
    const { values, logProbabilities, actionMasks, policies } = this.#estimates;
    for (let i = 0; i < this.numEnvs; i++) {
      form.evaluate(outputs, i * rowSize, actions, i, this.#result, actionMasks);
      logProbabilities[i] = this.#result[0];
      if (policies) form.describe(outputs, i * rowSize, policies, i, actionMasks);
    }
    this.#writeValues(outputs, values);
  }

  #writeValues(outputs: Float32Array, values: Float32Array): void {
    const { form, rowSize } = this.#actorCritic;
    for (let i = 0; i < values.length; i++) values[i] = outputs[i * rowSize + form.size];
  }
}

interface Estimates {
  readonly values: Float32Array;
  readonly logProbabilities: Float32Array;
  readonly policies?: Float32Array;
  readonly actionMasks?: Uint8Array;
}
