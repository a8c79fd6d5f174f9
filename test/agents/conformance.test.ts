import { describe, expect, test } from 'vitest';
import { agentEntries, makeAgent } from '../../agents/registry.ts';
import type { Agent, Policy } from '../../core/agent.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import { createTabularModel } from '../../core/tabular-model.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { identityBox } from '../../envs/diagnostics/identity-box.ts';
import { lstm } from '../../networks/layers/lstm.ts';
import { corridor } from '../helpers/worlds.ts';

/** The corridor, where left is illegal at the wall, with its model for those who plan. */
function world() {
  const model = createTabularModel(
    2,
    Float64Array.of(1, 1, 1, 0, 0).map((x) => x / 3),
    (s, a) => {
      const nextState = Math.min(4, Math.max(0, s + (a === 1 ? 1 : -1)));
      const terminated = nextState === 4;
      return [{ probability: 1, nextState, reward: terminated ? 1 : 0, terminated }];
    },
  );
  return { ...corridor(), model: () => model };
}

const NUM_ENVS = 3;

/** Agents that act with real numbers: there a `Box` world takes the corridor's place, without masks. */
const REAL: readonly string[] = ['ddpg', 'td3', 'sac'];

/** So that what learns in batches, or only after a while, does so in the few steps of a test. */
const SMALL: Readonly<Record<string, unknown>> = {
  seed: 5,
  layers: [],
  capacity: 60,
  batchSize: 8,
  learningStarts: 20,
  updateEvery: 3,
  targetUpdateEvery: 9,
  policyLayers: [],
  valueLayers: [],
  numSteps: 4,
  minibatches: 2,
  samples: 4,
  targetSamples: 4,
  policySamples: 4,
};

/** What some need besides: a memory, and batches of whole copies. */
const OWN: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'recurrent-dqn': { layers: [lstm(3)], length: 3, burnIn: 2 },
  'recurrent-ppo': { layers: [lstm(3)], minibatches: 3 },
};

function worldOf(name: string): Dynamics {
  return REAL.includes(name) ? identityBox() : world();
}

function newAgent(name: string): Agent {
  const task = { ...worldOf(name), numEnvs: NUM_ENVS };
  const { defaults } = agentEntries().find((entry) => entry.name === name) ?? { defaults: {} };
  const known = Object.entries(SMALL).filter(([key]) => Object.hasOwn(defaults, key));
  return makeAgent(name, task, { ...Object.fromEntries(known), ...OWN[name] });
}

/** Plays with `policy`; the world refuses an illegal action, so coming to the end shows the rest. */
function play(policy: Policy, agent: Agent, steps: number): number[] {
  const envs = new VectorEnv(worldOf(agent.name), { numEnvs: NUM_ENVS, seed: 1 });
  const actions = envs.createActions();
  const taken: number[] = [];
  for (let t = 0; t < steps; t++) {
    policy.act(envs.observations, actions, envs.actionMasks);
    taken.push(...actions);
    agent.learn(envs.step(actions));
  }
  return taken;
}

// Every agent in the registry is held to every promise of `Agent`.
describe.each(agentEntries().map(({ name }) => name))('%s', (name) => {
  test('takes no illegal action, exploring or not', () => {
    const agent = newAgent(name);
    const numbers = 500 * NUM_ENVS * rowSize(worldOf(name).actionSpace);
    expect(play(agent, agent, 500)).toHaveLength(numbers);
    expect(play(agent.greedy(), agent, 500)).toHaveLength(numbers);
  });

  test.skipIf(REAL.includes(name))(
    'takes the one legal action, whatever it thinks of it, each row by its own mask',
    () => {
      const agent = newAgent(name);
      play(agent, agent, 200);
      const observations = Float32Array.of(0, 1, 2);
      for (const wanted of [
        [0, 1, 0],
        [1, 0, 1],
      ]) {
        const masks = Uint8Array.from(wanted.flatMap((action) => [1 - action, action]));
        for (const policy of [agent, agent.greedy()]) {
          const actions = new Int32Array(NUM_ENVS);
          policy.act(observations, actions, masks);
          expect([...actions]).toEqual(wanted);
        }
      }
    },
  );

  test('does the same with the same seed', () => {
    const [one, two] = [newAgent(name), newAgent(name)];
    expect(play(one, one, 200)).toEqual(play(two, two, 200));
    expect(one.save()).toEqual(two.save());
  });

  test('goes on from what it saved with the same bits', () => {
    const agent = newAgent(name);
    play(agent, agent, 77);
    const twin = newAgent(name);
    twin.restore(agent.save());
    expect(twin.metrics()).toEqual(agent.metrics());
    expect(play(twin, twin, 100)).toEqual(play(agent, agent, 100));
    expect(twin.save()).toEqual(agent.save());
  });

  test('does so from between acting and learning, too', () => {
    const [agent, twin] = [newAgent(name), newAgent(name)];
    play(agent, agent, 40);
    const envs = new VectorEnv(worldOf(name), { numEnvs: NUM_ENVS, seed: 2 });
    const actions = envs.createActions();
    for (let t = 0; t < 3; t++) {
      agent.act(envs.observations, actions, envs.actionMasks);
      twin.restore(agent.save());
      const transitions = envs.step(actions);
      for (const one of [agent, twin]) one.learn(transitions);
      expect(twin.save()).toEqual(agent.save());
    }
    expect(play(twin, twin, 20)).toEqual(play(agent, agent, 20));
  });

  test('does not change what it has saved when it goes on', () => {
    const agent = newAgent(name);
    play(agent, agent, 50);
    const saved = agent.save();
    const copy = structuredClone(saved);
    play(agent, agent, 50);
    expect(saved).toEqual(copy);
  });

  test('says in JSON what its options are, and goes by its name', () => {
    const agent = newAgent(name);
    expect(agent.name).toBe(name);
    expect(JSON.parse(JSON.stringify(agent.options))).toEqual(agent.options);
    expect(Object.values(agent.metrics()).every(Number.isFinite)).toBe(true);
    const isDeep = agentEntries().find((entry) => entry.name === name)?.family === 'deep';
    const norms = Object.keys(agent.metrics()).filter((key) => /gradientNorm$/i.test(key));
    expect(norms.length > 0).toBe(isDeep);
  });

  test.skipIf(REAL.includes(name))(
    'shows a policy that sums to 1 over the legal actions, in arrays of its own',
    () => {
      const agent = newAgent(name);
      play(agent, agent, 50);
      const look = () => agent.inspect(Float32Array.of(0), Uint8Array.of(0, 1));
      const before = agent.save();
      const seen = look();
      expect(agent.save()).toEqual(before); // looking changes nothing
      expect(seen.policy?.[0]).toBe(0);
      expect(seen.policy?.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
      for (const part of Object.values(seen)) if (typeof part !== 'number') part.fill(99);
      expect(look().policy?.[1]).toBe(1);
      expect(agent.save()).toEqual(before);
    },
  );

  test('refuses saved data that is none of its own', () => {
    expect(() => newAgent(name).restore({ kind: 'nobody', version: 1 })).toThrow(
      `expected saved data of kind "${name}"`,
    );
  });
});
