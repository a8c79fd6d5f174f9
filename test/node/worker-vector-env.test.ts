import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { QLearning } from '../../agents/tabular/q-learning.ts';
import type { Dynamics, StateRow } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import { Mt19937 } from '../../core/mt19937.ts';
import { savedObjects } from '../../core/saved.ts';
import type { Discrete, ElementOf, Space } from '../../core/space.ts';
import { readRow, rowSize, writeRow } from '../../core/spaces/rows.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import type { WorldSource } from '../../core/workers/messages.ts';
import { openWorld, runWorld } from '../../core/workers/open-workers.ts';
import {
  COMMAND,
  CONTROL,
  copiesOf,
  createSharedMemory,
} from '../../core/workers/shared-memory.ts';
import type { WorkerPort } from '../../core/workers/worker-port.ts';
import { WorkerTeam } from '../../core/workers/worker-team.ts';
import {
  resolveWorkerOptions,
  WorkerVectorEnv,
  type WorkerVectorEnvOptions,
} from '../../core/workers/worker-vector-env.ts';
import { shapeOf } from '../../core/world-shape.ts';
import { makeVector } from '../../envs/make-vector.ts';
import { envEntries, makeDynamics } from '../../envs/registry.ts';
import { createWorkerVectorEnv } from '../../node/workers/create-worker-vector-env.ts';
import { startWorkerThread } from '../../node/workers/worker-thread.ts';
import { evaluationWorlds } from '../../training/evaluation-worlds.ts';
import { Trainer } from '../../training/trainer.ts';
import { startProgram, temporaryFolder } from '../helpers/program.ts';
import { hashColumns, VectorPlayer } from '../helpers/vector-player.ts';
import { WORLDS } from '../helpers/worker-worlds.ts';
import { corridor, pushedPoint } from '../helpers/worlds.ts';

// Starting a thread takes longer than playing in it: the same ones serve all tests but a few.
const threads: WorkerPort[] = [];
beforeAll(() => {
  for (let i = 0; i < 3; i++) threads.push(startWorkerThread());
});
afterAll(() => Promise.all(threads.map((thread) => thread.close())));

/** A worker that goes on to serve others when the vector is closed. */
const lent = (port: WorkerPort): WorkerPort => ({ ...port, async close() {} });

/** What `createWorkerVectorEnv` does, in threads that run already. */
async function create(
  world: WorldSource,
  options: WorkerVectorEnvOptions = {},
  ports: readonly WorkerPort[] = threads.map(lent),
  canBlock: boolean = true,
): Promise<WorkerVectorEnv> {
  const resolved = resolveWorkerOptions('test', options, 2);
  const own = ports.slice(0, resolved.numWorkers);
  const envs = await WorkerVectorEnv.create(own, world, resolved, canBlock);
  open.push(new WeakRef(envs));
  return envs;
}

/** What a test that fails leaves open would keep the threads from the next ones. */
const open: WeakRef<WorkerVectorEnv>[] = [];

afterEach(async () => {
  for (const envs of open.splice(0)) await envs.deref()?.close();
});

const own = (name: string, options: Record<string, unknown> = {}): WorldSource => {
  return { module: WORLDS, export: name, options };
};

const RULES = envEntries().filter((entry) => entry.create !== undefined);

describe.each(RULES.map(({ id }) => id))('%s in workers', (id) => {
  const dynamics = makeDynamics(id);

  test.each([
    [5, 2],
    [7, 3],
  ])('is the same, bit for bit, with %i copies in %i workers', async (numEnvs, numWorkers) => {
    const envs = await create(id, { numEnvs, numWorkers, seed: 4 });
    const alone = new VectorEnv(dynamics, { numEnvs, seed: 4 });
    const single = new SingleCopy(dynamics, numEnvs - 1, 4);
    expect(hashColumns(envs)).toEqual(hashColumns(alone));
    const player = new VectorPlayer(alone);
    for (let t = 0; t < 60; t++) {
      expect(single.follows(envs)).toBe(true);
      const actions = player.choose();
      single.step(actions);
      const seen = hashColumns(envs, envs.step(actions));
      expect(seen).toEqual(hashColumns(alone, alone.step(actions)));
    }
    await envs.close();
  });
});

/** A copy that runs by itself, and what it shows. */
class SingleCopy {
  readonly #env: DynamicsEnv;
  readonly #copy: number;
  readonly #row: Float32Array;

  constructor(dynamics: Dynamics, copy: number, seed: number) {
    this.#env = new DynamicsEnv(dynamics, { seed, stream: `env/${copy}` });
    this.#copy = copy;
    this.#row = new Float32Array(rowSize(dynamics.observationSpace));
    this.#show(this.#env.reset().observation);
  }

  step(actions: Int32Array | Float32Array): void {
    const { actionSpace } = this.#env;
    const action = readRow(actionSpace, actions, this.#copy * rowSize(actionSpace));
    const { observation, terminated, truncated } = this.#env.step(action);
    this.#show(terminated || truncated ? this.#env.reset().observation : observation);
  }

  follows({ observations }: WorkerVectorEnv): boolean {
    const row = observations.subarray(this.#copy * this.#row.length);
    return this.#row.every((x, i) => Object.is(x, row[i]));
  }

  #show(observation: ElementOf<Space>): void {
    writeRow<Space>(this.#env.observationSpace, observation, this.#row);
  }
}

/** Steps both with the same actions and compares every column. */
async function expectSame(
  envs: WorkerVectorEnv,
  alone: VectorEnv,
  numSteps: number,
  stepAsync: boolean = false,
): Promise<void> {
  const player = new VectorPlayer(alone);
  for (let t = 0; t < numSteps; t++) {
    const actions = player.choose();
    const transitions = stepAsync ? await envs.stepAsync(actions) : envs.step(actions);
    const seen = hashColumns(envs, transitions);
    expect(seen).toEqual(hashColumns(alone, alone.step(actions)));
  }
}

describe('copies in workers', () => {
  test('draw what Gymnasium draws, where they are asked to', async () => {
    const options = { numEnvs: 5, seed: 3, rng: 'gymnasium' } as const;
    const envs = await create('CartPole-v1', { ...options, numWorkers: 3 });
    await expectSame(envs, new VectorEnv(makeDynamics('CartPole-v1'), options), 100);
    await envs.close();
    // Which rounds as NumPy 2 does there.
    const rounded = await create('Pendulum-v1', { ...options, numWorkers: 2 });
    await expectSame(rounded, makeVector('Pendulum-v1', options) as VectorEnv, 50);
    await rounded.close();
  });

  test('draw from a stream of another name, where they are given one', async () => {
    const options = { numEnvs: 3, seed: 3, stream: 'evaluation' };
    const envs = await create('FrozenLake-v1', { ...options, numWorkers: 2 });
    await expectSame(envs, new VectorEnv(makeDynamics('FrozenLake-v1'), options), 60);
    await envs.close();
  });

  test('run a world that is described by a spec', async () => {
    const wrappers = [{ name: 'time-limit', options: { steps: 7 } }];
    const spec = { id: 'FrozenLake-v1', options: { slippery: false }, wrappers };
    const envs = await create(spec, { numEnvs: 3, numWorkers: 2 });
    await expectSame(envs, new VectorEnv(makeDynamics(spec), { numEnvs: 3 }), 60);
    await envs.close();
  });

  test.each([
    ['corridor', corridor() as unknown as Dynamics],
    ['pushedPoint', pushedPoint() as unknown as Dynamics],
  ])("run a user's own %s from its module", async (name, dynamics) => {
    const envs = await create(own(name), { numEnvs: 5, numWorkers: 3, seed: 8 });
    expect(envs.actionSpace).toEqual(dynamics.actionSpace);
    expect(envs.observationSpace).toEqual(dynamics.observationSpace);
    await expectSame(envs, new VectorEnv(dynamics, { numEnvs: 5, seed: 8 }), 100);
    await envs.close();
  });

  test('train an agent to the same values', async () => {
    const lake = makeDynamics('FrozenLake-v1') as Dynamics<Discrete, Discrete>;
    const spread = await create('FrozenLake-v1', { numEnvs: 6, numWorkers: 2, seed: 1 });
    const alone = new VectorEnv<Space, Space>(lake as unknown as Dynamics, { numEnvs: 6, seed: 1 });
    const values = [spread, alone].map((envs) => {
      const agent = new QLearning(lake, { seed: 1 });
      const trainer = new Trainer(agent, envs, { steps: 3000 });
      while (!trainer.done) trainer.advance(1000);
      return agent.actionValues.table;
    });
    await spread.close();
    expect(values[0]).toEqual(values[1]);
    expect(values[0].some((value) => value > 0)).toBe(true);
  });

  test('take each step once, however often their threads are woken', async () => {
    const ports = threads.slice(0, 2);
    const shape = await openWorld(ports, own('pushedPoint'), 'alea');
    const plan = { shape, numEnvs: 4, numWorkers: 2 };
    const buffer = createSharedMemory(plan);
    await runWorld(ports, { buffer, plan, seed: 0, stream: 'env', rng: 'alea' });
    const team = new WorkerTeam(ports.map(lent), buffer, plan, { canBlock: true, timeout: 5000 });
    const { control, columns } = team.memory;
    for (let t = 1; t <= 20; t++) {
      team.carryOut(COMMAND.step);
      for (let i = 0; i < 50; i++) {
        Atomics.notify(control, CONTROL.round);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect([...columns.elapsed]).toEqual([t, t, t, t]);
      expect(control[CONTROL.pending]).toBe(0);
    }
    await team.close();
  });

  test('are split evenly, neighbors together, each copy once', () => {
    const shape = shapeOf(corridor() as unknown as Dynamics);
    const split = (numEnvs: number, numWorkers: number) =>
      Array.from({ length: numWorkers }, (_, w) => copiesOf({ shape, numEnvs, numWorkers }, w));
    expect(split(7, 3)).toEqual([
      { first: 0, count: 2 },
      { first: 2, count: 2 },
      { first: 4, count: 3 },
    ]);
    expect(split(4, 4).map(({ count }) => count)).toEqual([1, 1, 1, 1]);
    for (const [numEnvs, numWorkers] of [
      [100, 7],
      [9, 8],
    ]) {
      const parts = split(numEnvs, numWorkers);
      let next = 0;
      for (const { first, count } of parts) {
        expect(first).toBe(next);
        expect(count).toBeGreaterThan(0);
        next += count;
      }
      expect(next).toBe(numEnvs);
    }
  });
});

describe('a step without blocking', () => {
  test('gives the same bits', async () => {
    const envs = await create(own('corridor'), { numEnvs: 5, numWorkers: 2 }, undefined, false);
    const alone = new VectorEnv(corridor() as unknown as Dynamics, { numEnvs: 5 });
    await expectSame(envs, alone, 100, true);
    expect(await envs.snapshotAsync()).toEqual(alone.snapshot());
    await envs.close();
  });

  test('gives the same bits where the engine has no Atomics.waitAsync', async () => {
    const atomics = Atomics as { waitAsync?: unknown };
    const { waitAsync } = atomics;
    atomics.waitAsync = undefined;
    const world = own('slow', { milliseconds: 1 }); // it is not done before we look
    const envs = await create(world, { numEnvs: 5, numWorkers: 2 }, undefined, false).finally(
      () => {
        atomics.waitAsync = waitAsync;
      },
    );
    const alone = new VectorEnv(corridor() as unknown as Dynamics, { numEnvs: 5 });
    await expectSame(envs, alone, 60, true);
    await envs.close();
  });

  test('must be awaited before anything else is done', async () => {
    const envs = await create(own('corridor'), { numEnvs: 2 });
    const actions = envs.createActions().fill(1);
    const step = envs.stepAsync(actions);
    const busy = 'stepAsync has not finished. Await it first.';
    expect(() => envs.step(actions)).toThrow(`WorkerVectorEnv.step: WorkerVectorEnv.${busy}`);
    expect(() => envs.snapshot()).toThrow(busy);
    await expect(envs.stepAsync(actions)).rejects.toThrow(busy); // begun before anything is awaited
    await step;
    envs.step(actions);
    await envs.close();
  });

  test('is all that a thread has which must not sleep', async () => {
    const envs = await create(own('corridor'), { numEnvs: 2 }, undefined, false);
    const saved = await envs.snapshotAsync();
    const why = "a page's main thread must not wait. Use";
    expect(() => envs.step(Int32Array.of(1, 1))).toThrow(`${why} stepAsync`);
    expect(() => envs.snapshot()).toThrow(`${why} snapshotAsync`);
    expect(() => envs.restore(saved)).toThrow(`${why} restoreAsync`);
    expect(await envs.snapshotAsync()).toEqual(saved);
    await envs.close();
  });
});

describe('a snapshot of copies in workers', () => {
  test.each(['corridor', 'pushedPoint'] as const)(
    'of %s is that of a VectorEnv, and goes on in either',
    async (name) => {
      const dynamics = { corridor, pushedPoint }[name]() as unknown as Dynamics;
      const alone = new VectorEnv(dynamics, { numEnvs: 5, seed: 1 });
      const player = new VectorPlayer(alone);
      for (let t = 0; t < 25; t++) alone.step(player.choose());
      const saved = alone.snapshot();

      const envs = await create(own(name), { numEnvs: 5, numWorkers: 2, seed: 77 });
      envs.restore(saved);
      expect(envs.snapshot()).toEqual(saved);
      expect(envs.observations).toEqual(alone.observations);
      expect(envs.actionMasks).toEqual(alone.actionMasks);
      for (let t = 0; t < 50; t++) {
        const actions = player.choose();
        const seen = hashColumns(envs, envs.step(actions));
        const { finalStates: _, ...expected } = hashColumns(alone, alone.step(actions));
        expect(seen).toMatchObject(expected);
      }

      const other = new VectorEnv(dynamics, { numEnvs: 5, seed: 78 });
      other.restore(envs.snapshot());
      expect(other.observations).toEqual(alone.observations);
      expect(other.snapshot()).toEqual(alone.snapshot());

      const fewer = await create(own(name), { numEnvs: 5, numWorkers: 1 }, [lent(threads[2])]);
      expect(fewer.snapshot()).not.toEqual(saved);
      await fewer.restoreAsync(saved);
      expect(await fewer.snapshotAsync()).toEqual(saved);
      await Promise.all([envs.close(), fewer.close()]);
    },
  );

  test('gives the statistics of its wrappers to the worlds of an evaluation', async () => {
    const wrappers = [{ name: 'normalize-observation', options: {} }];
    const env = { id: 'MountainCar-v0', options: {}, wrappers };
    const envs = await createWorkerVectorEnv(env, { numEnvs: 2, numWorkers: 1, seed: 3 });
    const actions = envs.createActions();
    for (let t = 0; t < 50; t++) envs.step(actions.fill(t % 3));
    const run = { env, seed: 3, rng: 'alea' as const, training: envs };
    const world = evaluationWorlds(run)(1) as VectorEnv;
    const memory = (state: StateRow) => [...state].slice(2); // behind position and velocity
    expect(memory(world.states[0])).toEqual(memory(envs.states[0]));
    expect(memory(world.states[0])[0]).toBeGreaterThan(49); // observations
    await envs.close();
  });

  // Of 5 copies one worker's generators fill one mailbox, the other's two.
  test.each([12, 5])(
    'may hold large generators, more than fit a mailbox: %i copies',
    async (numEnvs) => {
      const alone = new VectorEnv(pushedPoint() as unknown as Dynamics, { numEnvs, seed: 1 });
      const saved = alone.snapshot();
      const copies = savedObjects('test', saved, 'copies').map((copy, i) => {
        return { ...copy, rng: new Mt19937(i).snapshot() };
      });
      alone.restore({ ...saved, copies });
      const envs = await create(own('pushedPoint'), { numEnvs, numWorkers: 2 });
      envs.restore(saved);
      envs.restore({ ...saved, copies }); // after another one
      await expectSame(envs, alone, 40);
      expect(envs.snapshot()).toEqual(alone.snapshot());
      await envs.close();
    },
  );

  test('is refused where it is of something else, and nothing has changed then', async () => {
    const envs = await create(own('corridor'), { numEnvs: 3, numWorkers: 2 });
    const before = envs.snapshot();
    const where = 'WorkerVectorEnv(Corridor).restore';
    const of = (dynamics: unknown, numEnvs: number) =>
      new VectorEnv(dynamics as Dynamics, { numEnvs }).snapshot();
    expect(() => envs.restore(of(corridor(), 2))).toThrow(`${where}: copies must have length 3`);
    expect(() => envs.restore(of(pushedPoint(), 3))).toThrow(`${where}: expected data of Corridor`);
    const [first, second] = savedObjects('test', before, 'copies');
    const broken = { ...before, copies: [first, second, { ...second, rng: { kind: 'dice' } }] };
    await expect(envs.restoreAsync(broken)).rejects.toThrow('restoreRng: expected saved data');
    expect(envs.snapshot()).toEqual(before);
    await envs.close();
  });
});

describe('illegal actions', () => {
  test('are refused as by a VectorEnv, before anything moves', async () => {
    const envs = await create(own('corridor'), { numEnvs: 3, numWorkers: 3, seed: 2 });
    const before = envs.snapshot();
    expect(() => envs.step(Int32Array.of(1, 1, 2))).toThrow(
      'Corridor: action must be an integer from 0 to 1, got 2 in copy 2.',
    );
    expect(() => envs.step(Int32Array.of(1, 1))).toThrow(
      'WorkerVectorEnv.step: actions must have length 3, got 2.',
    );
    await expect(envs.stepAsync(Int32Array.of(1, -1, 1))).rejects.toThrow('got -1 in copy 1.');
    expect(envs.snapshot()).toEqual(before);
    await envs.close();
  });

  test('may be illegal for where a copy is', async () => {
    const envs = await create(own('corridor'), { numEnvs: 3, numWorkers: 2 });
    for (let t = 0; t < 4; t++) {
      const masks = envs.actionMasks as Uint8Array;
      const left = Int32Array.from({ length: 3 }, (_, i) => (masks[2 * i] === 1 ? 0 : 1));
      const atWall = left.indexOf(1);
      if (atWall >= 0) {
        left[atWall] = 0;
        expect(() => envs.step(left)).toThrow(`action 0 is not legal here in copy ${atWall}.`);
        break;
      }
      envs.step(left);
      expect(t).toBeLessThan(3);
    }
    await envs.close();
  });
});

describe('creating copies in workers', () => {
  test.each([
    [{ numEnvs: 0 }, 'numEnvs must be an integer of at least 1, got 0'],
    [
      { numEnvs: 2, numWorkers: 3 },
      'numWorkers, at most one per copy, must be an integer from 1 to 2',
    ],
    [{ numWorkers: 0 }, 'numWorkers, at most one per copy, must be an integer from 1 to 1, got 0'],
    [{ seed: -1 }, 'seed must be an integer of at least 0'],
    [{ rng: 'dice' }, 'rng must be one of alea, gymnasium'],
    [{ timeout: 0 }, 'timeout must be a finite number above 0'],
    [{ numWorker: 2 }, 'Did you mean "numWorkers"?'],
  ])('refuses %j', async (options, message) => {
    const creating = createWorkerVectorEnv('CartPole-v1', options as WorkerVectorEnvOptions);
    await expect(creating).rejects.toThrow(RangeError);
    await expect(creating).rejects.toThrow(`createWorkerVectorEnv: `);
    await expect(creating).rejects.toThrow(message);
  });

  test('takes a worker for each core, and no more than copies', () => {
    expect(resolveWorkerOptions('test', { numEnvs: 8 }, 4).numWorkers).toBe(4);
    expect(resolveWorkerOptions('test', { numEnvs: 3 }, 4).numWorkers).toBe(3);
    expect(resolveWorkerOptions('test', { timeout: Infinity }, 4).timeout).toBe(Infinity);
  });

  test('refuses a world that is not there as makeDynamics does', async () => {
    const creating = create('CartPool-v1');
    await expect(creating).rejects.toThrow(RangeError);
    await expect(creating).rejects.toThrow('Did you mean "CartPole-v1"?');
  });

  test.each([
    [{ module: 'file:///nowhere.ts', export: 'x' }, 'nowhere.ts'],
    [own('corridors'), 'must export a function "corridors", got undefined. It exports'],
    [own('WORLDS'), 'must export a function "WORLDS"'],
    [own('nothing'), '"nothing" of file://'],
    [own('unable'), 'No way in.'],
    [own('unbounded'), 'WorkerVectorEnv: Corridor must have observations of one length'],
  ])('says what is wrong with %j', async (world, message) => {
    await expect(create(world)).rejects.toThrow(message);
    const envs = await create('CartPole-v1'); // the worker can still serve others
    await envs.close();
  });
});

describe('a failure in a worker', () => {
  /** Steps to the right until something happens. */
  function walk(envs: WorkerVectorEnv): void {
    for (let t = 0; t < 10; t++) envs.step(envs.createActions().fill(1));
  }

  test('is thrown by the step that met it, and by all later calls', async () => {
    const world = own('throwing', { message: 'The floor gives way.' });
    const envs = await create(world, { numEnvs: 5, numWorkers: 2 });
    const message =
      /^WorkerVectorEnv\(Corridor\): worker \d \(copies \d to \d\) failed: The floor gives way\.$/;
    expect(() => walk(envs)).toThrow(message);
    expect(() => envs.step(envs.createActions().fill(1))).toThrow(message);
    expect(() => envs.snapshot()).toThrow(message);
    await envs.close();
  });

  test('is told with its place in the worker as the cause, and in a text of any length', async () => {
    const world = own('throwing', { message: '\u0000'.repeat(30_000) });
    const envs = await create(world, { numEnvs: 1 });
    let cause: unknown;
    try {
      walk(envs);
    } catch (error) {
      cause = (error as Error).cause;
    }
    expect(String(cause)).toContain('TypeError: ');
    await envs.close();
  });

  test('rejects a step that is awaited', async () => {
    const world = own('throwing', { message: 'The floor gives way.' });
    const envs = await create(world, { numEnvs: 2, numWorkers: 2 }, undefined, false);
    const walking = async () => {
      for (let t = 0; t < 10; t++) await envs.stepAsync(envs.createActions().fill(1));
    };
    await expect(walking).rejects.toThrow(/worker \d \(copy \d\) failed: The floor gives way\.$/);
    await envs.close();
  });

  test('may be that it exits, which is said at once, also to a thread that sleeps', async () => {
    const envs = await create(own('exiting'), { numEnvs: 1 }, [startWorkerThread()]);
    expect(() => walk(envs)).toThrow('worker 0 (copy 0) failed: it has exited with code 3.');
    await envs.close();
  });

  test('may be that it dies while nobody waits for it', async () => {
    const thread = startWorkerThread();
    const envs = await create(own('corridor'), { numEnvs: 1 }, [thread]);
    await thread.close();
    const message = 'worker 0 (copy 0) failed: it has exited with code 1.';
    expect(() => envs.step(Int32Array.of(1))).toThrow(message);
    await expect(create('CartPole-v1', {}, [thread])).rejects.toThrow('a worker failed: it has');
  });

  test('may be that it dies while a step is awaited', async () => {
    const thread = startWorkerThread();
    const envs = await create(own('hanging'), { numEnvs: 1 }, [thread]);
    const walking = async () => {
      for (let t = 0; t < 10; t++) await envs.stepAsync(Int32Array.of(1));
    };
    setTimeout(() => void thread.close(), 100);
    await expect(walking).rejects.toThrow('worker 0 (copy 0) failed: it has exited');
  });

  test.each(['step', 'stepAsync'] as const)(
    'may be silence, which %s takes for death in time',
    async (method) => {
      const thread = startWorkerThread();
      const envs = await create(own('hanging'), { numEnvs: 1, timeout: 100 }, [thread]);
      const walking = async () => {
        for (let t = 0; t < 10; t++) await envs[method](Int32Array.of(1));
      };
      await expect(walking).rejects.toThrow(
        'worker 0 (copy 0) failed: it has given no answer for 100 ms: it has died, or a step takes longer. Give a longer timeout in that case.',
      );
      await envs.close();
    },
  );

  test('is not a step that takes long, within the time it has', async () => {
    const envs = await create(own('slow', { milliseconds: 60 }), { numEnvs: 1, timeout: 5000 });
    walk(envs);
    await envs.close();
  });
});

describe('closing copies in workers', () => {
  test('ends the threads, and every later call is refused', async () => {
    const ended: string[] = [];
    const thread = startWorkerThread();
    const envs = await create(own('corridor'), { numEnvs: 1 }, [thread]);
    await envs.close();
    thread.listen({ onMessage: () => {}, onEnd: (reason) => ended.push(reason) });
    expect(ended).toEqual(['it has exited with code 1.']);
    expect(() => envs.step(Int32Array.of(1))).toThrow(
      'WorkerVectorEnv.step: the workers are closed.',
    );
    await expect(envs.stepAsync(Int32Array.of(1))).rejects.toThrow('the workers are closed');
    expect(() => envs.snapshot()).toThrow('the workers are closed');
    await envs.close(); // again
  });

  test('rejects a step that is awaited', async () => {
    const thread = startWorkerThread();
    const envs = await create(own('hanging'), { numEnvs: 1 }, [thread]);
    const walking = async () => {
      for (let t = 0; t < 10; t++) await envs.stepAsync(Int32Array.of(1));
    };
    setTimeout(() => void envs.close(), 100);
    await expect(walking).rejects.toThrow('the workers were closed meanwhile');
  });

  test('is done for those that nobody holds any more', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const thread = startWorkerThread();
    let closed = false;
    const close = async () => {
      closed = true;
      await thread.close();
    };
    await create(own('corridor'), { numEnvs: 1 }, [{ ...thread, close }]).then((envs) => {
      envs.step(Int32Array.of(1));
    });
    await expect
      .poll(() => {
        collect();
        return closed;
      })
      .toBe(true);
  });

  test('may be left out: they do not keep a program alive, but a step that is awaited does', async () => {
    const program = startProgram('test/helpers/unclosed-workers.ts', [], temporaryFolder());
    const { code, stdout, stderr } = await program.ended;
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'stepped\n', stderr: '' });
  });
});
