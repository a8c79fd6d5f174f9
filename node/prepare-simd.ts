import { allowRelaxedSimd } from './relaxed-simd.ts';
import { allowWideSimd, canBeWide } from './wide-simd.ts';

/** Whether the environment asks for wide SIMD. */
function asksForWideSimd(): boolean {
  const { PALAESTRA_WIDE_SIMD: wide = '' } = process.env;
  return wide !== '' && wide !== '0';
}

/**
 * Lets every engine be named in this process, and SIMD be wide where `PALAESTRA_WIDE_SIMD` says so.
 *
 * @returns what could not be done, in a sentence; `null` if nothing.
 */
export function prepareSimd(): string | null {
  allowRelaxedSimd();
  if (!asksForWideSimd() || allowWideSimd()) return null;
  return 'PALAESTRA_WIDE_SIMD needs Node 24 or newer on an x64 processor: networks run without it.';
}

/** Where SIMD can be wide: whether it is, or how it would be. Else `null`. */
export function wideSimdAdvice(): string | null {
  if (!canBeWide()) return null;
  return asksForWideSimd()
    ? 'SIMD is wide, as PALAESTRA_WIDE_SIMD says.'
    : 'With PALAESTRA_WIDE_SIMD=1 simd and simd-fast are faster. See docs/networks.md.';
}
