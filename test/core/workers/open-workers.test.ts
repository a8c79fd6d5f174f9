import { expect, test } from 'vitest';
import { openWorld } from '../../../core/workers/open-workers.ts';
import type { WorkerListener, WorkerPort } from '../../../core/workers/worker-port.ts';

/** A worker that answers everything it is asked with these messages, one after the other. */
function answering(...messages: readonly object[]): WorkerPort {
  let listener: WorkerListener | undefined;
  return {
    post: () =>
      queueMicrotask(() => {
        for (const message of messages) listener?.onMessage(message);
      }),
    listen: (next) => {
      listener = next;
    },
    hold: () => {},
    close: async () => {},
  };
}

const WORLD = { id: 'FrozenLake-v1', options: {}, wrappers: [] };
const shape = { name: 'FrozenLake' };

test('a worker that still ends what it did before opens the world all the same', async () => {
  const port = answering({ kind: 'done' }, { kind: 'opened', shape });
  expect(await openWorld([port], WORLD as never, 'alea')).toEqual(shape);
});

test('a worker that cannot open it says why', async () => {
  const failure = { name: 'RangeError', message: 'There is no such world.', stack: '' };
  const port = answering({ kind: 'done' }, { kind: 'failed', failure });
  await expect(openWorld([port], WORLD as never, 'alea')).rejects.toThrow(RangeError);
});
