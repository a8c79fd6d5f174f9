import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { describeStep } from '../episode/step-view.ts';
import { useViewer } from './context.ts';

const INTERVAL = 1000; // milliseconds between two sentences

/** The step in words for screen readers: at most one sentence a second, silent while playing. */
export function Spoken(): JSX.Element {
  const { store } = useViewer();
  const [sentence, setSentence] = useState('');
  const view = store.stepView.value;
  const silent = store.clock.value.playing;
  useEffect(() => {
    if (silent || view === null) return;
    const timer = setTimeout(() => setSentence(describeStep(view)), INTERVAL);
    return () => clearTimeout(timer);
  }, [silent, view]);
  return (
    <p class="visually-hidden" aria-live="polite">
      {sentence}
    </p>
  );
}
