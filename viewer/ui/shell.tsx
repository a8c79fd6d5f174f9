import type { JSX } from 'preact';
import { changeView } from '../app/store.ts';
import { useViewer } from './context.ts';
import { DropZone } from './drop-zone.tsx';
import { HelpSheet } from './help-sheet.tsx';
import { Icon, type IconName } from './icons.tsx';
import { LibraryPage } from './library-page.tsx';
import { WatchPage } from './watch-page.tsx';

/** The whole page: rail, bar, and the page that the view names. */
export function Shell(): JSX.Element {
  const { store } = useViewer();
  const { page } = store.view.value;
  return (
    <div class="shell">
      <TopBar />
      <Rail />
      <main class="main" id="main" tabIndex={-1}>
        {page === 'library' ? <LibraryPage /> : <WatchPage />}
      </main>
      <HelpSheet />
      <DropZone />
      <p class={store.notice.value ? 'notice shown' : 'notice'} role="status">
        {store.notice.value}
      </p>
    </div>
  );
}

function TopBar(): JSX.Element {
  const { store } = useViewer();
  const { root } = store.library.value ?? { root: null };
  return (
    <header class="bar">
      <span class="brand">
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
          <path d="M4 12 16 5l12 7v2.500H4z" class="pediment" />
          <path
            d="M7 17h3v8H7zm7.500 0h3v8h-3zM22 17h3v8h-3zM4 26.500h24V29H4z"
            fill="currentColor"
          />
        </svg>
        Palaestra
      </span>
      {root ? <span class="root">{root}</span> : null}
      <span class="spacer" />
      {store.connected.value === false ? (
        <span class="badge quiet" title="The server does not answer; what is open stays open.">
          offline
        </span>
      ) : null}
      <ThemeButton />
      <button
        type="button"
        class="ghost"
        aria-label="Keyboard help"
        title="Keyboard help (?)"
        onClick={() => {
          store.helpOpen.value = true;
        }}
      >
        ?
      </button>
    </header>
  );
}

function ThemeButton(): JSX.Element {
  const { store } = useViewer();
  const dark = store.theme.value === 'dark';
  const other = dark ? 'light' : 'dark';
  return (
    <button
      type="button"
      class="ghost"
      aria-label={`Switch to the ${other} theme`}
      title={`Switch to the ${other} theme`}
      onClick={() => changeView(store, { theme: other })}
    >
      <Icon name={dark ? 'sun' : 'moon'} />
    </button>
  );
}

function Rail(): JSX.Element {
  const { store, actions } = useViewer();
  const { page } = store.view.value;
  const watch = () => changeView(store, { page: 'watch' });
  return (
    <nav class="rail" aria-label="Pages">
      <RailButton name="library" on={page === 'library'} go={actions.showLibrary} />
      {store.src.value === null ? null : (
        <RailButton name="watch" on={page === 'watch'} go={watch} />
      )}
    </nav>
  );
}

function RailButton(props: {
  readonly name: IconName & ('library' | 'watch');
  readonly on: boolean;
  readonly go: () => void;
}): JSX.Element {
  const { name, on, go } = props;
  return (
    <button type="button" class="rail-button" aria-current={on ? 'page' : undefined} onClick={go}>
      <Icon name={name} />
      <span>{name === 'library' ? 'Library' : 'Watch'}</span>
    </button>
  );
}
