import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { LibraryRow, RecordingFacts } from '../app/library-rows.ts';
import { formatBytes, formatCount, formatNumber } from '../format/number.ts';
import { drawScene } from '../scene/paint.ts';
import { useViewer } from './context.ts';
import { factsOf, lookInto, pictureOf } from './facts.ts';

/** A recording of the library: its last picture, and how it went. Looked into once it is in sight. */
export function RecordingLine({ row }: { readonly row: LibraryRow }): JSX.Element {
  const { store, actions } = useViewer();
  const { recording } = row;
  const line = useRef<HTMLButtonElement>(null);
  const facts = factsOf(recording.path).value;
  useEffect(() => {
    if (line.current === null) return;
    const version = `${recording.size} ${recording.modified}`;
    return whenSeen(line.current, () => lookInto(store, recording.path, version));
  }, [store, recording.path, recording.size, recording.modified]);
  return (
    <button type="button" class="recording" ref={line} onClick={() => actions.open(recording.path)}>
      <Thumbnail path={recording.path} />
      <span class="recording-name">
        <b>{recording.title}</b>
        {row.run === null && facts ? (
          <small>{[facts.agent, facts.env].filter(Boolean).join(' · ')}</small>
        ) : null}
      </span>
      <span class="tags">
        {(facts?.tags ?? [])
          .filter((tag) => !recording.title.startsWith(tag))
          .map((tag) => (
            <span class="tag" key={tag}>
              {tag}
            </span>
          ))}
      </span>
      <Figures facts={facts} size={recording.size} />
    </button>
  );
}

function Figures(props: {
  readonly facts: RecordingFacts | undefined;
  readonly size: number | null;
}): JSX.Element {
  const { facts, size } = props;
  const episodes = facts?.numEpisodes ?? 0;
  return (
    <>
      <Figure name={episodes > 1 ? 'best return' : 'return'} value={facts?.bestReturn ?? null} />
      <Figure name="steps" value={facts?.length ?? null} />
      <span class="figure wide">
        {facts?.outcome ?? (facts ? 'unfinished' : '')}
        <small>
          {episodes > 1
            ? `${formatCount(episodes)} episodes`
            : (size ?? 0) > 0
              ? formatBytes(size ?? 0)
              : ''}
        </small>
      </span>
    </>
  );
}

function Figure({ name, value }: { name: string; value: number | null }): JSX.Element {
  return (
    <span class="figure">
      {value === null ? '–' : formatNumber(value, 4)}
      <small>{name}</small>
    </span>
  );
}

/** The last picture of the recording, painted without Pixi. */
function Thumbnail({ path }: { readonly path: string }): JSX.Element {
  const { store } = useViewer();
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = pictureOf(path).value;
  const theme = store.theme.value;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context && picture) drawScene(context, picture, theme);
  }, [picture, theme]);
  return <canvas class="thumbnail" ref={canvas} width={144} height={104} />;
}

/** Calls once the element is in sight. @returns what stops waiting. */
function whenSeen(element: Element, call: () => void): () => void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    call();
  });
  observer.observe(element);
  return () => observer.disconnect();
}
