import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { createState, type Dynamics, type StateRow } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { countedFromZero, readRow, rowSize } from '../../core/spaces/rows.ts';
import { sample } from '../../core/spaces/sample.ts';
import { makeDynamics } from '../../envs/registry.ts';
import { corridor, pushedPoint } from '../helpers/worlds.ts';

type Phase = 'new' | 'running' | 'terminated' | 'truncated';

/** What an env is, in the plainest words: a row, a generator, a count and a phase. */
interface Moment {
  readonly row: StateRow;
  readonly rng: SavedData;
  readonly elapsed: number;
  readonly phase: Phase;
}

class Model {
  readonly world: Dynamics;
  row: StateRow;
  rng = new Alea(5, 'env/0');
  elapsed = 0;
  phase: Phase = 'new';

  constructor(world: Dynamics) {
    this.world = world;
    this.row = createState(world);
  }

  reset(seed: number | undefined): unknown {
    if (seed !== undefined) this.rng = new Alea(seed, 'env/0');
    this.world.reset(this.row, this.rng);
    this.elapsed = 0;
    this.phase = 'running';
    return this.observation();
  }

  /** @param action Counted from 0. */
  step(action: ElementOf<Space>): object {
    const reward = this.world.step(this.row, action as never, this.rng);
    this.elapsed++;
    const terminated = this.world.isTerminal(this.row);
    const truncated = !terminated && this.elapsed >= this.world.timeLimit;
    this.phase = terminated ? 'terminated' : truncated ? 'truncated' : 'running';
    return { observation: this.observation(), reward, terminated, truncated, info: {} };
  }

  save(): Moment {
    const { row, rng, elapsed, phase } = this;
    return { row: row.slice(), rng: rng.snapshot(), elapsed, phase };
  }

  load({ row, rng, elapsed, phase }: Moment): void {
    this.row = row.slice();
    this.rng = new Alea(0);
    this.rng.restore(rng);
    this.elapsed = elapsed;
    this.phase = phase;
  }

  mask(): Uint8Array | null {
    if (this.world.actionMask === undefined) return null;
    const mask = new Uint8Array((this.world.actionSpace as { n: number }).n);
    this.world.actionMask(this.row, mask);
    return mask;
  }

  observation(): unknown {
    const numbers = new Float32Array(rowSize(this.world.observationSpace));
    this.world.observe(this.row, numbers);
    return readRow(this.world.observationSpace, numbers);
  }
}

const command = fc.oneof(
  { weight: 8, arbitrary: fc.record({ name: fc.constant('step' as const), choice: fc.nat(999) }) },
  { weight: 2, arbitrary: fc.record({ name: fc.constant('snapshot' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      name: fc.constant('restore' as const),
      which: fc.nat(9),
      fresh: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ name: fc.constant('reset' as const) }) },
  { weight: 1, arbitrary: fc.record({ name: fc.constant('reset' as const), seed: fc.nat(99) }) },
);

const WORLDS: Dynamics[] = [
  corridor(),
  pushedPoint(),
  makeDynamics('FrozenLake-v1', { options: { timeLimit: 6 } }),
  makeDynamics('Taxi-v4', { options: { masked: true } }),
  makeDynamics('Blackjack-v1'),
  makeDynamics('MaskedChoice-v0'),
  makeDynamics('CartPole-v1', { options: { timeLimit: 9 } }),
  makeDynamics('Pendulum-v1'),
  makeDynamics('RandomWalkBandit-v0'),
  makeDynamics('BlockingMaze-v0', { options: { changeAfter: 5 } }),
  makeDynamics('IdentityDict-v0', { options: { timeLimit: 4 } }),
  makeDynamics('IdentityGraph-v0'),
];

describe.each(WORLDS.map((world) => [world.name, world] as const))('%s', (_, world) => {
  test('does whatever is asked of it in any order as the plainest model does', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const model = new Model(world);
        let env = new DynamicsEnv(world, { seed: 5 });
        const saved: { mine: SavedData; moment: Moment }[] = [];
        for (const asked of commands) {
          if (asked.name === 'snapshot') saved.push({ mine: env.snapshot(), moment: model.save() });
          else if (asked.name === 'restore') {
            if (saved.length === 0) continue;
            const { mine, moment } = saved[asked.which % saved.length];
            if (asked.fresh) env = new DynamicsEnv(world, { seed: 77 });
            env.restore(mine);
            model.load(moment);
          } else if (asked.name === 'reset') {
            const seed = 'seed' in asked ? asked.seed : undefined;
            const { observation } = env.reset(seed === undefined ? {} : { seed });
            expect(observation).toEqual(model.reset(seed));
          } else {
            const action = legalAction(model, asked.choice);
            if (model.phase !== 'running') {
              expect(() => env.step(action as never)).toThrow('Call reset() first.');
            } else expect(env.step(action as never)).toEqual(model.step(action));
          }
          if (model.phase !== 'new') expect(env.actionMask()).toEqual(model.mask());
          const { row, rng, elapsed, phase } = model.save();
          expect(env.snapshot()).toMatchObject({ state: row, rng, elapsed, phase });
        }
      }),
      { numRuns: 40, seed: 4 },
    );
  });
});

/** These worlds count their actions from 0, so that people and rules name them alike. */
function legalAction(model: Model, choice: number): ElementOf<Space> {
  const rng = new Alea(choice, 'action');
  const mask = model.phase === 'running' ? model.mask() : null;
  for (;;) {
    const action = sample(countedFromZero(model.world.actionSpace), rng);
    if (mask === null || mask[action as number] === 1) return action;
  }
}
