import { batch, effect } from '@preact/signals';
import { formatFragment, parseFragment, takeToken } from '../view-state/fragment.ts';
import { chooseWrite, WRITE_INTERVAL } from '../view-state/pacing.ts';
import { readSrc, writeSrc } from '../view-state/source.ts';
import { DEFAULT_VIEW, type ViewState } from '../view-state/view-state.ts';
import { currentView, type Store } from './store.ts';

const TOKEN_KEY = 'palaestra-token';

/** The server's token: from the address, where it does not stay, else from this tab's memory. */
export function claimToken(): string | null {
  const { token, rest } = takeToken(location.hash);
  if (token !== null) {
    history.replaceState(null, '', `${location.pathname}${location.search}${hash(rest)}`);
    remember(token);
    return token;
  }
  return recall();
}

/** Takes the view from the address. */
export function readAddress(store: Store): void {
  const src = readSrc(location.search);
  const page = src === null ? 'library' : 'watch';
  const view = parseFragment(location.hash, { ...DEFAULT_VIEW, page });
  batch(() => {
    store.src.value = src;
    store.view.value = view;
    store.clock.value = {
      position: view.step,
      playing: view.playing && !store.reducedMotion.value,
      speed: view.speed,
      loop: view.loop,
    };
  });
}

/** Writes the view to the address bar. */
export class AddressBar {
  readonly #store: Store;
  #written: string;
  #latest: string;
  #writtenAt = 0;
  #jumping = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Begins to follow the view; the address must have been read already. */
  constructor(store: Store) {
    this.#store = store;
    this.#written = this.#latest = addressOf(currentView(store), store.src.value);
    effect(() => this.#update(addressOf(currentView(store), store.src.value)));
  }

  /** A change that the back button undoes. */
  jump(change: () => void): void {
    this.#flush();
    this.#jumping = true;
    batch(change);
    this.#jumping = false;
  }

  /** Takes up an address that the browser went to. */
  adopt(): void {
    clearTimeout(this.#timer);
    this.#written = this.#latest = addressOf(currentView(this.#store), this.#store.src.value);
  }

  #update(address: string): void {
    this.#latest = address;
    if (address === this.#written) return;
    const { playing } = this.#store.clock.peek();
    const write = chooseWrite(this.#jumping, playing, Date.now() - this.#writtenAt);
    clearTimeout(this.#timer);
    if (write !== 'later') {
      this.#write(write);
      return;
    }
    const wait = playing ? WRITE_INTERVAL - (Date.now() - this.#writtenAt) : WRITE_INTERVAL / 10;
    this.#timer = setTimeout(() => this.#flush(), Math.max(0, wait));
  }

  #flush(): void {
    if (this.#latest !== this.#written) this.#write('replace');
  }

  #write(how: 'push' | 'replace'): void {
    clearTimeout(this.#timer);
    this.#written = this.#latest;
    this.#writtenAt = Date.now();
    if (how === 'push') history.pushState(null, '', this.#latest);
    else history.replaceState(null, '', this.#latest);
  }
}

function addressOf(view: ViewState, src: string | null): string {
  return `${location.pathname}${writeSrc(location.search, src)}${hash(formatFragment(view))}`;
}

function hash(fragment: string): string {
  return fragment === '' ? '' : `#${fragment}`;
}

function remember(token: string): void {
  try {
    sessionStorage.setItem(TOKEN_KEY, token);
  } catch {
    // Storage can be forbidden: the token then lasts as long as the page.
  }
}

function recall(): string | null {
  try {
    return sessionStorage.getItem(TOKEN_KEY);
  } catch {
    return null;
  }
}
