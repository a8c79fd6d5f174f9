import { describe, expect, expectTypeOf, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Env } from '../../core/env.ts';
import type { ShapesScene } from '../../core/scene.ts';
import type { Box, Discrete } from '../../core/space.ts';
import {
  adversarialBandit,
  bestFixedArm,
  totalOfArm,
} from '../../envs/bandits/adversarial-bandit.ts';
import { bestArm, pullRegret } from '../../envs/bandits/arms.ts';
import { banditScene } from '../../envs/bandits/bandit-scene.ts';
import { bernoulliBandit } from '../../envs/bandits/bernoulli-bandit.ts';
import { kArmedBandit } from '../../envs/bandits/k-armed-bandit.ts';
import { linearContextualBandit } from '../../envs/bandits/linear-contextual-bandit.ts';
import { networkContextualBandit } from '../../envs/bandits/network-contextual-bandit.ts';
import { randomWalkBandit } from '../../envs/bandits/random-walk-bandit.ts';
import { envEntry, make, makeDynamics } from '../../envs/registry.ts';
import { scriptedRng } from '../helpers/rng.ts';

type Bandit = ReturnType<typeof kArmedBandit> | ReturnType<typeof linearContextualBandit>;

function startOf(bandit: Bandit, seed = 1): Float64Array {
  const state = new Float64Array(bandit.stateSize);
  bandit.reset(state, new Alea(seed));
  return state;
}

function momentsOf(numbers: ArrayLike<number>): { mean: number; variance: number } {
  const list = Array.from(numbers);
  const mean = list.reduce((sum, x) => sum + x, 0) / list.length;
  return { mean, variance: list.reduce((sum, x) => sum + (x - mean) ** 2, 0) / list.length };
}

describe('a bandit’s arms', () => {
  test('the best one has the highest value now; what lies behind the values does not count', () => {
    expect(bestArm([0.1, 3, 3, -1, 99, 99], 4)).toBe(1);
  });

  test('another one loses the difference at each pull', () => {
    expect([0, 1, 2].map((arm) => pullRegret([0.5, 2, -1, 0, 0], 3, arm))).toEqual([1.5, 0, 3]);
  });
});

describe('the k-armed testbed', () => {
  test('draws its values around their mean, and draws them in the middle of its picture', () => {
    const [values, others] = [kArmedBandit(), kArmedBandit({ valueMean: 4 })].map((bandit) =>
      startOf(bandit),
    );
    for (let arm = 0; arm < 10; arm++) expect(others[arm]).toBeCloseTo(values[arm] + 4, 12);
    const scene = kArmedBandit({ valueMean: 4 }).scene(others) as ShapesScene;
    expect([scene.view.bottom, scene.view.height]).toEqual([4 - 4.5, 9]);
    expect(() => kArmedBandit({ valueMean: Number.NaN })).toThrow(
      'kArmedBandit: valueMean must be a finite number, got NaN.',
    );
  });
});

describe('the chart of a bandit', () => {
  const chart = { numArms: 2, bottom: -0.1, top: 1.1 };
  const bars = ({ shapes }: ShapesScene) => shapes.filter(({ kind }) => kind === 'rectangle');

  test('has bars that stand on 0, the best arm’s in its own color', () => {
    expect(bars(banditScene([0.5, 0.25, -1, 0], chart))).toMatchObject([
      { y: 0.25, height: 0.5, color: 'goal' },
      { y: 0.125, height: 0.25, color: 'surface' },
    ]);
  });

  test('has bars around the value where rewards spread', () => {
    expect(bars(banditScene([0.5, 0.25, -1, 0], { ...chart, deviation: 2 }))).toMatchObject([
      { y: 0.5, height: 4 },
      { y: 0.25, height: 4 },
    ]);
  });

  test('is 1.6 times as wide as high, and shows the last reward at its arm', () => {
    const scene = banditScene([0.5, 0.25, 1, 0.75], chart);
    expect(scene.view.width / scene.view.height).toBeCloseTo(1.6);
    expect(scene.view.height).toBeCloseTo(1.2);
    expect(scene.shapes.at(-1)).toMatchObject({
      kind: 'circle',
      x: scene.actionPositions?.[1],
      y: 0.75,
    });
    expect(scene.caption).toBe('arm 2 gave 0.75, best arm 1');
  });

  test('shows no reward before the first pull', () => {
    const scene = banditScene([0.5, 0.25, -1, 0], { ...chart, situation: 'pull 1: ' });
    expect(scene.shapes.some(({ kind }) => kind === 'circle')).toBe(false);
    expect(scene.caption).toBe('pull 1: best arm 1');
  });
});

describe('the Bernoulli bandit', () => {
  test('gives 1 below the arm’s chance and 0 from there on', () => {
    const bandit = bernoulliBandit({ probabilities: [0.25, 0.75] });
    const state = startOf(bandit);
    expect([...state]).toEqual([0.25, 0.75, -1, 0]);
    expect(bandit.step(state, 1, scriptedRng(0.7))).toBe(1);
    expect([...state]).toEqual([0.25, 0.75, 1, 1]);
    expect(bandit.step(state, 1, scriptedRng(0.75))).toBe(0);
    expect(bandit.step(state, 0, scriptedRng(0.7))).toBe(0);
    expect([...state]).toEqual([0.25, 0.75, 0, 0]);
  });

  test('never rewards a chance of 0, and always one of 1', () => {
    const bandit = bernoulliBandit({ probabilities: [0, 1] });
    const state = startOf(bandit);
    expect(bandit.step(state, 0, scriptedRng(0))).toBe(0);
    expect(bandit.step(state, 1, scriptedRng(1 - 2 ** -32))).toBe(1);
  });

  test('draws its chances uniformly, one for each arm, in each episode', () => {
    const state = new Float64Array(5);
    bernoulliBandit({ numArms: 3 }).reset(state, scriptedRng(0.1, 0.9, 0.4));
    expect([...state]).toEqual([0.1, 0.9, 0.4, -1, 0]);
  });

  test('has as many arms as chances were given', () => {
    expect(bernoulliBandit({ probabilities: [0.1, 0.2, 0.3] }).actionSpace.n).toBe(3);
    expect(bernoulliBandit().actionSpace.n).toBe(10);
  });
});

describe('the random-walk bandit', () => {
  test('begins with all arms alike', () => {
    const bandit = randomWalkBandit({ numArms: 3, startValue: 2 });
    expect([...startOf(bandit)]).toEqual([2, 2, 2, -1, 0]);
    expect([...startOf(randomWalkBandit())].slice(0, 10)).toEqual(new Array(10).fill(0));
  });

  test('rewards with the value before the walk, then moves every arm', () => {
    const bandit = randomWalkBandit({ numArms: 2, walkDeviation: 0.5, rewardDeviation: 2 });
    const state = Float64Array.of(1, 3, -1, 0);
    expect(bandit.step(state, 1, scriptedRng(0.25, 1, -1))).toBe(3 + 2 * 0.25);
    expect([...state]).toEqual([1 + 0.5, 3 - 0.5, 1, 3.5]);
  });

  test('walks as far as the root of the pulls: 0.01 · √10,000 = 1 by the end of an episode', () => {
    const bandit = randomWalkBandit({ numArms: 500, pulls: 400 });
    const state = startOf(bandit);
    const rng = new Alea(2);
    for (let t = 0; t < 400; t++) bandit.step(state, 0, rng);
    const { mean, variance } = momentsOf(state.subarray(0, 500));
    // 400 steps of variance 0.0001: 0.04, that is a deviation of 0.2.
    expect(Math.abs(mean)).toBeLessThan((4 * 0.2) / Math.sqrt(500));
    expect(Math.abs(variance / 0.04 - 1)).toBeLessThan(4 * Math.sqrt(2 / 500));
    expect(randomWalkBandit().timeLimit).toBe(10_000);
    const { view } = randomWalkBandit().scene(startOf(randomWalkBandit())) as ShapesScene;
    expect(view).toMatchObject({ bottom: -(3 * 1 + 1.5), height: 9 });
  });
});

describe('the linear contextual bandit', () => {
  const bandit = linearContextualBandit({ numArms: 2, contextSize: 3, rewardDeviation: 2 });
  // Values, last arm, last reward, x, θ₀, θ₁.
  const row = () => Float64Array.of(0, 0, -1, 0, 0, 0, 0, 1, 2, 3, -1, 0.5, 4);

  test('rewards with θₐ · x and noise, then draws the next context', () => {
    const state = row();
    bandit.step(state, 0, scriptedRng(0, 0.75, 0.5, 0.25)); // x = 2 · draw − 1
    expect([...state.subarray(4, 7)]).toEqual([0.5, 0, -0.5]);
    expect([...state.subarray(0, 2)]).toEqual([0.5 - 1.5, -0.5 - 2]);
    expect(bandit.step(state, 1, scriptedRng(0.25, 0, 1, 0.5))).toBe(-2.5 + 2 * 0.25);
    expect([...state.subarray(2, 7)]).toEqual([1, -2, -1, 1, 0]);
    expect([...state.subarray(0, 2)]).toEqual([-1 + 2, 1 + 0.5]);
    expect([...state.subarray(7)]).toEqual([1, 2, 3, -1, 0.5, 4]); // θ stays
  });

  test('shows the very context that its values are made of', () => {
    const observation = new Float32Array(3);
    const state = startOf(bandit);
    bandit.observe(state, observation);
    expect([...observation]).toEqual([...state.subarray(4, 7)]);
    const value = (arm: number) =>
      [0, 1, 2].reduce((sum, i) => sum + state[7 + 3 * arm + i] * observation[i], 0);
    expect([...state.subarray(0, 2)]).toEqual([value(0), value(1)]);
    expect(bestArm(state, 2)).toBe(value(1) > value(0) ? 1 : 0);
  });

  test('draws θ before the context, with variance 3 / d', () => {
    const state = new Float64Array(bandit.stateSize);
    bandit.reset(state, scriptedRng(1, 2, 3, 4, 5, 6, 0.5, 0.5, 1));
    expect([...state]).toEqual([3, 6, -1, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6]); // √(3 / 3) = 1
  });

  test('has values with a standard deviation of 1, whatever d is', () => {
    for (const contextSize of [1, 5, 40]) {
      const wide = linearContextualBandit({ numArms: 1, contextSize });
      const values = Array.from({ length: 3000 }, (_, seed) => startOf(wide, seed)[0]);
      const { mean, variance } = momentsOf(values);
      expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(3000));
      expect(Math.abs(variance - 1)).toBeLessThan(0.2);
    }
  });
});

describe('the network contextual bandit', () => {
  const options = { numArms: 2, contextSize: 1, hiddenUnits: 2 };

  test('is worth Σⱼ vₐⱼ · tanh(wⱼ · x + bⱼ)', () => {
    const bandit = networkContextualBandit(options);
    const [w0, b0, w1, b1] = [0.5, -1, 2, 0.25];
    const [v00, v10, v01, v11] = [1, -2, 3, 0.5]; // arm, then unit
    // Values, last arm, last reward, x, then w₀, b₀, w₁, b₁, v₀ for both arms, v₁ for both arms.
    const state = Float64Array.of(7, 7, -1, 0, 0, w0, b0, w1, b1, v00, v10, v01, v11);
    expect(bandit.stateSize).toBe(state.length);
    bandit.step(state, 0, scriptedRng(0, 0.75)); // x = 0.5
    const [h0, h1] = [Math.tanh(w0 * 0.5 + b0), Math.tanh(w1 * 0.5 + b1)];
    expect(state[0]).toBeCloseTo(v00 * h0 + v01 * h1, 14);
    expect(state[1]).toBeCloseTo(v10 * h0 + v11 * h1, 14);
    const [value] = state;
    expect(bandit.step(state, 0, scriptedRng(0.5, 0))).toBe(value + 0.5);
    expect(state[4]).toBe(-1);
  });

  test('draws w and b of each unit, then v, then the context', () => {
    const bandit = networkContextualBandit(options);
    const state = new Float64Array(bandit.stateSize);
    bandit.reset(state, scriptedRng(1, 2, 3, 4, 5, 6, 7, 8, 0.5));
    const root = Math.sqrt(3); // of 3 / d; b has 1, and v has √(2 / h) = 1
    expect([...state.subarray(4)]).toEqual([0, root, 2, 3 * root, 4, 5, 6, 7, 8]);
  });

  test('has values with a standard deviation of about 1', () => {
    const bandit = networkContextualBandit({ numArms: 1 });
    const values = Array.from({ length: 2000 }, (_, seed) => startOf(bandit, seed)[0]);
    const { mean, variance } = momentsOf(values);
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(variance).toBeGreaterThan(0.8);
    expect(variance).toBeLessThan(1.25);
  });
});

describe('the adversarial bandit', () => {
  const play = (bandit: Bandit, state: Float64Array, pulls: number, choose = (_: number) => 0) =>
    Array.from({ length: pulls }, (_, t) => bandit.step(state, choose(t), scriptedRng()));
  const started = (bandit: Bandit, draw: number) => {
    const state = new Float64Array(bandit.stateSize);
    bandit.reset(state, scriptedRng(draw));
    return state;
  };

  test('switching: one arm is steady, of the others the next one gives 1 after each period', () => {
    const bandit = adversarialBandit({ numArms: 4, period: 2 });
    const rewards = [0, 1, 2, 3].map((arm) => play(bandit, started(bandit, 0), 8, () => arm));
    expect(rewards).toEqual([
      [1, 1, 0, 0, 0, 0, 1, 1],
      [0, 0, 1, 1, 0, 0, 0, 0],
      [0, 0, 0, 0, 1, 1, 0, 0],
      [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
    ]);
  });

  test('an offset, drawn for each episode, turns the arms', () => {
    const bandit = adversarialBandit({ numArms: 4, period: 2 });
    const state = started(bandit, 0.25); // below(4) gives 1
    expect([...state.subarray(0, 4)]).toEqual([0, 0, 0.5, 1]); // arm a is number a + 1
  });

  test('sinusoids: ½ + ½ sin(2π (t / period + i / k))', () => {
    const bandit = adversarialBandit({ numArms: 4, adversary: 'sinusoids', period: 8 });
    const state = started(bandit, 0);
    const near = (...values: number[]) => values.map((value) => expect.closeTo(value, 12));
    expect([...state.subarray(0, 4)]).toEqual(near(0.5, 1, 0.5, 0));
    expect(play(bandit, state, 8)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((t) =>
        expect.closeTo(0.5 + 0.5 * Math.sin((2 * Math.PI * t) / 8), 12),
      ),
    );
    expect([...state.subarray(0, 4)]).toEqual(near(0.5, 1, 0.5, 0)); // a whole wave later
  });

  test('all rewards lie in [0, 1]', () => {
    for (const adversary of ['switching', 'sinusoids'] as const) {
      const bandit = adversarialBandit({ adversary, period: 7 });
      const rewards = play(bandit, startOf(bandit), 1000, (t) => t % 10);
      expect(Math.min(...rewards)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...rewards)).toBeLessThanOrEqual(1);
    }
  });

  test('is oblivious: what is pulled changes no reward to come', () => {
    const bandit = adversarialBandit({ period: 3 });
    const [state, twin] = [startOf(bandit), startOf(bandit)];
    play(bandit, state, 50);
    play(bandit, twin, 50, (t) => t % 10);
    expect(state.subarray(0, 10)).toEqual(twin.subarray(0, 10));
    expect(state.subarray(12)).toEqual(twin.subarray(12));
  });

  test('knows what each arm would have given, and the best fixed arm', () => {
    const bandit = adversarialBandit({ numArms: 4, period: 2 });
    const state = started(bandit, 0);
    play(bandit, state, 2);
    expect([bestFixedArm(state, 4), totalOfArm(state, 4, 0)]).toEqual([0, 2]);
    play(bandit, state, 4);
    // After 6 pulls arms 0, 1 and 2 would have given 2 each, and the steady one 3.
    expect([0, 1, 2, 3].map((arm) => totalOfArm(state, 4, arm))).toEqual([2, 2, 2, 3]);
    expect([bestArm(state, 4), bestFixedArm(state, 4)]).toEqual([0, 3]);
  });

  test('over the default episode the steady arm gives 500, and following the switches 1000', () => {
    const bandit = adversarialBandit();
    const state = startOf(bandit);
    let followed = 0;
    for (let t = 0; t < bandit.timeLimit; t++) {
      followed += bandit.step(state, bestArm(state, 10), scriptedRng());
    }
    expect([totalOfArm(state, 10, bestFixedArm(state, 10)), followed]).toEqual([500, 1000]);
  });

  test('says in its picture which pull is next', () => {
    const bandit = adversarialBandit({ numArms: 4 });
    const state = started(bandit, 0);
    play(bandit, state, 1);
    expect(bandit.scene(state).caption).toBe('pull 2: arm 1 gave 1.00, best arm 1');
  });
});

describe('options of the bandits', () => {
  test.each([
    ['BernoulliBandit-v0', { numArms: 0 }, 'numArms must be an integer from 1 to 100000, got 0.'],
    ['BernoulliBandit-v0', { probabilities: [] }, 'probabilities must be null or a list'],
    ['BernoulliBandit-v0', { probabilities: 0.5 }, 'probabilities must be null or a list'],
    [
      'BernoulliBandit-v0',
      { probabilities: [0.5, 1.5] },
      'probabilities[1] must be between 0 and 1, got 1.5.',
    ],
    ['BernoulliBandit-v0', { pulls: 0 }, 'pulls must be an integer of at least 1'],
    ['RandomWalkBandit-v0', { numArms: 1.5 }, 'numArms must be an integer'],
    ['RandomWalkBandit-v0', { pulls: 0 }, 'pulls must be an integer'],
    ['RandomWalkBandit-v0', { walkDeviation: 0 }, 'walkDeviation must be a finite number above 0'],
    ['RandomWalkBandit-v0', { rewardDeviation: -1 }, 'rewardDeviation must be a finite number'],
    ['RandomWalkBandit-v0', { startValue: Infinity }, 'startValue must be a finite number'],
    ['LinearContextualBandit-v0', { contextSize: 0 }, 'contextSize must be an integer'],
    ['LinearContextualBandit-v0', { numArms: 0 }, 'linearContextualBandit: numArms must be'],
    ['LinearContextualBandit-v0', { pulls: 0 }, 'pulls must be an integer'],
    ['LinearContextualBandit-v0', { rewardDeviation: 0 }, 'rewardDeviation must be a finite'],
    ['NetworkContextualBandit-v0', { hiddenUnits: 0 }, 'hiddenUnits must be an integer'],
    ['NetworkContextualBandit-v0', { contextSize: 0 }, 'networkContextualBandit: contextSize'],
    ['AdversarialBandit-v0', { numArms: 2 }, 'numArms must be an integer from 3 to 100000, got 2.'],
    ['AdversarialBandit-v0', { adversary: 'sinusoid' }, 'Did you mean "sinusoids"?'],
    ['AdversarialBandit-v0', { period: 0 }, 'period must be an integer of at least 1'],
    ['AdversarialBandit-v0', { pulls: 0 }, 'pulls must be an integer of at least 1'],
  ])('%s refuses %j', (id, options, message) => {
    expect(() => makeDynamics(id, { options })).toThrow(RangeError);
    expect(() => makeDynamics(id, { options })).toThrow(message);
  });

  test('an episode is as long as it says', () => {
    for (const name of ['Bernoulli', 'RandomWalk', 'LinearContextual', 'NetworkContextual']) {
      const world = makeDynamics(`${name}Bandit-v0`, { options: { pulls: 7 } });
      expect(world.timeLimit, name).toBe(7);
    }
    expect(adversarialBandit({ pulls: 7 }).timeLimit).toBe(7);
  });
});

test('make knows what the bandits show and take', () => {
  expectTypeOf(make('BernoulliBandit-v0')).toEqualTypeOf<Env<Discrete, Discrete>>();
  expectTypeOf(make('RandomWalkBandit-v0')).toEqualTypeOf<Env<Discrete, Discrete>>();
  expectTypeOf(make('LinearContextualBandit-v0')).toEqualTypeOf<Env<Box, Discrete>>();
  expectTypeOf(make('NetworkContextualBandit-v0')).toEqualTypeOf<Env<Box, Discrete>>();
  expectTypeOf(make('AdversarialBandit-v0')).toEqualTypeOf<Env<Discrete, Discrete>>();
  for (const id of ['KArmedBandit-v0', 'AdversarialBandit-v0', 'NetworkContextualBandit-v0']) {
    expect(envEntry(id).family).toBe('bandits');
  }
});
