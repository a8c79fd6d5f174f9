import { show } from '../../core/check.ts';
import { actionRowProblem } from '../../core/check-action.ts';
import { createState, type Dynamics, type StateRow } from '../../core/dynamics.ts';
import type { EnvSpec } from '../../core/env-spec.ts';
import { hashRow } from '../../core/hash.ts';
import type { Rng } from '../../core/rng.ts';
import type { SavedData } from '../../core/saved.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { countedFromZero, readRow, rowSize } from '../../core/spaces/rows.ts';
import { STEP_CHANNELS } from './manifest.ts';
import type { Column, ColumnValues, Episode, Recording } from './recording.ts';

/** Where a simulation first went another way than the recording. */
export interface Difference {
  /** Position in `Recording.episodes`; 0 from `verifyEpisode`. */
  readonly episode: number;
  /** t, from 0; the length of the episode for what is known at its end. */
  readonly step: number;
  readonly what: 'state' | 'reward' | 'final state' | 'return' | 'outcome';
  readonly recorded: string;
  readonly simulated: string;
}

/** What a verification has found. */
export interface Verification {
  readonly episodes: number;
  /** Steps simulated. */
  readonly steps: number;
  /** Steps whose state and reward are the recorded ones, to the bit. */
  readonly exact: number;
  /** `null` where everything is as recorded. */
  readonly firstDifference: Difference | null;
}

/**
 * Simulates an episode again, from its first state with its actions, and compares.
 *
 * Compared are the hash of every state and every reward, and, where the episode has ended, the
 * final state and its hash, the return, and whether that state ends an episode.
 *
 * @param rng The world's generator in its recorded state (`meta.rng`).
 * @throws Error if the recording lacks a channel that this takes, has an action that the world does
 *   not know, or is of another world.
 */
export function verifyEpisode(episode: Episode, dynamics: Dynamics, rng: Rng): Verification {
  const columns = stepColumns(episode, dynamics);
  const state = createState(dynamics);
  state.set(columns.state.subarray(0, dynamics.stateSize));
  let exact = 0;
  let episodeReturn = 0;
  let first: Difference | null = null;
  for (let step = 0; step < episode.length; step++) {
    const hash = hashRow(state);
    const reward = dynamics.step(state, actionAt(columns, step, dynamics), rng);
    episodeReturn += reward;
    const sameState = hash === columns.hash[step];
    const sameReward = Object.is(reward, columns.reward[step]);
    if (sameState && sameReward) exact++;
    else if (sameState) first ??= difference(step, 'reward', columns.reward[step], reward);
    else first ??= difference(step, 'state', columns.hash[step], hash);
  }
  first ??= compareEnd(episode, dynamics, state, episodeReturn);
  return { episodes: 1, steps: episode.length, exact, firstDifference: first };
}

/**
 * Simulates every episode of a recording again and compares.
 *
 * @param makeDynamics Builds the recorded world, such as `makeDynamics` of `envs/registry.ts`.
 * @param restoreRng Makes a generator of its saved state, such as `restoreRng` of `core/restore-rng.ts`.
 * @throws Error if an episode is damaged, or the world cannot be built.
 */
export async function verifyRecording(
  recording: Recording,
  makeDynamics: (spec: EnvSpec) => Dynamics,
  restoreRng: (saved: SavedData) => Rng,
): Promise<Verification> {
  const dynamics = makeDynamics(recording.manifest.env);
  let steps = 0;
  let exact = 0;
  let firstDifference: Difference | null = null;
  for (const { index, length, meta } of recording.episodes) {
    if (length === 0) continue;
    const rng = restoreRng(meta.rng as SavedData);
    const verified = verifyEpisode(await recording.readEpisode(index), dynamics, rng);
    steps += verified.steps;
    exact += verified.exact;
    const found = verified.firstDifference;
    firstDifference ??= found && { ...found, episode: index };
  }
  return { episodes: recording.episodes.length, steps, exact, firstDifference };
}

interface StepColumns {
  readonly state: ColumnValues;
  readonly hash: ColumnValues;
  readonly action: ColumnValues;
  readonly actionSize: number;
  readonly reward: ColumnValues;
}

function stepColumns(episode: Episode, dynamics: Dynamics): StepColumns {
  const state = numberColumn(episode, STEP_CHANNELS.state);
  const action = numberColumn(episode, STEP_CHANNELS.action);
  if (state.rowSize !== dynamics.stateSize) {
    throw new Error(
      `verifyEpisode: a state of ${dynamics.name} must have ${dynamics.stateSize} numbers, got ${state.rowSize}. The recording is of another world.`,
    );
  }
  const actionSize = rowSize(dynamics.actionSpace);
  if (action.rowSize !== actionSize) {
    throw new Error(
      `verifyEpisode: an action of ${dynamics.name} must have ${actionSize} numbers, got ${action.rowSize}. The recording is of another world.`,
    );
  }
  return {
    state: state.values,
    hash: numberColumn(episode, STEP_CHANNELS.hash).values,
    action: action.values,
    actionSize,
    reward: numberColumn(episode, STEP_CHANNELS.reward).values,
  };
}

function numberColumn({ columns }: Episode, name: string): Column & { values: ColumnValues } {
  const column = columns.get(name);
  if (column === undefined || Array.isArray(column.values)) {
    const known = [...columns.keys()].join(', ');
    throw new Error(`verifyEpisode: there must be a channel "${name}" of numbers, got ${known}.`);
  }
  return { ...column, values: column.values };
}

/** @throws Error if it is none: a file can hold any number. */
function actionAt(
  { action, actionSize }: StepColumns,
  step: number,
  { name, actionSpace }: Dynamics,
): ElementOf<Space> {
  const offset = step * actionSize;
  const problem = actionRowProblem(actionSpace, action, offset);
  if (problem !== null) {
    throw new Error(
      `verifyEpisode: ${name}, step ${step}: ${problem} The recording is damaged, or of another world.`,
    );
  }
  return readRow(countedFromZero(actionSpace), action, offset);
}

function compareEnd(
  { end, length }: Episode,
  dynamics: Dynamics,
  state: StateRow,
  episodeReturn: number,
): Difference | null {
  if (end === null) return null;
  const sameRow = state.every((value, i) => Object.is(value, end.finalState[i]));
  if (!sameRow || state.length !== end.finalState.length || hashRow(state) !== end.finalHash) {
    return difference(length, 'final state', show(end.finalState), show(state));
  }
  if (!Object.is(episodeReturn, end.episodeReturn)) {
    return difference(length, 'return', end.episodeReturn, episodeReturn);
  }
  const terminated = dynamics.isTerminal(state);
  if (terminated === (end.outcome === 'terminated')) return null;
  return difference(length, 'outcome', end.outcome, terminated ? 'terminated' : 'not terminated');
}

function difference(
  step: number,
  what: Difference['what'],
  recorded: number | string,
  simulated: number | string,
): Difference {
  return { episode: 0, step, what, recorded: String(recorded), simulated: String(simulated) };
}
