import { Alea } from '../../core/alea.ts';
import { box, type Discrete, discrete, type Space } from '../../core/space.ts';
import { multiBinary } from '../../core/spaces/multi.ts';
import { createColumns, type Transitions } from '../../core/transitions.ts';

/** What a random stream of transitions is like. */
export interface StreamOptions {
  readonly numEnvs: number;
  /** Frames in an observation, and numbers in a frame. */
  readonly stack: number;
  readonly frameSize: number;
  /** What numbers are: 0 and 1, 0 … 255, or any. */
  readonly numbers: 'bits' | 'uint8' | 'float32';
  /** What stands for frames before the first. */
  readonly padding: 'repeat' | 'zeros' | 'others';
  /** The chance that a step ends the episode. */
  readonly endChance: number;
  /**
   * The chance that s is not what the last s′ was, though the episode goes on; and that the frames of s′
   * are not those of s.
   */
  readonly jumpChance?: number;
}

/** A world of which only its spaces count. */
export interface StreamTask {
  readonly observationSpace: Space;
  readonly actionSpace: Discrete;
  readonly masked: boolean;
}

/** Random transitions of several copies with stacked observations, and all there ever were of them. */
export class Stream {
  readonly task: StreamTask;
  /** Every transition so far, in order: copy after copy, step after step. */
  readonly history: Transitions[] = [];
  readonly options: StreamOptions;
  readonly #rng: Alea;
  readonly #stacks: number[][][]; // of each copy, its frames

  constructor(seed: number, options: StreamOptions) {
    this.options = options;
    this.#rng = new Alea(seed);
    this.#stacks = Array.from({ length: options.numEnvs }, () => this.#start());
    const size = options.stack * options.frameSize;
    const spaces = {
      bits: multiBinary(size),
      uint8: box(0, 255, { dtype: 'uint8', shape: [size] }),
      float32: box(-Infinity, Infinity, { shape: [size] }),
    };
    this.task = {
      observationSpace: spaces[options.numbers],
      actionSpace: discrete(3),
      masked: true,
    };
  }

  /** One step of every copy. */
  next(): Transitions {
    const { numEnvs, endChance, jumpChance = 0 } = this.options;
    const batch = createColumns(this.task, numEnvs);
    for (let i = 0; i < numEnvs; i++) {
      if (this.#rng.uniform() < jumpChance) this.#stacks[i] = this.#start();
      const stack = this.#stacks[i];
      const follows = this.#rng.uniform() >= jumpChance;
      const next = follows ? [...stack.slice(1), this.#frame()] : this.#start();
      const size = batch.observations.length / numEnvs;
      batch.observations.set(stack.flat(), i * size);
      batch.nextObservations.set(next.flat(), i * size);
      batch.actions[i] = this.#rng.below(3);
      batch.rewards[i] = this.#rng.normal();
      const end = this.#rng.uniform() < endChance ? 1 + this.#rng.below(2) : 0;
      batch.terminated[i] = end === 1 ? 1 : 0;
      batch.truncated[i] = end === 2 ? 1 : 0;
      for (let a = 0; a < 3; a++) {
        (batch.nextActionMasks as Uint8Array)[3 * i + a] = this.#rng.below(2);
      }
      this.#stacks[i] = end > 0 ? this.#start() : next;
      this.history.push(rowOf(batch, i));
    }
    return batch;
  }

  #start(): number[][] {
    const { stack, padding, frameSize } = this.options;
    const first = this.#frame();
    const before = (): number[] => {
      if (padding === 'repeat') return first;
      return padding === 'zeros' ? new Array<number>(frameSize).fill(0) : this.#frame();
    };
    return [...Array.from({ length: stack - 1 }, before), first];
  }

  #frame(): number[] {
    const { numbers, frameSize } = this.options;
    const draw = {
      bits: () => this.#rng.below(2),
      uint8: () => this.#rng.below(256),
      float32: () => Math.fround(this.#rng.normal()),
    }[numbers];
    return Array.from({ length: frameSize }, draw);
  }
}

/** Row i of a batch, as a batch of one. */
export function rowOf(batch: Transitions, i: number): Transitions {
  const n = batch.rewards.length;
  const row = (column: { slice(from: number, to: number): unknown; length: number }) => {
    const size = column.length / n;
    return column.slice(i * size, (i + 1) * size);
  };
  const names = Object.entries(batch).map(([name, column]) => [name, row(column)]);
  return Object.fromEntries(names) as Transitions;
}

/** What n steps from a transition on come to, or `undefined` where they are not there yet. */
export function nStepTransition(
  history: readonly Transitions[],
  number: number,
  { numEnvs, numSteps, discount }: { numEnvs: number; numSteps: number; discount: number },
): (Transitions & { discounts: Float64Array }) | undefined {
  const rows = [history[number]];
  const ended = ({ terminated, truncated }: Transitions) => terminated[0] + truncated[0] > 0;
  while (rows.length < numSteps && !ended(rows[rows.length - 1])) {
    const next = history[number + rows.length * numEnvs];
    if (next === undefined) return undefined;
    rows.push(next);
  }
  const last = rows[rows.length - 1];
  return {
    ...last,
    observations: rows[0].observations,
    actions: rows[0].actions,
    rewards: Float64Array.of(
      rows.reduce((sum, { rewards }, k) => sum + discount ** k * rewards[0], 0),
    ),
    discounts: Float64Array.of(discount ** rows.length),
  };
}
