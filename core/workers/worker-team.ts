import { putMail, takeMail } from './mailbox.ts';
import { errorOf, type Failure } from './messages.ts';
import {
  COMMAND,
  CONTROL,
  copiesOf,
  openSharedMemory,
  type SharedMemory,
  type SharedPlan,
  STATUS,
} from './shared-memory.ts';
import type { WorkerPort } from './worker-port.ts';

/** How often it looks whether the workers are done before it goes to sleep: some microseconds. */
const SPINS = 500;

/** Where a thread cannot sleep on shared memory, and how long it waits at most. */
export interface WaitOptions {
  /** Whether this thread may sleep: not in a page's main thread. */
  readonly canBlock: boolean;
  /** Milliseconds without a sign from any worker after which it counts as dead; may be `Infinity`. */
  readonly timeout: number;
}

/**
 * Workers that carry out one command at a time, all of them, and who gave it.
 *
 * The one who commands writes what is to be done into shared memory and wakes the workers; the last
 * of them to be done wakes it. A command that failed, or was not carried out in time, leaves copies
 * of which some have moved and some have not, so from then on every command fails with that error.
 */
export class WorkerTeam {
  readonly memory: SharedMemory;
  readonly #ports: readonly WorkerPort[];
  readonly #plan: SharedPlan;
  readonly #options: WaitOptions;
  readonly #waitAsync: WaitAsync | undefined;
  #busy: string | null = null;
  #error: Error | null = null;
  #closed = false;
  #wake: () => void = () => {};

  constructor(
    ports: readonly WorkerPort[],
    buffer: SharedArrayBuffer,
    plan: SharedPlan,
    options: WaitOptions,
  ) {
    this.#ports = ports;
    this.#plan = plan;
    this.#options = options;
    this.memory = openSharedMemory(buffer, plan);
    this.#waitAsync = (Atomics as { readonly waitAsync?: WaitAsync }).waitAsync;
    this.memory.control[CONTROL.wantsMessage] = this.#waitAsync === undefined ? 1 : 0;
    ports.forEach((port, worker) => {
      port.listen({
        onMessage: () => this.#wake(), // `done`: there is no other once they run
        onEnd: (reason) => this.#lose(this.#failureOf(worker, reason)),
      });
    });
  }

  /**
   * Refuses to begin anything where a command could not be given.
   *
   * @param where Who wants to, as errors are to say.
   * @throws Error if it is closed, has failed, or has not finished what it does.
   */
  check(where: string): void {
    if (this.#closed) throw new Error(`${where}: the workers are closed.`);
    if (this.#error !== null) throw this.#error;
    if (this.#busy === null) return;
    throw new Error(`${where}: ${this.#busy} has not finished. Await it first.`);
  }

  /** @throws Error if this thread may not sleep until the workers are done. */
  checkBlocking(where: string): void {
    if (this.#options.canBlock) return;
    throw new Error(
      `${where}: a page's main thread must not wait. Use ${where.split('.')[1]}Async, or do it in a worker.`,
    );
  }

  /** Has all workers carry out one command, and sleeps until they have. */
  carryOut(command: number): void {
    this.#start(command);
    this.#join();
    this.#checkOutcome();
  }

  /** Has all workers carry out commands one after the other, sleeping meanwhile. */
  carryOutAll<R>(commands: Iterator<number, R>): R {
    for (;;) {
      const { done, value } = commands.next();
      if (done) return value;
      this.carryOut(value);
    }
  }

  /**
   * Has all workers carry out commands one after the other, without sleeping.
   *
   * @param where Who wants to, as errors are to say.
   */
  async carryOutAllAsync<R>(where: string, commands: Iterator<number, R>): Promise<R> {
    this.#busy = where;
    this.#ports[0].hold(true);
    try {
      for (;;) {
        const { done, value } = commands.next();
        if (done) return value;
        this.#start(value);
        await this.#joinAsync();
        this.#checkOutcome();
      }
    } finally {
      this.#busy = null;
      this.#ports[0].hold(false);
    }
  }

  /** Collects a text from each worker: the commands to give one after the other, then the texts. */
  *collect(): Generator<number, string[]> {
    const texts = this.#ports.map(() => '');
    let command: number = COMMAND.save;
    do {
      yield command;
      for (let i = 0; i < texts.length; i++) texts[i] += takeMail(this.memory, i);
      command = COMMAND.more;
    } while (this.memory.mailMore.includes(1));
    return texts;
  }

  /** Hands a text to each worker: the commands to give one after the other. */
  *distribute(texts: readonly string[]): Generator<number, void> {
    const offsets = texts.map(() => 0);
    do {
      texts.forEach((text, i) => {
        offsets[i] = putMail(this.memory, i, text, offsets[i]);
      });
      yield COMMAND.restore;
    } while (offsets.some((offset, i) => offset < texts[i].length));
  }

  /** Lets the workers go, and ends those that are nobody else's. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#lose(new Error('WorkerVectorEnv: the workers were closed meanwhile.'));
    for (const port of this.#ports) port.listen({ onMessage: () => {}, onEnd: () => {} });
    this.#start(COMMAND.end);
    await Promise.all(this.#ports.map((port) => port.close()));
  }

  #start(command: number): void {
    const { control, status } = this.memory;
    status.fill(STATUS.busy);
    control[CONTROL.command] = command;
    Atomics.store(control, CONTROL.pending, this.#ports.length);
    Atomics.add(control, CONTROL.round, 1);
    Atomics.notify(control, CONTROL.round);
  }

  #join(): void {
    const { control } = this.memory;
    for (let spin = 0; spin < SPINS; spin++) {
      if (Atomics.load(control, CONTROL.pending) === 0) return;
    }
    for (;;) {
      const left = Atomics.load(control, CONTROL.pending);
      if (left === 0 || this.#error !== null) return;
      const outcome = Atomics.wait(control, CONTROL.pending, left, this.#options.timeout);
      if (outcome === 'timed-out') this.#giveUp();
    }
  }

  async #joinAsync(): Promise<void> {
    const { control } = this.memory;
    for (;;) {
      const left = Atomics.load(control, CONTROL.pending);
      if (left === 0 || this.#error !== null) return;
      if ((await this.#sleep(left)) === 'timed-out') this.#giveUp();
    }
  }

  /** Resolves when a worker may be done or lost; at once where one is. */
  async #sleep(left: number): Promise<string> {
    const { control } = this.memory;
    const woken = new Promise<string>((resolve) => {
      this.#wake = () => resolve('woken');
    });
    if (this.#waitAsync === undefined) return woken;
    const { value } = this.#waitAsync(control, CONTROL.pending, left, this.#options.timeout);
    return Promise.race([value, woken]);
  }

  #giveUp(): void {
    const worker = this.memory.status.indexOf(STATUS.busy);
    if (worker < 0) return; // it has come in time after all
    const { timeout } = this.#options;
    const reason = `it has given no answer for ${timeout} ms: it has died, or a step takes longer. Give a longer timeout in that case.`;
    this.#lose(this.#failureOf(worker, reason));
  }

  #checkOutcome(): void {
    const { status } = this.memory;
    for (let worker = 0; worker < status.length && this.#error === null; worker++) {
      if (status[worker] !== STATUS.failed) continue;
      const failure: Failure = JSON.parse(takeMail(this.memory, worker));
      this.#lose(errorOf(failure, this.#failureOf(worker, failure.message).message));
    }
    if (this.#error !== null) throw this.#error;
  }

  #failureOf(worker: number, reason: string): Error {
    const { first, count } = copiesOf(this.#plan, worker);
    const copies = count === 1 ? `copy ${first}` : `copies ${first} to ${first + count - 1}`;
    const { name } = this.#plan.shape;
    return new Error(`WorkerVectorEnv(${name}): worker ${worker} (${copies}) failed: ${reason}`);
  }

  #lose(error: Error): void {
    this.#error ??= error;
    this.#wake();
  }
}

/** Sleeping without blocking, where the engine has it: it is younger than the rest of `Atomics`. */
type WaitAsync = (
  array: Int32Array,
  index: number,
  value: number,
  timeout: number,
) => { readonly value: string | Promise<string> };
