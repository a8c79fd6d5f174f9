import type { EnvSpec } from '../../core/env-spec.ts';

/** How the numbers of a channel are stored, little-endian. `json` is length-prefixed UTF-8. */
export type ChannelType =
  | 'u8'
  | 'u16'
  | 'u32'
  | 'i8'
  | 'i16'
  | 'i32'
  | 'f32'
  | 'f64'
  | 'bit'
  | 'u8n'
  | 'json';

/** One column of a recording: a row of `shape` numbers for each step. */
export interface Channel {
  readonly name: string;
  readonly dtype: ChannelType;
  /** Extents of one row; `[]` for a single number. */
  readonly shape: readonly number[];
}

/** What a recording says of itself, in its first entry `manifest.json`. */
export interface Manifest {
  readonly format: 'rlrec';
  readonly version: 1;
  /** How the world was built, and its spaces (`spaceToJson`). */
  readonly env: EnvSpec & {
    readonly observationSpace: object;
    readonly actionSpace: object;
  };
  /** Who played: the agent's registry name and resolved options; `null` for nobody known. */
  readonly agent: { readonly name: string; readonly options: object } | null;
  /** `portable-1`: only `core/math` was used, so that a replay gives the same bits anywhere. */
  readonly math: 'portable-1' | 'native';
  /** Name and version of the writing program. */
  readonly writer: { readonly name: string; readonly version: string };
  readonly channels: readonly Channel[];
  /** Steps in a full block. */
  readonly blockSteps: number;
}

/** What is known when an episode begins: `ep/NNNNNN/meta.json`. */
export interface EpisodeMeta {
  /** Seed of the run that the episode belongs to. */
  readonly seed: number;
  /** Number of the episode within its run, from 0. */
  readonly number: number;
  /** Environment steps the agent had learned from when the episode began. */
  readonly agentSteps: number;
  /** State of the world's generator right after the start state was drawn (`Rng.snapshot`). */
  readonly rng: Readonly<Record<string, unknown>>;
}

/** What is known when an episode has ended: `ep/NNNNNN/end.json`. */
export interface EpisodeEnd {
  /** Steps. */
  readonly length: number;
  /** Undiscounted sum of the rewards. */
  readonly episodeReturn: number;
  readonly outcome: 'terminated' | 'truncated';
  /** The state after the last step. */
  readonly finalState: readonly number[];
  /** `hashRow` of that state. */
  readonly finalHash: number;
  /** Such as `first`, `best`, `last`. */
  readonly tags: readonly string[];
}

/**
 * Names of the channels that every recording of a run has, one row per step t = 0 … length − 1.
 *
 * Channels beside them hold what the agent thought of s_t; their names are in
 * `INSPECTION_CHANNELS`.
 */
export const STEP_CHANNELS = {
  /** s_t, before the action; dtype by the world's `stateKind`, shape `[stateSize]`. */
  state: 'state',
  /** `hashRow(s_t)`, u32. */
  hash: 'hash',
  /** a_t as applied; i32 for `Discrete`, f32 `[size]` for `Box`. */
  action: 'action',
  /** r_t+1, f64. */
  reward: 'reward',
  /** 𝒜(s_t), bit `[numActions]`; only where some action can be illegal. */
  actionMask: 'action-mask',
} as const;

/** Channels made of an agent's `Inspection` of s_t, before it acted. */
export const INSPECTION_CHANNELS = {
  /** Q(s_t, ·), f32 `[numActions]`. */
  actionValues: 'q',
  /** π(· | s_t), f32 `[numActions]`. */
  policy: 'policy',
  /** V(s_t), f32. */
  value: 'value',
  /** N(s_t, ·), f64 `[numActions]`. */
  visitCounts: 'visits',
  /** Q of every state, f32 `[numStates, numActions]`. */
  actionValueTable: 'q-table',
} as const;
