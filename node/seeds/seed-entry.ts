import { prepareSimd } from '../prepare-simd.ts';
import { RunFolder } from '../run-folder.ts';
import { trainRun } from '../train-run.ts';
import { type SeedMessage, STOP, STOPPED } from './seed-process.ts';

const TELL_EVERY = 200; // ms

// The program of the process that trains one seed: the folder of its run.
const [path] = process.argv.slice(2);
prepareSimd(); // as in the program that started it
const stop = new AbortController();
process.on('message', (message) => {
  if (message === STOP) stop.abort();
});
process.on('disconnect', () => stop.abort());
if (!process.connected) stop.abort(); // who has started this one was gone before it could listen
process.on('SIGTERM', () => stop.abort());
process.on('SIGHUP', () => stop.abort());
process.on('SIGINT', () => {}); // from the terminal it comes to all: who has started this one says stop

let told = Number.NEGATIVE_INFINITY;
const onProgress = (steps: number) => {
  const now = performance.now();
  if (now - told < TELL_EVERY) return;
  told = now;
  void tell({ kind: 'progress', steps });
};

/** Resolves when it is sent, or when there is nobody to tell any more: then the training stops. */
function tell(message: SeedMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, () => resolve());
  });
}

try {
  const { finished } = await trainRun(RunFolder.open(path), {
    resume: true,
    signal: stop.signal,
    output: { write: () => {} },
    onProgress,
    onWarning: (message) => void tell({ kind: 'warning', message }),
  });
  process.exitCode = finished ? 0 : STOPPED;
} catch (error) {
  await tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}
if (process.connected) process.disconnect();
