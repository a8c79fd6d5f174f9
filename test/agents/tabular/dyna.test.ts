import { describe, expect, test } from 'vitest';
import { makeAgent } from '../../../agents/registry.ts';
import { DynaQ } from '../../../agents/tabular/dyna-q.ts';
import { DynaQPlus } from '../../../agents/tabular/dyna-q-plus.ts';
import { PrioritizedSweeping } from '../../../agents/tabular/prioritized-sweeping.ts';
import { QLearning } from '../../../agents/tabular/q-learning.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import { discrete } from '../../../core/space.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import { gridWorld } from '../../../envs/tabular/grid-world.ts';
import {
  blockingMaze,
  DYNA_MAZE_MAP,
  dynaMaze,
  shortcutMaze,
} from '../../../envs/tabular/mazes.ts';
import { learn, learnEpisodes } from '../../helpers/learn.ts';
import { transition } from '../../helpers/transitions.ts';
import { corridor } from '../../helpers/worlds.ts';

const TASK = { observationSpace: discrete(3), actionSpace: discrete(2) };
const GREEDY = { stepSize: 0.5, discount: 0.5, epsilon: 0 } as const;

describe('Dyna-Q', () => {
  test('learns from a step, and from the same step again when it is the only one it knows', () => {
    const agent = new DynaQ(TASK, { ...GREEDY, planningSteps: 2 });
    agent.actionValues.table.set([0, 0, /* state 1: */ 4, 8, 0, 0]);
    agent.learn(transition({ state: 0, action: 1, reward: 4, nextState: 1 }));
    // Three times half way to 4 + 0.5 · 8: 0, 4, 6, 7
    expect([...agent.actionValues.table]).toEqual([0, 7, 4, 8, 0, 0]);
  });

  test('imagines any state it has acted in, and then any action it took there', () => {
    const counts = { alone: 0, first: 0, second: 0 };
    for (let seed = 0; seed < 400; seed++) {
      const agent = new DynaQ(TASK, { stepSize: 1, discount: 0, planningSteps: 1, seed });
      const step = (state: number, action: number) =>
        agent.learn(transition({ state, action, reward: 1, nextState: 2 }));
      step(0, 0);
      step(1, 0);
      agent.actionValues.table.fill(0);
      step(1, 1); // of state 0 there is one action to imagine, of state 1 two
      const { table } = agent.actionValues;
      if (table[0] === 1) counts.alone++;
      else if (table[2] === 1) counts.first++;
      else counts.second++;
    }
    // 1/2, 1/4 and 1/4, to 4 standard errors
    expect(Math.abs(counts.alone - 200)).toBeLessThan(40);
    expect(Math.abs(counts.first - 100)).toBeLessThan(35);
    expect(Math.abs(counts.second - 100)).toBeLessThan(35);
  });

  test('remembers what an action led to last, ends included', () => {
    const agent = new DynaQ(TASK, { ...GREEDY, stepSize: 1, planningSteps: 1 });
    agent.actionValues.table.set([0, 0, 8, 8, 0, 0]);
    agent.learn(transition({ state: 0, action: 0, reward: 3, nextState: 1 }));
    expect(agent.actionValues.table[0]).toBe(7);
    agent.learn(transition({ state: 0, action: 0, reward: 2, nextState: 1, terminated: true }));
    expect(agent.actionValues.table[0]).toBe(2);
    agent.actionValues.table.set([0, 0, 8, 8, 4, 4]);
    agent.learn(transition({ state: 0, action: 0, reward: 2, nextState: 2 }));
    expect(agent.actionValues.table[0]).toBe(4);
  });

  test('values the legal actions of imagined states alone', () => {
    const agent = new DynaQ(TASK, { ...GREEDY, stepSize: 1, planningSteps: 3 });
    agent.actionValues.table.set([0, 0, 2, 8, 0, 0]);
    agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1, nextMask: [1, 0] }));
    expect(agent.actionValues.table[0]).toBe(1);
  });

  test('without planning is Q-learning', () => {
    const [one, other] = [new DynaQ(corridor(), { planningSteps: 0 }), new QLearning(corridor())];
    for (const agent of [one, other]) learn(agent, corridor(), { steps: 500, seed: 1 });
    expect(one.actionValues.table).toEqual(other.actionValues.table);
  });

  test('needs fewer episodes the more it plans (Sutton & Barto, figure 8.2)', () => {
    const lengths = (planningSteps: number) => {
      const means = new Float64Array(30);
      for (let run = 0; run < 30; run++) {
        const options = { discount: 0.95, stepSize: 0.1, planningSteps, seed: run };
        const agent = new DynaQ(dynaMaze(), options);
        learnEpisodes(agent, dynaMaze(), { episodes: 30, seed: run }).forEach((length, i) => {
          means[i] += length / 30;
        });
      }
      return means;
    };
    const [none, some, many] = [lengths(0), lengths(5), lengths(50)];
    // Read off the figure: n = 50 is there in about 3 episodes, n = 5 in about 5, n = 0 in about 25.
    // With ε = 0.1 the best way takes 14 steps and a few that stray.
    expect(many[2]).toBeLessThan(22);
    expect(some[2]).toBeGreaterThan(2 * many[2]);
    expect(some[5]).toBeLessThan(26);
    expect(none[5]).toBeGreaterThan(150);
    expect(none[29]).toBeLessThan(25);
    for (const first of [none, some, many]) expect(first[0]).toBeGreaterThan(400); // none knows yet
  });
});

describe('Dyna-Q+', () => {
  test('adds κ √τ to what it imagines, τ steps after the last try', () => {
    const agent = new DynaQPlus(
      { ...TASK, actionSpace: discrete(1) },
      { stepSize: 1, discount: 0, planningSteps: 1, bonus: 0.5 },
    );
    agent.learn(transition({ state: 0, action: 0, reward: 1, nextState: 1 }));
    expect([...agent.actionValues.table]).toEqual([1, 0, 0]); // τ = 0
    let t = 1;
    let wasImagined = 0;
    for (; t < 20; t++) {
      agent.learn(transition({ state: 1, action: 0, reward: 2, nextState: 1 }));
      const [first, second] = agent.actionValues.table;
      expect(second).toBe(2); // just tried: no bonus
      if (first !== 1) wasImagined++;
      if (wasImagined > 0) expect((first - 1) / 0.5).toBeLessThan(Math.sqrt(t) + 1e-9);
    }
    expect(wasImagined).toBeGreaterThan(10);
    const taus = Array.from({ length: 20 }, (_, tau) => 1 + 0.5 * Math.sqrt(tau));
    expect(taus).toContain(agent.actionValues.table[0]);
  });

  test('imagines actions never tried: they lead back to where they are, for nothing', () => {
    const options = { stepSize: 1, discount: 0.5, planningSteps: 200, epsilon: 0 };
    const agent = new DynaQPlus(TASK, { ...options, bonus: 0 });
    agent.learn(transition({ state: 0, action: 0, reward: 4, nextState: 1 }));
    // Q(0, 0) = 4; Q(0, 1) = 0 + 0.5 · max(4, …) = 2
    expect([...agent.actionValues.table]).toEqual([4, 2, 0, 0, 0, 0]);
    const longing = new DynaQPlus(TASK, { ...options, discount: 0, bonus: 1 });
    longing.learn(transition({ state: 0, action: 0, reward: 4, nextState: 1 }));
    expect([...longing.actionValues.table]).toEqual([4, 1, 0, 0, 0, 0]); // τ = 1
  });

  test('but not those that are illegal', () => {
    const agent = new DynaQPlus(TASK, { stepSize: 1, planningSteps: 50, bonus: 1 });
    agent.act(Float32Array.of(0), new Int32Array(1), Uint8Array.of(1, 0));
    agent.learn(transition({ state: 0, action: 0, reward: 0, nextState: 1, nextMask: [1, 1] }));
    expect(agent.actionValues.table[1]).toBe(0);
  });
});

/** Reward of each thousand steps, the mean of 20 runs. */
function rewards(name: string, world: Dynamics, steps: number, options: object): number[] {
  const sums = new Array<number>(steps / 1000).fill(0);
  for (let run = 0; run < 20; run++) {
    const agent = makeAgent(name, world, { discount: 0.95, ...options, seed: run });
    const envs = new VectorEnv(world, { seed: run });
    const actions = envs.createActions();
    for (let t = 0; t < steps; t++) {
      agent.act(envs.observations, actions);
      const transitions = envs.step(actions);
      agent.learn(transitions);
      sums[Math.floor(t / 1000)] += transitions.rewards[0] / 20;
    }
  }
  return sums;
}

describe('when the maze changes', () => {
  test('Dyna-Q+ finds the way around sooner than Dyna-Q (Sutton & Barto, figure 8.4)', () => {
    const options = { stepSize: 0.5, planningSteps: 10 };
    const plain = rewards('dyna-q', blockingMaze(), 3000, options);
    const plus = rewards('dyna-q-plus', blockingMaze(), 3000, { ...options, bonus: 0.001 });
    expect(plain[2]).toBeLessThan(25);
    expect(plus[2]).toBeGreaterThan(45); // of 1000 / 16 = 62
    expect(plus[0] + plus[1] + plus[2]).toBeGreaterThan(plain[0] + plain[1] + plain[2]);
  });

  test('Dyna-Q+ finds the shortcut that Dyna-Q never sees (figure 8.5)', () => {
    const options = { stepSize: 0.5, planningSteps: 20 };
    const plain = rewards('dyna-q', shortcutMaze(), 6000, options);
    const plus = rewards('dyna-q-plus', shortcutMaze(), 6000, { ...options, bonus: 0.001 });
    expect(plain[5]).toBeLessThan(1000 / 16); // the long way
    expect(plus[5]).toBeGreaterThan(1000 / 16 + 10); // 1000 / 10 is the most
  });
});

describe('prioritized sweeping', () => {
  test('sends a surprise back along all that leads to it', () => {
    const task = { observationSpace: discrete(5), actionSpace: discrete(1) };
    const options = { stepSize: 1, discount: 0.5, planningSteps: 10 };
    const agent = new PrioritizedSweeping(task, options);
    const step = (state: number, nextState: number, reward = 0, terminated = false) =>
      agent.learn(transition({ state, action: 0, reward, nextState, terminated }));
    step(0, 1);
    step(3, 1);
    step(1, 2);
    expect(agent.updates).toBe(0); // nothing was worth it
    step(2, 4, 8, true);
    // 8 at state 2, then half of it at 1, and a quarter at 0 and 3
    expect([...agent.actionValues.table]).toEqual([2, 4, 8, 2, 0]);
    expect(agent.updates).toBe(4);
    expect(agent.metrics().updates).toBe(4);
  });

  test('begins with the largest errors, and keeps the rest for later', () => {
    const task = { observationSpace: discrete(5), actionSpace: discrete(1) };
    const agent = new PrioritizedSweeping(task, { stepSize: 1, discount: 0.5, planningSteps: 0 });
    const step = (agent_: PrioritizedSweeping, state: number, reward: number) =>
      agent_.learn(transition({ state, action: 0, reward, nextState: 4, terminated: true }));
    step(agent, 0, 1);
    step(agent, 1, 3);
    step(agent, 2, -2);
    const planner = new PrioritizedSweeping(task, { stepSize: 1, discount: 0.5, planningSteps: 1 });
    planner.restore(agent.save());
    step(planner, 3, 0);
    expect([...planner.actionValues.table]).toEqual([0, 3, 0, 0, 0]);
    step(planner, 3, 0);
    expect([...planner.actionValues.table]).toEqual([0, 3, -2, 0, 0]);
    step(planner, 3, 0);
    expect([...planner.actionValues.table]).toEqual([1, 3, -2, 0, 0]);
  });

  test('lets errors up to θ be', () => {
    const agent = new PrioritizedSweeping(TASK, { stepSize: 1, threshold: 0.5 });
    agent.learn(transition({ state: 0, action: 0, reward: 0.5, nextState: 1 }));
    expect(agent.actionValues.table[0]).toBe(0);
    agent.learn(transition({ state: 0, action: 0, reward: 0.51, nextState: 1 }));
    expect(agent.actionValues.table[0]).toBe(0.51);
  });

  test('follows a prediction that has changed', () => {
    const task = { observationSpace: discrete(4), actionSpace: discrete(1) };
    const agent = new PrioritizedSweeping(task, { stepSize: 1, discount: 0.5, planningSteps: 10 });
    const step = (state: number, nextState: number, reward = 0) =>
      agent.learn(transition({ state, action: 0, reward, nextState }));
    step(0, 1);
    step(0, 2); // no longer to 1
    step(3, 1); // and something else to 1, so that lists have more than one
    agent.actionValues.table[3] = 0;
    step(1, 1, 4); // worth 8 in the end
    expect(agent.actionValues.table[0]).toBe(0);
    expect(agent.actionValues.table[3]).toBeGreaterThan(3);
  });

  test('keeps the others that lead to a state when one does so no longer', () => {
    const task = { observationSpace: discrete(5), actionSpace: discrete(1) };
    const agent = new PrioritizedSweeping(task, { stepSize: 1, discount: 0.5, planningSteps: 10 });
    const step = (state: number, nextState: number, reward = 0) =>
      agent.learn(transition({ state, action: 0, reward, nextState }));
    step(0, 1);
    step(3, 1);
    step(3, 2); // no longer to 1
    step(1, 4, 8);
    expect([...agent.actionValues.table]).toEqual([4, 8, 0, 0, 0]);
  });

  test('knows the way with far fewer backups than Dyna-Q (figure of Example 8.4)', () => {
    // The Dyna maze with four cells for each: 28 steps.
    const map = DYNA_MAZE_MAP.flatMap((row) => {
      const wide = [...row].map((letter) => letter.repeat(2)).join('');
      return [
        wide.replace('SS', '..').replace('GG', '.G'),
        wide.replace('SS', 'S.').replace('GG', '..'),
      ];
    });
    const cells = { G: { reward: 1, terminal: true } };
    const maze = gridWorld({ map, cells, stepReward: 0 });
    /** Backups until the start is worth what 30 steps would be, the mean of 5 runs. */
    const backups = (make: (seed: number) => DynaQ | PrioritizedSweeping): number => {
      let sum = 0;
      for (let seed = 0; seed < 5; seed++) {
        const agent = make(seed);
        const envs = new VectorEnv(maze, { seed });
        const start = envs.observations[0];
        const actions = envs.createActions();
        let steps = 0;
        while (agent.actionValues.value(start) < 0.95 ** 29 && steps < 100_000) {
          agent.act(envs.observations, actions);
          agent.learn(envs.step(actions));
          steps++;
        }
        sum += (agent instanceof PrioritizedSweeping ? agent.updates : 6 * steps) / 5;
      }
      return sum;
    };
    const options = { discount: 0.95, stepSize: 1, planningSteps: 5 };
    const dyna = backups((seed) => new DynaQ(maze, { ...options, seed }));
    const sweeping = backups((seed) => new PrioritizedSweeping(maze, { ...options, seed }));
    expect(sweeping).toBeLessThan(dyna / 10);
  });

  test('refuses saved lists and queues that lead astray, and nothing changes', () => {
    const agent = new PrioritizedSweeping(corridor(), { seed: 1, planningSteps: 1 });
    learn(agent, corridor(), { steps: 300 });
    const saved = agent.save();
    const broken: [string, number, string][] = [
      ['modelNextStates', 9, 'modelNextStates[0] must be from -1 to 4, got 9.'],
      ['listFirst', 10, 'listFirst[0] must be from -1 to 9'],
      ['queueHeap', -1, 'queueHeap[0] must be from 0 to 9'],
      ['queuePlaces', 9, 'queuePlaces[0] = 9 is not where the number is.'],
    ];
    for (const [key, value, message] of broken) {
      const array = (saved[key] as Int32Array).slice();
      array[0] = value;
      expect(() => agent.restore({ ...saved, [key]: array })).toThrow(message);
    }
    const loop = (saved.listNext as Int32Array).map((_, i, list) => (i + 1) % list.length);
    expect(() => agent.restore({ ...saved, listNext: loop })).toThrow('listPrevious does not fit');
    expect(agent.save()).toEqual(saved);
  });
});

describe('the queue', () => {
  test('keeps the higher of two priorities', () => {
    const task = { observationSpace: discrete(3), actionSpace: discrete(1) };
    const options = { stepSize: 1, discount: 0.5 };
    const agent = new PrioritizedSweeping(task, { ...options, planningSteps: 0 });
    const step = (to: PrioritizedSweeping, state: number, reward: number) =>
      to.learn(transition({ state, action: 0, reward, nextState: 2, terminated: true }));
    step(agent, 0, 5);
    step(agent, 1, 3);
    step(agent, 0, 2); // remains in the queue with 5
    const planner = new PrioritizedSweeping(task, { ...options, planningSteps: 1 });
    planner.restore(agent.save());
    step(planner, 2, 4);
    expect([...planner.actionValues.table]).toEqual([2, 0, 0]);
  });
});

test.each<[() => unknown, string]>([
  [() => new DynaQ(TASK, { planningSteps: -1 }), 'DynaQ: planningSteps must be an integer'],
  [() => new DynaQPlus(TASK, { planningSteps: 0.5 }), 'DynaQPlus: planningSteps must be an'],
  [() => new DynaQPlus(TASK, { bonus: -1 }), 'DynaQPlus: bonus must be between 0 and 1000000'],
  [() => new PrioritizedSweeping(TASK, { threshold: -1 }), 'threshold must be between'],
  [() => new PrioritizedSweeping(TASK, { planningSteps: -1 }), 'planningSteps must be an integer'],
])('options are checked: %#', (make, message) => {
  expect(make).toThrow(message);
});
