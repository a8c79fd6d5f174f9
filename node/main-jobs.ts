import { EpsilonGreedy } from '../agents/bandits/epsilon-greedy.ts';
import { ValueIteration } from '../agents/planning/value-iteration.ts';
import type { Policy } from '../core/agent.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { bestArm } from '../envs/bandits/arms.ts';
import { makeDynamics } from '../envs/registry.ts';
import { type Interval, meanInterval, shareInterval } from '../suites/statistics.ts';
import { type Evaluation, evaluate } from '../training/evaluate.ts';
import { type RunConfig, resolveRun, type Session } from '../training/session.ts';

/** One training of the main job, and how its result is set beside what is known. */
export interface MainJob {
  /** Name of the run's folder. */
  readonly name: string;
  config(): RunConfig;
  /** The cells of its row: agent, world, measure, result, interval, optimum, where that is from. */
  measure(session: Session): readonly string[];
}

const LAKE_STEPS = 2_000_000;

/** Episodes that a result is measured over. */
const EVALUATION_EPISODES = 10_000;

const lake: MainJob = {
  name: 'q-learning-FrozenLake-v1',
  config: () =>
    resolveRun({
      agent: 'q-learning',
      agentOptions: {
        stepSize: { kind: 'exponential', from: 0.2, to: 0.0005, steps: LAKE_STEPS },
        epsilon: { kind: 'linear', from: 1, to: 0.1, steps: LAKE_STEPS },
      },
      env: 'FrozenLake-v1',
      seed: 1,
      steps: LAKE_STEPS,
    }),
  measure({ agent, config }) {
    const dynamics = makeDynamics(config.env);
    const optimal = new ValueIteration(dynamics, { discount: 1 });
    const learned = successRate(evaluateGreedily(agent.greedy(), config));
    const best = successRate(evaluateGreedily(optimal.greedy(), config));
    return [
      agent.name,
      config.env.id,
      'success rate, greedy',
      learned.estimate.toFixed(3),
      showInterval(learned, 3),
      best.estimate.toFixed(3),
      `value iteration, same ${EVALUATION_EPISODES.toLocaleString('en-US')} episodes`,
    ];
  },
};

function evaluateGreedily(policy: Policy, { env }: RunConfig): Evaluation {
  return evaluate(policy, makeDynamics(env), { episodes: EVALUATION_EPISODES, seed: 1000 });
}

function successRate({ returns }: Evaluation): Interval {
  return shareInterval(returns.filter((episodeReturn) => episodeReturn > 0).length, returns.length);
}

const PULLS = 1000;
const PROBLEMS = 1000;

const bandit: MainJob = {
  name: 'epsilon-greedy-KArmedBandit-v0',
  config: () =>
    resolveRun({
      agent: 'epsilon-greedy',
      agentOptions: { epsilon: 0.1 },
      env: 'KArmedBandit-v0',
      seed: 1,
      steps: PROBLEMS * PULLS,
    }),
  measure({ config }) {
    const { rewards, best } = playTestbed(config);
    const reached = meanInterval(rewards);
    return [
      config.agent.name,
      config.env.id,
      'mean reward, pulls 901 to 1000',
      reached.estimate.toFixed(3),
      showInterval(reached, 3),
      meanInterval(best).estimate.toFixed(3),
      `always the best arm, same ${PROBLEMS.toLocaleString('en-US')} problems`,
    ];
  },
};

/** The trainings of the main job, in the order they run. */
export const JOBS: readonly MainJob[] = [lake, bandit];

/**
 * Plays fresh problems side by side, as in Sutton & Barto (2018), figure 2.2.
 *
 * @returns for each problem the mean reward of the last 100 pulls, and the best arm's true value.
 */
function playTestbed({ env, agent: { options } }: RunConfig): {
  rewards: Float64Array;
  best: Float64Array;
} {
  const dynamics = makeDynamics(env);
  const envs = new VectorEnv(dynamics, { numEnvs: PROBLEMS, seed: 1000, stream: 'evaluation' });
  const agent = new EpsilonGreedy({ ...dynamics, numEnvs: PROBLEMS }, options);
  const best = Float64Array.from(envs.states, (state) => state[bestArm(state, 10)]);
  const rewards = new Float64Array(PROBLEMS);
  const actions = envs.createActions();
  for (let pull = 0; pull < PULLS; pull++) {
    agent.act(envs.observations, actions);
    const transitions = envs.step(actions);
    agent.learn(transitions);
    if (pull < PULLS - 100) continue;
    transitions.rewards.forEach((reward, i) => {
      rewards[i] += reward / 100;
    });
  }
  return { rewards, best };
}

function showInterval({ low, high }: Interval, digits: number): string {
  return `[${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}
