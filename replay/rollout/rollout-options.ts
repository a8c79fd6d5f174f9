import { checkInteger, resolveOptions } from '../../core/check.ts';
import { DEFAULT_MAX_BYTES } from '../memory.ts';

/** How long a rollout is, and what is kept of each step besides the transition. */
export interface RolloutOptions {
  /** Steps of each copy, at least 1. Default 128. */
  readonly numSteps?: number;
  /** Copies that act at once, at least 1. Default 1. */
  readonly numEnvs?: number;
  /** Numbers that describe the policy in one state, such as its logits; 0 to keep none. Default 0. */
  readonly policySize?: number;
  /** Bytes it may take; to need more is an error. Default 4 GiB. */
  readonly maxBytes?: number;
}

/** The options of a rollout buffer where none are given. */
export const ROLLOUT_DEFAULTS: Required<RolloutOptions> = {
  numSteps: 128,
  numEnvs: 1,
  policySize: 0,
  maxBytes: DEFAULT_MAX_BYTES,
};

/** What an agent thought of s when it acted, one row for each copy. */
export interface ActingEstimates {
  /** V(sₜ), `[numEnvs]`. */
  readonly values: Float32Array;
  /** log π(aₜ|sₜ), `[numEnvs]`. */
  readonly logProbabilities: Float32Array;
  /** 𝒜(sₜ), `[numEnvs × numActions]`, where actions are masked. */
  readonly actionMasks?: Uint8Array | undefined;
  /** What describes π(·|sₜ), `[numEnvs × policySize]`, where that is kept. */
  readonly policies?: Float32Array | undefined;
}

/** @throws RangeError if an option does not fit. */
export function resolveRollout(where: string, options: RolloutOptions): Required<RolloutOptions> {
  const resolved = resolveOptions(where, ROLLOUT_DEFAULTS, options);
  checkInteger(`${where}: numSteps`, resolved.numSteps, 1);
  checkInteger(`${where}: numEnvs`, resolved.numEnvs, 1);
  checkInteger(`${where}: policySize`, resolved.policySize, 0);
  return resolved;
}
