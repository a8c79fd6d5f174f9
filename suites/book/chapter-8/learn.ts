import type { Agent } from '../../../core/agent.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import type { Transitions } from '../../../core/transitions.ts';
import { VectorEnv } from '../../../core/vector-env.ts';

/** Which draws a run makes. */
export interface Run {
  /** An integer of at least 0. */
  readonly seed: number;
  /** Number of the run, from 0. */
  readonly run: number;
}

/** A seed for the agent of a run: of its own in up to 100,000 runs of each seed. */
export function agentSeed({ seed, run }: Run): number {
  return seed * 100_000 + run;
}

/**
 * Lets an agent learn in one copy of a world, until it has seen enough.
 *
 * @param goesOn Called when each step has been learned from; false ends the run.
 * @param prepare Called before that: may change what the agent is told.
 */
export function learn(
  agent: Agent,
  world: Dynamics,
  { seed, run }: Run,
  goesOn: (transitions: Transitions) => boolean,
  prepare?: (transitions: Transitions) => void,
): void {
  const envs = new VectorEnv(world, { seed, firstCopy: run });
  const actions = envs.createActions();
  for (;;) {
    agent.act(envs.observations, actions, envs.actionMasks);
    const transitions = envs.step(actions);
    prepare?.(transitions);
    agent.learn(transitions);
    if (!goesOn(transitions)) return;
  }
}
