import type { Dynamics, StateKind } from './dynamics.ts';
import type { Space } from './space.ts';

/** What must be known of a world to lay out memory for it: plain data, without its rules. */
export interface WorldShape<O extends Space = Space, A extends Space = Space> {
  readonly name: string;
  readonly observationSpace: O;
  readonly actionSpace: A;
  readonly stateSize: number;
  readonly stateKind: StateKind;
  /** Whether some actions are illegal in some states. */
  readonly masked: boolean;
}

/** The shape of the world with these rules. */
export function shapeOf<O extends Space, A extends Space>(
  dynamics: Dynamics<O, A>,
): WorldShape<O, A> {
  const { name, observationSpace, actionSpace, stateSize, stateKind = 'float64' } = dynamics;
  const masked = dynamics.actionMask !== undefined && actionSpace.kind === 'discrete';
  return { name, observationSpace, actionSpace, stateSize, stateKind, masked };
}
