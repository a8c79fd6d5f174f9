import { describe, expect, test } from 'vitest';
import { makeAgent } from '../../../agents/registry.ts';
import { DifferentialSarsa } from '../../../agents/tabular/differential-sarsa.ts';
import { DoubleQLearning } from '../../../agents/tabular/double-q-learning.ts';
import { ExpectedSarsa } from '../../../agents/tabular/expected-sarsa.ts';
import { NStepSarsa } from '../../../agents/tabular/n-step-sarsa.ts';
import { QLambda } from '../../../agents/tabular/q-lambda.ts';
import { QLearning } from '../../../agents/tabular/q-learning.ts';
import { Sarsa } from '../../../agents/tabular/sarsa.ts';
import { SarsaLambda } from '../../../agents/tabular/sarsa-lambda.ts';
import type { TraceKind } from '../../../agents/tabular/traces.ts';
import { TreeBackup } from '../../../agents/tabular/tree-backup.ts';
import type { Agent } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { discrete } from '../../../core/space.ts';
import type { Transitions } from '../../../core/transitions.ts';
import { cliffWalking } from '../../../envs/tabular/cliff-walking.ts';
import { learn } from '../../helpers/learn.ts';
import { transition } from '../../helpers/transitions.ts';
import { corridor } from '../../helpers/worlds.ts';

const TASK = { observationSpace: discrete(3), actionSpace: discrete(2) };
const GREEDY = { stepSize: 0.5, discount: 0.5, epsilon: 0 } as const;

/** An agent whose table holds `rows`, a row for each state. */
function holding<A extends Agent & { actionValues: { table: Float64Array } }>(
  agent: A,
  ...rows: number[][]
): A {
  agent.actionValues.table.set(rows.flat());
  return agent;
}

/** What `act` chooses in one state. */
function choice(agent: Agent, state: number, mask?: Uint8Array): number {
  const actions = new Int32Array(1);
  agent.act(Float32Array.of(state), actions, mask);
  return actions[0];
}

describe('SARSA', () => {
  test('moves Q(S, A) towards R + γ Q(S′, A′)', () => {
    const agent = holding(new Sarsa(TASK, GREEDY), [0, 4], [10, 20], [0, 0]);
    agent.learn(transition({ state: 0, action: 1, reward: 2, nextState: 1 }));
    // A′ = 1 is greedy; error = 2 + 0.5 · 20 − 4 = 8
    expect([...agent.actionValues.table]).toEqual([0, 4 + 0.5 * 8, 10, 20, 0, 0]);
  });

  test('takes the action that it has learned from, whatever its policy says now', () => {
    const agent = new Sarsa(TASK, { stepSize: 1, discount: 1, epsilon: 1 });
    const taken = new Set<number>();
    for (let i = 0; i < 100; i++) {
      holding(agent, [0, 0], [10, 20], [0, 0]);
      agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1 }));
      const action = choice(agent, 1);
      expect(agent.actionValues.table[0]).toBe([10, 20][action]);
      taken.add(action);
    }
    expect(taken.size).toBe(2); // the best one and the other
  });

  test('takes it once, and not where the episode has ended or it is illegal', () => {
    const agent = new Sarsa(TASK, { stepSize: 1, discount: 1, epsilon: 0 });
    const step = { state: 0, action: 0, reward: 0, nextState: 1 };
    const prepare = (end: object) => {
      holding(agent, [0, 0], [0, 20], [0, 0]);
      agent.learn(transition({ ...step, ...end })); // chooses action 1
      holding(agent, [0, 0], [20, 0], [0, 0]); // now 0 would be better
    };
    prepare({});
    expect([choice(agent, 1), choice(agent, 1)]).toEqual([1, 0]);
    prepare({ truncated: true });
    expect(choice(agent, 1)).toBe(0);
    prepare({});
    agent.learn(transition({ ...step, terminated: true }));
    expect(choice(agent, 1)).toBe(0);
    prepare({});
    expect(choice(agent, 1, Uint8Array.of(1, 0))).toBe(0);
    prepare({});
    holding(agent, [0, 0], [0, 0], [5, 0]);
    expect(choice(agent, 2)).toBe(0); // another state than the one it was chosen for
  });

  test('remembers an action for each copy, and chooses among the legal ones of its row', () => {
    const agent = new Sarsa({ ...TASK, numEnvs: 2 }, { stepSize: 1, discount: 1, epsilon: 0 });
    holding(agent, [0, 0], [10, 20], [40, 30]);
    agent.learn({
      observations: Float32Array.of(0, 0),
      actions: Int32Array.of(0, 1),
      rewards: Float64Array.of(1, 2),
      nextObservations: Float32Array.of(1, 2),
      terminated: new Uint8Array(2),
      truncated: new Uint8Array(2),
      nextActionMasks: Uint8Array.of(1, 0, 0, 1),
    });
    expect([...agent.actionValues.table.subarray(0, 2)]).toEqual([11, 32]);
    const actions = new Int32Array(2);
    agent.act(Float32Array.of(1, 2), actions);
    expect([...actions]).toEqual([0, 1]);
  });

  test('acts for one who looks on without disturbing the copies', () => {
    const agent = holding(new Sarsa(TASK, { epsilon: 0 }), [0, 1], [0, 1], [0, 1]);
    const actions = new Int32Array(4);
    agent.act(Float32Array.of(0, 1, 2, 0), actions); // more rows than copies
    expect([...actions]).toEqual([1, 1, 1, 1]);
    expect(() => agent.learn({ ...transition({ action: 0, reward: 0 }), actions })).toThrow(
      'Sarsa.learn: the batch must have one row for each copy of the world, 1, got 4.',
    );
  });
});

describe('expected SARSA', () => {
  test('moves Q(S, A) towards R + γ Σ π(a | S′) Q(S′, a)', () => {
    const agent = holding(new ExpectedSarsa(TASK, { ...GREEDY, epsilon: 0.4 }), [0, 4], [10, 20]);
    agent.learn(transition({ state: 0, action: 1, reward: 2, nextState: 1 }));
    // π = 0.2 and 0.8: error = 2 + 0.5 · (0.2 · 10 + 0.8 · 20) − 4 = 7
    expect(agent.actionValues.table[1]).toBeCloseTo(4 + 0.5 * 7, 12);
  });

  test('counts only legal actions', () => {
    const agent = holding(new ExpectedSarsa(TASK, { ...GREEDY, epsilon: 0.4 }), [0, 4], [10, 20]);
    const step = { state: 0, action: 1, reward: 2, nextState: 1, nextMask: [1, 0] };
    agent.learn(transition(step)); // error = 2 + 0.5 · 10 − 4 = 3
    expect(agent.actionValues.table[1]).toBeCloseTo(5.5, 12);
  });

  test('about another policy than the one that acts: ε of its own', () => {
    const agent = new ExpectedSarsa(TASK, { ...GREEDY, epsilon: 1, targetEpsilon: 0.4 });
    holding(agent, [0, 4], [10, 20]);
    agent.learn(transition({ state: 0, action: 1, reward: 2, nextState: 1 }));
    expect(agent.actionValues.table[1]).toBeCloseTo(7.5, 12);
  });

  test('with the greedy policy is Q-learning', () => {
    const options = { stepSize: 0.5, epsilon: 0.3, seed: 2 };
    const one = new ExpectedSarsa(cliffWalking(), { ...options, targetEpsilon: 0 });
    const other = new QLearning(cliffWalking(), options);
    for (const agent of [one, other]) learn(agent, cliffWalking(), { steps: 2000, seed: 1 });
    expect(one.actionValues.table).toEqual(other.actionValues.table);
  });
});

describe('n-step SARSA', () => {
  test('sums n rewards and the value of the action after them; at the end what is left', () => {
    const agent = new NStepSarsa(TASK, { ...GREEDY, numSteps: 2 });
    holding(agent, [1, 0], [2, 0], [4, 8]);
    agent.learn(transition({ state: 0, action: 0, reward: 3, nextState: 1 }));
    expect(agent.actionValues.table[0]).toBe(1);
    agent.learn(transition({ state: 1, action: 0, reward: 5, nextState: 2 }));
    // A″ = 1: G = 3 + 0.5 · 5 + 0.25 · 8 = 7.5; 1 + 0.5 · 6.5
    expect(agent.actionValues.table[0]).toBe(4.25);
    agent.learn(transition({ state: 2, action: 1, reward: 7, nextState: 0, terminated: true }));
    // Q(1, 0): G = 5 + 0.5 · 7; Q(2, 1): G = 7
    expect([...agent.actionValues.table]).toEqual([4.25, 0, 5.25, 0, 4, 7.5]);
  });

  test('adds the value of an action where an episode is truncated', () => {
    const agent = new NStepSarsa(TASK, { ...GREEDY, stepSize: 1, numSteps: 3 });
    holding(agent, [0, 0], [0, 0], [4, 8]);
    agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1 }));
    agent.learn(transition({ state: 1, action: 0, reward: 1, nextState: 2, truncated: true }));
    // Q(0, 0) = 0.5 · 1 + 0.25 · 8; Q(1, 0) = 1 + 0.5 · 8
    expect([...agent.actionValues.table]).toEqual([2.5, 0, 5, 0, 4, 8]);
  });

  test.each([1, 3])('of one step is SARSA, in %i copies', (numEnvs) => {
    const task = { ...corridor(), numEnvs };
    const [one, other] = [new NStepSarsa(task, { numSteps: 1 }), new Sarsa(task)];
    for (const agent of [one, other]) learn(agent, corridor(), { steps: 500, numEnvs, seed: 1 });
    expect(one.actionValues.table).toEqual(other.actionValues.table);
  });
});

describe('SARSA(λ)', () => {
  test.each<[TraceKind, number]>([
    ['accumulating', 0.25 + 1],
    ['replacing', 1],
    ['dutch', 0.5 * 0.25 + 1],
  ])('sends errors back by %s traces', (traces, trace) => {
    const agent = new SarsaLambda(TASK, { ...GREEDY, lambda: 0.5, traces }); // γ λ = 0.25
    holding(agent, [0, 0], [0, 8], [0, 0]);
    agent.learn(transition({ state: 0, action: 0, reward: 2, nextState: 0 }));
    expect(agent.actionValues.table[0]).toBe(1); // 0.5 · (2 + 0)
    agent.learn(transition({ state: 0, action: 0, reward: 1, nextState: 1 }));
    // error = 1 + 0.5 · 8 − 1 = 4
    const value = 1 + 0.5 * 4 * trace;
    expect(agent.actionValues.table[0]).toBe(value);
    agent.learn(transition({ state: 1, action: 1, reward: 4, nextState: 2, terminated: true }));
    // error = 4 − 8 = −4; traces: 0.25 · z(0, 0), and 1
    expect([...agent.actionValues.table]).toEqual([value - 0.5 * trace, 0, 0, 6, 0, 0]);
    agent.learn(transition({ state: 2, action: 0, reward: 2, nextState: 0, terminated: true }));
    expect([...agent.actionValues.table]).toEqual([value - 0.5 * trace, 0, 0, 6, 1, 0]);
  });

  test('forgets its traces where an episode is truncated', () => {
    const agent = new SarsaLambda(TASK, { ...GREEDY, lambda: 1 });
    agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1, truncated: true }));
    agent.learn(transition({ state: 2, action: 0, reward: 2, nextState: 1 }));
    expect([...agent.actionValues.table]).toEqual([0, 0, 0, 0, 1, 0]);
  });

  test.each([1, 3])('with λ = 0 is SARSA, in %i copies', (numEnvs) => {
    const task = { ...corridor(), numEnvs };
    const [one, other] = [new SarsaLambda(task, { lambda: 0 }), new Sarsa(task)];
    for (const agent of [one, other]) learn(agent, corridor(), { steps: 500, numEnvs, seed: 1 });
    expect(one.actionValues.table).toEqual(other.actionValues.table);
  });
});

describe('double Q-learning', () => {
  test('values the action that is best by one table with the other', () => {
    let [first, second] = [0, 0];
    for (let seed = 0; seed < 40; seed++) {
      const agent = new DoubleQLearning(TASK, { ...GREEDY, seed });
      agent.firstValues.table.set([0, 4, /* state 1: */ 10, 20]);
      agent.secondValues.table.set([0, 6, /* state 1: */ 40, 30]);
      agent.learn(transition({ state: 0, action: 1, reward: 2, nextState: 1 }));
      const [one, two] = [agent.firstValues.table[1], agent.secondValues.table[1]];
      expect(agent.actionValues.table[1]).toBe((one + two) / 2);
      if (two === 6) {
        expect(one).toBe(4 + 0.5 * (2 + 0.5 * 30 - 4)); // argmax Q₁ = 1, Q₂ there = 30
        first++;
      } else {
        expect([one, two]).toEqual([4, 6 + 0.5 * (2 + 0.5 * 10 - 6)]); // argmax Q₂ = 0, Q₁ = 10
        second++;
      }
    }
    expect(Math.min(first, second)).toBeGreaterThan(8); // each with probability 0.5
  });

  test('looks at legal actions alone, and at none after a terminal state', () => {
    const agent = new DoubleQLearning(TASK, { ...GREEDY, stepSize: 1, discount: 1 });
    agent.firstValues.table.set([0, 0, 10, 20]);
    agent.secondValues.table.set([0, 0, 10, 20]);
    const step = { state: 0, action: 0, reward: 1, nextState: 1 };
    agent.learn(transition({ ...step, nextMask: [1, 0] }));
    expect(2 * agent.actionValues.table[0]).toBe(11);
    const other = new DoubleQLearning(TASK, { stepSize: 1 });
    other.firstValues.table.fill(10);
    other.secondValues.table.fill(10);
    other.learn(transition({ ...step, terminated: true }));
    expect(other.actionValues.table[0]).toBe((1 + 10) / 2);
  });
});

describe("Watkins's Q(λ)", () => {
  const options = { ...GREEDY, lambda: 0.5 }; // γ λ = 0.25

  test('sends the error back along greedy actions', () => {
    const agent = holding(new QLambda(TASK, options), [0, 0], [8, 4], [2, 0]);
    agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1 }));
    expect(agent.actionValues.table[0]).toBe(2); // 0.5 · (0 + 0.5 · 8)
    agent.learn(transition({ state: 1, action: 0, reward: 1, nextState: 2 }));
    // error = 1 + 0.5 · 2 − 8 = −6, and a quarter of it for Q(0, 0)
    expect([...agent.actionValues.table]).toEqual([2 - 0.75, 0, 5, 4, 2, 0]);
  });

  test('but not across one that was not greedy', () => {
    const agent = holding(new QLambda(TASK, options), [0, 0], [8, 4], [2, 0]);
    agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1 }));
    agent.learn(transition({ state: 1, action: 1, reward: 1, nextState: 2 }));
    // error = 1 + 0.5 · 2 − 4 = −2
    expect([...agent.actionValues.table]).toEqual([2, 0, 8, 3, 2, 0]);
    agent.learn(transition({ state: 2, action: 0, reward: 0, nextState: 0, terminated: true }));
    // Greedy again: error = −2; a quarter of it for Q(1, 1), none for Q(0, 0)
    expect([...agent.actionValues.table]).toEqual([2, 0, 8, 2.75, 1, 0]);
  });

  test('the best of the legal actions is greedy, and a tie is', () => {
    const agent = holding(new QLambda(TASK, options), [0, 0], [8, 4], [2, 2]);
    const first = { state: 0, action: 0, reward: 0, nextState: 1, nextMask: [0, 1] };
    agent.learn(transition(first)); // Q(0, 0) = 0.5 · 0.5 · 4
    agent.learn(transition({ state: 1, action: 1, reward: 1, nextState: 2, nextMask: [1, 1] }));
    expect(agent.actionValues.table[0]).toBe(1 - 0.25); // error −2
    agent.learn(transition({ state: 2, action: 1, reward: 10, nextState: 0, terminated: true }));
    expect(agent.actionValues.table[0]).toBe(0.75 + 0.25); // error 8 · 0.5 · 1/16
  });

  test('forgets its traces where an episode is truncated', () => {
    const agent = new QLambda(TASK, { ...options, lambda: 1 });
    agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1, truncated: true }));
    agent.learn(transition({ state: 2, action: 0, reward: 2, nextState: 1 }));
    expect([...agent.actionValues.table]).toEqual([0, 0, 0, 0, 1, 0]);
  });

  test('with λ = 0 is Q-learning', () => {
    const [one, other] = [
      new QLambda(cliffWalking(), { lambda: 0, epsilon: 0.3 }),
      new QLearning(cliffWalking(), { epsilon: 0.3 }),
    ];
    for (const agent of [one, other]) learn(agent, cliffWalking(), { steps: 2000, seed: 1 });
    expect(one.actionValues.table).toEqual(other.actionValues.table);
  });
});

describe('n-step tree backup', () => {
  test('follows what was taken as far as the policy would, and values what was not', () => {
    const agent = new TreeBackup(TASK, { ...GREEDY, numSteps: 2, targetEpsilon: 0.4 });
    holding(agent, [1, 0], [2, 6], [4, 8]);
    agent.learn(transition({ state: 0, action: 0, reward: 3, nextState: 1 }));
    expect(agent.actionValues.table[0]).toBe(1);
    agent.learn(transition({ state: 1, action: 0, reward: 5, nextState: 2 }));
    // G = 5 + 0.5 · (0.2 · 4 + 0.8 · 8) = 8.6 of Q(1, 0); π(0 | 1) = 0.2, π(1 | 1) = 0.8
    // G = 3 + 0.5 · 0.8 · 6 + 0.5 · 0.2 · 8.6 = 6.26
    expect(agent.actionValues.table[0]).toBeCloseTo(1 + 0.5 * (6.26 - 1), 12);
    agent.learn(transition({ state: 2, action: 1, reward: 7, nextState: 0, terminated: true }));
    // Q(1, 0): G = 5 + 0.5 · 0.2 · 4 + 0.5 · 0.8 · 7 = 8.2; Q(2, 1): G = 7
    expect(agent.actionValues.table[2]).toBeCloseTo(2 + 0.5 * (8.2 - 2), 12);
    expect(agent.actionValues.table[5]).toBeCloseTo(8 + 0.5 * (7 - 8), 12);
  });

  test('gives illegal actions no chance, neither inside nor at the end', () => {
    const agent = new TreeBackup(TASK, { ...GREEDY, stepSize: 1, numSteps: 2, targetEpsilon: 0.4 });
    holding(agent, [0, 0], [3, 6], [4, 8]);
    agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1, nextMask: [1, 0] }));
    agent.learn(transition({ state: 1, action: 0, reward: 0, nextState: 2, nextMask: [0, 1] }));
    expect(agent.actionValues.table[0]).toBeCloseTo(0.25 * 8, 12); // both certain
  });

  test('of one step is Q-learning', () => {
    const [one, other] = [
      new TreeBackup(corridor(), { numSteps: 1, epsilon: 0.3 }),
      new QLearning(corridor(), { epsilon: 0.3 }),
    ];
    for (const agent of [one, other]) learn(agent, corridor(), { steps: 500, seed: 1 });
    expect(one.actionValues.table).toEqual(other.actionValues.table);
  });
});

describe('differential SARSA', () => {
  test('measures rewards against their average, which it learns from the same error', () => {
    const agent = new DifferentialSarsa(TASK, {
      stepSize: 0.5,
      averageStepSize: 0.25,
      initialAverage: 1,
      epsilon: 0,
    });
    holding(agent, [0, 4], [10, 20], [0, 0]);
    agent.learn(transition({ state: 0, action: 1, reward: 3, nextState: 1 }));
    // error = 3 − 1 + 20 − 4 = 18
    expect(agent.actionValues.table[1]).toBe(4 + 0.5 * 18);
    expect(agent.averageReward).toBe(1 + 0.25 * 18);
    expect(agent.metrics().averageReward).toBe(5.5);
    expect(choice(agent, 1)).toBe(1);
  });

  test('has no discount', () => {
    expect(() => new DifferentialSarsa(TASK, { discount: 0.9 } as never)).toThrow(
      'DifferentialSarsa: unknown option "discount".',
    );
  });
});

// Copies with states of their own, in one table: each must be treated as if it were alone.
test.each([
  'sarsa',
  'n-step-sarsa',
  'sarsa-lambda',
  'q-lambda',
  'tree-backup',
  'n-step-td',
  'td-lambda',
  'true-online-td-lambda',
])('%s keeps the episodes of copies apart', (name) => {
  const rng = new Alea(4);
  const observationSpace = discrete(8);
  const task = { observationSpace, actionSpace: discrete(2) };
  const quiet = name.includes('td') ? {} : { epsilon: 0 };
  const table = Float64Array.from({ length: 16 }, () => rng.uniform());
  const make = (numEnvs: number) => {
    const agent = makeAgent(name, { ...task, numEnvs }, quiet);
    const { length } = agent.save().values as Float64Array;
    agent.restore({ ...agent.save(), values: table.slice(0, length) });
    return agent;
  };
  const [both, first, second] = [make(2), make(1), make(1)];
  const states = [0, 4];
  for (let t = 0; t < 60; t++) {
    const rows = [first, second].map((agent, copy) => {
      const state = states[copy];
      states[copy] = 4 * copy + rng.below(4);
      const terminated = rng.uniform() < 0.15;
      const truncated = !terminated && rng.uniform() < 0.1;
      const row = { state, reward: rng.normal(), nextState: states[copy], terminated, truncated };
      const single = transition({ ...row, action: rng.below(2) });
      agent.learn(single);
      return single;
    });
    const join = <K extends keyof Transitions>(key: K) =>
      rows.flatMap((row) => [...(row[key] as Float64Array)]);
    both.learn({
      observations: Float32Array.from(join('observations')),
      actions: Int32Array.from(join('actions')),
      rewards: Float64Array.from(join('rewards')),
      nextObservations: Float32Array.from(join('nextObservations')),
      terminated: Uint8Array.from(join('terminated')),
      truncated: Uint8Array.from(join('truncated')),
    });
  }
  const valuesOf = (agent: Agent) => agent.save().values as Float64Array;
  const half = valuesOf(both).length / 2;
  expect(valuesOf(both).slice(0, half)).toEqual(valuesOf(first).slice(0, half));
  expect(valuesOf(both).slice(half)).toEqual(valuesOf(second).slice(half));
});

test.each<[() => unknown, string]>([
  [() => new NStepSarsa(TASK, { numSteps: 1.5 }), 'NStepSarsa: numSteps must be an integer'],
  [() => new SarsaLambda(TASK, { lambda: 2 }), 'SarsaLambda: lambda must be between 0 and 1'],
  [() => new QLambda(TASK, { lambda: -1 }), 'QLambda: lambda must be between 0 and 1'],
  [() => new QLambda(TASK, { traces: 'replace' as never }), 'QLambda: traces must be one of'],
  [() => new TreeBackup(TASK, { numSteps: 0 }), 'TreeBackup: numSteps must be an integer'],
  [() => new TreeBackup(TASK, { targetEpsilon: 2 }), 'TreeBackup: targetEpsilon must be between'],
  [
    () => new ExpectedSarsa(TASK, { targetEpsilon: 'greedy' as never }),
    'ExpectedSarsa: targetEpsilon must be a number or a schedule, got "greedy".',
  ],
  [() => new Sarsa({ ...TASK, numEnvs: 0 }), 'Sarsa: numEnvs must be an integer of at least 1'],
  [
    () => new DifferentialSarsa(TASK, { averageStepSize: 2 }),
    'DifferentialSarsa: averageStepSize must be between 0 and 1',
  ],
  [
    () => new DifferentialSarsa(TASK, { initialAverage: Number.NaN }),
    'DifferentialSarsa: initialAverage must be a finite number',
  ],
])('options are checked: %#', (make, message) => {
  expect(make).toThrow(message);
});
