import { describe, expect, test } from 'vitest';
import { CarriedState, RowStates } from '../../../agents/deep/parts/carried-state.ts';
import { agentEntries, makeAgent } from '../../../agents/registry.ts';
import type { Agent } from '../../../core/agent.ts';
import { box, discrete } from '../../../core/space.ts';
import { rowSize } from '../../../core/spaces/rows.ts';
import type { Transitions } from '../../../core/transitions.ts';
import { cartPole } from '../../../envs/control/cart-pole.ts';
import { memoryChain } from '../../../envs/diagnostics/memory-chain.ts';
import { maskVelocity } from '../../../envs/wrappers/mask-velocity.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { gru } from '../../../networks/layers/gru.ts';
import { lstm } from '../../../networks/layers/lstm.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import { mlp } from '../../../networks/specification/mlp.ts';
import { evaluate } from '../../../training/evaluate.ts';
import { createSession, resolveRun } from '../../../training/session.ts';
import { codec } from '../../helpers/codec.ts';
import { learn } from '../../helpers/learn.ts';
import { RandomStream } from '../../helpers/recurrent-stream.ts';

type Options = Readonly<Record<string, unknown>>;

const NUM_ENVS = 3;
const SIZE = 2; // of an observation

/** Options under which each agent learns often, and under which it never does. */
const BRISK: Readonly<Record<string, Options>> = {
  'recurrent-ppo': { numSteps: 5, epochs: 2 },
  'recurrent-dqn': {
    ...{ length: 3, burnIn: 2, batchSize: 4, capacity: 40, learningStarts: 15, updateEvery: 2 },
    targetUpdateEvery: 9,
    epsilon: 0.3,
  },
};
const IDLE: Readonly<Record<string, Options>> = {
  'recurrent-ppo': { numSteps: 1000 },
  'recurrent-dqn': { capacity: 200, epsilon: 0 },
};
const NAMES = Object.keys(BRISK);

function newAgent(name: string, options: Options = {}): Agent {
  const { task } = new RandomStream(NUM_ENVS, 0);
  return makeAgent(name, task, { layers: [lstm(8)], seed: 3, ...options });
}

/** One step of an agent in the stream; returns which copies ended an episode. */
function stepOf(agent: Agent, stream: RandomStream): Uint8Array {
  const actions = new Int32Array(NUM_ENVS);
  agent.act(stream.observations, actions, stream.actionMasks);
  const transitions = stream.step(actions);
  agent.learn(transitions);
  return transitions.terminated.map((end, i) => end | transitions.truncated[i]);
}

const firstOf = ({ observations }: RandomStream) => observations.slice(0, SIZE);

/** What an agent thinks of the first copy's observation now, as one number after another. */
function thoughtOf(agent: Agent, stream: RandomStream): number[] {
  const { value, policy = [], actionValues = [] } = agent.inspect(firstOf(stream));
  return [value ?? Number.NaN, ...policy, ...actionValues];
}

/** The same if it remembered nothing. */
function thoughtAnew(name: string, agent: Agent, stream: RandomStream, options: Options): number[] {
  const other = newAgent(name, options);
  other.restore(agent.save());
  other.begin?.(new Uint8Array(NUM_ENVS).fill(1));
  return thoughtOf(other, stream);
}

describe.each(NAMES)('%s', (name) => {
  test('remembers within an episode, and nothing of the one before', () => {
    const stream = new RandomStream(NUM_ENVS, 1);
    const agent = newAgent(name, BRISK[name]);
    const counts = [0, 0];
    for (let t = 0; t < 60; t++) {
      const [ended] = stepOf(agent, stream);
      const anew = thoughtAnew(name, agent, stream, BRISK[name]);
      if (ended) expect(thoughtOf(agent, stream)).toEqual(anew);
      else expect(thoughtOf(agent, stream)).not.toEqual(anew);
      counts[ended]++;
    }
    expect(Math.min(...counts)).toBeGreaterThan(10);
  });

  test('shows what it thought when it acted until it learns, and then what it thinks', () => {
    const stream = new RandomStream(NUM_ENVS, 2);
    const agent = newAgent(name, IDLE[name]);
    for (let t = 0; t < 10; t++) {
      const before = thoughtOf(agent, stream);
      const actions = new Int32Array(NUM_ENVS);
      agent.act(stream.observations, actions, stream.actionMasks);
      expect(thoughtOf(agent, stream)).toEqual(before);
      agent.learn(stream.step(actions));
    }
  });

  test('follows what it learns from, also where somebody else acted', () => {
    const [one, other] = [newAgent(name, IDLE[name]), newAgent(name, IDLE[name])];
    const stream = new RandomStream(NUM_ENVS, 3);
    const elsewhere = new RandomStream(NUM_ENVS, 4);
    for (let t = 0; t < 30; t++) {
      const actions = new Int32Array(NUM_ENVS);
      one.act(stream.observations, actions, stream.actionMasks);
      // The other looks at something else now and then, and is not asked at other times.
      if (t % 3 === 0) other.act(elsewhere.observations, actions, elsewhere.actionMasks);
      const transitions = stream.step(actions);
      one.learn(transitions);
      other.learn(transitions);
      expect(thoughtOf(other, stream)).toEqual(thoughtOf(one, stream));
      expect((one as unknown as { steps: number }).steps).toBe((t + 1) * NUM_ENVS);
    }
  });

  test('has greedy policies with memories of their own, which begin anew where they are told', () => {
    const stream = new RandomStream(NUM_ENVS, 5);
    const agent = newAgent(name, IDLE[name]);
    const [greedy, untold] = [agent.greedy(), agent.greedy()];
    greedy.begin?.(new Uint8Array(NUM_ENVS).fill(1));
    let numDifferent = 0;
    for (let t = 0; t < 80; t++) {
      const saved = t === 20 ? agent.save() : null;
      const [actions, others] = [new Int32Array(NUM_ENVS), new Int32Array(NUM_ENVS)];
      greedy.act(stream.observations, actions);
      untold.act(stream.observations, others);
      if (saved !== null) expect(agent.save()).toEqual(saved);
      const chances = [...(agent.inspect(firstOf(stream)).policy ?? [])];
      expect(actions[0]).toBe(chances.indexOf(Math.max(...chances)));
      if (actions[0] !== others[0]) numDifferent++;
      const ended = stepOf(agent, stream);
      greedy.begin?.(ended);
    }
    expect(numDifferent).toBeGreaterThan(0); // what is not forgotten leads elsewhere
  });

  test('forgets where it is told to, as a policy that nobody lets learn', () => {
    const stream = new RandomStream(NUM_ENVS, 6);
    const agent = newAgent(name, IDLE[name]);
    const actions = new Int32Array(NUM_ENVS);
    const fresh = thoughtOf(agent, stream);
    for (let t = 0; t < 3; t++) agent.act(stream.observations, actions, stream.actionMasks);
    expect(thoughtOf(agent, stream)).not.toEqual(fresh);
    agent.begin?.(Uint8Array.of(0, 1, 1));
    expect(thoughtOf(agent, stream)).not.toEqual(fresh);
    agent.begin?.(Uint8Array.of(1, 0, 0));
    expect(thoughtOf(agent, stream)).toEqual(fresh);
  });

  test('goes on with the same bits from wherever it was saved, also between acting and learning', () => {
    const options = BRISK[name];
    const agent = newAgent(name, options);
    const stream = new RandomStream(NUM_ENVS, 7);
    for (let t = 0; t < 25; t++) {
      const actions = new Int32Array(NUM_ENVS);
      const between = newAgent(name, options);
      const after = newAgent(name, options);
      agent.act(stream.observations, actions, stream.actionMasks);
      between.restore(structuredClone(agent.save()));
      const transitions = stream.step(actions);
      agent.learn(transitions);
      between.learn(transitions);
      after.restore(structuredClone(agent.save()));
      expect(between.save()).toEqual(agent.save());
      // The twins play the next steps in streams of their own, which come to the same.
      const [first, second] = [t, t].map((steps) => {
        const own = new RandomStream(NUM_ENVS, 8);
        for (let k = 0; k < steps; k++) own.step(actions);
        return own;
      });
      for (let k = 0; k < 7; k++) stepOf(between, first);
      for (let k = 0; k < 7; k++) stepOf(after, second);
      expect(after.save()).toEqual(between.save());
    }
  });

  test('is resumed in a run with the same bits, evaluated and recorded on the way', () => {
    const config = resolveRun({
      agent: name,
      agentOptions: { layers: [lstm(3)], ...BRISK[name] },
      env: 'MemoryChain-v0',
      ...{ numEnvs: NUM_ENVS, steps: 180, seed: 4, evaluateEvery: 50, evaluateEpisodes: 2 },
    });
    const open = () => {
      const log: unknown[] = [];
      const outputs = {
        codec,
        onMetrics: (record: object) => void log.push(record),
        onRecording: (_: string, bytes: Uint8Array) => void log.push(bytes),
      };
      return { ...createSession(config, outputs), log };
    };
    const whole = open();
    whole.trainer.advance(180);
    expect(whole.log.length).toBeGreaterThan(5);
    for (const steps of [6, 51, 99, 141]) {
      // In the middle of an episode of 11 steps, and of a rollout of 5.
      const [first, second] = [open(), open()];
      first.trainer.advance(steps);
      second.trainer.restore(structuredClone(first.trainer.save()));
      second.trainer.advance(180);
      expect(second.trainer.save()).toEqual(whole.trainer.save());
      expect([...first.log, ...second.log]).toEqual(whole.log);
    }
  });

  test('refuses layers of which none remembers, and says so', () => {
    expect(() => newAgent(name, { layers: mlp() })).toThrow(
      'layers must have a recurrent one among them, such as lstm, got none.',
    );
  });

  test('refuses another number of copies than it was made for', () => {
    const other = new RandomStream(NUM_ENVS + 1, 0);
    expect(() => newAgent(name).act(other.observations, new Int32Array(NUM_ENVS + 1))).toThrow(
      'the batch must have one row for each copy of the world, 3, got 4.',
    );
  });

  test.each([
    ['numbers', box([-1, -1], [1, 1]), 64],
    ['integers', discrete(5), 64],
    ['an image', box(new Array(300).fill(0), new Array(300).fill(1), { shape: [10, 10, 3] }), 128],
  ])('takes %s with the layers that it has by itself', (_, observationSpace, units) => {
    const agent = makeAgent(name, { observationSpace, actionSpace: discrete(2) });
    const { layers } = agent.options as { layers: readonly Layer[] };
    expect(layers[layers.length - 1]).toMatchObject({ kind: 'lstm', units });
    const actions = new Int32Array(1);
    agent.greedy().act(new Float32Array(rowSize(observationSpace)), actions);
    expect([0, 1]).toContain(actions[0]);
  });
});

test('what is carried is kept for each row, until there is another number of them', () => {
  const rows = new RowStates(2);
  rows.of(3).set([1, 2, 3, 4, 5, 6]);
  rows.begin(Uint8Array.of(0, 1, 0));
  expect([...rows.of(3)]).toEqual([1, 2, 0, 0, 5, 6]);
  expect([...rows.of(2)]).toEqual([0, 0, 0, 0]);
});

test('what was seen in a step is not seen in the next one, though it look the same', () => {
  const carried = new CarriedState(1, 2, 1);
  const seen = Float32Array.of(0);
  expect(carried.hasSeen(seen)).toBe(false);
  carried.see(seen);
  expect(carried.hasSeen(seen)).toBe(true);
  carried.endStep({ terminated: Uint8Array.of(0), truncated: Uint8Array.of(0) } as Transitions);
  expect(carried.hasSeen(seen)).toBe(false);
});

test('where nothing is carried, nothing is saved, and what was seen does not matter', () => {
  const carried = new CarriedState(2, 0, 3);
  expect(carried.parts).toEqual({});
  expect(carried.hasSeen(new Float32Array(6))).toBe(true);
});

test('agents that carry nothing refuse recurrent layers, by name', () => {
  const task = { observationSpace: box([-1], [1]), actionSpace: discrete(2), numEnvs: 1 };
  const real = { ...task, actionSpace: box([-1], [1]) };
  const others = agentEntries().filter(({ family }) => family === 'deep');
  for (const { name } of others.filter((entry) => !NAMES.includes(entry.name))) {
    const isReal = ['ddpg', 'td3', 'sac'].includes(name);
    const make = () => makeAgent(name, isReal ? real : task, { layers: [dense(2), gru(2)] });
    expect(make, name).toThrow(/\[1\] must not be recurrent, got gru: .* Take recurrent-ppo/);
  }
  expect(others.length).toBeGreaterThan(10);
});

const optimizer = adam({ learningRate: 0.005 });
const BY_ROLLOUTS: Options = { numSteps: 16, optimizer, entropyWeight: 0.02 };
const BY_REPLAY: Options = {
  ...{ capacity: 2000, learningStarts: 100, updateEvery: 2, targetUpdateEvery: 50, optimizer },
  epsilon: { kind: 'linear', from: 1, to: 0.1, steps: 1000 },
  batchSize: 16,
};

describe('a bit that was shown eight steps before', () => {
  const world = memoryChain({ memoryLength: 8 });
  const meanReturn = (name: string, numEnvs: number, options: Options) => {
    const agent = makeAgent(name, { ...world, numEnvs }, options);
    learn(agent, world, { steps: 4000 / numEnvs, numEnvs, seed: 1 });
    return evaluate(agent.greedy(), world, { episodes: 100 }).meanReturn;
  };

  test.each<[string, string, number, Options]>([
    ['recurrent-ppo with an LSTM', 'recurrent-ppo', 8, { ...BY_ROLLOUTS, layers: [lstm(16)] }],
    ['recurrent-ppo with a GRU', 'recurrent-ppo', 8, { ...BY_ROLLOUTS, layers: [gru(16)] }],
    [
      'recurrent-dqn from whole episodes',
      'recurrent-dqn',
      1,
      { ...BY_REPLAY, layers: [lstm(16)], length: 9, burnIn: 0 },
    ],
    [
      // The bit is told by what was stored: no sequence reaches back to where it was shown.
      'recurrent-dqn from stretches of them',
      'recurrent-dqn',
      1,
      { ...BY_REPLAY, layers: [gru(16)], length: 5, burnIn: 2 },
    ],
  ])('is told by %s', (_, name, numEnvs, options) => {
    expect(meanReturn(name, numEnvs, options)).toBe(1);
  });

  test.each<[string, number, Options]>([
    ['ppo', 8, BY_ROLLOUTS],
    ['dqn', 1, { ...BY_REPLAY, layers: mlp({ hidden: [32] }) }],
  ])('is not told by %s', (name, numEnvs, options) => {
    expect(Math.abs(meanReturn(name, numEnvs, options))).toBeLessThan(0.3);
  });
});

test('balances a pole whose speed is not shown, which takes a memory', () => {
  const world = maskVelocity(cartPole());
  const options = {
    numSteps: 64,
    epochs: 10,
    discount: 0.98,
    entropyWeight: 0,
    valueClip: null,
    optimizer: adam({ learningRate: 0.003, clip: { globalNorm: 0.5 } }),
  };
  const body = dense(32, { activation: 'tanh' });
  const lengthOf = (name: string, own: readonly Layer[]) => {
    const layers = { layers: [], policyLayers: own, valueLayers: own };
    const agent = makeAgent(name, { ...world, numEnvs: 8 }, { ...options, ...layers, seed: 1 });
    learn(agent, world, { steps: 1280, numEnvs: 8, seed: 0 });
    return evaluate(agent.greedy(), world, { episodes: 20 }).meanLength;
  };
  expect(lengthOf('recurrent-ppo', [body, gru(32)])).toBeGreaterThan(200);
  expect(lengthOf('ppo', [body])).toBeLessThan(60);
});
