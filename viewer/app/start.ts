import { effect } from '@preact/signals';
import { connectLive, type LiveConnection } from '../net/live.ts';
import { appendBytes, appendLines, EMPTY_LOG } from '../net/metrics-log.ts';
import { fetchLibrary, fetchMetrics } from '../net/server.ts';
import { type Actions, createActions } from './actions.ts';
import { AddressBar, claimToken, readAddress } from './address.ts';
import { followRuns } from './following.ts';
import { exposeHook } from './hook.ts';
import { listenToKeys } from './keyboard.ts';
import { openSource } from './opening.ts';
import { runClock } from './playing.ts';
import { createStore, type Store } from './store.ts';

/** Brings the application to life; what is left to do is to draw it. */
export function startApp(): { store: Store; actions: Actions } {
  const token = claimToken();
  const store = createStore({ base: document.baseURI.replace(/[?#].*$/, ''), token });
  watchSystem(store);
  readAddress(store);
  const address = new AddressBar(store);
  const actions = createActions(store, address);
  listenToKeys(store, actions);
  listenToHistory(store, address);
  showOnPage(store);
  exposeHook(store);
  runClock(store);
  followRuns(store);
  void openSource(store);
  void loadLibrary(store);
  return { store, actions };
}

function watchSystem(store: Store): void {
  const watch = (query: string, tell: (matches: boolean) => void) => {
    const list = matchMedia(query);
    tell(list.matches);
    list.addEventListener('change', () => tell(list.matches));
  };
  watch('(prefers-color-scheme: dark)', (dark) => {
    store.systemIsDark.value = dark;
  });
  watch('(prefers-reduced-motion: reduce)', (reduced) => {
    store.reducedMotion.value = reduced;
  });
}

function showOnPage(store: Store): void {
  effect(() => {
    document.documentElement.dataset.theme = store.theme.value;
  });
  effect(() => {
    const world = store.replay.value?.manifest.env.id;
    document.title = world === undefined ? 'Palaestra' : `${world} · Palaestra`;
  });
}

/** Back, forward, and addresses typed by hand. */
function listenToHistory(store: Store, address: AddressBar): void {
  window.addEventListener('popstate', () => {
    const before = { src: store.src.peek(), episode: store.view.peek().episode };
    readAddress(store);
    address.adopt();
    const same = before.src === store.src.peek() && before.episode === store.view.peek().episode;
    if (!same) void openSource(store);
  });
}

async function loadLibrary(store: Store): Promise<void> {
  store.library.value = await fetchLibrary(store.server);
  const { token, base } = store.server;
  const served = store.library.value?.root;
  if (token === null || served === null || served === undefined) return;
  const connection = connectLive(base, token, {
    message(message) {
      if (message.type === 'library') store.library.value = message.library;
      else if (message.run === store.run.peek()?.path) {
        store.metrics.value = appendLines(store.metrics.peek(), message.offset, message.lines);
      }
    },
    connected(connected) {
      store.connected.value = connected;
    },
  });
  followMetrics(store, connection);
}

/** Keeps the learning curve of the open recording's run up to date. */
function followMetrics(store: Store, connection: LiveConnection): void {
  let shown: string | null = null;
  const load = async (path: string) => {
    const log = appendBytes(EMPTY_LOG, await fetchMetrics(store.server, path, 0));
    if (shown !== path) return;
    store.metrics.value = log;
    connection.subscribe(path, log.offset);
  };
  effect(() => {
    const run = store.run.value;
    const path = run?.metricsSize === null ? null : (run?.path ?? null);
    if (path === shown) return;
    shown = path;
    store.metrics.value = EMPTY_LOG;
    if (path !== null) void load(path);
  });
}
