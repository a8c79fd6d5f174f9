import { checkPositive } from '../../core/check.ts';
import { type Box, box } from '../../core/space.ts';
import { requireArrayObservations, requireObservationRows } from './requirements.ts';
import { RunningStatistics, statisticsSize } from './running-statistics.ts';
import { defineWrapper, type ObservationWrapper } from './wrapper.ts';

/** How observations are normalized. */
export interface NormalizeObservationOptions {
  /** Added to the variance, above 0. Default 10⁻⁸. */
  readonly epsilon?: number;
  /** Whether observations change the statistics; false to hold them fixed. Default true. */
  readonly update?: boolean;
}

/** The options of `normalizeObservation` where none are given. */
export const NORMALIZE_OBSERVATION_DEFAULTS: Required<NormalizeObservationOptions> = {
  epsilon: 1e-8,
  update: true,
};

const NAME = 'normalize-observation';

/**
 * Shows (x − mean) / √(variance + ε) of each element x, with the running mean and variance of all
 * observations so far, across episodes.
 *
 * The statistics are part of the state: a snapshot holds them, and an env that is restored from one
 * with `update: false` goes on with them unchanged. Each copy of a `VectorEnv` has its own;
 * `NormalizeObservationVector` has one for all.
 */
export const normalizeObservation: ObservationWrapper<NormalizeObservationOptions, Box> =
  defineWrapper({
    name: NAME,
    description: 'Shows observations with mean 0 and variance 1, by running statistics.',
    defaults: NORMALIZE_OBSERVATION_DEFAULTS,
    rules(world, { epsilon, update }) {
      const { shape, labels } = requireArrayObservations(NAME, world);
      const size = requireObservationRows(NAME, world);
      checkPositive(`${NAME}: epsilon`, epsilon);
      const row = new Float32Array(size);
      const statistics = new RunningStatistics(size);
      return {
        observationSpace: box(
          new Float32Array(size).fill(-Infinity),
          new Float32Array(size).fill(Infinity),
          { shape, labels },
        ),
        memorySize: statisticsSize(size),
        begin(memory, inner) {
          if (!update) return;
          inner.observe(row);
          statistics.over(memory).add(row, 1);
        },
        step(memory, inner, action) {
          const reward = inner.step(action);
          if (!update) return reward;
          inner.observe(row);
          statistics.over(memory).add(row, 1);
          return reward;
        },
        observe(memory, inner, observation) {
          statistics.over(memory);
          inner.observe(observation);
          for (let i = 0; i < size; i++) {
            const deviation = Math.sqrt(statistics.variance(i) + epsilon);
            observation[i] = (observation[i] - statistics.mean(i)) / deviation;
          }
        },
      };
    },
  });
