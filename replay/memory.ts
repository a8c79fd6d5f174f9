import type { ArrayType } from '../core/allocate.ts';
import { checkPositive } from '../core/check.ts';

/** Where the memory of a buffer comes from, or what counts how much it would be. */
export interface Allocator {
  /** Gives an array of zeros; one of length 0 where memory is only planned. */
  array<T>(name: string, type: ArrayType<T>, length: number): T;

  /** Takes down `count` views of an array. Returns whether they are to be made. */
  views(name: string, count: number): boolean;
}

// What a view of an array takes on the heap of V8.
const VIEW_BYTES = 120;

/** What one column of a buffer takes. */
export interface MemoryPart {
  /** What is stored there, such as `observations`. */
  readonly name: string;
  readonly bytes: number;
}

/** What a buffer takes in all, known before anything is allocated. */
export interface MemoryPlan {
  /** What it is of, such as `ReplayBuffer`. */
  readonly what: string;
  readonly bytes: number;
  readonly parts: readonly MemoryPart[];
}

/** Bytes that a buffer may take unless its option `maxBytes` says otherwise: 4 GiB. */
export const DEFAULT_MAX_BYTES: number = 2 ** 32;

/** What `build` would allocate. It is called with arrays of length 0. */
export function planMemory(what: string, build: (allocator: Allocator) => unknown): MemoryPlan {
  const bytes = new Map<string, number>();
  const take = (name: string, size: number) => bytes.set(name, (bytes.get(name) ?? 0) + size);
  build({
    array(name, type, length) {
      take(name, length * type.BYTES_PER_ELEMENT);
      return new type(0);
    },
    views(name, count) {
      take(name, count * VIEW_BYTES);
      return false;
    },
  });
  const parts = [...bytes].map(([name, size]) => ({ name, bytes: size }));
  return { what, bytes: parts.reduce((sum, part) => sum + part.bytes, 0), parts };
}

/** The plan as one line for people: `ReplayBuffer takes 6.6 GiB: observations 6.6 GiB, …`. */
export function describeMemory({ what, bytes, parts }: MemoryPlan): string {
  const shown = [...parts]
    .sort((a, b) => b.bytes - a.bytes)
    .map((part) => `${part.name} ${formatBytes(part.bytes)}`);
  return `${what} takes ${formatBytes(bytes)}: ${shown.join(', ')}.`;
}

/**
 * Builds what has been planned.
 *
 * @param maxBytes What it may take, above 0.
 * @throws RangeError if it would take more, before anything is allocated, or if there is not as much
 *   memory.
 */
export function buildWithin<T>(
  plan: MemoryPlan,
  maxBytes: number,
  build: (allocator: Allocator) => T,
): T {
  checkPositive(`${plan.what}: maxBytes`, maxBytes);
  if (plan.bytes > maxBytes) {
    throw new RangeError(
      `${plan.what}: must take at most ${formatBytes(maxBytes)} (maxBytes: ${maxBytes}), got ${plan.bytes} bytes. ${describeMemory(plan)} Give a smaller capacity, or a larger maxBytes if there is as much memory.`,
    );
  }
  return build({
    array(name, type, length) {
      try {
        return new type(length);
      } catch (cause) {
        throw new RangeError(
          `${plan.what}: there is no memory for ${name}. ${describeMemory(plan)} Give a smaller capacity.`,
          { cause },
        );
      }
    },
    views: () => true,
  });
}

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size.toFixed(1)} ${UNITS[unit]}`;
}
