import type { Agent } from '../core/agent.ts';
import type { EnvVector } from '../core/env-vector.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { makeVector } from '../envs/make-vector.ts';
import { evaluationWorlds } from './evaluation-worlds.ts';
import { Evaluator } from './evaluator.ts';
import { FiniteGuard } from './finite-guard.ts';
import { Recorder } from './recorder.ts';
import type { Codec } from './recording/codec.ts';
import { makeAgentFor, type RunConfig } from './run-config.ts';
import { type MetricsRecord, Trainer, type TrainerCallback } from './trainer.ts';

export {
  LOG_KINDS,
  type LogKind,
  parseRunConfig,
  type RunConfig,
  type RunRequest,
  resolveRun,
} from './run-config.ts';

/** A training run in memory: who drives it decides where its files go. */
export interface Session {
  readonly config: RunConfig;
  readonly agent: Agent;
  readonly trainer: Trainer;
  /**
   * `null` where the config says so, and for a hand-written env: a recording holds state rows, of which
   * it has none.
   */
  readonly recorder: Recorder | null;
  /** `null` where the run is not evaluated. */
  readonly evaluator: Evaluator | null;
}

/** Where a session hands its results. */
export interface SessionOutputs {
  readonly codec: Codec;
  /** Receives lines of metrics, those of evaluations among them. */
  readonly onMetrics: (record: MetricsRecord) => void;
  readonly onRecording: (name: string, bytes: Uint8Array) => void;
  /** Called when an episode has more steps than its recording, with its number. */
  readonly onCut?: (number: number) => void;
  /** Called when an evaluation is better than all before: `trainer.save()` is what to keep. */
  readonly onBest?: () => void;
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
  const { codec, onRecording, onMetrics, onCut = () => {} } = outputs;
  const recording = { spec: env, seed, codec, every: recordEvery, onRecording, onCut };
  const records = config.record !== false && envs instanceof VectorEnv;
  const recorder = records ? new Recorder(agent, envs, recording) : null;
  const evaluator = createEvaluator(config, agent, envs, outputs);
  const callbacks: Record<string, TrainerCallback> = {
    guard: new FiniteGuard(envs),
    ...(recorder ? { recorder } : {}),
    ...(evaluator ? { evaluator } : {}),
    metrics: { onMetrics },
  };
  const trainer = new Trainer(agent, envs, { steps, metricsEvery, callbacks });
  return { config, agent, trainer, recorder, evaluator };
}

function createEvaluator(
  config: RunConfig,
  agent: Agent,
  training: EnvVector,
  { onMetrics, onBest = () => {} }: SessionOutputs,
): Evaluator | null {
  const { env, seed, rng, steps, evaluateEvery, evaluateEpisodes, stopAt } = config;
  if (evaluateEvery === 0) return null;
  const worlds = evaluationWorlds({ env, seed, rng, training });
  return new Evaluator(agent, worlds, {
    steps,
    every: evaluateEvery,
    episodes: evaluateEpisodes,
    stopAt,
    onEvaluation: onMetrics,
    onBest,
  });
}
