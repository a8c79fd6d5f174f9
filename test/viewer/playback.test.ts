import { describe, expect, test } from 'vitest';
import {
  advance,
  type Clock,
  seek,
  stepBy,
  stepOf,
  togglePlay,
} from '../../viewer/playback/clock.ts';
import {
  clampSpeed,
  EMPTY_CHORD,
  faster,
  slower,
  stepsPerSecond,
  typeSpeed,
} from '../../viewer/playback/speed.ts';

const clock = (change: Partial<Clock> = {}): Clock => ({
  position: 0,
  playing: true,
  speed: 1,
  loop: 'off',
  ...change,
});

describe('the playback clock', () => {
  test('moves by pace times speed times seconds', () => {
    expect(advance(clock(), 100, 4, 0.5).position).toBe(2);
    expect(advance(clock({ speed: 8 }), 100, 4, 0.5).position).toBe(16);
    expect(advance(clock({ speed: 1 / 16 }), 100, 4, 4).position).toBe(1);
  });

  test('shows a step until the next is due', () => {
    const later = advance(clock(), 100, 4, 0.24);
    expect(stepOf(later)).toBe(0);
    expect(stepOf(advance(later, 100, 4, 0.01))).toBe(1);
  });

  test('stands still while paused', () => {
    const paused = clock({ playing: false, position: 3 });
    expect(advance(paused, 100, 4, 10)).toBe(paused);
  });

  test('stops on the last step', () => {
    expect(advance(clock({ position: 9 }), 10, 4, 5)).toMatchObject({
      position: 10,
      playing: false,
    });
  });

  test('starts over after the last step when it loops', () => {
    const looping = clock({ loop: 'all', position: 9 });
    expect(stepOf(advance(looping, 10, 1, 1.5))).toBe(10); // the last one is seen, too
    expect(stepOf(advance(looping, 10, 1, 2))).toBe(0);
    expect(stepOf(advance(looping, 10, 1, 3))).toBe(1);
  });

  test('steps by whole steps, within the episode, and pauses', () => {
    expect(stepBy(clock({ position: 3.7 }), 10, 1)).toMatchObject({ position: 4, playing: false });
    expect(stepBy(clock({ position: 3.7 }), 10, -1).position).toBe(2);
    expect(stepBy(clock({ position: 5 }), 10, 10).position).toBe(10);
    expect(stepBy(clock({ position: 5 }), 10, -10).position).toBe(0);
  });

  test('goes to a step and keeps playing', () => {
    expect(seek(clock(), 10, 7)).toMatchObject({ position: 7, playing: true });
    expect(seek(clock(), 10, 99).position).toBe(10);
    expect(seek(clock(), 10, Number.NaN).position).toBe(0);
  });

  test('plays from the start when it is at the end', () => {
    const ended = clock({ position: 10, playing: false });
    expect(togglePlay(ended, 10)).toMatchObject({ position: 0, playing: true });
    expect(togglePlay(clock({ position: 4.6 }), 10)).toMatchObject({ position: 4, playing: false });
  });
});

describe('the speed', () => {
  test('doubles and halves between 1/16 and 64', () => {
    expect(faster(1)).toBe(2);
    expect(faster(3)).toBe(4);
    expect(faster(64)).toBe(64);
    expect(slower(1)).toBe(0.5);
    expect(slower(3)).toBe(2);
    expect(slower(1 / 16)).toBe(1 / 16);
  });

  test('is 1 where it makes no sense', () => {
    expect(clampSpeed(Number.NaN)).toBe(1);
    expect(clampSpeed(-3)).toBe(1);
    expect(clampSpeed(1e9)).toBe(64);
  });

  test('is typed as digits and Enter', () => {
    const one = typeSpeed(EMPTY_CHORD, '1');
    const twelve = typeSpeed(one.chord, '2');
    expect(twelve).toMatchObject({ chord: { digits: '12' }, speed: null, taken: true });
    expect(typeSpeed(twelve.chord, 'Enter')).toMatchObject({ speed: 12, taken: true });
    expect(typeSpeed(twelve.chord, 'Escape')).toMatchObject({ speed: null, taken: true });
    expect(typeSpeed(twelve.chord, 'v')).toMatchObject({ speed: null, taken: false });
    expect(typeSpeed(EMPTY_CHORD, 'Enter')).toMatchObject({ speed: null, taken: false });
  });

  test('is counted from a pace that fits the picture', () => {
    const shapes = {
      kind: 'shapes',
      view: { left: 0, bottom: 0, width: 1, height: 1 },
      shapes: [],
    };
    expect(stepsPerSecond(null)).toBe(4);
    expect(stepsPerSecond(shapes as never)).toBe(50); // real time of the control worlds
    expect(stepsPerSecond({ ...shapes, actionPositions: [] } as never)).toBe(8);
  });
});
