import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatFragment, parseFragment, takeToken } from '../../viewer/view-state/fragment.ts';
import { chooseWrite } from '../../viewer/view-state/pacing.ts';
import {
  parseSource,
  readSrc,
  servedAddress,
  sourceTitle,
  writeSrc,
} from '../../viewer/view-state/source.ts';
import {
  DEFAULT_VIEW,
  OVERLAYS,
  toggleOverlay,
  type ViewState,
} from '../../viewer/view-state/view-state.ts';

const watching: ViewState = { ...DEFAULT_VIEW, page: 'watch' };

describe('the address of a view', () => {
  test('says everything that can be switched', () => {
    const text =
      'watch/ep=41&t=212&play=1&speed=4&loop=all&ov=v,p,q&sel=cell:5,6&range=-1..1&follow=1&theme=dark';
    expect(parseFragment(`#${text}`)).toEqual({
      page: 'watch',
      filter: '',
      episode: 41,
      step: 212,
      playing: true,
      speed: 4,
      loop: 'all',
      overlays: ['v', 'p', 'q'],
      selected: { row: 5, column: 6 },
      range: { low: -1, high: 1 },
      theme: 'dark',
      following: true,
      unknown: [],
    });
    expect(formatFragment(parseFragment(text))).toBe(text);
  });

  test('is short for a plain view', () => {
    expect(formatFragment(watching)).toBe('watch/ep=0&t=0');
    expect(formatFragment(DEFAULT_VIEW)).toBe('library/');
  });

  test('keeps the search of the library', () => {
    const view = { ...DEFAULT_VIEW, filter: 'env:cart & return>3' };
    expect(parseFragment(formatFragment(view))).toEqual(view);
  });

  test('keeps keys that it does not know', () => {
    const view = parseFragment('watch/ep=1&pane=2x1&t=5&sync=step');
    expect(view.unknown).toEqual([
      ['pane', '2x1'],
      ['sync', 'step'],
    ]);
    expect(formatFragment(view)).toBe('watch/ep=1&t=5&pane=2x1&sync=step');
  });

  test.each([
    ['ep=-1', 'episode'],
    ['t=1e9', 'step'],
    ['t=2.5', 'step'],
    ['play=yes', 'playing'],
    ['speed=fast', 'speed'],
    ['speed=-2', 'speed'],
    ['loop=200..260', 'loop'],
    ['ov=v,zz', 'overlays'],
    ['sel=cell:a,b', 'selected'],
    ['range=3..1', 'range'],
    ['range=..', 'range'],
    ['theme=pink', 'theme'],
    ['__proto__=1', 'page'],
  ] as const)('passes over %s', (text, key) => {
    expect(parseFragment(`watch/${text}`)[key]).toEqual(watching[key]);
  });

  test('clips the speed', () => {
    expect(parseFragment('watch/speed=1000').speed).toBe(64);
  });

  test('can say that no overlay is on', () => {
    const view = { ...watching, overlays: [] };
    expect(formatFragment(view)).toBe('watch/ep=0&t=0&ov=');
    expect(parseFragment(formatFragment(view)).overlays).toEqual([]);
  });

  test('brings back any view', () => {
    const views = fc.record({
      page: fc.constant('watch' as const),
      episode: fc.nat(),
      step: fc.nat(),
      playing: fc.boolean(),
      speed: fc.constantFrom(1 / 16, 0.5, 1, 3, 64),
      loop: fc.constantFrom('off' as const, 'all' as const),
      overlays: fc.subarray([...OVERLAYS]),
      theme: fc.constantFrom('light' as const, 'dark' as const, null),
      following: fc.boolean(),
      selected: fc.option(fc.record({ row: fc.nat(999), column: fc.nat(999) })),
    });
    fc.assert(
      fc.property(views, (change) => {
        const view = { ...DEFAULT_VIEW, ...change };
        expect(parseFragment(formatFragment(view))).toEqual(view);
      }),
    );
  });

  test('is read from any text without an error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const view = parseFragment(text);
        expect(parseFragment(formatFragment(view)).step).toBe(
          view.page === 'watch' ? view.step : 0,
        );
      }),
    );
  });
});

describe('the token', () => {
  test('is taken out of the fragment', () => {
    expect(takeToken('#k=0123456789abcdef')).toEqual({ token: '0123456789abcdef', rest: '' });
    expect(takeToken('#k=0123456789abcdef&watch/ep=3&t=2')).toEqual({
      token: '0123456789abcdef',
      rest: 'watch/ep=3&t=2',
    });
  });

  test('is dropped, too, where it is none', () => {
    expect(takeToken('#k=<script>&watch/t=1')).toEqual({ token: null, rest: 'watch/t=1' });
    expect(takeToken('#watch/t=1').token).toBeNull();
  });

  test('never stays in a view', () => {
    expect(parseFragment('watch/t=1&k=0123456789abcdef').unknown).toEqual([]);
  });
});

describe('the source', () => {
  const base = 'https://example.org/viewer/';

  test('is a served file where there is a server', () => {
    expect(parseSource('runs/dqn/7.rlrec', true, base)).toEqual({
      kind: 'served',
      path: 'runs/dqn/7.rlrec',
    });
  });

  test('is a file beside the application where there is none', () => {
    expect(parseSource('demos/a.rlrec', false, base)).toEqual({
      kind: 'url',
      url: 'https://example.org/viewer/demos/a.rlrec',
    });
  });

  test('can be any address of the web', () => {
    expect(parseSource('https://a.example/b.rlrec', true, base)?.kind).toBe('url');
  });

  test.each(['javascript:alert(1)', 'data:text/plain,x', 'file:///etc/passwd', 'blob:x', ''])(
    'is never %s',
    (src) => {
      expect(parseSource(src, true, base)).toBeNull();
      expect(parseSource(src, false, base)).toBeNull();
    },
  );

  test('lives in the query, beside whatever else is there', () => {
    expect(readSrc('?src=a%2Fb.rlrec&embed=1')).toBe('a/b.rlrec');
    expect(writeSrc('?embed=1', 'a/b.rlrec')).toBe('?embed=1&src=a/b.rlrec');
    expect(writeSrc('?src=a', null)).toBe('');
  });

  test('is escaped part by part', () => {
    expect(servedAddress('my run/episodes/a#1.rlrec')).toBe(
      'api/file/my%20run/episodes/a%231.rlrec',
    );
  });

  test('has a short name', () => {
    expect(sourceTitle('runs/x/episodes/best.rlrec')).toBe('best');
    expect(sourceTitle('dropped:mine.rlrec')).toBe('mine');
  });
});

describe('the address bar', () => {
  test('gets a new entry for a jump', () => {
    expect(chooseWrite(true, true, 0)).toBe('push');
  });

  test('is rewritten at most once a second while playing', () => {
    expect(chooseWrite(false, true, 999)).toBe('later');
    expect(chooseWrite(false, true, 1000)).toBe('replace');
  });

  test('is rewritten soon after a step', () => {
    expect(chooseWrite(false, false, 99)).toBe('later');
    expect(chooseWrite(false, false, 100)).toBe('replace');
  });
});

describe('overlays', () => {
  test('are switched one at a time and keep their order', () => {
    expect(toggleOverlay(['v', 'p'], 'q')).toEqual(['v', 'p', 'q']);
    expect(toggleOverlay(['v', 'p'], 'v')).toEqual(['p']);
    expect(toggleOverlay(['g'], 'v')).toEqual(['v', 'g']);
  });
});
