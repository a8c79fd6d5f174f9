import { Alea } from '../../core/alea.ts';
import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { Env, ResetOptions, Start, Step } from '../../core/env.ts';
import type { EnvSpec } from '../../core/env-spec.ts';
import { restoreRng } from '../../core/restore-rng.ts';
import type { Rng } from '../../core/rng.ts';
import {
  checkSavedHeader,
  copySavedArray,
  type SavedData,
  savedCount,
  savedHeader,
  savedObject,
} from '../../core/saved.ts';
import type { Scene } from '../../core/scene.ts';
import { type Box, box, type Discrete, discrete } from '../../core/space.ts';
import { type Dict, dict } from '../../core/spaces/composite.ts';
import { mismatch } from '../../core/spaces/contains.ts';
import { type MultiBinary, multiBinary } from '../../core/spaces/multi.ts';

/** What a courier sees. */
export type CourierSpace = Dict<{ battery: Box; doors: MultiBinary; room: Discrete }>;

const ROOMS = 5;
const LIMIT = 30;

// Where each quantity lives in the courier's own row.
const ROOM = 0;
const BATTERY = 1;

/**
 * A hand-written env that does everything right: a robot in a corridor of five rooms with a battery
 * that drains by chance. Actions: left, right, wait; left is not legal in room 0. Reward 1 in the last
 * room, which ends the episode; truncated after 30 steps.
 */
export class Courier implements Env<CourierSpace, Discrete> {
  readonly observationSpace: CourierSpace = dict({
    battery: box([0], [1], ['charge']),
    doors: multiBinary(2, { labels: ['left', 'right'] }),
    room: discrete(ROOMS, { start: 1 }),
  });
  readonly actionSpace: Discrete = discrete(3, ['left', 'right', 'wait']);
  readonly spec: EnvSpec | null = null;

  protected rng: Rng = new Alea(0);
  protected row: Float64Array = new Float64Array(2);
  protected elapsed = 0;
  protected running = false;

  reset({ seed, options = {} }: ResetOptions = {}): Start<CourierSpace> {
    resolveOptions('Courier.reset', {}, options);
    if (seed !== undefined) {
      checkInteger('Courier.reset: seed', seed, 0);
      this.rng = new Alea(seed);
    }
    this.row[ROOM] = this.rng.below(ROOMS - 2);
    this.row[BATTERY] = 1;
    this.elapsed = 0;
    this.running = true;
    return { observation: this.observe(), info: {} };
  }

  step(action: number): Step<CourierSpace> {
    if (!this.running) throw new Error('Courier: cannot step. Call reset() first.');
    this.check(action);
    if (action !== 2) this.row[ROOM] = Math.min(this.row[ROOM] + (action === 1 ? 1 : -1), 4);
    this.row[BATTERY] = Math.max(this.row[BATTERY] - 0.1 * this.rng.uniform(), 0);
    this.elapsed++;
    const terminated = this.row[ROOM] === ROOMS - 1;
    const truncated = !terminated && this.elapsed >= LIMIT;
    this.running = !(terminated || truncated);
    const reward = terminated ? 1 : 0;
    return { observation: this.observe(), reward, terminated, truncated, info: {} };
  }

  actionMask(): Uint8Array | null {
    return Uint8Array.of(this.row[ROOM] === 0 ? 0 : 1, 1, 1);
  }

  scene(): Scene {
    return {
      kind: 'grid',
      rows: 1,
      columns: ROOMS,
      tiles: ['floor', 'floor', 'floor', 'floor', 'goal'],
      tokens: [{ kind: 'agent', row: 0, column: this.row[ROOM] }],
    };
  }

  snapshot(): SavedData {
    return {
      ...savedHeader('courier', 1),
      row: this.row.slice(),
      elapsed: this.elapsed,
      running: this.running,
      rng: this.rng.snapshot(),
    };
  }

  restore(saved: SavedData): void {
    checkSavedHeader('Courier.restore', saved, 'courier', 1);
    if (typeof saved.running !== 'boolean') throw new Error('Courier.restore: running is missing.');
    const row = new Float64Array(2);
    copySavedArray('Courier.restore', saved, 'row', row);
    const elapsed = savedCount('Courier.restore', saved, 'elapsed');
    this.rng = restoreRng(savedObject('Courier.restore', saved, 'rng'));
    this.row.set(row);
    this.elapsed = elapsed;
    this.running = saved.running;
  }

  protected check(action: number): void {
    const problem = mismatch(this.actionSpace, action, 'action');
    if (problem !== null) throw new RangeError(`Courier: ${problem}`);
    if (this.actionMask()?.[action] === 0) throw new RangeError('Courier: left is not legal here.');
  }

  protected observe(): Start<CourierSpace>['observation'] {
    return {
      battery: Float32Array.of(this.row[BATTERY]),
      doors: Uint8Array.of(this.row[ROOM] > 0 ? 1 : 0, 1),
      room: this.row[ROOM] + 1,
    };
  }
}
