import { describe, expect, expectTypeOf, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { GridScene } from '../../core/scene.ts';
import { type Box, box, type Discrete, discrete, type Space } from '../../core/space.ts';
import { dict, graph, oneOf, sequence, tuple } from '../../core/spaces/composite.ts';
import { multiBinary, multiDiscrete, text } from '../../core/spaces/multi.ts';
import { sample } from '../../core/spaces/sample.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { identity } from '../../envs/diagnostics/identity.ts';
import { make, makeDynamics } from '../../envs/registry.ts';

const KINDS = [
  'MultiDiscrete',
  'MultiBinary',
  'Text',
  'Dict',
  'Tuple',
  'OneOf',
  'Sequence',
  'Graph',
].map((kind) => `Identity${kind}-v0`);

/** The reward of `action` for `shown`, both elements of the space. */
function rewardFor<S extends Space>(space: S, shown: unknown, action: unknown): number {
  const world = identity(space);
  const env = new DynamicsEnv(world as Dynamics);
  const row = new Float64Array(world.stateSize);
  const copy = new DynamicsEnv(identity(space) as Dynamics, { seed: 3 });
  // An action that is taken stands in the state row, in the third of four places.
  const size = (world.stateSize - 1) / 3;
  copy.reset();
  copy.step(shown as never);
  const { state } = copy.snapshot() as unknown as { state: Float64Array };
  row.set(state.subarray(2 * size, 3 * size));
  const { observation } = env.reset({ options: { state: row } });
  expect(observation).toEqual(shown);
  return env.step(action as never).reward;
}

describe.each(KINDS)('%s', (id) => {
  test('gives 1 each step to who does what is shown: the best return is its time limit', () => {
    const env = make(id as string);
    let { observation } = env.reset({ seed: 1 });
    for (let t = 1; t <= 100; t++) {
      const step = env.step(observation);
      expect(step).toMatchObject({ reward: 1, terminated: false, truncated: t === 100 });
      observation = step.observation;
    }
  });

  test('draws what to do in one line of cells, and below it what was done for what', () => {
    const env = make(id as string);
    const { observation } = env.reset({ seed: 2 });
    const before = env.scene() as GridScene;
    expect([before.rows, before.caption?.startsWith('do ')]).toEqual([1, true]);
    env.step(observation);
    const after = env.scene() as GridScene;
    expect(after.rows).toBe(3);
    expect(after.tiles).not.toContain('hole');
    const columns = before.columns;
    expect(after.labels?.slice(columns, 2 * columns)).toEqual(before.labels);
    expect(after.labels?.slice(2 * columns)).toEqual(before.labels);
  });

  test('has a time limit of its own', () => {
    expect(makeDynamics(id).timeLimit).toBe(100);
    expect(makeDynamics(id, { options: { timeLimit: 7 } }).timeLimit).toBe(7);
    expect(() => makeDynamics(id, { options: { timeLimit: 0 } })).toThrow(
      'timeLimit must be an integer of at least 1, got 0.',
    );
  });
});

describe('random actions earn on average', () => {
  // A list's length is k ≥ 1 with chance (¼)(¾)ᵏ⁻¹, at most 4; then each of its items is right by 1/3.
  const lengths = [0.25, 0.25 * 0.75, 0.25 * 0.75 ** 2, 0.75 ** 3];
  const lists = lengths.reduce((sum, p, i) => sum + (p * p) / 3 ** (i + 1), 0);

  test.each([
    ['IdentityMultiDiscrete-v0', 1 / 24],
    ['IdentityMultiBinary-v0', 1 / 8],
    ['IdentityText-v0', (1 / 4) * (1 / 3 + 1 / 9)],
    ['IdentityDict-v0', 1 / 3 - 4 / 3],
    ['IdentityTuple-v0', 1 / 3 - 4 / 3],
    ['IdentitySequence-v0', lists],
  ])('in %s %f', (id, expected) => {
    const world = makeDynamics(id);
    const [rng, choice] = [new Alea(5), new Alea(5, 'choice')];
    const state = new Float64Array(world.stateSize);
    world.reset(state, rng);
    let total = 0;
    for (let t = 0; t < 20_000; t++) {
      total += world.step(state, sample(world.actionSpace, choice) as never, rng);
    }
    expect(Math.abs(total / 20_000 - expected)).toBeLessThan(0.02);
  });
});

describe('the reward of identity', () => {
  const unit = box(-1, 1, { shape: [2] });
  const parts = dict({ number: discrete(3), pair: tuple([multiBinary(2), unit]) });
  const lists = sequence(tuple([discrete(2), box(-1, 1)]), { maxLength: 3 });
  const choice = oneOf([discrete(3), unit]);
  const net = graph(discrete(2), unit, { maxNodes: 3, maxEdges: 2 });
  const f32 = (...numbers: number[]) => Float32Array.from(numbers);
  const i32 = (...numbers: number[]) => Int32Array.from(numbers);
  const pair = (bits: number[], ...reals: number[]) => [Uint8Array.from(bits), f32(...reals)];
  const net2 = { nodes: [1, 0], edges: [f32(0.5, 0)], edgeLinks: i32(0, 1) };

  test.each([
    [discrete(3), 2, 2, 1],
    [discrete(3), 2, 0, 0],
    [discrete(3, { start: 5 }), 7, 7, 1],
    [discrete(3, { start: 5 }), 7, 5, 0],
    [multiDiscrete([3, 4], { start: [1, -2] }), i32(3, -2), i32(3, -2), 1],
    [multiDiscrete([3, 4], { start: [1, -2] }), i32(3, -2), i32(3, -1), 0],
    [multiBinary([2, 2]), Uint8Array.of(0, 1, 1, 0), Uint8Array.of(0, 1, 1, 0), 1],
    [multiBinary([2, 2]), Uint8Array.of(0, 1, 1, 0), Uint8Array.of(1, 1, 1, 0), 0],
    [text(3), 'abc', 'abc', 1],
    [text(3), 'abc', 'ab', 0],
    [text(3), 'ab', 'abc', 0],
    [unit, f32(0.5, -0.5), f32(0.5, -0.5), 0],
    [unit, f32(0.5, -0.5), f32(0, 0.5), -1.25],
    [parts, { number: 1, pair: pair([0, 1], 0, 1) }, { number: 1, pair: pair([0, 1], 0, 1) }, 1],
    [
      parts,
      { number: 1, pair: pair([0, 1], 0, 1) },
      { number: 1, pair: pair([0, 1], 0, 0.5) },
      0.75,
    ],
    [
      parts,
      { number: 1, pair: pair([0, 1], 0, 1) },
      { number: 2, pair: pair([0, 1], 0, 0.5) },
      -0.25,
    ],
    [parts, { number: 1, pair: pair([0, 1], 0, 1) }, { number: 1, pair: pair([1, 1], 0, 1) }, 0],
    [lists, [[1, f32(0.5)]], [[1, f32(0.5)]], 1],
    [lists, [[1, f32(0.5)]], [[1, f32(0)]], 0.75],
    [lists, [[1, f32(0.5)]], [[0, f32(0.5)]], 0],
    [
      lists,
      [[1, f32(0.5)]],
      [
        [1, f32(0.5)],
        [0, f32(0)],
      ],
      0,
    ], // another length is wrong
    [lists, [[1, f32(0.5)]], [], -0.25], // where nothing stands, there is 0
    [lists, [], [], 1],
    [choice, [0, 2], [0, 2], 1],
    [choice, [0, 2], [0, 1], 0],
    [choice, [1, f32(0.5, 0)], [1, f32(0.5, 0.5)], 0.75],
    [choice, [1, f32(0.5, 0)], [0, 1], -0.25], // 0.5 against 1, 0 against 0
    [net, net2, net2, 1],
    [net, net2, { ...net2, edges: [f32(0, 0)] }, 0.75],
    [net, net2, { ...net2, nodes: [1, 1] }, 0],
    [net, net2, { ...net2, nodes: [1, 0, 0] }, 0],
    [net, net2, { ...net2, edgeLinks: i32(1, 0) }, 0],
    [net, net2, { ...net2, edgeLinks: i32(0, 0) }, 0],
  ] as [Space, unknown, unknown, number][])('case %#', (space, shown, action, expected) => {
    expect(rewardFor(space, shown, action)).toBe(expected);
  });
});

test('the next element does not depend on the action', () => {
  for (const id of KINDS) {
    const [one, other] = [make(id as string), make(id as string)];
    one.reset({ seed: 4 });
    other.reset({ seed: 4 });
    const same = sample(one.actionSpace, new Alea(9));
    for (let t = 0; t < 20; t++) {
      const { observation } = one.step(same);
      expect(other.step(sample(other.actionSpace, new Alea(t))).observation).toEqual(observation);
    }
  }
});

test('vectors of it take rows, and hand out 1 for the row that is shown', () => {
  for (const id of KINDS) {
    const envs = new VectorEnv(makeDynamics(id), { numEnvs: 3, seed: 6 });
    const actions = envs.createActions();
    for (let t = 0; t < 20; t++) {
      actions.set(envs.observations);
      expect([...envs.step(actions).rewards], id).toEqual([1, 1, 1]);
    }
  }
});

test('make knows what they show and take', () => {
  const multi = make('IdentityMultiDiscrete-v0', { options: { sizes: [2, 9] } });
  expect([...multi.actionSpace.sizes]).toEqual([2, 9]);
  expectTypeOf(multi.step).parameter(0).toEqualTypeOf<Int32Array>();
  expectTypeOf(make('IdentityText-v0').step).parameter(0).toEqualTypeOf<string>();
  const parts = make('IdentityDict-v0', { options: { numValues: 5, size: 1 } });
  expectTypeOf(parts.actionSpace.spaces).toEqualTypeOf<{ number: Discrete; vector: Box }>();
  expectTypeOf(parts.step)
    .parameter(0)
    .toEqualTypeOf<{ readonly number: number; readonly vector: Float32Array }>();
  expect([parts.actionSpace.spaces.number.n, parts.actionSpace.spaces.vector.shape]).toEqual([
    5,
    [1],
  ]);
});

test.each([
  ['IdentityMultiDiscrete-v0', { sizes: [] }, 'sizes must be a list of 1 to 100 integers, got [].'],
  ['IdentityMultiDiscrete-v0', { sizes: 4 }, 'sizes must be a list of 1 to 100 integers, got 4.'],
  [
    'IdentityMultiDiscrete-v0',
    { sizes: [3, 0] },
    'sizes[1] must be an integer from 1 to 1000, got 0.',
  ],
  ['IdentityMultiBinary-v0', { size: 0 }, 'size must be an integer from 1 to 1000, got 0.'],
  ['IdentityText-v0', { maxLength: 0 }, 'maxLength must be an integer from 1 to 100, got 0.'],
  ['IdentityText-v0', { charset: 'aa' }, 'charset must have each letter once'],
  ['IdentityDict-v0', { numValues: 0 }, 'numValues must be an integer from 1 to 1000, got 0.'],
  ['IdentityTuple-v0', { size: 1.5 }, 'size must be an integer from 1 to 1000, got 1.5.'],
  ['IdentitySequence-v0', { maxLength: 0 }, 'maxLength must be an integer from 1 to 1000, got 0.'],
  ['IdentityGraph-v0', { maxNodes: 0 }, 'maxNodes must be an integer from 1 to 100, got 0.'],
  ['IdentityGraph-v0', { maxEdges: -1 }, 'maxEdges must be an integer from 0 to 1000, got -1.'],
])('%s refuses %j', (id, options, message) => {
  expect(() => makeDynamics(id, { options })).toThrow(RangeError);
  expect(() => makeDynamics(id, { options })).toThrow(message);
});

test('a space whose elements can be of any length is refused', () => {
  expect(() => identity(sequence(discrete(2)))).toThrow('Give it a smaller greatest length.');
});
