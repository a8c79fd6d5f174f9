import type { Scene } from '../../core/scene.ts';

/** Slowest and fastest playback. */
export const SPEEDS: { readonly slowest: number; readonly fastest: number } = {
  slowest: 1 / 16,
  fastest: 64,
};

/** A speed within the limits; anything that is no number above 0 becomes 1. */
export function clampSpeed(speed: number): number {
  if (!(speed > 0)) return 1;
  return Math.min(SPEEDS.fastest, Math.max(SPEEDS.slowest, speed));
}

/** Twice as fast, up to the limit. */
export function faster(speed: number): number {
  return clampSpeed(2 ** (Math.floor(Math.log2(speed) + 1e-9) + 1));
}

/** Half as fast, down to the limit. */
export function slower(speed: number): number {
  return clampSpeed(2 ** (Math.ceil(Math.log2(speed) - 1e-9) - 1));
}

/**
 * Steps a second at speed 1: as fast as a person can follow such a picture.
 *
 * Physics runs in its own time (50 steps a second in the classic control worlds), boards slowly.
 */
export function stepsPerSecond(scene: Scene | null): number {
  if (scene === null || scene.kind === 'grid') return 4;
  if (scene.kind === 'screen' || scene.kind === 'image') return 30;
  return scene.actionPositions ? 8 : 50;
}

/** What typing a speed looks like so far: its digits, or nothing. */
export interface SpeedChord {
  readonly digits: string;
}

/** No digit typed. */
export const EMPTY_CHORD: SpeedChord = { digits: '' };

/** The chord after one more key, and the speed when Enter has ended it. */
export function typeSpeed(
  chord: SpeedChord,
  key: string,
): { readonly chord: SpeedChord; readonly speed: number | null; readonly taken: boolean } {
  if (/^[0-9]$/.test(key)) {
    return { chord: { digits: (chord.digits + key).slice(-3) }, speed: null, taken: true };
  }
  if (chord.digits === '') return { chord, speed: null, taken: false };
  const speed = key === 'Enter' ? clampSpeed(Number(chord.digits)) : null;
  const taken = key === 'Enter' || key === 'Escape';
  return { chord: EMPTY_CHORD, speed, taken };
}
