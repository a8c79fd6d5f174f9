import { describe, expect, test } from 'vitest';
import { agentEntries, makeAgent } from '../../../agents/registry.ts';
import type { Task } from '../../../agents/task.ts';
import { box, discrete } from '../../../core/space.ts';
import { type CpuEngineName, cpuEngine } from '../../../networks/cpu-engine.ts';

const observationSpace = box([-1, -1], [1, 1]);
const COUNTED: Task = { observationSpace, actionSpace: discrete(2) };
const REAL: Task = { observationSpace, actionSpace: box([-1], [1]) };
const DEEP = agentEntries().filter(({ family }) => family === 'deep');

/** Makes the agent in the world whose actions it takes. */
function make(name: string, options: object): unknown {
  const isReal = ['ddpg', 'td3', 'sac'].includes(name);
  return makeAgent(name, isReal ? REAL : COUNTED, { ...options });
}

describe.each(DEEP)('$name', ({ name }) => {
  test.each<[unknown, string]>([
    ['gpu', 'got "gpu".'],
    ['simdfast', 'got "simdfast". Did you mean "simd-fast"?'],
    [undefined, ''],
    [null, 'got null.'],
  ])('with the engine %o', (engine, message) => {
    if (message === '') expect(() => make(name, { engine })).not.toThrow();
    else {
      expect(() => make(name, { engine })).toThrow(
        new RegExp(`^[A-Z]\\w+: engine must be one of simd, simd-fast, reference, ${message}`),
      );
    }
  });
});

test('an engine of no name is none', () => {
  expect(() => cpuEngine('tfjs' as CpuEngineName)).toThrow(
    'cpuEngine: name must be one of simd, simd-fast, reference, got "tfjs".',
  );
});
