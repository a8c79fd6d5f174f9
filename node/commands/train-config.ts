import { agentEntry } from '../../agents/registry.ts';
import { checkOneOf, hint } from '../../core/check.ts';
import type { EnvRng } from '../../core/env-rng.ts';
import type { WrapperSpec } from '../../core/env-spec.ts';
import { makeVector } from '../../envs/make-vector.ts';
import { envEntries, envEntry, resolveSpec } from '../../envs/registry.ts';
import type { PublishedExperiment } from '../../suites/published/published-experiment.ts';
import { tunedExperiment } from '../../suites/published/tuned.ts';
import type { NormalizeOptions } from '../../training/normalized-agent.ts';
import {
  type LogKind,
  type RunConfig,
  type RunRequest,
  resolveRun,
} from '../../training/session.ts';
import { type CommandWords, parseCount, parseSettings } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { agentSettings } from './agent-settings.ts';

/**
 * The config of the run that a command line asks for. Where it says nothing, settings that are known to
 * master the world stand, if there are some.
 *
 * @param seed In place of the one that the command line names.
 * @throws RangeError if a name, an option or a number is unknown or out of range.
 * @throws UsageError if a word makes no sense.
 */
export function trainConfig(
  agent: string,
  env: string,
  words: CommandWords,
  seed?: number,
): RunConfig {
  agentEntry(agent); // a wrong name is said before a wrong world
  const count = (name: string, least: number) => {
    const text = words.text(name);
    return text === undefined ? undefined : parseCount(name, text, least);
  };
  const rng = words.text('rng') as EnvRng | undefined; // checked with the rest
  const tuned = tunedFor(agent, env, words);
  const request: { [K in keyof RunRequest]?: RunRequest[K] | undefined } = {
    agent,
    agentOptions: agentSettings(
      agent,
      tuned?.options ?? {},
      parseSettings('set', words.texts('set')),
    ),
    env: resolveSpec(env, {
      ...(rng === undefined ? {} : { rng }),
      options: parseSettings('env-set', words.texts('env-set')),
      wrappers: words.flag('discretize') ? [discretization(env)] : [],
    }),
    seed: seed ?? count('seed', 0),
    rng,
    steps: count('steps', 1) ?? tuned?.steps,
    numEnvs: count('num-envs', 1) ?? tuned?.numEnvs,
    metricsEvery: count('metrics-every', 1),
    checkpointEvery: count('checkpoint-every', 1),
    recordEvery: count('record-every', 0),
    record: !words.flag('no-record'),
    normalize: normalization(words.text('normalize')) ?? (tuned?.normalize ? {} : undefined),
    evaluateEvery: count('evaluate-every', 0),
    evaluateEpisodes: count('evaluate-episodes', 1),
    stopAt: goal(words.text('stop-at')),
    log: words.text('log')?.split(',') as LogKind[] | undefined, // checked with the rest
  };
  if (request.evaluateEpisodes !== undefined && !request.evaluateEvery) {
    throw new UsageError(
      '--evaluate-episodes is of evaluations: say with --evaluate-every after how many steps there is one.',
    );
  }
  return resolveRun(request as RunRequest);
}

/** Says whose settings stand where a command line says nothing, if not the agent's own. */
export function sayTuned(agent: string, env: string, words: CommandWords): void {
  const tuned = tunedFor(agent, env, words);
  if (tuned === null) return;
  console.log(`Settings of ${tuned.name} where none are given (--untuned: the agent's own).`);
}

function tunedFor(agent: string, env: string, words: CommandWords): PublishedExperiment | null {
  return words.flag('untuned') ? null : tunedExperiment(agent, resolveSpec(env).id);
}

function discretization(env: string): WrapperSpec {
  const { discretization: suggested } = envEntry(env);
  if (suggested === undefined) {
    const { kind } = makeVector(resolveSpec(env)).observationSpace;
    throw new UsageError(
      kind === 'discrete'
        ? `--discretize: ${env} has discrete observations already.`
        : `--discretize: the registry suggests no cells for ${env}, only for ${suggestedFor()}. Build the world in code with discretizeObservation, or take an agent that needs no table.`,
    );
  }
  return { name: 'discretize-observation', options: { ...suggested } };
}

/** The worlds that the registry suggests cells for. */
function suggestedFor(): string {
  const suggested = envEntries().filter(({ discretization }) => discretization !== undefined);
  return suggested.map(({ id }) => id).join(', ');
}

function normalization(text: string | undefined): NormalizeOptions | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(',');
  for (const part of parts) checkOneOf('--normalize', part, ['observations', 'rewards']);
  return { observations: parts.includes('observations'), rewards: parts.includes('rewards') };
}

function goal(text: string | undefined): number | 'threshold' | undefined {
  if (text === undefined || text === 'threshold') return text;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new UsageError(
    `--stop-at must be a number or threshold, got ${JSON.stringify(text)}.${hint(text, ['threshold'])}`,
  );
}
