import type { EnvRng } from '../env-rng.ts';
import type { EnvSpec } from '../env-spec.ts';
import type { WorldShape } from '../world-shape.ts';
import type { SharedPlan } from './shared-memory.ts';

/** A world of one's own, by the module that holds its factory. */
export interface DynamicsModule {
  /** Absolute address of the module: `new URL('./my-world.ts', import.meta.url).href`. */
  readonly module: string;
  /** Name of an exported function that returns `Dynamics`. */
  readonly export: string;
  /** Its argument, as JSON. Default `{}`. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** How a worker comes by the rules of a world: an id of the registry, a spec, or a module. */
export type WorldSource = string | EnvSpec | DynamicsModule;

/** What a worker is told by message; once it runs, it is told by shared memory instead. */
export type Request =
  | {
      readonly kind: 'open';
      readonly world: WorldSource;
      /** Options that are not given may go with it. */
      readonly rng: EnvRng;
    }
  | {
      readonly kind: 'run';
      readonly buffer: SharedArrayBuffer;
      readonly plan: SharedPlan;
      /** Which of the plan's workers it is, from 0. */
      readonly worker: number;
      readonly seed: number;
      readonly stream: string;
      readonly rng: EnvRng;
    };

/** What a worker answers by message. */
export type Reply =
  | { readonly kind: 'opened'; readonly shape: WorldShape }
  | { readonly kind: 'running' }
  /** All workers have carried out the command: for threads that can wait for messages alone. */
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** An error on its way to another thread. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** What of an error is worth sending. */
export function failureOf(error: unknown): Failure {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return {
    name: name.slice(0, 100),
    message: message.slice(0, 1000),
    stack: (stack ?? '').slice(0, 2000),
  };
}

/** An error that says `message`, of the same class as in the worker, which is its cause. */
export function errorOf({ name, stack }: Failure, message: string): Error {
  const cause = new Error(stack);
  return name === 'RangeError' ? new RangeError(message, { cause }) : new Error(message, { cause });
}
