import type { Rng } from '../../../core/rng.ts';
import { scheduleValue } from '../../../core/schedule.ts';
import type { Transitions } from '../../../core/transitions.ts';
import { PrioritizedReplayBuffer } from '../../../replay/prioritized-replay-buffer.ts';
import { ReplayBuffer } from '../../../replay/replay-buffer.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { checkReward, numCopies, type Task } from '../../task.ts';
import { checkCapacity } from '../parts/check-capacity.ts';
import { LearningTimes, type LearningWork } from '../parts/learning-times.ts';
import { storageFor } from '../parts/memory-options.ts';
import type { ObservationEncoder } from '../parts/observations.ts';
import { replayPart } from '../parts/replay-part.ts';
import { ValueBatch, type ValueSizes } from './value-batch.ts';
import type { ResolvedValueOptions } from './value-options.ts';

/** Remembered transitions of actions that can be counted, a batch of them, and when to learn. */
export class ValueMemory {
  /** 𝒟. */
  readonly replay: ReplayBuffer | PrioritizedReplayBuffer;
  readonly batch: ValueBatch;
  /** What is to be saved. */
  readonly parts: SavedParts;

  readonly #where: string;
  readonly #options: ResolvedValueOptions;
  readonly #times: LearningTimes;

  /**
   * @param where Whose it is, for errors: `Dqn`.
   * @throws RangeError if there is no room for a return of each copy, or transitions cannot be kept as
   *   the options say.
   */
  constructor(
    where: string,
    task: Task,
    encoder: ObservationEncoder,
    sizes: ValueSizes,
    options: ResolvedValueOptions,
  ) {
    this.#where = where;
    this.#options = options;
    const { capacity, numSteps } = options;
    checkCapacity(where, capacity, { steps: numSteps, copies: numCopies(where, task) });
    this.#times = new LearningTimes(options, () => this.replay.ready > 0);
    this.replay = createReplay(where, task, options);
    const transitions = this.replay.createBatch(options.batchSize);
    this.batch = new ValueBatch(transitions, encoder, sizes);
    this.parts = { times: this.#times, replay: replayPart(this.replay) };
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#times.steps;
  }

  /** ε now. */
  get epsilon(): number {
    return scheduleValue(this.#options.epsilon, this.steps);
  }

  /**
   * Stores the transitions, and learns when it is time.
   *
   * @throws RangeError if a reward is not a finite number: nothing is stored then.
   */
  add(transitions: Transitions, work: LearningWork): void {
    const { rewards } = transitions;
    for (let i = 0; i < rewards.length; i++) {
      checkReward(`${this.#where}.learn`, rewards[i], this.steps + i);
    }
    this.replay.add(transitions);
    this.#times.pass(transitions, work);
  }

  /** Fills the batch with transitions of 𝒟. */
  sample(rng: Rng): void {
    this.replay.sample(this.batch.transitions, rng);
    this.batch.takeDiscounts();
  }

  /** Takes the errors of the batch as priorities, where there are any. */
  updatePriorities(): void {
    if (!(this.replay instanceof PrioritizedReplayBuffer)) return;
    this.replay.updatePriorities(this.batch.transitions.indices, this.batch.errors);
  }
}

function createReplay(
  where: string,
  task: Task,
  { capacity, numSteps, discount, ...options }: ResolvedValueOptions,
): ReplayBuffer | PrioritizedReplayBuffer {
  const kept = { numSteps, discount, ...storageFor(`${where}: replay`, task, options.replay) };
  if (!options.prioritized) return new ReplayBuffer(task, capacity, kept);
  const { priorityExponent, weightExponent } = options;
  const { minimumPriority } = options.replay;
  const priorities = { priorityExponent, weightExponent, minimumPriority };
  return new PrioritizedReplayBuffer(task, capacity, { ...kept, ...priorities });
}
