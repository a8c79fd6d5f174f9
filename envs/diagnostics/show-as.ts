import type { Dynamics } from '../../core/dynamics.ts';
import type { Box, Discrete } from '../../core/space.ts';

/**
 * A finite world that shows numbers of its choice instead of the number of its state. It has no
 * model then: who plans takes the world itself.
 *
 * @param write Writes what `state` looks like, all of it.
 */
export function showAs(
  world: Dynamics<Discrete, Discrete, Float64Array>,
  observationSpace: Box,
  write: (state: number, observation: Float32Array) => void,
): Dynamics<Box, Discrete, Float64Array> {
  const { model: _, ...rules } = world;
  return {
    ...rules,
    observationSpace,
    observe: (state, observation) => write(state[0], observation),
  };
}
