import { publishedExperiment } from './experiments.ts';
import type { PublishedExperiment } from './published-experiment.ts';

/** Those that master their world with all seeds or nearly all: `docs/deep.md` has the results. */
const TUNED: readonly PublishedExperiment[] = [
  'cleanrl-dqn-cart-pole',
  'cleanrl-dqn-acrobot',
  'tuned-dqn-mountain-car',
  'rl-zoo-ppo-cart-pole',
  'rl-zoo-ppo-acrobot',
  'tuned-ppo-mountain-car',
  'rl-zoo-sac-pendulum',
  'rl-zoo-td3-pendulum',
  'rl-zoo-ddpg-pendulum',
  'rl-zoo-sac-mountain-car',
  'rl-zoo-td3-mountain-car',
  'rl-zoo-ddpg-mountain-car',
].map(publishedExperiment);

/**
 * The experiment whose settings an agent should have in a world where nothing else is asked for; `null`
 * where none is known.
 *
 * @param agent Name in the agent registry.
 * @param env Id in the env registry.
 */
export function tunedExperiment(agent: string, env: string): PublishedExperiment | null {
  return TUNED.find((one) => one.agent === agent && one.env === env) ?? null;
}
