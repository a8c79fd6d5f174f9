import type { SavedData } from './saved.ts';
import type { ActionColumn, Transitions } from './transitions.ts';

/** Something that acts. */
export interface Policy {
  /**
   * Writes one action for each row of `observations` (`[n × observationSize]`) into `actions`.
   *
   * @param actions Receives the actions, `[n]` integers or `[n × actionSize]` real numbers.
   * @param actionMasks `[n × numActions]`, 1 where an action is legal; absent where all are.
   *   No action with a 0 is ever taken.
   */
  act(observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void;

  /**
   * Tells one that remembers where episodes begin; absent where nothing is remembered.
   *
   * Whoever plays calls it before the first `act`, and again after each step that ended an episode. An
   * agent that learns needs none of this: it sees ends in what it learns from.
   *
   * @param starts `[n]`, 1 where the next observation of a row is the first of an episode.
   */
  begin?(starts: Uint8Array): void;
}

/**
 * Something that acts, and learns from what its acts led to.
 *
 *     for (;;) {
 *       agent.act(envs.observations, actions, envs.actionMasks);
 *       agent.learn(envs.step(actions));
 *     }
 */
export interface Agent extends Policy {
  /** The name in the registry, such as `q-learning`. */
  readonly name: string;

  /** The resolved options, as JSON. */
  readonly options: object;

  /**
   * Takes in what the actions led to.
   *
   * Row i goes on where row i of the call before ended, unless that ended its episode. Who lets an agent
   * go on in other worlds begins with an end: what it holds of episodes that were under way (traces, steps
   * that wait for their return, rollouts) is joined to the first steps there otherwise.
   */
  learn(transitions: Transitions): void;

  /** How the agent acts when it is evaluated: without exploration, from the same parameters. */
  greedy(): Policy;

  /** What the agent thinks of one observation. Called only when somebody looks. */
  inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection;

  /** Numbers worth a curve, such as ε or the loss. */
  metrics(): Readonly<Record<string, number>>;

  /** Everything that `restore` needs to go on with the same bits. */
  save(): SavedData;

  /**
   * Takes over what another instance with the same spaces and options has saved.
   *
   * @throws Error if the data is of another kind, version or shape; the agent is then unchanged.
   */
  restore(saved: SavedData): void;
}

/** What an agent thinks of an observation. Arrays are copies; every part is optional. */
export interface Inspection {
  /** Q(s, a) — `[numActions]`. */
  readonly actionValues?: Float64Array;
  /** π(a | s) — `[numActions]`, sums to 1: the chances with which `act` would choose. */
  readonly policy?: Float64Array;
  /** V(s). */
  readonly value?: number;
  /** How often each action has been taken (here) — `[numActions]`. */
  readonly visitCounts?: Float64Array;
  /** Q of every state — `[numStates × numActions]`, from agents that hold a table. */
  readonly actionValueTable?: Float64Array;
}
