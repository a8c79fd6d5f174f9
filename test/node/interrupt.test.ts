import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Interrupt, interruptSignal } from '../../node/interrupt.ts';

let said: string[] = [];
let interrupt: Interrupt;
const exit = vi.fn();

beforeEach(() => {
  said = [];
  vi.useFakeTimers();
  vi.spyOn(process, 'exit').mockImplementation(exit as never);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  interrupt = interruptSignal('Saving…');
});

afterEach(() => {
  interrupt.release();
  exit.mockReset();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** As if the process had got the signal: what was installed last is called. */
function send(signal: NodeJS.Signals): void {
  process.listeners(signal).at(-1)?.(signal);
}

describe('an interrupt', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'aborts at %s, and says what happens',
    (name) => {
      expect(interrupt.signal.aborted).toBe(false);
      send(name);
      expect(interrupt.signal.aborted).toBe(true);
      expect(said).toEqual(['Saving…\n']);
      expect(exit).not.toHaveBeenCalled();
    },
  );

  test('takes a second Ctrl+C for the first while that has not been answered', () => {
    send('SIGINT');
    send('SIGINT');
    expect(exit).not.toHaveBeenCalled();
    vi.advanceTimersByTime(500);
    send('SIGINT');
    expect(exit).toHaveBeenCalledExactlyOnceWith(130);
    expect(said).toEqual(['Saving…\n']);
  });

  test.each(['stdout', 'stderr'] as const)('aborts when nobody reads %s any more', (name) => {
    process[name].emit('error', new Error('write EPIPE'));
    expect(interrupt.signal.aborted).toBe(true);
    process[name].emit('error', new Error('write EPIPE'));
    send('SIGHUP'); // comes with it where a terminal has ended
    expect(exit).not.toHaveBeenCalled();
    interrupt.release();
    expect(() => process[name].emit('error', new Error('write EPIPE'))).not.toThrow();
  });

  test('gives the signals back', () => {
    const before = process.listenerCount('SIGINT');
    interrupt.release();
    expect(process.listenerCount('SIGINT')).toBe(before - 1);
  });
});
