import type { EnvSpec } from './env-spec.ts';
import type { SavedData } from './saved.ts';
import type { Scene } from './scene.ts';
import type { ElementOf, Space } from './space.ts';

/**
 * One running copy of a world, for people: it follows Gymnasium's interface and checks its calls.
 *
 *     const env = make('CartPole-v1');
 *     let { observation } = env.reset({ seed: 7 });
 *     for (;;) {
 *       const step = env.step(observation[2] > 0 ? 1 : 0); // push to the side it leans
 *       if (step.terminated || step.truncated) break;
 *       observation = step.observation;
 *     }
 *
 * Most worlds are `Dynamics` run by `DynamicsEnv`. A world that needs more than a row of numbers
 * implements this interface itself.
 */
export interface Env<O extends Space = Space, A extends Space = Space> {
  readonly observationSpace: O;
  readonly actionSpace: A;

  /** How to build the same world again; `null` where it is not in the registry. */
  readonly spec: EnvSpec | null;

  /**
   * Begins an episode.
   *
   * With a seed the generator starts anew from it; without, it goes on from where it is.
   */
  reset(options?: ResetOptions): Start<O>;

  /**
   * Takes one action.
   *
   * @throws RangeError if the action is outside the space or masked: nothing has moved then.
   * @throws Error before the first `reset`, and after the episode has ended.
   */
  step(action: ElementOf<A>): Step<O>;

  /** Which actions are legal now, 1 or 0 each, `[numActions]`; `null` where all always are. */
  actionMask(): Uint8Array | null;

  /** What the world looks like now. */
  scene(): Scene;

  /** Everything needed to go on from here with the same bits, in this or in another instance. */
  snapshot(): SavedData;

  /** @throws Error if `saved` is no snapshot of this world; nothing has changed then. */
  restore(saved: SavedData): void;
}

/** How an episode begins. */
export interface ResetOptions {
  /** An integer of at least 0. */
  readonly seed?: number;
  /** What this world offers besides; each world documents its own. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What `reset` gives. */
export interface Start<O extends Space> {
  /** A fresh copy. */
  readonly observation: ElementOf<O>;
  readonly info: Readonly<Record<string, unknown>>;
}

/** What `step` gives. */
export interface Step<O extends Space> {
  /** A fresh copy. */
  readonly observation: ElementOf<O>;
  readonly reward: number;
  /** The world has ended the episode: nothing can be earned from here. */
  readonly terminated: boolean;
  /** A time limit has cut the episode; the state still has a value. Never true with `terminated`. */
  readonly truncated: boolean;
  readonly info: Readonly<Record<string, unknown>>;
}
