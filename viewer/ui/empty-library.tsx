import type { JSX } from 'preact';
import { useViewer } from './context.ts';
import { OpenBox } from './open-box.tsx';

/** What stands in the library while there is nothing in it. */
export function EmptyLibrary(): JSX.Element {
  const { store } = useViewer();
  const served = store.library.value?.root;
  return (
    <section class="empty">
      <div class="drop-target">
        <svg class="empty-picture" viewBox="0 0 120 80" aria-hidden="true">
          <rect x="8" y="8" width="104" height="64" rx="8" class="frame" />
          <path d="M52 26v28l26-14z" class="play" />
        </svg>
        <h1>Drop a recording here</h1>
        <p>
          A <code>.rlrec</code> file of an episode, from anywhere on this machine. It stays here:
          nothing is sent.
        </p>
        <OpenBox />
        {served ? (
          <p class="quiet">
            The folder “{served}” holds no recordings yet. Runs appear as they begin.
          </p>
        ) : null}
      </div>
    </section>
  );
}
