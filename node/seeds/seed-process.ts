import { spawn } from 'node:child_process';
import { entryArguments } from '../entry-arguments.ts';
import type { RunFolder } from '../run-folder.ts';

/** What the process of a seed tells of its training. */
export type SeedMessage =
  | { readonly kind: 'progress'; readonly steps: number }
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

/** Who is told of the training of a seed. */
export interface SeedListener {
  /** @param steps Environment steps taken. */
  onProgress(steps: number): void;
  /** @param line What the user should know of, in a sentence. */
  onWarning(line: string): void;
}

/** How the training of a seed has ended. */
export type SeedEnd =
  | { readonly kind: 'finished' | 'stopped' }
  | { readonly kind: 'failed'; readonly message: string };

/** What the process is told; it also stops where the one that started it is gone. */
export const STOP = 'stop';

/** Exit code of a process that has stopped and saved. */
export const STOPPED = 130;

/**
 * Trains a run in a process of its own, from where it is.
 *
 * @param signal Has it save and stop.
 */
export function trainInProcess(
  folder: RunFolder,
  listener: SeedListener,
  signal: AbortSignal,
): Promise<SeedEnd> {
  const entry = entryArguments(import.meta.url, './seed-entry');
  const child = spawn(process.execPath, [...entry, folder.path], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const stop = () => child.connected && child.send(STOP, () => {});
  signal.addEventListener('abort', stop);
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2000);
  });
  return new Promise<SeedEnd>((resolve) => {
    let told: string | null = null;
    child.on('message', (message: SeedMessage) => {
      if (message.kind === 'progress') listener.onProgress(message.steps);
      else if (message.kind === 'warning') listener.onWarning(message.message);
      else told = message.message;
    });
    child.on('error', (error) => resolve({ kind: 'failed', message: error.message }));
    child.on('close', (code, killer) => resolve(endOf(code, killer, told ?? errors)));
  }).finally(() => signal.removeEventListener('abort', stop));
}

function endOf(code: number | null, killer: string | null, told: string): SeedEnd {
  if (code === 0) return { kind: 'finished' };
  if (code === STOPPED) return { kind: 'stopped' };
  const end = killer === null ? `ended with code ${code}` : `was ended by ${killer}`;
  return { kind: 'failed', message: told.trim() || `Its process ${end}.` };
}
