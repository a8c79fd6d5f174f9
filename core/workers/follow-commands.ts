import type { SavedData } from '../saved.ts';
import type { VectorEnv } from '../vector-env.ts';
import { saveVector } from '../vector-snapshot.ts';
import { putMail, savedFromText, savedToText, takeMail } from './mailbox.ts';
import { type Failure, failureOf } from './messages.ts';
import { COMMAND, CONTROL, type SharedMemory, STATUS } from './shared-memory.ts';

/** How often a worker looks for the next command before it goes to sleep: some microseconds. */
const SPINS = 500;

/**
 * A worker's part: it does with its copies what it is told through shared memory.
 *
 * `follow` blocks the thread until it is told to end.
 */
export class Follower {
  readonly #memory: SharedMemory;
  readonly #worker: number;
  readonly #envs: VectorEnv;
  readonly #sayDone: () => void;
  #round = 0;
  #sending = '';
  #sent = 0;
  #receiving = '';

  /**
   * @param worker Which of the workers it is, from 0.
   * @param envs Its copies, in columns of `memory`.
   * @param sayDone Tells who commands, by message, that all workers are done.
   */
  constructor(memory: SharedMemory, worker: number, envs: VectorEnv, sayDone: () => void) {
    this.#memory = memory;
    this.#worker = worker;
    this.#envs = envs;
    this.#sayDone = sayDone;
  }

  /** Carries out commands until the one that ends it. */
  follow(): void {
    const { control } = this.#memory;
    for (;;) {
      this.#awaitRound();
      const command = control[CONTROL.command];
      if (command === COMMAND.end) return;
      try {
        this.#carryOut(command);
        this.#finish(STATUS.done);
      } catch (error) {
        this.fail(failureOf(error));
      }
    }
  }

  /** Tells who commands that what it commands has failed. */
  fail(failure: Failure): void {
    putMail(this.#memory, this.#worker, JSON.stringify(failure));
    this.#finish(STATUS.failed);
  }

  #awaitRound(): void {
    const { control } = this.#memory;
    for (let spin = 0; spin < SPINS; spin++) {
      if (Atomics.load(control, CONTROL.round) !== this.#round) break;
    }
    // The call that wakes us may come late, when this round is done already: only the count tells.
    while (Atomics.load(control, CONTROL.round) === this.#round) {
      Atomics.wait(control, CONTROL.round, this.#round);
    }
    this.#round = Atomics.load(control, CONTROL.round);
  }

  #carryOut(command: number): void {
    switch (command) {
      case COMMAND.step:
        this.#envs.step(this.#memory.columns.transitions.actions);
        return;
      case COMMAND.save: {
        const copies = this.#envs.snapshot().copies as readonly SavedData[];
        this.#sending = savedToText(copies.map(({ rng }) => rng as SavedData));
        this.#sent = 0;
        this.#send();
        return;
      }
      case COMMAND.more:
        this.#send();
        return;
      case COMMAND.restore:
        this.#receive();
    }
  }

  #send(): void {
    this.#sent = putMail(this.#memory, this.#worker, this.#sending, this.#sent);
  }

  #receive(): void {
    const part = takeMail(this.#memory, this.#worker);
    if (part === '') return; // others have longer letters
    this.#receiving += part;
    if (this.#memory.mailMore[this.#worker] === 1) return;
    const rngs = savedFromText(this.#receiving);
    this.#receiving = '';
    const { states, dynamics } = this.#envs;
    const elapsed = Int32Array.from(states, (_, i) => this.#envs.elapsed(i));
    this.#envs.restore(saveVector(dynamics.name, states, rngs, elapsed));
  }

  #finish(status: number): void {
    const { control } = this.#memory;
    this.#memory.status[this.#worker] = status;
    if (Atomics.sub(control, CONTROL.pending, 1) > 1) return;
    Atomics.notify(control, CONTROL.pending);
    if (control[CONTROL.wantsMessage] === 1) this.#sayDone();
  }
}
