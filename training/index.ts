export {
  type BanditAverages,
  type BanditResult,
  type BanditTestbedOptions,
  runBanditTestbed,
} from './bandit-testbed.ts';
export {
  type EpisodeAverages,
  EpisodeStatistics,
  type EpisodeSummary,
} from './episode-statistics.ts';
export { type EvaluateOptions, type Evaluation, evaluate, playEpisodes } from './evaluate.ts';
export {
  type EvaluatedRun,
  type EvaluationWorlds,
  evaluationWorlds,
} from './evaluation-worlds.ts';
export { Evaluator, type EvaluatorOptions } from './evaluator.ts';
export { FiniteGuard } from './finite-guard.ts';
export { NORMALIZE_DEFAULTS, NormalizedAgent, type NormalizeOptions } from './normalized-agent.ts';
export { Recorder, type RecorderOptions } from './recorder.ts';
export { type Codec, fflateCodec } from './recording/codec.ts';
export {
  type Channel,
  type EpisodeEnd,
  type EpisodeMeta,
  INSPECTION_CHANNELS,
  type Manifest,
  STEP_CHANNELS,
} from './recording/manifest.ts';
export { openRecording } from './recording/reader.ts';
export type {
  Column,
  Columns,
  Episode,
  EpisodeEntry,
  Recording,
} from './recording/recording.ts';
export { RecordingWriter, type RecordingWriterOptions, type StepRow } from './recording/writer.ts';
export {
  type ObservationNormalization,
  observationNormalization,
} from './saved-normalization.ts';
export {
  createSession,
  LOG_KINDS,
  type LogKind,
  type RunConfig,
  type RunRequest,
  resolveRun,
  type Session,
  type SessionOutputs,
} from './session.ts';
export { encodeFileVersion, encodeScalars, encodeSessionStart } from './tensorboard/event.ts';
export {
  type MetricsRecord,
  Trainer,
  type TrainerCallback,
  type TrainerOptions,
} from './trainer.ts';
export { TrainingError } from './training-error.ts';
export { type ByteSource, bytesSource } from './zip/byte-source.ts';
