import { checkInteger } from '../../../core/check.ts';
import type { Rng } from '../../../core/rng.ts';
import { type ActionColumn, createColumns, type Transitions } from '../../../core/transitions.ts';
import { ReplayBuffer } from '../../../replay/replay-buffer.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { checkReward, type Task } from '../../task.ts';
import {
  checkLearningTimes,
  LearningTimes,
  type LearningTimesOptions,
  type LearningWork,
} from '../parts/learning-times.ts';
import { type MemoryOptions, storageFor } from '../parts/memory-options.ts';
import type { ObservationEncoder } from '../parts/observations.ts';
import { replayPart } from '../parts/replay-part.ts';
import type { ActionScale } from './action-scale.ts';

/** When to learn, and from how much. */
export interface OffPolicyOptions extends LearningTimesOptions {
  readonly capacity: number;
  readonly batchSize: number;
  readonly discount: number;
}

/** The same, and how transitions are kept. */
export interface OffPolicyMemoryOptions extends OffPolicyOptions {
  readonly replay: Required<MemoryOptions>;
}

/** @throws RangeError if an option is out of range. */
export function checkOffPolicy(where: string, options: OffPolicyOptions): void {
  checkInteger(`${where}: capacity`, options.capacity, 1);
  checkInteger(`${where}: batchSize`, options.batchSize, 1);
  checkLearningTimes(where, options);
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
  readonly #times: LearningTimes;

  /** @throws RangeError if transitions cannot be kept as the options say. */
  constructor(
    where: string,
    task: Task,
    encoder: ObservationEncoder,
    scale: ActionScale,
    options: OffPolicyMemoryOptions,
  ) {
    const { batchSize, capacity } = options;
    this.#where = where;
    this.#options = options;
    this.#times = new LearningTimes(options);
    this.#encoder = encoder;
    this.#scale = scale;
    const storage = storageFor(`${where}: replay`, task, options.replay);
    this.replay = new ReplayBuffer(task, capacity, storage);
    this.#batch = createColumns({ ...task, masked: false }, batchSize);
    const size = batchSize * encoder.inputSize;
    this.#encoded = [new Float32Array(size), new Float32Array(size)];
    [this.inputs, this.nextInputs] = this.#encoded;
    this.actions = new Float32Array(batchSize * scale.size);
    this.rewards = new Float32Array(batchSize);
    this.discounts = new Float32Array(batchSize);
    this.parts = { times: this.#times, replay: replayPart(this.replay) };
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#times.steps;
  }

  /** Whether actions are still random, so that there is something to learn from. */
  get isWarmingUp(): boolean {
    return this.#times.isWarmingUp;
  }

  /**
   * Stores transitions, and learns when it is time.
   *
   * @throws RangeError if a reward is not a finite number: nothing is stored then.
   */
  add(transitions: Transitions, work: LearningWork): void {
    const { rewards } = transitions;
    for (let i = 0; i < rewards.length; i++) checkReward(this.#where, rewards[i], this.steps + i);
    this.replay.add(transitions);
    this.#times.pass(transitions, work);
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
