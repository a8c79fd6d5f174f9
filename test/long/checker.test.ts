import { expect, test } from 'vitest';
import { checkEnv } from '../../envs/checker/check-env.ts';
import { formatFindings } from '../../envs/checker/report.ts';
import { envEntries, make } from '../../envs/registry.ts';

// `palaestra env check` looks at 10,000 steps by default; here are ten times as many, with other seeds.
test.each(envEntries().map(({ id }) => id))('%s passes for long', (id) => {
  for (const seed of [1, 2, 3]) {
    const { findings } = checkEnv(() => make(id as string), { steps: 100_000, seed });
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors, formatFindings(errors)).toEqual([]);
  }
});
