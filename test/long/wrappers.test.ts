import { describe } from 'vitest';
import { testStacks } from '../envs/wrappers/stacks.ts';

describe('any of a thousand stacks of wrappers', () => {
  testStacks({ numRuns: 1000 });
});
