/** Where playback is. */
export interface Clock {
  /** Step on show, with the fraction of the way to the next; 0 … last step. */
  readonly position: number;
  readonly playing: boolean;
  /** Multiple of the world's own pace. */
  readonly speed: number;
  /** What happens at the end: stop, or start over. */
  readonly loop: Loop;
}

/** `all` repeats the episode. */
export type Loop = 'off' | 'all';

/** The step that a clock shows: 0 is the start, `lastStep` the state after the last action. */
export function stepOf(clock: Clock): number {
  return Math.floor(clock.position);
}

/**
 * The clock some time later. At the end it stops, or starts over after showing the last step as
 * long as any other.
 *
 * @param pace Steps a second at speed 1.
 * @param seconds Since the last call, at least 0.
 */
export function advance(clock: Clock, lastStep: number, pace: number, seconds: number): Clock {
  if (!clock.playing) return clock;
  const position = clock.position + Math.max(0, seconds) * pace * clock.speed;
  if (clock.loop === 'all') {
    return { ...clock, position: position < lastStep + 1 ? position : position % (lastStep + 1) };
  }
  if (position < lastStep) return { ...clock, position };
  return { ...clock, position: lastStep, playing: false };
}

/** Playback stopped `steps` steps away from the one on show. */
export function stepBy(clock: Clock, lastStep: number, steps: number): Clock {
  return seek(clock, lastStep, stepOf(clock) + steps, false);
}

/**
 * The clock at another step, within the episode.
 *
 * @param playing Whether it goes on playing from there. Default: as before.
 */
export function seek(
  clock: Clock,
  lastStep: number,
  step: number,
  playing: boolean = clock.playing,
): Clock {
  const wanted = Number.isFinite(step) ? Math.round(step) : 0;
  return { ...clock, position: Math.min(lastStep, Math.max(0, wanted)), playing };
}

/** Play or pause; playing from the end starts over. */
export function togglePlay(clock: Clock, lastStep: number): Clock {
  if (clock.playing) return { ...clock, position: stepOf(clock), playing: false };
  const position = stepOf(clock) >= lastStep ? 0 : clock.position;
  return { ...clock, position, playing: true };
}
