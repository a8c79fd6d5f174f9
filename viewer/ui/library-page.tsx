import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { filterRows, type LibraryRow, libraryRows } from '../app/library-rows.ts';
import { changeView } from '../app/store.ts';
import { useViewer } from './context.ts';
import { EmptyLibrary } from './empty-library.tsx';
import { factsOf } from './facts.ts';
import { OpenBox } from './open-box.tsx';
import { RecordingLine } from './recording-line.tsx';
import { RunHeader } from './run-header.tsx';

/** Everything there is to watch, and a box that narrows it. */
export function LibraryPage(): JSX.Element {
  const { store } = useViewer();
  const library = store.library.value;
  const rows = useMemo(() => (library ? libraryRows(library) : []), [library]);
  if (library === undefined) {
    return (
      <p class="waiting" role="status">
        Looking for recordings…
      </p>
    );
  }
  if (rows.length === 0) return <EmptyLibrary />;
  const shown = filterRows(rows, store.view.value.filter, (path) => factsOf(path).value);
  return (
    <div class="library">
      <header class="library-head">
        <h1>Library</h1>
        <SearchBox />
        <OpenBox />
      </header>
      <Recordings rows={shown} total={rows.length} />
    </div>
  );
}

function SearchBox(): JSX.Element {
  const { store } = useViewer();
  return (
    <label class="search">
      <span class="visually-hidden">Search recordings</span>
      <input
        id="search"
        type="search"
        placeholder="Search: lake  env:cart  agent:q  tag:best  return>0.5"
        value={store.view.value.filter}
        onInput={(event) => changeView(store, { filter: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          document.querySelector<HTMLElement>('.recording')?.focus();
        }}
      />
      <kbd>/</kbd>
    </label>
  );
}

function Recordings(props: {
  readonly rows: readonly LibraryRow[];
  readonly total: number;
}): JSX.Element {
  const { rows, total } = props;
  const list = useRef<HTMLDivElement>(null);
  const groups = groupByRun(rows);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the buttons inside
    <div class="runs" ref={list} onKeyDown={(event) => moveFocus(event, list.current)}>
      {groups.map(({ key, run, members }) => (
        <section class="run" key={key} aria-label={run?.path ?? 'Recordings'}>
          <RunHeader run={run} />
          <ul>
            {members.map((row) => (
              <li key={row.recording.path}>
                <RecordingLine row={row} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {rows.length === 0 ? (
        <p class="quiet none">None of {total} recordings fits the search.</p>
      ) : null}
    </div>
  );
}

interface Group {
  readonly key: string;
  readonly run: LibraryRow['run'];
  readonly members: LibraryRow[];
}

function groupByRun(rows: readonly LibraryRow[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = row.run?.path ?? '';
    const group = groups.get(key) ?? { key, run: row.run, members: [] };
    group.members.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Up and down move from one recording to the next. */
function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const ways: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };
  const way = ways[event.key];
  if (way === undefined || list === null) return;
  const lines = [...list.querySelectorAll<HTMLElement>('.recording')];
  const here = lines.indexOf(document.activeElement as HTMLElement);
  lines[Math.min(lines.length - 1, Math.max(0, here + way))]?.focus();
  event.preventDefault();
}
