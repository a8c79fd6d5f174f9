import type { JSX } from 'preact';
import { INSPECTION_CHANNELS } from '../../training/recording/manifest.ts';
import { changeView } from '../app/store.ts';
import { cellsAt } from '../episode/overlay-of.ts';
import type { Replay } from '../episode/replay.ts';
import { type ActionRow, cellRows, type StepView } from '../episode/step-view.ts';
import { formatNumber } from '../format/number.ts';
import type { CellValues } from '../overlay/grid-values.ts';
import type { Cell } from '../scene/grid-layout.ts';
import { type ActionColumns, ActionTable } from './action-table.tsx';
import { useViewer } from './context.ts';

/** The step in numbers, and what the agent thinks of its actions there. */
export function SidePanel(): JSX.Element | null {
  const { store } = useViewer();
  const replay = store.replay.value;
  const view = store.stepView.value;
  if (replay === null || view === null) return null;
  return (
    <aside class="side" aria-label="Step">
      <StepFacts view={view} />
      <Thoughts replay={replay} view={view} />
    </aside>
  );
}

function StepFacts({ view }: { readonly view: StepView }): JSX.Element {
  const { outcome } = view;
  return (
    <dl class="facts">
      <Fact name="Step" value={`${view.step} / ${view.lastStep}`} />
      <Fact name={`Action${mood(view)}`} value={view.action ?? '–'} />
      <Fact name="Reward" value={number(view.reward)} />
      <Fact name="Return so far" value={number(view.returnSoFar)} />
      <Fact name="V(s)" value={number(view.value)} />
      <Fact name="Episode" value={outcome ?? 'running'} tone={outcome ?? undefined} />
    </dl>
  );
}

function Fact(props: {
  readonly name: string;
  readonly value: string;
  readonly tone?: string | undefined;
}): JSX.Element {
  return (
    <div class="fact-box">
      <dt>{props.name}</dt>
      <dd class={props.tone}>{props.value}</dd>
    </div>
  );
}

/** The table of the agent's own state, or of the cell that is pinned. */
function Thoughts({ replay, view }: { replay: Replay; view: StepView }): JSX.Element {
  const { store } = useViewer();
  const scene = store.scene.value;
  const { selected } = store.view.value;
  const cells = scene === null ? [] : cellsAt(replay, view.step, scene);
  const columns = scene?.kind === 'grid' ? scene.columns : 1;
  const index = selected === null ? -1 : selected.row * columns + selected.column;
  const pinned = cells.find((cell) => cell.index === index) ?? null;
  return (
    <section class="thoughts">
      <header>
        <h2>Actions</h2>
        {cells.length > 1 ? (
          <CellChoice cells={cells} columns={columns} selected={selected} />
        ) : null}
      </header>
      {selected !== null && cells.length > 1 && pinned === null ? (
        <p class="quiet">Nothing is decided in this cell.</p>
      ) : (
        <ActionTable rows={rowsOf(replay, view, pinned)} columns={columnsOf(replay, pinned)} />
      )}
      {pinned ? (
        <p class="quiet">
          State {pinned.state}, V {formatNumber(pinned.value)}
        </p>
      ) : null}
    </section>
  );
}

function CellChoice(props: {
  readonly cells: readonly CellValues[];
  readonly columns: number;
  readonly selected: Cell | null;
}): JSX.Element {
  const { store } = useViewer();
  const { cells, columns, selected } = props;
  const choose = (text: string) => {
    const index = Number(text);
    const cell = { row: Math.floor(index / columns), column: index % columns };
    changeView(store, { selected: text === '' ? null : cell });
  };
  return (
    <select
      aria-label="State whose actions are listed"
      value={selected === null ? '' : String(selected.row * columns + selected.column)}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="">agent's state</option>
      {cells.slice(0, 500).map(({ index }) => (
        <option key={index} value={String(index)}>
          row {Math.floor(index / columns)}, column {index % columns}
        </option>
      ))}
    </select>
  );
}

function rowsOf(replay: Replay, view: StepView, pinned: CellValues | null): readonly ActionRow[] {
  return pinned === null ? view.rows : cellRows(replay, pinned.actionValues);
}

/** What was recorded of the actions; the same at every step, so that the table does not jump. */
function columnsOf({ episode }: Replay, pinned: CellValues | null): ActionColumns {
  if (pinned !== null) return { policy: false, value: true, visits: false };
  return {
    policy: episode.columns.has(INSPECTION_CHANNELS.policy),
    value: episode.columns.has(INSPECTION_CHANNELS.actionValues),
    visits: episode.columns.has(INSPECTION_CHANNELS.visitCounts),
  };
}

function mood({ greedy }: StepView): string {
  if (greedy === null) return '';
  return greedy ? ' (greedy)' : ' (explore)';
}

function number(value: number | null): string {
  return value === null ? '–' : formatNumber(value, 4);
}
