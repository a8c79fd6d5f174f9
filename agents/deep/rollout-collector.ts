import type { Rng } from '../../core/rng.ts';
import type { SavedArray } from '../../core/saved.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { checkCopies, checkReward, isMasked, numCopies, type Task } from '../task.ts';
import type { ActorCritic } from './actor-critic.ts';
import { RolloutMemory } from './rollout-memory.ts';

/** Fills a rollout with what an actor does, and with what its critic thinks of it. */
export class RolloutCollector {
  readonly memory: RolloutMemory;
  readonly numEnvs: number;
  /** What is to be saved: a rollout that is under way. */
  readonly parts: Readonly<Record<string, SavedArray>>;

  readonly #where: string;
  readonly #actorCritic: ActorCritic;
  readonly #result = new Float64Array(2);
  readonly #given: ActionColumn; // what `act` gave the world, `[numEnvs × actionSize]`
  readonly #state = new Int32Array(2); // rows filled, and whether the next row has been acted in

  /** @throws RangeError if `task.numEnvs` is no integer of at least 1. */
  constructor(where: string, task: Task, actorCritic: ActorCritic, numSteps: number) {
    const { actionSpace } = task;
    const { encoder, form } = actorCritic;
    this.#where = where;
    this.#actorCritic = actorCritic;
    this.numEnvs = numCopies(where, task);
    this.memory = new RolloutMemory({
      numSteps,
      numEnvs: this.numEnvs,
      inputSize: encoder.inputSize,
      actionSize: form.actionSize,
      maskSize: actionSpace.kind === 'discrete' && isMasked(task) ? actionSpace.n : 0,
      discrete: actionSpace.kind === 'discrete',
    });
    this.#given = this.memory.actions.slice(0, this.numEnvs * form.actionSize);
    this.parts = { ...this.memory.columns, given: this.#given, state: this.#state };
  }

  /** Draws an action for every copy, and notes it with its log-probability and V(s). */
  act(
    observations: Float32Array,
    actions: ActionColumn,
    masks: Uint8Array | undefined,
    rng: Rng,
  ): void {
    const { memory, numEnvs } = this;
    const { form } = this.#actorCritic;
    checkCopies(this.#where, actions.length / form.actionSize, numEnvs);
    const first = this.#state[0];
    const outputs = this.#note(observations, masks);
    for (let i = 0; i < numEnvs; i++) {
      const start = i * this.#actorCritic.rowSize;
      form.draw(outputs, start, rng, memory.actions, first + i, memory.masks);
    }
    this.#evaluate(outputs);
    const { actionSize } = form;
    for (let i = 0; i < actions.length; i++) actions[i] = memory.actions[first * actionSize + i];
    this.#actorCritic.clip(actions);
    this.#given.set(actions);
    this.#state[1] = 1;
  }

  /**
   * Takes in what the actions led to.
   *
   * @returns whether the rollout is full: learn from `memory`, then call `clear`.
   * @throws RangeError if a reward is not a finite number, or there is not a row for each copy.
   */
  add(transitions: Transitions, steps: number): boolean {
    const { memory, numEnvs } = this;
    const { rewards } = transitions;
    checkCopies(this.#where, rewards.length, numEnvs);
    for (let i = 0; i < numEnvs; i++) checkReward(this.#where, rewards[i], steps + i);
    const first = this.#state[0];
    if (!this.#isOwn(transitions.actions)) this.#noteForeign(transitions);
    memory.rewards.set(rewards, first);
    memory.terminated.set(transitions.terminated, first);
    memory.truncated.set(transitions.truncated, first);
    const isLast = first + numEnvs === memory.rows;
    if (isLast || transitions.truncated.includes(1)) this.#noteNextValues(transitions);
    this.#state[0] += numEnvs;
    this.#state[1] = 0;
    if (isLast) memory.linkValues();
    return isLast;
  }

  /** Begins the next rollout. */
  clear(): void {
    this.#state[0] = 0;
  }

  /** Notes inputs, masks and V(s) of a step; returns the outputs. */
  #note(observations: Float32Array, masks: Uint8Array | undefined): Float32Array {
    const { memory, numEnvs } = this;
    const { encoder, form, rowSize } = this.#actorCritic;
    const first = this.#state[0];
    const inputs = this.#actorCritic.encode(observations, numEnvs);
    memory.inputs.set(inputs, first * encoder.inputSize);
    if (memory.masks !== undefined) {
      const size = memory.masks.length / memory.rows;
      if (masks === undefined) memory.masks.fill(1, first * size, (first + numEnvs) * size);
      else memory.masks.set(masks, first * size);
    }
    const outputs = this.#actorCritic.network.forward(inputs, numEnvs);
    for (let i = 0; i < numEnvs; i++) memory.values[first + i] = outputs[i * rowSize + form.size];
    return outputs;
  }

  #evaluate(outputs: Float32Array): void {
    const { memory, numEnvs } = this;
    const { form, rowSize } = this.#actorCritic;
    for (let i = 0; i < numEnvs; i++) {
      const row = this.#state[0] + i;
      form.evaluate(outputs, i * rowSize, memory.actions, row, this.#result, memory.masks);
      memory.logProbabilities[row] = this.#result[0];
    }
  }

  /** Whether these actions are those that `act` gave. */
  #isOwn(actions: ActionColumn): boolean {
    return this.#state[1] === 1 && this.#given.every((action, i) => action === actions[i]);
  }

  /** Somebody else acted, such as the greedy policy: π is asked about it. */
  #noteForeign({ observations, actions }: Transitions): void {
    const { memory } = this;
    const outputs = this.#note(observations, undefined);
    memory.actions.set(actions, this.#state[0] * this.#actorCritic.form.actionSize);
    this.#evaluate(outputs);
  }

  /** V(s′), of which only those where the episode was cut, or the rollout ends, are kept. */
  #noteNextValues({ nextObservations, truncated }: Transitions): void {
    const { memory, numEnvs } = this;
    const { form, rowSize } = this.#actorCritic;
    const first = this.#state[0];
    const isLast = first + numEnvs === memory.rows;
    const outputs = this.#actorCritic.forward(nextObservations, numEnvs);
    for (let i = 0; i < numEnvs; i++) {
      if (isLast || truncated[i] === 1)
        memory.nextValues[first + i] = outputs[i * rowSize + form.size];
    }
  }
}
