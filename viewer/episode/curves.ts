import { STEP_CHANNELS } from '../../training/recording/manifest.ts';
import { numberAt } from './columns.ts';
import { type Replay, valueAt } from './replay.ts';

/** An episode as columns for charts, one entry a step that can be shown. */
export interface EpisodeCurves {
  /** 0 … last step. */
  readonly steps: readonly number[];
  /** r_t+1; null at the end. */
  readonly rewards: readonly (number | null)[];
  /** Sum of the rewards before s_t. */
  readonly returns: readonly number[];
  /** V(s_t); `null` where the agent told no value at any step. */
  readonly values: readonly (number | null)[] | null;
}

/** The curves of an episode. */
export function curvesOf(replay: Replay): EpisodeCurves {
  const { episode, lastStep, returns } = replay;
  const steps = Array.from({ length: lastStep + 1 }, (_, step) => step);
  const values = steps.map((step) => valueAt(replay, step));
  return {
    steps,
    rewards: steps.map((step) => numberAt(episode, STEP_CHANNELS.reward, step)),
    returns: steps.map((step) => returns[Math.min(step, episode.length)]),
    values: values.some((value) => value !== null) ? values : null,
  };
}
