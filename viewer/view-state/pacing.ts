/** How a change of the view goes into the address bar. */
export type Write = 'push' | 'replace' | 'later';

/** Milliseconds between two writes while playing: browsers refuse a page that writes more often. */
export const WRITE_INTERVAL = 1000;

/**
 * Whether a change is a new entry of the browser's history, a change of the present one, or waits.
 *
 * @param jump Whether the user went somewhere else: another episode, a scrub, a page.
 * @param sinceLast Milliseconds since the address was last written.
 */
export function chooseWrite(jump: boolean, playing: boolean, sinceLast: number): Write {
  if (jump) return 'push';
  if (playing && sinceLast < WRITE_INTERVAL) return 'later';
  return sinceLast < WRITE_INTERVAL / 10 ? 'later' : 'replace';
}
