import { EMPTY_CHORD, faster, type SpeedChord, slower, typeSpeed } from '../playback/speed.ts';
import { type Action, actionOf } from '../view-state/keymap.ts';
import { type OverlayName, toggleOverlay } from '../view-state/view-state.ts';
import type { Actions } from './actions.ts';
import { changeView, type Store } from './store.ts';

/** Listens for the keys of the help sheet, except while something is being typed. */
export function listenToKeys(store: Store, actions: Actions): void {
  let chord: SpeedChord = EMPTY_CHORD;
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || isTyping(event)) return;
    if (store.replay.peek() && !hasModifier(event) && store.view.peek().page === 'watch') {
      const typed = typeSpeed(chord, event.key);
      chord = typed.chord;
      store.typed.value = chord.digits;
      if (typed.speed !== null) actions.setSpeed(typed.speed);
      if (typed.taken) return event.preventDefault();
    }
    const action = actionOf(event);
    if (action === null || isOwnKey(event) || !perform(action, store, actions)) return;
    event.preventDefault();
  });
}

/** @returns whether the action meant something here. */
function perform(action: Action, store: Store, actions: Actions): boolean {
  if (performAnywhere(action, store, actions)) return true;
  if (store.view.peek().page !== 'watch' || store.replay.peek() === null) return false;
  const { speed } = store.clock.peek();
  const watching: Partial<Record<Action, () => void>> = {
    'toggle-play': actions.togglePlaying,
    'step-forward': () => actions.step(1),
    'step-back': () => actions.step(-1),
    'leap-forward': () => actions.step(10),
    'leap-back': () => actions.step(-10),
    'next-episode': () => actions.goToStop(store.stop.peek() + 1),
    'previous-episode': () => actions.goToStop(store.stop.peek() - 1),
    'go-to-start': () => actions.goTo(0),
    'go-to-end': actions.goToEnd,
    slower: () => actions.setSpeed(slower(speed)),
    faster: () => actions.setSpeed(faster(speed)),
    'toggle-loop': actions.toggleLoop,
    'full-screen': actions.toggleFullScreen,
    'copy-link': actions.copyLink,
    'overlay-v': () => switchOverlay(store, 'v'),
    'overlay-p': () => switchOverlay(store, 'p'),
    'overlay-q': () => switchOverlay(store, 'q'),
    'overlay-g': () => switchOverlay(store, 'g'),
  };
  const act = watching[action];
  act?.();
  return act !== undefined;
}

function performAnywhere(action: Action, store: Store, actions: Actions): boolean {
  if (action === 'help') store.helpOpen.value = !store.helpOpen.peek();
  else if (action === 'search') actions.search();
  else if (action === 'close' && store.helpOpen.peek()) store.helpOpen.value = false;
  else if (action === 'close' && store.view.peek().selected) changeView(store, { selected: null });
  else return false;
  return true;
}

function switchOverlay(store: Store, name: OverlayName): void {
  changeView(store, { overlays: toggleOverlay(store.view.peek().overlays, name) });
}

function isTyping({ target }: Event): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const types = ['text', 'search', 'url', 'number'];
  if (target instanceof HTMLInputElement) return types.includes(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** A focused button has its own use for Space and Enter. */
function isOwnKey(event: KeyboardEvent): boolean {
  const onButton = event.target instanceof Element && event.target.closest('button, a, summary');
  return Boolean(onButton) && (event.key === ' ' || event.key === 'Enter');
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey;
}
