export type { CreateOptions, Engine } from './engine.ts';
export { type Elman, type ElmanOptions, elman } from './layers/elman.ts';
export { type Gru, type GruOptions, gru } from './layers/gru.ts';
export { type Lstm, type LstmOptions, lstm } from './layers/lstm.ts';
export type { ForwardOptions, Network } from './network.ts';
export { type NetworkPlan, planNetwork } from './plan.ts';
export { ReferenceEngine } from './reference/engine.ts';
export { ACTIVATIONS, type Activation } from './specification/activation.ts';
export { type MlpOptions, mlp } from './specification/mlp.ts';
export {
  type NetworkOptions,
  type NetworkSpecification,
  network,
} from './specification/network-specification.ts';
