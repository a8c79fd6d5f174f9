import { kernelBytes, type SimdBuild } from './instantiate.ts';
import { type WebAssemblyInterface, webAssembly } from './web-assembly.ts';

/** Whether this JavaScript engine can run a build. */
export function isSupported(build: SimdBuild): boolean {
  return webAssembly?.validate(kernelBytes(build)) === true;
}

/** @throws Error that says what is missing and what to do. */
export function checkSupport(build: SimdBuild): WebAssemblyInterface {
  if (webAssembly !== undefined && isSupported(build)) return webAssembly;
  if (isSupported('portable')) {
    throw new Error(
      'simdEngine: relaxed SIMD is not available here. Use the build "portable", or on Node 20 ' +
        'call allowRelaxedSimd() of palaestra/node first.',
    );
  }
  throw new Error(
    'simdEngine: WebAssembly with SIMD is not available here. Use the reference engine.',
  );
}
