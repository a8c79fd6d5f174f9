import { describe, expect, test } from 'vitest';
import { ActionValues } from '../../../../agents/action-values.ts';
import { valueIteration } from '../../../../agents/planning/value-iteration.ts';
import { QLearning } from '../../../../agents/tabular/q-learning.ts';
import { dynaMaze } from '../../../../envs/tabular/mazes.ts';
import { agentSeed, learn } from '../../../../suites/book/chapter-8/learn.ts';
import { magnifyMaze } from '../../../../suites/book/chapter-8/magnified-maze.ts';

describe('magnifyMaze', () => {
  test('doubles the 47 states of the Dyna maze, as the picture of the book does nearly', () => {
    const sizes = [0, 1, 2, 3, 4].map((doublings) => magnifyMaze(doublings).numStates);
    expect(sizes).toEqual([47, 94, 188, 376, 752]);
  });

  test('leaves the maze as it is where nothing is doubled', () => {
    expect(magnifyMaze(0).world.model?.().nextState).toEqual(dynaMaze().model?.().nextState);
  });

  test.each([0, 1, 2, 3])('knows a shortest way of maze %i from others', (doublings) => {
    const { world, isSolvedBy } = magnifyMaze(doublings);
    const model = world.model?.();
    if (model === undefined) throw new Error('a maze has a model');
    const values = new ActionValues(model.numStates, model.numActions);
    expect(isSolvedBy(values)).toBe(false); // always up, against the edge
    values.table.set(valueIteration(model, { discount: 0.9 }).actionValues);
    expect(isSolvedBy(values)).toBe(true);
    // One step to the side at the start, and on from there as fast as can be.
    const start = model.startDistribution.indexOf(1);
    const row = [...values.row(start)];
    const worst = row.indexOf(Math.min(...row));
    values.table[start * model.numActions + worst] = 1;
    expect(isSolvedBy(values)).toBe(false);
  });
});

test('a run goes on until it has seen enough, each step prepared, learned from and seen', () => {
  const maze = dynaMaze();
  const agent = new QLearning(maze, { stepSize: 1 });
  const calls: string[] = [];
  learn(
    agent,
    maze,
    { seed: 0, run: 0 },
    () => {
      calls.push(`saw ${Math.max(...agent.actionValues.table)}`);
      return calls.length < 6;
    },
    (transitions) => {
      transitions.rewards[0] = calls.length;
      transitions.terminated[0] = 1;
      calls.push('prepared');
    },
  );
  expect(calls).toEqual(['prepared', 'saw 0', 'prepared', 'saw 2', 'prepared', 'saw 4']);
});

test('runs and seeds draw differently, in the world and in the agent', () => {
  const seeds = [0, 1].flatMap((seed) => [0, 1].map((run) => agentSeed({ seed, run })));
  expect(new Set(seeds).size).toBe(4);
  const wayOf = (seed: number, run: number) => {
    const way: number[] = [];
    const agent = new QLearning(dynaMaze(), { seed: agentSeed({ seed, run }) });
    learn(
      agent,
      dynaMaze(),
      { seed, run },
      ({ nextObservations }) => way.push(nextObservations[0]) < 50,
    );
    return way.join();
  };
  const ways = [wayOf(0, 0), wayOf(0, 1), wayOf(1, 0), wayOf(1, 1)];
  expect(new Set(ways).size).toBe(4);
  expect(wayOf(0, 1)).toBe(ways[1]);
});
