import { checkOneOf } from '../core/check.ts';
import type { Engine } from './engine.ts';
import { ReferenceEngine } from './reference/engine.ts';
import { simdEngine } from './simd/engine.ts';

/** The name of an engine that works on one core and answers at once. */
export type CpuEngineName = 'simd' | 'simd-fast' | 'reference';

const NAMES: readonly CpuEngineName[] = ['simd', 'simd-fast', 'reference'];

/**
 * The engine of that name.
 *
 * @param what Whose name it is, for errors. Default `cpuEngine: name`.
 * @throws RangeError if there is none. Error if the processor or the program lacks what it needs.
 */
export function cpuEngine(
  name: CpuEngineName,
  what: string = 'cpuEngine: name',
): Engine<Float32Array> {
  checkOneOf(what, name, NAMES);
  if (name === 'reference') return new ReferenceEngine((length) => new Float32Array(length));
  return simdEngine({ build: name === 'simd' ? 'portable' : 'fast' });
}
