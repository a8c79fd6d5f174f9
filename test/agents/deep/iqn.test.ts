import { describe, expect, test } from 'vitest';
import { Iqn } from '../../../agents/deep/action-values/iqn.ts';
import type { IqnOptions } from '../../../agents/deep/action-values/iqn-options.ts';
import { Alea } from '../../../core/alea.ts';
import type { SavedData } from '../../../core/saved.ts';
import { box, discrete } from '../../../core/space.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { mlp } from '../../../networks/specification/mlp.ts';
import { allowRelaxedSimd } from '../../../node/relaxed-simd.ts';
import { learn } from '../../helpers/learn.ts';
import {
  drawsOf,
  type Numbers,
  numbersOf,
  quantileByHand,
  SIZE,
  slopes,
} from '../../helpers/quantile-update.ts';
import { transition } from '../../helpers/transitions.ts';
import { corridor } from '../../helpers/worlds.ts';

allowRelaxedSimd();

const NUM_STATES = 3;
const NUM_ACTIONS = 3;
const TASK = { observationSpace: discrete(NUM_STATES), actionSpace: discrete(NUM_ACTIONS) };
const RATE = 0.5;

const OPTIONS: IqnOptions = {
  layers: [dense(SIZE, { activation: 'tanh' })],
  headLayers: [dense(4, { activation: 'tanh' })],
  optimizer: sgd({ learningRate: RATE }),
  samples: 3,
  targetSamples: 2,
  policySamples: 4,
  embedding: 5,
  discount: 0.5,
  epsilon: 0,
  capacity: 4,
  batchSize: 3,
  learningStarts: 3,
  updateEvery: 4,
  targetUpdateEvery: 1000,
};

/** Draws all parameters, of Z and of Ẑ apart, so that they prefer other actions. */
function scramble(agent: Iqn, seed: number): void {
  const rng = new Alea(seed, 'parameters');
  for (const { parts } of [agent.values.network, agent.targetNetwork]) {
    for (const { parameters } of [parts.features, parts.embedding, parts.head]) {
      for (let i = 0; i < parameters.length; i++) parameters[i] = rng.normal();
    }
  }
}

/** Four transitions, after the last of which there is an update. */
function transitions(parts: object, masked: boolean) {
  return [
    { state: 0, action: 1, reward: 1, nextState: 1, ...parts },
    { state: 1, action: 2, reward: -2, nextState: 2 },
    { state: 2, action: 0, reward: 0.5, nextState: 0 },
    { state: 1, action: 1, reward: 3, nextState: 2, ...parts },
  ].map((row) => transition(masked ? { nextMask: [0, 1, 1], ...row } : row));
}

/** The loss of an update from the definition, with targets that stay as they are. */
function lossByHand(agent: Iqn, twin: Iqn, rng: SavedData, online: Numbers) {
  const { double, dueling, embedding, threshold, samples, targetSamples } = agent.options;
  const { batch, policy, target, own } = drawsOf(twin, rng);
  const task = { numStates: NUM_STATES, numActions: NUM_ACTIONS, waves: embedding, dueling };
  const targetNumbers = numbersOf(agent.targetNetwork.parts);
  const at = (numbers: Numbers, state: number, fraction: number) =>
    quantileByHand(numbers, state, fraction, task);

  const targets = policy.map((fractions, row) => {
    const state = batch.nextObservations[row];
    const chooser = double ? online : targetNumbers;
    const sums = Array.from({ length: NUM_ACTIONS }, (_, action) =>
      fractions.reduce((sum, fraction) => sum + at(chooser, state, fraction)[action], 0),
    ).map((sum, a) => (batch.nextActionMasks?.[row * NUM_ACTIONS + a] === 0 ? -Infinity : sum));
    const best = sums.indexOf(Math.max(...sums));
    const discount = batch.terminated[row] === 1 ? 0 : batch.discounts[row];
    return target[row].map(
      (fraction) => batch.rewards[row] + discount * at(targetNumbers, state, fraction)[best],
    );
  });
  const huber = (u: number) => {
    if (threshold === 0) return Math.abs(u);
    return Math.abs(u) <= threshold ? u ** 2 / 2 / threshold : Math.abs(u) - threshold / 2; // divided by κ
  };
  const loss = () => {
    let sum = 0;
    for (let row = 0; row < targets.length; row++) {
      for (let i = 0; i < samples; i++) {
        const fraction = own[row][i];
        const quantile = at(online, batch.observations[row], fraction)[batch.actions[row]];
        for (let j = 0; j < targetSamples; j++) {
          const u = targets[row][j] - quantile;
          const side = Math.abs(fraction - (u < 0 ? 1 : 0));
          sum += (batch.weights[row] * side * huber(u)) / targetSamples / targets.length;
        }
      }
    }
    return sum;
  };
  return { loss, batch };
}

/** How an update of all networks differs from a step along the gradient of the definition. */
function expectUpdate(options: IqnOptions, parts: object = {}, masked = false): void {
  const task = masked ? { ...TASK, masked } : TASK;
  const agent = new Iqn(task, { ...OPTIONS, ...options });
  const twin = new Iqn(task, { ...OPTIONS, ...options, learningStarts: 1000 });
  scramble(agent, 1);
  const rows = transitions(parts, masked);
  for (const row of rows) twin.learn(row);
  for (const row of rows.slice(0, 3)) agent.learn(row);
  expect(agent.values.updates).toBe(0);
  const before = numbersOf(agent.values.network.parts);
  const { loss } = lossByHand(agent, twin, agent.save().rng as SavedData, before);
  agent.learn(rows[3]);
  expect(agent.values.updates).toBe(1);
  expect(agent.metrics().loss).toBeCloseTo(loss(), 5);
  const after = numbersOf(agent.values.network.parts);
  before.forEach((numbers, part) => {
    const expected = slopes(numbers, loss).map((slope, i) => numbers[i] - RATE * slope);
    expected.forEach((value, i) => {
      expect(after[part][i], `part ${part}, number ${i}`).toBeCloseTo(value, 4);
    });
    expect(Math.max(...expected.map((value, i) => Math.abs(value - numbers[i])))).toBeGreaterThan(
      0.01,
    );
  });
}

describe('an update of IQN is a step along the gradient of algorithm 1', () => {
  test('of a batch', () => expectUpdate({}));
  test('on the reference', () => expectUpdate({ engine: 'reference' }));
  test('with the fast build', () => expectUpdate({ engine: 'simd-fast' }));
  test('double: Z chooses, Ẑ values', () => expectUpdate({ double: true }));
  test('dueling', () => expectUpdate({ dueling: true }));
  test('behind a terminal state', () => expectUpdate({}, { terminated: true }));
  test('behind a time limit', () => expectUpdate({}, { truncated: true }));
  test('over legal actions alone', () => expectUpdate({}, {}, true));
  test('with a small threshold', () => expectUpdate({ threshold: 0.3 }));
  test('of distances', () => expectUpdate({ threshold: 0 }));
  test('with one sample of each', () =>
    expectUpdate({ samples: 1, targetSamples: 1, policySamples: 1, embedding: 1 }));
  test('with weights of priorities', () => {
    const weightExponent = 1;
    expectUpdate({ prioritized: true, weightExponent, double: true, dueling: true });
  });
});

/** ψ = 1 and f is the identity: quantiles of action i are φᵢ. */
function agentOfWaves(embedding: number): Iqn {
  const task = { observationSpace: box([0], [1]), actionSpace: discrete(embedding) };
  const agent = new Iqn(task, {
    layers: [dense(embedding)],
    embedding,
    policySamples: 4,
    learningStarts: 1e6,
  });
  const { features, embedding: phi, head } = agent.values.network.parts;
  const diagonal = (parameters: Float32Array, bias: number) =>
    parameters.forEach((_, i) => {
      parameters[i] = i >= embedding * embedding ? bias : i % (embedding + 1) === 0 ? 1 : 0;
    });
  features.parameters.fill(0).fill(1, embedding); // no weights, biases of 1
  diagonal(phi.parameters, 2); // so that no cosine is cut off
  diagonal(head.parameters, 0);
  return agent;
}

describe('the network of IQN', () => {
  test('tells where a quantile is by cos(π i τ), i from 0 on', () => {
    const fractions = [0, 0.001, 0.25, 0.3, 0.5, 0.777, 0.999, 1];
    const quantiles = agentOfWaves(64).quantiles(Float32Array.of(0.5), fractions);
    expect(quantiles).toHaveLength(64 * 8);
    quantiles.forEach((quantile, k) => {
      const fraction = Math.fround(fractions[k % 8]);
      const wave = Math.cos(Math.PI * Math.floor(k / 8) * fraction);
      expect(quantile).toBeCloseTo(2 + wave, 5.5);
    });
  });

  test('gives the same bits whatever it gave before, and row by row', () => {
    const agent = new Iqn(TASK, OPTIONS);
    const { network } = agent.values;
    const rng = new Alea(3);
    const fractions = Float32Array.from({ length: 6 }, () => rng.uniform());
    const inputs = Float32Array.of(0, 1, 0, 0, 0, 1); // states 1 and 2
    network.see(inputs, 2);
    const together = network.quantiles(fractions).slice(); // [2 × 3 × 3]
    const many = Float32Array.from({ length: 40 }, () => rng.uniform());
    network.quantiles(many);
    expect(network.quantiles(fractions)).toEqual(together);
    for (const row of [0, 1]) {
      network.see(inputs.subarray(3 * row, 3 * row + 3), 1);
      const alone = network.quantiles(fractions.subarray(3 * row, 3 * row + 3));
      expect(alone).toEqual(together.subarray(9 * row, 9 * row + 9));
    }
  });

  test('begins as its target, and other seeds otherwise; no two parts alike', () => {
    const [one, same, other] = [1, 1, 2].map((seed) => new Iqn(TASK, { ...OPTIONS, seed }));
    const numbers = (agent: Iqn) => numbersOf(agent.values.network.parts);
    expect(numbers(one)).toEqual(numbersOf(one.targetNetwork.parts));
    expect(numbers(one)).toEqual(numbers(same));
    for (const part of [0, 1, 2]) expect(numbers(one)[part]).not.toEqual(numbers(other)[part]);
    const square = { ...OPTIONS, layers: [dense(3)], embedding: 3, headLayers: [] };
    const [psi, phi, f] = numbers(new Iqn(TASK, square));
    expect(psi).not.toEqual(f);
    const ratios = new Set(phi.map((x, i) => Math.fround(x / f[i])));
    expect(ratios.size).toBeGreaterThan(1);
  });

  test('ends the default body with the product before its last layer', () => {
    const { options } = new Iqn(TASK);
    expect(options.layers).toMatchObject([{ kind: 'dense', units: 120 }]);
    expect(options.headLayers).toMatchObject([{ kind: 'dense', units: 84 }]);
    const image = box(new Array(400).fill(0), new Array(400).fill(1));
    const task = { observationSpace: { ...image, shape: [10, 10, 4] }, actionSpace: discrete(2) };
    const { values, options: ofImages } = new Iqn(task, { capacity: 10, batchSize: 2 });
    expect(ofImages.layers?.map(({ kind }) => kind)).toEqual(['conv2d', 'flatten']);
    expect(ofImages.headLayers).toMatchObject([{ kind: 'dense', units: 128 }]);
    expect(values.network.parts.embedding.outputSize).toBe(8 * 8 * 16);
    expect(new Iqn(TASK, { layers: [dense(7)] }).options.headLayers).toEqual([]);
  });

  test('is noisy in ψ and f where that is asked for', () => {
    const names = (noisy: boolean) => {
      const { parts } = new Iqn(TASK, { ...OPTIONS, noisy }).values.network;
      return [parts.features, parts.embedding, parts.head].map(
        ({ plan }) => plan.parameters.filter(({ name }) => name.includes('Deviation')).length,
      );
    };
    expect(names(true)).toEqual([2, 0, 4]);
    expect(names(false)).toEqual([0, 0, 0]);
  });
});

describe('IQN', () => {
  test('acts by the mean of quantiles at fractions that it draws', () => {
    const agent = new Iqn(TASK, { ...OPTIONS, layers: [], headLayers: [], embedding: 2 });
    const { embedding, head } = agent.values.network.parts;
    // φ = (τ's cosine + 1) for all features; Z of action 0 is φ − 1, of action 1 nothing, of 2 −9.
    embedding.parameters.set([0, 0, 0, 1, 1, 1, 1, 1, 1]);
    head.parameters.set([1, 0, 0, 1, 0, 0, 1, 0, 0, -1, 0, -9]);
    const state = agent.save().rng as SavedData;
    const rng = new Alea(0);
    rng.restore(state);
    const actions = new Int32Array(2);
    const wanted: number[] = [];
    const taken: number[] = [];
    for (let i = 0; i < 50; i++) {
      agent.act(Float32Array.of(1, 2), actions);
      taken.push(...actions);
      for (let row = 0; row < 2; row++) {
        let sum = 0;
        for (let k = 0; k < 4; k++) sum += Math.cos(Math.PI * rng.uniform());
        wanted.push(sum > 0 ? 0 : 1);
      }
    }
    expect(taken).toEqual(wanted);
    expect(new Set(taken).size).toBe(2);
    expect(agent.save().rng).toEqual(rng.snapshot());
  });

  test('is judged by the midpoints, and draws nothing for that', () => {
    const agent = agentOfWaves(2);
    const before = agent.save();
    // The mean of 2 + cos(π τ) over τ = ⅛, ⅜, ⅝, ⅞ is 2, that of 2 + 1 is 3.
    const { actionValues, value } = agent.inspect(Float32Array.of(0.5));
    expect(actionValues?.[0]).toBeCloseTo(3, 6);
    expect(actionValues?.[1]).toBeCloseTo(2, 6);
    expect(value).toBeCloseTo(3, 6);
    const actions = new Int32Array(1);
    agent.greedy().act(Float32Array.of(0.5), actions);
    expect(actions[0]).toBe(0);
    expect(agent.save()).toEqual(before);
  });

  test('draws noise to act and to learn, for Z and for Ẑ, and none to be judged', () => {
    const agent = new Iqn(TASK, { ...OPTIONS, noisy: true });
    const stands = () =>
      [agent.values.network, agent.targetNetwork].flatMap(({ parts }) =>
        [parts.features, parts.head].map(({ rng }) => JSON.stringify(rng.snapshot())),
      );
    const changed = (act: () => void) => {
      const before = stands();
      act();
      return stands().map((state, i) => state !== before[i]);
    };
    const state = Float32Array.of(1);
    expect(changed(() => agent.inspect(state))).toEqual([false, false, false, false]);
    expect(changed(() => agent.greedy().act(state, new Int32Array(1)))).not.toContain(true);
    expect(changed(() => agent.act(state, new Int32Array(1)))).toEqual([true, true, false, false]);
    const { features, head } = agent.values.network.parts;
    const deviations = () =>
      [features, head].flatMap(({ parameters, plan }) =>
        plan.parameters
          .filter(({ name }) => name.includes('weightsDeviation'))
          .map(({ offset, size }) => [...parameters.subarray(offset, offset + size)]),
      );
    const before = deviations();
    const learnOnce = () => {
      for (const row of transitions({}, false)) agent.learn(row);
    };
    expect(changed(learnOnce)).toEqual([true, true, true, true]);
    deviations().forEach((after, i) => {
      expect(after).not.toEqual(before[i]);
    });
  });

  test('copies Z into Ẑ, or moves it by τ', () => {
    for (const targetStepSize of [1, 0.25]) {
      const agent = new Iqn(TASK, { ...OPTIONS, targetUpdateEvery: 4, targetStepSize });
      scramble(agent, 2);
      const target = numbersOf(agent.targetNetwork.parts);
      for (const row of transitions({}, false)) agent.learn(row);
      const after = numbersOf(agent.values.network.parts);
      numbersOf(agent.targetNetwork.parts).forEach((numbers, part) => {
        numbers.forEach((number, i) => {
          const wanted = target[part][i] + targetStepSize * (after[part][i] - target[part][i]);
          expect(number).toBeCloseTo(wanted, 5);
        });
      });
    }
  });

  test('cuts the norm of the gradients of all three networks together', () => {
    const step = (clip: { readonly globalNorm: number } | null) => {
      const optimizer = sgd({ learningRate: RATE, clip });
      const agent = new Iqn(TASK, { ...OPTIONS, optimizer });
      scramble(agent, 1);
      const before = numbersOf(agent.values.network.parts).flatMap((numbers) => [...numbers]);
      for (const row of transitions({}, false)) agent.learn(row);
      const after = numbersOf(agent.values.network.parts).flatMap((numbers) => [...numbers]);
      return after.map((x, i) => x - before[i]);
    };
    const norm = (all: readonly number[]) => Math.hypot(...all);
    const free = step(null);
    const cut = step({ globalNorm: 0.1 });
    expect(norm(free)).toBeGreaterThan(2 * RATE * 0.1);
    expect(norm(cut)).toBeCloseTo(RATE * 0.1, 5);
    cut.forEach((x, i) => {
      expect(x).toBeCloseTo((free[i] * norm(cut)) / norm(free), 5);
    });
    expect(step({ globalNorm: 100 })).toEqual(free);
  });

  test('tells of the gradient of each network before it is cut', () => {
    const norms = (clip: { readonly globalNorm: number } | null) => {
      const agent = new Iqn(TASK, { ...OPTIONS, optimizer: sgd({ learningRate: RATE, clip }) });
      scramble(agent, 1);
      for (const row of transitions({}, false)) agent.learn(row);
      const metrics = agent.metrics();
      return ['features', 'embedding', 'head'].map((part) => metrics[`${part}GradientNorm`]);
    };
    const free = norms(null);
    expect(Math.hypot(...free)).toBeGreaterThan(0.2);
    for (const globalNorm of [0.1, 100]) {
      norms({ globalNorm }).forEach((norm, i) => {
        expect(norm).toBeCloseTo(free[i], 5);
      });
    }
  });

  test.each(['simd', 'simd-fast', 'reference'] as const)(
    'goes on from what it saved bit by bit with all parts, on %s',
    (engine) => {
      const all = { double: true, dueling: true, prioritized: true, numSteps: 3, noisy: true };
      const create = () =>
        new Iqn(
          { ...corridor(), numEnvs: 2 },
          {
            ...OPTIONS,
            ...all,
            engine,
            optimizer: adam(),
            epsilon: 0.2,
            capacity: 50,
            learningStarts: 20,
            targetUpdateEvery: 10,
          },
        );
      const play = (agent: Iqn, steps: number, seed: number) => {
        learn(agent, corridor(), { steps, numEnvs: 2, seed });
        return agent.save();
      };
      const agent = create();
      play(agent, 60, 1);
      const twin = create();
      twin.restore(structuredClone(agent.save()));
      expect(play(twin, 40, 2)).toEqual(play(agent, 40, 2));
      expect(agent.values.updates).toBe(45);
    },
  );

  test('refuses what another network has saved, and stays as it was', () => {
    const agent = new Iqn(TASK, OPTIONS);
    const other = new Iqn(TASK, { ...OPTIONS, embedding: 6 });
    scramble(agent, 4);
    const before = agent.save();
    expect(() => agent.restore(other.save())).toThrow();
    expect(agent.save()).toEqual(before);
  });

  test('names the tensor and the update where something is not finite', () => {
    for (const [part, name] of [
      ['features', 'layers[0].weights'],
      ['head', 'heads.values[0].weights'],
    ] as const) {
      const agent = new Iqn(TASK, OPTIONS);
      agent.values.network.parts[part].parameters[1] = Number.NaN;
      agent.targetNetwork.parts.embedding.parameters[0] = 1;
      const act = () => {
        for (const row of transitions({}, false)) agent.learn(row);
      };
      expect(act).toThrow(
        `Iqn.learn: the loss of update 1 must be finite, got NaN. ${name} is not finite`,
      );
      expect(agent.values.updates).toBe(0);
    }
  });

  test.each([
    [{ samples: 0 }, 'Iqn: samples must be an integer of at least 1, got 0.'],
    [{ targetSamples: 1.5 }, 'Iqn: targetSamples must be an integer of at least 1, got 1.5.'],
    [{ policySamples: 0 }, 'Iqn: policySamples must be'],
    [{ embedding: 0 }, 'Iqn: embedding must be'],
    [{ threshold: -1 }, 'Iqn: threshold must be between 0 and'],
    [{ epsilon: 2 }, 'Iqn: epsilon must be between 0 and 1, got 2.'],
    [{ returns: { kind: 'quantile' } }, 'Iqn: unknown option "returns".'],
    [{ headLayers: 3 }, 'headLayers must be a list of layers, got 3.'],
  ])('refuses %o', (options, message) => {
    expect(() => new Iqn(TASK, options as IqnOptions)).toThrow(message);
  });

  test('refuses layers that do not end in a row, and fractions that are none', () => {
    const image = box(new Array(8).fill(0), new Array(8).fill(1));
    const task = { observationSpace: { ...image, shape: [2, 2, 2] }, actionSpace: discrete(2) };
    expect(() => new Iqn(task, { layers: [] })).toThrow(
      'Iqn: layers must end in a row of numbers, got shape 2 × 2 × 2. Add flatten().',
    );
    const agent = new Iqn(TASK, OPTIONS);
    expect(() => agent.quantiles(Float32Array.of(0), [])).toThrow('the number of fractions');
    expect(() => agent.quantiles(Float32Array.of(0), [0.5, 1.5])).toThrow(
      'Iqn.quantiles: fractions[1] must be between 0 and 1, got 1.5.',
    );
  });
});

/** Rewards of one state's two arms, by the inverse of their distribution. */
const ARMS: readonly ((chance: number) => number)[] = [
  (chance) => 4 * chance - 1, // even from −1 to 3
  (chance) => (chance < 0.25 ? -2 : chance < 0.75 ? 0 : 1), // three values
];

test('the quantiles that IQN learns of random rewards are those of their distributions', () => {
  const task = { observationSpace: discrete(1), actionSpace: discrete(2) };
  const agent = new Iqn(task, {
    layers: mlp({ hidden: [32], activation: 'tanh' }),
    headLayers: mlp({ hidden: [32] }),
    optimizer: adam({ learningRate: { kind: 'linear', from: 0.005, to: 0.0002, steps: 1000 } }),
    samples: 8,
    targetSamples: 8,
    threshold: 0.05, // Huber's parabola draws quantiles to the mean
    embedding: 16,
    batchSize: 32,
    capacity: 3000,
    learningStarts: 1000,
    updateEvery: 2,
  });
  const rng = new Alea(2, 'rewards');
  for (let step = 0; step < 3000; step++) {
    const action = step % 2;
    const reward = ARMS[action](rng.uniform());
    agent.learn(transition({ action, reward, terminated: true }));
  }
  const fractions = Float64Array.from({ length: 99 }, (_, k) => (k + 1) / 100);
  const quantiles = agent.quantiles(Float32Array.of(0), fractions);
  const off = (action: number) =>
    Array.from(fractions, (chance, k) =>
      Math.abs(quantiles[action * 99 + k] - ARMS[action](chance)),
    );
  // Beside a jump a quantile may be anywhere in it, so of the three values the mean counts.
  expect(Math.max(...off(0))).toBeLessThan(0.35);
  const mean = (all: readonly number[]) => all.reduce((sum, x) => sum + x, 0) / all.length;
  expect(mean(off(0))).toBeLessThan(0.1);
  expect(mean(off(1))).toBeLessThan(0.15);
  for (const k of [5, 12, 37, 50, 62, 87, 95]) expect(off(1)[k - 1]).toBeLessThan(0.2);
  const [even, three] = agent.inspect(Float32Array.of(0)).actionValues ?? [];
  expect(Math.abs(even - 1)).toBeLessThan(0.1);
  expect(Math.abs(three - -0.25)).toBeLessThan(0.1);
});
