export type { CreateOptions, Engine } from './engine.ts';
export { type AveragePool, averagePool } from './layers/average-pool.ts';
export { type Concatenate, concatenate } from './layers/concatenate.ts';
export { type Conv2d, type Conv2dOptions, conv2d } from './layers/conv2d.ts';
export { type GlobalPool, type GlobalPoolOptions, globalPool } from './layers/global-pool.ts';
export { type MaxPool, maxPool } from './layers/max-pool.ts';
export type { PoolOptions } from './layers/pool.ts';
export { type Reshape, reshape } from './layers/reshape.ts';
export { type Residual, type ResidualOptions, residual } from './layers/residual.ts';
export type { Padding, Pair } from './layers/window.ts';
export type { ForwardOptions, Network } from './network.ts';
export { type NetworkPlan, planNetwork } from './plan.ts';
export { ReferenceEngine } from './reference/engine.ts';
export { ACTIVATIONS, type Activation } from './specification/activation.ts';
export { type ConvnetOptions, type ConvolutionOptions, convnet } from './specification/convnet.ts';
export { minatarConvnet, natureConvnet } from './specification/known-convnets.ts';
export { type MlpOptions, mlp } from './specification/mlp.ts';
export {
  type NetworkOptions,
  type NetworkSpecification,
  network,
} from './specification/network-specification.ts';
