import { GCProfiler, getHeapStatistics } from 'node:v8';

/** What some work leaves to the collector. */
export interface Allocation {
  /** Bytes that it allocates on JavaScript's heap. */
  readonly bytes: number;
  /** How often the collector runs meanwhile. */
  readonly collections: number;
}

/** Counts what `run` allocates, the second time it runs: then everything is compiled. */
export function measureAllocation(run: () => void): Allocation {
  run();
  globalThis.gc?.();
  const profiler = new GCProfiler();
  profiler.start();
  const began = getHeapStatistics().used_heap_size;
  run();
  const ended = getHeapStatistics().used_heap_size;
  const collections = profiler.stop()?.statistics ?? [];

  // The heap grows from each collection to the next one.
  let allocated = 0;
  let held = began;
  for (const { beforeGC, afterGC } of collections) {
    allocated += beforeGC.heapStatistics.usedHeapSize - held;
    held = afterGC.heapStatistics.usedHeapSize;
  }
  allocated += ended - held;
  return { bytes: allocated, collections: collections.length };
}
