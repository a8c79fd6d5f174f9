import { afterAll, describe, expect, test } from 'vitest';
import { ERROR_BOUNDS, worstError } from '../core/math-accuracy.ts';
import { FUNCTION_NAMES } from '../core/math-points.ts';

const COUNT = 1_000_000;

describe.skipIf(process.env.PALAESTRA_LONG !== '1')('a million points of each function', () => {
  const table: string[] = [];

  test.each(FUNCTION_NAMES)('%s stays within its bound', { timeout: 120_000 }, (name) => {
    const worst = worstError(name, COUNT, 20_260_102);
    table.push(`${name.padEnd(6)} ${worst.units.toFixed(4)} at ${worst.at}`);
    expect(worst.units, worst.at).toBeLessThan(ERROR_BOUNDS[name]);
  });

  afterAll(() => {
    console.log(`worst errors, in units in the last place\n${table.join('\n')}`);
  });
});
