export type { Network } from './network.ts';
export {
  ACTIVATIONS,
  type Activation,
  type DenseShape,
  type MlpOptions,
  type MlpSpecification,
  mlp,
  mlpShapes,
} from './specification.ts';
