import type { Range } from '../color/scale.ts';
import type { ThemeName } from '../color/theme.ts';
import type { Loop } from '../playback/clock.ts';
import type { Cell } from '../scene/grid-layout.ts';

/** The pages of the viewer. */
export type PageName = 'library' | 'watch';

/** What can be laid over a scene: value, policy, action values, numbers. */
export type OverlayName = 'v' | 'p' | 'q' | 'g';

/** Every overlay, in the order of their buttons. */
export const OVERLAYS: readonly OverlayName[] = ['v', 'p', 'q', 'g'];

/** Everything that a link to a view restores. Plain data; each change makes a new one. */
export interface ViewState {
  readonly page: PageName;
  /** What the library's search box holds. */
  readonly filter: string;
  /** Index of the episode in its recording. */
  readonly episode: number;
  /** Step on show. */
  readonly step: number;
  readonly playing: boolean;
  /** Multiple of the world's own pace. */
  readonly speed: number;
  readonly loop: Loop;
  readonly overlays: readonly OverlayName[];
  /** The pinned cell of a grid. */
  readonly selected: Cell | null;
  /** The value scale's ends where they are locked. */
  readonly range: Range | null;
  /** `null` follows the system. */
  readonly theme: ThemeName | null;
  /** Whether new episodes of a live run are shown as they come. */
  readonly following: boolean;
  /** Keys of the address that this version does not know; they are kept. */
  readonly unknown: readonly (readonly [string, string])[];
}

/** What the address stands for when it says nothing. */
export const DEFAULT_VIEW: ViewState = {
  page: 'library',
  filter: '',
  episode: 0,
  step: 0,
  playing: false,
  speed: 1,
  loop: 'off',
  overlays: ['v', 'p', 'g'],
  selected: null,
  range: null,
  theme: null,
  following: false,
  unknown: [],
};

/** The overlays with one of them switched. */
export function toggleOverlay(
  overlays: readonly OverlayName[],
  name: OverlayName,
): readonly OverlayName[] {
  return OVERLAYS.filter((known) => (known === name) !== overlays.includes(known));
}
