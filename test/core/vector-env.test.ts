import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import { box, type ElementOf, type Space } from '../../core/space.ts';
import { multiDiscrete, text } from '../../core/spaces/multi.ts';
import { readRow, rowSize, writeRow } from '../../core/spaces/rows.ts';
import { sampleRow } from '../../core/spaces/sample.ts';
import { createVectorColumns, sliceColumns } from '../../core/vector-columns.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { shapeOf } from '../../core/world-shape.ts';
import { cartPole } from '../../envs/control/cart-pole.ts';
import { frozenLake } from '../../envs/tabular/frozen-lake.ts';
import { compound } from '../helpers/compound-world.ts';
import { corridor, corridorFrom, pushedPoint } from '../helpers/worlds.ts';

const WORLDS: Dynamics[] = [cartPole(), frozenLake(), corridor(), pushedPoint()];

/** Random legal actions for every copy, drawn per copy so that they do not depend on its number. */
function randomActions(envs: VectorEnv, rngs: readonly Alea[]): Int32Array | Float32Array {
  const { actionSpace } = envs.dynamics;
  const actions = envs.createActions();
  const size = rowSize(actionSpace);
  for (let i = 0; i < envs.numEnvs; i++) {
    const masks = envs.actionMasks;
    const n = actionSpace.kind === 'discrete' ? actionSpace.n : 0;
    do sampleRow(actionSpace, rngs[i], actions, i * size);
    while (masks && masks[i * n + actions[i]] === 0);
  }
  return actions;
}

const rngsFor = (n: number) => Array.from({ length: n }, (_, i) => new Alea(99, `actions/${i}`));

describe.each(WORLDS.map((world) => [world.name, world] as const))('a vector of %s', (_, world) => {
  test.each([0, 2])('does in copy %i what a single env with the same stream does', (copy) => {
    const envs = new VectorEnv(world, { numEnvs: 3, seed: 4 });
    const single = new DynamicsEnv(world, { seed: 4, stream: `env/${copy}` });
    const rngs = rngsFor(3);
    const size = rowSize(world.observationSpace);
    const row = (matrix: Float32Array) => [...matrix.subarray(copy * size, (copy + 1) * size)];
    const flat = (observation: ElementOf<Space>) => {
      const numbers = new Float32Array(size);
      writeRow(world.observationSpace, observation, numbers);
      return [...numbers];
    };
    expect(row(envs.observations)).toEqual(flat(single.reset().observation));
    for (let t = 0; t < 300; t++) {
      const actions = randomActions(envs, rngs);
      const width = rowSize(world.actionSpace);
      const own = actions.slice(copy * width, (copy + 1) * width);
      const step = single.step(readRow(world.actionSpace, own));
      const transitions = envs.step(actions);
      expect(row(transitions.nextObservations)).toEqual(flat(step.observation));
      expect(transitions.rewards[copy]).toBe(step.reward);
      expect(transitions.terminated[copy] === 1).toBe(step.terminated);
      expect(transitions.truncated[copy] === 1).toBe(step.truncated);
      const now = step.terminated || step.truncated ? single.reset().observation : step.observation;
      expect(row(envs.observations)).toEqual(flat(now));
      const mask = single.actionMask();
      if (mask) {
        const n = mask.length;
        expect(envs.actionMasks?.slice(copy * n, (copy + 1) * n)).toEqual(mask);
      }
    }
  });

  test('goes on from a snapshot with the same bits', () => {
    const envs = new VectorEnv(world, { numEnvs: 2, seed: 1 });
    const rngs = rngsFor(2);
    for (let t = 0; t < 25; t++) envs.step(randomActions(envs, rngs));
    const saved = envs.snapshot();
    const asSaved = structuredClone(saved);
    const other = new VectorEnv(world, { numEnvs: 2, seed: 77 });
    other.restore(saved);
    expect(other.observations).toEqual(envs.observations);
    expect(other.actionMasks).toEqual(envs.actionMasks);
    for (let t = 0; t < 100; t++) {
      const actions = randomActions(envs, rngs);
      expect(structuredClone(other.step(actions))).toEqual(structuredClone(envs.step(actions)));
    }
    expect(saved).toEqual(asSaved); // a copy, which goes its own way
  });
});

describe('a step of a vector', () => {
  test('returns the true successor where an episode ends, and shows the next start', () => {
    const world = corridorFrom(3);
    const envs = new VectorEnv(world, { numEnvs: 1 });
    const transitions = envs.step(Int32Array.of(1));
    expect(transitions.observations[0]).toBe(3);
    expect(transitions.nextObservations[0]).toBe(4);
    expect(transitions.terminated[0]).toBe(1);
    expect(envs.observations[0]).toBe(3);
    expect(envs.finalStates[0][0]).toBe(4);
    expect(envs.elapsed(0)).toBe(0);
  });

  test('gives the masks of the true successor', () => {
    const world = corridorFrom(1);
    const envs = new VectorEnv(world, { numEnvs: 1 });
    const { nextActionMasks } = envs.step(Int32Array.of(0)); // to the wall, where left is illegal
    expect(nextActionMasks).toEqual(Uint8Array.of(0, 1));
    expect(envs.actionMasks).toEqual(Uint8Array.of(0, 1));
  });

  test('never calls a step both terminated and truncated', () => {
    const world = { ...corridorFrom(3), timeLimit: 1 };
    const { terminated, truncated } = new VectorEnv(world).step(Int32Array.of(1));
    expect([terminated[0], truncated[0]]).toEqual([1, 0]);
  });

  test('checks every action before anything moves', () => {
    const envs = new VectorEnv(corridor(), { numEnvs: 3, seed: 2 });
    const before = envs.snapshot();
    expect(() => envs.step(Int32Array.of(1, 1, 2))).toThrow(
      'Corridor: action must be an integer from 0 to 1, got 2 in copy 2.',
    );
    expect(() => envs.step(Int32Array.of(1, 1))).toThrow(
      'VectorEnv.step: actions must have length 3, got 2.',
    );
    expect(envs.snapshot()).toEqual(before);
  });

  test('refuses an action outside the space where none is masked', () => {
    const envs = new VectorEnv(frozenLake(), { numEnvs: 2 });
    for (const action of [-1, 4]) {
      expect(() => envs.step(Int32Array.of(0, action))).toThrow(
        `FrozenLake: action must be an integer from 0 to 3, got ${action} in copy 1.`,
      );
    }
  });

  test('refuses a column that could hold actions that are no integers', () => {
    const envs = new VectorEnv(frozenLake(), { numEnvs: 2 });
    expect(() => envs.step(Float32Array.of(0, 0.5))).toThrow(
      'VectorEnv.step: actions must be an Int32Array, as createActions() makes it, got Float32Array.',
    );
  });

  test('refuses a masked action and says in which copy', () => {
    const world = corridorFrom(0);
    const envs = new VectorEnv(world, { numEnvs: 2 });
    expect(() => envs.step(Int32Array.of(1, 0))).toThrow('action 0 is not legal here in copy 1.');
  });

  test('holds each copy to its own mask', () => {
    const envs = new VectorEnv(corridorFrom(1), { numEnvs: 2 });
    envs.step(Int32Array.of(1, 0)); // copy 1 to the wall, where left is illegal
    expect(() => envs.step(Int32Array.of(0, 0))).toThrow('action 0 is not legal here in copy 1.');
    expect(envs.step(Int32Array.of(0, 1)).nextObservations).toEqual(Float32Array.of(1, 1));
  });

  test('refuses real-valued actions that are not finite', () => {
    const envs = new VectorEnv(pushedPoint(), { numEnvs: 2 });
    expect(() => envs.step(Float32Array.of(0, Number.NaN))).toThrow('finite numbers');
  });
});

describe('a step of a vector whose actions have parts', () => {
  const envs = new VectorEnv(compound(), { numEnvs: 2, seed: 3 });
  const legal = [2, 1, 2, -0.5, 1, 0, 1, 255, 0]; // shift; slow, fast; force, lamps; left, right

  test.each([
    [0, 3, 'action[0] must be an integer from 0 to 2, got 3 in copy 1.'],
    [0, -1, 'action[0] must be an integer from 0 to 2, got -1 in copy 1.'],
    [0, 0.5, 'action[0] must be an integer from 0 to 2, got 0.5 in copy 1.'],
    [1, 2, 'action[1][0] must be an integer from 0 to 1, got 2 in copy 1.'],
    [2, 3, 'action[1][1] must be an integer from 0 to 2, got 3 in copy 1.'],
    [3, Infinity, 'action[2].force[0] must be a number from -1 to 1, got Infinity in copy 1.'],
    [3, 1.5, 'action[2].force[0] must be a number from -1 to 1, got 1.5 in copy 1.'],
    [5, 2, 'action[2].lamps[1] must be an integer from 0 to 1, got 2 in copy 1.'],
    [7, 256, 'action[3][0] must be an integer from 0 to 255, got 256 in copy 1.'],
    [8, Number.NaN, 'action[3][1] must be an integer from 0 to 255, got NaN in copy 1.'],
  ])('refuses number %i as %d, and moves nothing', (k, value, message) => {
    const actions = Float32Array.of(...legal, ...legal);
    const before = envs.snapshot();
    actions[9 + k] = value;
    expect(() => envs.step(actions)).toThrow(`Compound: ${message}`);
    expect(envs.snapshot()).toEqual(before);
  });

  test('holds each number to its own range, where all would fit that of the first', () => {
    const actionSpace = multiDiscrete([3, 2]);
    const world = { ...corridor(), actionMask: undefined, actionSpace, step: () => 0 };
    const copies = new VectorEnv(world as unknown as Dynamics, { numEnvs: 2 });
    copies.step(Int32Array.of(2, 1, 0, 0));
    expect(() => copies.step(Int32Array.of(0, 0, 2, 2))).toThrow(
      'action[1] must be an integer from 0 to 1, got 2 in copy 1.',
    );
  });

  test('reads the parts of a dict in the order of their names', () => {
    // Force 1 and lamps 0, 1, 2 would be legal as lamps 1, 0, 1 and force 2.
    const actions = Float32Array.of(...legal, 2, 1, 2, 1, 0, 1, 2, 255, 0);
    expect(() => envs.step(actions)).toThrow('lamps[2] must be an integer from 0 to 1, got 2');
  });

  test('takes the greatest number of each', () => {
    const { actions } = envs.step(Float32Array.of(...legal, ...legal));
    expect([...actions]).toEqual([...legal, ...legal]);
  });

  test('refuses letters that are none, where parts are checked as wholes', () => {
    const actionSpace = text(2, { charset: 'ab' });
    const spelling = { ...corridor(), actionSpace, step: () => 0 } as unknown as Dynamics;
    const writers = new VectorEnv(spelling, { numEnvs: 2 });
    writers.step(Int32Array.of(1, 2, 2, 0));
    expect(() => writers.step(Int32Array.of(1, 2, 0, 0))).toThrow(
      'action[0] must be an integer from 1 to 2',
    );
    expect(() => writers.step(Int32Array.of(1, 2, 3, 0))).toThrow('in copy 1.');
  });
});

test.each(['float32', 'uint8'] as const)(
  'the rules get actions of a %s box in an array of that type',
  (dtype) => {
    const seen: unknown[] = [];
    const world = {
      ...pushedPoint(),
      actionSpace: box([0, 0], [3, 3], { dtype }),
      step: (_: Float64Array, action: unknown) => seen.push(action),
    };
    const envs = new VectorEnv(world as Dynamics, { numEnvs: 2 });
    const actions = envs.createActions();
    actions.set([1, 2, 3, 0]);
    envs.step(actions);
    const type = dtype === 'uint8' ? Uint8Array : Float32Array;
    expect(seen).toEqual([type.of(1, 2), type.of(3, 0)]);
  },
);

test('what a copy does does not depend on how many run beside it', () => {
  const few = new VectorEnv(cartPole(), { numEnvs: 2, seed: 6 });
  const many = new VectorEnv(cartPole(), { numEnvs: 8, seed: 6 });
  for (let t = 0; t < 200; t++) {
    few.step(new Int32Array(2).fill(t % 2));
    many.step(new Int32Array(8).fill(t % 2));
    expect(many.observations.slice(0, 8)).toEqual(few.observations);
  }
});

describe('copies that are part of a larger vector', () => {
  test.each(['alea', 'gymnasium'] as const)('draw from %s what they draw in the whole', (rng) => {
    const whole = new VectorEnv(cartPole(), { numEnvs: 5, seed: 6, rng });
    const part = new VectorEnv(cartPole(), { numEnvs: 2, firstCopy: 3, seed: 6, rng });
    for (let t = 0; t < 200; t++) {
      expect(part.observations).toEqual(whole.observations.slice(3 * 4));
      part.step(new Int32Array(2).fill(t % 2));
      whole.step(new Int32Array(5).fill(t % 2));
    }
    expect(() => new VectorEnv(cartPole(), { firstCopy: -1 })).toThrow(
      'VectorEnv: firstCopy must be an integer of at least 0, got -1.',
    );
  });

  test.each(WORLDS.map((world) => [world.name, world] as const))(
    'may keep their numbers in its columns: %s',
    (_, world) => {
      const whole = new VectorEnv(world, { numEnvs: 5, seed: 6 });
      const columns = createVectorColumns(shapeOf(world), 5);
      const part = (firstCopy: number, numEnvs: number) => {
        const slice = sliceColumns(columns, 5, firstCopy, numEnvs);
        return { slice, envs: new VectorEnv(world, { numEnvs, firstCopy, seed: 6 }, slice) };
      };
      const parts = [part(0, 2), part(2, 3)];
      const rngs = rngsFor(5);
      for (let t = 0; t < 100; t++) {
        expect(columns.observations).toEqual(whole.observations);
        expect(columns.actionMasks).toEqual(whole.actionMasks);
        const actions = randomActions(whole, rngs);
        columns.transitions.actions.set(actions);
        for (const { slice, envs } of parts) {
          expect(envs.step(slice.transitions.actions)).toBe(slice.transitions);
        }
        expect(columns.transitions).toEqual(whole.step(actions));
        expect([...columns.elapsed]).toEqual([0, 1, 2, 3, 4].map((i) => whole.elapsed(i)));
        expect([...columns.states]).toEqual(whole.states.flatMap((state) => [...state]));
        expect([...columns.finalStates]).toEqual(whole.finalStates.flatMap((row) => [...row]));
      }
    },
  );
});

test('refuses a bad number of copies and a snapshot of another world', () => {
  expect(() => new VectorEnv(corridor(), { numEnvs: 0 })).toThrow('numEnvs must be an integer');
  expect(() => new VectorEnv(corridor(), { numEnv: 2 } as never)).toThrow(
    'Did you mean "numEnvs"?',
  );
  const envs = new VectorEnv(corridor(), { numEnvs: 2 });
  const before = envs.snapshot();
  expect(() => envs.restore(new VectorEnv(corridor(), { numEnvs: 3 }).snapshot())).toThrow(
    'copies must have length 2, got 3',
  );
  expect(() => envs.restore(new VectorEnv(cartPole(), { numEnvs: 2 }).snapshot())).toThrow(
    'expected data of Corridor',
  );
  expect(envs.snapshot()).toEqual(before);
});
