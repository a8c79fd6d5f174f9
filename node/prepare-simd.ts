import { allowRelaxedSimd } from './relaxed-simd.ts';
import { allowWideSimd } from './wide-simd.ts';

/**
 * Lets every engine be named in this process, and SIMD be wide where `PALAESTRA_WIDE_SIMD` says so.
 *
 * @returns what could not be done, in a sentence; `null` if nothing.
 */
export function prepareSimd(): string | null {
  allowRelaxedSimd();
  const { PALAESTRA_WIDE_SIMD: wide = '' } = process.env;
  if (wide === '' || wide === '0' || allowWideSimd()) return null;
  return 'PALAESTRA_WIDE_SIMD needs Node 24 or newer on an x64 processor: networks run without it.';
}
