export type { Agent, Inspection, Policy } from './agent.ts';
export { Alea } from './alea.ts';
export {
  createState,
  type Dynamics,
  type StateKind,
  type StateRow,
} from './dynamics.ts';
export { DynamicsEnv, type DynamicsEnvOptions } from './dynamics-env.ts';
export type { Env, ResetOptions, Start, Step } from './env.ts';
export type { EnvRng } from './env-rng.ts';
export type { EnvSpec, WrapperSpec } from './env-spec.ts';
export type { EnvVector } from './env-vector.ts';
export { hashBytes, hashRow } from './hash.ts';
export * as math from './math.ts';
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
  type ExponentialSchedule,
  type InverseSchedule,
  type LinearSchedule,
  type Schedule,
  scheduleValue,
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
export { fitsRow, isIntegral, readRow, rowReader, rowSize, writeRow } from './spaces/rows.ts';
export { sample, sampleRow } from './spaces/sample.ts';
export { createTabularModel, type Outcome, type TabularModel } from './tabular-model.ts';
export {
  type ActionColumn,
  createActions,
  createTransitions,
  type Transitions,
} from './transitions.ts';
export { VectorEnv, type VectorEnvOptions } from './vector-env.ts';
