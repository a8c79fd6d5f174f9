import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type Binding, KEYMAP, keyText } from '../view-state/keymap.ts';
import { useViewer } from './context.ts';

const GROUPS: readonly Binding['group'][] = ['Playback', 'Overlays', 'View'];

/** Every key, in a dialog. */
export function HelpSheet(): JSX.Element {
  const { store } = useViewer();
  const dialog = useRef<HTMLDialogElement>(null);
  const open = store.helpOpen.value;
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  const close = () => {
    store.helpOpen.value = false;
  };
  return (
    <dialog class="help" ref={dialog} onClose={close} aria-labelledby="help-title">
      <header>
        <h2 id="help-title">Keyboard</h2>
        <button type="button" class="ghost" onClick={close}>
          Close
        </button>
      </header>
      <div class="help-groups">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {KEYMAP.filter((binding) => binding.group === group).map(helpLine)}
              {group === 'Playback' ? SPEED_LINE : null}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}

const SPEED_LINE = (
  <div>
    <dt>
      <kbd>0</kbd>–<kbd>9</kbd> <kbd>Enter</kbd>
    </dt>
    <dd>Speed by its number</dd>
  </div>
);

function helpLine({ action, keys, text }: Binding): JSX.Element {
  const shown = keys.filter((key) => key !== 'L');
  return (
    <div key={action}>
      <dt>
        {shown.map((key) => (
          <kbd key={key}>{keyText(key)}</kbd>
        ))}
      </dt>
      <dd>{text}</dd>
    </div>
  );
}
