/** One point of a learning curve. */
export interface MetricPoint {
  /** Environment steps taken in training. */
  readonly steps: number;
  /** Mean return of the episodes since the point before. */
  readonly meanReturn: number | null;
  /** Mean return of an evaluation at this point. */
  readonly evaluation: number | null;
}

/** What has been read of a metrics.jsonl: pieces by the byte at which they begin, ascending. */
export interface MetricsLog {
  readonly pieces: readonly MetricsPiece[];
  /** Bytes fetched so far, to go on from. */
  readonly offset: number;
}

/** The points of one stretch of the file. */
export interface MetricsPiece {
  readonly offset: number;
  readonly points: readonly MetricPoint[];
}

/** Nothing read yet. */
export const EMPTY_LOG: MetricsLog = { pieces: [], offset: 0 };

/** Every point, in the order of the file. */
export function pointsOf(log: MetricsLog): MetricPoint[] {
  return log.pieces.flatMap((piece) => piece.points);
}

/**
 * The log with the bytes that follow; an unfinished last line waits for its rest.
 *
 * Lines that are not a metric are passed over.
 */
export function appendBytes(log: MetricsLog, bytes: Uint8Array): MetricsLog {
  const end = bytes.lastIndexOf(10) + 1; // past the last line break
  const lines = new TextDecoder().decode(bytes.subarray(0, end)).split('\n');
  const grown = appendLines(log, log.offset, lines.map(parse));
  return { ...grown, offset: log.offset + end };
}

/**
 * The log with lines that the server has sent: all there were from `offset` on.
 *
 * After a new connection the server begins again where the fetched bytes end; what had come since
 * then is replaced, so that no point is there twice.
 */
export function appendLines(
  log: MetricsLog,
  offset: number,
  lines: readonly unknown[],
): MetricsLog {
  const kept = log.pieces.filter((piece) => piece.offset < offset);
  return { ...log, pieces: [...kept, { offset, points: lines.flatMap(readPoint) }] };
}

function readPoint(line: unknown): MetricPoint[] {
  if (typeof line !== 'object' || line === null) return [];
  const { steps, meanReturn, evaluationReturn } = line as Record<string, unknown>;
  const [x, y, z] = [finite(steps), finite(meanReturn), finite(evaluationReturn)];
  return x === null || (y === null && z === null)
    ? []
    : [{ steps: x, meanReturn: y, evaluation: z }];
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
