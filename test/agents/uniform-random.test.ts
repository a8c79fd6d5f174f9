import { describe, expect, test } from 'vitest';
import { makeAgent } from '../../agents/registry.ts';
import { UniformRandom } from '../../agents/uniform-random.ts';
import { box, discrete } from '../../core/space.ts';
import { corridor } from '../helpers/worlds.ts';

const draws = (agent: UniformRandom, n: number, masks?: Uint8Array) => {
  const actions = new Int32Array(n);
  agent.act(new Float32Array(n), actions, masks);
  return actions;
};

describe('the random agent', () => {
  test('takes each action as often as another (chi-square)', () => {
    const agent = new UniformRandom({ observationSpace: discrete(1), actionSpace: discrete(5) });
    const counts = new Float64Array(5);
    for (const action of draws(agent, 50_000)) counts[action]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(18.5); // 99.9% of 4 degrees of freedom
  });

  test('takes only legal actions, each row by its own mask', () => {
    const agent = new UniformRandom(corridor());
    for (let i = 0; i < 100; i++) {
      const [first, second] = draws(agent, 2, Uint8Array.of(0, 1, 1, 0));
      expect([first, second]).toEqual([1, 0]);
    }
    expect([...(agent.inspect(new Float32Array(1), Uint8Array.of(0, 1)).policy ?? [])]).toEqual([
      0, 1,
    ]);
  });

  test('draws real numbers between their bounds, and normal ones where there are none', () => {
    const actionSpace = box([-2, -Infinity], [4, Infinity]);
    const agent = new UniformRandom({ observationSpace: discrete(1), actionSpace });
    const actions = new Float32Array(20_000);
    agent.act(new Float32Array(10_000), actions);
    const bounded = actions.filter((_, i) => i % 2 === 0);
    const unbounded = actions.filter((_, i) => i % 2 === 1);
    const mean = (values: Float32Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
    expect(Math.min(...bounded)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...bounded)).toBeLessThanOrEqual(4);
    expect(mean(bounded)).toBeCloseTo(1, 0);
    expect(mean(unbounded.map((x) => x * x))).toBeCloseTo(1, 0);
    expect(Math.max(...unbounded)).toBeGreaterThan(2.5);
  });

  test('goes on from what was saved', () => {
    const agent = new UniformRandom(corridor(), { seed: 3 });
    draws(agent, 10);
    const twin = new UniformRandom(corridor());
    twin.restore(agent.save());
    expect(draws(twin, 50)).toEqual(draws(agent, 50));
    expect(() => twin.restore({ kind: 'other' })).toThrow('expected saved data of kind "random"');
  });
});

test('makeAgent names what is wrong with a name or an option', () => {
  expect(() => makeAgent('qlearning', corridor())).toThrow(
    'There is no agent "qlearning". Did you mean "q-learning"? Known: random,',
  );
  expect(() => makeAgent('q-learning', corridor(), { epsilom: 1 })).toThrow(
    'Did you mean "epsilon"?',
  );
  expect(makeAgent('q-learning', corridor(), { seed: 4 }).options).toMatchObject({ seed: 4 });
});
