import { describe } from 'vitest';
import { testStacks } from './stacks.ts';

// `test/long/wrappers.test.ts` tries more of them.
describe('any stack of wrappers', () => {
  testStacks({ numRuns: 30, seed: 1 });
});
