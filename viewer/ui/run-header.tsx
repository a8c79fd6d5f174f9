import type { JSX } from 'preact';
import { formatAge } from '../format/number.ts';
import type { ListedRun } from '../net/library.ts';

/** The head of a run: its name, who learned what, and whether it is learning now. */
export function RunHeader({ run }: { readonly run: ListedRun | null }): JSX.Element {
  if (run === null) {
    return (
      <header class="run-head">
        <h2>Recordings</h2>
      </header>
    );
  }
  return (
    <header class="run-head">
      <h2>{run.path}</h2>
      {run.live ? (
        <span class="live-badge">
          <span class="dot" aria-hidden="true" />
          LIVE
        </span>
      ) : null}
      {run.agent ? <span class="fact strong">{run.agent}</span> : null}
      {run.env ? <span class="fact">{run.env}</span> : null}
      {run.seed === null ? null : <span class="fact">seed {run.seed}</span>}
      <span class="spacer" />
      {run.modified > 0 ? (
        <span class="fact age">{formatAge(Date.now() - run.modified)}</span>
      ) : null}
    </header>
  );
}
