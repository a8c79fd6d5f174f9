import { checkBetween, checkOneOf, checkPositive, resolveOptions } from '../../../core/check.ts';
import type { Rng } from '../../../core/rng.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../../core/schedule.ts';

/** What is added to the actions of a deterministic policy, in units of half the action's range: JSON. */
export type NoiseOptions =
  | {
      /** Independent normal draws. */
      readonly kind: 'normal';
      /** σ, at least 0; a schedule runs over environment steps. */
      readonly deviation: Schedule;
    }
  | {
      /** Draws that hang together, from an Ornstein-Uhlenbeck process that each episode begins at 0. */
      readonly kind: 'ornstein-uhlenbeck';
      /** σ, at least 0; a schedule runs over environment steps. */
      readonly deviation: Schedule;
      /** θ, how fast it goes back to 0, at least 0. Default 0.15. */
      readonly rate?: number;
      /** dt, the time that a step takes, above 0. Default 0.01. */
      readonly timeStep?: number;
    };

/** Draws what is added to actions, for each copy of the world by itself. */
export class ExplorationNoise {
  /** x of each copy, `[numEnvs × actionSize]`; zeros for independent draws. */
  readonly state: Float64Array;
  readonly #options: Required<NoiseOptions>;
  readonly #actionSize: number;

  constructor(options: Required<NoiseOptions>, numEnvs: number, actionSize: number) {
    this.#options = options;
    this.#actionSize = actionSize;
    this.state = new Float64Array(numEnvs * actionSize);
  }

  /**
   * Adds noise to actions in [−1, 1], and cuts them to it.
   *
   * Source of the correlated one: Uhlenbeck & Ornstein (1930), as in Lillicrap et al. (2016),
   * "Continuous control with deep reinforcement learning": x ← x − θ x dt + σ √dt ε.
   */
  addTo(actions: Float32Array, steps: number, rng: Rng): void {
    const options = this.#options;
    const deviation = scheduleValue(options.deviation, steps);
    for (let i = 0; i < actions.length; i++) {
      let noise = deviation * rng.normal();
      if (options.kind === 'ornstein-uhlenbeck') {
        const { rate, timeStep } = options;
        const j = i % this.state.length;
        this.state[j] += -rate * this.state[j] * timeStep + noise * Math.sqrt(timeStep);
        noise = this.state[j];
      }
      actions[i] = Math.max(-1, Math.min(1, actions[i] + noise));
    }
  }

  /** Begins anew in the copies whose episode has ended. */
  endEpisodes(terminated: Uint8Array, truncated: Uint8Array): void {
    for (let i = 0; i < terminated.length; i++) {
      if (terminated[i] === 0 && truncated[i] === 0) continue;
      this.state.fill(0, i * this.#actionSize, (i + 1) * this.#actionSize);
    }
  }
}

/** @throws RangeError that begins with `name`, if an option is unknown or out of range. */
export function resolveNoise(name: string, options: NoiseOptions): Required<NoiseOptions> {
  checkOneOf(`${name}.kind`, options?.kind, ['normal', 'ornstein-uhlenbeck']);
  const process = options.kind === 'normal' ? {} : { rate: 0.15, timeStep: 0.01 };
  const defaults = { kind: options.kind, deviation: 0, ...process } as Required<NoiseOptions>;
  const resolved = resolveOptions(name, defaults, options) as Required<NoiseOptions>;
  checkSchedule(`${name}.deviation`, resolved.deviation, 0, Number.MAX_VALUE);
  if (resolved.kind === 'ornstein-uhlenbeck') {
    checkBetween(`${name}.rate`, resolved.rate, 0, Number.MAX_VALUE);
    checkPositive(`${name}.timeStep`, resolved.timeStep);
  }
  return resolved;
}
