import type { Range } from '../color/scale.ts';
import { clampSpeed } from '../playback/speed.ts';
import type { Cell } from '../scene/grid-layout.ts';
import { DEFAULT_VIEW, OVERLAYS, type OverlayName, type ViewState } from './view-state.ts';

type Partly = Partial<ViewState>;

/** How each key of the address is read; `null` where its value makes no sense. */
const READERS: Readonly<Record<string, (value: string) => Partly | null>> = {
  q: (value) => ({ filter: value.slice(0, 500) }),
  ep: (value) => counted(value, (episode) => ({ episode })),
  t: (value) => counted(value, (step) => ({ step })),
  play: (value) => switched(value, (playing) => ({ playing })),
  speed: readSpeed,
  loop: (value) => (value === 'off' || value === 'all' ? { loop: value } : null),
  ov: readOverlays,
  sel: readSelection,
  range: readRange,
  theme: (value) => (value === 'light' || value === 'dark' ? { theme: value } : null),
  follow: (value) => switched(value, (following) => ({ following })),
};

/**
 * The view that a fragment such as `#watch/ep=41&t=212&ov=v,p` stands for.
 *
 * What it does not say, or says wrongly, is as in `defaults`; unknown keys are kept.
 *
 * @param fragment With or without `#`.
 */
export function parseFragment(fragment: string, defaults: ViewState = DEFAULT_VIEW): ViewState {
  const { page, parts } = splitFragment(fragment);
  let state: ViewState = page === 'library' || page === 'watch' ? { ...defaults, page } : defaults;
  const unknown: [string, string][] = [];
  for (const [key, value] of parts) {
    if (Object.hasOwn(READERS, key)) state = { ...state, ...READERS[key](value) };
    else if (key !== 'k') unknown.push([key, value]);
  }
  return { ...state, unknown };
}

/** The fragment of a view, without `#`; what is as in `DEFAULT_VIEW` is left out. */
export function formatFragment(state: ViewState): string {
  const parts = state.page === 'watch' ? watchParts(state) : libraryParts(state);
  if (state.theme !== null) parts.push(['theme', state.theme]);
  const text = [...parts, ...state.unknown].map(([key, value]) => `${key}=${encode(value)}`);
  return `${state.page}/${text.join('&')}`;
}

/** The token of the server's first address and the fragment without it. */
export function takeToken(fragment: string): { token: string | null; rest: string } {
  const pieces = fragment.replace(/^#/, '').split('&');
  const isToken = (piece: string) => /^k=[0-9a-zA-Z_-]{8,256}$/.test(piece);
  const token = pieces.find(isToken)?.slice(2) ?? null;
  return { token, rest: pieces.filter((piece) => !piece.startsWith('k=')).join('&') };
}

function libraryParts(state: ViewState): [string, string][] {
  return state.filter === '' ? [] : [['q', state.filter]];
}

function watchParts(state: ViewState): [string, string][] {
  const parts: [string, string][] = [
    ['ep', String(state.episode)],
    ['t', String(state.step)],
  ];
  if (state.playing) parts.push(['play', '1']);
  if (state.speed !== 1) parts.push(['speed', String(state.speed)]);
  if (state.loop !== 'off') parts.push(['loop', state.loop]);
  if (state.overlays.join() !== DEFAULT_VIEW.overlays.join()) {
    parts.push(['ov', state.overlays.join()]);
  }
  if (state.selected) parts.push(['sel', `cell:${state.selected.row},${state.selected.column}`]);
  if (state.range) parts.push(['range', `${state.range.low}..${state.range.high}`]);
  if (state.following) parts.push(['follow', '1']);
  return parts;
}

function splitFragment(fragment: string): { page: string | null; parts: [string, string][] } {
  let page: string | null = null;
  const parts: [string, string][] = [];
  for (const piece of fragment.replace(/^#/, '').split('&')) {
    const named = /^([a-z]+)\/(.*)$/s.exec(piece);
    if (named) page = named[1];
    const assignment = named ? named[2] : piece;
    const equals = assignment.indexOf('=');
    if (equals > 0) parts.push([assignment.slice(0, equals), decode(assignment.slice(equals + 1))]);
  }
  return { page, parts };
}

function readSpeed(value: string): Partly | null {
  const speed = Number(value);
  return speed > 0 && Number.isFinite(speed) ? { speed: clampSpeed(speed) } : null;
}

function readOverlays(value: string): Partly | null {
  const names = value === '' ? [] : value.split(',');
  if (!names.every((name) => OVERLAYS.includes(name as OverlayName))) return null;
  return { overlays: OVERLAYS.filter((name) => names.includes(name)) };
}

function readSelection(value: string): Partly | null {
  const match = /^cell:(\d{1,6}),(\d{1,6})$/.exec(value);
  if (match === null) return null;
  const selected: Cell = { row: Number(match[1]), column: Number(match[2]) };
  return { selected };
}

function readRange(value: string): Partly | null {
  const ends = value.split('..');
  if (ends.length !== 2 || ends.some((end) => end.trim() === '')) return null;
  const range: Range = { low: Number(ends[0]), high: Number(ends[1]) };
  const finite = Number.isFinite(range.low) && Number.isFinite(range.high);
  return finite && range.low <= range.high ? { range } : null;
}

function counted(value: string, make: (count: number) => Partly): Partly | null {
  return /^\d{1,15}$/.test(value) ? make(Number(value)) : null;
}

function switched(value: string, make: (on: boolean) => Partly): Partly | null {
  return value === '0' || value === '1' ? make(value === '1') : null;
}

function encode(value: string): string {
  return encodeURIComponent(value).replace(/%2C/g, ',').replace(/%3A/g, ':').replace(/%2F/g, '/');
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
