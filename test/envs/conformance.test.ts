import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { createState, type Dynamics, type StateRow } from '../../core/dynamics.ts';
import { hashRow } from '../../core/hash.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { contains } from '../../core/spaces/contains.ts';
import { countedFromZero, readRow, rowSize } from '../../core/spaces/rows.ts';
import { sample } from '../../core/spaces/sample.ts';
import { makeDynamics } from '../../envs/registry.ts';
import { addRenderObservation } from '../../envs/wrappers/add-render-observation.ts';
import { addWhiteNoise } from '../../envs/wrappers/add-white-noise.ts';
import { atariPreprocessing } from '../../envs/wrappers/atari-preprocessing.ts';
import { wrapperEntries } from '../../envs/wrappers/entries.ts';
import { filterObservation } from '../../envs/wrappers/filter-observation.ts';
import { frameStackObservation } from '../../envs/wrappers/frame-stack-observation.ts';
import { grayscaleObservation } from '../../envs/wrappers/grayscale-observation.ts';
import { obstructView } from '../../envs/wrappers/obstruct-view.ts';
import { resizeObservation } from '../../envs/wrappers/resize-observation.ts';
import { stickyAction } from '../../envs/wrappers/sticky-action.ts';
import { timeAwareObservation } from '../../envs/wrappers/time-aware-observation.ts';
import { dodge } from '../helpers/dodge.ts';
import { everyWorld } from '../helpers/every-world.ts';
import { corridor, pushedPoint } from '../helpers/worlds.ts';
import { fitModel, modelFaults } from './model-check.ts';

/** Every wrapper of rules with its defaults, or what it needs, around a world that it fits. */
const WRAPPED: readonly (readonly [id: string, wrapper: string, options?: object])[] = [
  ['Pendulum-v1', 'action-noise'],
  ['CartPole-v1', 'delayed-reward'],
  ['Acrobot-v1', 'fire-reset'],
  ['Pendulum-v1', 'history'],
  ['Pendulum-v1', 'mask-velocity'],
  ['CartPole-v1', 'noop-reset'],
  ['CartPole-v1', 'delay-observation'],
  ['CliffWalking-v1', 'delay-observation', { delay: 3 }],
  ['MountainCar-v0', 'discretize-observation'],
  ['Acrobot-v1', 'discretize-observation', { bins: 3, multiDiscrete: true }],
  ['FrozenLake-v1', 'dtype-observation', { dtype: 'uint8' }],
  ['FrozenLake-v1', 'flatten-observation'],
  ['CartPole-v1', 'frame-stack-observation'],
  ['Taxi-v4', 'frame-stack-observation', { frames: 2, padding: 'zero' }],
  ['CartPole-v1', 'max-and-skip-observation'],
  ['CartPole-v1', 'max-and-skip-observation', { skip: 3 }],
  ['CartPole-v1', 'normalize-observation'],
  ['Pendulum-v1', 'rescale-observation'],
  ['CartPole-v1', 'reshape-observation', { shape: [2, 2] }],
  ['CartPole-v1', 'time-aware-observation'],
  ['FrozenLake-v1', 'time-aware-observation', { flatten: false, normalizeTime: true }],
  ['MountainCarContinuous-v0', 'clip-action'],
  ['Pendulum-v1', 'discretize-action'],
  ['Pendulum-v1', 'discretize-action', { bins: [7], multiDiscrete: true }],
  ['CartPole-v1', 'repeat-action'],
  ['Pendulum-v1', 'repeat-action', { repeats: 3 }],
  ['Pendulum-v1', 'rescale-action'],
  ['CartPole-v1', 'sticky-action'],
  ['Pendulum-v1', 'sticky-action', { probability: 0.5, duration: [1, 3] }],
  ['Taxi-v4', 'clip-reward'],
  ['Pendulum-v1', 'normalize-reward'],
  ['CartPole-v1', 'time-limit'],
  ['FrozenLake-v1', 'record-episode-statistics'],
  ['Pendulum-v1', 'transform-action', { transform: 'tanh' }],
  ['Pendulum-v1', 'transform-observation', { transform: 'symlog' }],
  ['Pendulum-v1', 'transform-reward', { transform: 'symlog' }],
];

/** Wrappers that need a world of images, or parts, and what they give. */
const WRAPPED_BY_HAND: Readonly<Record<string, Dynamics>> = {
  'filter-observation': filterObservation(timeAwareObservation(pushedPoint(), { flatten: false }), {
    keys: ['time'],
  }),
  'add-render-observation': addRenderObservation(corridor(), { width: 20 }),
  'add-white-noise': addWhiteNoise(corridor()),
  'atari-preprocessing': atariPreprocessing(dodge(), { noopMax: 3, screenSize: 12 }),
  'grayscale-observation': grayscaleObservation(dodge()),
  'obstruct-view': obstructView(corridor()),
  'resize-observation': resizeObservation(dodge(), { shape: [21, 16] }),
};

// Every world in the registry is on this list, and is held to every promise of `Dynamics`.
const WORLDS: Dynamics[] = [
  ...everyWorld().map(([, spec]) => makeDynamics(spec)),
  ...WRAPPED.map(([id, name, options = {}]) =>
    makeDynamics(id, { wrappers: [{ name, options: options as Record<string, unknown> }] }),
  ),
  frameStackObservation(corridor()),
  stickyAction(frameStackObservation(corridor(), { frames: 2 })),
  ...Object.values(WRAPPED_BY_HAND),
  corridor(),
  pushedPoint(),
];

interface Visit {
  readonly state: StateRow;
  readonly observation: Float32Array;
  readonly mask: Uint8Array;
  readonly reward: number;
  readonly terminal: boolean;
}

/** Up to 300 steps of random legal actions, as copies of all that can be seen on the way. */
function wander(world: Dynamics, seed: number): Visit[] {
  const rng = new Alea(seed, 'env/0');
  const choice = new Alea(seed, 'choice');
  const state = createState(world);
  const visits: Visit[] = [];
  const look = (reward: number) => {
    const observation = new Float32Array(rowSize(world.observationSpace));
    const mask = new Uint8Array(
      world.actionSpace.kind === 'discrete' ? world.actionSpace.n : 0,
    ).fill(1);
    world.observe(state, observation);
    world.actionMask?.(state, mask);
    visits.push({
      state: state.slice(),
      observation,
      mask,
      reward,
      terminal: world.isTerminal(state),
    });
  };
  world.reset(state, rng);
  look(0);
  for (let t = 0; t < 300; t++) {
    const { mask, terminal } = visits[visits.length - 1];
    if (terminal) world.reset(state, rng);
    let reward = 0;
    if (!terminal) reward = world.step(state, randomAction(world, mask, choice) as never, rng);
    look(reward);
  }
  return visits;
}

/** All that can be seen on the way in a few letters a step, so that pictures compare fast. */
function story(world: Dynamics, seed: number): string[] {
  return wander(world, seed).map(({ state, observation, mask, reward, terminal }) =>
    [hashRow(state), hashRow(observation), hashRow(mask), reward, terminal].join(' '),
  );
}

function randomAction(world: Dynamics, mask: Uint8Array, rng: Alea): ElementOf<Space> {
  const actionSpace = countedFromZero(world.actionSpace);
  for (;;) {
    const action = sample(actionSpace, rng);
    if (typeof action !== 'number' || mask[action] === 1) return action;
  }
}

describe.each(WORLDS.map((world, i) => [`${i} ${world.name}`, world] as const))(
  '%s',
  (_, world) => {
    test('stays within its observation space, whatever is done in it', () => {
      for (const { observation } of wander(world, 1)) {
        const element = readRow(world.observationSpace, observation);
        expect(contains(world.observationSpace, element)).toBe(true);
      }
    });

    test('gives the same episode for the same seed, and another for another', () => {
      expect(story(world, 2)).toEqual(story(world, 2));
      expect(story(world, 2)).not.toEqual(story(world, 12));
    });

    test('keeps nothing outside the state row', () => {
      for (let seed = 3; seed < 8; seed++) {
        const twin = story(world, seed);
        story(world, seed + 100); // would disturb anything the rules kept to themselves
        expect(story(world, seed)).toEqual(twin);
      }
    });

    test('goes on from a copied row as from the row itself', () => {
      const rng = new Alea(4);
      const choice = new Alea(4, 'choice');
      const state = createState(world);
      world.reset(state, rng);
      for (let t = 0; t < 50 && !world.isTerminal(state); t++) {
        const mask = new Uint8Array(64).fill(1);
        world.actionMask?.(state, mask);
        const action = randomAction(world, mask, choice) as never;
        const copy = state.slice();
        const saved = rng.snapshot();
        const reward = world.step(state, action, rng);
        const again = new Alea(0);
        again.restore(saved);
        expect(world.step(copy, action, again)).toBe(reward);
        expect(copy).toEqual(state);
      }
    });

    test('rewards are finite numbers', () => {
      for (const { reward } of wander(world, 5)) expect(Number.isFinite(reward)).toBe(true);
    });

    test('offers at least one legal action until the end, and writes only 0 and 1', () => {
      for (const { mask, terminal } of wander(world, 6)) {
        expect(mask.every((allowed) => allowed === 0 || allowed === 1)).toBe(true);
        if (!terminal && mask.length > 0) expect(Math.max(...mask)).toBe(1);
      }
    });

    test('can be drawn in every state, without changing it', () => {
      for (const { state } of wander(world, 7).slice(0, 100)) {
        const before = state.slice();
        const scene = world.scene(state);
        expect(state).toEqual(before);
        expect(['grid', 'shapes', 'screen', 'image']).toContain(scene.kind);
        if (scene.kind !== 'grid') continue;
        expect(scene.tiles).toHaveLength(scene.rows * scene.columns);
        for (const { row, column } of scene.tokens) {
          expect(row >= 0 && row < scene.rows && column >= 0 && column < scene.columns).toBe(true);
        }
      }
    });

    test('labels every action, or none', () => {
      const { actionSpace } = world;
      if (!('labels' in actionSpace)) return;
      const expected = actionSpace.kind === 'discrete' ? actionSpace.n : rowSize(actionSpace);
      expect([0, expected]).toContain(actionSpace.labels.length);
    });

    test('has a model whose rows are distributions, where it has one', () => {
      const model = world.model?.();
      if (model !== undefined) expect(modelFaults(model)).toEqual([]);
    });

    // The seeds are fixed: a z of 5 is no bad luck. `test/long/models.test.ts` takes 10⁶ steps.
    test('samples what its explicit model says, where it has one', () => {
      const model = world.model?.();
      if (model === undefined) return;
      const { impossible, ...fit } = fitModel(world, model, 20_000);
      expect(impossible).toEqual([]);
      for (const [what, z] of Object.entries(fit)) expect(z, what).toBeLessThan(5);
    });
  },
);

test('every wrapper of rules is on the list', () => {
  const names = new Set([...WRAPPED.map(([, name]) => name), ...Object.keys(WRAPPED_BY_HAND)]);
  const ruled = wrapperEntries().filter((entry) => 'rules' in entry);
  expect([...names].sort()).toEqual(ruled.map(({ name }) => name).sort());
});
