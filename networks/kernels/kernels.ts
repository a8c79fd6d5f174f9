import type { ActivationKernels } from './activations.ts';
import type { ArrayKernels } from './arrays.ts';
import type { ConvolutionKernels } from './convolution.ts';
import type { DuelingKernels } from './dueling.ts';
import type { NoiseKernels } from './noise.ts';
import type { NormalizationKernels } from './normalization.ts';
import type { OptimizerKernels } from './optimizers.ts';
import type { PoolingKernels } from './pooling.ts';
import type { ProductKernels } from './products.ts';
import type { RecurrentKernels } from './recurrent.ts';
import type { SoftmaxKernels } from './softmax.ts';

/**
 * The arithmetic of layers, on one flat array of numbers: what an engine brings.
 *
 * Everything is named by the index of its first number in that array. Matrices are row-major; a
 * `stride` is the distance from one row to the next. Nothing is checked and nothing allocated.
 * `networks/reference` has these in plain TypeScript, in float64 or float32; `networks/simd` as
 * WebAssembly with the same names and the same order of arguments, so that its exports are these.
 *
 * Truth values are 0 and 1. A sum in a backward kernel is *added* to where the comment says so.
 */
export interface Kernels
  extends ArrayKernels,
    ProductKernels,
    ActivationKernels,
    RecurrentKernels,
    OptimizerKernels,
    ConvolutionKernels,
    PoolingKernels,
    SoftmaxKernels,
    NormalizationKernels,
    NoiseKernels,
    DuelingKernels {}
