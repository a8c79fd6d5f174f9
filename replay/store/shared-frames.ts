import { type SavedData, savedArray, savedCount } from '../../core/saved.ts';
import type { Transitions } from '../../core/transitions.ts';
import { createColumn, type Row, type RowColumn } from '../columns/row-column.ts';
import type { Storage } from '../columns/storage.ts';
import type { Allocator } from '../memory.ts';
import { checkStorable } from './check-storable.ts';
import type { ObservationStore } from './observation-store.ts';
import { restoringColumn, savedIndices } from './saved-column.ts';

const NONE = -1;

/** How observations are made of frames, and how many there is room for. */
export interface FrameOptions {
  /** Transitions in the ring. */
  readonly capacity: number;
  /** Frames there is room for. */
  readonly frames: number;
  /** Frames in an observation, the oldest first. */
  readonly stack: number;
  /** Numbers in a frame. */
  readonly frameSize: number;
  readonly storage: Storage;
}

/**
 * s and s′ as stacks of frames, each frame stored once: s′ is the s of the copy's next transition,
 * and all frames of a stack but the newest are those of the stack before.
 *
 * Frames stand in a ring, in the order in which they come; each knows the one below it in its stack.
 * What is shared is compared first, number by number. So whatever comes is given back as it was, at the
 * start of an episode, behind its end, and where the transitions do not follow each other at all; only
 * less is shared then.
 */
export class SharedFrames implements ObservationStore {
  readonly #capacity: number;
  readonly #stack: number;
  readonly #frames: RowColumn;
  readonly #capacityOfFrames: number;

  // Of each frame: the one below it, and the last transition that needs it (its number, modulo 2³²).
  readonly #below: Int32Array;
  readonly #lastUser: Int32Array;
  // Of each transition: the newest frames of s and of s′.
  readonly #newest: Int32Array;
  readonly #nextNewest: Int32Array;

  // The newest frame of each copy's last s′: row i of a batch is copy i.
  #last: Int32Array = new Int32Array(0);
  #pushed = 0; // frames so far

  #slots: Int32Array = new Int32Array(0); // of a batch, while it is gathered

  /** Room for as many transitions and frames. */
  constructor({ capacity, frames, stack, frameSize, storage }: FrameOptions, allocator: Allocator) {
    this.#capacity = capacity;
    this.#stack = stack;
    this.#capacityOfFrames = frames;
    this.#frames = createColumn(storage, 'observations', frames, frameSize, allocator);
    this.#below = allocator.array('links between frames', Int32Array, stack > 1 ? frames : 0);
    this.#lastUser = allocator.array('links between frames', Int32Array, frames);
    this.#newest = allocator.array('links between frames', Int32Array, capacity);
    this.#nextNewest = allocator.array('links between frames', Int32Array, capacity);
  }

  check(where: string, transitions: Transitions): void {
    checkStorable(where, transitions, this.#frames);
    if (transitions.rewards.length > this.#last.length) this.#openCopies(transitions);
  }

  write(number: number, first: number, transitions: Transitions, i: number): number {
    const { observations, nextObservations } = transitions;
    const stack = this.#stack;
    const size = this.#frames.size;
    const offset = i * stack * size;
    const row = number % this.#capacity;
    let held = first;

    // s: the last s′ of this copy, if it is the same.
    let newest = this.#last[i];
    if (newest === NONE || !this.#holds(newest, observations, offset)) {
      newest = NONE;
      for (let k = 0; k < stack; k++) {
        held = this.#push(number, held, observations, offset + k * size, newest);
        newest = this.#slot(this.#pushed - 1);
      }
    }
    this.#use(newest, number);
    this.#newest[row] = newest;

    // s′: the frames of s but the oldest, and one more, if that is what it is. New frames know who needs
    // them; the others have just been told.
    let next = newest;
    let k = stack - 1;
    if (!this.#follows(observations, nextObservations, offset)) {
      next = NONE;
      k = 0;
    }
    for (; k < stack; k++) {
      held = this.#push(number, held, nextObservations, offset + k * size, next);
      next = this.#slot(this.#pushed - 1);
    }
    this.#nextNewest[row] = next;
    this.#last[i] = next;
    return held;
  }

  gather(rows: Int32Array, count: number, target: Row): void {
    this.#gatherStacks(this.#newest, rows, count, target);
  }

  gatherNext(rows: Int32Array, count: number, target: Row): void {
    this.#gatherStacks(this.#nextNewest, rows, count, target);
  }

  read(row: number, target: Row, offset: number): void {
    this.#readStack(this.#newest[row], target, offset);
  }

  readNext(row: number, target: Row, offset: number): void {
    this.#readStack(this.#nextNewest[row], target, offset);
  }

  save(rows: number): SavedData {
    const frames = Math.min(this.#pushed, this.#capacityOfFrames);
    return {
      observations: this.#frames.data.slice(0, frames * this.#frames.stride),
      below: this.#below.slice(0, frames),
      lastUser: this.#lastUser.slice(0, frames),
      newest: this.#newest.slice(0, rows),
      nextNewest: this.#nextNewest.slice(0, rows),
      last: this.#last.slice(),
      pushed: this.#pushed,
    };
  }

  restoring(where: string, saved: SavedData, rows: number): () => void {
    const pushed = savedCount(where, saved, 'pushed');
    const frames = Math.min(pushed, this.#capacityOfFrames);
    const copies = saved.last instanceof Int32Array ? saved.last.length : 0;
    const slots = [0, frames - 1] as const;
    const last = savedIndices(where, saved, 'last', copies, [NONE, frames - 1]);
    savedIndices(where, saved, 'below', this.#stack > 1 ? frames : 0, [NONE, frames - 1]);
    savedIndices(where, saved, 'newest', rows, slots);
    savedIndices(where, saved, 'nextNewest', rows, slots);
    savedArray(where, saved, 'lastUser', Int32Array, frames);
    const parts = [
      { key: 'observations', target: this.#frames.data, length: frames * this.#frames.stride },
      { key: 'below', target: this.#below, length: this.#stack > 1 ? frames : 0 },
      { key: 'lastUser', target: this.#lastUser, length: frames },
      { key: 'newest', target: this.#newest, length: rows },
      { key: 'nextNewest', target: this.#nextNewest, length: rows },
    ].map(({ key, target, length }) => restoringColumn(where, saved, key, target, length));
    return () => {
      for (const restore of parts) restore();
      this.#last = last.slice();
      this.#pushed = pushed;
    };
  }

  #openCopies({ rewards }: Transitions): void {
    const grown = new Int32Array(rewards.length).fill(NONE);
    grown.set(this.#last);
    this.#last = grown;
  }

  #slot(frame: number): number {
    return frame % this.#capacityOfFrames;
  }

  /** Whether the stack whose newest frame is in `newest` is what stands in `source[offset …]`. */
  #holds(newest: number, source: Row, offset: number): boolean {
    const size = this.#frames.size;
    let slot = newest;
    for (let k = this.#stack - 1; k >= 0; k--) {
      if (slot === NONE || !this.#frames.equals(slot, source, offset + k * size)) return false;
      if (k > 0) slot = this.#below[slot];
    }
    return true;
  }

  /** Whether all frames of s′ but the newest are frames of s. */
  #follows(observations: Row, nextObservations: Row, offset: number): boolean {
    const size = this.#frames.size;
    const end = offset + (this.#stack - 1) * size;
    for (let k = offset; k < end; k++) {
      if (!Object.is(nextObservations[k], observations[k + size])) return false;
    }
    return true;
  }

  /** Stores a frame, of transition `number`; the oldest gives way, and with it who needs it. */
  #push(number: number, first: number, source: Row, offset: number, below: number): number {
    const slot = this.#slot(this.#pushed);
    let held = first;
    if (this.#pushed >= this.#capacityOfFrames) {
      const lost = (this.#lastUser[slot] - first) | 0; // modulo 2³²
      if (lost >= 0) held = first + lost + 1;
    }
    this.#frames.write(slot, source, offset);
    if (this.#stack > 1) this.#below[slot] = below;
    this.#lastUser[slot] = number | 0;
    this.#pushed++;
    return held;
  }

  /** Takes down that transition `number` needs the stack whose newest frame is in `newest`. */
  #use(newest: number, number: number): void {
    let slot = newest;
    for (let k = 0; k < this.#stack; k++) {
      this.#lastUser[slot] = number | 0;
      if (k < this.#stack - 1) slot = this.#below[slot];
    }
  }

  #gatherStacks(newest: Int32Array, rows: Int32Array, count: number, target: Row): void {
    if (this.#slots.length < count) this.#slots = new Int32Array(count);
    const slots = this.#slots;
    const size = this.#frames.size;
    const step = this.#stack * size;
    for (let i = 0; i < count; i++) slots[i] = newest[rows[i]];
    for (let k = this.#stack - 1; k >= 0; k--) {
      this.#frames.gather(slots, count, target, k * size, step);
      if (k > 0) for (let i = 0; i < count; i++) slots[i] = this.#below[slots[i]];
    }
  }

  #readStack(newest: number, target: Row, offset: number): void {
    const size = this.#frames.size;
    let slot = newest;
    for (let k = this.#stack - 1; k >= 0; k--) {
      this.#frames.read(slot, target, offset + k * size);
      if (k > 0) slot = this.#below[slot];
    }
  }
}
