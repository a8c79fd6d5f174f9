import type { Scene } from '../../core/scene.ts';
import type { Space } from '../../core/space.ts';
import { spaceFromJson } from '../../core/spaces/json.ts';
import { isIntegral } from '../../core/spaces/rows.ts';
import {
  INSPECTION_CHANNELS,
  type Manifest,
  STEP_CHANNELS,
} from '../../training/recording/manifest.ts';
import type { Episode } from '../../training/recording/recording.ts';
import { type ActionValueTable, bestValue } from '../overlay/action-values.ts';
import { numberAt, numbersAt } from './columns.ts';
import { sceneAt, type World } from './world.ts';

/** An episode ready to be watched. */
export interface Replay {
  readonly manifest: Manifest;
  readonly episode: Episode;
  readonly world: World;
  readonly actionSpace: Space | null;
  /** Last step that can be shown: the state after the last action where it is known. */
  readonly lastStep: number;
  /** Undiscounted sum of the rewards before step t, `[length + 1]`. */
  readonly returns: Float64Array;
}

/** Prepares an episode; nothing is drawn yet. */
export function makeReplay(manifest: Manifest, episode: Episode, world: World): Replay {
  const returns = new Float64Array(episode.length + 1);
  for (let step = 0; step < episode.length; step++) {
    returns[step + 1] = returns[step] + (numberAt(episode, STEP_CHANNELS.reward, step) ?? 0);
  }
  const lastStep = episode.end ? episode.length : Math.max(0, episode.length - 1);
  return { manifest, episode, world, actionSpace: readSpace(manifest), lastStep, returns };
}

/** The picture at a step. */
export function replayScene(replay: Replay, step: number): Scene | null {
  return sceneAt(replay.world, replay.episode, step);
}

/** V(s_t) as recorded, else maxₐ Q(s_t, a); `null` where neither is. */
export function valueAt(replay: Replay, step: number): number | null {
  const { episode } = replay;
  const recorded = numberAt(episode, INSPECTION_CHANNELS.value, step);
  if (recorded !== null) return recorded;
  const values = numbersAt(episode, INSPECTION_CHANNELS.actionValues, step);
  if (values === null) return null;
  const best = bestValue(values, numbersAt(episode, STEP_CHANNELS.actionMask, step));
  return Number.isFinite(best) ? best : null;
}

/**
 * Q of every state as the agent had it at a step; the end of the episode shows the last one.
 *
 * @returns `null` where the agent has no table.
 */
export function tableAt(replay: Replay, step: number): ActionValueTable | null {
  const { episode } = replay;
  const column = episode.columns.get(INSPECTION_CHANNELS.actionValueTable);
  const [numStates, numActions] = column?.channel.shape ?? [];
  const last = Math.min(step, episode.length - 1);
  const values = numbersAt(episode, INSPECTION_CHANNELS.actionValueTable, last);
  return values && numStates > 0 && numActions > 0 ? { numStates, numActions, values } : null;
}

/** What an action is called: its label, its number, or its row of numbers, counted from 0. */
export function actionName(space: Space | null, action: ArrayLike<number>): string {
  if (space?.kind === 'discrete') return space.labels[action[0]] ?? String(space.start + action[0]);
  if (space === null && action.length === 1) return String(action[0]);
  if (space !== null && isIntegral(space)) return `(${Array.from(action).join(', ')})`;
  return `(${Array.from(action, (part) => part.toFixed(2)).join(', ')})`;
}

function readSpace(manifest: Manifest): Space | null {
  try {
    return spaceFromJson(manifest.env.actionSpace);
  } catch {
    return null;
  }
}
