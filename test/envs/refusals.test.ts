import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { nearestName, show } from '../../core/check.ts';
import { createState, type Dynamics } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { Env } from '../../core/env.ts';
import type { SavedData } from '../../core/saved.ts';
import type { Space } from '../../core/space.ts';
import { contains } from '../../core/spaces/contains.ts';
import { countedFromZero, rowSize, writeRow } from '../../core/spaces/rows.ts';
import { sample } from '../../core/spaces/sample.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { envEntries, make, makeDynamics } from '../../envs/registry.ts';
import { everyWorld } from '../helpers/every-world.ts';

/** Values that are an action in no space here. */
const NO_ACTIONS = [
  ...[Number.NaN, -1, 1e9, 0.5, Infinity, '', 'left', null, undefined, true, {}, [], () => 0],
  ...[[Number.NaN], Float32Array.of(Number.NaN), [1, 2, 3, 4, 5, 6, 7, 8, 9]],
];

/** What of an action's space the message must say. */
function allowedIn(space: Space): string {
  switch (space.kind) {
    case 'discrete':
      return `an integer from ${space.start} to ${space.start + space.n - 1}`;
    case 'box':
      return `a vector of ${space.low.length} finite numbers`;
    case 'multi-discrete':
      return `a list of ${space.sizes.length} integers`;
    case 'multi-binary':
      return `a list of ${space.shape[0]} zeros and ones`;
    case 'text':
      return `a string of ${space.minLength} to ${space.maxLength} letters`;
    case 'dict':
      return `an object with ${Object.keys(space.spaces).join(', ')}`;
    case 'tuple':
      return `a list of ${space.spaces.length} parts`;
    case 'sequence':
      return `a list of at most ${space.maxLength} items`;
    case 'graph':
      return 'an object with nodes, edges and edgeLinks';
    case 'one-of':
      return 'a pair of a part’s index and an element of it';
  }
}

function errorOf(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw error;
  }
  throw new Error('it was not refused.');
}

/** What is refused, and leaves all as it was. */
function refused(env: { snapshot(): SavedData }, run: () => unknown): string {
  const before = env.snapshot();
  const { message } = errorOf(run);
  expect(env.snapshot()).toEqual(before);
  return message;
}

const rulesOf = new Map<string, Dynamics>();

/** Begins an episode; the rules are built once for all tests. */
function begin(title: string, spec: Parameters<typeof makeDynamics>[0]): Env {
  const rules = rulesOf.get(title) ?? makeDynamics(spec);
  rulesOf.set(title, rules);
  const env = new DynamicsEnv(rules);
  env.reset({ seed: 1 });
  return env;
}

describe.each(everyWorld())('%s', (title, spec) => {
  test('refuses what is no action, says what came and what is allowed, and has not moved', () => {
    const env = begin(title, spec);
    const { name } = rulesOf.get(title) as Dynamics;
    for (const value of NO_ACTIONS) {
      // A box takes numbers of any size, and a list of length 0 is a sequence.
      if (env.actionSpace.kind !== 'box' && contains(env.actionSpace, value)) continue;
      const message = refused(env, () => env.step(value as never));
      expect(message).toMatch(new RegExp(`^${name}: action(\\.|\\[| )`));
      const { kind } = env.actionSpace;
      const isWhole = message.startsWith(`${name}: action must`);
      if (isWhole) expect(message).toContain(allowedIn(env.actionSpace));
      else expect(message).toContain(' must ');
      const inside = ['discrete', 'box', 'text'].includes(kind);
      expect(message).toContain(inside ? `got ${show(value)}` : 'got ');
    }
  });

  test('refuses a row of actions if one copy’s is none, names the copy, and no copy has moved', () => {
    begin(title, spec);
    const rules = rulesOf.get(title) as Dynamics;
    const envs = new VectorEnv(rules, { numEnvs: 3, seed: 1 });
    const size = rowSize(rules.actionSpace);
    const good = legalActions(envs);
    const messageFor = (actions: unknown) => refused(envs, () => envs.step(actions as Int32Array));
    const integers = good instanceof Int32Array;
    for (const value of integers ? [-1, 1e9, -(2 ** 31)] : [Number.NaN, Infinity]) {
      const actions = good.slice();
      actions[size] = value; // the first number of the second copy
      expect(messageFor(actions)).toMatch(
        new RegExp(`^${rules.name}: action.* must .*, got .* in copy 1\\.$`),
      );
    }
    expect(messageFor(good.subarray(1))).toBe(
      `VectorEnv.step: actions must have length ${3 * size}, got ${3 * size - 1}.`,
    );
    const type = integers ? 'Int32Array' : 'Float32Array';
    const other = integers ? Float32Array : Int32Array;
    for (const [got, actions] of [
      [other.name, other.from(good)],
      [show([...good]), [...good]],
      ['null', null],
      ['3', 3],
    ] as const) {
      expect(messageFor(actions)).toBe(
        `VectorEnv.step: actions must be ${type === 'Int32Array' ? 'an' : 'a'} ${type}, as createActions() makes it, got ${got}.`,
      );
    }
    envs.step(good); // and goes on
  });

  test('refuses an action that is not legal here, where some are', () => {
    const env = begin(title, spec);
    const rules = rulesOf.get(title) as Dynamics;
    if (rules.actionMask === undefined) return;
    const choice = new Alea(3);
    let found = 0;
    for (let t = 0; t < 400 && found < 5; t++) {
      const mask = env.actionMask() ?? new Uint8Array();
      const legal = [...mask.keys()].filter((action) => mask[action] === 1);
      const illegal = [...mask.keys()].filter((action) => mask[action] === 0);
      for (const action of illegal.slice(0, 1)) {
        found++;
        const message = refused(env, () => env.step(action as never));
        expect(message).toContain(`${rules.name}: action ${action} is not legal here.`);
        const listed = message.slice(message.indexOf('Legal actions: ')).match(/\d+(?=[ ,.])/g);
        expect(listed?.map(Number)).toEqual(expect.arrayContaining(legal));
        const state = (env.snapshot() as unknown as { state: Float64Array }).state;
        const copies = fromState(rules, state);
        expect(refused(copies, () => copies.step(Int32Array.of(action)))).toContain(
          `action ${action} is not legal here in copy 0.`,
        );
      }
      const step = env.step(legal[choice.below(legal.length)] as never);
      if (step.terminated || step.truncated) env.reset();
    }
    expect(found).toBe(5);
  });
});

/** A vector of one copy that is in the given state. */
function fromState(rules: Dynamics, state: Float64Array): VectorEnv {
  const envs = new VectorEnv(rules, { seed: 1 });
  const saved = envs.snapshot() as unknown as { copies: { state: unknown }[] };
  envs.restore({ ...saved, copies: [{ ...saved.copies[0], state }] } as unknown as SavedData);
  return envs;
}

function legalActions(envs: VectorEnv): Int32Array | Float32Array {
  const actions = envs.createActions();
  const space = countedFromZero(envs.actionSpace);
  const rng = new Alea(1);
  const size = rowSize(space);
  for (let i = 0; i < envs.numEnvs; i++) {
    const n = (envs.actionMasks?.length ?? 0) / envs.numEnvs;
    const mask = envs.actionMasks?.subarray(i * n, (i + 1) * n);
    if (mask) actions[i] = mask.indexOf(1);
    else writeRow(space, sample(space, rng), actions, i * size);
  }
  return actions;
}

describe('options', () => {
  const ENTRIES = envEntries().filter(({ create }) => create !== undefined);

  test.each(ENTRIES.map(({ id }) => id))(
    '%s refuses one that it does not know, and names the nearest',
    (id) => {
      const known = Object.keys(ENTRIES.find((entry) => entry.id === id)?.defaults ?? {});
      const slip = known.length === 0 ? 'colour' : `${known[0]}s`;
      const { message } = errorOf(() => make(id as string, { options: { [slip]: 1 } }));
      expect(message).toContain(`${id}: unknown option ${show(slip)}.`);
      const nearest = nearestName(slip, known);
      if (nearest === undefined) expect(message).toContain('There are none.');
      else expect(message).toContain(`Did you mean ${show(nearest)}?`);
      for (const name of known) expect(message).toContain(name);
    },
  );

  const odd = fc.oneof(
    fc.constantFrom<unknown>(Number.NaN, Infinity, -Infinity, -1, -0.5, 0, 0.5, 2 ** 53 - 1, 1e308),
    fc.constantFrom<unknown>('', 'many', 'false', null, true, false, [], {}, [Number.NaN], ['x']),
    fc.constantFrom<unknown>([[]], [null], { S: 3 }, { a: null }, () => 1),
    fc.double(),
    fc.integer({ min: -5, max: 12 }),
    fc.array(fc.integer({ min: -2, max: 5 }), { maxLength: 5 }),
    fc.array(fc.constantFrom('SFG', 'S.G', '...', 'SH'), { maxLength: 3 }),
  );
  const slow = /Racetrack|JacksCarRental|RandomWalk1000/;

  test.each(ENTRIES)(
    '$id takes an odd one and works, or refuses it by its name',
    ({ id, defaults }) => {
      const keys = Object.keys(defaults);
      if (keys.length === 0) return;
      const property = fc.property(fc.constantFrom(...keys), odd, (key, value) => {
        try {
          play(makeDynamics(id, { options: { [key]: value } }));
        } catch (error) {
          expect(error, String(error)).toBeInstanceOf(RangeError);
          expect((error as Error).message).toContain(key);
          expect((error as Error).message).toMatch(/ must /);
        }
      });
      fc.assert(property, { numRuns: slow.test(id) ? 12 : 60, seed: 6 });
    },
  );

  test.each(
    ENTRIES.flatMap(({ id, defaults }) =>
      Object.entries(defaults)
        .filter(([, usual]) => typeof usual === 'boolean')
        .map(([key]) => [id, key] as const),
    ),
  )('%s: %s is true or false, nothing like it', (id, key) => {
    for (const value of [0, 1, 'true', 'False', null, []]) {
      expect(errorOf(() => makeDynamics(id, { options: { [key]: value } })).message).toBe(
        `${id}: ${key} must be true or false, got ${show(value)}.`,
      );
    }
  });

  test.each(
    ENTRIES.flatMap(({ id, defaults }) =>
      Object.entries(defaults)
        .filter(([, usual]) => typeof usual === 'number')
        .map(([key]) => [id, key] as const),
    ),
  )('%s: %s is a number, finite and not a word', (id, key) => {
    for (const value of [Number.NaN, Infinity, -Infinity, '3', null, [3], true]) {
      const { message } = errorOf(() => makeDynamics(id, { options: { [key]: value } }));
      expect(message).toMatch(new RegExp(`: ${key} must be .*, got `));
      expect(message).toContain(`got ${show(value)}.`);
    }
  });
});

/** A few random steps: nothing throws, and numbers stay numbers. */
function play(rules: Dynamics): void {
  const rng = new Alea(1);
  const state = createState(rules);
  const observation = new Float32Array(rowSize(rules.observationSpace));
  rules.reset(state, rng);
  for (let t = 0; t < 10 && !rules.isTerminal(state); t++) {
    const mask = new Uint8Array(rules.actionSpace.kind === 'discrete' ? rules.actionSpace.n : 0);
    mask.fill(1);
    rules.actionMask?.(state, mask);
    let action = sample(countedFromZero(rules.actionSpace), rng);
    if (typeof action === 'number' && mask[action] !== 1) action = mask.indexOf(1);
    expect(rules.step(state, action as never, rng)).not.toBeNaN();
    rules.observe(state, observation);
    expect(observation).not.toContain(Number.NaN);
  }
  rules.scene(state);
}

describe('a row of an action that can have several lengths', () => {
  test.each([
    ['OneOf', [2, 0, 0], 'action[0] must be an integer from 0 to 1, got 2'],
    ['OneOf', [0, 3, 0], 'action[1] must be an integer from 0 to 2, got 3'],
    ['Sequence', [5, 0, 0, 0, 0], 'action.length must be an integer from 0 to 4, got 5'],
    ['Sequence', [2, 0, 3, 0, 0], 'action[1] must be an integer from 0 to 2, got 3'],
    ['Text', [0, 0], 'action[0] must be an integer from 1 to 3, got 0'],
    ['Text', [1, 4], 'action[1] must be an integer from 0 to 3, got 4'],
    ['Graph', [0, 0], 'action.nodes.length must be an integer from 1 to 3, got 0'],
    ['Graph', [4, 0], 'action.nodes.length must be an integer from 1 to 3, got 4'],
    ['Graph', [2, 4], 'action.edges.length must be an integer from 0 to 3, got 4'],
    ['Graph', [2, 0, 0, 2], 'action.nodes[1] must be an integer from 0 to 1, got 2'],
    ['Graph', [2, 1, 0, 0, 0, 2], 'action.edges[0] must be an integer from 0 to 1, got 2'],
    [
      'Graph',
      [2, 1, 0, 0, 0, 0, 0, 0, 1, 2], // an edge to a third node of two
      'action.edgeLinks[1] must be an integer from 0 to 1, got 2',
    ],
  ])('of %s: %j is refused before anything is read by it', (kind, numbers, message) => {
    const envs = new VectorEnv(makeDynamics(`Identity${kind}-v0`));
    const actions = envs.createActions();
    actions.set(numbers);
    expect(refused(envs, () => envs.step(actions))).toBe(`Identity${kind}: ${message} in copy 0.`);
  });
});
