import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { type Discrete, discrete } from '../../core/space.ts';
import type { Evaluator } from '../../mcts/evaluator.ts';
import { Search } from '../../mcts/search.ts';
import { ROOT, SearchTree } from '../../mcts/search-tree.ts';

/** Nim with one heap: take 1, 2 or 3 stones; who takes the last one wins. */
function nim(): Dynamics<Discrete, Discrete, Int32Array> {
  return {
    name: 'Nim',
    observationSpace: discrete(32),
    actionSpace: discrete(3, ['take 1', 'take 2', 'take 3']),
    stateSize: 1,
    stateKind: 'int32',
    timeLimit: Infinity,
    reset(state) {
      state[0] = 21;
    },
    step(state, action) {
      state[0] -= action + 1;
      return state[0] === 0 ? 1 : 0;
    },
    isTerminal: (state) => state[0] === 0,
    observe(state, observation) {
      observation[0] = state[0];
    },
    actionMask(state, mask) {
      for (let action = 0; action < 3; action++) mask[action] = state[0] > action ? 1 : 0;
    },
    scene: () => ({ kind: 'grid', rows: 1, columns: 1, tiles: ['floor'], tokens: [] }),
  };
}

/** Knows nothing: every action is as good as another, every position even. */
const ignorant: Evaluator = (_, priors) => {
  priors.fill(1);
  return 0;
};

describe('tree search', () => {
  test.each([5, 6, 7, 9, 10, 11])('leaves a multiple of four in Nim with %i stones', (stones) => {
    const search = new Search(nim(), ignorant, { simulations: 1000 });
    const policy = new Float32Array(3);
    search.run([stones], policy, new Alea(0));
    const choice = policy.indexOf(Math.max(...policy)) + 1;
    expect((stones - choice) % 4).toBe(0);
  });

  test('knows a lost position when it sees one, and a won one', () => {
    const search = new Search(nim(), ignorant, { simulations: 1000 });
    const policy = new Float32Array(3);
    expect(search.run([4], policy, new Alea(0))).toBeLessThan(-0.8);
    expect(search.run([5], policy, new Alea(0))).toBeGreaterThan(0.7);
  });

  test('gives a policy that sums to 1 over the legal actions', () => {
    const search = new Search(nim(), ignorant, { simulations: 50 });
    const policy = new Float32Array(3);
    search.run([2], policy, new Alea(0));
    expect(policy[2]).toBe(0); // 3 of 2 stones cannot be taken
    expect(policy[0] + policy[1]).toBeCloseTo(1, 6);
    expect(search.tree.visitCount[ROOT]).toBe(50);
  });

  test('with one simulation follows the priors', () => {
    const favorite: Evaluator = (_, priors) => {
      priors.set([1, 2, 5]);
      return 0;
    };
    const search = new Search(nim(), favorite, { simulations: 1 });
    const policy = new Float32Array(3);
    search.run([9], policy, new Alea(0));
    expect([...policy]).toEqual([0.125, 0.25, 0.625]);
  });

  test('for one player discounts what comes later', () => {
    // 4 stones, one player: the last stone is worth 1; taking 3 then 1 needs two steps.
    const search = new Search(nim(), ignorant, { simulations: 4000, discount: 0.5 });
    const policy = new Float32Array(3);
    search.run([4], policy, new Alea(0));
    expect(policy[0]).toBeLessThan(0.5); // 1 first needs two or more further steps
    expect(search.run([3], policy, new Alea(0))).toBeGreaterThan(0.8);
    expect(policy.indexOf(Math.max(...policy))).toBe(2);
  });

  test('visits what the formula says', () => {
    // From 2 stones: taking 2 wins at once (Q = 1), taking 1 loses (Q = −1 once seen).
    const search = new Search(nim(), ignorant, { simulations: 4, exploration: 1 });
    search.run([2], new Float32Array(3), new Alea(0));
    const { tree } = search;
    const visits = [tree.firstChild[ROOT], tree.firstChild[ROOT] + 1].map(
      (i) => tree.visitCount[i],
    );
    // N = 1: both scores are c·P·√1 = 0.5; the first wins. Its value: even, so Q stays 0.
    // N = 2: 0 + 0.5·√2/2 = 0.35 against 0.5·√2 = 0.71: the second, which wins: Q = 1.
    // N = 3: 0 + 0.5·√3/2 = 0.43 against 1 + 0.43: the second again.
    expect(visits).toEqual([1, 2]);
  });

  test('comes back to a poor action as the visits grow', () => {
    // One step: action 0 earns 0.5, action 1 nothing. After its first visit action 1 scores
    // ½ √N / 2, action 0 ½ + ½ √N / (N − 1): 0.661 < 0.720 at N = 7, 0.707 > 0.702 at N = 8.
    const choice: Dynamics<Discrete, Discrete, Int32Array> = {
      ...nim(),
      actionSpace: discrete(2),
      step(state, action) {
        state[0] = 0;
        return action === 0 ? 0.5 : 0;
      },
      actionMask: (_, mask) => {
        mask.fill(1);
      },
    };
    const visitsOfPoor = (simulations: number) => {
      const search = new Search(choice, ignorant, { simulations, discount: 1, exploration: 1 });
      search.run([1], new Float32Array(2), new Alea(0));
      return search.tree.visitCount[search.tree.firstChild[ROOT] + 1];
    };
    expect([7, 8, 9, 10].map(visitsOfPoor)).toEqual([1, 1, 2, 2]);
  });

  test('refuses what it cannot search', () => {
    const search = new Search(nim(), ignorant);
    const policy = new Float32Array(3);
    expect(() => search.run([0], policy, new Alea(0))).toThrow('root must not be terminal');
    expect(() => search.run([1, 2], policy, new Alea(0))).toThrow(
      'root must have length 1, got 2.',
    );
    expect(() => search.run([5], new Float32Array(2), new Alea(0))).toThrow(
      'policy must have length 3',
    );
    const lazy = new Search(nim(), () => Number.NaN);
    expect(() => lazy.run([5], policy, new Alea(0))).toThrow('positive sum of priors and a finite');
    expect(() => new Search(nim(), ignorant, { simulations: 0 })).toThrow('simulations must be');
    expect(() => new Search(nim(), ignorant, { discount: 2 })).toThrow('discount must be between');
  });
});

describe('the search tree', () => {
  test('says when it is full', () => {
    const tree = new SearchTree(2);
    tree.add(ROOT, 0, 1);
    expect(() => tree.add(ROOT, 1, 1)).toThrow(
      'SearchTree: all 2 nodes are in use. Give a larger capacity.',
    );
    tree.clear();
    expect([tree.size, tree.isExpanded(ROOT), tree.value(ROOT)]).toEqual([1, false, 0]);
  });
});
