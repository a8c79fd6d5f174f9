import { describe, expect, test } from 'vitest';
import {
  checkLearningTimes,
  LearningTimes,
  type LearningTimesOptions,
} from '../../../agents/deep/parts/learning-times.ts';

const OPTIONS: LearningTimesOptions = { learningStarts: 0, updateEvery: 1, updatesAtOnce: 1 };

/** Ends of episodes in copies of a world: `T` terminates, `t` is cut off, `-` goes on. */
function ends(copies: string) {
  return {
    terminated: Uint8Array.from(copies, (copy) => Number(copy === 'T')),
    truncated: Uint8Array.from(copies, (copy) => Number(copy === 't')),
  };
}

/** Writes down what was done at each step: `u` for an update, `f` for following. */
class Diary {
  readonly times: LearningTimes;
  #done = '';
  #isReady = true;

  constructor(options: Partial<LearningTimesOptions>) {
    this.times = new LearningTimes({ ...OPTIONS, ...options }, () => this.#isReady);
  }

  pass(copies: string, ready = true): string {
    this.#done = '';
    this.#isReady = ready;
    this.times.pass(ends(copies), {
      update: () => {
        this.#done += 'u';
      },
      follow: () => {
        this.#done += 'f';
      },
    });
    return this.#done;
  }

  /** Steps of a world in one copy. */
  passEach(steps: string): string[] {
    return Array.from(steps, (step) => this.pass(step));
  }
}

describe('learning times', () => {
  test('come every few steps, once there are enough', () => {
    const times = { learningStarts: 3, updateEvery: 2, updatesAtOnce: 3, targetUpdateEvery: 5 };
    const done = new Diary(times).passEach('----------');
    expect(done).toEqual(['', '', '', 'uuu', 'f', 'uuu', '', 'uuu', '', 'uuuf']);
  });

  test('come at the step behind learningStarts at the earliest', () => {
    expect(new Diary({ learningStarts: 2 }).passEach('---')).toEqual(['', '', 'uf']);
    expect(new Diary({}).passEach('--')).toEqual(['uf', 'uf']);
  });

  test('wait for something to learn from', () => {
    const diary = new Diary({});
    expect(diary.pass('-', false)).toBe('');
    expect(diary.pass('-', true)).toBe('uf');
  });

  test('count the steps of all copies one after the other', () => {
    const diary = new Diary({ updateEvery: 2, targetUpdateEvery: 3 });
    expect(diary.pass('---')).toBe('uf');
    expect(diary.pass('---')).toBe('uuf');
    expect(diary.times.steps).toBe(6);
  });

  test('come when an episode ends, for each of its steps, however it ends', () => {
    const diary = new Diary({ updateEvery: 'episode', targetUpdateEvery: 100 });
    expect(diary.passEach('--T---tT')).toEqual(['', '', 'uuu', '', '', '', 'uuuu', 'u']);
  });

  test('take several updates for each step of an episode', () => {
    const options = { updateEvery: 'episode', updatesAtOnce: 2, targetUpdateEvery: 100 } as const;
    expect(new Diary(options).passEach('-T')).toEqual(['', 'uuuu']);
  });

  test('leave out episodes that end too early, and do not make up for them', () => {
    const options = { updateEvery: 'episode', learningStarts: 4, targetUpdateEvery: 100 } as const;
    expect(new Diary(options).passEach('--T--T')).toEqual(['', '', '', '', '', 'uuu']);
  });

  test('count the steps of all copies since the last end in any of them', () => {
    const diary = new Diary({ updateEvery: 'episode', targetUpdateEvery: 100 });
    expect(diary.pass('--')).toBe('');
    expect(diary.pass('-T')).toBe('uuuu');
    expect(diary.pass('T-')).toBe('u');
    expect(diary.pass('t-')).toBe('uu');
  });

  test('go on where they were saved', () => {
    const options = { updateEvery: 'episode', targetUpdateEvery: 100 } as const;
    const saved = new Diary(options);
    saved.passEach('T---');
    const resumed = new Diary(options);
    resumed.passEach('--');
    resumed.times.restore(saved.times.snapshot());
    expect(resumed.times.steps).toBe(4);
    expect(resumed.pass('T')).toBe('uuuu');
  });

  test('say whether the first update is still to come', () => {
    const { times } = new Diary({ learningStarts: 1 });
    expect(times.isWarmingUp).toBe(true);
    times.pass(ends('-'), { update: () => {} });
    expect(times.isWarmingUp).toBe(false);
  });

  test('refuse what is out of range', () => {
    const check = (options: object) => () => checkLearningTimes('Dqn', { ...OPTIONS, ...options });
    expect(check({})).not.toThrow();
    expect(check({ updateEvery: 'episode' })).not.toThrow();
    expect(check({ updateEvery: 0 })).toThrow('Dqn: updateEvery');
    expect(check({ updateEvery: 'step' })).toThrow(
      'Dqn: updateEvery must be an integer of at least 1, or "episode", got "step".',
    );
    expect(check({ updatesAtOnce: 0 })).toThrow('Dqn: updatesAtOnce');
    expect(check({ learningStarts: -1 })).toThrow('Dqn: learningStarts');
    expect(check({ targetUpdateEvery: 0 })).toThrow('Dqn: targetUpdateEvery');
    expect(() => new LearningTimes(OPTIONS).restore({})).toThrow('LearningTimes.restore');
  });
});
