import type { MetricsRecord } from '../../training/trainer.ts';

/** A log of a run beside its `metrics.jsonl`, which stays the one that counts. */
export interface MetricsLog {
  /** Adds a line of metrics. */
  append(record: MetricsRecord): void;

  /**
   * Goes back to an earlier moment of the run, from which its lines are written again.
   *
   * @param steps Environment steps taken then; −1 for the beginning.
   * @param records The lines of metrics up to then.
   */
  rewind(steps: number, records: readonly MetricsRecord[]): void;
}
