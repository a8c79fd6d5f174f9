import { describe, expect, test } from 'vitest';
import { Dqn, type DqnOptions } from '../../../agents/deep/action-values/dqn.ts';
import { tabularDeepSea } from '../../../envs/diagnostics/deep-sea.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import { mlp } from '../../../networks/specification/mlp.ts';
import { evaluate } from '../../../training/evaluate.ts';
import { learn } from '../../helpers/learn.ts';

/** All that Hessel et al. (2018) put together, for a small world. */
const RAINBOW: DqnOptions = {
  double: true,
  dueling: true,
  prioritized: true,
  priorityExponent: 0.5,
  weightExponent: { kind: 'linear', from: 0.4, to: 1, steps: 3000 },
  numSteps: 3,
  noisy: true,
  epsilon: 0,
  returns: { kind: 'categorical', atoms: 21, low: -1, high: 1 },
  layers: mlp({ hidden: [32] }),
  optimizer: adam({ learningRate: 0.005 }),
  batchSize: 32,
  capacity: 2000,
  learningStarts: 100,
  updateEvery: 2,
  targetUpdateEvery: 50,
};

const WORLD = tabularDeepSea({ size: 4 });
const NUM_ENVS = 2;

function rainbow(options: DqnOptions = {}): Dqn {
  return new Dqn({ ...WORLD, numEnvs: NUM_ENVS }, { ...RAINBOW, ...options });
}

/** Steps from `seed`'s start of the world, of each copy. */
function play(agent: Dqn, steps: number, seed: number): Dqn {
  learn(agent, WORLD, { steps, numEnvs: NUM_ENVS, seed });
  return agent;
}

describe('Rainbow', () => {
  test('finds a reward that only one way leads to, by the noise in its weights alone', () => {
    const agent = play(rainbow(), 2000, 1);
    expect(evaluate(agent.greedy(), WORLD, { episodes: 1 }).meanReturn).toBeGreaterThan(0.98);
  });

  test('has a network that tells values from advantages, atom by atom, all of it noisy', () => {
    const { plan } = rainbow().values.network;
    expect(plan.outputSize).toBe(2 * 21);
    const shapes = plan.parameters.map(({ name, shape }) => `${name} ${shape.join(' × ')}`);
    expect(shapes.filter((shape) => shape.includes('.weights '))).toEqual([
      'heads.values[0].value[0].weights 20 × 32',
      'heads.values[0].value[1].weights 32 × 21',
      'heads.values[0].advantage[0].weights 20 × 32',
      'heads.values[0].advantage[1].weights 32 × 42',
    ]);
    expect(plan.parameters.every(({ name }) => /weights|bias/.test(name))).toBe(true);
    expect(plan.parameters.filter(({ name }) => name.includes('Deviation'))).toHaveLength(8);
  });

  test.each(['simd', 'reference'] as const)(
    'goes on from what it saved bit by bit, %s',
    (engine) => {
      const agent = play(rainbow({ engine }), 150, 2);
      const twin = rainbow({ engine });
      twin.restore(structuredClone(agent.save()));
      expect(play(twin, 100, 3).save()).toEqual(play(agent, 100, 3).save());
      expect(agent.values.updates).toBe(200);
    },
  );
});
