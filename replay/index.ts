export { STORAGES, type Storage, storageOf } from './columns/storage.ts';
export {
  DEFAULT_MAX_BYTES,
  describeMemory,
  type MemoryPart,
  type MemoryPlan,
} from './memory.ts';
export type { PriorityOptions } from './priorities.ts';
export {
  PRIORITIZED_REPLAY_DEFAULTS,
  PrioritizedReplayBuffer,
  type PrioritizedReplayOptions,
  type ResolvedPrioritizedOptions,
} from './prioritized-replay-buffer.ts';
export type { Replay } from './replay.ts';
export { createReplayBatch, type ReplayBatch, type SampledColumns } from './replay-batch.ts';
export { ReplayBuffer } from './replay-buffer.ts';
export {
  REPLAY_DEFAULTS,
  type ReplayOptions,
  type ResolvedReplayOptions,
} from './replay-options.ts';
export type { ReplayTask } from './replay-task.ts';
export { estimateAdvantages } from './returns/advantages.ts';
export { estimateLambdaReturns } from './returns/lambda-returns.ts';
export { estimateNStepReturns } from './returns/n-step-returns.ts';
export { normalizeAdvantages } from './returns/normalize.ts';
export type { Numbers, Rewarded, Rollout } from './returns/rollout.ts';
export {
  estimateVtrace,
  VTRACE_DEFAULTS,
  type VtraceEstimates,
  type VtraceOptions,
} from './returns/v-trace.ts';
export type { RolloutColumns, StepColumns } from './rollout/rollout-columns.ts';
export {
  type ActingEstimates,
  ROLLOUT_DEFAULTS,
  type RolloutOptions,
} from './rollout/rollout-options.ts';
export { RolloutBuffer } from './rollout-buffer.ts';
export { createSequenceBatch, type SequenceBatch, type SequenceShape } from './sequence-batch.ts';
export {
  type ResolvedSequenceOptions,
  SEQUENCE_REPLAY_DEFAULTS,
  type SequenceReplayOptions,
} from './sequence-options.ts';
export { SequenceReplayBuffer } from './sequence-replay-buffer.ts';
export {
  type ResolvedStorageOptions,
  STORAGE_DEFAULTS,
  type StorageOptions,
} from './storage-options.ts';
