import type { JSX } from 'preact';
import { changeView } from '../app/store.ts';
import { type Range, type Scale, scaleFor } from '../color/scale.ts';
import { availableOverlays, cellsAt, freeRange } from '../episode/overlay-of.ts';
import { formatShort } from '../format/number.ts';
import { OVERLAYS, type OverlayName, toggleOverlay } from '../view-state/view-state.ts';
import { useViewer } from './context.ts';
import { Icon } from './icons.tsx';

const NAMES: Readonly<Record<OverlayName, string>> = {
  v: 'Values',
  p: 'Policy',
  q: 'Q values',
  g: 'Numbers',
};

/** Switches for what is laid over the scene, and the legend of its colors. */
export function OverlayBar(): JSX.Element | null {
  const { store } = useViewer();
  const replay = store.replay.value;
  const scene = store.scene.value;
  if (replay === null) return null;
  const available = availableOverlays(replay, scene);
  const { overlays } = store.view.value;
  const shown = OVERLAYS.filter((name) => available.includes(name));
  const colored = scene?.kind === 'grid' && (overlays.includes('v') || overlays.includes('q'));
  if (shown.length === 0) return null;
  return (
    <div class="overlays" role="toolbar" aria-label="Overlays">
      {shown.map((name) => (
        <OverlayButton key={name} name={name} on={overlays.includes(name)} />
      ))}
      <span class="spacer" />
      {colored ? <Legend /> : null}
    </div>
  );
}

function OverlayButton({ name, on }: { name: OverlayName; on: boolean }): JSX.Element {
  const { store } = useViewer();
  const toggle = () =>
    changeView(store, { overlays: toggleOverlay(store.view.peek().overlays, name) });
  return (
    <button
      type="button"
      class="chip"
      aria-pressed={on}
      aria-keyshortcuts={name}
      data-overlay={name}
      onClick={toggle}
    >
      <kbd>{name}</kbd>
      {NAMES[name]}
    </button>
  );
}

function Legend(): JSX.Element | null {
  const { store } = useViewer();
  const replay = store.replay.value;
  const scene = store.scene.value;
  if (replay === null || scene === null) return null;
  const { overlays, range: locked } = store.view.value;
  const free = freeRange(cellsAt(replay, store.step.value, scene), overlays);
  const scale = scaleFor(locked ?? free, store.theme.value);
  const toggle = () => changeView(store, { range: locked ? null : free });
  return (
    <span class="legend">
      <span class="end">{formatShort(scale.low)}</span>
      <span
        class="ramp"
        role="img"
        aria-label={`Colors from ${formatShort(scale.low)} to ${formatShort(scale.high)}`}
        style={{ background: gradient(scale) }}
      />
      <span class="end">{formatShort(scale.high)}</span>
      <LockButton locked={locked} toggle={toggle} />
    </span>
  );
}

function LockButton(props: { locked: Range | null; toggle: () => void }): JSX.Element {
  const { locked, toggle } = props;
  const title = locked ? 'Let the colors follow the values' : 'Keep these colors';
  return (
    <button
      type="button"
      class="ghost small"
      aria-pressed={locked !== null}
      aria-label="Lock the scale"
      title={title}
      onClick={toggle}
    >
      <Icon name={locked ? 'lock' : 'unlock'} />
    </button>
  );
}

function gradient(scale: Scale): string {
  return `linear-gradient(to right, ${scale.stops.join(', ')})`;
}
