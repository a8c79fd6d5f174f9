import { describe, expect, test } from 'vitest';
import type { Dynamics } from '../../../core/dynamics.ts';
import { DynamicsEnv } from '../../../core/dynamics-env.ts';
import type { Env } from '../../../core/env.ts';
import { box, discrete, type Space } from '../../../core/space.ts';
import { dict, sequence, tuple } from '../../../core/spaces/composite.ts';
import { describeSpace } from '../../../core/spaces/describe.ts';
import { multiBinary, multiDiscrete, text } from '../../../core/spaces/multi.ts';
import { rowSize } from '../../../core/spaces/rows.ts';
import { cartPole } from '../../../envs/control/cart-pole.ts';
import { pendulum } from '../../../envs/control/pendulum.ts';
import { make } from '../../../envs/registry.ts';
import { frozenLake } from '../../../envs/tabular/frozen-lake.ts';
import { delayObservation } from '../../../envs/wrappers/delay-observation.ts';
import { discretizeObservation } from '../../../envs/wrappers/discretize-observation.ts';
import { dtypeObservation } from '../../../envs/wrappers/dtype-observation.ts';
import { filterObservation } from '../../../envs/wrappers/filter-observation.ts';
import { flattenObservation } from '../../../envs/wrappers/flatten-observation.ts';
import { frameStackObservation } from '../../../envs/wrappers/frame-stack-observation.ts';
import { maxAndSkipObservation } from '../../../envs/wrappers/max-and-skip-observation.ts';
import { normalizeObservation } from '../../../envs/wrappers/normalize-observation.ts';
import { rescaleObservation } from '../../../envs/wrappers/rescale-observation.ts';
import { reshapeObservation } from '../../../envs/wrappers/reshape-observation.ts';
import { timeAwareObservation } from '../../../envs/wrappers/time-aware-observation.ts';
import { timeLimit } from '../../../envs/wrappers/time-limit.ts';
import { transformObservation } from '../../../envs/wrappers/transform.ts';
import { hideDynamics } from '../../helpers/hand-written.ts';
import { ticker } from './ticker.ts';

/** The ticker, showing a fixed row as an element of some space. */
function showing(observationSpace: Space, row: readonly number[]): Dynamics {
  return {
    ...(ticker() as Dynamics),
    name: 'Picture',
    observationSpace,
    observe: (_, observation) => observation.set(row),
  };
}

/** What an env shows at first, and after each action. */
function watch(world: Dynamics, actions: readonly number[]): unknown[] {
  const env: Env = new DynamicsEnv(world);
  const first = env.reset().observation;
  return [first, ...actions.map((action) => env.step(action as never).observation)];
}

const f32 = (...numbers: number[]) => Float32Array.from(numbers);

describe('frame-stack-observation', () => {
  test('shows the last observations, the oldest first, and the first one in place of earlier ones', () => {
    const world = frameStackObservation(ticker(), { frames: 3 });
    expect(describeSpace(world.observationSpace)).toBe('Box(3×2)');
    expect(watch(world, [2, 1, 0])).toEqual([
      f32(0, 0, 0, 0, 0, 0),
      f32(0, 0, 0, 0, 1, 2),
      f32(0, 0, 1, 2, 2, 1),
      f32(1, 2, 2, 1, 3, 0),
    ]);
  });

  test('forgets the last episode', () => {
    const env = new DynamicsEnv(frameStackObservation(ticker(), { frames: 2 }));
    env.reset();
    env.step(2);
    expect(env.reset().observation).toEqual(f32(0, 0, 0, 0));
  });

  test('shows an observation of one’s choice in place of earlier ones', () => {
    const padding = [9, 1];
    const env = hideDynamics(ticker());
    const stacked = frameStackObservation(env, { frames: 3, padding });
    expect(stacked.reset({ seed: 1 }).observation).toEqual(f32(9, 1, 9, 1, 0, 0));
    expect(stacked.step(1).observation).toEqual(f32(9, 1, 0, 0, 1, 1));
  });

  test('stacks each part of a dict by itself, and integers into arrays of them', () => {
    const space = dict({
      b: discrete(4, { start: 3 }),
      a: tuple([box([1], [2]), multiBinary(2), multiDiscrete([2, 5])]),
    });
    const world = frameStackObservation(showing(space, [1.5, 0, 1, 1, 4, 2]), {
      frames: 2,
      padding: 'zero',
    });
    expect(describeSpace(world.observationSpace)).toBe(
      'Dict(a: Tuple(Box(2×1), MultiBinary(2×2), MultiDiscrete(2, 5, 2, 5)), b: MultiDiscrete(4, 4))',
    );
    expect(watch(world, [])).toEqual([
      {
        // Of 1 to 2 the number nearest to zero is 1; zero counted from 3 is 3.
        a: [f32(1, 1.5), Uint8Array.of(0, 0, 0, 1), Int32Array.of(0, 0, 1, 4)],
        b: Int32Array.of(3, 5),
      },
    ]);
  });

  test('moves great frames as it moves small ones', () => {
    const wide = transformObservation(
      ticker(),
      ([time]: Float32Array) => new Float32Array(40).fill(time),
      box(new Float32Array(40), new Float32Array(40).fill(9)),
    );
    const shown = watch(frameStackObservation(wide, { frames: 4 }), [0, 0, 0, 0]);
    const times = (shown as Float32Array[]).map((row) => [0, 40, 80, 159].map((i) => row[i]));
    expect(times.slice(2)).toEqual([
      [0, 0, 1, 2],
      [0, 1, 2, 3],
      [1, 2, 3, 4],
    ]);
  });

  test('remembers screens as bytes', () => {
    const screen = showing(
      box(new Float32Array(100), new Float32Array(100).fill(255), {
        shape: [10, 10],
        dtype: 'uint8',
      }) as Space,
      new Array(100).fill(7),
    );
    const world = frameStackObservation(screen, { frames: 4 });
    expect([world.stateSize, world.stateKind]).toEqual([8 + 400, 'uint8']);
    expect(watch(world, [1])[1]).toEqual(new Uint8Array(400).fill(7));
  });
});

describe('delay-observation', () => {
  test('shows what was to be seen so many steps ago, and zeros until then', () => {
    expect(watch(delayObservation(ticker(), { delay: 2 }), [2, 1, 0])).toEqual([
      f32(0, 0),
      f32(0, 0),
      f32(0, 0),
      f32(1, 2),
    ]);
    expect(watch(delayObservation(ticker(), { delay: 0 }), [2])).toEqual([f32(0, 0), f32(1, 2)]);
    const high = showing(box([3], [4]), [4]);
    expect(watch(delayObservation(high), [1])).toEqual([f32(3), f32(4)]);
  });
});

describe('max-and-skip-observation', () => {
  test('takes an action several times, sums rewards, and shows the maximum of the last two', () => {
    const env = new DynamicsEnv(maxAndSkipObservation(ticker({ end: 99 }), { skip: 3 }));
    env.reset();
    expect(env.step(2)).toMatchObject({ observation: f32(3, 2), reward: 21 + 22 + 23 });
    expect(env.step(1)).toMatchObject({ observation: f32(6, 1), reward: 14 + 15 + 16 });
    const falling = transformObservation(
      ticker(),
      ([t, a]: Float32Array) => f32(9 - t, a),
      box([0, 0], [9, 2]),
    );
    expect(watch(maxAndSkipObservation(falling, { skip: 2 }), [1, 1])).toEqual([
      f32(9, 0),
      f32(8, 1), // of 8 and 7
      f32(6, 1), // of 6 and 5
    ]);
  });

  test('shows what it saw in a step that ends early, and stops there', () => {
    const falling = transformObservation(
      ticker({ end: 4 }),
      ([t, a]: Float32Array) => f32(9 - t, a),
      box([0, 0], [9, 2]),
    );
    const env = new DynamicsEnv(maxAndSkipObservation(falling, { skip: 3 }));
    env.reset();
    env.step(1);
    expect(env.step(2)).toMatchObject({ observation: f32(5, 2), reward: 24, terminated: true });
  });

  test('lets the time limit count inner steps, also where they do not divide it', () => {
    const ends = (limit: number) => {
      const env = new DynamicsEnv(
        maxAndSkipObservation(ticker({ end: 99, timeLimit: limit }), { skip: 3 }),
      );
      env.reset();
      return Array.from({ length: 2 }, () => {
        const { observation, truncated } = env.step(0);
        return [observation[0], truncated];
      });
    };
    expect(ends(4)).toEqual([
      [3, false],
      [4, true],
    ]);
    expect(ends(5)).toEqual([
      [3, false],
      [5, true],
    ]);
    expect(ends(6)).toEqual([
      [3, false],
      [6, true],
    ]);
    expect(ends(7)).toEqual([
      [3, false],
      [6, false],
    ]);
  });
});

describe('dtype-observation', () => {
  test('shows integers as people see them, as an array', () => {
    const world = dtypeObservation(showing(discrete(4, { start: 3 }), [2]), { dtype: 'uint8' });
    expect(world.observationSpace).toEqual(box([3], [6], { shape: [], dtype: 'uint8' }));
    expect(watch(world, [])).toEqual([Uint8Array.of(5)]);
    const pair = showing(multiDiscrete([2, 5], { start: [-1, 0], shape: [2] }), [1, 4]);
    expect(watch(dtypeObservation(pair), [])).toEqual([f32(0, 4)]);
    const bits = dtypeObservation(showing(multiBinary(2), [1, 0]), { dtype: 'int32' });
    expect(bits.observationSpace).toEqual(box([0, 0], [1, 1], { dtype: 'int32' }));
  });

  test('cuts fractions off, towards zero', () => {
    const space = box([-1.5, 0], [1.5, 300.5]);
    const world = dtypeObservation(showing(space, [-1.5, 2.9]), { dtype: 'int32' });
    expect(world.observationSpace).toEqual(box([-1, 0], [1, 300], { dtype: 'int32' }));
    expect(watch(world, [])).toEqual([Int32Array.of(-1, 2)]);
    const small = dtypeObservation(showing(space, [-0.9, 0]), { dtype: 'int32' });
    const row = new Float32Array(2);
    small.observe(new Uint8Array(3), row);
    expect(row).toEqual(f32(0, 0)); // and not −0
  });
});

describe('filter-observation', () => {
  const space = dict({ c: box([0], [9]), a: box([0, 0], [9, 9]), b: discrete(7) });
  test('keeps parts of a dict, in the order of their names', () => {
    const world = filterObservation(showing(space, [1, 2, 3, 4]), { keys: ['c', 'a'] });
    expect(describeSpace(world.observationSpace)).toBe('Dict(a: Box(2), c: Box(1))');
    expect(watch(world, [])).toEqual([{ a: f32(1, 2), c: f32(4) }]);
  });

  test('keeps parts of a tuple, in the order of the keys', () => {
    const pair = tuple([box([0, 0], [9, 9]), discrete(7), box([0], [9])]);
    const world = filterObservation(showing(pair, [1, 2, 3, 4]), { keys: [2, 0] });
    expect(watch(world, [])).toEqual([[f32(4), f32(1, 2)]]);
  });
});

describe('flatten-observation', () => {
  test('writes integers as ones among zeros, letters from 0, numbers as they are', () => {
    const space = dict({
      b: discrete(3, { start: 5 }),
      a: tuple([box([0, -1], [9, 9]), multiBinary(2), multiDiscrete([2, 3])]),
      c: text(3, { charset: 'xyz' }),
    });
    const world = flattenObservation(showing(space, [4, 5, 0, 1, 1, 2, 1, 3, 1, 0]));
    const shown = [4, 5, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 2, 0, 3];
    expect(watch(world, [])).toEqual([f32(...shown)]);
    expect(world.observationSpace.high).toEqual(f32(9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3));
    expect(world.observationSpace.low[1]).toBe(-1);
  });

  test('keeps the element type where there is one', () => {
    const dtype = (space: Space) => flattenObservation(showing(space, [])).observationSpace.dtype;
    expect(dtype(box([0], [255], { dtype: 'uint8' }) as Space)).toBe('uint8');
    expect(dtype(discrete(3))).toBe('int32');
    expect(dtype(tuple([multiBinary(3), multiBinary(1)]))).toBe('uint8');
    expect(dtype(tuple([multiBinary(3), discrete(3)]))).toBe('float32');
  });

  test('writes one of several after its number, and fills up with its first number', () => {
    const space = { kind: 'one-of', spaces: [box([-2], [2]), discrete(4)] } as const;
    const world = flattenObservation(showing(space as Space, [0, -1.5]));
    expect(watch(world, [])).toEqual([f32(0, -1.5, -1.5, -1.5, -1.5)]);
    const used = f32(9, 9, 9, 9, 9);
    world.observe(new Uint8Array(3), used);
    expect(used).toEqual(f32(0, -1.5, -1.5, -1.5, -1.5));
    const other = flattenObservation(showing(space as Space, [1, 2]));
    expect(watch(other, [])).toEqual([f32(1, 0, 0, 1, 0)]);
    expect([...other.observationSpace.low]).toEqual([0, -2, -2, -2, -2]);
    expect([...other.observationSpace.high]).toEqual([1, 2, 2, 2, 2]);
  });
});

describe('flatten-observation of lists', () => {
  test('writes how many there are, the items, and zeros', () => {
    const space = sequence(discrete(2), { maxLength: 2 });
    const world = flattenObservation(showing(space, [1, 1, 0]));
    expect(watch(world, [])).toEqual([f32(1, 0, 1, 0, 0)]);
    expect([...world.observationSpace.high]).toEqual([2, 1, 1, 1, 1]);
  });
});

describe('rescale-observation', () => {
  test('maps bounds onto bounds, shifts where there is one, and leaves the rest', () => {
    const space = box([0, 0, -Infinity, -Infinity], [4, Infinity, 2, Infinity]);
    const world = rescaleObservation(showing(space, [1, 5, 1, 7]), {
      min: [-1, 10, null, null],
      max: [1, null, 0, null],
    });
    expect([...world.observationSpace.low]).toEqual([-1, 10, -Infinity, -Infinity]);
    expect([...world.observationSpace.high]).toEqual([1, Infinity, 0, Infinity]);
    expect(watch(world, [])).toEqual([f32(-0.5, 15, -1, 7)]);
  });

  test('stays within the new bounds whatever the rounding', () => {
    for (const x of [0.1, 0.7, 1 / 3]) {
      const world = rescaleObservation(showing(box([-x], [x]), [Math.fround(x)]), {
        min: 0,
        max: x,
      });
      expect(watch(world, [])).toEqual([f32(x)]);
    }
  });
});

test('reshape-observation keeps the elements in their order, and labels', () => {
  const world = reshapeObservation(ticker(), { shape: [2, 1, 1] });
  expect(world.observationSpace).toMatchObject({ shape: [2, 1, 1], labels: ['time', 'action'] });
  expect(watch(world, [2])).toEqual([f32(0, 0), f32(1, 2)]);
  expect(reshapeObservation(world).observationSpace.shape).toEqual([2]);
});

describe('time-aware-observation', () => {
  const limited = () => ticker({ end: 99, timeLimit: 4 });

  test('adds the number of steps to what is shown', () => {
    const world = timeAwareObservation(limited());
    expect(watch(world, [2, 1])).toEqual([f32(0, 0, 0), f32(1, 2, 1), f32(2, 1, 2)]);
    expect(world.observationSpace).toMatchObject({ low: f32(0, 0, 0), high: f32(255, 2, 4) });
    const share = timeAwareObservation(limited(), { normalizeTime: true });
    expect(watch(share, [2])).toEqual([f32(0, 0, 0), f32(1, 2, 0.25)]);
  });

  test('counts from the beginning of each episode', () => {
    const env = new DynamicsEnv(timeAwareObservation(limited()));
    env.reset();
    env.step(1);
    expect(env.reset().observation).toEqual(f32(0, 0, 0));
  });

  test('makes parts of it: a dict’s by name, a tuple’s last', () => {
    const parts = { flatten: false, timeKey: 'b', steps: 9 };
    expect(watch(timeAwareObservation(limited(), parts), [1])).toEqual([
      { b: Int32Array.of(0), obs: f32(0, 0) },
      { b: Int32Array.of(1), obs: f32(1, 1) },
    ]);
    const space = dict({ a: box([0, 0], [9, 9]), c: discrete(7) });
    expect(watch(timeAwareObservation(showing(space, [1, 2, 3]), parts), [1])[1]).toEqual({
      a: f32(1, 2),
      b: Int32Array.of(1),
      c: 3,
    });
    const pair = tuple([discrete(7), box([0], [9])]);
    expect(watch(timeAwareObservation(showing(pair, [1, 2]), parts), [1])[1]).toEqual([
      1,
      f32(2),
      Int32Array.of(1),
    ]);
  });

  test('knows the limit that a wrapper inside it sets', () => {
    const world = timeAwareObservation(timeLimit(limited(), { steps: 8 }), { normalizeTime: true });
    expect(watch(world, [2])[1]).toEqual(f32(1, 2, 0.125));
  });

  test('shows no more than its limit where a longer one is set around it', () => {
    const world = timeLimit(timeAwareObservation(limited()), { steps: 6 });
    expect(watch(world, [0, 0, 0, 0, 0])[5]).toEqual(f32(5, 0, 4));
  });
});

describe('normalize-observation', () => {
  test('subtracts the mean and divides by the deviation of all that was shown, this one included', () => {
    const world = normalizeObservation(ticker({ end: 99 }), { epsilon: 1e-2 });
    const seen = watch(world, [2]) as Float32Array[];
    // Begins with the weight of 10⁻⁴ vectors of mean 0 and variance 1; then 0 and 1, and 0 and 2.
    const count = 2 + 1e-4;
    for (const [i, x] of [1, 2].entries()) {
      const mean = x / count;
      const variance = (1e-4 + x * x) / count - mean * mean;
      expect(seen[1][i]).toBeCloseTo((x - mean) / Math.sqrt(variance + 1e-2), 5);
    }
  });

  test('goes on gathering across episodes, and is saved with the state', () => {
    const env = new DynamicsEnv(normalizeObservation(ticker({ end: 99 })));
    env.reset();
    env.step(2);
    const saved = env.snapshot();
    const first = env.step(2).observation;
    env.reset();
    expect(env.step(2).observation).not.toEqual(f32(1, 1));
    expect(env.reset().observation).not.toEqual(f32(0, 0));
    env.restore(saved);
    expect(env.step(2).observation).toEqual(first);
  });

  test('holds the statistics fixed on demand: those of a snapshot, or none', () => {
    const trained = new DynamicsEnv(normalizeObservation(ticker({ end: 99 })));
    trained.reset();
    for (let t = 0; t < 10; t++) trained.step(1);
    const held = new DynamicsEnv(normalizeObservation(ticker({ end: 99 }), { update: false }));
    expect(held.reset().observation).toEqual(f32(0, 0));
    expect(held.step(2).observation).toEqual(f32(1, 2));
    held.restore(trained.snapshot());
    const first = held.reset().observation;
    held.step(2);
    expect(held.reset().observation).toEqual(first);
    expect(first[0]).toBeLessThan(-1); // 0 of 0 … 10
  });
});

describe('transform-observation', () => {
  test('applies a function to what people see', () => {
    const space = dict({ half: box([0], [200]) });
    const env = transformObservation(
      make('FrozenLake-v1'),
      (cell: number) => ({ half: f32(cell / 2) }),
      space,
    );
    expect(env.reset().observation).toEqual({ half: f32(0) });
    expect(env.spec?.wrappers).toEqual([
      { name: 'transform-observation', options: { transform: null } },
    ]);
    expect(() => make(env.spec as never)).toThrow(
      'transform-observation: a spec cannot hold a function, and this one has no name. Give it one with registerTransform; known: symlog.',
    );
  });

  test('refuses what is not in the space that was promised', () => {
    const env = new DynamicsEnv(transformObservation(cartPole(), () => f32(1)));
    expect(() => env.reset()).toThrow(
      'transform-observation: what the function gives must be a list of 4 numbers, got 1.',
    );
  });

  test('finds functions by name', () => {
    const world = transformObservation(ticker(), 'symlog');
    expect((watch(world, [2])[1] as Float32Array)[1]).toBeCloseTo(Math.log(3), 6);
    expect(() => transformObservation(ticker(), 'simlog')).toThrow(
      'transform-observation: transform must be one of symlog, got "simlog". Did you mean "symlog"?',
    );
  });
});

describe('a wrapper that does not fit says what it needs, and what the world has', () => {
  const endless: Dynamics = showing(sequence(discrete(3)), []);
  const words = showing(text(3), [1, 2, 3]);
  const lake = frozenLake() as Dynamics;
  const cart = cartPole() as Dynamics;
  test.each([
    [
      () => frameStackObservation(words),
      'frame-stack-observation: Picture must have observations that are numbers or arrays, or tuples or dicts of these, got Text(1 to 3).',
    ],
    [
      () => frameStackObservation(endless),
      'frame-stack-observation: Picture must have observations that are of one length, got Sequence(Discrete(3)).',
    ],
    [() => frameStackObservation(cart, { frames: 0 }), 'frames must be an integer of at least 1'],
    [
      () => frameStackObservation(cart, { frames: 1e9 }),
      'frame-stack-observation: it must hold at most 16777216 numbers of CartPole, got 4000000000.',
    ],
    [() => delayObservation(cart, { delay: 1e9 }), 'it must hold at most 16777216 numbers'],
    [
      () => flattenObservation(showing(multiDiscrete([2 ** 24, 2]), [0, 0])),
      'it must hold at most 16777216 numbers of Picture, got 16777218.',
    ],
    [
      () => timeAwareObservation(showing(discrete(2 ** 24), [0]), { steps: 5 }),
      'it must hold at most 16777216 numbers',
    ],
    [
      () => frameStackObservation(cart, { padding: [1, 2] as never }),
      'padding must be reset, zero or an observation, got [1, 2].',
    ],
    [
      () => delayObservation(cart, { delay: -1 }),
      'delay must be an integer of at least 0, got -1.',
    ],
    [() => delayObservation(endless), 'Picture must have observations that are of one length'],
    [
      () => discretizeObservation(cart),
      'discretize-observation: CartPole must have observations with finite bounds, got -Infinity to Infinity at element 1. Give low and high.',
    ],
    [
      () => dtypeObservation(cart, { dtype: 'uint16' as never }),
      'dtype must be one of float32, uint8',
    ],
    [
      () => dtypeObservation(cart, { dtype: 'uint8' }),
      'dtype-observation: CartPole must have observations within 0 to 255 for dtype uint8, got bounds',
    ],
    [() => dtypeObservation(words), 'must have observations that are numbers or arrays of them'],
    [() => filterObservation(cart, { keys: ['x'] }), 'a Dict or a Tuple, got Box(4).'],
    [
      () => filterObservation(showing(dict({ a: discrete(2) }), [0]), { keys: ['A'] }),
      'filter-observation: keys must be of Picture\'s parts a, got "A". Did you mean "a"?',
    ],
    [
      () => filterObservation(showing(dict({ a: discrete(2) }), [0])),
      "keys must be a list of at least one of Picture's parts a, got [].",
    ],
    [
      () => filterObservation(showing(tuple([discrete(2)]), [0]), { keys: [0, 0] }),
      'keys must name each part once, got 0 twice.',
    ],
    [
      () => flattenObservation(showing(sequence(discrete(3)), [])),
      'flatten-observation: Picture must have observations that are of one length, got Sequence(Discrete(3)).',
    ],
    [() => maxAndSkipObservation(lake), 'FrozenLake must have observations that are arrays'],
    [
      () => maxAndSkipObservation(cart, { skip: 1 }),
      'skip must be an integer of at least 2, got 1.',
    ],
    [() => normalizeObservation(lake), 'FrozenLake must have observations that are arrays'],
    [() => normalizeObservation(cart, { epsilon: 0 }), 'epsilon must be a finite number above 0'],
    [() => rescaleObservation(lake), 'FrozenLake must have observations that are a Box'],
    [
      () => rescaleObservation(cart),
      'rescale-observation: min[1] must be infinite where the bound that it replaces is, and only there, got -1 for -Infinity. Give null to keep a bound.',
    ],
    [
      () => rescaleObservation(pendulum(), { min: 2 }),
      'rescale-observation: min[0] = 2 must not be above max[0] = 1.',
    ],
    [() => rescaleObservation(pendulum(), { min: [1, 2] }), 'min must be a number or a list of 3'],
    [
      () => rescaleObservation(showing(box([1], [1]), [1])),
      'element 0 is always 1, which has no range to rescale.',
    ],
    [
      () => reshapeObservation(cart, { shape: [3, 2] }),
      'reshape-observation: shape must be a list of extents with product 4, the number of elements that CartPole shows, got [3, 2].',
    ],
    [
      () => timeAwareObservation(ticker()),
      'time-aware-observation: Ticker must have a time limit, got none. Give steps, or wrap it in a time-limit first.',
    ],
    [
      () => timeAwareObservation(cart, { timeKey: 'obs' }),
      'timeKey must be none of the parts that CartPole shows, got "obs".',
    ],
  ])('%#', (build, message) => {
    expect(build).toThrow(RangeError);
    expect(build).toThrow(message);
  });
});

test('rows of the wrapped worlds are as long as their spaces say', () => {
  expect(rowSize(flattenObservation(frozenLake()).observationSpace)).toBe(16);
});
