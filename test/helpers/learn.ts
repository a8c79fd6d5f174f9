import type { Agent } from '../../core/agent.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { VectorEnv } from '../../core/vector-env.ts';

/** Lets an agent act and learn for `steps` steps of each copy. */
export function learn(
  agent: Agent,
  world: Dynamics,
  { steps, numEnvs = 1, seed = 0 }: { steps: number; numEnvs?: number; seed?: number },
): void {
  const envs = new VectorEnv(world, { numEnvs, seed });
  const actions = envs.createActions();
  for (let t = 0; t < steps; t++) {
    agent.act(envs.observations, actions, envs.actionMasks);
    agent.learn(envs.step(actions));
  }
}

/** Steps that each of the first episodes of one copy took, while an agent acts and learns. */
export function learnEpisodes(
  agent: Agent,
  world: Dynamics,
  { episodes, seed = 0 }: { episodes: number; seed?: number },
): number[] {
  const envs = new VectorEnv(world, { seed });
  const actions = envs.createActions();
  const lengths: number[] = [];
  for (let length = 1; lengths.length < episodes; length++) {
    agent.act(envs.observations, actions, envs.actionMasks);
    const transitions = envs.step(actions);
    agent.learn(transitions);
    if (transitions.terminated[0] === 0 && transitions.truncated[0] === 0) continue;
    lengths.push(length);
    length = 0;
  }
  return lengths;
}
