import { expect, test } from 'vitest';
import { EpsilonGreedy } from '../../agents/bandits/epsilon-greedy.ts';
import { UniformRandom } from '../../agents/uniform-random.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { adversarialBandit } from '../../envs/bandits/adversarial-bandit.ts';
import { bestArm, pullRegret } from '../../envs/bandits/arms.ts';
import { kArmedBandit } from '../../envs/bandits/k-armed-bandit.ts';
import { meanInterval, studentQuantile } from '../../suites/statistics.ts';
import { runBanditTestbed } from '../../training/bandit-testbed.ts';
import { corridor, pushedPoint } from '../helpers/worlds.ts';

test('averages over problems, and over pulls from the one asked for', () => {
  const [numProblems, pulls, from] = [60, 50, 30];
  const world = kArmedBandit();
  const result = runBanditTestbed(world, (task) => new EpsilonGreedy(task, { seed: 4 }), {
    numProblems,
    pulls,
    from,
    seed: 9,
  });
  const envs = new VectorEnv(world, { numEnvs: numProblems, seed: 9 });
  const agent = new EpsilonGreedy({ ...world, numEnvs: numProblems }, { seed: 4 });
  const actions = envs.createActions();
  const late = [0, 1, 2].map(() => new Float64Array(numProblems));
  for (let pull = 0; pull < pulls; pull++) {
    agent.act(envs.observations, actions);
    const arms = [...actions];
    const regrets = envs.states.map((state, i) => pullRegret(state, 10, arms[i]));
    const optimal = envs.states.map((state, i) => (bestArm(state, 10) === arms[i] ? 1 : 0));
    const { rewards } = envs.step(actions);
    const mean = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, value) => sum + value, 0) / numProblems;
    expect(result.pulls.rewards[pull]).toBeCloseTo(mean(rewards), 12);
    expect(result.pulls.regrets[pull]).toBeCloseTo(mean(regrets), 12);
    expect(result.pulls.optimalShares[pull]).toBeCloseTo(mean(optimal), 12);
    // As `meanInterval` has it, from the differences to the mean: Student's interval over its quantile.
    const error = (values: ArrayLike<number>) => {
      const { low, high } = meanInterval(values);
      return (high - low) / 2 / studentQuantile(numProblems - 1);
    };
    expect(result.errors.rewards[pull]).toBeCloseTo(error(rewards), 12);
    expect(result.errors.regrets[pull]).toBeCloseTo(error(regrets), 12);
    expect(result.errors.optimalShares[pull]).toBeCloseTo(error(optimal), 12);
    if (pull >= from) {
      [rewards, regrets, optimal].forEach((column, k) => {
        for (let i = 0; i < numProblems; i++) late[k][i] += column[i] / (pulls - from);
      });
    }
    agent.learn({ ...envs, observations: envs.observations, ...transitionsOf(actions, rewards) });
  }
  const { rewards, regrets, optimalShares } = result.problems;
  [rewards, regrets, optimalShares].forEach((column, k) => {
    column.forEach((average, i) => {
      expect(average).toBeCloseTo(late[k][i], 12);
    });
  });
});

function transitionsOf(actions: ArrayLike<number>, rewards: Float64Array) {
  const n = rewards.length;
  return {
    actions: Int32Array.from(actions),
    rewards,
    nextObservations: new Float32Array(n),
    terminated: new Uint8Array(n),
    truncated: new Uint8Array(n),
  };
}

test('compares each pull with the arm that is best then, and counts all that tie for it', () => {
  const { pulls } = runBanditTestbed(
    adversarialBandit({ numArms: 3, period: 1, pulls: 6 }),
    (task) => new UniformRandom(task),
    { numProblems: 3000, pulls: 6 },
  );
  for (let pull = 0; pull < 6; pull++) {
    expect(Math.abs(pulls.optimalShares[pull] - 1 / 3)).toBeLessThan(0.05);
    expect(Math.abs(pulls.regrets[pull] - 0.5)).toBeLessThan(0.05); // 1, ½ and 0 below the best
  }
});

test('refuses more pulls than an episode has, and worlds that are no bandits', () => {
  const create = (task: object) => new UniformRandom(task as never);
  const world = kArmedBandit({ pulls: 20 });
  expect(() => runBanditTestbed(world, create, { pulls: 21 })).toThrow(
    'runBanditTestbed: pulls must be an integer from 1 to 20, got 21.',
  );
  expect(() => runBanditTestbed(world, create, { pulls: 20, from: 20 })).toThrow('from must be');
  expect(() => runBanditTestbed(world, create, { numProblems: 0 })).toThrow('numProblems');
  expect(() => runBanditTestbed(pushedPoint(), create, { pulls: 5 })).toThrow('must be Discrete');
  expect(() => runBanditTestbed(corridor(), create, { pulls: 5, problems: 1 } as never)).toThrow(
    'unknown option "problems"',
  );
});
