import type { Engine } from './engine.ts';
import { ReferenceEngine } from './reference/engine.ts';
import { simdEngine } from './simd/engine.ts';

/** The name of an engine that works on one core and answers at once. */
export type CpuEngineName = 'simd' | 'simd-fast' | 'reference';

/** @throws Error if the processor or the program lacks what the engine needs. */
export function cpuEngine(name: CpuEngineName): Engine<Float32Array> {
  if (name === 'reference') return new ReferenceEngine((length) => new Float32Array(length));
  return simdEngine({ build: name === 'simd' ? 'portable' : 'fast' });
}
