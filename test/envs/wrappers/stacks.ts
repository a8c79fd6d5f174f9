import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Alea } from '../../../core/alea.ts';
import { DynamicsEnv } from '../../../core/dynamics-env.ts';
import type { Env } from '../../../core/env.ts';
import type { WrapperSpec } from '../../../core/env-spec.ts';
import type { Space } from '../../../core/space.ts';
import { contains } from '../../../core/spaces/contains.ts';
import { rowSize, writeRow } from '../../../core/spaces/rows.ts';
import { sample } from '../../../core/spaces/sample.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import { make, makeDynamics, registerEnv } from '../../../envs/registry.ts';
import { hideDynamics } from '../../helpers/hand-written.ts';
import { corridor } from '../../helpers/worlds.ts';

const WORLDS = ['CartPole-v1', 'Pendulum-v1', 'FrozenLake-v1', 'Taxi-v4', 'Bytes-v0'];

registerEnv({
  id: 'Bytes-v0',
  family: 'other',
  description: 'The corridor, whose state rows are int32 and whose actions have masks.',
  defaults: {},
  rewardThreshold: null,
  create: () => corridor(),
});
registerEnv({
  id: 'ByHand-v0',
  family: 'other',
  description: 'A world of the registry that shows nothing of its rules.',
  defaults: { id: 'CartPole-v1' },
  rewardThreshold: null,
  createEnv: ({ id }: { id: string }, { seed, spec }) =>
    hideDynamics(makeDynamics(id), { seed, spec }),
});

const named = <T extends object>(name: string, options: fc.Arbitrary<T>) =>
  options.map((chosen) => ({ name, options: chosen as Readonly<Record<string, unknown>> }));

// Wrappers that draw nothing, and then those that do.
const CALM: fc.Arbitrary<WrapperSpec>[] = [
  named('delay-observation', fc.record({ delay: fc.nat(3) })),
  named('discretize-observation', fc.record({ bins: fc.integer({ min: 1, max: 4 }) })),
  named('discretize-observation', fc.constant({ bins: 3, multiDiscrete: true })),
  named('dtype-observation', fc.record({ dtype: fc.constantFrom('float32', 'int32') })),
  named('filter-observation', fc.record({ keys: fc.constantFrom(['obs'], ['time'], [0]) })),
  named('flatten-observation', fc.constant({})),
  named(
    'frame-stack-observation',
    fc.record({
      frames: fc.integer({ min: 1, max: 3 }),
      padding: fc.constantFrom('reset', 'zero'),
    }),
  ),
  named('max-and-skip-observation', fc.record({ skip: fc.integer({ min: 2, max: 4 }) })),
  named('normalize-observation', fc.record({ update: fc.boolean() })),
  named('rescale-observation', fc.constant({ min: 0, max: 3 })),
  named('reshape-observation', fc.constant({})),
  named(
    'time-aware-observation',
    fc.record({
      steps: fc.constant(50),
      flatten: fc.boolean(),
      normalizeTime: fc.boolean(),
    }),
  ),
  named('history', fc.record({ horizon: fc.integer({ min: 1, max: 3 }) })),
  named('mask-velocity', fc.record({ elements: fc.constantFrom(null, [0]) })),
  named('delayed-reward', fc.record({ delay: fc.integer({ min: 1, max: 4 }) })),
  named('clip-action', fc.constant({})),
  named('discretize-action', fc.record({ bins: fc.integer({ min: 1, max: 4 }) })),
  named('discretize-action', fc.constant({ bins: 2, multiDiscrete: true })),
  named('repeat-action', fc.record({ repeats: fc.integer({ min: 1, max: 3 }) })),
  named('rescale-action', fc.constant({ min: -2, max: 2 })),
  named('clip-reward', fc.constant({ min: -0.5, max: null })),
  named('normalize-reward', fc.record({ update: fc.boolean() })),
  named('record-episode-statistics', fc.constant({})),
  named('transform-observation', fc.constant({ transform: 'symlog' })),
  named('transform-reward', fc.constant({ transform: 'symlog' })),
];
const ALL: fc.Arbitrary<WrapperSpec>[] = [
  ...CALM,
  named('time-limit', fc.record({ steps: fc.integer({ min: 1, max: 30 }) })),
  named('sticky-action', fc.record({ probability: fc.constantFrom(0, 0.5) })),
  named('sticky-action', fc.constant({ duration: [1, 3] })),
  named('action-noise', fc.constant({})),
  named('noop-reset', fc.record({ most: fc.integer({ min: 1, max: 5 }) })),
  named('fire-reset', fc.constant({ actions: [1, 0] })),
];

interface Case {
  readonly id: string;
  readonly wrappers: readonly WrapperSpec[];
  readonly seed: number;
}

/** Random stacks, without the wrappers that do not fit what is inside them. */
function cases(pool: readonly fc.Arbitrary<WrapperSpec>[]): fc.Arbitrary<Case> {
  return fc
    .record({
      id: fc.constantFrom(...WORLDS),
      wrappers: fc.array(fc.oneof(...pool), { maxLength: 6 }),
      seed: fc.nat(1000),
    })
    .map(({ id, wrappers, seed }) => {
      const fitting: WrapperSpec[] = [];
      for (const wrapper of wrappers) {
        fitting.push(wrapper);
        if (!fits(id, fitting)) fitting.pop();
      }
      return { id, wrappers: fitting, seed };
    });
}

function fits(id: string, wrappers: readonly WrapperSpec[]): boolean {
  try {
    return rowSize(makeDynamics(id, { wrappers }).observationSpace) < 5000;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * What holds of any stack of wrappers, as tests.
 *
 * @param checks How many stacks are tried, and the seed of the choice.
 */
export function testStacks(checks: { readonly numRuns: number; readonly seed?: number }): void {
  test('is built again from its spec, as JSON, with the same episodes bit for bit', () => {
    fc.assert(
      fc.property(cases(ALL), ({ id, wrappers, seed }) => {
        const env = make(id, { wrappers, seed });
        const again = make(JSON.parse(JSON.stringify(env.spec)), { seed });
        expect(again.spec).toEqual(env.spec);
        expect(env.spec?.wrappers.map(({ name }) => name)).toEqual(wrappers.map((w) => w.name));
        expect(play(again, seed, 60)).toEqual(play(env, seed, 60));
      }),
      checks,
    );
  });

  test('shows only what is in its observation space, and finite rewards', () => {
    fc.assert(
      fc.property(cases(ALL), ({ id, wrappers, seed }) => {
        const env = make(id, { wrappers, seed });
        for (const { observation, reward } of play(env, seed, 60)) {
          expect(contains(env.observationSpace, observation)).toBe(true);
          expect(Number.isFinite(reward)).toBe(true);
        }
      }),
      checks,
    );
  });

  test('does in copy i of a vector what it does alone on stream i', () => {
    fc.assert(
      fc.property(cases(ALL), ({ id, wrappers, seed }) => {
        const world = makeDynamics(id, { wrappers });
        const envs = new VectorEnv(world, { numEnvs: 3, seed });
        const single = [0, 1, 2].map((i) => new DynamicsEnv(world, { seed, stream: `env/${i}` }));
        const choice = new Alea(seed, 'choice');
        const size = rowSize(world.observationSpace);
        const row = new Float32Array(size);
        for (const env of single) env.reset();
        const actions = envs.createActions();
        for (let t = 0; t < 40; t++) {
          const chosen = single.map((env) => chooseAction(env, choice));
          chosen.forEach((action, i) => {
            writeRow<Space>(world.actionSpace, action, actions, i * rowSize(world.actionSpace));
          });
          const transitions = envs.step(actions);
          single.forEach((env, i) => {
            const step = env.step(chosen[i]);
            writeRow<Space>(world.observationSpace, step.observation, row);
            const shown = transitions.nextObservations.subarray(i * size, (i + 1) * size);
            const { rewards, terminated, truncated } = transitions;
            expect([shown, rewards[i], terminated[i] === 1, truncated[i] === 1]).toEqual([
              row,
              step.reward,
              step.terminated,
              step.truncated,
            ]);
            if (step.terminated || step.truncated) env.reset();
          });
        }
      }),
      checks,
    );
  });

  test.each(['rules', 'hand-written'])(
    'goes on from a snapshot in a fresh instance: %s',
    (kind) => {
      fc.assert(
        fc.property(cases(ALL), fc.nat(20), ({ id, wrappers, seed }, steps) => {
          const build = (from: number) =>
            kind === 'rules'
              ? make(id, { wrappers, seed: from })
              : make('ByHand-v0', { wrappers, seed: from, options: { id } });
          if (kind !== 'rules' && !fitsByHand(id, wrappers)) return;
          const env = build(seed);
          play(env, seed, steps);
          const saved = env.snapshot();
          const fresh = build(seed + 1);
          play(fresh, seed + 1, 5);
          fresh.restore(saved);
          expect(fresh.snapshot()).toEqual(saved);
          expect(goOn(fresh, 3)).toEqual(goOn(env, 3));
        }),
        checks,
      );
    },
  );

  test('does around a hand-written env what it does around rules, where it draws nothing', () => {
    fc.assert(
      fc.property(cases(CALM), ({ id, wrappers, seed }) => {
        if (!fitsByHand(id, wrappers) || limitsDiffer(id, wrappers)) return;
        const ruled = make(id, { wrappers, seed });
        const written = make('ByHand-v0', { wrappers, seed, options: { id } });
        expect(written.observationSpace).toEqual(ruled.observationSpace);
        expect(written.actionSpace).toEqual(ruled.actionSpace);
        expect(written.spec?.wrappers).toEqual(ruled.spec?.wrappers);
        expect(play(written, seed, 60)).toEqual(play(ruled, seed, 60));
      }),
      checks,
    );
  });
}

/**
 * Rules have a time limit of so many steps; where a mask cuts some of these short, a hand-written env,
 * which counts inner steps by itself, ends later.
 */
function limitsDiffer(id: string, wrappers: readonly WrapperSpec[]): boolean {
  return (
    id === 'Bytes-v0' && wrappers.some(({ options }) => 'repeats' in options || 'skip' in options)
  );
}

function fitsByHand(id: string, wrappers: readonly WrapperSpec[]): boolean {
  try {
    make('ByHand-v0', { wrappers, options: { id } });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

interface Seen {
  readonly observation: unknown;
  readonly reward: number;
  readonly end: string;
}

/** Some steps from a fresh start on, over several episodes. */
function play(env: Env, seed: number, steps: number): Seen[] {
  const { observation } = env.reset({ seed });
  return [{ observation, reward: 0, end: '' }, ...goOn(env, seed, steps, false)];
}

/** Some steps more; where it may be that no episode is running, it begins one. */
function goOn(env: Env, seed: number, steps = 30, mayHaveEnded = true): Seen[] {
  const choice = new Alea(seed, 'choice');
  const seen: Seen[] = [];
  for (let t = 0; t < steps; t++) {
    const action = chooseAction(env, choice);
    if (t === 0 && mayHaveEnded && !isRunning(env, action)) env.reset();
    const step = env.step(chooseAction(env, choice));
    const { observation, reward, terminated, truncated } = step;
    const end = terminated ? 'terminated' : truncated ? 'truncated' : '';
    seen.push({ observation, reward, end });
    if (end !== '') seen.push({ observation: env.reset().observation, reward: 0, end: '' });
  }
  return seen;
}

function isRunning(env: Env, action: never): boolean {
  const saved = env.snapshot();
  try {
    env.step(action);
  } catch {
    return false;
  }
  env.restore(saved);
  return true;
}

function chooseAction(env: Env, choice: Alea): never {
  const mask = env.actionMask();
  for (;;) {
    const action = sample<Space>(env.actionSpace, choice);
    if (mask === null || mask[action as number] === 1) return action as never;
  }
}
