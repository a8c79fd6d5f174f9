import { setFlagsFromString } from 'node:v8';
import { isSupported } from '../networks/simd/support.ts';

/**
 * Lets Node 20 run the `fast` build of the networks' kernels; later ones do so anyway.
 *
 * To be called before `simdEngine({ build: 'fast' })`. It holds for the whole process, workers
 * included.
 *
 * @returns whether that build can run now.
 */
export function allowRelaxedSimd(): boolean {
  if (!isSupported('fast')) setFlagsFromString('--experimental-wasm-relaxed-simd');
  return isSupported('fast');
}
