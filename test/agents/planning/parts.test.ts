import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { improvePolicy, sweepOptimal } from '../../../agents/planning/bellman.ts';
import { biconjugateGradients } from '../../../agents/planning/bicgstab.ts';
import { boundFacts, valueBounds } from '../../../agents/planning/error-bounds.ts';
import { expectModel } from '../../../agents/planning/expected-model.ts';
import { eliminate, type LinearSystem } from '../../../agents/planning/linear-system.ts';
import { boundLongestEpisode } from '../../../agents/planning/longest-episode.ts';
import { predecessorsOf } from '../../../agents/planning/predecessors.ts';
import { properPolicy } from '../../../agents/planning/proper-policy.ts';
import { strongComponents } from '../../../agents/planning/strong-components.ts';
import { PriorityQueue } from '../../../agents/priority-queue.ts';
import { Alea } from '../../../core/alea.ts';
import { createTabularModel, type TabularModel } from '../../../core/tabular-model.ts';
import { frozenLake } from '../../../envs/tabular/frozen-lake.ts';
import { gridWorld } from '../../../envs/tabular/grid-world.ts';
import { randomWalk } from '../../../envs/tabular/random-walk.ts';
import { modelOf } from '../../envs/solve.ts';
import { distance } from '../../helpers/exact-values.ts';

/** A graph as rows of successors. */
function graph(edges: readonly (readonly number[])[]): [Int32Array, Int32Array] {
  const rowStart = Int32Array.from([[], ...edges], (row) => row.length);
  for (let i = 1; i < rowStart.length; i++) rowStart[i] += rowStart[i - 1];
  return [rowStart, Int32Array.from(edges.flat())];
}

/** Which nodes can be reached from which, by transitive closure. */
function reachable(edges: readonly (readonly number[])[]): boolean[][] {
  const n = edges.length;
  const reach = edges.map((row, i) =>
    Array.from({ length: n }, (_, j) => j === i || row.includes(j)),
  );
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) reach[i][j] ||= reach[i][k] && reach[k][j];
  }
  return reach;
}

const graphs = fc.integer({ min: 1, max: 9 }).chain((n) =>
  fc.array(fc.array(fc.integer({ min: 0, max: n - 1 }), { maxLength: 3 }), {
    minLength: n,
    maxLength: n,
  }),
);

describe('strong components', () => {
  test('hold what leads to one another, in ascending order, what they lead to first', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const { start, states, componentOf } = strongComponents(...graph(edges));
        const reach = reachable(edges);
        expect([...states].sort((a, b) => a - b)).toEqual(edges.map((_, i) => i));
        for (let i = 0; i < edges.length; i++) {
          for (let j = 0; j < edges.length; j++) {
            expect(componentOf[i] === componentOf[j]).toBe(reach[i][j] && reach[j][i]);
            if (reach[i][j]) expect(componentOf[j]).toBeLessThanOrEqual(componentOf[i]);
          }
        }
        for (let c = 0; c + 1 < start.length; c++) {
          const members = [...states.subarray(start[c], start[c + 1])];
          expect(members).toEqual(members.toSorted((a, b) => a - b));
          for (const member of members) expect(componentOf[member]).toBe(c);
        }
      }),
      { seed: 1 },
    );
  });

  test('are found along a way of 200,000 states', () => {
    const [rowStart, nextState] = graph(
      Array.from({ length: 200_000 }, (_, i) => [(i + 1) % 200_000]),
    );
    expect(strongComponents(rowStart, nextState).start).toHaveLength(2);
  });
});

/** Equations of states on a line, each with `reach` neighbors on either side, and their solution. */
function line(size: number, reach: number, exitOf: (i: number) => number) {
  const rng = new Alea(size + reach);
  const solution = Float64Array.from({ length: size }, () => rng.uniform() - 0.5);
  const rowStart = new Int32Array(size + 1);
  const column: number[] = [];
  const weight: number[] = [];
  const side = new Float64Array(size);
  const exit = Float64Array.from({ length: size }, (_, i) => exitOf(i));
  for (let i = 0; i < size; i++) {
    side[i] = exit[i] * solution[i];
    for (let j = Math.max(0, i - reach); j <= Math.min(size - 1, i + reach); j++) {
      if (j === i) continue;
      column.push(j);
      weight.push(rng.uniform());
      side[i] += weight[weight.length - 1] * (solution[i] - solution[j]);
    }
    rowStart[i + 1] = column.length;
  }
  const system: LinearSystem = {
    ...{ size, rowStart, exit },
    column: Int32Array.from(column),
    weight: Float64Array.from(weight),
  };
  return { system, side, solution };
}

describe('a linear system', () => {
  test.each([
    [1, 1],
    [2, 1],
    [30, 29],
    [200, 3],
    [5000, 2],
  ])('of %i states that reach %i to either side is solved both ways', (size, reach) => {
    const { system, side, solution } = line(size, reach, (i) => (i % 7 === 0 ? 0.5 : 0));
    const direct = side.slice();
    const twice = side.map((x) => 2 * x);
    expect(eliminate(system, [direct, twice])).toBe(true);
    expect(distance(direct, solution)).toBeLessThan(1e-11);
    expect(
      distance(
        twice,
        direct.map((x) => 2 * x),
      ),
    ).toBeLessThan(1e-11);
    const iterative = new Float64Array(size);
    biconjugateGradients(system, side, iterative, 1e-13, 10_000);
    expect(distance(iterative, solution)).toBeLessThan(1e-10);
  });

  test('is left as it is where it is never left, or too large', () => {
    const never = line(5, 1, () => 0);
    const side = Float64Array.of(1, 2, 3, 4, 5);
    expect(eliminate(never.system, [side])).toBe(false);
    expect([...side]).toEqual([1, 2, 3, 4, 5]);
    // The last state of each reaches the first: rows to the end, 10,000² / 2 of them.
    const n = 10_000;
    const large: LinearSystem = {
      size: n,
      rowStart: Int32Array.from({ length: n + 1 }, (_, i) => i),
      column: Int32Array.from({ length: n }, (_, i) => (i === 0 ? n - 1 : 0)),
      weight: new Float64Array(n).fill(0.9),
      exit: new Float64Array(n).fill(0.1),
    };
    expect(eliminate(large, [new Float64Array(n)])).toBe(false);
  });

  test.each([50, 500, 3000])(
    'of a ring of %i states is solved though it is seldom left',
    (size) => {
      // On a ring the recursion breaks down: most of its vectors have nothing in common.
      const ring: LinearSystem = {
        size,
        rowStart: Int32Array.from({ length: size + 1 }, (_, i) => i),
        column: Int32Array.from({ length: size }, (_, i) => (i + 1) % size),
        weight: new Float64Array(size).fill(1),
        exit: new Float64Array(size).fill(0.001),
      };
      const side = new Float64Array(size);
      side[size - 1] = 1;
      const exact = side.slice();
      expect(eliminate(ring, [exact])).toBe(true);
      const solution = new Float64Array(size);
      expect(biconjugateGradients(ring, side, solution, 1e-13, 20_000)).toBeLessThan(20_000);
      expect(distance(solution, exact)).toBeLessThan(1e-9);
      let before = Infinity;
      for (let iterations = 1; iterations < 200; iterations += 7) {
        const rough = new Float64Array(size);
        biconjugateGradients(ring, side, rough, 1e-13, iterations);
        let residual = 0;
        for (let i = 0; i < size; i++) {
          const off = side[i] + rough[(i + 1) % size] - 1.001 * rough[i];
          residual = Math.max(residual, Math.abs(off));
        }
        expect(residual).toBeLessThanOrEqual(before * (1 + 1e-9)); // the best so far
        before = residual;
      }
    },
  );

  test('is solved iteratively from where it is told, or given up with the best so far', () => {
    const { system, side, solution } = line(500, 1, (i) => (i === 0 ? 0.01 : 0));
    const warm = solution.slice();
    expect(biconjugateGradients(system, side, warm, 1e-12, 100)).toBe(0);
    const rough = new Float64Array(500);
    expect(biconjugateGradients(system, side, rough, 1e-12, 3)).toBe(3);
    expect(distance(rough, solution)).toBeGreaterThan(1e-3);
  });
});

describe('a priority queue', () => {
  test('gives the largest priority first, as it is by then', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(50), fc.boolean())), (moves) => {
        const queue = new PriorityQueue(10);
        const expected = new Map<number, number>();
        for (const [item, priority, takeOut] of moves) {
          if (takeOut) {
            const highest = Math.max(-1, ...expected.values());
            const top = queue.pop();
            expect(top === -1 ? -1 : expected.get(top)).toBe(highest);
            expected.delete(top);
          } else {
            queue.set(item, priority);
            expected.set(item, priority);
          }
          expect(queue.size).toBe(expected.size);
        }
        const rest = Array.from({ length: queue.size }, () => expected.get(queue.pop()));
        expect(rest).toEqual([...expected.values()].sort((a, b) => b - a));
        expect(queue.pop()).toBe(-1);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('predecessors', () => {
  test('are the rows that lead to a state, in order', () => {
    const model = expectModel(modelOf(gridWorld({ map: ['S.G'] })));
    const { start, rows } = predecessorsOf(model);
    const before = (state: number) => [...rows.subarray(start[state], start[state + 1])];
    // Up, right, down, left: 0 is entered from itself and by 1 · 4 + 3; 2 is the end.
    expect([0, 1, 2].map(before)).toEqual([[0, 2, 3, 7], [1, 4, 6], []]);
  });
});

describe('a proper policy', () => {
  test('goes a shortest way to the end, and takes a legal action where there is none', () => {
    const model = modelOf(gridWorld({ map: ['S..', '.#.', '..G'] }));
    const policy = properPolicy(expectModel(model));
    expect([policy[0], policy[1], policy[2], policy[5]]).toEqual([1, 1, 2, 2]);
    const lost = createTabularModel(2, Float64Array.of(1), () => [
      { probability: 1, nextState: 0, reward: 0, terminated: false },
    ]);
    expect([...properPolicy(expectModel({ ...lost, actionMasks: Uint8Array.of(0, 1) }))]).toEqual([
      1,
    ]);
  });
});

describe('the longest episode', () => {
  test('is bounded by at most some times its length', () => {
    // From the middle of a walk of n states on either side (n + 1)² steps are the average.
    const bound = boundLongestEpisode(expectModel(modelOf(randomWalk({ numStates: 19 }))));
    expect(bound).toBeGreaterThanOrEqual(100);
    expect(bound).toBeLessThanOrEqual(200);
  });

  test('has no bound where a policy can go on for ever, and be it by a row of slips', () => {
    expect(boundLongestEpisode(expectModel(modelOf(gridWorld())))).toBe(Infinity);
    expect(boundLongestEpisode(expectModel(modelOf(frozenLake())))).toBe(Infinity); // up, in the top row
  });

  test('has a bound where only illegal actions go on', () => {
    const model = createTabularModel(2, Float64Array.of(1), (_, action) => [
      { probability: 1, nextState: 0, reward: 0, terminated: action === 1 },
    ]);
    expect(boundLongestEpisode(expectModel(model))).toBe(Infinity);
    expect(boundLongestEpisode(expectModel({ ...model, actionMasks: Uint8Array.of(0, 1) }))).toBe(
      2,
    );
  });
});

describe('bounds', () => {
  const bounds = (model: TabularModel, discount: number, values: Float64Array) => {
    const expected = expectModel(model);
    const next = new Float64Array(values.length);
    const change = new Float64Array(2);
    sweepOptimal(expected, discount, values, next, change);
    return valueBounds(boundFacts(expected, discount), change, values, 0);
  };
  /** One state that earns 1 a step, and ends with a chance. */
  const waiting = (chance: number) =>
    createTabularModel(1, Float64Array.of(1), () => [
      { probability: 1 - chance, nextState: 0, reward: 1, terminated: false },
      { probability: chance, nextState: 0, reward: 1, terminated: true },
    ]);

  test('are exact for a single state, that ends or not', () => {
    for (const chance of [0, 0.25]) {
      const factor = 0.9 * (1 - chance);
      for (const value of [0, 50]) {
        const { low, high } = bounds(waiting(chance), 0.9, Float64Array.of(value));
        const left = 1 / (1 - factor) - (1 + factor * value); // v − TV
        expect(low).toBeCloseTo(left, 12);
        expect(high).toBeCloseTo(left, 12);
      }
    }
  });

  test('count on no change that an end would cut off', () => {
    // State 0 stays for ever and 1 ends; both lose 7 in the sweep: 10 → 1 + 0.2 · 10 and 10 → 3.
    const model = createTabularModel(1, Float64Array.of(1, 0), (state) => [
      { probability: 1, nextState: 0, reward: state === 0 ? 1 : 3, terminated: state === 1 },
    ]);
    const { low, high } = bounds(model, 0.2, Float64Array.of(10, 10));
    expect(low).toBeCloseTo(0.25 * -7, 12); // γ / (1 − γ) · −7
    expect(high).toBe(0); // 3 is what state 1 is worth, and no less
  });

  test('count the steps that costs allow, without discount', () => {
    // From 1 a step costs 2 and leads to 0, from 0 one costs 2 and ends with 5 besides.
    const model = createTabularModel(1, Float64Array.of(0, 1), (state) => [
      { probability: 1, nextState: 0, reward: state === 1 ? -2 : 3, terminated: state === 0 },
    ]);
    // V = (2.5, 0): changes ½ and ½. b = 3, so N ≤ (1 + (3 − 0) / 2) / (1 − ½ / 2) = 10/3.
    const { low, high } = bounds(model, 1, Float64Array.of(2.5, 0));
    expect(high).toBeCloseTo(0.5 * (10 / 3), 12);
    expect(low).toBeCloseTo(-0.5 * (10 / 3), 12);
    // An error as large as a step's cost bounds nothing.
    expect(bounds(model, 1, Float64Array.of(1, 0)).high).toBe(Infinity);
  });
});

describe('an improved policy', () => {
  test('keeps an action unless another is better by more than the slack', () => {
    const model = createTabularModel(3, Float64Array.of(1), (_, action) => [
      { probability: 1, nextState: 0, reward: [1, 1.5, 1.2][action], terminated: true },
    ]);
    const improve = (from: number, slack: number) => {
      const policy = Int32Array.of(from);
      const replaced = improvePolicy(expectModel(model), 1, new Float64Array(1), policy, slack);
      return [policy[0], replaced];
    };
    expect(improve(0, 0)).toEqual([1, 1]);
    expect(improve(0, 0.4)).toEqual([1, 1]);
    expect(improve(0, 0.5)).toEqual([0, 0]);
    expect(improve(1, 0)).toEqual([1, 0]);
    expect(improve(2, 0.35)).toEqual([2, 0]);
  });
});

describe('an expected model', () => {
  test('has mean rewards, the outcomes that go on, and the chance to end', () => {
    const model = createTabularModel(1, Float64Array.of(1, 0), () => [
      { probability: 0.5, nextState: 1, reward: 4, terminated: false },
      { probability: 0, nextState: 0, reward: 9, terminated: false },
      { probability: 0.5, nextState: 0, reward: -1, terminated: true },
    ]);
    const expected = expectModel(model);
    expect([...expected.reward]).toEqual([1.5, 1.5]);
    expect([...expected.ending]).toEqual([0.5, 0.5]);
    expect([...expected.rowStart]).toEqual([0, 1, 2]);
    expect([...expected.nextState]).toEqual([1, 1]);
    expect([...expected.probability]).toEqual([0.5, 0.5]);
    expect(expectModel(expected)).toBe(expected);
  });
});
