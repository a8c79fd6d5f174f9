import { agentEntry, makeAgent } from '../agents/registry.ts';
import type { Task } from '../agents/task.ts';
import type { Agent } from '../core/agent.ts';
import { checkFinite, checkInteger, checkOneOf, resolveOptions, show } from '../core/check.ts';
import { checkEnvRng, type EnvRng } from '../core/env-rng.ts';
import type { EnvSpec } from '../core/env-spec.ts';
import { isHandWritten, makeVector } from '../envs/make-vector.ts';
import { envEntry, makeDynamics, resolveSpec } from '../envs/registry.ts';
import { NormalizedAgent, type NormalizeOptions, resolveNormalize } from './normalized-agent.ts';
import { WRITER } from './writer-info.ts';

/** A log that a run can write beside its JSON lines. */
export type LogKind = 'tensorboard' | 'csv';

/** The logs that a run can write beside its JSON lines. */
export const LOG_KINDS: readonly LogKind[] = ['tensorboard', 'csv'];

/** Everything that determines a training run, as JSON: the run folder's `config.json`. */
export interface RunConfig {
  readonly format: 'palaestra-run';
  readonly version: 1;
  readonly writer: { readonly name: string; readonly version: string };
  readonly agent: { readonly name: string; readonly options: Readonly<Record<string, unknown>> };
  readonly env: EnvSpec;
  /** Seed of every stream of the run. */
  readonly seed: number;
  /** What the copies of the world draw from; what the agent draws does not depend on it. */
  readonly rng: EnvRng;
  /** Copies of the world. */
  readonly numEnvs: number;
  /** Environment steps in all. */
  readonly steps: number;
  /** Environment steps from one line of metrics to the next. */
  readonly metricsEvery: number;
  /** Environment steps from one checkpoint to the next. */
  readonly checkpointEvery: number;
  /**
   * Every so many episodes one is recorded, beside the notable ones; 0 for none. Of hand-written
   * envs nothing is recorded.
   */
  readonly recordEvery: number;
  /** False where no episode is recorded at all; absent where they are. */
  readonly record?: false;
  /** How observations and rewards are normalized for the agent; `null` where they are not. */
  readonly normalize: Required<NormalizeOptions> | null;
  /** Environment steps from one evaluation to the next; 0 for none. */
  readonly evaluateEvery: number;
  /** Episodes of each evaluation. */
  readonly evaluateEpisodes: number;
  /** Mean return of an evaluation from which on training ends; `null` for never. */
  readonly stopAt: number | null;
  /** The logs beside the JSON lines. */
  readonly log: readonly LogKind[];
}

/** What a user says of a run; the rest is filled in. */
export interface RunRequest {
  /** Name in the agent registry. */
  readonly agent: string;
  readonly agentOptions?: Readonly<Record<string, unknown>>;
  /** Id in the env registry, or a spec. */
  readonly env: string | EnvSpec;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
  /**
   * What the worlds draw from. With `gymnasium`, copy i plays the episodes of Gymnasium's seed + i,
   * and options of the world that are not given differ where they must. Default `alea`.
   */
  readonly rng?: EnvRng;
  /** At least 1. Default 1. */
  readonly numEnvs?: number;
  /** At least 1. Default 100,000. */
  readonly steps?: number;
  /** At least 1. Default a hundredth of the steps. */
  readonly metricsEvery?: number;
  /** At least 1. Default a tenth of the steps. */
  readonly checkpointEvery?: number;
  /** At least 0; 0 for a hand-written env. Default 0. */
  readonly recordEvery?: number;
  /**
   * Whether episodes are recorded. Without, an agent with a table learns many times faster, for nobody asks
   * it at every step what it thinks. Default true.
   */
  readonly record?: boolean;
  /**
   * How to normalize what the agent is shown; its `discount` is the agent's own where that has one.
   * Default `null`: not at all.
   */
  readonly normalize?: NormalizeOptions | null;
  /** At least 0; 0 for no evaluations. Default 0. */
  readonly evaluateEvery?: number;
  /** At least 1. Default 10. */
  readonly evaluateEpisodes?: number;
  /** A number, or `threshold` for the world's reward threshold. Default `null`: never. */
  readonly stopAt?: number | 'threshold' | null;
  /** Logs beside the JSON lines. Default none. */
  readonly log?: readonly LogKind[];
}

/**
 * Fills in and checks everything that determines a run.
 *
 * @throws RangeError if a name, an option or a number is unknown or out of range.
 */
export function resolveRun(request: RunRequest): RunConfig {
  const given = resolveOptions('run', defaultsFor(request.steps ?? 100_000), request);
  checkNumbers(given);
  checkLogs(given.log);
  const { name, defaults: agentDefaults } = agentEntry(given.agent);
  const chosen: Record<string, unknown> = { ...agentDefaults };
  if (Object.hasOwn(chosen, 'seed')) chosen.seed = given.seed;
  const options = resolveOptions(name, chosen, given.agentOptions);
  const { seed, rng, numEnvs, steps, metricsEvery, checkpointEvery, recordEvery } = given;
  const { normalize, evaluateEvery, evaluateEpisodes } = given;
  const env = resolveSpec(given.env, { rng });
  const config: RunConfig = {
    format: 'palaestra-run',
    version: 1,
    writer: WRITER,
    agent: { name, options },
    env,
    seed,
    rng,
    numEnvs,
    steps,
    metricsEvery,
    checkpointEvery,
    recordEvery,
    ...(given.record ? {} : { record: false }),
    normalize: normalize && resolveNormalize({ ...discountOf(options), ...normalize }),
    evaluateEvery,
    evaluateEpisodes,
    stopAt: given.stopAt === 'threshold' ? thresholdOf(env) : given.stopAt,
    log: LOG_KINDS.filter((kind) => given.log.includes(kind)),
  };
  checkRecordable(config);
  checkStop(config);
  makeAgentFor(config); // so that what cannot work is said now
  return config;
}

/** @throws RangeError unless `json` is the config of a run that this version can go on with. */
export function parseRunConfig(json: unknown): RunConfig {
  const config = (json ?? {}) as RunConfig;
  if (config.format !== 'palaestra-run' || config.version !== 1) {
    throw new RangeError(
      `config.json: expected format "palaestra-run" version 1, got ${show(config.format)} version ${show(config.version)}.`,
    );
  }
  const { agent, env, seed, numEnvs, steps } = config;
  if (typeof agent?.name !== 'string') {
    throw new RangeError(`config.json: agent must have a name, got ${show(agent)}.`);
  }
  if (typeof env?.id !== 'string' || !Array.isArray(env.wrappers)) {
    throw new RangeError(`config.json: env must have an id and wrappers, got ${show(env)}.`);
  }
  const { metricsEvery, checkpointEvery, recordEvery } = config;
  const written = { seed, numEnvs, steps, metricsEvery, checkpointEvery, recordEvery };
  // What older runs do not name is what it was then: the default.
  const { rng, normalize, evaluateEvery, evaluateEpisodes, stopAt, log, record = true } = config;
  const later = { rng, normalize, evaluateEvery, evaluateEpisodes, stopAt, log, record };
  return resolveRun({
    agent: agent.name,
    agentOptions: agent.options,
    env,
    ...written,
    ...later,
  });
}

/**
 * Makes the agent of a run, with its normalization around it.
 *
 * @throws RangeError if the agent cannot do the task.
 */
export function makeAgentFor({ agent, env, numEnvs, normalize }: RunConfig): Agent {
  const task = { ...taskOf(env), numEnvs };
  const create = (shown: Task) => makeAgent(agent.name, shown, agent.options);
  return normalize === null ? create(task) : new NormalizedAgent(task, create, normalize);
}

/** What an agent is told of the world. */
function taskOf(env: EnvSpec): Task {
  if (isHandWritten(env)) {
    const { observationSpace, actionSpace, actionMasks } = makeVector(env);
    return { observationSpace, actionSpace, masked: actionMasks !== undefined };
  }
  const { observationSpace, actionSpace, model, actionMask } = makeDynamics(env);
  return { observationSpace, actionSpace, model, masked: actionMask !== undefined };
}

function defaultsFor(steps: number): Required<RunRequest> {
  checkInteger('steps', steps, 1);
  return {
    agent: '',
    agentOptions: {},
    env: '',
    seed: 0,
    rng: 'alea',
    numEnvs: 1,
    steps,
    metricsEvery: Math.max(1, Math.floor(steps / 100)),
    checkpointEvery: Math.max(1, Math.floor(steps / 10)),
    recordEvery: 0,
    record: true,
    normalize: null,
    evaluateEvery: 0,
    evaluateEpisodes: 10,
    stopAt: null,
    log: [],
  };
}

function checkLogs(log: readonly LogKind[]): void {
  if (!Array.isArray(log)) {
    throw new RangeError(`log must be a list with ${LOG_KINDS.join(' or ')}, got ${show(log)}.`);
  }
  log.forEach((kind, i) => {
    checkOneOf(`log[${i}]`, kind, LOG_KINDS);
  });
}

function checkNumbers(given: Required<RunRequest>): void {
  checkInteger('seed', given.seed, 0);
  checkEnvRng('rng', given.rng);
  checkInteger('numEnvs', given.numEnvs, 1);
  checkInteger('metricsEvery', given.metricsEvery, 1);
  checkInteger('checkpointEvery', given.checkpointEvery, 1);
  checkInteger('recordEvery', given.recordEvery, 0);
  checkInteger('evaluateEvery', given.evaluateEvery, 0);
  checkInteger('evaluateEpisodes', given.evaluateEpisodes, 1);
}

/** γ of the agent, where it has one: the returns that are to have variance 1 are those it sums. */
function discountOf({ discount }: Readonly<Record<string, unknown>>): NormalizeOptions {
  return typeof discount === 'number' ? { discount } : {};
}

function thresholdOf({ id }: EnvSpec): number {
  const { rewardThreshold } = envEntry(id);
  if (rewardThreshold !== null) return rewardThreshold;
  throw new RangeError(
    `stopAt: ${id} has no reward threshold. Give the mean return at which to stop.`,
  );
}

function checkStop({ stopAt, evaluateEvery }: RunConfig): void {
  if (stopAt === null) return;
  checkFinite('stopAt', stopAt);
  if (evaluateEvery > 0) return;
  throw new RangeError(
    `stopAt must be null without evaluations, got ${stopAt}. Give evaluateEvery: the return of an evaluation is what it looks at.`,
  );
}

function checkRecordable({ env, recordEvery, record }: RunConfig): void {
  if (recordEvery > 0 && record === false) {
    throw new RangeError(`recordEvery must be 0 where nothing is recorded, got ${recordEvery}.`);
  }
  if (recordEvery === 0 || !isHandWritten(env)) return;
  throw new RangeError(
    `recordEvery must be 0 for ${env.id}, got ${recordEvery}: a recording holds state rows, and a hand-written env has none.`,
  );
}
