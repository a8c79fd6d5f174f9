import { describe, expect, test } from 'vitest';
import { filterRows, libraryRows, type RecordingFacts } from '../../viewer/app/library-rows.ts';
import { inOrder, stopIndex, stopsOf } from '../../viewer/app/stops.ts';
import { pagesOf, totalSize } from '../../viewer/net/http-source.ts';
import { isLiveRecording, parseDemos, parseLibrary, runOf } from '../../viewer/net/library.ts';
import { parseMessage, retryDelay } from '../../viewer/net/live.ts';
import { appendBytes, appendLines, EMPTY_LOG, pointsOf } from '../../viewer/net/metrics-log.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const library = parseLibrary({
  root: 'runs',
  runs: [
    {
      path: 'old',
      live: false,
      modified: 5,
      config: { agent: { name: 'dqn' }, env: { id: 'CartPole-v1' }, seed: 3 },
      metrics: { size: 10 },
      recordings: [{ path: 'old/episodes/best.rlrec', size: 7, modified: 4 }],
    },
    {
      path: 'new',
      live: true,
      modified: 1,
      config: null,
      metrics: null,
      recordings: [
        { path: 'new/episodes/episode-100.rlrec', size: 7, modified: 4 },
        { path: 'new/episodes/live.rlrec', size: 7, modified: 4 },
        { path: 'new/episodes/episode-20.rlrec', size: 7, modified: 4 },
        { path: 'new/episodes/first.rlrec', size: 7, modified: 4 },
      ],
    },
    { no: 'path' },
    17,
  ],
  recordings: [{ path: 'alone.rlrec' }, { path: 8 }],
});

describe('a library', () => {
  test('is read from JSON, and whatever does not fit is left out', () => {
    expect(library.runs.map(({ path, agent, env, seed }) => [path, agent, env, seed])).toEqual([
      ['old', 'dqn', 'CartPole-v1', 3],
      ['new', null, null, null],
    ]);
    expect(library.recordings).toEqual([
      { path: 'alone.rlrec', title: 'alone', size: null, modified: null },
    ]);
    expect(parseLibrary(null)).toEqual({ root: '', runs: [], recordings: [] });
  });

  test('knows the run of a recording', () => {
    expect(runOf(library, 'old/episodes/best.rlrec')?.path).toBe('old');
    expect(runOf(library, 'alone.rlrec')).toBeNull();
    expect(isLiveRecording('new/episodes/live.rlrec')).toBe(true);
    expect(isLiveRecording('new/episodes/alive.rlrec')).toBe(false);
  });

  test('of demos has paths in their folder', () => {
    const demos = parseDemos({
      recordings: [{ path: 'a.rlrec', title: 'A' }, { path: './b.rlrec' }],
    });
    expect(demos.recordings.map(({ path, title }) => [path, title])).toEqual([
      ['demos/a.rlrec', 'A'],
      ['demos/b.rlrec', 'b'],
    ]);
  });

  test('lists live runs first, and the newest recordings of a run', () => {
    expect(libraryRows(library).map(({ recording }) => recording.title)).toEqual([
      ...['live', 'episode-100', 'episode-20', 'first'],
      'best',
      'alone',
    ]);
  });
});

describe('the search', () => {
  const facts: Record<string, RecordingFacts> = {
    'alone.rlrec': {
      agent: 'human',
      env: 'FrozenLake-v1',
      numEpisodes: 3,
      bestReturn: 12,
      length: 40,
      outcome: 'terminated',
      tags: ['best'],
    },
  };
  const find = (text: string) =>
    filterRows(libraryRows(library), text, (path) => facts[path]).map((row) => row.recording.title);

  test.each([
    ['', 6],
    ['EPISODE', 5], // in a path
    ['old dqn', 1],
    ['agent:human', 1],
    ['env:cart', 1],
    ['tag:best', 1],
    ['tag:live', 4],
    ['run:new', 4],
    ['return>10', 1],
    ['return>12', 0],
    ['return>=12', 1],
    ['length<50 env:lake', 1],
    ['episodes=3', 1],
    ['return>', 0],
    ['nothing', 0],
  ])('for "%s" finds %i', (text, count) => {
    expect(find(text)).toHaveLength(count);
  });
});

describe('next and previous', () => {
  const run = library.runs[1];
  const entry = (index: number) => ({
    index,
    meta: { seed: 0, number: 10 + index, agentSteps: 0, rng: {} },
    end: null,
    length: 5,
    numBlocks: 1,
  });

  test('go through the recordings of a run in the order of their episodes', () => {
    expect(inOrder(run.recordings).map(({ title }) => title)).toEqual([
      ...['first', 'episode-20', 'episode-100', 'live'],
    ]);
    const stops = stopsOf('new/episodes/first.rlrec', [entry(0)], run);
    expect(stopIndex(stops, 'new/episodes/episode-100.rlrec', 0)).toBe(2);
  });

  test('go through the episodes of a recording that has several', () => {
    const stops = stopsOf('a', [entry(0), entry(1)], run);
    expect(stops.map(({ src, episode, title }) => [src, episode, title])).toEqual([
      ['a', 0, 'episode 10: unfinished, 5 steps'],
      ['a', 1, 'episode 11: unfinished, 5 steps'],
    ]);
    expect(stopIndex(stops, 'a', 1)).toBe(1);
    expect(stopIndex(stops, 'b', 1)).toBe(-1);
  });
});

describe('metrics', () => {
  const line = (steps: number, meanReturn: number) => `${JSON.stringify({ steps, meanReturn })}\n`;

  test('are read line by line; a line that is not whole waits', () => {
    const text = `${line(10, 1)}not json\n{"steps":20,"loss":3}\n${line(30, 2)}{"steps":4`;
    const log = appendBytes(EMPTY_LOG, bytes(text));
    expect(pointsOf(log).map(({ steps, meanReturn }) => [steps, meanReturn])).toEqual([
      [10, 1],
      [30, 2],
    ]);
    expect(log.offset).toBe(text.lastIndexOf('\n') + 1);
    const more = appendBytes(log, bytes(line(40, 5)));
    expect(pointsOf(more)).toHaveLength(3);
  });

  test('have evaluations as points of their own', () => {
    const text = '{"steps":5,"episodes":3,"evaluationReturn":9}\n';
    expect(pointsOf(appendBytes(EMPTY_LOG, bytes(text)))).toEqual([
      { steps: 5, meanReturn: null, evaluation: 9 },
    ]);
  });

  test('are not doubled when the connection begins again', () => {
    const read = appendBytes(EMPTY_LOG, bytes(line(10, 1)));
    const first = appendLines(read, read.offset, [{ steps: 20, meanReturn: 2 }]);
    const second = appendLines(first, read.offset + 30, [{ steps: 30, meanReturn: 3 }]);
    const again = appendLines(second, read.offset, [
      { steps: 20, meanReturn: 2 },
      { steps: 30, meanReturn: 3 },
      { steps: 40, meanReturn: 4 },
    ]);
    expect(pointsOf(again).map(({ steps }) => steps)).toEqual([10, 20, 30, 40]);
  });
});

describe('the live connection', () => {
  test('waits longer and longer before it tries again', () => {
    expect([0, 1, 2, 5, 50].map(retryDelay)).toEqual([500, 1000, 2000, 15_000, 15_000]);
  });

  test('passes over what it does not know', () => {
    expect(parseMessage('{"type":"library","library":{}}')?.type).toBe('library');
    expect(parseMessage('{"type":"metrics","run":"a","offset":3,"lines":[]}')?.type).toBe(
      'metrics',
    );
    for (const text of ['{"type":"metrics","run":4}', '{"type":"new"}', 'x', 'null', 5]) {
      expect(parseMessage(text)).toBeNull();
    }
  });
});

describe('parts of a file', () => {
  test('are pages', () => {
    expect(pagesOf(0, 10, 100)).toEqual([0, 1]);
    expect(pagesOf(99, 101, 100)).toEqual([0, 2]);
    expect(pagesOf(100, 200, 100)).toEqual([1, 2]);
    expect(pagesOf(150, 150, 100)).toEqual([1, 2]);
  });

  test('tell the size of the whole', () => {
    expect(totalSize('bytes 0-99/1234')).toBe(1234);
    expect(totalSize('bytes 0-99/*')).toBeNull();
    expect(totalSize(null)).toBeNull();
  });
});
