import { agentEntry } from '../../agents/registry.ts';
import type { EnvRng } from '../../core/env-rng.ts';
import type { WrapperSpec } from '../../core/env-spec.ts';
import { envEntry, resolveSpec } from '../../envs/registry.ts';
import { type RunConfig, type RunRequest, resolveRun } from '../../training/session.ts';
import {
  type Command,
  type CommandOption,
  type CommandWords,
  parseCount,
  parseSettings,
} from '../command.ts';
import { interruptSignal } from '../interrupt.ts';
import { RunFolder } from '../run-folder.ts';
import { trainRun } from '../train-run.ts';
import { asUsage, UsageError } from '../usage-error.ts';

const OPTIONS: Readonly<Record<string, CommandOption>> = {
  steps: { type: 'string', value: '<n>', help: 'environment steps in all (default 100k)' },
  seed: { type: 'string', value: '<n>', help: 'seed of the whole run (default 0)' },
  rng: {
    type: 'string',
    value: '<name>',
    help: "what worlds draw from: alea, or gymnasium for Gymnasium's episodes (default alea)",
  },
  set: {
    type: 'string',
    multiple: true,
    value: '<key=value>',
    help: "an option of the agent's; may be repeated",
  },
  'env-set': {
    type: 'string',
    multiple: true,
    value: '<key=value>',
    help: "an option of the world's; may be repeated",
  },
  discretize: {
    type: 'boolean',
    help: 'cut real-valued observations into the cells that the registry suggests',
  },
  'num-envs': { type: 'string', value: '<n>', help: 'copies of the world (default 1)' },
  'metrics-every': {
    type: 'string',
    value: '<n>',
    help: 'steps between lines of metrics (default steps/100)',
  },
  'checkpoint-every': {
    type: 'string',
    value: '<n>',
    help: 'steps between checkpoints (default steps/10)',
  },
  'record-every': {
    type: 'string',
    value: '<n>',
    help: 'record every n-th episode too (default 0: first, best, last, 1, 10, 100, …)',
  },
  run: {
    type: 'string',
    value: '<folder>',
    help: 'where the run goes (default runs/<agent>-<env>-seed<n>)',
  },
  resume: {
    type: 'string',
    value: '<folder>',
    help: 'go on with a run from its last checkpoint; nothing else is to be given',
  },
  help: { type: 'boolean', short: 'h', help: 'show this' },
};

/** `palaestra train`. */
export const train: Command = {
  name: 'train',
  arguments: '<agent> <env>',
  summary: 'Trains an agent in a world, and keeps metrics, checkpoints and recordings in a folder.',
  options: OPTIONS,
  examples: [
    'palaestra train q-learning FrozenLake-v1 --steps 1M --set stepSize=0.05',
    'palaestra train q-learning CartPole-v1 --discretize --steps 500k',
    'palaestra train q-learning FrozenLake-v1 --seed 42 --rng gymnasium',
    'palaestra train --resume runs/q-learning-FrozenLake-v1-seed0',
  ],
  async run(words) {
    const resumed = words.text('resume');
    const folder = resumed === undefined ? newRun(words) : oldRun(resumed, words);
    const interrupt = interruptSignal();
    try {
      const { signal } = interrupt;
      const { finished } = await trainRun(folder, { resume: resumed !== undefined, signal });
      return finished ? sayDone(folder) : sayStopped(folder);
    } finally {
      interrupt.release();
    }
  },
};

function newRun(words: CommandWords): RunFolder {
  const [agent, env, ...more] = words.positionals;
  if (agent === undefined || env === undefined || more.length > 0) {
    throw new UsageError(
      'palaestra train needs an agent and a world, such as: palaestra train q-learning FrozenLake-v1',
    );
  }
  const config = asUsage(() => configOf(agent, env, words));
  const name = `${config.agent.name}-${config.env.id}-seed${config.seed}`;
  return RunFolder.create(words.text('run') ?? `runs/${name}`, config);
}

function configOf(agent: string, env: string, words: CommandWords): RunConfig {
  agentEntry(agent); // a wrong name is said before a wrong world
  const count = (name: string, least: number) => {
    const text = words.text(name);
    return text === undefined ? undefined : parseCount(name, text, least);
  };
  const rng = words.text('rng') as EnvRng | undefined; // checked with the rest
  const request: { [K in keyof RunRequest]?: RunRequest[K] | undefined } = {
    agent,
    agentOptions: parseSettings('set', words.texts('set')),
    env: resolveSpec(env, {
      ...(rng === undefined ? {} : { rng }),
      options: parseSettings('env-set', words.texts('env-set')),
      wrappers: words.flag('discretize') ? [discretization(env)] : [],
    }),
    seed: count('seed', 0),
    rng,
    steps: count('steps', 1),
    numEnvs: count('num-envs', 1),
    metricsEvery: count('metrics-every', 1),
    checkpointEvery: count('checkpoint-every', 1),
    recordEvery: count('record-every', 0),
  };
  return resolveRun(request as RunRequest);
}

function discretization(env: string): WrapperSpec {
  const { discretization: suggested } = envEntry(env);
  if (suggested === undefined) {
    throw new UsageError(`--discretize: ${env} has discrete observations already.`);
  }
  return { name: 'discretize-observation', options: { ...suggested } };
}

function oldRun(path: string, words: CommandWords): RunFolder {
  if (words.positionals.length > 0) {
    throw new UsageError(
      'palaestra train --resume takes the folder alone: its config.json says the rest.',
    );
  }
  return RunFolder.open(path);
}

function sayDone({ path }: RunFolder): number {
  console.log(`Done. Look at it: palaestra watch ${path}`);
  return 0;
}

function sayStopped({ path }: RunFolder): number {
  console.log(`Stopped and saved. Go on: palaestra train --resume ${path}`);
  return 130;
}
