import type { Agent, Inspection } from '../core/agent.ts';
import { checkInteger, resolveOptions } from '../core/check.ts';
import type { StateKind } from '../core/dynamics.ts';
import type { EnvSpec } from '../core/env-spec.ts';
import { hashBytes, hashRow } from '../core/hash.ts';
import {
  checkSavedHeader,
  type SavedData,
  savedCount,
  savedHeader,
  savedNumber,
  savedObject,
} from '../core/saved.ts';
import { spaceToJson } from '../core/spaces/json.ts';
import { isIntegral, rowSize } from '../core/spaces/rows.ts';
import type { ActionColumn, Transitions } from '../core/transitions.ts';
import type { VectorEnv } from '../core/vector-env.ts';
import { type BufferedChannel, EpisodeBuffer } from './episode-buffer.ts';
import type { Codec } from './recording/codec.ts';
import {
  type EpisodeEnd,
  type EpisodeMeta,
  INSPECTION_CHANNELS,
  type Manifest,
  STEP_CHANNELS,
} from './recording/manifest.ts';
import { RecordingWriter } from './recording/writer.ts';
import type { TrainerCallback } from './trainer.ts';
import { WRITER } from './writer-info.ts';

/** What to record, and where it goes. */
export interface RecorderOptions {
  /** How the world was built. */
  readonly spec: EnvSpec;
  /** Seed of the run. */
  readonly seed: number;
  readonly codec: Codec;
  /** Every so many episodes one is kept; 0 for none beside the notable ones. Default 0. */
  readonly every?: number;
  /**
   * Steps of an episode that its recording keeps, at least 1: that of a longer one stops there and has
   * no end, as that of an episode that still runs. Default 20,000.
   */
  readonly maxSteps?: number;
  /** Called when an episode has more steps than its recording, with its number. Default nothing. */
  readonly onCut?: (number: number) => void;
  /**
   * Receives each finished recording under its name: `first`, `best`, `last`, or
   * `episode-<number>`. A later one of the same name takes the place of the earlier.
   */
  readonly onRecording: (name: string, bytes: Uint8Array) => void;
}

/** The largest table of action values that is recorded with every step, in numbers. */
const MAX_TABLE = 1024;

/** A recording, and what it was made of. */
interface Encoded {
  readonly meta: EpisodeMeta | null;
  readonly length: number;
  readonly end: EpisodeEnd | null;
  readonly bytes: Uint8Array;
}

/**
 * Records episodes of the first copy of the world, with what the agent thought at each step.
 *
 * Kept are the first episode, the best (the highest return, of these the shortest, of these the
 * earliest), the last one that ended, numbers 1, 10, 100, 1000, …, and every `every`-th; of each of them
 * the first `maxSteps` steps.
 */
export class Recorder implements TrainerCallback {
  readonly #agent: Agent;
  readonly #envs: VectorEnv;
  readonly #options: Required<RecorderOptions>;
  readonly #manifest: Manifest;
  readonly #stateBytes: Uint8Array; // of the first copy, as it changes
  readonly #channel: Readonly<Record<keyof typeof STEP_CHANNELS, number>>; // −1 for none
  readonly #inspected: readonly { readonly part: keyof Inspection; readonly channel: number }[];
  #current: EpisodeBuffer;
  #previous: EpisodeBuffer; // the last one that ended
  #previousEnd: EpisodeEnd | null = null;
  #best: { episodeReturn: number; length: number } | null = null;
  #number = 0;
  #steps = 0;
  #return = 0;
  #newest: Encoded | null = null;

  /**
   * Begins with the episode that has just begun in `envs`.
   *
   * @throws RangeError if an option is unknown or out of range.
   */
  constructor(agent: Agent, envs: VectorEnv, options: RecorderOptions) {
    this.#options = resolveOptions('Recorder', DEFAULTS as never, options);
    checkInteger('Recorder: every', this.#options.every, 0);
    checkInteger('Recorder: maxSteps', this.#options.maxSteps, 1);
    checkInteger('Recorder: seed', this.#options.seed, 0);
    const { buffer, byteOffset, byteLength } = envs.states[0];
    this.#stateBytes = new Uint8Array(buffer, byteOffset, byteLength);
    this.#agent = agent;
    this.#envs = envs;
    const channels = channelsOf(envs, this.#inspect());
    const position = (name: string) => channels.findIndex((channel) => channel.name === name);
    this.#channel = {
      state: position(STEP_CHANNELS.state),
      hash: position(STEP_CHANNELS.hash),
      action: position(STEP_CHANNELS.action),
      reward: position(STEP_CHANNELS.reward),
      actionMask: position(STEP_CHANNELS.actionMask),
    };
    this.#inspected = Object.entries(INSPECTION_CHANNELS)
      .map(([part, name]) => ({ part: part as keyof Inspection, channel: position(name) }))
      .filter(({ channel }) => channel >= 0);
    this.#manifest = manifestOf(agent, envs, this.#options.spec, channels);
    this.#current = new EpisodeBuffer(channels, this.#options.maxSteps);
    this.#previous = new EpisodeBuffer(channels, this.#options.maxSteps);
    this.#begin();
  }

  onAct(actions: ActionColumn): void {
    const current = this.#current;
    if (current.isFull) return;
    const { states, actionMasks } = this.#envs;
    current.set(this.#channel.state, states[0]);
    current.set(this.#channel.hash, hashBytes(this.#stateBytes));
    current.set(this.#channel.action, actions.length === 1 ? actions[0] : actions);
    if (actionMasks) current.set(this.#channel.actionMask, actionMasks);
    const inspection = this.#inspect();
    for (const { part, channel } of this.#inspected) {
      const value = inspection[part];
      if (value !== undefined) current.set(channel, value);
    }
  }

  onStep({ rewards, terminated, truncated }: Transitions): void {
    const current = this.#current;
    if (!current.isFull) current.set(this.#channel.reward, rewards[0]);
    current.endStep();
    if (current.dropped === 1) this.#cut();
    this.#return += rewards[0];
    this.#steps += rewards.length;
    if (terminated[0] === 0 && truncated[0] === 0) return;
    this.#end(terminated[0] === 1 ? 'terminated' : 'truncated');
    this.#begin();
  }

  /** Hands over the last episode that ended, as `last`. Call it when training is done. */
  finish(): void {
    if (this.#previousEnd) this.#hand('last', this.#previous, this.#previousEnd);
  }

  /** The newest episode as a recording: the last that ended, or what there is of the first one. */
  newest(): Uint8Array {
    const end = this.#previousEnd;
    const buffer = end ? this.#previous : this.#current;
    const { meta, length } = buffer;
    const known = this.#newest;
    if (known?.meta === meta && known.length === length && known.end === end) return known.bytes;
    const bytes = this.#encode('live', buffer, end);
    this.#newest = { meta, length, end, bytes };
    return bytes;
  }

  save(): SavedData {
    return {
      ...savedHeader('recorder', 1),
      number: this.#number,
      steps: this.#steps,
      episodeReturn: this.#return,
      best: this.#best,
      current: this.#current.save(),
      previous: this.#previous.save(),
      previousEnd: this.#previousEnd as unknown as SavedData | null,
    };
  }

  restore(saved: SavedData): void {
    const where = 'Recorder.restore';
    checkSavedHeader(where, saved, 'recorder', 1);
    const best = saved.best === null ? null : savedObject(where, saved, 'best');
    this.#current.restore(savedObject(where, saved, 'current'));
    this.#previous.restore(savedObject(where, saved, 'previous'));
    this.#number = savedCount(where, saved, 'number');
    this.#steps = savedCount(where, saved, 'steps');
    this.#return = savedNumber(where, saved, 'episodeReturn');
    this.#previousEnd = saved.previousEnd as unknown as EpisodeEnd | null;
    this.#best = best && {
      episodeReturn: savedNumber(where, best, 'episodeReturn'),
      length: savedCount(where, best, 'length'),
    };
  }

  #begin(): void {
    this.#return = 0;
    this.#current.begin({
      seed: this.#options.seed,
      number: this.#number,
      agentSteps: this.#steps,
      rng: this.#envs.rngSnapshot(0),
    });
  }

  #end(outcome: 'terminated' | 'truncated'): void {
    const finalState = this.#envs.finalStates[0];
    const end: EpisodeEnd = {
      length: this.#current.length + this.#current.dropped,
      episodeReturn: this.#return,
      outcome,
      finalState: Array.from(finalState),
      finalHash: hashRow(finalState),
      tags: [],
    };
    const number = this.#number++;
    if (number === 0) this.#hand('first', this.#current, end);
    if (this.#isBest(end)) {
      this.#best = { episodeReturn: end.episodeReturn, length: end.length };
      this.#hand('best', this.#current, end);
    }
    const { every } = this.#options;
    if (isPowerOfTen(number) || (every > 0 && number % every === 0)) {
      this.#hand(`episode-${number}`, this.#current, end);
    }
    [this.#current, this.#previous] = [this.#previous, this.#current];
    this.#previousEnd = end;
  }

  /** The first episode may never end: what there is of it is handed over now. */
  #cut(): void {
    this.#options.onCut(this.#number);
    if (this.#number === 0) this.#hand('first', this.#current, null);
  }

  #isBest({ episodeReturn, length }: EpisodeEnd): boolean {
    const best = this.#best;
    if (best === null || episodeReturn > best.episodeReturn) return true;
    return episodeReturn === best.episodeReturn && length < best.length;
  }

  #hand(name: string, buffer: EpisodeBuffer, end: EpisodeEnd | null): void {
    this.#options.onRecording(name, this.#encode(name, buffer, end));
  }

  #encode(name: string, buffer: EpisodeBuffer, end: EpisodeEnd | null): Uint8Array {
    const chunks: Uint8Array[] = [];
    const writer = new RecordingWriter(this.#manifest, {
      codec: this.#options.codec,
      write: (chunk) => chunks.push(chunk),
    });
    if (buffer.meta) writer.beginEpisode(buffer.meta);
    for (let t = 0; t < buffer.length; t++) writer.step(buffer.row(t));
    if (end && buffer.dropped === 0)
      writer.endEpisode({ ...end, tags: [name.replace(/-\d+$/, '')] });
    writer.finish();
    return concatenate(chunks);
  }

  #inspect(): Inspection {
    const { observations, numEnvs, actionMasks } = this.#envs;
    if (numEnvs === 1) return this.#agent.inspect(observations, actionMasks);
    const observation = observations.subarray(0, observations.length / numEnvs);
    const mask = actionMasks?.subarray(0, actionMasks.length / numEnvs);
    return this.#agent.inspect(observation, mask);
  }
}

const DEFAULTS = {
  spec: null,
  seed: 0,
  codec: null,
  every: 0,
  maxSteps: 20_000,
  onCut: () => {},
  onRecording: null,
};

function isPowerOfTen(number: number): boolean {
  return /^10*$/.test(String(number));
}

function channelsOf({ dynamics, states }: VectorEnv, inspection: Inspection): BufferedChannel[] {
  const { actionSpace, stateKind = 'float64', stateSize } = dynamics;
  const stateTypes = { float64: 'f64', float32: 'f32', int32: 'i32', uint8: 'u8' } as const;
  const discrete = actionSpace.kind === 'discrete';
  const channels: BufferedChannel[] = [
    { name: STEP_CHANNELS.state, dtype: stateTypes[stateKind as StateKind], shape: [stateSize] },
    { name: STEP_CHANNELS.hash, dtype: 'u32', shape: [] },
    {
      name: STEP_CHANNELS.action,
      dtype: isIntegral(actionSpace) ? 'i32' : 'f32',
      shape: discrete ? [] : [rowSize(actionSpace)],
    },
    { name: STEP_CHANNELS.reward, dtype: 'f64', shape: [] },
  ];
  if (dynamics.actionMask && discrete) {
    channels.push({ name: STEP_CHANNELS.actionMask, dtype: 'bit', shape: [actionSpace.n] });
  }
  const { actionValues, policy, value, visitCounts, actionValueTable } = inspection;
  const numActions = discrete ? actionSpace.n : 0;
  const row = (name: string, dtype: 'f32' | 'f64'): BufferedChannel => {
    return { name, dtype, shape: [numActions] };
  };
  if (actionValues) channels.push(row(INSPECTION_CHANNELS.actionValues, 'f32'));
  if (policy) channels.push(row(INSPECTION_CHANNELS.policy, 'f32'));
  if (value !== undefined)
    channels.push({ name: INSPECTION_CHANNELS.value, dtype: 'f32', shape: [] });
  if (visitCounts) channels.push(row(INSPECTION_CHANNELS.visitCounts, 'f64'));
  const isGrid = dynamics.scene(states[0]).kind === 'grid';
  if (actionValueTable && isGrid && actionValueTable.length <= MAX_TABLE) {
    const shape = [actionValueTable.length / numActions, numActions];
    channels.push({ name: INSPECTION_CHANNELS.actionValueTable, dtype: 'f32', shape });
  }
  return channels;
}

function manifestOf(
  agent: Agent,
  { dynamics }: VectorEnv,
  spec: EnvSpec,
  channels: readonly BufferedChannel[],
): Manifest {
  return {
    format: 'rlrec',
    version: 1,
    env: {
      ...spec,
      observationSpace: spaceToJson(dynamics.observationSpace),
      actionSpace: spaceToJson(dynamics.actionSpace),
    },
    agent: { name: agent.name, options: agent.options },
    math: 'portable-1',
    writer: WRITER,
    channels,
    blockSteps: 256,
  };
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
