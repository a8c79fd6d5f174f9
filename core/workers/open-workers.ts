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
  const replies = await Promise.all(ports.map((port) => ask(port, { kind: 'open', world, rng })));
  for (const reply of replies) if (reply.kind === 'opened') return reply.shape;
  throw new Error('WorkerVectorEnv: the workers did not open the world.');
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
  await Promise.all(ports.map((port, worker) => ask(port, { kind: 'run', ...what, worker })));
}

function ask(port: WorkerPort, request: Request): Promise<Reply> {
  const answered = new Promise<Reply>((resolve, reject) => {
    port.listen({
      onMessage(message) {
        const reply = message as Reply;
        if (reply.kind !== 'failed') resolve(reply);
        else reject(errorOf(reply.failure, reply.failure.message));
      },
      onEnd: (reason) => reject(new Error(`WorkerVectorEnv: a worker failed: ${reason}`)),
    });
  });
  port.hold(true);
  port.post(request);
  return answered.finally(() => port.hold(false));
}
