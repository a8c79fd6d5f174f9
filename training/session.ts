import { agentEntry, makeAgent } from '../agents/registry.ts';
import type { Task } from '../agents/task.ts';
import type { Agent } from '../core/agent.ts';
import { checkInteger, resolveOptions, show } from '../core/check.ts';
import { checkEnvRng, type EnvRng } from '../core/env-rng.ts';
import type { EnvSpec } from '../core/env-spec.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { isHandWritten, makeVector } from '../envs/make-vector.ts';
import { makeDynamics, resolveSpec } from '../envs/registry.ts';
import { Recorder } from './recorder.ts';
import type { Codec } from './recording/codec.ts';
import { type MetricsRecord, Trainer } from './trainer.ts';
import { WRITER } from './writer-info.ts';

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
}

/**
 * Fills in and checks everything that determines a run.
 *
 * @throws RangeError if a name, an option or a number is unknown or out of range.
 */
export function resolveRun(request: RunRequest): RunConfig {
  const steps = request.steps ?? 100_000;
  checkInteger('steps', steps, 1);
  const defaults = {
    agent: '',
    agentOptions: {},
    env: '',
    seed: 0,
    rng: 'alea' as const,
    numEnvs: 1,
    steps,
    metricsEvery: Math.max(1, Math.floor(steps / 100)),
    checkpointEvery: Math.max(1, Math.floor(steps / 10)),
    recordEvery: 0,
  };
  const given = resolveOptions('run', defaults as Required<RunRequest>, request);
  checkInteger('seed', given.seed, 0);
  checkEnvRng('rng', given.rng);
  checkInteger('numEnvs', given.numEnvs, 1);
  checkInteger('metricsEvery', given.metricsEvery, 1);
  checkInteger('checkpointEvery', given.checkpointEvery, 1);
  checkInteger('recordEvery', given.recordEvery, 0);
  const { name, defaults: agentDefaults } = agentEntry(given.agent);
  const chosen: Record<string, unknown> = { ...agentDefaults };
  if (Object.hasOwn(chosen, 'seed')) chosen.seed = given.seed;
  const options = resolveOptions(name, chosen, given.agentOptions);
  const { rng, numEnvs, metricsEvery, checkpointEvery, recordEvery, seed } = given;
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
  };
  checkRecordable(config);
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
  const { agent, env, seed, numEnvs, steps, rng = 'alea' } = config; // older runs name no rng
  const { metricsEvery, checkpointEvery, recordEvery } = config;
  const given = { seed, rng, numEnvs, steps, metricsEvery, checkpointEvery, recordEvery };
  return resolveRun({ agent: agent.name, agentOptions: agent.options, env, ...given });
}

/** A training run in memory: who drives it decides where its files go. */
export interface Session {
  readonly config: RunConfig;
  readonly agent: Agent;
  readonly trainer: Trainer;
  /** `null` for a hand-written env: a recording holds state rows, of which it has none. */
  readonly recorder: Recorder | null;
}

/** Where a session hands its results. */
export interface SessionOutputs {
  readonly codec: Codec;
  readonly onMetrics: (record: MetricsRecord) => void;
  readonly onRecording: (name: string, bytes: Uint8Array) => void;
}

/**
 * Builds world, agent, recorder and loop from a config. The same config gives the same bits.
 *
 * @throws RangeError if something in the config is unknown or out of range.
 */
export function createSession(config: RunConfig, outputs: SessionOutputs): Session {
  const { seed, rng, numEnvs, steps, metricsEvery, recordEvery, env } = config;
  const envs = makeVector(env, { numEnvs, seed, rng });
  const agent = makeAgentFor(config);
  const { codec, onRecording, onMetrics } = outputs;
  const recording = { spec: env, seed, codec, every: recordEvery, onRecording };
  const recorder = envs instanceof VectorEnv ? new Recorder(agent, envs, recording) : null;
  const callbacks = { ...(recorder ? { recorder } : {}), metrics: { onMetrics } };
  const trainer = new Trainer(agent, envs, { steps, metricsEvery, callbacks });
  return { config, agent, trainer, recorder };
}

function makeAgentFor({ agent, env, numEnvs }: RunConfig): Agent {
  return makeAgent(agent.name, { ...taskOf(env), numEnvs }, agent.options);
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

function checkRecordable({ env, recordEvery }: RunConfig): void {
  if (recordEvery === 0 || !isHandWritten(env)) return;
  throw new RangeError(
    `recordEvery must be 0 for ${env.id}, got ${recordEvery}: a recording holds state rows, and a hand-written env has none.`,
  );
}
