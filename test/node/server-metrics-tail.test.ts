import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MetricsTail } from '../../node/server/metrics-tail.ts';
import { folderOf } from './server-fixture.ts';

const line = (steps: number, extra = '') => `${JSON.stringify({ steps, extra })}\n`;

function metricsFile(content: string): string {
  return join(folderOf({ 'metrics.jsonl': content }), 'metrics.jsonl');
}

/** The steps of the lines that come next. */
async function steps(tail: MetricsTail, file: string): Promise<unknown[] | undefined> {
  const chunk = await tail.next(file);
  return chunk?.lines.map((value) => (value as { steps: number }).steps);
}

describe('a growing file', () => {
  test('gives its lines once, with the bytes where they begin and end', async () => {
    const file = metricsFile('{"steps":1}\n{"steps":2}\n');
    const tail = new MetricsTail(0);
    expect(await tail.next(file)).toEqual({
      offset: 0,
      end: 24,
      lines: [{ steps: 1 }, { steps: 2 }],
    });
    expect(await tail.next(file)).toBeUndefined();
    appendFileSync(file, '{"steps":3}\n');
    expect(await tail.next(file)).toEqual({ offset: 24, end: 36, lines: [{ steps: 3 }] });
  });

  test('gives a line only when it is complete', async () => {
    const file = metricsFile('{"steps":1}\n{"ste');
    const tail = new MetricsTail(0);
    expect(await steps(tail, file)).toEqual([1]);
    appendFileSync(file, 'ps":2}');
    expect(await tail.next(file)).toBeUndefined();
    appendFileSync(file, '\n');
    expect(await steps(tail, file)).toEqual([2]);
  });

  test('is read on from where a client has got to', async () => {
    const tail = new MetricsTail(12);
    expect(await steps(tail, metricsFile('{"steps":1}\n{"steps":2}\n'))).toEqual([2]);
  });

  test('may not exist yet', async () => {
    const file = join(folderOf(), 'metrics.jsonl');
    const tail = new MetricsTail(0);
    expect(await tail.next(file)).toBeUndefined();
    expect(await tail.next(undefined)).toBeUndefined();
    writeFileSync(file, line(1));
    expect(await steps(tail, file)).toEqual([1]);
  });

  test('may hold broken lines, other values, empty lines and any letters', async () => {
    const file = metricsFile('{"steps":1}\n{oops\n\n3\n[4]\nnull\n{"steps":"日本"}\r\n');
    expect(await steps(new MetricsTail(0), file)).toEqual([1, '日本']);
  });

  test('comes in pieces of bounded size, none lost', async () => {
    const count = 5000;
    const file = metricsFile(
      Array.from({ length: count }, (_, i) => line(i, 'é'.repeat(50))).join(''),
    );
    const tail = new MetricsTail(0);
    const seen: unknown[] = [];
    let end = 0;
    for (let chunk = await tail.next(file); chunk !== undefined; chunk = await tail.next(file)) {
      expect(chunk.offset).toBe(end);
      expect(chunk.end - chunk.offset).toBeLessThanOrEqual(256 * 1024);
      end = chunk.end;
      seen.push(...chunk.lines.map((value) => (value as { steps: number }).steps));
    }
    expect(seen).toEqual(Array.from({ length: count }, (_, i) => i));
  });

  test('is not held up by a line that is too long', async () => {
    const file = metricsFile(line(1) + line(2, 'x'.repeat(700_000)) + line(3));
    const tail = new MetricsTail(0);
    const seen: unknown[] = [];
    for (let i = 0; i < 10; i++) seen.push(...((await steps(tail, file)) ?? []));
    expect(seen).toEqual([1, 3]);
  });
});

describe('a file is read again from its start, and says so, when', () => {
  async function readTail(content: string) {
    const file = metricsFile(content);
    const tail = new MetricsTail(0);
    await tail.next(file);
    return { file, tail };
  }

  test('it shrank', async () => {
    const { file, tail } = await readTail(line(1) + line(2) + line(3));
    truncateSync(file, line(1).length);
    const end = line(1).length;
    const lines = [{ steps: 1, extra: '' }];
    expect(await tail.next(file)).toEqual({ offset: 0, end, lines, reset: true });
    expect(await tail.next(file)).toBeUndefined();
    appendFileSync(file, line(4));
    expect(await tail.next(file)).not.toHaveProperty('reset');
  });

  test('it shrank to nothing', async () => {
    const { file, tail } = await readTail(line(1));
    truncateSync(file, 0);
    expect(await tail.next(file)).toEqual({ offset: 0, end: 0, lines: [], reset: true });
    expect(await tail.next(file)).toBeUndefined();
  });

  test('it was removed, once', async () => {
    const { file, tail } = await readTail(line(1));
    rmSync(file);
    expect(await tail.next(file)).toEqual({ offset: 0, end: 0, lines: [], reset: true });
    expect(await tail.next(file)).toBeUndefined();
  });

  test('it was cut back and has grown past where it was', async () => {
    const { file, tail } = await readTail(line(1) + line(2));
    writeFileSync(file, line(1) + line(7) + line(8));
    expect(await tail.next(file)).toMatchObject({ offset: 0, reset: true });
    expect(await tail.next(file)).toBeUndefined();
  });

  test('it was rewritten at the same length', async () => {
    const { file, tail } = await readTail(line(1) + line(2));
    writeFileSync(file, line(1) + line(9));
    expect(await steps(tail, file)).toEqual([1, 9]);
  });

  test('the bytes that a client has read do not end a line, or are more than there are', async () => {
    const file = metricsFile(line(1) + line(2));
    for (const offset of [
      1,
      line(1).length - 1,
      line(1).length + 1,
      1e6,
      Number.MAX_SAFE_INTEGER,
    ]) {
      expect(await new MetricsTail(offset).next(file)).toMatchObject({ offset: 0, reset: true });
    }
  });
});
