import type { JSX } from 'preact';

const PATHS = {
  play: 'M8 5v14l11-7z',
  pause: 'M7 5h4v14H7zm6 0h4v14h-4z',
  start: 'M6 5h2.500v14H6zm12 0v14L9.500 12z',
  end: 'M15.500 5H18v14h-2.500zM6 5v14l8.500-7z',
  back: 'M15 5v14l-8-7z',
  forward: 'M9 5v14l8-7z',
  loop: 'M7 7h9V4l5 4.500-5 4.500v-3H7v3H5V9a2 2 0 0 1 2-2zm10 10H8v3l-5-4.500L8 11v3h9v-3h2v4a2 2 0 0 1-2 2z',
  full: 'M5 5h6v2H7v4H5zm8 0h6v6h-2V7h-4zM5 13h2v4h4v2H5zm12 0h2v6h-6v-2h4z',
  link: 'M10 17H7a5 5 0 0 1 0-10h3v2H7a3 3 0 0 0 0 6h3zm-2-6h8v2H8zm6-4h3a5 5 0 0 1 0 10h-3v-2h3a3 3 0 0 0 0-6h-3z',
  sun: 'M12 7a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM11 2h2v3h-2zm0 17h2v3h-2zM2 11h3v2H2zm17 0h3v2h-3zM4.200 5.600l1.400-1.400 2.100 2.100-1.400 1.400zm12.100 12.100 1.400-1.400 2.100 2.100-1.400 1.400zM4.200 18.400l2.100-2.100 1.400 1.400-2.100 2.100zM16.300 6.300l2.100-2.100 1.400 1.400-2.100 2.100z',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500z',
  library: 'M4 4h4v16H4zm6 0h4v16h-4zm5.500.800 3.900-1L23 19.200l-3.900 1z',
  watch:
    'M12 5c5 0 9 4.500 10 7-1 2.500-5 7-10 7S3 14.500 2 12c1-2.500 5-7 10-7zm0 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  lock: 'M7 10V8a5 5 0 0 1 10 0v2h1v10H6V10zm2 0h6V8a3 3 0 0 0-6 0z',
  unlock: 'M7 10V8a5 5 0 0 1 9.600-2l-1.900.700A3 3 0 0 0 9 8v2h9v10H6V10z',
} as const;

/** Names of the drawings. */
export type IconName = keyof typeof PATHS;

/** A drawing beside or instead of a word; it says nothing by itself, so the button must. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="currentColor" />
    </svg>
  );
}
