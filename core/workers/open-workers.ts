import type { EnvRng } from '../env-rng.ts';
import type { WorldShape } from '../world-shape.ts';
import { errorOf, type Reply, type Request, type WorldSource } from './messages.ts';
import type { WorkerPort } from './worker-port.ts';

/**
 * Has every worker open a world.
 *
 * @throws RangeError if there is no such world, as `makeDynamics` does.
 * @throws Error if a worker ends, or the module cannot be loaded.
 */
export async function openWorld(
  ports: readonly WorkerPort[],
  world: WorldSource,
  rng: EnvRng,
): Promise<WorldShape> {
  const [reply] = await Promise.all(
    ports.map((port) => ask(port, { kind: 'open', world, rng }, 'opened')),
  );
  return reply.shape;
}

/**
 * Has every worker begin its copies, and listen to shared memory from then on.
 *
 * @throws Error if a worker ends, or its copies cannot begin.
 */
export async function runWorld(
  ports: readonly WorkerPort[],
  what: Omit<Extract<Request, { kind: 'run' }>, 'kind' | 'worker'>,
): Promise<void> {
  await Promise.all(
    ports.map((port, worker) => ask(port, { kind: 'run', ...what, worker }, 'running')),
  );
}

/** Passes over what the worker may still have to say of the vector that it served before: `done`. */
function ask<K extends Reply['kind']>(
  port: WorkerPort,
  request: Request,
  kind: K,
): Promise<Extract<Reply, { kind: K }>> {
  const answered = new Promise<Extract<Reply, { kind: K }>>((resolve, reject) => {
    port.listen({
      onMessage(message) {
        const reply = message as Reply;
        if (reply.kind === kind) resolve(reply as Extract<Reply, { kind: K }>);
        else if (reply.kind === 'failed') {
          reject(errorOf(reply.failure, reply.failure.message));
        }
      },
      onEnd: (reason) => reject(new Error(`WorkerVectorEnv: a worker failed: ${reason}`)),
    });
  });
  port.hold(true);
  port.post(request);
  return answered.finally(() => port.hold(false));
}
