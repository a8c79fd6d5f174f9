import { checkInteger, checkLength, checkOneOf, resolveOptions, show } from './check.ts';
import { checkAction } from './check-action.ts';
import type { Dynamics } from './dynamics.ts';
import { DynamicsEnv } from './dynamics-env.ts';
import type { Env } from './env.ts';
import { copySeeds, type EnvMaker, envName, makeCopies } from './env-copies.ts';
import { checkEnvRng, type EnvRng } from './env-rng.ts';
import { mergeInfos, type VectorInfos } from './merge-infos.ts';
import type { ElementOf, Space } from './space.ts';
import { type BatchOf, batchSpace } from './spaces/batch.ts';
import { joinElements, splitBatch } from './spaces/batch-elements.ts';

/**
 * When a copy whose episode has ended begins the next one:
 *
 * - `next-step`: with the next call of `step`, which ignores its action, gives reward 0 and no flag,
 *   and shows the new episode's first observation;
 * - `same-step`: within the step that ends it; the last observation and info are in
 *   `infos.final_obs` and `infos.final_info`;
 * - `disabled`: when `reset` is told to, with a mask of the copies.
 */
export type AutoresetMode = 'next-step' | 'same-step' | 'disabled';

const MODES: readonly AutoresetMode[] = ['next-step', 'same-step', 'disabled'];

/** How to run many copies as Gymnasium does. */
export interface GymnasiumVectorEnvOptions {
  /** Copies, at least 1. Default 1. */
  readonly numEnvs?: number;
  /** Seed, as `reset` takes it, of copies whose first reset names none. Default 0. */
  readonly seed?: number;
  /** What to draw from, where the copies are made from rules. Default `alea`. */
  readonly rng?: EnvRng;
  /** Default `next-step`. */
  readonly autoresetMode?: AutoresetMode;
}

/** How the episodes of a vector begin. */
export interface VectorResetOptions {
  /**
   * An integer of at least 0, of which copy i gets seed + i; or one for each copy, `null` for those
   * whose generator goes on. Default: all go on.
   */
  readonly seed?: number | readonly (number | null)[];
  /**
   * What each copy's `reset` gets, and `reset_mask`, `[n]`: which copies to reset, at least one, 1 or
   * true each. Default: all.
   */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What `reset` of a vector gives. */
export interface VectorStart<O extends Space> {
  readonly observations: ElementOf<BatchOf<O>>;
  readonly infos: VectorInfos;
}

/** What `step` of a vector gives; all of it new arrays, `[n]` each. */
export interface VectorStep<O extends Space> {
  readonly observations: ElementOf<BatchOf<O>>;
  readonly rewards: Float64Array;
  /** 1 where the world has ended the episode. */
  readonly terminations: Uint8Array;
  /** 1 where a time limit has cut the episode, and only then. */
  readonly truncations: Uint8Array;
  readonly infos: VectorInfos;
}

/**
 * Many copies of a world behind the interface of Gymnasium's `SyncVectorEnv`, for code that is ported.
 *
 *     const envs = new GymnasiumVectorEnv(cartPole(), { numEnvs: 4, rng: 'gymnasium' });
 *     let { observations } = envs.reset({ seed: 42 });
 *     for (let t = 0; t < 1000; t++) {
 *       const step = envs.step(policy(observations));
 *       observations = step.observations;
 *     }
 *
 * Copy i does what a single env does after `reset({ seed: seed + i })`. With `next-step`, what a
 * learner puts together from two observations is no transition where the first one was the last of
 * its episode; `VectorEnv` gives transitions that need no such care, and allocates nothing.
 *
 * Differs from Gymnasium in that a step is never both terminated and truncated, actions are checked
 * before any copy moves, and a first reset without a seed is seeded.
 *
 * Source: Gymnasium 1.4, `gymnasium.vector.SyncVectorEnv`.
 */
export class GymnasiumVectorEnv<O extends Space = Space, A extends Space = Space> {
  /** The copies, to look at or to draw: whoever steps or resets one puts the vector out of step. */
  readonly envs: readonly Env<O, A>[];
  readonly numEnvs: number;
  readonly autoresetMode: AutoresetMode;
  readonly singleObservationSpace: O;
  readonly singleActionSpace: A;

  readonly #name: string;
  #observationSpace: BatchOf<O> | null = null;
  #actionSpace: BatchOf<A> | null = null;
  readonly #firstSeeds: (number | null)[]; // of the copies that were not reset yet
  readonly #observations: (ElementOf<O> | null)[];
  readonly #ended: Uint8Array; // [n], copies whose episode is over
  #failed = false; // a copy threw while others had moved

  /**
   * @param world Rules, or a maker of hand-written envs that is called for each copy.
   * @throws RangeError if an option is outside its range or unknown, or the copies differ in their
   *   spaces, or the integers of one do not fit 32 bits.
   */
  constructor(world: Dynamics<O, A> | EnvMaker<O, A>, options: GymnasiumVectorEnvOptions = {}) {
    const { numEnvs, seed, rng, autoresetMode } = resolveOptions(WHERE, DEFAULTS, options);
    checkOneOf(`${WHERE}: autoresetMode`, autoresetMode, MODES);
    checkEnvRng(`${WHERE}: rng`, rng);
    if (typeof world === 'function' && options.rng !== undefined) {
      throw new RangeError(`${WHERE}: rng is for rules; an env that is made brings its own.`);
    }
    const make = typeof world === 'function' ? world : () => new DynamicsEnv(world, { rng });
    this.envs = makeCopies<O, A>(WHERE, make, numEnvs);
    this.numEnvs = numEnvs;
    this.autoresetMode = autoresetMode;
    this.singleObservationSpace = this.envs[0].observationSpace;
    this.singleActionSpace = this.envs[0].actionSpace;
    batchSpace(this.singleObservationSpace, 1); // throws where no batch can hold it
    batchSpace(this.singleActionSpace, 1);
    this.#name = envName(this.envs[0]);
    this.#firstSeeds = [...copySeeds(WHERE, seed, numEnvs)];
    this.#observations = new Array(numEnvs).fill(null);
    this.#ended = new Uint8Array(numEnvs);
  }

  /** Of what all copies show at once; made when it is first asked for, as it can be large. */
  get observationSpace(): BatchOf<O> {
    this.#observationSpace ??= batchSpace(this.singleObservationSpace, this.numEnvs);
    return this.#observationSpace;
  }

  /** Of the actions of all copies at once. */
  get actionSpace(): BatchOf<A> {
    this.#actionSpace ??= batchSpace(this.singleActionSpace, this.numEnvs);
    return this.#actionSpace;
  }

  /**
   * Begins new episodes, in all copies or in those of a mask.
   *
   * @returns what all copies show; of those outside the mask, what they showed before.
   * @throws RangeError if the seeds or the mask are not as they must be: nothing has changed.
   */
  reset({ seed, options = {} }: VectorResetOptions = {}): VectorStart<O> {
    const { reset_mask: mask, ...others } = options;
    const seeds = this.#resetSeeds(seed);
    const chosen = this.#resetMask(mask);
    const infos: (Readonly<Record<string, unknown>> | null)[] = chosen.map(() => null);
    this.#failed = true; // until all have begun
    for (let i = 0; i < this.numEnvs; i++) {
      if (chosen[i]) infos[i] = this.#resetOne(i, seeds[i], others);
    }
    this.#failed = false;
    return { observations: this.#show(), infos: mergeInfos(infos) };
  }

  /**
   * Takes one action in each copy, but for those that begin their next episode instead.
   *
   * @param actions The batch of the n actions: `[n]` integers, as people see them, for `Discrete`,
   *   `[n × size]` numbers for `Box`.
   * @throws RangeError if there is not one action per copy, or one is not legal: nothing has moved.
   * @throws Error before the first `reset`, and with `disabled` while a copy's episode is over.
   */
  step(actions: ElementOf<BatchOf<A>>): VectorStep<O> {
    const chosen = this.#checkedActions(actions);
    const rewards = new Float64Array(this.numEnvs);
    const terminations = new Uint8Array(this.numEnvs);
    const truncations = new Uint8Array(this.numEnvs);
    const infos: Readonly<Record<string, unknown>>[] = [];
    this.#failed = true; // until all have moved
    for (let i = 0; i < this.numEnvs; i++) {
      if (this.#ended[i]) {
        infos.push(this.#resetOne(i, null, {}));
        continue;
      }
      const { observation, reward, terminated, truncated, info } = this.envs[i].step(chosen[i]);
      this.#observations[i] = observation;
      rewards[i] = reward;
      terminations[i] = terminated ? 1 : 0;
      truncations[i] = truncated && !terminated ? 1 : 0;
      this.#ended[i] = terminated || truncated ? 1 : 0;
      infos.push(this.#ended[i] && this.autoresetMode === 'same-step' ? this.#next(i, info) : info);
    }
    this.#failed = false;
    const observations = this.#show();
    return { observations, rewards, terminations, truncations, infos: mergeInfos(infos) };
  }

  /** Which actions are legal now, `[n × numActions]`; `null` where all always are. */
  actionMasks(): Uint8Array | null {
    const masks = this.envs.map((env) => env.actionMask());
    if (this.singleActionSpace.kind !== 'discrete' || masks.every((mask) => mask === null)) {
      return null;
    }
    const { n } = this.singleActionSpace;
    const rows = new Uint8Array(this.numEnvs * n).fill(1);
    masks.forEach((mask, i) => {
      if (mask) rows.set(mask, i * n);
    });
    return rows;
  }

  #resetOne(
    i: number,
    seed: number | null,
    options: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> {
    const own = seed ?? this.#firstSeeds[i];
    const { observation, info } = this.envs[i].reset(
      own === null ? { options } : { seed: own, options },
    );
    this.#firstSeeds[i] = null;
    this.#observations[i] = observation;
    this.#ended[i] = 0;
    return info;
  }

  /** Begins the next episode within the step that ended one; returns the infos of both. */
  #next(
    i: number,
    finalInfo: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> {
    const final = { final_obs: this.#observations[i], final_info: finalInfo };
    return { ...final, ...this.#resetOne(i, null, {}) };
  }

  #show(): ElementOf<BatchOf<O>> {
    const { singleObservationSpace } = this;
    return joinElements(singleObservationSpace, this.#observations as ElementOf<O>[]);
  }

  #checkedActions(actions: ElementOf<BatchOf<A>>): ElementOf<A>[] {
    if (this.#failed || this.#observations.includes(null)) {
      const why = this.#failed ? 'a copy has failed' : 'no episode has begun';
      throw new Error(`${WHERE}(${this.#name}): cannot step, ${why}. Call reset() first.`);
    }
    const over = [...this.#ended.keys()].filter((i) => this.#ended[i]);
    if (this.autoresetMode === 'disabled' && over.length > 0) {
      throw new Error(
        `${WHERE}(${this.#name}): cannot step, the episode is over in copy ${over.join(', ')}. Call reset({ options: { reset_mask } }) first.`,
      );
    }
    const chosen = splitBatch(
      `${WHERE}.step: actions`,
      this.singleActionSpace,
      actions,
      this.numEnvs,
    );
    chosen.forEach((action, i) => {
      if (this.#ended[i]) return; // its action is ignored
      const world = { name: `${this.#name}, copy ${i}`, actionSpace: this.singleActionSpace };
      checkAction(world, action, this.envs[i].actionMask());
    });
    return chosen;
  }

  #resetSeeds(seed: number | readonly (number | null)[] | undefined): readonly (number | null)[] {
    if (seed === undefined) return new Array(this.numEnvs).fill(null);
    if (typeof seed === 'number') return copySeeds(`${WHERE}.reset`, seed, this.numEnvs);
    checkLength(`${WHERE}.reset: seed`, seed, this.numEnvs);
    seed.forEach((own, i) => {
      if (own !== null) checkInteger(`${WHERE}.reset: seed[${i}]`, own, 0);
    });
    return seed;
  }

  #resetMask(mask: unknown): readonly boolean[] {
    if (mask === undefined) return new Array(this.numEnvs).fill(true);
    const where = `${WHERE}.reset: reset_mask`;
    if (this.#failed)
      throw new Error(`${where}: a copy has failed. Call reset() without a mask first.`);
    const list = Array.isArray(mask) || mask instanceof Uint8Array ? Array.from(mask) : null;
    if (list === null || !list.every((x) => x === 0 || x === 1 || typeof x === 'boolean')) {
      throw new RangeError(
        `${where} must be a list of booleans, or of 0 and 1, got ${show(mask)}.`,
      );
    }
    checkLength(where, list, this.numEnvs);
    const chosen = list.map(Boolean);
    if (!chosen.includes(true)) {
      throw new RangeError(`${where} must choose at least one copy, got ${show(mask)}.`);
    }
    const left = chosen.findIndex((own, i) => !own && this.#observations[i] === null);
    if (left >= 0) {
      throw new Error(`${where} leaves out copy ${left}, in which no episode has begun.`);
    }
    return chosen;
  }
}

const WHERE = 'GymnasiumVectorEnv';

const DEFAULTS: Required<GymnasiumVectorEnvOptions> = {
  numEnvs: 1,
  seed: 0,
  rng: 'alea',
  autoresetMode: 'next-step',
};
