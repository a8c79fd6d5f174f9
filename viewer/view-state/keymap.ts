import type { OverlayName } from './view-state.ts';

/** What a key can do. */
export type Action =
  | 'toggle-play'
  | 'step-forward'
  | 'step-back'
  | 'leap-forward'
  | 'leap-back'
  | 'next-episode'
  | 'previous-episode'
  | 'go-to-start'
  | 'go-to-end'
  | 'slower'
  | 'faster'
  | 'toggle-loop'
  | `overlay-${OverlayName}`
  | 'full-screen'
  | 'copy-link'
  | 'search'
  | 'help'
  | 'close';

/** One line of the help sheet. */
export interface Binding {
  readonly action: Action;
  /** Keys as `KeyboardEvent.key` names them, with `Ctrl+` and `Shift+` before. */
  readonly keys: readonly string[];
  readonly text: string;
  /** Heading under which the help sheet lists it. */
  readonly group: 'Playback' | 'Overlays' | 'View';
}

/** Every key of the viewer. */
export const KEYMAP: readonly Binding[] = [
  bind('Playback', 'toggle-play', 'Play, pause', ' '),
  bind('Playback', 'step-forward', 'One step forward', 'ArrowRight', 'j'),
  bind('Playback', 'step-back', 'One step back', 'ArrowLeft', 'k'),
  bind('Playback', 'leap-forward', 'Ten steps forward', 'Shift+ArrowRight'),
  bind('Playback', 'leap-back', 'Ten steps back', 'Shift+ArrowLeft'),
  bind('Playback', 'next-episode', 'Next episode', 'Ctrl+ArrowRight'),
  bind('Playback', 'previous-episode', 'Previous episode', 'Ctrl+ArrowLeft'),
  bind('Playback', 'go-to-start', 'Start of the episode', 'Home'),
  bind('Playback', 'go-to-end', 'End of the episode, and follow a live run', 'End'),
  bind('Playback', 'slower', 'Half as fast', '['),
  bind('Playback', 'faster', 'Twice as fast', ']'),
  bind('Playback', 'toggle-loop', 'Loop off, all', 'l', 'L'),
  bind('Overlays', 'overlay-v', 'Values of the states', 'v'),
  bind('Overlays', 'overlay-p', 'Best actions', 'p'),
  bind('Overlays', 'overlay-q', 'Values of the actions', 'q'),
  bind('Overlays', 'overlay-g', 'Numbers', 'g'),
  bind('View', 'full-screen', 'Full screen', 'f'),
  bind('View', 'copy-link', 'Copy a link to this view', 'Ctrl+l'),
  bind('View', 'search', 'Search the library', '/'),
  bind('View', 'help', 'This sheet', '?'),
  bind('View', 'close', 'Close, or let go of the pinned cell', 'Escape'),
];

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** What a key press asks for; `null` for nothing. Command counts as Control. */
export function actionOf(press: KeyPress): Action | null {
  if (press.altKey) return null;
  const control = press.ctrlKey || press.metaKey ? 'Ctrl+' : '';
  // Shift is part of a printed character already.
  const shift = press.shiftKey && press.key.length > 1 ? 'Shift+' : '';
  const name = control + shift + press.key;
  return KEYMAP.find((binding) => binding.keys.includes(name))?.action ?? null;
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** A key for people: `Shift+→`, `Space`, `Ctrl+L`. */
export function keyText(key: string): string {
  const parts = key === ' ' ? [' '] : key.split('+');
  const last = parts[parts.length - 1];
  const named = KEY_NAMES[last] ?? (parts.length > 1 ? last.toUpperCase() : last);
  return [...parts.slice(0, -1), named].join('+');
}

function bind(
  group: Binding['group'],
  action: Action,
  text: string,
  ...keys: readonly string[]
): Binding {
  return { group, action, text, keys };
}
