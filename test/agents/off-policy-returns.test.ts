import { describe, expect, test } from 'vitest';
import { Gtd2 } from '../../agents/linear/gtd2.ts';
import { SemiGradientTd } from '../../agents/linear/semi-gradient-td.ts';
import { Tdc } from '../../agents/linear/tdc.ts';
import { MonteCarloOffPolicyControl } from '../../agents/tabular/monte-carlo-off-policy-control.ts';
import { MonteCarloOffPolicyPrediction } from '../../agents/tabular/monte-carlo-off-policy-prediction.ts';
import { Alea } from '../../core/alea.ts';
import { outcomesOf, evaluate as valuesOf } from '../envs/solve.ts';
import { transition } from '../helpers/transitions.ts';
import {
  behavior,
  GAMMA,
  LAYERS,
  lookAhead,
  model,
  NUM_STATES,
  pairs,
  type Step,
  TASK,
  trajectories,
} from './layered-process.ts';

// Of methods that weigh what a behavior brings by importance: the means over all that can happen, each
// with its probability, which is to say without any noise.

const rng = new Alea(14);
const states = Array.from({ length: NUM_STATES }, (_, state) => state);

/** π(a | s): soft in some states, not in others. */
const target = states.map((state) => (state % 3 === 0 ? [0, 1] : [0.7, 0.3]));
const exact = valuesOf(model, (state) => target[state], GAMMA);

/** Every way that an episode can go on from a state when b acts, for `length` steps at most. */
function* courses(state: number, length: number): Generator<[number, Step[]]> {
  for (const action of [0, 1]) {
    for (const [probability, steps] of trajectories(2 * state + action, length)) {
      yield [behavior[state][action] * probability, steps];
    }
  }
}

/** Σ p f(steps), over all ways. */
function meanOf(ways: Iterable<[number, Step[]]>, f: (steps: readonly Step[]) => number): number {
  let mean = 0;
  for (const [probability, steps] of ways) mean += probability * f(steps);
  return mean;
}

describe('off-policy Monte Carlo prediction', () => {
  const learned = (steps: readonly Step[], importanceSampling: 'ordinary' | 'weighted') => {
    const options = { target, behavior, importanceSampling, discount: GAMMA };
    const agent = new MonteCarloOffPolicyPrediction(TASK, options);
    for (const step of steps) agent.learn(transition(step));
    return agent.save() as unknown as Record<string, Float64Array>;
  };

  test('by ordinary importance sampling is without bias, after one episode', () => {
    for (const state of states) {
      const mean = meanOf(
        courses(state, LAYERS),
        (steps) => learned(steps, 'ordinary').values[state],
      );
      expect(mean).toBeCloseTo(exact[state], 12);
    }
    for (const entry of pairs) {
      const ways = trajectories(entry, LAYERS);
      const mean = meanOf(ways, (steps) => learned(steps, 'ordinary').actionValues[entry]);
      expect(mean).toBeCloseTo(
        lookAhead(entry, (state) => exact[state]),
        12,
      );
    }
  });

  test('by weighted importance sampling is biased after one episode, but not in its sums', () => {
    let bias = 0;
    for (const state of states) {
      const seen = (f: (saved: Record<string, Float64Array>) => number) =>
        meanOf(courses(state, LAYERS), (steps) => f(learned(steps, 'weighted')));
      // Σ ρG / Σ ρ comes to v as E[ρ] = 1 and E[ρG] = v.
      expect(seen(({ weights }) => weights[state])).toBeCloseTo(1, 12);
      const sum = seen(({ weights, values }) => weights[state] * values[state]);
      expect(sum).toBeCloseTo(exact[state], 12);
      bias = Math.max(bias, Math.abs(seen(({ values }) => values[state]) - exact[state]));
    }
    expect(bias).toBeGreaterThan(0.1);
  });
});

test('off-policy Monte Carlo control is without bias for the policy that is greedy in its table', () => {
  const MANY = 1e8; // returns behind the table, so that one more changes hardly anything
  const table = Float64Array.from({ length: 2 * NUM_STATES }, () => rng.normal());
  const greedy = (state: number) => (table[2 * state] >= table[2 * state + 1] ? 0 : 1);
  const values = valuesOf(model, (state) => [1 - greedy(state), greedy(state)], GAMMA);
  for (const entry of pairs) {
    const change = meanOf(trajectories(entry, LAYERS), (steps) => {
      const agent = new MonteCarloOffPolicyControl(TASK, { behavior, discount: GAMMA });
      agent.actionValues.table.set(table);
      agent.weights.fill(MANY);
      for (const step of steps) agent.learn(transition(step));
      return MANY * (agent.actionValues.table[entry] - table[entry]); // W (G − Q)
    });
    const aim = lookAhead(entry, (state) => values[state]);
    expect(change).toBeCloseTo(aim - table[entry], 4);
  }
});

describe('semi-gradient TD off policy, with a feature for each state', () => {
  const features = { kind: 'state-aggregation', groups: NUM_STATES } as const;
  const options = { features, policy: target, behavior, discount: GAMMA, stepSize: 0.25 };

  /** E[G] of n steps under π. */
  const nStep = (values: Float64Array, state: number, n: number): number =>
    n === 0
      ? values[state]
      : target[state].reduce(
          (sum, chance, action) =>
            sum + chance * lookAhead(2 * state + action, (next) => nStep(values, next, n - 1)),
          0,
        );

  test.each([1, 2, 3])('of %i steps is without bias for its target', (numSteps) => {
    const anyValues = Float64Array.from(states, () => rng.normal());
    for (const values of [exact, anyValues]) {
      for (const state of states) {
        const change = meanOf(courses(state, numSteps), (steps) => {
          const agent = new SemiGradientTd(TASK, { ...options, numSteps });
          agent.weights.set(values);
          for (const step of steps) agent.learn(transition(step));
          return agent.weights[state] - values[state];
        });
        const aim = nStep(values, state, numSteps);
        expect(change).toBeCloseTo(0.25 * (aim - values[state]), 12);
        if (values === exact) expect(change).toBeCloseTo(0, 9);
      }
    }
  });
});

describe('gradient TD off policy', () => {
  const SIZE = 3; // features, fewer than states
  const draw = (length: number) => Array.from({ length }, () => rng.normal());
  const vectors = states.map(() => draw(SIZE));
  const [w, v] = [draw(SIZE), draw(SIZE)];
  const [alpha, beta] = [0.25, 0.5];
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, x, i) => sum + x * b[i], 0);

  /** E[f(δ, x, x′)] under π from a state, number by number. */
  function underTarget(
    state: number,
    f: (error: number, x: readonly number[], next: readonly number[]) => readonly number[],
  ): number[] {
    const mean = new Array<number>(SIZE).fill(0);
    target[state].forEach((chance, action) => {
      for (const [p, nextState, reward, ended] of outcomesOf(model, state, action)) {
        const next = ended ? new Array<number>(SIZE).fill(0) : vectors[nextState];
        const error = reward + GAMMA * dot(w, next) - dot(w, vectors[state]);
        f(error, vectors[state], next).forEach((x, i) => {
          mean[i] += chance * p * x;
        });
      }
    });
    return mean;
  }

  // The right-hand sides of the source's updates, w ← w + α … and v ← v + β …
  test.each([
    [
      Tdc,
      (error: number, x: readonly number[], next: readonly number[]) =>
        x.map((xi, i) => error * xi - GAMMA * next[i] * dot(x, v)),
    ],
    [
      Gtd2,
      (_: number, x: readonly number[], next: readonly number[]) =>
        x.map((xi, i) => (xi - GAMMA * next[i]) * dot(x, v)),
    ],
  ])('%o moves on average as its target would have it', (Constructor, primary) => {
    for (const state of states) {
      const change = (of: 'weights' | 'secondaryWeights', i: number) =>
        meanOf(courses(state, 1), ([step]) => {
          const agent = new Constructor(TASK, {
            features: { kind: 'given', vectors },
            policy: target,
            behavior,
            discount: GAMMA,
            stepSize: alpha,
            secondaryStepSize: beta,
          });
          agent.weights.set(w);
          agent.secondaryWeights.set(v);
          agent.learn(transition(step));
          return agent[of][i] - { weights: w, secondaryWeights: v }[of][i];
        });
      underTarget(state, primary).forEach((mean, i) => {
        expect(change('weights', i)).toBeCloseTo(alpha * mean, 12);
      });
      const secondary = underTarget(state, (error, x) => x.map((xi) => (error - dot(x, v)) * xi));
      secondary.forEach((mean, i) => {
        expect(change('secondaryWeights', i)).toBeCloseTo(beta * mean, 12);
      });
    }
  });
});
