import type { SavedPart } from '../../saved-parts.ts';
import type { SparseVectors } from './sparse-vectors.ts';

/** What turns observations into feature vectors x(s). */
export interface FeatureMap {
  /** Length of x. */
  readonly numFeatures: number;
  /** The most features that differ from 0 at once. */
  readonly maxActive: number;
  /** Whether every feature is 0 or 1. */
  readonly binary: boolean;

  /**
   * Writes x of an observation.
   *
   * @param observations The batch, in whose row `row` the observation is.
   * @param to The vector that receives it.
   * @param remember Whether something may be remembered, such as a new tile: for learning alone.
   */
  write(
    observations: Float32Array,
    row: number,
    vectors: SparseVectors,
    to: number,
    remember: boolean,
  ): void;

  /** What is remembered; absent where x depends on the observation alone. */
  readonly memory?: SavedPart;
}
