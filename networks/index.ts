export {
  chooseEngine,
  ENGINE_NAMES,
  type EngineChoice,
  type EngineName,
  parseEngine,
} from './choose-engine.ts';
export { type CpuEngineName, cpuEngine } from './cpu-engine.ts';
export type { CreateOptions, Engine } from './engine.ts';
export { EngineLearner } from './engine-learner.ts';
export type { LayersModelFiles, LayersModelJson } from './export/layers-model/files.ts';
export { toLayersModel } from './export/layers-model/layers-model.ts';
export { fromSafetensors, toSafetensors } from './export/network-safetensors.ts';
export { toOnnx } from './export/onnx/onnx.ts';
export { decodeSafetensors, type SafetensorsContents } from './export/read-safetensors.ts';
export { encodeSafetensors, type NamedTensor } from './export/safetensors.ts';
export type { TrainedNetwork } from './export/trained-network.ts';
export { countIdleUnits, type IdleUnits } from './idle-units.ts';
export { type ActivationLayer, activation } from './layers/activation.ts';
export { type AveragePool, averagePool } from './layers/average-pool.ts';
export { type BatchNorm, type BatchNormOptions, batchNorm } from './layers/batch-norm.ts';
export { type Concatenate, concatenate } from './layers/concatenate.ts';
export { type Conv2d, type Conv2dOptions, conv2d } from './layers/conv2d.ts';
export { type Dense, type DenseOptions, dense } from './layers/dense.ts';
export { type Dropout, dropout } from './layers/dropout.ts';
export { type Dueling, type DuelingOptions, dueling } from './layers/dueling.ts';
export { type Elman, type ElmanOptions, elman } from './layers/elman.ts';
export { type Flatten, flatten } from './layers/flatten.ts';
export { type GlobalPool, type GlobalPoolOptions, globalPool } from './layers/global-pool.ts';
export { type GroupNorm, type GroupNormOptions, groupNorm } from './layers/group-norm.ts';
export { type Gru, type GruOptions, gru } from './layers/gru.ts';
export { type LayerNorm, type LayerNormOptions, layerNorm } from './layers/layer-norm.ts';
export { type Lstm, type LstmOptions, lstm } from './layers/lstm.ts';
export { type MaxPool, maxPool } from './layers/max-pool.ts';
export { type NoisyDense, type NoisyDenseOptions, noisyDense } from './layers/noisy-dense.ts';
export {
  type ParametricRelu,
  type ParametricReluOptions,
  parametricRelu,
} from './layers/parametric-relu.ts';
export type { PoolOptions } from './layers/pool.ts';
export {
  type PositionalEncoding,
  type PositionalEncodingOptions,
  positionalEncoding,
} from './layers/positional-encoding.ts';
export { type Reshape, reshape } from './layers/reshape.ts';
export { type Residual, type ResidualOptions, residual } from './layers/residual.ts';
export {
  type SelfAttention,
  type SelfAttentionOptions,
  selfAttention,
} from './layers/self-attention.ts';
export { type Slice, slice } from './layers/slice.ts';
export { type Softmax, softmax } from './layers/softmax.ts';
export type { Padding, Pair } from './layers/window.ts';
export type {
  Learner,
  LearnerBatch,
  LearnerLoss,
  LearnerNumbers,
  LearnerOptions,
  LearnerTargets,
} from './learner.ts';
export { type AbsoluteLoss, absoluteLoss } from './losses/absolute.ts';
export { type BernoulliLoss, bernoulliLoss } from './losses/bernoulli.ts';
export {
  atomValue,
  type CategoricalLoss,
  type CategoricalOptions,
  categoricalLoss,
} from './losses/categorical.ts';
export { computeLoss, type LossOptions } from './losses/compute-loss.ts';
export {
  type CrossEntropyLoss,
  type CrossEntropyOptions,
  crossEntropyLoss,
} from './losses/cross-entropy.ts';
export { type GaussianLoss, type GaussianOptions, gaussianLoss } from './losses/gaussian.ts';
export { type HingeLoss, hingeLoss } from './losses/hinge.ts';
export { type HuberLoss, type HuberOptions, huberLoss } from './losses/huber.ts';
export {
  type ImplicitQuantileLoss,
  type ImplicitQuantileOptions,
  implicitQuantileLoss,
} from './losses/implicit-quantile.ts';
export { projectReturns } from './losses/project-returns.ts';
export { type QuantileLoss, type QuantileOptions, quantileLoss } from './losses/quantile.ts';
export { type LossChoice, type LossSpecification, resolveLoss } from './losses/registry.ts';
export { type SquaredLoss, squaredLoss } from './losses/squared.ts';
export type { BackwardOptions, ForwardOptions, LayerOutput, Network } from './network.ts';
export { type OpenedLearner, type OpenLearnerOptions, openLearner } from './open-learner.ts';
export { type Adadelta, type AdadeltaOptions, adadelta } from './optimizers/adadelta.ts';
export { type Adagrad, type AdagradOptions, adagrad } from './optimizers/adagrad.ts';
export {
  type Adam,
  type AdamOptions,
  type AdamW,
  type AdamWOptions,
  type Amsgrad,
  adam,
  adamW,
  amsgrad,
} from './optimizers/adam.ts';
export type { GradientClip } from './optimizers/clip.ts';
export type { CommonOptions as OptimizerOptions } from './optimizers/common.ts';
export type { Optimizer } from './optimizers/optimizer.ts';
export { type Radam, radam } from './optimizers/radam.ts';
export { type Rmsprop, type RmspropOptions, rmsprop } from './optimizers/rmsprop.ts';
export {
  type Momentum,
  type MomentumOptions,
  momentum,
  type Nesterov,
  nesterov,
  type Sgd,
  sgd,
} from './optimizers/sgd.ts';
export {
  OPTIMIZER_KINDS,
  type OptimizerSpecification,
  resolveOptimizer,
} from './optimizers/specification.ts';
export { type NetworkPlan, planNetwork } from './plan.ts';
export { ReferenceEngine } from './reference/engine.ts';
export { loadNetwork, restoreNetwork, saveNetwork } from './saved/saved-network.ts';
export { loadOptimizer, restoreOptimizer, saveOptimizer } from './saved/saved-optimizer.ts';
export { SimdEngine, type SimdOptions, simdEngine } from './simd/engine.ts';
export type { SimdBuild } from './simd/instantiate.ts';
export { isSupported as isSimdSupported } from './simd/support.ts';
export { ACTIVATIONS, type Activation } from './specification/activation.ts';
export { type ConvnetOptions, type ConvolutionOptions, convnet } from './specification/convnet.ts';
export { minatarConvnet, natureConvnet } from './specification/known-convnets.ts';
export { type MlpOptions, mlp } from './specification/mlp.ts';
export {
  type NetworkOptions,
  type NetworkSpecification,
  network,
} from './specification/network-specification.ts';
export { type Normalization, type ResnetOptions, resnet } from './specification/resnet.ts';
export { summarize } from './summary.ts';
