export type { CreateOptions, Engine } from './engine.ts';
export type { ForwardOptions, Network } from './network.ts';
export { type NetworkPlan, planNetwork } from './plan.ts';
export { ReferenceEngine } from './reference/engine.ts';
export { SimdEngine, type SimdOptions, simdEngine } from './simd/engine.ts';
export type { SimdBuild } from './simd/instantiate.ts';
export { isSupported as isSimdSupported } from './simd/support.ts';
export { ACTIVATIONS, type Activation } from './specification/activation.ts';
export { type MlpOptions, mlp } from './specification/mlp.ts';
export {
  type NetworkOptions,
  type NetworkSpecification,
  network,
} from './specification/network-specification.ts';
