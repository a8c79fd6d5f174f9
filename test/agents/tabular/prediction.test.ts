import { describe, expect, test } from 'vitest';
import { NStepTd } from '../../../agents/tabular/n-step-td.ts';
import { OffLineLambdaReturn } from '../../../agents/tabular/off-line-lambda-return.ts';
import type { PredictionOptions } from '../../../agents/tabular/policy-values.ts';
import { Td0 } from '../../../agents/tabular/td-0.ts';
import { TdLambda } from '../../../agents/tabular/td-lambda.ts';
import type { TraceKind } from '../../../agents/tabular/traces.ts';
import { TrueOnlineTdLambda } from '../../../agents/tabular/true-online-td-lambda.ts';
import type { Agent } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { discrete } from '../../../core/space.ts';
import { frozenLake } from '../../../envs/tabular/frozen-lake.ts';
import { randomWalk } from '../../../envs/tabular/random-walk.ts';
import { evaluate, modelOf } from '../../envs/solve.ts';
import { learn, learnEpisodes } from '../../helpers/learn.ts';
import { transition } from '../../helpers/transitions.ts';

const TASK = { observationSpace: discrete(4), actionSpace: discrete(2) };

/** A step from `state` to `nextState` with action 0. */
function step(
  agent: Agent,
  state: number,
  reward: number,
  nextState: number,
  end?: 'terminated' | 'truncated',
): void {
  agent.learn(transition({ state, action: 0, reward, nextState, ...(end ? { [end]: true } : {}) }));
}

describe('TD(0)', () => {
  test('moves V(S) by α times the TD error', () => {
    const agent = new Td0(TASK, { stepSize: 0.5, discount: 0.9 });
    agent.values.set([4, 10, 0, 0]);
    step(agent, 0, 2, 1); // error = 2 + 0.9 · 10 − 4 = 7
    expect([...agent.values]).toEqual([4 + 0.5 * 7, 10, 0, 0]);
  });

  test('expects nothing after a terminal state, but does after a truncated one', () => {
    const agent = new Td0(TASK, { stepSize: 1, discount: 1 });
    agent.values.set([0, 10, 0, 0]);
    step(agent, 0, 1, 1, 'terminated');
    expect(agent.values[0]).toBe(1);
    step(agent, 0, 1, 1, 'truncated');
    expect(agent.values[0]).toBe(11);
  });

  test('lets α fall over the steps', () => {
    const stepSize = { kind: 'linear', from: 1, to: 0, steps: 2 } as const;
    const agent = new Td0(TASK, { stepSize, discount: 0 });
    step(agent, 0, 8, 1);
    step(agent, 1, 8, 2);
    step(agent, 2, 8, 3);
    expect([...agent.values]).toEqual([8, 4, 0, 0]);
  });

  // 0 → 1 → end with reward 4, and 0 → end with reward 2.
  const batch = {
    observations: Float32Array.of(0, 1, 0),
    actions: Int32Array.of(0, 0, 0),
    rewards: Float64Array.of(0, 4, 2),
    nextObservations: Float32Array.of(1, 2, 2),
    terminated: Uint8Array.of(0, 1, 1),
    truncated: Uint8Array.of(0, 0, 0),
  };

  test('changes V once for a whole batch, by the sum of the increments, where it is told to', () => {
    const options = { batchUpdating: true, stepSize: 0.25, discount: 1 };
    const agent = new Td0(TASK, options);
    agent.learn(batch);
    expect([...agent.values]).toEqual([0.25 * (0 + 2), 0.25 * 4, 0, 0]);
    agent.learn(batch);
    // V(0) = 0.5, V(1) = 1: the errors are 1 − 0.5, 4 − 1 and 2 − 0.5.
    expect([...agent.values]).toEqual([0.5 + 0.25 * (0.5 + 1.5), 1 + 0.25 * 3, 0, 0]);
  });

  test('else goes through a batch row by row', () => {
    const agent = new Td0(TASK, { stepSize: 0.25, discount: 1 });
    agent.learn(batch);
    expect([...agent.values]).toEqual([0.25 * 2, 0.25 * 4, 0, 0]);
    agent.learn(batch);
    // V(0) goes a quarter of the way to V(1) = 1; V(1) to 4; then V(0) a quarter of the way to 2.
    const first = 0.5 + 0.25 * (1 - 0.5);
    expect([...agent.values]).toEqual([first + 0.25 * (2 - first), 1 + 0.25 * 3, 0, 0]);
  });

  test('comes in batches to the values that are exact for what it has seen', () => {
    const agent = new Td0(TASK, { batchUpdating: true, stepSize: 0.25, discount: 1 });
    for (let sweep = 0; sweep < 200; sweep++) agent.learn(batch);
    expect(agent.values[0]).toBeCloseTo(0.5 * 4 + 0.5 * 2, 12); // half the time to 1
    expect(agent.values[1]).toBeCloseTo(4, 12);
  });

  test('has changed nothing where a reward of the batch is none', () => {
    const agent = new Td0(TASK, { batchUpdating: true, stepSize: 0.25, discount: 1 });
    const rewards = Float64Array.of(1, 1, Number.NaN);
    expect(() => agent.learn({ ...batch, rewards })).toThrow('must be a finite number, got NaN');
    expect([...agent.values]).toEqual([0, 0, 0, 0]);
    agent.learn(batch);
    expect([...agent.values]).toEqual([0.5, 1, 0, 0]);
  });
});

describe('n-step TD', () => {
  test('sums n rewards and the value after them; at the end what is left', () => {
    const agent = new NStepTd(TASK, { numSteps: 2, stepSize: 0.5, discount: 0.5 });
    agent.values.set([1, 2, 4, 8]);
    step(agent, 0, 3, 1);
    expect([...agent.values]).toEqual([1, 2, 4, 8]); // n steps are not there yet
    step(agent, 1, 5, 2);
    // G = 3 + 0.5 · 5 + 0.25 · V(2) = 6.5; V(0) = 1 + 0.5 · (6.5 − 1)
    expect([...agent.values]).toEqual([3.75, 2, 4, 8]);
    step(agent, 2, 7, 3, 'terminated');
    // V(1): G = 5 + 0.5 · 7 = 8.5, 2 + 0.5 · 6.5; V(2): G = 7, 4 + 0.5 · 3
    expect([...agent.values]).toEqual([3.75, 5.25, 5.5, 8]);
    step(agent, 0, 0, 1); // a new episode begins with an empty window
    expect([...agent.values]).toEqual([3.75, 5.25, 5.5, 8]);
  });

  test('adds the value of the state where an episode is truncated, as far as it is away', () => {
    const agent = new NStepTd(TASK, { numSteps: 3, stepSize: 1, discount: 0.5 });
    agent.values.set([0, 0, 0, 8]);
    step(agent, 0, 0, 1);
    step(agent, 1, 1, 3, 'truncated');
    // V(0) = 0 + 0.5 · 1 + 0.25 · 8; V(1) = 1 + 0.5 · 8
    expect([...agent.values]).toEqual([2.5, 5, 0, 8]);
  });

  test('of one step is TD(0)', () => {
    const [one, other] = [new NStepTd(randomWalk(), { numSteps: 1 }), new Td0(randomWalk())];
    for (const agent of [one, other]) learn(agent, randomWalk(), { steps: 500, seed: 3 });
    expect(one.values).toEqual(other.values);
  });
});

describe('TD(λ)', () => {
  // 0 → 0 → 1 with α = 0.5 and γ λ = 0.25.
  test.each<[TraceKind, number]>([
    ['accumulating', 0.25 * 1 + 1], // z(0) when it is visited again
    ['replacing', 1],
    ['dutch', 0.5 * (0.25 * 1) + 1],
  ])('sends the error back to all states by their %s traces', (traces, trace) => {
    const agent = new TdLambda(TASK, { traces, stepSize: 0.5, discount: 0.5, lambda: 0.5 });
    step(agent, 0, 2, 0); // V(0) = 0 + 0.5 · 2 · 1 = 1
    expect([...agent.values]).toEqual([1, 0, 0, 0]);
    step(agent, 0, 5, 1); // error = 5 + 0.5 · 0 − 1 = 4
    const value = 1 + 0.5 * 4 * trace;
    expect([...agent.values]).toEqual([value, 0, 0, 0]);
    step(agent, 1, 8, 2, 'terminated'); // error = 8; traces: 0.25 · z(0), and 1
    expect([...agent.values]).toEqual([value + 0.5 * 8 * 0.25 * trace, 4, 0, 0]);
    step(agent, 2, 2, 3, 'truncated'); // a new episode has no traces
    step(agent, 3, 2, 3, 'truncated');
    expect([...agent.values]).toEqual([value + 0.5 * 8 * 0.25 * trace, 4, 1, 1]);
  });

  test('keeps traces as small as a double can tell', () => {
    const agent = new TdLambda(
      { ...TASK, observationSpace: discrete(51) },
      { stepSize: 1, discount: 0.5, lambda: 1 },
    );
    for (let state = 0; state < 50; state++) step(agent, state, state === 49 ? 1 : 0, state + 1);
    expect(agent.values[0]).toBe(2 ** -49);
  });

  test('with λ = 0 is TD(0), by any traces', () => {
    const reference = new Td0(randomWalk());
    learn(reference, randomWalk(), { steps: 500, seed: 3 });
    for (const traces of ['accumulating', 'replacing', 'dutch'] as const) {
      const agent = new TdLambda(randomWalk(), { lambda: 0, traces });
      learn(agent, randomWalk(), { steps: 500, seed: 3 });
      expect(agent.values).toEqual(reference.values);
    }
  });

  test('with λ = 1 and γ = 1 gives a state the return from there, if it is seen once', () => {
    const agent = new TdLambda(TASK, { lambda: 1, discount: 1, stepSize: 1 });
    step(agent, 0, 1, 1);
    step(agent, 1, 2, 2);
    step(agent, 2, 4, 3, 'terminated');
    expect([...agent.values]).toEqual([7, 6, 4, 0]);
  });
});

/** One episode: states S₀ … S_T, rewards R₁ … R_T. */
interface Episode {
  readonly states: readonly number[];
  readonly rewards: readonly number[];
  readonly terminated: boolean;
}

/**
 * The online λ-return algorithm: at every horizon h all updates since the start are done anew, with
 * λ-returns that end at h. Source: Sutton & Barto (2018), section 12.4.
 */
function onlineLambdaReturn(
  start: Float64Array,
  { states, rewards, terminated }: Episode,
  { alpha, gamma, lambda }: { alpha: number; gamma: number; lambda: number },
): Float64Array {
  const T = rewards.length;
  const after: Float64Array[] = [start.slice()]; // the values after horizon h, which bootstrap later
  for (let h = 1; h <= T; h++) {
    const values = start.slice();
    const nStep = (t: number, n: number): number => {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += gamma ** k * rewards[t + k];
      const ended = terminated && t + n === T;
      return sum + (ended ? 0 : gamma ** n * after[t + n - 1][states[t + n]]);
    };
    for (let t = 0; t < h; t++) {
      let target = lambda ** (h - t - 1) * nStep(t, h - t);
      for (let n = 1; n < h - t; n++) target += (1 - lambda) * lambda ** (n - 1) * nStep(t, n);
      values[states[t]] += alpha * (target - values[states[t]]);
    }
    after.push(values);
  }
  return after[T];
}

describe('true online TD(λ)', () => {
  test.each([true, false])(
    'has the values of the online λ-return algorithm, terminated %s',
    (terminated) => {
      const rng = new Alea(7);
      const agent = new TrueOnlineTdLambda(TASK, { stepSize: 0.3, discount: 0.9, lambda: 0.8 });
      let expected: Float64Array = agent.values.map(() => rng.uniform());
      agent.values.set(expected);
      for (let episode = 0; episode < 5; episode++) {
        const length = 3 + rng.below(9);
        const states = Array.from({ length: length + 1 }, () => rng.below(4));
        const rewards = Array.from({ length }, () => rng.normal());
        const parameters = { alpha: 0.3, gamma: 0.9, lambda: 0.8 };
        expected = onlineLambdaReturn(expected, { states, rewards, terminated }, parameters);
        rewards.forEach((reward, t) => {
          const end = t < length - 1 ? undefined : terminated ? 'terminated' : 'truncated';
          step(agent, states[t], reward, states[t + 1], end);
        });
        agent.values.forEach((value, s) => {
          expect(value).toBeCloseTo(expected[s], 12);
        });
      }
    },
  );

  test('differs from TD(λ), even with Dutch traces', () => {
    const options = { lambda: 0.9, stepSize: 0.5, seed: 1 };
    const [one, other] = [
      new TrueOnlineTdLambda(randomWalk(), options),
      new TdLambda(randomWalk(), { ...options, traces: 'dutch' }),
    ];
    for (const agent of [one, other]) learn(agent, randomWalk(), { steps: 200, seed: 3 });
    expect(one.values).not.toEqual(other.values);
  });
});

describe('the off-line λ-return algorithm', () => {
  test('changes nothing before an episode ends, then moves all its states to their λ-returns', () => {
    const agent = new OffLineLambdaReturn(TASK, { stepSize: 0.5, discount: 0.5, lambda: 0.5 });
    agent.values.set([1, 2, 4, 8]);
    step(agent, 0, 3, 1);
    step(agent, 1, 5, 0);
    expect([...agent.values]).toEqual([1, 2, 4, 8]);
    step(agent, 0, 6, 2, 'terminated');
    // By V = [1, 2, ·, ·]: G² = 6; G¹ = 5 + 0.5 (0.5 · 1 + 0.5 · 6) = 6.75;
    // G⁰ = 3 + 0.5 (0.5 · 2 + 0.5 · 6.75) = 5.1875. V(0) goes half way to G⁰, then half way to G².
    const [first, second] = [(1 + 5.1875) / 4 + 3, (2 + 6.75) / 2];
    expect([...agent.values]).toEqual([first, second, 4, 8]);
    step(agent, 3, 0, 2, 'terminated'); // a new episode, of one step
    expect([...agent.values]).toEqual([first, second, 4, 4]);
  });

  test('has the value of the state where an episode was truncated for the rest', () => {
    const agent = new OffLineLambdaReturn(TASK, { stepSize: 1, discount: 0.5, lambda: 0.5 });
    agent.values.set([0, 0, 0, 8]);
    step(agent, 0, 1, 1);
    step(agent, 1, 2, 3, 'truncated');
    expect([...agent.values]).toEqual([1 + 0.5 * (0.5 * 0 + 0.5 * 6), 2 + 0.5 * 8, 0, 8]);
  });

  test.each([0, 0.3, 0.9, 1])('weighs n-step returns by (1 − λ) λⁿ⁻¹, λ = %d', (lambda) => {
    const rng = new Alea(8);
    const agent = new OffLineLambdaReturn(TASK, { stepSize: 1, discount: 0.9, lambda });
    const before = agent.values.map(() => rng.normal());
    agent.values.set(before);
    const states = [0, 1, 2, 3]; // each once, so that V(S₀) becomes its λ-return
    const rewards = states.map(() => rng.normal());
    states.forEach((state, t) => {
      step(agent, state, rewards[t], t === 3 ? 0 : t + 1, t === 3 ? 'terminated' : undefined);
    });
    const nStep = (n: number) => {
      const sum = rewards.slice(0, n).reduce((total, reward, k) => total + 0.9 ** k * reward, 0);
      return sum + (n < 4 ? 0.9 ** n * before[n] : 0);
    };
    let expected = lambda ** 3 * nStep(4);
    for (let n = 1; n < 4; n++) expected += (1 - lambda) * lambda ** (n - 1) * nStep(n);
    expect(agent.values[0]).toBeCloseTo(expected, 12);
  });

  test('forgets an episode that was cut where it is told to', () => {
    const agent = new OffLineLambdaReturn(TASK, { truncation: 'discard', stepSize: 1 });
    step(agent, 0, 1, 1, 'truncated');
    step(agent, 1, 1, 2, 'terminated');
    expect([...agent.values]).toEqual([0, 1, 0, 0]);
  });

  test('keeps the episodes of several copies apart', () => {
    const agent = new OffLineLambdaReturn(
      { ...TASK, numEnvs: 2 },
      { stepSize: 1, discount: 1, lambda: 1 },
    );
    const learnRows = (states: number[], rewards: number[], terminated: number[]) =>
      agent.learn({
        observations: Float32Array.from(states),
        actions: Int32Array.of(0, 0),
        rewards: Float64Array.from(rewards),
        nextObservations: Float32Array.of(3, 3),
        terminated: Uint8Array.from(terminated),
        truncated: Uint8Array.of(0, 0),
      });
    learnRows([0, 1], [1, 10], [0, 0]);
    learnRows([2, 3], [2, 20], [1, 0]);
    expect([...agent.values]).toEqual([3, 0, 2, 0]);
    learnRows([0, 2], [5, 40], [1, 1]);
    expect([...agent.values]).toEqual([5, 70, 40, 60]);
  });

  test('takes α at the end of the episode', () => {
    const stepSize = { kind: 'linear', from: 1, to: 0, steps: 4 } as const;
    const agent = new OffLineLambdaReturn(TASK, { stepSize, discount: 0 });
    step(agent, 0, 8, 1);
    step(agent, 1, 8, 2, 'terminated');
    expect([...agent.values]).toEqual([4, 4, 0, 0]);
    expect(agent.metrics()).toEqual({ stepSize: 0.5 });
  });
});

type Predictor = Agent & { readonly values: Float64Array };
const walkOf = (numEnvs: number) => ({ ...randomWalk(), numEnvs });

const MAKERS: [string, (options: PredictionOptions, numEnvs: number) => Predictor][] = [
  ['TD(0)', (options, n) => new Td0(walkOf(n), options)],
  ['n-step TD', (options, n) => new NStepTd(walkOf(n), options)],
  ['TD(λ), accumulating', (options, n) => new TdLambda(walkOf(n), options)],
  [
    'TD(λ), replacing',
    (options, n) => new TdLambda(walkOf(n), { ...options, traces: 'replacing' }),
  ],
  ['TD(λ), dutch', (options, n) => new TdLambda(walkOf(n), { ...options, traces: 'dutch' })],
  ['true online TD(λ)', (options, n) => new TrueOnlineTdLambda(walkOf(n), options)],
  ['off-line λ-return', (options, n) => new OffLineLambdaReturn(walkOf(n), options)],
];

describe.each(MAKERS)('%s', (_, make) => {
  test.each([1, 4])('learns the values of the random walk, k / 6, in %i copies', (numEnvs) => {
    for (let seed = 0; seed < 2; seed++) {
      const steps = 60_000;
      const stepSize = { kind: 'exponential', from: 0.2, to: 0.001, steps } as const;
      const agent = make({ stepSize, discount: 1, initialValue: 0.5, seed }, numEnvs);
      learn(agent, randomWalk(), { steps: steps / numEnvs, numEnvs, seed });
      const errors = [1, 2, 3, 4, 5].map((k) => Math.abs(agent.values[k] - k / 6));
      expect(Math.max(...errors)).toBeLessThan(0.05); // the mean of 1000 ends errs by 0.016
    }
  });
});

describe('in the random walk of 19 states (Sutton & Barto, figures 7.2 and 12.6)', () => {
  const walk = randomWalk({ numStates: 19, leftReward: -1 });
  const exact = (k: number) => (k - 10) / 10;

  /** Root of the mean square error over the states and the first 10 episodes, over 100 runs. */
  function error(make: (seed: number) => Predictor): number {
    let sum = 0;
    for (let run = 0; run < 100; run++) {
      const agent = make(run);
      for (let episode = 0; episode < 10; episode++) {
        learnEpisodes(agent, walk, { episodes: 1, seed: 10 * run + episode });
        let squares = 0;
        for (let k = 1; k <= 19; k++) squares += (agent.values[k] - exact(k)) ** 2;
        sum += Math.sqrt(squares / 19) / 1000;
      }
    }
    return sum;
  }

  test('n = 4 with α = 0.4 is better than one step or many, by far', () => {
    const of = (numSteps: number, stepSize: number) =>
      error((seed) => new NStepTd(walk, { numSteps, stepSize, discount: 1, seed }));
    // Read off figure 7.2.
    expect(Math.abs(of(4, 0.4) - 0.27)).toBeLessThan(0.02);
    expect(of(1, 0.4)).toBeGreaterThan(0.35);
    expect(of(64, 0.4)).toBeGreaterThan(0.5);
  });

  test('λ = 0.8 with α = 0.4 is as good; too large steps spoil accumulating traces alone', () => {
    const of = (lambda: number, stepSize: number) => {
      const options = { lambda, stepSize, discount: 1 };
      return {
        accumulating: error((seed) => new TdLambda(walk, { ...options, seed })),
        trueOnline: error((seed) => new TrueOnlineTdLambda(walk, { ...options, seed })),
      };
    };
    const small = of(0.8, 0.4);
    expect(Math.abs(small.trueOnline - 0.27)).toBeLessThan(0.02);
    const large = of(0.9, 0.8);
    expect(large.accumulating).toBeGreaterThan(1);
    expect(large.trueOnline).toBeLessThan(0.6);
  });
});

describe('the policy', () => {
  const lake = frozenLake({ slippery: true, timeLimit: 1_000_000 });
  const model = modelOf(lake);
  const cautious = [0.1, 0.2, 0.3, 0.4];

  test.each<[string, PredictionOptions['policy'], (state: number) => number[]]>([
    ['random', 'random', () => [0.25, 0.25, 0.25, 0.25]],
    ['chances', Array.from({ length: 16 }, () => cautious), () => cautious],
    ['one action', Array.from({ length: 16 }, () => 2), () => [0, 0, 1, 0]],
  ])('is followed and valued where it is given as %s', (_, policy, weights) => {
    const exact = evaluate(model, weights, 0.9);
    const steps = 300_000;
    const stepSize = { kind: 'exponential', from: 0.2, to: 0.001, steps } as const;
    const agent = new Td0(lake, { policy: policy ?? 'random', stepSize, discount: 0.9, seed: 2 });
    learn(agent, lake, { steps, seed: 2 });
    for (let s = 0; s < 16; s++) {
      // The last cells are seldom seen, and so are known less well.
      expect(Math.abs(agent.values[s] - exact[s])).toBeLessThan(s < 14 ? 0.02 : 0.1);
    }
    expect([...(agent.inspect(Float32Array.of(0)).policy ?? [])]).toEqual(weights(0));
    expect(agent.inspect(Float32Array.of(14)).value).toBe(agent.values[14]);
  });

  test('leaves out illegal actions in proportion, and takes any legal one where it has none', () => {
    const agent = new Td0(
      { observationSpace: discrete(1), actionSpace: discrete(3) },
      { policy: [[0.2, 0.6, 0.2]] },
    );
    const draw = (mask: Uint8Array) => {
      const counts = [0, 0, 0];
      const actions = new Int32Array(1);
      for (let i = 0; i < 20_000; i++) {
        agent.act(new Float32Array(1), actions, mask);
        counts[actions[0]] += 1 / 20_000;
      }
      return counts;
    };
    const [first, second, third] = draw(Uint8Array.of(1, 1, 0));
    expect(Math.abs(first - 0.25)).toBeLessThan(0.016); // 5 standard errors
    expect(Math.abs(second - 0.75)).toBeLessThan(0.016);
    expect(third).toBe(0);
    const policy = agent.inspect(new Float32Array(1), Uint8Array.of(1, 1, 0)).policy ?? [];
    expect([...policy].map((x) => Number(x.toFixed(12)))).toEqual([0.25, 0.75, 0]);
    const stubborn = new Td0(TASK, { policy: [0, 0, 0, 0] });
    const actions = new Int32Array(1);
    stubborn.act(new Float32Array(1), actions, Uint8Array.of(0, 1));
    expect(actions[0]).toBe(1);
  });

  test('is evaluated without a change of what the agent draws', () => {
    const agent = new Td0(TASK);
    const before = agent.save();
    const actions = new Int32Array(20);
    agent.greedy().act(new Float32Array(20), actions);
    expect(new Set(actions)).toEqual(new Set([0, 1]));
    expect(agent.save()).toEqual(before);
  });

  test.each<[unknown, string]>([
    ['greedy', 'Td0: policy must be "random" or a list with an element for each state'],
    [[0, 1], 'Td0: policy must have length 4, got 2.'],
    [[0, 1, 2, 0], 'Td0: policy[2] must be an integer from 0 to 1, got 2.'],
    [[0, 1, [0.5], 0], 'Td0: policy[2] must have length 2, got 1.'],
    [[0, 1, [0.5, 0.4], 0], 'Td0: policy[2] must sum to 1, got 0.9.'],
    [[0, 1, [1.5, -0.5], 0], 'Td0: policy[2][0] must be between 0 and 1, got 1.5.'],
  ])('%j is refused', (policy, message) => {
    expect(() => new Td0(TASK, { policy: policy as never })).toThrow(message);
  });
});

test.each<[() => unknown, string]>([
  [() => new NStepTd(TASK, { numSteps: 0 }), 'NStepTd: numSteps must be an integer'],
  [() => new TdLambda(TASK, { lambda: 1.1 }), 'TdLambda: lambda must be between 0 and 1'],
  [() => new TdLambda(TASK, { traces: 'dutsch' as never }), 'Did you mean "dutch"?'],
  [() => new TrueOnlineTdLambda(TASK, { lambda: -1 }), 'lambda must be between 0 and 1'],
  [() => new OffLineLambdaReturn(TASK, { lambda: 2 }), 'lambda must be between 0 and 1'],
  [() => new OffLineLambdaReturn(TASK, { maxEpisodeSteps: 0 }), 'maxEpisodeSteps must be'],
  [() => new Td0(TASK, { discount: 2 }), 'Td0: discount must be between 0 and 1'],
  [() => new Td0({ ...TASK, numEnvs: 0 }), 'expected nothing'],
])('options are checked: %#', (make, message) => {
  if (message === 'expected nothing')
    expect(make).not.toThrow(); // it has no need of copies
  else expect(make).toThrow(message);
});

test('a batch of other copies than it was made for is refused', () => {
  const agent = new NStepTd({ ...TASK, numEnvs: 2 });
  expect(() => step(agent, 0, 1, 1)).toThrow(
    'NStepTd.learn: the batch must have one row for each copy of the world, 2, got 1. Make the agent for numEnvs: 1.',
  );
});
