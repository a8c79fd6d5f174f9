import { setFlagsFromString } from 'node:v8';
import { useWideTiles } from '../networks/simd/instantiate.ts';

const FIRST_V8 = 13; // Node 24's: the first that is built with it

/** Whether SIMD can be wide in this process: from Node 24 on, on x64. */
export function canBeWide(): boolean {
  const { arch, versions } = process;
  return arch === 'x64' && Number.parseInt(versions.v8, 10) >= FIRST_V8;
}

/**
 * Lets V8 join pairs of SIMD's registers of four numbers into such of eight, as AVX2 has them. Products
 * of matrices then take half to two thirds of the time, and bits stay what they are.
 *
 * To be called before the first engine is made, and in each worker thread that makes engines: V8's flag
 * holds for the whole process, the tiles that suit it for the thread. V8 calls this an experiment
 * ("revectorization"), so nothing does it unasked.
 *
 * Source: V8's wiki, "AVX Revectorization Evaluation Guide"; nodejs/node#54896.
 *
 * @returns whether it is done: from Node 24 on, on x64. A processor without AVX2 is better off without.
 */
export function allowWideSimd(): boolean {
  if (!canBeWide()) return false;
  setFlagsFromString('--experimental-wasm-revectorize');
  useWideTiles(true);
  return true;
}
