import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Actions } from '../app/actions.ts';
import { fileSource } from '../net/file-source.ts';
import { useViewer } from './context.ts';

/** Opens a recording that is dropped anywhere on the page. */
export function DropZone(): JSX.Element | null {
  const { actions } = useViewer();
  const [over, setOver] = useState(false);
  useEffect(() => listen(actions, setOver), [actions]);
  return over ? <div class="drop-veil">Drop the recording to open it</div> : null;
}

/** Opens a file that a person has chosen. */
export function openChosen(actions: Actions, file: File | undefined): void {
  if (file !== undefined) actions.openFile(file.name, fileSource(file));
}

function listen(actions: Actions, setOver: (over: boolean) => void): () => void {
  const controller = new AbortController();
  const options = { signal: controller.signal };
  const isFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  window.addEventListener(
    'dragover',
    (event) => {
      if (!isFile(event)) return;
      event.preventDefault();
      setOver(true);
    },
    options,
  );
  window.addEventListener(
    'dragleave',
    (event) => {
      if (event.relatedTarget === null) setOver(false);
    },
    options,
  );
  window.addEventListener(
    'drop',
    (event) => {
      event.preventDefault();
      setOver(false);
      openChosen(actions, event.dataTransfer?.files[0]);
    },
    options,
  );
  return () => controller.abort();
}
