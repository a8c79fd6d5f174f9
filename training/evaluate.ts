import type { Policy } from '../core/agent.ts';
import { checkInteger, resolveOptions } from '../core/check.ts';
import type { Dynamics } from '../core/dynamics.ts';
import type { EnvMaker } from '../core/env-copies.ts';
import { checkEnvRng, type EnvRng } from '../core/env-rng.ts';
import type { EnvVector } from '../core/env-vector.ts';
import { SyncVectorEnv } from '../core/sync-vector-env.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { checkMaxSteps, limitEnv, limitRules } from './episode-limit.ts';
import { EpisodeStatistics } from './episode-statistics.ts';

/** How to evaluate. */
export interface EvaluateOptions {
  /** At least 1. Default 100. */
  readonly episodes?: number;
  /**
   * An integer of at least 0. With rules the stream is another than that of training; a hand-written
   * env draws what it draws from that seed in training, so give it one of its own. Default 0.
   */
  readonly seed?: number;
  /**
   * What the world draws from: with `gymnasium`, the episodes are those of Gymnasium for the seed, and
   * there are no streams, so take another seed than in training. Default `alea`.
   */
  readonly rng?: EnvRng;
  /**
   * Steps after which an episode is truncated and counts as it stands, at least 1; a world that ends it
   * earlier still does. Default `null`: the world's own time limit where it has one, else 10,000, and
   * 100,000 for a hand-written env, whose own limit cannot be seen.
   */
  readonly maxSteps?: number | null;
}

/** What the episodes of an evaluation came to. */
export interface Evaluation {
  /** Undiscounted return of each episode, in the order they were played. */
  readonly returns: Float64Array;
  /** Steps of each. */
  readonly lengths: Float64Array;
  readonly meanReturn: number;
  readonly meanLength: number;
}

/**
 * Plays whole episodes with a policy that does not learn, in a world of its own.
 *
 * @param world Its rules, or a maker of a hand-written env.
 * @throws RangeError if an option is unknown or out of range.
 */
export function evaluate(
  policy: Policy,
  world: Dynamics | EnvMaker,
  options: EvaluateOptions = {},
): Evaluation {
  const { episodes, seed, rng, maxSteps } = resolveOptions('evaluate', DEFAULTS, options);
  checkInteger('evaluate: episodes', episodes, 1);
  checkInteger('evaluate: seed', seed, 0);
  checkEnvRng('evaluate: rng', rng);
  checkMaxSteps('evaluate', maxSteps);
  const envs =
    typeof world === 'function'
      ? new SyncVectorEnv((i) => limitEnv(world(i), maxSteps), { seed })
      : new VectorEnv(limitRules(world, maxSteps), { seed, rng, stream: 'evaluation' });
  return playEpisodes(policy, envs, episodes);
}

/**
 * Plays whole episodes with a policy that does not learn, from where a copy begins one.
 *
 * @param envs One copy, at the start of an episode; it stands at the start of the next one after. Its
 *   episodes must end, if need be by a time limit: a policy may walk in a circle.
 */
export function playEpisodes(policy: Policy, envs: EnvVector, episodes: number): Evaluation {
  const actions = envs.createActions();
  const statistics = new EpisodeStatistics(1);
  const returns = new Float64Array(episodes);
  const lengths = new Float64Array(episodes);
  let episode = 0;
  policy.begin?.(START);
  while (episode < episodes) {
    policy.act(envs.observations, actions, envs.actionMasks);
    statistics.add(envs.step(actions), ({ episodeReturn, length }) => {
      returns[episode] = episodeReturn;
      lengths[episode] = length;
      episode++;
      policy.begin?.(START);
    });
  }
  return { returns, lengths, meanReturn: mean(returns), meanLength: mean(lengths) };
}

const START = Uint8Array.of(1); // of the one copy
const DEFAULTS: Required<EvaluateOptions> = {
  episodes: 100,
  seed: 0,
  rng: 'alea',
  maxSteps: null,
};

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
