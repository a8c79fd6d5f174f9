import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that the process holds. */
export interface ProcessMemory {
  /** Of JavaScript's objects, and of what these hold outside its heap: arrays, WebAssembly. */
  readonly held: number;
  /** Of all that is in the machine's memory. */
  readonly resident: number;
}

/** What is held once garbage has been collected. */
export function processMemory(): ProcessMemory {
  collectGarbage();
  collectGarbage(); // what the first one only marked
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, resident: rss };
}
