import { show } from '../core/check.ts';
import type { MetricsRecord } from '../training/trainer.ts';

/** What a finished run came to, as JSON: the run folder's `result.json`. */
export interface RunResult {
  readonly format: 'palaestra-result';
  readonly version: 1;
  /** Environment steps taken. */
  readonly steps: number;
  /** Episodes ended. */
  readonly episodes: number;
  /** Whether an evaluation ended the run before all its steps were taken. */
  readonly stopped: boolean;
  /**
   * Mean return of the last evaluation; where there was none, of the episodes in the lines of metrics that
   * reach into the last tenth of the steps. `null` where none ended.
   */
  readonly finalReturn: number | null;
  /** The best mean return of an evaluation; `null` where there was none. */
  readonly bestReturn: number | null;
}

/** The result of a run with these lines of metrics. */
export function resultOf(metrics: readonly MetricsRecord[], stopped: boolean): RunResult {
  const last = metrics.at(-1) ?? { steps: 0, episodes: 0 };
  const evaluations = metrics.map((record) => record.evaluationReturn ?? null).filter(isNumber);
  return {
    format: 'palaestra-result',
    version: 1,
    steps: last.steps,
    episodes: last.episodes,
    stopped,
    finalReturn: evaluations.at(-1) ?? lateReturn(metrics, 0.9 * last.steps),
    bestReturn: evaluations.reduce<number | null>((best, x) => Math.max(best ?? x, x), null),
  };
}

/** @throws RangeError unless `text` is a result that this version can read. */
export function parseResult(text: string): RunResult {
  const result = JSON.parse(text) as RunResult;
  if (result?.format === 'palaestra-result' && result.version === 1) return result;
  throw new RangeError(
    `result.json: expected format "palaestra-result" version 1, got ${show(result?.format)} version ${show(result?.version)}.`,
  );
}

/** Mean return of the episodes of the lines that reach beyond `from` steps, each line by its episodes. */
function lateReturn(metrics: readonly MetricsRecord[], from: number): number | null {
  let episodes = 0;
  let sum = 0;
  let count = 0;
  for (const { steps, episodes: ended, meanReturn = null } of metrics) {
    if (steps > from && meanReturn !== null) {
      sum += meanReturn * (ended - episodes);
      count += ended - episodes;
    }
    episodes = ended;
  }
  return count === 0 ? null : sum / count;
}

function isNumber(value: number | null): value is number {
  return value !== null;
}
