import { describe, expect, test } from 'vitest';
import { Dqn, type DqnOptions } from '../../../agents/deep/action-values/dqn.ts';
import { discrete } from '../../../core/space.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { learn } from '../../helpers/learn.ts';
import { transition } from '../../helpers/transitions.ts';
import { corridor } from '../../helpers/worlds.ts';

const TASK = { observationSpace: discrete(2), actionSpace: discrete(2) };

// With one-hot states and no layers, Q(s, a) is a weight and a bias: a step of the squared error's
// gradient moves each by α 2 (y − Q), the value by twice that.
const OPTIONS: DqnOptions = {
  layers: [],
  optimizer: sgd({ learningRate: 0.05 }),
  discount: 0.5,
  epsilon: 0,
  capacity: 1,
  batchSize: 1,
  learningStarts: 0,
  updateEvery: 1,
  targetUpdateEvery: 1000,
};
const STEP = 2 * 0.05 * 2;

/** Q of the network that learns, and of the target: different, and other actions are best. */
const Q = [
  [0, 0],
  [3, 5],
];
const TARGET = [
  [0, 0],
  [8, 2],
];

function setValues(parameters: Float32Array, values: number[][]): void {
  parameters.set([...values.flat(), 0, 0]); // weights [states × actions], then biases
}

function agentWithValues(options: DqnOptions = {}, task: object = TASK): Dqn {
  const agent = new Dqn(task as typeof TASK, { ...OPTIONS, ...options });
  setValues(agent.values.network.parameters, Q);
  setValues(agent.targetNetwork.parameters, TARGET);
  return agent;
}

/** Q(0, 1) after (0, 1, r = 1, 1) was learned from once. */
function learnedValue(agent: Dqn, parts: object = {}): number {
  agent.learn(transition({ state: 0, action: 1, reward: 1, nextState: 1, ...parts }));
  return agent.inspect(Float32Array.of(0)).actionValues?.[1] ?? Number.NaN;
}

describe('DQN', () => {
  test('moves towards r + γ max of the target network', () => {
    expect(learnedValue(agentWithValues())).toBeCloseTo(STEP * (1 + 0.5 * 8), 6);
  });

  test('double: the network that learns chooses, the target network values', () => {
    expect(learnedValue(agentWithValues({ double: true }))).toBeCloseTo(STEP * (1 + 0.5 * 2), 6);
  });

  test('expects nothing behind a terminal state, but the rest behind a time limit', () => {
    expect(learnedValue(agentWithValues(), { terminated: true })).toBeCloseTo(STEP, 6);
    expect(learnedValue(agentWithValues(), { truncated: true })).toBeCloseTo(STEP * 5, 6);
  });

  test('takes the maximum over legal actions alone', () => {
    const agent = agentWithValues({}, { ...TASK, masked: true });
    expect(learnedValue(agent, { nextMask: [0, 1] })).toBeCloseTo(STEP * (1 + 0.5 * 2), 6);
  });

  test("takes Huber's slope of 1 where the error is large", () => {
    const returns = { kind: 'expected', loss: 'huber' } as const;
    expect(learnedValue(agentWithValues({ returns }))).toBeCloseTo((STEP / 2) * 1, 6);
  });

  test('copies the network into the target network every so many steps', () => {
    const agent = agentWithValues({ targetUpdateEvery: 3 });
    for (let step = 1; step <= 3; step++) {
      learnedValue(agent);
      const same = agent.targetNetwork.parameters.every(
        (value, i) => value === agent.values.network.parameters[i],
      );
      expect(same).toBe(step === 3);
    }
  });

  test('moves the target network by τ', () => {
    const agent = agentWithValues({ targetUpdateEvery: 1, targetStepSize: 0.25 });
    learnedValue(agent);
    expect(agent.targetNetwork.parameters[2]).toBeCloseTo(8 + 0.25 * (3 - 8), 6);
  });

  test('learns at the steps that its options name, and not before', () => {
    const agent = new Dqn(TASK, {
      ...OPTIONS,
      capacity: 20,
      learningStarts: 5,
      updateEvery: 2,
      updatesAtOnce: 3,
    });
    const updates = Array.from({ length: 9 }, () => {
      learnedValue(agent);
      return agent.values.updates;
    });
    expect(updates).toEqual([0, 0, 0, 0, 0, 3, 3, 6, 6]); // steps 6 and 8
  });

  test('explores with probability ε, evenly', () => {
    const agent = agentWithValues({ epsilon: 0.4 });
    const actions = new Int32Array(1);
    let greedy = 0;
    for (let i = 0; i < 5000; i++) {
      agent.act(Float32Array.of(1), actions);
      if (actions[0] === 1) greedy++;
    }
    expect(greedy / 5000).toBeCloseTo(0.8, 1.5);
    expect(agent.inspect(Float32Array.of(1)).policy).toEqual(Float64Array.of(0.2, 0.8));
  });

  test('duels for each quantile by itself, and learns where v and A say so', () => {
    const returns = { kind: 'quantile', quantiles: 2, threshold: 1 } as const;
    const agent = new Dqn(TASK, { ...OPTIONS, dueling: true, returns });
    // v = (1, 3) and A = (0, 2), (4, 6) in both states, all in the biases.
    agent.values.network.parameters.set([0, 0, 0, 0, 1, 3, ...Array(8).fill(0), 0, 2, 4, 6]);
    // The quantiles of action 0 are 1 + 0 − 2 and 3 + 2 − 4, those of action 1 1 + 4 − 2 and 3 + 6 − 4.
    expect(agent.inspect(Float32Array.of(1)).actionValues).toEqual(Float64Array.of(0, 4));
    // Behind a terminal state both samples are 1: u = −2 and −4, slopes 1 − ¼ and 1 − ¾. With d = ¾ α, ¼ α
    // for weights and biases each, v sinks by d, A(1) by d / 2 and A(0) rises by d / 2.
    agent.learn(transition({ state: 0, action: 1, reward: 1, nextState: 1, terminated: true }));
    const moved = 2 * 0.05 * ((0.75 + 0.25) / 2); // of a mean of two quantiles
    const [q0, q1] = agent.inspect(Float32Array.of(0)).actionValues ?? [];
    expect(q1).toBeCloseTo(4 - 1.5 * moved, 6);
    expect(q0).toBeCloseTo(0 - 0.5 * moved, 6);
  });

  test('draws other noise for each choice where the network is noisy', () => {
    const agent = new Dqn(TASK, { ...OPTIONS, noisy: true });
    const actions = new Int32Array(1);
    const taken = new Set<number>();
    for (let i = 0; i < 100; i++) {
      agent.act(Float32Array.of(1), actions);
      taken.add(actions[0]);
    }
    expect(taken.size).toBe(2);
  });

  test('names the tensor and the update where something is not finite', () => {
    const agent = agentWithValues();
    agent.values.network.parameters[1] = Number.NaN;
    expect(() => learnedValue(agent)).toThrow(
      'Dqn.learn: the loss of update 1 must be finite, got NaN. heads.values[0].weights is not finite',
    );
  });

  test('refuses a reward that is not finite, with its step', () => {
    const agent = agentWithValues();
    expect(() => learnedValue(agent, { reward: Number.NaN })).toThrow(
      'Dqn.learn: the reward of step 0 must be a finite number, got NaN.',
    );
    expect(agent.replay.length).toBe(0);
  });

  test.each([
    [{ batchSize: 0 }, 'Dqn: batchSize must be an integer of at least 1, got 0.'],
    [{ epsilon: 2 }, 'Dqn: epsilon must be between 0 and 1, got 2.'],
    [{ targetStepSize: 0 }, 'Dqn: targetStepSize'],
    [{ bachSize: 3 }, 'Did you mean "batchSize"?'],
    [
      { returns: { kind: 'mean' } },
      'Dqn: returns.kind must be one of expected, categorical, quantile, got "mean".',
    ],
    [{ optimizer: { kind: 'adam', learningRate: -1 } }, 'learningRate'],
  ])('refuses %o', (options, message) => {
    expect(() => new Dqn(TASK, options as DqnOptions)).toThrow(message);
  });

  test('is the same in one copy of the world as its seed says, and another with another', () => {
    const play = (seed: number) => {
      const agent = new Dqn(corridor(), { ...OPTIONS, capacity: 50, epsilon: 0.3, seed });
      learn(agent, corridor(), { steps: 60 });
      return agent.inspect(Float32Array.of(1)).actionValues;
    };
    expect(play(1)).toEqual(play(1));
    expect(play(1)).not.toEqual(play(2));
  });
});
