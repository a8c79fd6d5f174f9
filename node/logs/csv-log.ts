import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MetricsRecord } from '../../training/trainer.ts';
import { writeFileAtomicSync } from '../atomic-file.ts';
import type { MetricsLog } from './metrics-log.ts';

/**
 * `metrics.csv`: a column for each name, in the order in which the names came up; empty where a line
 * of metrics has no number. A name that comes up later has the file written anew.
 */
export class CsvLog implements MetricsLog {
  readonly #file: string;
  #columns: readonly string[] = [];

  /** @param folder Of the run. */
  constructor(folder: string) {
    this.#file = join(folder, 'metrics.csv');
  }

  append(record: MetricsRecord): void {
    const added = Object.keys(record).filter((name) => !this.#columns.includes(name));
    if (added.length > 0) this.#addColumns(added);
    appendFileSync(this.#file, `${rowOf(record, this.#columns)}\n`);
  }

  rewind(_: number, records: readonly MetricsRecord[]): void {
    this.#columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
    const rows = records.map((record) => rowOf(record, this.#columns));
    const lines = records.length === 0 ? [] : [headOf(this.#columns), ...rows];
    writeFileAtomicSync(this.#file, lines.map((line) => `${line}\n`).join(''));
  }

  #addColumns(added: readonly string[]): void {
    const rows =
      this.#columns.length === 0 ? [] : readFileSync(this.#file, 'utf8').trimEnd().split('\n');
    this.#columns = [...this.#columns, ...added];
    const grown = rows.slice(1).map((row) => row + ','.repeat(added.length));
    const lines = [headOf(this.#columns), ...grown];
    writeFileAtomicSync(this.#file, lines.map((line) => `${line}\n`).join(''));
  }
}

function headOf(columns: readonly string[]): string {
  return columns.map(quoted).join(',');
}

function rowOf(record: MetricsRecord, columns: readonly string[]): string {
  return columns.map((name) => String(record[name] ?? '')).join(',');
}

/** Source: RFC 4180. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
