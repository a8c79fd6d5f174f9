import type { Command, CommandWords } from '../command.ts';
import { interruptSignal, SAVING } from '../interrupt.ts';
import { RunFolder } from '../run-folder.ts';
import { isSeedRuns } from '../seeds/seed-runs.ts';
import { trainRun } from '../train-run.ts';
import { asUsage, UsageError } from '../usage-error.ts';
import { sayTuned, trainConfig } from './train-config.ts';
import { TRAIN_OPTIONS } from './train-options.ts';
import { resumeSeeds, trainNewSeeds } from './train-seeds.ts';

/** `palaestra train`. */
export const train: Command = {
  name: 'train',
  arguments: '<agent> <env>',
  summary: 'Trains an agent in a world, and keeps metrics, checkpoints and recordings in a folder.',
  options: TRAIN_OPTIONS,
  examples: [
    'palaestra train q-learning FrozenLake-v1 --steps 1M --set stepSize=0.05',
    'palaestra train dqn CartPole-v1 --set optimizer.learningRate=0.001',
    'palaestra train q-learning CartPole-v1 --discretize --steps 500k',
    'palaestra train q-learning FrozenLake-v1 --seed 42 --rng gymnasium',
    'palaestra train q-learning FrozenLake-v1 --evaluate-every 20k --stop-at 0.7',
    'palaestra train q-learning FrozenLake-v1 --seeds 5 --log tensorboard,csv',
    'palaestra train --resume runs/q-learning-FrozenLake-v1-seed0',
  ],
  async run(words) {
    const resumed = words.text('resume');
    if (resumed === undefined) return runNew(words);
    checkResume(words);
    if (isSeedRuns(resumed)) return resumeSeeds(resumed, words);
    refuseJobs(words);
    return runOne(RunFolder.open(resumed), true);
  },
};

function runNew(words: CommandWords): Promise<number> {
  const [agent, env, ...more] = words.positionals;
  if (agent === undefined || env === undefined || more.length > 0) {
    throw new UsageError(
      'palaestra train needs an agent and a world, such as: palaestra train q-learning FrozenLake-v1',
    );
  }
  if (words.text('seeds') !== undefined) return trainNewSeeds(agent, env, words);
  refuseJobs(words);
  const config = asUsage(() => trainConfig(agent, env, words));
  sayTuned(agent, env, words);
  const name = `${config.agent.name}-${config.env.id}-seed${config.seed}`;
  return runOne(RunFolder.create(words.text('run') ?? `runs/${name}`, config), false);
}

async function runOne(folder: RunFolder, resume: boolean): Promise<number> {
  const interrupt = interruptSignal(SAVING);
  try {
    const { signal } = interrupt;
    const { finished } = await trainRun(folder, { resume, signal });
    return finished ? sayDone(folder) : sayStopped(folder);
  } finally {
    interrupt.release();
  }
}

function checkResume({ positionals, given }: CommandWords): void {
  const other = given.find((name) => name !== 'resume' && name !== 'jobs');
  if (positionals.length === 0 && other === undefined) return;
  const more = other === undefined ? '' : `, got --${other} too`;
  throw new UsageError(
    `palaestra train --resume takes the folder alone${more}: its config.json says the rest.`,
  );
}

function refuseJobs(words: CommandWords): void {
  if (words.text('jobs') === undefined) return;
  throw new UsageError('--jobs is of several seeds: give --seeds too.');
}

function sayDone({ path }: RunFolder): number {
  console.log(`Done. Look at it: palaestra watch ${path}`);
  return 0;
}

function sayStopped({ path }: RunFolder): number {
  console.log(`Stopped and saved. Go on: palaestra train --resume ${path}`);
  return 130;
}
