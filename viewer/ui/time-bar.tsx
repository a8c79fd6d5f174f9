import type { JSX } from 'preact';
import { formatNumber, formatSpeed } from '../format/number.ts';
import { faster, slower } from '../playback/speed.ts';
import { useViewer } from './context.ts';
import { Icon, type IconName } from './icons.tsx';

/** Play, step, scrub, speed, loop and the choice of the episode. */
export function TimeBar(): JSX.Element {
  return (
    <section class="time" aria-label="Playback">
      <Transport />
      <Scrubber />
      <Pace />
      <EpisodeChoice />
      <Extras />
    </section>
  );
}

function Transport(): JSX.Element {
  const { store, actions } = useViewer();
  const { playing } = store.clock.value;
  const play = playing ? 'Pause' : 'Play';
  return (
    <div class="group">
      <Tool icon="start" name="Start" keys="Home" act={() => actions.goTo(0)} look="end-tool" />
      <Tool icon="back" name="One step back" keys="←" act={() => actions.step(-1)} />
      <Tool
        icon={playing ? 'pause' : 'play'}
        name={play}
        keys="Space"
        act={actions.togglePlaying}
        look="main-tool"
      />
      <Tool icon="forward" name="One step forward" keys="→" act={() => actions.step(1)} />
      <Tool icon="end" name="End" keys="End" act={actions.goToEnd} look="end-tool" />
    </div>
  );
}

function Tool(props: {
  readonly icon: IconName;
  readonly name: string;
  readonly keys: string;
  readonly act: () => void;
  readonly look?: string;
  readonly pressed?: boolean;
}): JSX.Element {
  const { icon, name, keys, act, look, pressed } = props;
  return (
    <button
      type="button"
      class={look ? `tool ${look}` : 'tool'}
      aria-label={name}
      aria-pressed={pressed}
      title={`${name} (${keys})`}
      onClick={act}
    >
      <Icon name={icon} />
    </button>
  );
}

function Scrubber(): JSX.Element {
  const { store, actions } = useViewer();
  const step = store.step.value;
  const last = store.replay.value?.lastStep ?? 0;
  const share = last > 0 ? (100 * step) / last : 0;
  return (
    <div class="scrub">
      <input
        type="range"
        min={0}
        max={last}
        step={1}
        value={step}
        aria-label="Step"
        aria-valuetext={`step ${step} of ${last}`}
        style={{ '--share': `${share}%` }}
        onInput={(event) => actions.goTo(Number(event.currentTarget.value))}
      />
      <output class="count">
        <b>{step}</b> / {last}
      </output>
    </div>
  );
}

function Pace(): JSX.Element {
  const { store, actions } = useViewer();
  const { speed, loop } = store.clock.value;
  const typed = store.typed.value;
  const words = loop === 'off' ? 'off' : 'all';
  return (
    <div class="group">
      <button
        type="button"
        class="tool text"
        aria-label="Slower"
        title="Half as fast ([)"
        onClick={() => actions.setSpeed(slower(speed))}
      >
        −
      </button>
      <output
        class={typed ? 'speed typing' : 'speed'}
        aria-label="Speed"
        title={`${formatNumber(speed)} times the world's own pace; digits and Enter set it`}
      >
        {typed ? `${typed}_×` : formatSpeed(speed)}
      </output>
      <button
        type="button"
        class="tool text"
        aria-label="Faster"
        title="Twice as fast (])"
        onClick={() => actions.setSpeed(faster(speed))}
      >
        +
      </button>
      <Tool
        icon="loop"
        name={`Loop: ${words}`}
        keys="L"
        act={actions.toggleLoop}
        pressed={loop === 'all'}
      />
    </div>
  );
}

function EpisodeChoice(): JSX.Element | null {
  const { store, actions } = useViewer();
  const stops = store.stops.value;
  const here = store.stop.value;
  if (stops.length < 2) return null;
  return (
    <div class="group">
      <StepButton name="Previous episode" keys="Ctrl+←" to={here - 1} sign="‹" />
      <select
        aria-label="Episode"
        value={String(here)}
        onChange={(event) => actions.goToStop(Number(event.currentTarget.value))}
      >
        {stops.slice(0, 2000).map((stop, index) => (
          <option key={`${stop.src} ${stop.episode}`} value={String(index)}>
            {stop.title}
          </option>
        ))}
      </select>
      <StepButton name="Next episode" keys="Ctrl+→" to={here + 1} sign="›" />
    </div>
  );
}

function StepButton(props: {
  readonly name: string;
  readonly keys: string;
  readonly to: number;
  readonly sign: string;
}): JSX.Element {
  const { store, actions } = useViewer();
  const { name, keys, to, sign } = props;
  return (
    <button
      type="button"
      class="tool text"
      aria-label={name}
      title={`${name} (${keys})`}
      disabled={store.stops.value[to] === undefined}
      onClick={() => actions.goToStop(to)}
    >
      {sign}
    </button>
  );
}

function Extras(): JSX.Element {
  const { actions } = useViewer();
  return (
    <div class="group">
      <Tool icon="link" name="Copy a link to this view" keys="Ctrl+L" act={actions.copyLink} />
      <Tool
        icon="full"
        name="Full screen"
        keys="F"
        act={actions.toggleFullScreen}
        look="full-screen"
      />
    </div>
  );
}
