export type { Agent, Inspection, Policy } from './agent.ts';
export { Alea } from './alea.ts';
export { sceneProblem } from './check-scene.ts';
export {
  createState,
  type Dynamics,
  type StateKind,
  type StateRow,
} from './dynamics.ts';
export { DynamicsEnv, type DynamicsEnvOptions } from './dynamics-env.ts';
export type { Env, ResetOptions, Start, Step } from './env.ts';
export type { EnvMaker } from './env-copies.ts';
export type { EnvRng } from './env-rng.ts';
export type { EnvSpec, WrapperSpec } from './env-spec.ts';
export type { EnvVector } from './env-vector.ts';
export {
  type AutoresetMode,
  GymnasiumVectorEnv,
  type GymnasiumVectorEnvOptions,
  type VectorResetOptions,
  type VectorStart,
  type VectorStep,
} from './gymnasium-vector-env.ts';
export { hashBytes, hashRow } from './hash.ts';
export * as math from './math.ts';
export { mergeInfos, type VectorInfos } from './merge-infos.ts';
export { Mt19937 } from './mt19937.ts';
export { Pcg64 } from './pcg64.ts';
export { createPicture, type Picture } from './raster/picture.ts';
export {
  pictureSize,
  RASTERIZE_DEFAULTS,
  type RasterizeOptions,
  rasterize,
  rasterizeInto,
} from './raster/rasterize.ts';
export type { RasterThemeName } from './raster/theme.ts';
export { restoreRng } from './restore-rng.ts';
export type { Rng } from './rng.ts';
export type { SavedArray, SavedData, SavedValue } from './saved.ts';
export type {
  Color,
  GridScene,
  ImageScene,
  Scene,
  ScreenScene,
  Shape,
  ShapesScene,
  ThemeColor,
  Tile,
  Token,
} from './scene.ts';
export {
  type CosineSchedule,
  type ExponentialSchedule,
  type InverseSchedule,
  type LinearSchedule,
  type LogarithmicSchedule,
  type PiecewiseSchedule,
  type Schedule,
  type StepSchedule,
  scheduleValue,
  type WarmupSchedule,
} from './schedule.ts';
export { seedSequence } from './seed-sequence.ts';
export {
  type AnyBox,
  type Box,
  type BoxArrays,
  type BoxDtype,
  type BoxOptions,
  box,
  type Discrete,
  type DiscreteOptions,
  discrete,
  type ElementOf,
  type Space,
} from './space.ts';
export { type BatchOf, batchSpace, concatenate, iterate } from './spaces/batch.ts';
export { type BoundedSide, isBounded } from './spaces/bounded.ts';
export {
  type Dict,
  dict,
  type Graph,
  type GraphElement,
  type GraphOptions,
  graph,
  type OneOf,
  oneOf,
  type Sequence,
  type SequenceOptions,
  sequence,
  type Tuple,
  tuple,
} from './spaces/composite.ts';
export { contains, mismatch } from './spaces/contains.ts';
export { describeSpace } from './spaces/describe.ts';
export { elementFromJson, elementToJson, type Json } from './spaces/element-json.ts';
export { spaceEquals } from './spaces/equals.ts';
export { flattenedSize, flattenSpace } from './spaces/flat-space.ts';
export { flatten } from './spaces/flatten.ts';
export { spaceFromJson, spaceToJson } from './spaces/json.ts';
export {
  ALPHANUMERIC,
  type MultiBinary,
  type MultiBinaryOptions,
  type MultiDiscrete,
  type MultiDiscreteOptions,
  multiBinary,
  multiDiscrete,
  type Text,
  type TextOptions,
  text,
} from './spaces/multi.ts';
export {
  fitsRow,
  isIntegral,
  type NumberRow,
  readRow,
  rowReader,
  rowSize,
  writeRow,
} from './spaces/rows.ts';
export { sample, sampleRow } from './spaces/sample.ts';
export type { SampleMask, SampleOptions, SampleProbability } from './spaces/sample-options.ts';
export { SpaceSampler, type SpaceSamplerOptions } from './spaces/sampler.ts';
export { unflatten } from './spaces/unflatten.ts';
export { SyncVectorEnv, type SyncVectorEnvOptions } from './sync-vector-env.ts';
export { createTabularModel, type Outcome, type TabularModel } from './tabular-model.ts';
export {
  type ActionColumn,
  createActions,
  createTransitions,
  type Transitions,
} from './transitions.ts';
export type { VectorColumns } from './vector-columns.ts';
export { VectorEnv, type VectorEnvOptions } from './vector-env.ts';
export type { DynamicsModule, WorldSource } from './workers/messages.ts';
export type { WorkerListener, WorkerPort, WorkerScope } from './workers/worker-port.ts';
export {
  resolveWorkerOptions,
  WorkerVectorEnv,
  type WorkerVectorEnvOptions,
} from './workers/worker-vector-env.ts';
