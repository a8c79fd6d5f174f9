import { checkPositive, resolveOptions } from '../../core/check.ts';
import type { EnvVector } from '../../core/env-vector.ts';
import {
  checkSavedHeader,
  copySavedArray,
  type SavedData,
  savedHeader,
  savedObject,
} from '../../core/saved.ts';
import { type Box, box, type Space } from '../../core/space.ts';
import { describeSpace } from '../../core/spaces/describe.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { RunningStatistics } from './running-statistics.ts';
import { createStatistics, readStatistics, type StatisticsData } from './saved-statistics.ts';
import { replaceColumns, VectorAround } from './vector-around.ts';

/** How the observations of many copies are normalized. */
export interface NormalizeObservationVectorOptions {
  /** Added to the variance, above 0. Default 10⁻⁸. */
  readonly epsilon?: number;
  /** The greatest size of what is shown, above 0; `Infinity` for none. Default `Infinity`. */
  readonly clip?: number;
  /** Whether observations change the statistics; false to hold them fixed. Default true. */
  readonly update?: boolean;
  /** Statistics to begin with, such as those of training in evaluation. Default `null`: none. */
  readonly statistics?: StatisticsData | null;
}

/** The options of `NormalizeObservationVector` where none are given. */
export const NORMALIZE_OBSERVATION_VECTOR_DEFAULTS: Required<NormalizeObservationVectorOptions> = {
  epsilon: 1e-8,
  clip: Infinity,
  update: true,
  statistics: null,
};

const NAME = 'NormalizeObservationVector';

/**
 * Shows (x − mean) / √(variance + ε) of each element x, with running statistics of what all copies
 * have shown.
 *
 * The observations of a transition are what was acted on, and its next observations are normalized
 * with the very same statistics; then the statistics take in what the copies show now, which is what
 * `observations` shows with them. What a copy shows thus depends on the others.
 *
 *     const envs = new NormalizeObservationVector(new VectorEnv(pendulum(), { numEnvs: 8 }));
 *     const { statistics } = envs; // for evaluation: { update: false, statistics }
 *
 * Source: Gymnasium's vector NormalizeObservation and Stable-Baselines3's VecNormalize, for what is
 * taken in when.
 */
export class NormalizeObservationVector<A extends Space = Space> extends VectorAround<Box, A> {
  /** Whether observations change the statistics. */
  update: boolean;
  readonly #epsilon: number;
  readonly #clip: number;
  readonly #row: Float64Array;
  readonly #running: RunningStatistics;
  readonly #nextObservations: Float32Array;
  readonly #outer: (transitions: Transitions) => Transitions;
  readonly #acted: Float32Array;

  /** @throws RangeError if an option is out of range, or the observations are no arrays of numbers. */
  constructor(envs: EnvVector<Space, A>, options: NormalizeObservationVectorOptions = {}) {
    const { epsilon, clip, update, statistics } = resolveOptions(
      NAME,
      NORMALIZE_OBSERVATION_VECTOR_DEFAULTS,
      options,
    );
    checkPositive(`${NAME}: epsilon`, epsilon);
    if (clip !== Infinity) checkPositive(`${NAME}: clip`, clip);
    const size = rowSize(envs.observationSpace);
    super(
      envs,
      normalizedSpace(envs.observationSpace, clip),
      new Float32Array(envs.observations.length),
    );
    this.update = update;
    this.#epsilon = epsilon;
    this.#clip = clip;
    this.#row = createStatistics(NAME, size, statistics);
    this.#running = new RunningStatistics(size, this.#row);
    this.#acted = new Float32Array(envs.observations.length);
    this.#nextObservations = new Float32Array(envs.observations.length);
    this.#outer = replaceColumns({
      observations: this.#acted,
      nextObservations: this.#nextObservations,
    });
    this.#show();
  }

  /** What has been gathered, as JSON. */
  get statistics(): StatisticsData {
    return readStatistics(this.#running.size, this.#row);
  }

  step(actions: ActionColumn): Transitions {
    const transitions = this.envs.step(actions);
    this.#acted.set(this.observations);
    this.#normalize(transitions.nextObservations, this.#nextObservations);
    this.#show();
    return this.#outer(transitions);
  }

  snapshot(): SavedData {
    return {
      ...savedHeader('normalize-observation-vector', 1),
      inner: this.envs.snapshot(),
      statistics: this.#row.slice(),
    };
  }

  restore(saved: SavedData): void {
    const where = `${NAME}.restore`;
    checkSavedHeader(where, saved, 'normalize-observation-vector', 1);
    const row = new Float64Array(this.#row.length);
    copySavedArray(where, saved, 'statistics', row);
    this.envs.restore(savedObject(where, saved, 'inner'));
    this.#row.set(row);
    this.#normalize(this.envs.observations, this.observations);
  }

  /** Takes in what the copies show now, unless held fixed, and shows it. */
  #show(): void {
    if (this.update) this.#running.add(this.envs.observations, this.numEnvs);
    this.#normalize(this.envs.observations, this.observations);
  }

  #normalize(from: Float32Array, to: Float32Array): void {
    const { size } = this.#running;
    for (let i = 0; i < size; i++) {
      const mean = this.#running.mean(i);
      const deviation = Math.sqrt(this.#running.variance(i) + this.#epsilon);
      for (let at = i; at < from.length; at += size) {
        const x = (from[at] - mean) / deviation;
        to[at] = Math.min(Math.max(x, -this.#clip), this.#clip);
      }
    }
  }
}

function normalizedSpace(space: Space, clip: number): Box {
  if (space.kind !== 'box' && space.kind !== 'multi-discrete' && space.kind !== 'multi-binary') {
    throw new RangeError(
      `${NAME}: the copies must have observations that are arrays of numbers, got ${describeSpace(space)}.`,
    );
  }
  const bound = new Float32Array(rowSize(space)).fill(clip);
  const { shape, labels } = space;
  return box(
    bound.map((x) => -x),
    bound,
    { shape, labels },
  );
}
