import type { StateRow } from '../../core/dynamics.ts';

/** Moves all rows of `frames` one place forward, the first one out, and puts `row` last. */
export function pushFrame(frames: StateRow, row: Float32Array): void {
  const size = row.length;
  const last = frames.length - size;
  if (frames.length > 64) {
    frames.copyWithin(0, size);
    frames.set(row, last);
    return;
  }
  // The calls cost more than the numbers themselves where there are few of them.
  for (let i = 0; i < last; i++) frames[i] = frames[i + size];
  for (let i = 0; i < size; i++) frames[last + i] = row[i];
}
