import { checkBetween, checkInteger, checkOneOf } from '../../core/check.ts';
import { type AverageStepSize, checkAverageStepSize } from '../average-step-size.ts';
import { checkEpisodeOptions, EPISODE_DEFAULTS, type EpisodeOptions } from '../episodes.ts';

/** What Monte Carlo methods have in common. */
export interface MonteCarloOptions extends EpisodeOptions {
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /**
   * Whether a return counts for the `first` visit to a state (or pair) in an episode alone, or for
   * `every` one. Default `first`.
   */
  readonly visits?: 'first' | 'every';
  /** α in (0, 1], or `sample-average` for the mean of all returns. Default `sample-average`. */
  readonly stepSize?: AverageStepSize;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The defaults of `MonteCarloOptions`. */
export const MONTE_CARLO_DEFAULTS: Required<MonteCarloOptions> = {
  discount: 0.99,
  visits: 'first',
  stepSize: 'sample-average',
  ...EPISODE_DEFAULTS,
  seed: 0,
};

/** @throws RangeError if an option is out of range. */
export function checkMonteCarloOptions(
  where: string,
  options: Required<Omit<MonteCarloOptions, 'visits' | 'stepSize'>> &
    Pick<MonteCarloOptions, 'visits' | 'stepSize'>,
): void {
  const { discount, visits = 'first', stepSize = 'sample-average', seed } = options;
  checkBetween(`${where}: discount`, discount, 0, 1);
  checkOneOf(`${where}: visits`, visits, ['first', 'every']);
  checkAverageStepSize(`${where}: stepSize`, stepSize);
  checkEpisodeOptions(where, options);
  checkInteger(`${where}: seed`, seed, 0);
}
