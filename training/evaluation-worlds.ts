import type { Env } from '../core/env.ts';
import type { EnvRng } from '../core/env-rng.ts';
import type { EnvSpec } from '../core/env-spec.ts';
import type { EnvVector } from '../core/env-vector.ts';
import { isSavedArray } from '../core/saved.ts';
import { SyncVectorEnv } from '../core/sync-vector-env.ts';
import { createVectorColumns, type VectorColumns } from '../core/vector-columns.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { shapeOf } from '../core/world-shape.ts';
import { isHandWritten } from '../envs/make-vector.ts';
import { make, makeDynamics } from '../envs/registry.ts';
import { checkMaxSteps, limitEnv, limitRules } from './episode-limit.ts';

/** The run that is to be evaluated. */
export interface EvaluatedRun {
  readonly env: EnvSpec;
  /** Seed of the run. */
  readonly seed: number;
  readonly rng: EnvRng;
  /** The copies that the agent is trained in: of the first one come the statistics. */
  readonly training: EnvVector;
  /** Steps after which an episode is truncated, as in `evaluate`. Default `null`. */
  readonly maxSteps?: number | null;
}

/** Gives one copy of the world for the evaluation of this number, at the start of an episode. */
export type EvaluationWorlds = (number: number) => EnvVector;

/**
 * How far the seeds of evaluation lie above those of training, where a generator has no streams: such
 * that they never meet, and that seeds of people stay below 2³², where many a generator ends.
 */
const SEED_DISTANCE = 2 ** 31;

/**
 * The worlds that a run is evaluated in, apart from those it is trained in.
 *
 * Evaluation k, from 1, draws from stream `evaluation/k/0` of the run's seed; with Gymnasium's
 * generator, and in a hand-written env, from the seed + 2³¹ + k. So each can be played again by itself.
 *
 * Wrappers that gather statistics gather none here: each evaluation begins with those that the first
 * copy in training has then. Where training is a vector of another kind than those of the library, so
 * that they cannot be found, the evaluation throws a RangeError.
 *
 * Every episode ends, by a time limit where the world has none: see `maxSteps`.
 *
 * @throws RangeError if the spec is of an unknown world, or an option is out of range.
 */
export function evaluationWorlds(run: EvaluatedRun): EvaluationWorlds {
  checkMaxSteps('evaluationWorlds', run.maxSteps ?? null);
  const env = { ...run.env, wrappers: run.env.wrappers.map(frozen) };
  const carries = env.wrappers.some(({ name }) => GATHERERS.includes(name));
  return isHandWritten(env) ? handWrittenWorlds(run, env, carries) : ruledWorlds(run, env, carries);
}

/** Wrappers that gather statistics as long as their option `update` is true. */
const GATHERERS: readonly string[] = ['normalize-observation', 'normalize-reward'];

function frozen(wrapper: EnvSpec['wrappers'][number]): EnvSpec['wrappers'][number] {
  if (!GATHERERS.includes(wrapper.name)) return wrapper;
  return { ...wrapper, options: { ...wrapper.options, update: false } };
}

function ruledWorlds(run: EvaluatedRun, env: EnvSpec, carries: boolean): EvaluationWorlds {
  const dynamics = limitRules(makeDynamics(env), run.maxSteps ?? null);
  return (number) => {
    const columns = createVectorColumns(shapeOf(dynamics), 1);
    if (carries) carryStatistics(run.training, columns);
    const options = { rng: run.rng, seed: run.seed, stream: `evaluation/${number}` };
    if (run.rng !== 'alea') options.seed = evaluationSeed(run, number);
    return new VectorEnv(dynamics, options, columns);
  };
}

/** What a row holds of episodes goes with the reset that follows; what lasts across them stays. */
function carryStatistics(training: EnvVector, { states }: VectorColumns): void {
  const state = stateOf(training);
  if (isSavedArray(state) && state.length === states.length) states.set(state);
  else throw statisticsError('a VectorEnv, a WorkerVectorEnv or a SyncVectorEnv');
}

/** The state row of the first copy, of vectors that have one. */
function stateOf(training: EnvVector): unknown {
  if (training instanceof SyncVectorEnv) return training.envs[0].snapshot().state;
  return (training as { readonly states?: readonly unknown[] }).states?.[0];
}

function statisticsError(which: string): RangeError {
  return new RangeError(
    `evaluationWorlds: training must be ${which} of the same world, whose wrappers have statistics, got another vector.`,
  );
}

/** One env for all evaluations: making one may take long. */
function handWrittenWorlds(run: EvaluatedRun, env: EnvSpec, carries: boolean): EvaluationWorlds {
  let one: Env | undefined;
  return (number) => {
    const seed = evaluationSeed(run, number);
    one ??= make(env, { rng: run.rng, seed });
    const { training } = run;
    if (carries) {
      if (!(training instanceof SyncVectorEnv)) throw statisticsError('a SyncVectorEnv');
      one.restore(training.envs[0].snapshot());
    }
    const limited = limitEnv(one, run.maxSteps ?? null);
    return new SyncVectorEnv(() => limited, { seed });
  };
}

function evaluationSeed({ seed }: EvaluatedRun, number: number): number {
  return seed + SEED_DISTANCE + number;
}
