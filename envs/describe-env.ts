import type { Space } from '../core/space.ts';
import { type EnvEntry, envEntry, make, makeDynamics, resolveSpec } from './registry.ts';

/** What is known of a world of the registry without playing it. */
export interface EnvFacts {
  readonly entry: EnvEntry;
  /** Every option, those that were given included. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** Steps after which an episode is truncated; `null` for a hand-written env, which does not say. */
  readonly timeLimit: number | null;
  /** Whether some actions are not always legal. */
  readonly masked: boolean;
  /** States of its explicit model; `null` where it has none. */
  readonly numStates: number | null;
}

/**
 * Looks at a world of the registry: one of rules, or a hand-written env.
 *
 * @param options The world's own; what is left out keeps its default.
 * @throws RangeError if the id or an option is unknown or out of range.
 */
export function describeEnv(id: string, options: Readonly<Record<string, unknown>> = {}): EnvFacts {
  const entry = envEntry(id);
  const spec = resolveSpec(id, { options });
  const facts = { entry, options: spec.options };
  if (entry.create !== undefined) {
    const dynamics = makeDynamics(spec);
    const { observationSpace, actionSpace, timeLimit } = dynamics;
    const masked = dynamics.actionMask !== undefined;
    const numStates = dynamics.model?.().numStates ?? null;
    return { ...facts, observationSpace, actionSpace, timeLimit, masked, numStates };
  }
  const env = make(spec);
  env.reset({ seed: 0 });
  const { observationSpace, actionSpace } = env;
  const masked = env.actionMask() !== null;
  return { ...facts, observationSpace, actionSpace, timeLimit: null, masked, numStates: null };
}
