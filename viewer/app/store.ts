import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Scene } from '../../core/scene.ts';
import type { Recording } from '../../training/recording/recording.ts';
import type { ByteSource } from '../../training/zip/byte-source.ts';
import { chooseTheme, type ThemeName } from '../color/theme.ts';
import { type Replay, replayScene } from '../episode/replay.ts';
import { type StepView, stepView } from '../episode/step-view.ts';
import { type Library, type ListedRun, runOf } from '../net/library.ts';
import { EMPTY_LOG, type MetricsLog } from '../net/metrics-log.ts';
import type { Server } from '../net/server.ts';
import type { SceneView } from '../pixi/scene-view.ts';
import { type Clock, stepOf } from '../playback/clock.ts';
import { DEFAULT_VIEW, type ViewState } from '../view-state/view-state.ts';
import { type Stop, stopIndex, stopsOf } from './stops.ts';

/** How far the opening of a recording has come. */
export type Opening =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'open' }
  | { readonly kind: 'failed'; readonly message: string };

/** The newest version of a live run's recording. */
export interface Newest {
  readonly src: string;
  readonly recording: Recording;
}

/** Everything that the page knows and shows. */
export interface Store {
  readonly server: Server;
  /** All of the view but what the clock holds; `currentView` puts them together. */
  readonly view: Signal<ViewState>;
  readonly clock: Signal<Clock>;
  /** What `?src=` says. */
  readonly src: Signal<string | null>;
  /** `undefined` until the first answer. */
  readonly library: Signal<Library | null | undefined>;
  /** Whether the server's live connection stands; `null` where there is no server. */
  readonly connected: Signal<boolean | null>;
  readonly opening: Signal<Opening>;
  readonly recording: Signal<Recording | null>;
  readonly replay: Signal<Replay | null>;
  readonly newest: Signal<Newest | null>;
  readonly metrics: Signal<MetricsLog>;
  readonly systemIsDark: Signal<boolean>;
  readonly reducedMotion: Signal<boolean>;
  /** A line that is shown for a moment. */
  readonly notice: Signal<string>;
  readonly helpOpen: Signal<boolean>;
  /** Digits of a speed being typed. */
  readonly typed: Signal<string>;
  /** The pane that scenes are drawn on, once there is one. */
  readonly pane: Signal<SceneView | null>;
  /** Files that were dropped into the page, by name. */
  readonly dropped: Map<string, ByteSource>;

  readonly step: ReadonlySignal<number>;
  readonly scene: ReadonlySignal<Scene | null>;
  readonly stepView: ReadonlySignal<StepView | null>;
  readonly theme: ReadonlySignal<ThemeName>;
  /** Where next and previous lead. */
  readonly stops: ReadonlySignal<readonly Stop[]>;
  /** Position of what is on show among the stops. */
  readonly stop: ReadonlySignal<number>;
  /** The run that the open recording belongs to. */
  readonly run: ReadonlySignal<ListedRun | null>;
}

/** A store in which nothing has happened yet. */
export function createStore(server: Server): Store {
  const view = signal(DEFAULT_VIEW);
  const clock = signal<Clock>({ position: 0, playing: false, speed: 1, loop: 'off' });
  const src = signal<string | null>(null);
  const library = signal<Library | null | undefined>(undefined);
  const replay = signal<Replay | null>(null);
  const systemIsDark = signal(false);
  const step = computed(() => {
    const last = replay.value?.lastStep ?? Number.MAX_SAFE_INTEGER;
    return Math.min(last, stepOf(clock.value));
  });
  const recording = signal<Recording | null>(null);
  const run = computed(() => (src.value === null ? null : runOf(library.value ?? null, src.value)));
  const stops = computed(() =>
    stopsOf(src.value ?? '', recording.value?.episodes ?? [], run.value),
  );
  return {
    server,
    view,
    clock,
    src,
    library,
    connected: signal<boolean | null>(null),
    opening: signal<Opening>({ kind: 'nothing' }),
    recording,
    replay,
    newest: signal<Newest | null>(null),
    metrics: signal(EMPTY_LOG),
    systemIsDark,
    reducedMotion: signal(false),
    notice: signal(''),
    helpOpen: signal(false),
    typed: signal(''),
    pane: signal<SceneView | null>(null),
    dropped: new Map(),
    step,
    scene: computed(() => (replay.value ? replayScene(replay.value, step.value) : null)),
    stepView: computed(() => (replay.value ? stepView(replay.value, step.value) : null)),
    theme: computed(() => chooseTheme(view.value.theme, systemIsDark.value)),
    stops,
    stop: computed(() => stopIndex(stops.value, src.value ?? '', view.value.episode)),
    run,
  };
}

/** The view as a link to it would restore it. */
export function currentView(store: Store): ViewState {
  const { playing, speed, loop } = store.clock.value;
  return { ...store.view.value, step: store.step.value, playing, speed, loop };
}

/** Changes some of the view. */
export function changeView(store: Store, change: Partial<ViewState>): void {
  store.view.value = { ...store.view.peek(), ...change };
}
