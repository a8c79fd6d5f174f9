import { checkBetween, checkOneOf, checkPositive, resolveOptions } from '../../../core/check.ts';
import type { Rng } from '../../../core/rng.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../../../core/schedule.ts';
import { checkCopies } from '../../task.ts';

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
  readonly #where: string;
  readonly #options: Required<NoiseOptions>;
  readonly #actionSize: number;

  /** @param where Whose it is, for errors. */
  constructor(where: string, options: Required<NoiseOptions>, numEnvs: number, actionSize: number) {
    this.#where = where;
    this.#options = options;
    this.#actionSize = actionSize;
    this.state = new Float64Array(numEnvs * actionSize);
  }

  /**
   * Adds noise to actions in [−1, 1], and cuts them to it.
   *
   * Source of the correlated one: Uhlenbeck & Ornstein (1930), as in Lillicrap et al. (2016),
   * "Continuous control with deep reinforcement learning": x ← x − θ x dt + σ √dt ε.
   *
   * @throws RangeError if there is not a row for each copy, where draws hang together.
   */
  addTo(actions: Float32Array, steps: number, rng: Rng): void {
    const options = this.#options;
    const deviation = scheduleValue(options.deviation, steps);
    if (options.kind === 'ornstein-uhlenbeck') this.#checkRows(actions);
    for (let i = 0; i < actions.length; i++) {
      let noise = deviation * rng.normal();
      if (options.kind === 'ornstein-uhlenbeck') {
        const { rate, timeStep } = options;
        this.state[i] += -rate * this.state[i] * timeStep + noise * Math.sqrt(timeStep);
        noise = this.state[i];
      }
      actions[i] = Math.max(-1, Math.min(1, actions[i] + noise));
    }
  }

  #checkRows(actions: Float32Array): void {
    const size = this.#actionSize;
    checkCopies(this.#where, actions.length / size, this.state.length / size);
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
  const defaults = { kind: options.kind, deviation: undefined, ...process };
  const resolved = resolveOptions<object>(name, defaults, options) as Required<NoiseOptions>;
  checkSchedule(`${name}.deviation`, resolved.deviation, 0, Number.MAX_VALUE);
  if (resolved.kind === 'ornstein-uhlenbeck') {
    checkBetween(`${name}.rate`, resolved.rate, 0, Number.MAX_VALUE);
    checkPositive(`${name}.timeStep`, resolved.timeStep);
  }
  return resolved;
}
