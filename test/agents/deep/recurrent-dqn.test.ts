import { describe, expect, test } from 'vitest';
import { RecurrentDqn } from '../../../agents/deep/action-values/recurrent-dqn.ts';
import type { RecurrentDqnOptions } from '../../../agents/deep/action-values/recurrent-dqn-options.ts';
import { Alea } from '../../../core/alea.ts';
import { type SavedData, savedObject } from '../../../core/saved.ts';
import type { Transitions } from '../../../core/transitions.ts';
import { identityDiscrete } from '../../../envs/diagnostics/identity-discrete.ts';
import { gru } from '../../../networks/layers/gru.ts';
import { lstm } from '../../../networks/layers/lstm.ts';
import type { Network } from '../../../networks/network.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import type { SequenceBatch } from '../../../replay/sequence-batch.ts';
import { SequenceReplayBuffer } from '../../../replay/sequence-replay-buffer.ts';
import { descend, float64Twin } from '../../helpers/descend.ts';
import { farthest } from '../../helpers/float64-twin.ts';
import { learn } from '../../helpers/learn.ts';
import { NUM_ACTIONS, RandomStream } from '../../helpers/recurrent-stream.ts';

const NUM_ENVS = 2;
const SIZE = 2; // of an observation
const RATE = 0.1;
const DISCOUNT = 0.9;

const OPTIONS: RecurrentDqnOptions = {
  layers: [lstm(3)],
  length: 4,
  burnIn: 3,
  double: true,
  numSteps: 1,
  discount: DISCOUNT,
  epsilon: 0, // no draws but for samples
  capacity: 40,
  batchSize: 5,
  learningStarts: 20,
  updateEvery: 2,
  targetUpdateEvery: 14,
  optimizer: sgd({ learningRate: RATE }),
};

/** Sequence i of a batch, read step by step. */
interface Sequence {
  /** What the network carried when it came to the first step. */
  readonly state: Float64Array;
  readonly steps: readonly {
    readonly observation: Float64Array;
    readonly nextObservation: Float64Array;
    readonly action: number;
    readonly reward: number;
    readonly terminated: boolean;
    readonly nextMask: Uint8Array;
    readonly isLearned: boolean;
  }[];
}

function readSequence(batch: SequenceBatch, n: number, i: number): Sequence {
  const places = Array.from({ length: batch.mask.length / n }, (_, t) => t * n + i);
  const first = places.findIndex((place) => batch.starts[place] === 1);
  const seen = (place: number) =>
    Float64Array.from(batch.observations.slice(place * SIZE, (place + 1) * SIZE));
  const masks = batch.nextActionMasks as Uint8Array;
  // Before the beginning of an episode there is nothing.
  const held = places.slice(Math.max(0, first));
  const end = held.findIndex((place) => batch.terminated[place] + batch.truncated[place] > 0);
  const size = batch.states.length / n;
  return {
    state: Float64Array.from(
      first >= 0 ? new Float32Array(size) : batch.states.slice(i * size, (i + 1) * size),
    ),
    steps: held.slice(0, end < 0 ? held.length : end + 1).map((place) => ({
      observation: seen(place),
      nextObservation: seen(place + n),
      action: batch.actions[place],
      reward: batch.rewards[place],
      terminated: batch.terminated[place] === 1,
      nextMask: masks.slice(place * NUM_ACTIONS, (place + 1) * NUM_ACTIONS),
      isLearned: batch.mask[place] === 1,
    })),
  };
}

/** The state before the first step that is learned from, by going over those before. */
function warmedState(net: Network<Float64Array>, { state, steps }: Sequence): Float64Array {
  const warmed = state.slice();
  for (const { observation, isLearned } of steps) {
    if (isLearned) break;
    net.forward(observation, 1, { state: warmed });
  }
  return warmed;
}

/** Q of each step that is learned from, and of its s′: one observation after the other. */
function valuesOf(net: Network<Float64Array>, { steps }: Sequence, start: Float64Array) {
  const state = start.slice();
  return steps
    .filter(({ isLearned }) => isLearned)
    .map((step) => {
      const values = net.forward(step.observation, 1, { state }).slice();
      const next = net.forward(step.nextObservation, 1, { state: state.slice() }).slice();
      return { ...step, values, next };
    });
}

function bestOf(values: Float64Array, mask: Uint8Array): number {
  const legal = [...values].map((value, a) => (mask[a] === 1 ? value : -Infinity));
  return legal.indexOf(Math.max(...legal));
}

/** y of each step that is learned from. */
function targetsOf(
  online: Network<Float64Array>,
  target: Network<Float64Array>,
  sequence: Sequence,
  { double, numSteps }: { double: boolean; numSteps: number },
): number[] {
  const mine = valuesOf(online, sequence, warmedState(online, sequence));
  const theirs = valuesOf(target, sequence, warmedState(target, sequence));
  return mine.map((_, t) => {
    const end = Math.min(t + numSteps, mine.length);
    const last = theirs[end - 1];
    const best = bestOf((double ? mine : theirs)[end - 1].next, last.nextMask);
    const rewards = mine.slice(t, end).map(({ reward }, k) => DISCOUNT ** k * reward);
    const rest = last.terminated ? 0 : DISCOUNT ** (end - t) * last.next[best];
    return rewards.reduce((a, b) => a + b) + rest;
  });
}

/** What an agent drew when it learned from transitions, by what it had saved before. */
function drawnBatch(
  agent: RecurrentDqn,
  stream: RandomStream,
  saved: SavedData,
  transitions: Transitions,
): SequenceBatch {
  const { options, capacity } = agent.replay;
  const replay = new SequenceReplayBuffer(stream.task, capacity, options);
  const rng = new Alea(0);
  rng.restore(savedObject('test', saved, 'rng'));
  replay.restore(savedObject('test', saved, 'replay'));
  replay.add(transitions, saved.stateBefore as Float32Array);
  const batch = replay.createBatch(agent.options.batchSize);
  replay.sample(batch, rng);
  return batch;
}

describe.each<[string, Partial<RecurrentDqnOptions>]>([
  ['an LSTM', {}],
  ['a GRU, not double', { layers: [gru(3)], double: false }],
  ['returns of three steps', { numSteps: 3 }],
  ['no burn-in', { burnIn: 0 }],
  ['priorities', { prioritized: true, weightExponent: 0.7, greatestShare: 0.8, numSteps: 2 }],
])('an update with %s', (_, given) => {
  test('is a step down the gradient of its loss, back to the first step behind the burn-in', () => {
    const options = { ...OPTIONS, ...given };
    const stream = new RandomStream(NUM_ENVS, 5);
    const agent = new RecurrentDqn(stream.task, options);
    const actions = new Int32Array(NUM_ENVS);
    const weights: number[] = [];
    let numUpdates = 0;
    for (let t = 0; t < 30; t++) {
      agent.act(stream.observations, actions, stream.actionMasks);
      const transitions = stream.step(actions);
      const online = float64Twin(agent.values.network);
      const target = float64Twin(agent.targetNetwork);
      const saved = agent.save();
      const { updates } = agent.values;
      agent.learn(transitions);
      if (agent.values.updates === updates) continue;
      numUpdates++;

      const n = options.batchSize as number;
      const batch = drawnBatch(agent, stream, saved, transitions);
      const sequences = Array.from({ length: n }, (_, i) => readSequence(batch, n, i));
      const starts = sequences.map((sequence) => warmedState(online, sequence));
      const targets = sequences.map((sequence) =>
        targetsOf(online, target, sequence, options as { double: boolean; numSteps: number }),
      );
      const count = targets.flat().length;
      const before = online.parameters.slice();
      descend(online, RATE, () => {
        let sum = 0;
        sequences.forEach((sequence, i) => {
          valuesOf(online, sequence, starts[i]).forEach(({ values, action }, step) => {
            sum += batch.weights[i] * (targets[i][step] - values[action]) ** 2;
          });
        });
        return sum / count;
      });
      const learned = agent.values.network.parameters;
      expect(farthest(learned, before)).toBeGreaterThan(0.005);
      expect(farthest(learned, online.parameters)).toBeLessThan(3e-6);
      if (!options.prioritized) continue;
      online.parameters.set(before);
      sequences.forEach((sequence, i) => {
        const errors = valuesOf(online, sequence, starts[i]).map(({ values, action }, step) =>
          Math.abs(targets[i][step] - values[action]),
        );
        const mean = errors.reduce((a, b) => a + b) / errors.length;
        const priority = 0.8 * Math.max(...errors) + 0.2 * mean;
        expect(agent.replay.priority(batch.indices[i])).toBeCloseTo(priority ** 0.9, 4);
      });
      weights.push(...batch.weights);
    }
    expect(numUpdates).toBe(20);
    if (options.prioritized) expect(new Set(weights).size).toBeGreaterThan(10);
  });
});

test('sequences come with what the network had carried to their first step', () => {
  const stream = new RandomStream(NUM_ENVS, 6);
  const agent = new RecurrentDqn(stream.task, { ...OPTIONS, burnIn: 2, learningStarts: 1000 });
  const twin = float64Twin(agent.values.network);
  const carried = Array.from({ length: NUM_ENVS }, () => new Float64Array(6));
  const byReward = new Map<number, Float64Array>(); // no two are the same
  const actions = new Int32Array(NUM_ENVS);
  for (let t = 0; t < 40; t++) {
    agent.act(stream.observations, actions, stream.actionMasks);
    const transitions = stream.step(actions);
    agent.learn(transitions);
    carried.forEach((state, i) => {
      byReward.set(transitions.rewards[i], state.slice());
      const { observations, terminated, truncated } = transitions;
      const seen = Float64Array.from(observations.slice(i * SIZE, (i + 1) * SIZE));
      twin.forward(seen, 1, { state });
      if (terminated[i] + truncated[i] > 0) state.fill(0);
    });
  }
  const n = 100;
  const batch = agent.replay.createBatch(n);
  agent.replay.sample(batch, new Alea(1));
  let numCarried = 0;
  for (let i = 0; i < n; i++) {
    if (batch.starts[i] === 1 || batch.rewards[i] === 0) continue; // an episode begins here or later
    numCarried++;
    const expected = byReward.get(batch.rewards[i]) ?? [];
    expect(farthest(batch.states.slice(6 * i, 6 * i + 6), expected)).toBeLessThan(1e-6);
  }
  expect(numCarried).toBeGreaterThan(10);
});

describe('a recurrent DQN', () => {
  test('expects nothing of the rows behind the end of an episode', () => {
    // All episodes have one step: of a sequence of four, three rows are nobody's.
    const world = identityDiscrete({ numValues: 2, timeLimit: 1 });
    const agent = new RecurrentDqn(world, {
      ...OPTIONS,
      discount: 0,
      epsilon: 1,
      learningStarts: 100,
      updateEvery: 1,
      optimizer: sgd({ learningRate: 0.5 }),
      capacity: 300,
    });
    learn(agent, world, { steps: 400 });
    for (const value of [0, 1]) {
      const { actionValues = [] } = agent.inspect(Float32Array.of(value));
      expect(actionValues[value]).toBeCloseTo(1, 1);
      expect(actionValues[1 - value]).toBeCloseTo(0, 1);
    }
  });

  test('copies the network into the target network every so many steps', () => {
    const stream = new RandomStream(NUM_ENVS, 7);
    const agent = new RecurrentDqn(stream.task, OPTIONS);
    const actions = new Int32Array(NUM_ENVS);
    for (let t = 1; t <= 21; t++) {
      agent.act(stream.observations, actions, stream.actionMasks);
      agent.learn(stream.step(actions));
      const apart = farthest(agent.targetNetwork.parameters, agent.values.network.parameters);
      expect(apart === 0).toBe(2 * t <= 20 || (2 * t) % 14 === 0); // learns from step 22 on
    }
  });

  test('learns at the steps that its options name, and not before', () => {
    const stream = new RandomStream(NUM_ENVS, 8);
    const options = { ...OPTIONS, learningStarts: 11, updateEvery: 3, updatesAtOnce: 2 };
    const agent = new RecurrentDqn(stream.task, options);
    const actions = new Int32Array(NUM_ENVS);
    const updates = Array.from({ length: 10 }, () => {
      agent.act(stream.observations, actions, stream.actionMasks);
      agent.learn(stream.step(actions));
      return agent.metrics().updates;
    });
    expect(updates).toEqual([0, 0, 0, 0, 0, 2, 2, 4, 6, 6]); // steps 12, 15 and 18 of 20
  });

  test('waits until there is a whole sequence', () => {
    const stream = new RandomStream(1, 8);
    const options = { ...OPTIONS, length: 6, burnIn: 0, learningStarts: 0, updateEvery: 1 };
    const agent = new RecurrentDqn(stream.task, { ...options, capacity: 100 });
    const actions = new Int32Array(1);
    let ready = 0;
    for (let t = 0; t < 20; t++) {
      agent.act(stream.observations, actions, stream.actionMasks);
      const seen = stream.step(actions);
      expect(() => agent.learn(seen)).not.toThrow();
      if (agent.replay.ready > 0) ready++;
      expect(agent.metrics().updates).toBe(ready);
    }
    expect(ready).toBeGreaterThan(0);
    expect(ready).toBeLessThan(20);
  });

  test('learns from as few steps of each copy as there are in a sequence', () => {
    const stream = new RandomStream(NUM_ENVS, 8);
    const sizes = { length: 6, burnIn: 4, learningStarts: 0, updateEvery: 1 };
    const options = { ...OPTIONS, ...sizes, capacity: 20 };
    const agent = new RecurrentDqn(stream.task, options);
    const actions = new Int32Array(NUM_ENVS);
    for (let t = 0; t < 100; t++) {
      agent.act(stream.observations, actions, stream.actionMasks);
      agent.learn(stream.step(actions));
    }
    expect(agent.metrics().updates).toBeGreaterThan(100);
    expect(() => new RecurrentDqn(stream.task, { ...options, capacity: 19 })).toThrow(
      'RecurrentDqn: capacity must be at least 20, for 10 steps of 2 copies, got 19.',
    );
  });

  test('explores with probability ε, among what is legal', () => {
    const agent = new RecurrentDqn(
      { ...new RandomStream(1, 0).task },
      { ...OPTIONS, epsilon: 0.3 },
    );
    const counts = [0, 0, 0];
    const actions = new Int32Array(1);
    for (let i = 0; i < 4000; i++) {
      agent.begin(Uint8Array.of(1));
      agent.act(Float32Array.of(1, 0), actions, Uint8Array.of(1, 0, 1));
      counts[actions[0]]++;
    }
    expect(counts[1]).toBe(0);
    expect(Math.max(...counts) / 4000).toBeCloseTo(0.85, 1);
  });

  test('refuses a reward that is not finite, with its step, and stores nothing then', () => {
    const stream = new RandomStream(NUM_ENVS, 9);
    const agent = new RecurrentDqn(stream.task, OPTIONS);
    const transitions = stream.step(new Int32Array(NUM_ENVS));
    transitions.rewards[1] = Number.NaN;
    expect(() => agent.learn(transitions)).toThrow(
      'RecurrentDqn.learn: the reward of step 1 must be a finite number, got NaN.',
    );
    expect(agent.replay.length).toBe(0);
  });

  test.each<[object, string]>([
    [{ length: 1 }, 'RecurrentDqn: length must be an integer of at least 2, got 1.'],
    [{ burnIn: -1 }, 'RecurrentDqn: burnIn must be an integer of at least 0, got -1.'],
    [{ batchSize: 0 }, 'RecurrentDqn: batchSize must be an integer of at least 1, got 0.'],
    [{ epsilon: 2 }, 'RecurrentDqn: epsilon must be between 0 and 1, got 2.'],
    [{ noisy: true }, 'RecurrentDqn: unknown option "noisy".'],
    [{ greatestShare: 2 }, 'RecurrentDqn: greatestShare must be between 0 and 1, got 2.'],
    [{ priorityExponent: -1 }, 'RecurrentDqn: priorityExponent must be between 0 and 1, got -1.'],
  ])('refuses %o', (options, message) => {
    const { task } = new RandomStream(1, 0);
    expect(() => new RecurrentDqn(task, { ...OPTIONS, ...options })).toThrow(message);
  });
});
