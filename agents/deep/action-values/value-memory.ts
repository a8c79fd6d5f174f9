import type { Rng } from '../../../core/rng.ts';
import { scheduleValue } from '../../../core/schedule.ts';
import type { Transitions } from '../../../core/transitions.ts';
import { PrioritizedReplayBuffer } from '../../../replay/prioritized-replay-buffer.ts';
import { ReplayBuffer } from '../../../replay/replay-buffer.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { StepCount } from '../../step-count.ts';
import { checkReward, type Task } from '../../task.ts';
import type { ObservationEncoder } from '../parts/observations.ts';
import { replayPart } from '../parts/replay-part.ts';
import { ValueBatch, type ValueSizes } from './value-batch.ts';
import type { ValueOptions } from './value-options.ts';

/** Remembered transitions of actions that can be counted, a batch of them, and when to learn. */
export class ValueMemory {
  /** 𝒟. */
  readonly replay: ReplayBuffer | PrioritizedReplayBuffer;
  readonly batch: ValueBatch;
  /** What is to be saved. */
  readonly parts: SavedParts;

  readonly #where: string;
  readonly #options: Required<ValueOptions>;
  readonly #steps = new StepCount();

  /** @param where Whose it is, for errors: `Dqn`. */
  constructor(
    where: string,
    task: Task,
    encoder: ObservationEncoder,
    sizes: ValueSizes,
    options: Required<ValueOptions>,
  ) {
    this.#where = where;
    this.#options = options;
    this.replay = createReplay(task, options);
    const transitions = this.replay.createBatch(options.batchSize);
    this.batch = new ValueBatch(transitions, encoder, sizes);
    this.parts = { steps: this.#steps, replay: replayPart(this.replay) };
  }

  /** Environment steps learned from. */
  get steps(): number {
    return this.#steps.value;
  }

  /** ε now. */
  get epsilon(): number {
    return scheduleValue(this.#options.epsilon, this.steps);
  }

  /**
   * Stores the transitions, and learns each time that it is due.
   *
   * @param update Takes a gradient step.
   * @param follow Changes the target network.
   * @throws RangeError if a reward is not a finite number: nothing is stored then.
   */
  add(transitions: Transitions, update: () => void, follow: () => void): void {
    const { rewards } = transitions;
    for (let i = 0; i < rewards.length; i++) {
      checkReward(`${this.#where}.learn`, rewards[i], this.steps + i);
    }
    this.replay.add(transitions);
    for (let i = 0; i < rewards.length; i++) {
      this.#steps.value++;
      this.#learnIfDue(update, follow);
    }
  }

  #learnIfDue(update: () => void, follow: () => void): void {
    const { learningStarts, updateEvery, updatesAtOnce, targetUpdateEvery } = this.#options;
    if (this.steps <= learningStarts || this.replay.ready === 0) return;
    if (this.steps % updateEvery === 0) {
      for (let i = 0; i < updatesAtOnce; i++) update();
    }
    if (this.steps % targetUpdateEvery === 0) follow();
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
  task: Task,
  { capacity, numSteps, discount, ...options }: Required<ValueOptions>,
): ReplayBuffer | PrioritizedReplayBuffer {
  if (!options.prioritized) return new ReplayBuffer(task, capacity, { numSteps, discount });
  const { priorityExponent, weightExponent } = options;
  const priorities = { priorityExponent, weightExponent };
  return new PrioritizedReplayBuffer(task, capacity, { numSteps, discount, ...priorities });
}
