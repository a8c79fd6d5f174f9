import { batch } from '@preact/signals';
import type { ByteSource } from '../../training/zip/byte-source.ts';
import type { AddressBar } from './address.ts';
import { follow, liveRecordingOf } from './following.ts';
import { openSource } from './opening.ts';
import { goTo, goToEpisode, setSpeed, stepAway, toggleLoop, togglePlaying } from './playing.ts';
import { changeView, type Store } from './store.ts';

/** What a person can do; the address bar keeps up with each of them. */
export interface Actions {
  togglePlaying(): void;
  /** Some steps forward or back. */
  step(steps: number): void;
  goTo(step: number): void;
  /** To the end, following the run if it is live. */
  goToEnd(): void;
  /** To one of `store.stops`; nothing happens where there is no such. */
  goToStop(index: number): void;
  setSpeed(speed: number): void;
  toggleLoop(): void;
  /** Opens a recording by what `?src=` takes. */
  open(src: string): void;
  /** Opens a file that was dropped into the page. */
  openFile(name: string, bytes: ByteSource): void;
  /** Opens the newest episode of the run and keeps up with it. */
  followRun(): void;
  showLibrary(): void;
  search(): void;
  toggleFullScreen(): void;
  copyLink(): void;
  /** Shows a line for a moment. */
  say(text: string): void;
}

/** The actions of a page. */
export function createActions(store: Store, address: AddressBar): Actions {
  const say = noticeBoard(store);
  const open = (src: string) => {
    address.jump(() => {
      store.src.value = src;
      store.clock.value = { ...store.clock.peek(), position: 0, playing: false };
      changeView(store, { ...FRESH, page: 'watch' });
    });
    void openSource(store);
  };
  return {
    togglePlaying: () => togglePlaying(store),
    step: (steps) => {
      if (Math.abs(steps) === 1) stepAway(store, steps);
      else address.jump(() => stepAway(store, steps));
    },
    goTo: (step) => address.jump(() => goTo(store, step)),
    goToEnd: () => address.jump(() => goToEnd(store)),
    goToStop: (index) => {
      const stop = store.stops.peek()[index];
      if (stop === undefined) return;
      if (stop.src !== store.src.peek()) open(stop.src);
      else address.jump(() => goToEpisode(store, stop.episode));
    },
    setSpeed: (speed) => setSpeed(store, speed),
    toggleLoop: () => toggleLoop(store),
    open,
    openFile: (name, bytes) => {
      store.dropped.set(name, bytes);
      open(`dropped:${name}`);
    },
    followRun: () => {
      const live = liveRecordingOf(store.run.peek());
      if (live !== null && live !== store.src.peek()) open(live);
      follow(store);
    },
    showLibrary: () => address.jump(() => changeView(store, { page: 'library' })),
    search: () => {
      if (store.view.peek().page !== 'library') {
        address.jump(() => changeView(store, { page: 'library' }));
      }
      if (!focusSearch()) requestAnimationFrame(focusSearch); // the page may have to appear first
    },
    toggleFullScreen: () => void toggleFullScreen().catch(() => say('Full screen is not allowed.')),
    copyLink: () => void copyLink().then(say),
    say,
  };
}

const FRESH = { episode: 0, selected: null, range: null, following: false } as const;

function goToEnd(store: Store): void {
  const last = store.replay.peek()?.lastStep ?? 0;
  const live = liveRecordingOf(store.run.peek()) === store.src.peek() && store.src.peek() !== null;
  batch(() => {
    goTo(store, last);
    store.clock.value = { ...store.clock.peek(), playing: false };
    if (live) follow(store);
  });
}

function focusSearch(): boolean {
  const box = document.querySelector<HTMLElement>('#search');
  box?.focus();
  return box !== null;
}

async function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.querySelector('.stage')?.requestFullscreen();
}

async function copyLink(): Promise<string> {
  try {
    await navigator.clipboard.writeText(location.href);
    return 'Link copied.';
  } catch {
    return 'The link is in the address bar; the clipboard is not allowed.';
  }
}

function noticeBoard(store: Store): (text: string) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (text) => {
    store.notice.value = text;
    clearTimeout(timer);
    timer = setTimeout(() => {
      store.notice.value = '';
    }, 4000);
  };
}
