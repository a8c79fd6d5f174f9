import type * as tfjs from '@tensorflow/tfjs';

/** The library as it was imported: `@tensorflow/tfjs`, or a package for Node that has all of it. */
export type TensorFlow = typeof tfjs;

/** Numbers on a device. */
export type Tensor = tfjs.Tensor;

/** A list of them. */
export type Tensor1D = tfjs.Tensor1D;

/** A matrix of them. */
export type Tensor2D = tfjs.Tensor2D;

/** A box of them. */
export type Tensor3D = tfjs.Tensor3D;

/** Images side by side, `[rows, height, width, channels]`; or filters. */
export type Tensor4D = tfjs.Tensor4D;
