import { checkInteger } from '../../../core/check.ts';
import type { Rng } from '../../../core/rng.ts';
import { type ActionColumn, createColumns, type Transitions } from '../../../core/transitions.ts';
import { ReplayBuffer } from '../../../replay/replay-buffer.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { StepCount } from '../../step-count.ts';
import { checkReward, type Task } from '../../task.ts';
import type { ObservationEncoder } from '../parts/observations.ts';
import { replayPart } from '../parts/replay-part.ts';
import type { ActionScale } from './action-scale.ts';

/** When to learn, and from how much. */
export interface OffPolicyOptions {
  readonly capacity: number;
  readonly batchSize: number;
  readonly learningStarts: number;
  readonly updateEvery: number;
  readonly updatesAtOnce: number;
  readonly discount: number;
}

/** @throws RangeError if an option is out of range. */
export function checkOffPolicy(where: string, options: OffPolicyOptions): void {
  checkInteger(`${where}: capacity`, options.capacity, 1);
  checkInteger(`${where}: batchSize`, options.batchSize, 1);
  checkInteger(`${where}: learningStarts`, options.learningStarts, 0);
  checkInteger(`${where}: updateEvery`, options.updateEvery, 1);
  checkInteger(`${where}: updatesAtOnce`, options.updatesAtOnce, 1);
}

/** Remembered transitions of real actions, and a batch of them as networks take it. */
export class OffPolicyMemory {
  readonly replay: ReplayBuffer;
  /** s, `[batchSize × inputSize]`. */
  inputs: Float32Array;
  /** a in [−1, 1], `[batchSize × actionSize]`. */
  readonly actions: Float32Array;
  /** r, `[batchSize]`. */
  readonly rewards: Float32Array;
  /** s′. */
  nextInputs: Float32Array;
  /** γ, `[batchSize]`; 0 where s′ is terminal. */
  readonly discounts: Float32Array;
  /** What is to be saved. */
  readonly parts: SavedParts;

  readonly #where: string;
  readonly #options: OffPolicyOptions;
  readonly #encoder: ObservationEncoder;
  readonly #scale: ActionScale;
  readonly #batch: Transitions;
  readonly #encoded: readonly [Float32Array, Float32Array];
  readonly #steps = new StepCount();

  /** @throws RangeError if the capacity is no positive integer. */
  constructor(
    where: string,
    task: Task,
    encoder: ObservationEncoder,
    scale: ActionScale,
    options: OffPolicyOptions,
  ) {
    const { batchSize, capacity } = options;
    this.#where = where;
    this.#options = options;
    this.#encoder = encoder;
    this.#scale = scale;
    this.replay = new ReplayBuffer(task, capacity);
    this.#batch = createColumns({ ...task, masked: false }, batchSize);
    const size = batchSize * encoder.inputSize;
    this.#encoded = [new Float32Array(size), new Float32Array(size)];
    [this.inputs, this.nextInputs] = this.#encoded;
    this.actions = new Float32Array(batchSize * scale.size);
    this.rewards = new Float32Array(batchSize);
    this.discounts = new Float32Array(batchSize);
    this.parts = { steps: this.#steps, replay: replayPart(this.replay) };
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#steps.value;
  }

  /** Whether actions are still random, so that there is something to learn from. */
  get isWarmingUp(): boolean {
    return this.steps < this.#options.learningStarts;
  }

  /**
   * Stores transitions, and calls `update` as often as it is due.
   *
   * @throws RangeError if a reward is not a finite number: nothing is stored then.
   */
  add(transitions: Transitions, update: () => void): void {
    const { learningStarts, updateEvery, updatesAtOnce } = this.#options;
    const { rewards } = transitions;
    for (let i = 0; i < rewards.length; i++) checkReward(this.#where, rewards[i], this.steps + i);
    this.replay.add(transitions);
    for (let i = 0; i < rewards.length; i++) {
      this.#steps.value++;
      if (this.steps <= learningStarts || this.steps % updateEvery !== 0) continue;
      for (let j = 0; j < updatesAtOnce; j++) update();
    }
  }

  /** Fills the batch with random transitions. */
  sample(rng: Rng): void {
    const batch = this.#batch;
    this.replay.sample(batch, rng);
    const { rewards, terminated, actions, observations, nextObservations } = batch;
    for (let row = 0; row < rewards.length; row++) {
      this.rewards[row] = rewards[row];
      this.discounts[row] = terminated[row] === 1 ? 0 : this.#options.discount;
    }
    this.actions.set(actions);
    this.#scale.toUnit(this.actions);
    this.inputs = this.#encoder.encode(observations, this.#encoded[0]);
    this.nextInputs = this.#encoder.encode(nextObservations, this.#encoded[1]);
  }

  /** Writes random actions of the world, evenly between its bounds. */
  actRandomly(actions: ActionColumn, rng: Rng): void {
    for (let i = 0; i < actions.length; i++) actions[i] = 2 * rng.uniform() - 1;
    this.#scale.toWorld(actions as Float32Array);
  }
}
