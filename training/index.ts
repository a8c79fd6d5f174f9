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
export { type EvaluateOptions, type Evaluation, evaluate } from './evaluate.ts';
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
  createSession,
  type RunConfig,
  type RunRequest,
  resolveRun,
  type Session,
  type SessionOutputs,
} from './session.ts';
export {
  type MetricsRecord,
  Trainer,
  type TrainerCallback,
  type TrainerOptions,
} from './trainer.ts';
export { type ByteSource, bytesSource } from './zip/byte-source.ts';
