import type { Allocate } from '../allocate.ts';
import { createVectorColumns, type VectorColumns } from '../vector-columns.ts';
import type { WorldShape } from '../world-shape.ts';

/** Who shares what: all that the layout of the memory depends on. */
export interface SharedPlan {
  readonly shape: WorldShape;
  readonly numEnvs: number;
  /** At most `numEnvs`. */
  readonly numWorkers: number;
}

/** Memory that one thread and its workers share. */
export interface SharedMemory {
  /** Whose turn it is, word by word: `CONTROL` says which. */
  readonly control: Int32Array;
  /** For each worker what became of the last command: `STATUS` says how to read it. */
  readonly status: Int32Array;
  /** For each worker the length of what lies in its mailbox, and whether more is to come. */
  readonly mailLengths: Int32Array;
  readonly mailMore: Int32Array;
  /** A mailbox for each worker: UTF-16 units, `[MAIL_SIZE]`. */
  readonly mail: readonly Uint16Array[];
  readonly columns: VectorColumns;
}

/** Which word of `control` holds what. */
export const CONTROL = {
  /** Counts the commands; workers sleep on it. */
  round: 0,
  /** One of `COMMAND`. */
  command: 1,
  /** Workers that have not carried out the command yet; who gave it sleeps on it. */
  pending: 2,
  /** 1 where the last worker is to send a message when all have carried out the command. */
  wantsMessage: 3,
} as const;

/** What workers can be told. */
export const COMMAND = {
  /** Take the actions in the columns. */
  step: 1,
  /** Put the generators into the mailbox. */
  save: 2,
  /** Put the next part into the mailbox. */
  more: 3,
  /** Take the generators out of the mailbox, and go on from the states in the columns. */
  restore: 4,
  /** Stop listening to shared memory. */
  end: 5,
} as const;

/** What became of a command. */
export const STATUS = { done: 0, busy: 1, failed: 2 } as const;

/** Letters that a mailbox holds at a time: a failure fits at once, generators come in parts. */
export const MAIL_SIZE = 20_000;

const CONTROL_WORDS = 16; // 64 bytes: no word of a worker in the cache line that all wait on

/** New shared memory, all zeros. */
export function createSharedMemory(plan: SharedPlan): SharedArrayBuffer {
  let size = 0;
  layOut(plan, (type, length) => {
    size = aligned(size) + length * type.BYTES_PER_ELEMENT;
    return new type(0);
  });
  return new SharedArrayBuffer(size);
}

/** Views of shared memory, the same for all who share it. */
export function openSharedMemory(buffer: SharedArrayBuffer, plan: SharedPlan): SharedMemory {
  let offset = 0;
  return layOut(plan, (type, length) => {
    const first = aligned(offset);
    offset = first + length * type.BYTES_PER_ELEMENT;
    return new type(buffer, first, length);
  });
}

/** The copies that a worker runs: from `first` on, `count` of them. */
export function copiesOf(
  { numEnvs, numWorkers }: SharedPlan,
  worker: number,
): { readonly first: number; readonly count: number } {
  const first = Math.floor((worker * numEnvs) / numWorkers);
  const end = Math.floor(((worker + 1) * numEnvs) / numWorkers);
  return { first, count: end - first };
}

function layOut({ shape, numEnvs, numWorkers }: SharedPlan, allocate: Allocate): SharedMemory {
  return {
    control: allocate(Int32Array, CONTROL_WORDS),
    status: allocate(Int32Array, numWorkers),
    mailLengths: allocate(Int32Array, numWorkers),
    mailMore: allocate(Int32Array, numWorkers),
    mail: Array.from({ length: numWorkers }, () => allocate(Uint16Array, MAIL_SIZE)),
    columns: createVectorColumns(shape, numEnvs, allocate),
  };
}

/** The next place where any array may begin. */
function aligned(offset: number): number {
  return Math.ceil(offset / 64) * 64;
}
