import { describe, expect, test } from 'vitest';
import { BANDIT_AGENTS } from '../../../agents/bandits/entries.ts';
import { makeAgent } from '../../../agents/registry.ts';
import type { Agent } from '../../../core/agent.ts';
import { Alea } from '../../../core/alea.ts';
import { discrete } from '../../../core/space.ts';
import type { Transitions } from '../../../core/transitions.ts';

const NUM_ARMS = 5;

/** Of a world with nothing to see. */
function bandit(name: string, numEnvs: number, options = {}): Agent {
  const task = { observationSpace: discrete(1), actionSpace: discrete(NUM_ARMS), numEnvs };
  return makeAgent(name, task, options);
}

function batch(actions: readonly number[], rewards: readonly number[], ended = false): Transitions {
  const n = actions.length;
  return {
    observations: new Float32Array(n),
    actions: Int32Array.from(actions),
    rewards: Float64Array.from(rewards),
    nextObservations: new Float32Array(n),
    terminated: new Uint8Array(n),
    truncated: new Uint8Array(n).fill(ended ? 1 : 0),
  };
}

function chooseOnce(agent: Agent, n: number, masks?: Uint8Array): Int32Array {
  const actions = new Int32Array(n);
  agent.act(new Float32Array(n), actions, masks);
  return actions;
}

/** Σ (observed − expected)² / expected, over arms that are expected equally often. */
function chiSquare(actions: Int32Array, arms: readonly number[]): number {
  const expected = actions.length / arms.length;
  return arms
    .map((arm) => actions.filter((action) => action === arm).length)
    .reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

// Every agent of bandits is held to what they all promise, beside the promises of every agent.
describe.each(BANDIT_AGENTS.map(({ name }) => name))('%s', (name) => {
  test('breaks the ties of the first pull evenly', () => {
    const actions = chooseOnce(bandit(name, 2000), 2000);
    expect(chiSquare(actions, [0, 1, 2, 3, 4])).toBeLessThan(23.5); // p = 10⁻⁴, 4 degrees of freedom
  });

  test('breaks them evenly among legal arms alone', () => {
    const masks = Uint8Array.from({ length: 2000 * NUM_ARMS }, (_, k) => (k % 5 < 3 ? 0 : 1));
    const actions = chooseOnce(bandit(name, 2000), 2000, masks);
    expect(actions.every((arm) => arm >= 3)).toBe(true);
    expect(chiSquare(actions, [3, 4])).toBeLessThan(15.1); // p = 10⁻⁴, 1 degree of freedom
  });

  test('breaks ties of arms that have been pulled alike evenly too', () => {
    const agent = bandit(name, 2000);
    for (const arm of [0, 1, 2, 3, 4]) {
      agent.learn(batch(new Array(2000).fill(arm), new Array(2000).fill(0)));
    }
    expect(chiSquare(chooseOnce(agent, 2000), [0, 1, 2, 3, 4])).toBeLessThan(23.5);
  });

  test('when greedy takes the lowest arm of those that tie, and draws nothing', () => {
    const agent = bandit(name, 50);
    const before = agent.save();
    const actions = new Int32Array(50).fill(9);
    agent.greedy().act(new Float32Array(50), actions);
    expect(actions.every((arm) => arm === 0)).toBe(true);
    expect(agent.save()).toEqual(before);
  });

  test('never pulls an illegal arm, whatever the masks and what it has learned', () => {
    const rng = new Alea(4);
    const agent = bandit(name, 4);
    for (let t = 0; t < 100; t++) {
      const masks = Uint8Array.from({ length: 20 }, (_, k) => (k % 5 === t % 5 ? 1 : rng.below(2)));
      const greedy = new Int32Array(4);
      agent.greedy().act(new Float32Array(4), greedy, masks);
      const actions = chooseOnce(agent, 4, masks);
      for (const chosen of [greedy, actions]) {
        chosen.forEach((arm, i) => {
          expect(masks[i * NUM_ARMS + arm]).toBe(1);
        });
      }
      const { policy } = agent.inspect(new Float32Array(1), masks.subarray(0, NUM_ARMS));
      policy?.forEach((chance, arm) => {
        if (masks[arm] === 0) expect(chance).toBe(0);
      });
      agent.learn(
        batch(
          [...actions],
          Array.from(actions, () => rng.below(2)),
        ),
      );
    }
  });

  test.each([Number.NaN, Infinity, -Infinity])(
    'refuses a reward of %d with its step, and has then learned nothing',
    (reward) => {
      const agent = bandit(name, 2);
      agent.learn(batch([0, 1], [1, 0]));
      agent.learn(batch([0, 1], [1, 0]));
      const before = agent.save();
      expect(() => agent.learn(batch([0, 1], [1, reward]))).toThrow(
        new RegExp(`learn: the reward of step 2 must be a finite number, got ${reward}\\.`),
      );
      expect(agent.save()).toEqual(before);
    },
  );

  test('refuses a batch that is not one row for each problem', () => {
    expect(() => bandit(name, 3).learn(batch([0], [1]))).toThrow('one row for each copy');
  });

  test('learns each problem by itself', () => {
    const rng = new Alea(6);
    const [alone, one, other] = [bandit(name, 1), bandit(name, 2), bandit(name, 2)];
    for (let t = 0; t < 60; t++) {
      const [arm, reward] = [rng.below(NUM_ARMS), rng.below(2)];
      alone.learn(batch([arm], [reward]));
      one.learn(batch([arm, rng.below(NUM_ARMS)], [reward, rng.below(2)]));
      other.learn(batch([arm, 0], [reward, 0]));
    }
    const seen = alone.inspect(new Float32Array(1));
    expect(one.inspect(new Float32Array(1))).toEqual(seen);
    expect(other.inspect(new Float32Array(1))).toEqual(seen);
    const greedy = new Int32Array(2);
    other.greedy().act(new Float32Array(2), greedy);
    const first = new Int32Array(1);
    alone.greedy().act(new Float32Array(1), first);
    expect(greedy[0]).toBe(first[0]);
  });

  test('acts in each problem by what it has learned there', () => {
    const agent = bandit(name, 2);
    for (let t = 0; t < 30; t++) {
      const arm = t % 5;
      agent.learn(batch([arm, arm], [arm === 2 ? 1 : 0, arm === 3 ? 1 : 0]));
    }
    const greedy = new Int32Array(2);
    agent.greedy().act(new Float32Array(2), greedy);
    expect([...greedy]).toEqual([2, 3]);
    const counts = [new Array<number>(5).fill(0), new Array<number>(5).fill(0)];
    for (let t = 0; t < 400; t++) {
      chooseOnce(agent, 2).forEach((arm, i) => {
        counts[i][arm]++;
      });
    }
    expect(counts.map((row) => row.indexOf(Math.max(...row)))).toEqual([2, 3]);
  });

  test('forgets a problem at its end, or goes on where one asks for that', () => {
    const play = (agent: Agent) => {
      agent.learn(batch([1, 2], [1, 1]));
      agent.learn(batch([3, 2], [0, 1], true));
      return agent;
    };
    const { rng: _, ...forgotten } = play(bandit(name, 2)).save();
    const { rng: __, ...fresh } = bandit(name, 2).save();
    const tables = (saved: object) => ({ ...saved, policies: null }); // of the last choice
    expect(tables(forgotten)).toEqual(tables(fresh));
    const kept = play(bandit(name, 2, { forgetAtEnd: false })).inspect(new Float32Array(1));
    expect(kept).not.toEqual(bandit(name, 2).inspect(new Float32Array(1)));
  });

  test('goes on with the same bits when saved between acting and learning', () => {
    const [agent, twin] = [bandit(name, 2, { seed: 1 }), bandit(name, 2, { seed: 2 })];
    const masks = Uint8Array.of(1, 1, 0, 0, 0, /* second: */ 0, 0, 1, 1, 1);
    const actions = chooseOnce(agent, 2, masks);
    twin.restore(agent.save());
    for (const learner of [agent, twin]) learner.learn(batch([...actions], [1, 1]));
    expect(twin.save()).toEqual(agent.save());
    expect(chooseOnce(twin, 2)).toEqual(chooseOnce(agent, 2));
  });

  test('refuses what it cannot do', () => {
    const task = { observationSpace: discrete(1), actionSpace: discrete(2) };
    expect(() => makeAgent(name, { ...task, numEnvs: 0 })).toThrow('numEnvs must be an integer');
    expect(() => makeAgent(name, task, { sed: 1 })).toThrow('Did you mean "seed"?');
    expect(() => makeAgent(name, task, { seed: -1 })).toThrow('seed must be an integer');
    expect(() => makeAgent(name, task, { forgetAtEnd: 1 })).toThrow('must be true or false');
  });
});

// Of those whose rewards have no range.
describe.each(BANDIT_AGENTS.map(({ name }) => name).filter((name) => !/exp3|bernoulli/.test(name)))(
  '%s',
  (name) => {
    test('goes on acting after rewards that its estimates overflow on', () => {
      const agent = bandit(name, 1);
      for (let t = 0; t < 40; t++) {
        agent.learn(batch([t % 3], [t % 2 === 0 ? 1.7e308 : -1.7e308]));
        expect(chooseOnce(agent, 1)[0]).toBeLessThan(NUM_ARMS);
        expect(chooseOnce(agent, 1, Uint8Array.of(0, 0, 1, 0, 0))[0]).toBe(2);
      }
    });
  },
);
