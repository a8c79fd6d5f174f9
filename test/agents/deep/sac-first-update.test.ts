import { expect, test } from 'vitest';
import { Sac } from '../../../agents/deep/off-policy/sac.ts';
import { pendulum } from '../../../envs/control/pendulum.ts';
import type { CpuEngineName } from '../../../networks/cpu-engine.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { mlp } from '../../../networks/specification/mlp.ts';
import { learn } from '../../helpers/learn.ts';

/** The actor after one update. */
function updatedActor(
  engine: CpuEngineName,
  hidden: number,
  batchSize: number,
  kind: 'independent' | 'state-dependent',
): number[] {
  const agent = new Sac(pendulum(), {
    layers: mlp({ hidden: [hidden, hidden] }),
    batchSize,
    capacity: 100,
    learningStarts: 20,
    exploration: { kind },
    optimizer: sgd({ learningRate: 1 }),
    engine,
  });
  learn(agent, pendulum(), { steps: 21 });
  expect(agent.actor.updates).toBe(1);
  return [...agent.actor.network.parameters];
}

// In these the critic's first pass makes the engine's memory grow, which moves it.
test.each([
  [32, 512, 'independent'],
  [64, 256, 'independent'],
  [64, 512, 'state-dependent'],
] as const)(
  'the first update of SAC has the whole gradient (layers of %d, batches of %d, %s)',
  (hidden, batch, kind) => {
    const expected = updatedActor('reference', hidden, batch, kind);
    const actual = updatedActor('simd', hidden, batch, kind);
    expect(actual).toHaveLength(expected.length);
    for (const [i, value] of expected.entries()) expect(actual[i], `${i}`).toBeCloseTo(value, 4);
  },
);
