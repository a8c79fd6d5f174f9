import { batch, computed, effect } from '@preact/signals';
import { advance, type Clock, seek, stepBy, togglePlay } from '../playback/clock.ts';
import { clampSpeed, stepsPerSecond } from '../playback/speed.ts';
import { openEpisode } from './opening.ts';
import { changeView, type Store } from './store.ts';

const LONGEST_FRAME = 0.25; // seconds; a tab that was hidden does not leap ahead

/** Plays as long as the clock says so: one call per frame, none while it rests. */
export function runClock(store: Store): void {
  let frame = 0;
  let before = 0;
  const tick = (now: number) => {
    const replay = store.replay.peek();
    const clock = store.clock.peek();
    if (replay === null || !clock.playing) return;
    const seconds = before === 0 ? 0 : Math.min(LONGEST_FRAME, (now - before) / 1000);
    before = now;
    const pace = stepsPerSecond(store.scene.peek());
    store.clock.value = advance(clock, replay.lastStep, pace, seconds);
    if (store.clock.peek().playing) frame = requestAnimationFrame(tick);
  };
  const running = computed(() => store.clock.value.playing && store.replay.value !== null);
  effect(() => {
    cancelAnimationFrame(frame);
    before = 0;
    if (running.value) frame = requestAnimationFrame(tick);
  });
}

/** Play or pause. */
export function togglePlaying(store: Store): void {
  change(store, (clock, lastStep) => togglePlay(clock, lastStep));
}

/** Some steps forward, or back; playing stops, and so does following. */
export function stepAway(store: Store, steps: number): void {
  batch(() => {
    changeView(store, { following: false });
    change(store, (clock, lastStep) => stepBy(clock, lastStep, steps));
  });
}

/** To another step of the episode; following stops. */
export function goTo(store: Store, step: number): void {
  batch(() => {
    changeView(store, { following: false });
    change(store, (clock, lastStep) => seek(clock, lastStep, step));
  });
}

/** Plays faster or slower. */
export function setSpeed(store: Store, speed: number): void {
  store.clock.value = { ...store.clock.peek(), speed: clampSpeed(speed) };
}

/** Loop off, all, off, … */
export function toggleLoop(store: Store): void {
  const clock = store.clock.peek();
  store.clock.value = { ...clock, loop: clock.loop === 'off' ? 'all' : 'off' };
}

/** To another episode of the recording, at its start; nothing happens past either end. */
export function goToEpisode(store: Store, index: number): void {
  const numEpisodes = store.recording.peek()?.episodes.length ?? 0;
  if (index < 0 || index >= numEpisodes || index === store.view.peek().episode) return;
  batch(() => {
    changeView(store, { episode: index, following: false });
    store.clock.value = { ...store.clock.peek(), position: 0 };
  });
  void openEpisode(store, index);
}

function change(store: Store, next: (clock: Clock, lastStep: number) => Clock): void {
  const replay = store.replay.peek();
  if (replay !== null) store.clock.value = next(store.clock.peek(), replay.lastStep);
}
