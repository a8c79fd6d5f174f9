import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The project's folder. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url));

/** What a program that has ended left behind. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs beside the test. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves when standard output holds `text`. */
  waitFor(text: string): Promise<void>;
  /** Resolves when it has ended. */
  readonly ended: Promise<Ended>;
}

/** Starts a TypeScript file, such as `node/palaestra.ts`, in `cwd`. */
export function startProgram(
  file: string,
  argv: readonly string[],
  cwd: string,
  more: Readonly<Record<string, string>> = {},
): Running {
  const args = ['--import', import.meta.resolve('tsx'), resolve(ROOT, file), ...argv];
  const env = { ...process.env, ...more };
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...output }));
  const waitFor = async (text: string) => {
    while (!output.stdout.includes(text)) {
      if (child.exitCode !== null) {
        throw new Error(`It ended with ${child.exitCode} before it said ${text}: ${output.stderr}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, waitFor, ended };
}

/** Runs the `palaestra` program to its end. */
export function palaestra(argv: readonly string[], cwd: string): Promise<Ended> {
  return startProgram('node/palaestra.ts', argv, cwd).ended;
}

/** A new folder that is gone when the test has finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'palaestra-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
