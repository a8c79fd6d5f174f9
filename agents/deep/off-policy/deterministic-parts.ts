import { cpuEngine } from '../../../networks/cpu-engine.ts';
import type { Task } from '../../task.ts';
import { createEncoder } from '../parts/observations.ts';
import { requireRealBox } from '../policies/gaussian-policy.ts';
import { ActionCritic } from './action-critic.ts';
import { ActionScale } from './action-scale.ts';
import type { ResolvedDdpg } from './ddpg.ts';
import { DeterministicActor } from './deterministic-actor.ts';
import { OffPolicyMemory } from './off-policy-memory.ts';

/** What DDPG and TD3 consist of. */
export interface DeterministicParts {
  readonly actor: DeterministicActor;
  readonly critic: ActionCritic;
  readonly memory: OffPolicyMemory;
  /** Numbers of an action. */
  readonly actionSize: number;
}

/**
 * Makes them.
 *
 * @param where Whose they are, for errors.
 * @param count Critics.
 * @throws RangeError if actions are no bounded `Box`, or a layer does not fit.
 */
export function createDeterministicParts(
  where: string,
  task: Task,
  options: ResolvedDdpg,
  count: number,
): DeterministicParts {
  const { layers, optimizer, criticOptimizer, noise, seed, batchSize } = options;
  const engine = cpuEngine(options.engine, `${where}: engine`);
  const encoder = createEncoder(task.observationSpace);
  const scale = new ActionScale(where, requireRealBox(where, task.actionSpace));
  const actor = { layers, optimizer, noise, engine, seed };
  return {
    actor: new DeterministicActor(where, task, encoder, scale, actor),
    critic: new ActionCritic({
      inputSize: encoder.inputSize,
      actionSize: scale.size,
      count,
      layers,
      optimizer: criticOptimizer,
      engine,
      seed: seed + 1,
      rows: batchSize,
    }),
    memory: new OffPolicyMemory(where, task, encoder, scale, options),
    actionSize: scale.size,
  };
}
