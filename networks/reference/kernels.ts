import type { Kernels } from '../kernels/kernels.ts';
import { activationKernels } from './activations.ts';
import { arrayKernels } from './arrays.ts';
import { convolutionKernels } from './convolution.ts';
import { duelingKernels } from './dueling.ts';
import { noiseKernels } from './noise.ts';
import { normalizationKernels } from './normalization.ts';
import type { NumbersOf } from './numbers-of.ts';
import { optimizerKernels } from './optimizers.ts';
import { poolingKernels } from './pooling.ts';
import { productKernels } from './products.ts';
import { recurrentKernels } from './recurrent.ts';
import { softmaxKernels } from './softmax.ts';

/** All kernels in plain TypeScript: slow, and what the fast ones are compared with. */
export function referenceKernels(heap: NumbersOf): Kernels {
  const arrays = arrayKernels(heap);
  const activations = activationKernels(heap);
  return {
    ...arrays,
    ...activations,
    ...productKernels(heap, arrays, activations),
    ...recurrentKernels(heap),
    ...optimizerKernels(heap),
    ...convolutionKernels(heap),
    ...poolingKernels(heap),
    ...softmaxKernels(heap),
    ...normalizationKernels(heap),
    ...noiseKernels(heap),
    ...duelingKernels(heap),
  };
}
