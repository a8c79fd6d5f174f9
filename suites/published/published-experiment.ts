/** A result that others have published, with all that is needed to get it again. */
export interface PublishedExperiment {
  /** `cleanrl-dqn-cart-pole`. */
  readonly name: string;
  /** Name in the agent registry. */
  readonly agent: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Id in the env registry. */
  readonly env: string;
  /** Copies of the world that are learned from at once. */
  readonly numEnvs: number;
  /** Environment steps. */
  readonly steps: number;
  /** Whether observations and rewards are normalized by their running statistics. Default false. */
  readonly normalize?: boolean;
  readonly protocol: ScoreProtocol;
  readonly published: PublishedScore;
}

/**
 * What counts as the score of a run.
 *
 * | protocol   | score                                                                     |
 * | ---------- | ------------------------------------------------------------------------- |
 * | `training` | mean return of the last 100 episodes of training, exploration and all     |
 * | `greedy`   | mean return of 100 episodes of the policy at the end, without exploration |
 */
export type ScoreProtocol = 'training' | 'greedy';

/** The number to reach. */
export interface PublishedScore {
  readonly mean: number;
  /** Over seeds, or over episodes where there was one run only. */
  readonly deviation: number;
  /** Runs behind it. */
  readonly runs: number;
  /** Where it stands. */
  readonly source: string;
}
