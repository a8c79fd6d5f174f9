import { Alea } from '../../core/alea.ts';
import { box, discrete } from '../../core/space.ts';
import type { Transitions } from '../../core/transitions.ts';

const SIZE = 2; // of an observation
export const NUM_ACTIONS = 3;

/**
 * Transitions of some copies of a world without rules: what is seen, earned and legal is random, and so
 * are ends of both kinds; whoever acts decides nothing.
 */
export class RandomStream {
  readonly task: {
    readonly observationSpace: ReturnType<typeof box>;
    readonly actionSpace: ReturnType<typeof discrete>;
    readonly masked: true;
    readonly numEnvs: number;
  };
  observations: Float32Array;
  actionMasks: Uint8Array;
  readonly #rng: Alea;

  constructor(numEnvs: number, seed: number) {
    const most = [9, 9];
    this.task = {
      observationSpace: box(
        most.map((x) => -x),
        most,
      ),
      actionSpace: discrete(NUM_ACTIONS),
      masked: true,
      numEnvs,
    };
    this.#rng = new Alea(seed, 'stream');
    this.observations = this.#see();
    this.actionMasks = this.#allow();
  }

  /** One step of every copy. */
  step(actions: Int32Array): Transitions {
    const { numEnvs } = this.task;
    const ends = Array.from({ length: numEnvs }, () => this.#rng.uniform());
    const transitions = {
      observations: this.observations,
      actions: actions.slice(),
      rewards: Float64Array.from({ length: numEnvs }, () => this.#rng.normal()),
      nextObservations: this.#see(),
      terminated: Uint8Array.from(ends, (end) => (end < 0.15 ? 1 : 0)),
      truncated: Uint8Array.from(ends, (end) => (end > 0.8 ? 1 : 0)),
      nextActionMasks: this.#allow(),
    };
    this.observations = this.#see();
    this.actionMasks = this.#allow();
    for (let i = 0; i < numEnvs; i++) {
      if (transitions.terminated[i] + transitions.truncated[i] > 0) continue;
      const seen = transitions.nextObservations.subarray(i * SIZE, (i + 1) * SIZE);
      this.observations.set(seen, i * SIZE);
      const legal = transitions.nextActionMasks.subarray(i * NUM_ACTIONS, (i + 1) * NUM_ACTIONS);
      this.actionMasks.set(legal, i * NUM_ACTIONS);
    }
    return transitions;
  }

  #see(): Float32Array {
    return Float32Array.from({ length: this.task.numEnvs * SIZE }, () => this.#rng.normal());
  }

  /** At least the last action is legal. */
  #allow(): Uint8Array {
    return Uint8Array.from({ length: this.task.numEnvs * NUM_ACTIONS }, (_, i) =>
      i % NUM_ACTIONS === NUM_ACTIONS - 1 || this.#rng.uniform() < 0.6 ? 1 : 0,
    );
  }
}
