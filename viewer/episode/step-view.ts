import { INSPECTION_CHANNELS, STEP_CHANNELS } from '../../training/recording/manifest.ts';
import { formatNumber } from '../format/number.ts';
import { greedyActions } from '../overlay/action-values.ts';
import { numberAt, numbersAt } from './columns.ts';
import { actionName, type Replay, valueAt } from './replay.ts';

/** One action of the table beside the scene. */
export interface ActionRow {
  readonly action: number;
  readonly label: string;
  /** π(a | s). */
  readonly policy: number | null;
  /** Q(s, a). */
  readonly value: number | null;
  /** N(s, a). */
  readonly visits: number | null;
  readonly legal: boolean;
  readonly chosen: boolean;
  /** Whether no other action has a higher value. */
  readonly best: boolean;
}

/** What is known of one step. */
export interface StepView {
  readonly step: number;
  readonly lastStep: number;
  /** Name of the action taken in s_t; `null` at the end. */
  readonly action: string | null;
  /** r_t+1, for that action. */
  readonly reward: number | null;
  /** Sum of the rewards before s_t. */
  readonly returnSoFar: number;
  /** V(s_t). */
  readonly value: number | null;
  /** Whether the action was one of the best; `null` where its value is not known. */
  readonly greedy: boolean | null;
  /** How the episode ended; only at its end. */
  readonly outcome: 'terminated' | 'truncated' | null;
  readonly rows: readonly ActionRow[];
}

/** The most rows that the table shows: a world of more actions has no use for one. */
export const MOST_ROWS = 500;

/** Everything that the panel says of a step. */
export function stepView(replay: Replay, step: number): StepView {
  const { episode, actionSpace, lastStep, returns } = replay;
  const atEnd = step >= episode.length;
  const chosen = numbersAt(episode, STEP_CHANNELS.action, step);
  const rows = actionRows(replay, step, chosen);
  const taken = rows.find((row) => row.chosen);
  return {
    step,
    lastStep,
    action: chosen ? actionName(actionSpace, chosen) : null,
    reward: numberAt(episode, STEP_CHANNELS.reward, step),
    returnSoFar: returns[Math.min(step, episode.length)],
    value: valueAt(replay, step),
    greedy: taken === undefined || taken.value === null ? null : taken.best,
    outcome: atEnd ? (episode.end?.outcome ?? null) : null,
    rows,
  };
}

/** The table of another state than the agent's, from its row of Q. */
export function cellRows(replay: Replay, values: readonly number[]): ActionRow[] {
  const best = greedyActions(values);
  return values.slice(0, MOST_ROWS).map((value, action) => ({
    action,
    label: actionName(replay.actionSpace, [action]),
    policy: null,
    value,
    visits: null,
    legal: true,
    chosen: false,
    best: best.includes(action),
  }));
}

/** The step in one sentence, for readers that hear it. */
export function describeStep(view: StepView): string {
  const parts = [`step ${view.step}`];
  if (view.action !== null) parts.push(view.action);
  if (view.reward !== null) parts.push(`reward ${formatNumber(view.reward)}`);
  if (view.value !== null) parts.push(`V ${formatNumber(view.value)}`);
  if (view.outcome !== null)
    parts.push(`${view.outcome}, return ${formatNumber(view.returnSoFar)}`);
  return parts.join(', ');
}

function actionRows(
  replay: Replay,
  step: number,
  chosen: ArrayLike<number> | null,
): readonly ActionRow[] {
  const { episode, actionSpace } = replay;
  if (actionSpace?.kind !== 'discrete') return [];
  const read = (name: string) => numbersAt(episode, name, step);
  const values = read(INSPECTION_CHANNELS.actionValues);
  const policy = read(INSPECTION_CHANNELS.policy);
  const visits = read(INSPECTION_CHANNELS.visitCounts);
  const mask = read(STEP_CHANNELS.actionMask);
  const best = values ? greedyActions(values, mask) : [];
  return Array.from({ length: Math.min(MOST_ROWS, actionSpace.n) }, (_, action) => ({
    action,
    label: actionName(actionSpace, [action]),
    policy: finite(policy, action),
    value: finite(values, action),
    visits: finite(visits, action),
    legal: mask === null || mask[action] !== 0,
    chosen: chosen !== null && chosen[0] === action,
    best: best.includes(action),
  }));
}

function finite(row: ArrayLike<number> | null, index: number): number | null {
  return row !== null && Number.isFinite(row[index]) ? row[index] : null;
}
