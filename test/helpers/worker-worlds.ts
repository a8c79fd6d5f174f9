/** Worlds that workers load from this module by its address: sound ones, and some that fail. */
import type { Dynamics } from '../../core/dynamics.ts';
import type { Rng } from '../../core/rng.ts';
import { discrete } from '../../core/space.ts';
import { sequence } from '../../core/spaces/composite.ts';
import { corridor, pushedPoint } from './worlds.ts';

export { corridor, pushedPoint };

/** Where this module is. */
export const WORLDS: string = import.meta.url;

/** A corridor of which the copy that comes to the right end throws an error. */
export function throwing({ message }: { message: string }): Dynamics {
  return atTheEnd(() => {
    throw new TypeError(message);
  });
}

/** A corridor in which arriving ends the thread. */
export function exiting(): Dynamics {
  return atTheEnd(() => process.exit(3));
}

/** A corridor in which arriving takes for ever. */
export function hanging(): Dynamics {
  return atTheEnd(() => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
}

/** A corridor in which arriving takes so many milliseconds. */
export function slow({ milliseconds }: { milliseconds: number }): Dynamics {
  return atTheEnd(() => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  });
}

/** A corridor whose first episode cannot begin. */
export function unable(): Dynamics {
  return {
    ...(corridor() as unknown as Dynamics),
    reset() {
      throw new Error('No way in.');
    },
  };
}

/** A corridor with observations of any length, which fit no column. */
export function unbounded(): Dynamics {
  return { ...(corridor() as unknown as Dynamics), observationSpace: sequence(discrete(5)) };
}

/** No world at all. */
export function nothing(): null {
  return null;
}

function atTheEnd(happen: () => void): Dynamics {
  const world = corridor();
  return {
    ...world,
    step(state: Int32Array, action: number, rng: Rng) {
      const reward = world.step(state, action, rng);
      if (reward === 1) happen();
      return reward;
    },
  } as unknown as Dynamics;
}
