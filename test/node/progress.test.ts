import { describe, expect, test } from 'vitest';
import { compact, Progress } from '../../node/progress.ts';
import { formatTable } from '../../node/table.ts';

function newProgress(isTTY: boolean, start = 0) {
  const written: string[] = [];
  const time = { now: 0 };
  const output = { isTTY, columns: 200, write: (text: string) => written.push(text) };
  const options = { label: 'lake', total: 1000, start, output, clock: () => time.now };
  return { progress: new Progress(options), written, time };
}

describe('progress on a terminal', () => {
  test('is one line that is rewritten, with share, rate and time left', () => {
    const { progress, written, time } = newProgress(true);
    time.now = 2000;
    progress.update(500, 'return 0.5');
    expect(written).toEqual([
      '\r\u001b[2Klake ████████████░░░░░░░░░░░░  50%  250 steps/s  0:02 left  return 0.5',
    ]);
    time.now = 2050;
    progress.update(510, '');
    expect(written).toHaveLength(1); // not more than ten times a second
    time.now = 4000;
    progress.end(1000, 'return 1');
    expect(written[1]).toBe(
      '\r\u001b[2Klake ████████████████████████ 100%  250 steps/s  in 0:04  return 1\n',
    );
  });

  test('counts the rate of a resumed run from where it began', () => {
    const { progress, written, time } = newProgress(true, 900);
    time.now = 1000;
    progress.update(950, '');
    expect(written[0]).toContain('95%  50.0 steps/s  0:01 left');
  });
});

test('progress ends at 100%, though copies have taken a few steps more', () => {
  const { progress, written, time } = newProgress(false);
  time.now = 1000;
  progress.end(1600, 'x');
  expect(written).toEqual(['lake 100%  1.60k steps/s  in 0:01  x\n']);
});

describe('progress elsewhere', () => {
  test('is one plain line every 30 s, and one at the end', () => {
    const { progress, written, time } = newProgress(false);
    for (time.now = 0; time.now < 65_000; time.now += 1000) progress.update(time.now / 100, 'x');
    expect(written).toEqual([
      'lake  30%  10.0 steps/s  1:10 left  x\n',
      'lake  60%  10.0 steps/s  0:40 left  x\n',
    ]);
    time.now = 100_000;
    progress.end(1000, 'done');
    expect(written[2]).toBe('lake 100%  10.0 steps/s  in 1:40  done\n');
  });
});

test('large numbers are shown with three digits', () => {
  expect([999, 1234, 3_210_000, 4e9].map(compact)).toEqual(['999', '1.23k', '3.21M', '4.00G']);
  expect([999.4, 999.5, 999_499, 999_700, 999_999_999].map(compact)).toEqual([
    ...['999', '1.00k', '999k', '1.00M', '1.00G'],
  ]);
});

test('a table has columns as wide as their longest cell', () => {
  expect(formatTable(['a', 'bb'], [['long', '1']])).toBe('a     bb\n────  ──\nlong  1');
});
