import { setFlagsFromString } from 'node:v8';
import { useWideTiles } from '../networks/simd/instantiate.ts';

const FIRST_V8 = 13; // Node 24's: the first that is built with it

/**
 * Lets V8 join pairs of SIMD's registers of four numbers into such of eight, as AVX2 has them. Networks
 * then take half to two thirds of the time, and bits stay what they are.
 *
 * To be called before the first engine is made. It holds for the whole process, workers included.
 * V8 calls this an experiment ("revectorization"), so nothing does it unasked.
 *
 * @returns whether it is done: from Node 24 on, on x64. A processor without AVX2 is better off without.
 */
export function allowWideSimd(): boolean {
  const { arch, versions } = process;
  if (arch !== 'x64' || !(Number.parseInt(versions.v8, 10) >= FIRST_V8)) return false;
  setFlagsFromString('--experimental-wasm-revectorize');
  useWideTiles(true);
  return true;
}
