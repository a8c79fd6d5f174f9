import { spawn } from 'node:child_process';
import { entryArguments } from '../entry-arguments.ts';
import { type EngineReport, failed } from './probe-engine.ts';

const LONGEST = 300_000; // ms; a GPU that is newer than its library compiles for minutes

/**
 * Tries an engine in a process of its own, which may crash without harm: addons do.
 *
 * @param folder Where packages are looked for first.
 * @param budget For each of the networks, in milliseconds.
 */
export function probeInProcess(
  engine: EngineReport['engine'],
  folder: string,
  budget: number,
): Promise<EngineReport> {
  const entry = entryArguments(import.meta.url, './probe-entry');
  const child = spawn(process.execPath, [...entry, engine, folder, String(budget)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { TF_CPP_MIN_LOG_LEVEL: '3', ...process.env },
    timeout: LONGEST,
  });
  let errors = '';
  child.stdout?.resume(); // libraries print there
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2000);
  });
  return new Promise((resolve) => {
    let report: EngineReport | null = null;
    child.on('message', (message) => {
      report = message as EngineReport;
    });
    child.on('error', (error) => resolve(failed(engine, error.message)));
    child.on('close', (code, signal) => {
      resolve(report ?? failed(engine, explainEnd(code, signal, errors)));
    });
  });
}

function explainEnd(code: number | null, signal: string | null, errors: string): string {
  const end = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
  const last = errors.trim().split('\n').at(-1);
  return `The process that tried it ${end}${last ? `: ${last}` : '.'}`;
}
