import type { Agent } from '../../core/agent.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Transitions } from '../../core/transitions.ts';
import { VectorEnv } from '../../core/vector-env.ts';

/** Which episodes to learn from. */
export interface LearnEpisodesOptions {
  /** At least 1. */
  readonly episodes: number;
  /** Seed of the world; the agent has its own. */
  readonly seed: number;
  /** Called after each step that has been learned from, with its number from 1 on. */
  onStep?(step: number, transitions: Transitions): void;
  /** Called after each episode, with its number from 1 on and its length. */
  onEpisode?(episode: number, length: number): void;
}

/** Lets an agent learn whole episodes, one after the other, in a single copy of a world. */
export function learnEpisodes(agent: Agent, world: Dynamics, options: LearnEpisodesOptions): void {
  const { episodes, seed } = options;
  const envs = new VectorEnv(world, { seed });
  const actions = envs.createActions();
  let step = 0;
  let start = 0;
  for (let episode = 0; episode < episodes; ) {
    agent.act(envs.observations, actions, envs.actionMasks);
    const transitions = envs.step(actions);
    agent.learn(transitions);
    step++;
    options.onStep?.(step, transitions);
    if (transitions.terminated[0] === 0 && transitions.truncated[0] === 0) continue;
    episode++;
    options.onEpisode?.(episode, step - start);
    start = step;
  }
}
