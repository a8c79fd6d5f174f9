import type { JSX } from 'preact';
import type { ActionRow } from '../episode/step-view.ts';
import { formatCount, formatFixed } from '../format/number.ts';

/** Which columns the table has beside the actions' names. */
export type ActionColumns = Readonly<Record<'policy' | 'value' | 'visits', boolean>>;

/** Every action with its chance, value and count. */
export function ActionTable(props: {
  readonly rows: readonly ActionRow[];
  readonly columns: ActionColumns;
}): JSX.Element {
  const { rows, columns } = props;
  if (rows.length === 0) return <p class="quiet">The actions of this world are not a list.</p>;
  return (
    <div class="table-frame">
      <table class="actions">
        <thead>
          <tr>
            <th scope="col">Action</th>
            {columns.policy ? <th scope="col">π(a|s)</th> : null}
            {columns.value ? <th scope="col">Q(s,a)</th> : null}
            {columns.visits ? <th scope="col">N(a)</th> : null}
            <th scope="col" class="mark-column">
              <span class="visually-hidden">Chosen</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ActionLine key={row.action} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ActionLine(props: {
  readonly row: ActionRow;
  readonly columns: ActionColumns;
}): JSX.Element {
  const { row, columns } = props;
  const classes = [row.chosen ? 'chosen' : '', row.best ? 'best' : '', row.legal ? '' : 'illegal'];
  return (
    <tr class={classes.join(' ').trim() || undefined} data-action={row.action}>
      <th scope="row">{row.label}</th>
      {columns.policy ? (
        <td class="policy">
          {row.policy === null ? null : (
            <span class="bar-cell">
              <span class="meter" style={{ width: `${(100 * row.policy).toFixed(1)}%` }} />
              <span class="amount">{formatFixed(row.policy, 2)}</span>
            </span>
          )}
        </td>
      ) : null}
      {columns.value ? <td>{row.value === null ? '' : formatFixed(row.value, 3)}</td> : null}
      {columns.visits ? <td>{row.visits === null ? '' : formatCount(row.visits)}</td> : null}
      <td class="mark-column">
        {row.chosen ? (
          <span title="chosen" role="img" aria-label="chosen">
            ●
          </span>
        ) : null}
      </td>
    </tr>
  );
}
