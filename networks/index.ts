export type { CreateOptions, Engine } from './engine.ts';
export { type Elman, type ElmanOptions, elman } from './layers/elman.ts';
export { type Gru, type GruOptions, gru } from './layers/gru.ts';
export { type Lstm, type LstmOptions, lstm } from './layers/lstm.ts';
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
export { projectReturns } from './losses/project-returns.ts';
export { type QuantileLoss, type QuantileOptions, quantileLoss } from './losses/quantile.ts';
export { type LossChoice, type LossSpecification, resolveLoss } from './losses/registry.ts';
export { type SquaredLoss, squaredLoss } from './losses/squared.ts';
export type { ForwardOptions, Network } from './network.ts';
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
export { ACTIVATIONS, type Activation } from './specification/activation.ts';
export { type MlpOptions, mlp } from './specification/mlp.ts';
export {
  type NetworkOptions,
  type NetworkSpecification,
  network,
} from './specification/network-specification.ts';
export { summarize } from './summary.ts';
