import { describe, expect, test } from 'vitest';
import { DQN_DEFAULTS } from '../../agents/deep/action-values/dqn.ts';
import { parseWords } from '../../node/command.ts';
import { train } from '../../node/commands/train.ts';
import { trainConfig } from '../../node/commands/train-config.ts';
import { parseRunConfig, type RunConfig } from '../../training/session.ts';

const configOf = (...words: string[]): RunConfig =>
  trainConfig('random', 'Pendulum-v1', parseWords(train, words));

describe('the words of palaestra train', () => {
  test('say nothing of evaluation, normalization or logs, unless they are there', () => {
    expect(configOf()).toMatchObject({
      evaluateEvery: 0,
      evaluateEpisodes: 10,
      stopAt: null,
      normalize: null,
      log: [],
    });
  });

  test('name evaluations and where to stop', () => {
    const words = ['--evaluate-every', '2k', '--evaluate-episodes', '30', '--stop-at=-150.5'];
    expect(configOf(...words)).toMatchObject({
      evaluateEvery: 2000,
      evaluateEpisodes: 30,
      stopAt: -150.5,
    });
    const config = trainConfig(
      'random',
      'CartPole-v1',
      parseWords(train, ['--evaluate-every', '1k', '--stop-at', 'threshold']),
    );
    expect(config.stopAt).toBe(475);
  });

  test('name what is normalized', () => {
    const both = configOf('--normalize', 'rewards,observations').normalize;
    expect(both).toMatchObject({ observations: true, rewards: true, discount: 0.99 });
    const one = configOf('--normalize', 'observations').normalize;
    expect(one).toMatchObject({ observations: true, rewards: false });
  });

  test('name logs, each once', () => {
    expect(configOf('--log', 'csv,tensorboard,csv').log).toEqual(['tensorboard', 'csv']);
  });

  test.each([
    [['--stop-at', 'treshold'], 'must be a number or threshold, got "treshold". Did you mean'],
    [['--stop-at', ''], '--stop-at must be a number or threshold, got "".'],
    [['--normalize', 'reward'], '--normalize must be one of observations, rewards, got "reward".'],
    [['--log', 'jsonl'], 'log[0] must be one of tensorboard, csv, got "jsonl".'],
    [['--evaluate-episodes', '0'], '--evaluate-episodes must be a whole number of at least 1'],
    [['--evaluate-every', '1k', '--stop-at', 'threshold'], 'Pendulum-v1 has no reward threshold'],
  ])('%j are a slip', (words, message) => {
    expect(() => configOf(...words)).toThrow(message);
  });
});

test.each(['Pendulum-v1', 'Catch-v0', 'DeepSea-v0', 'MountainCarContinuous-v0'])(
  'cells that nobody suggests are not taken for discrete observations: %s',
  (env) => {
    const words = parseWords(train, ['--discretize']);
    expect(() => trainConfig('random', env, words)).toThrow(
      `--discretize: the registry suggests no cells for ${env}, only for CartPole-v0, `,
    );
  },
);

test('the config of a run from before these options means what was done then', () => {
  const config = configOf();
  const { evaluateEvery, evaluateEpisodes, stopAt, normalize, log, ...older } = config;
  expect([evaluateEvery, evaluateEpisodes, stopAt, normalize, log]).toEqual([
    0,
    10,
    null,
    null,
    [],
  ]);
  expect(parseRunConfig(JSON.parse(JSON.stringify(older)))).toEqual(config);
});

describe('settings that are known to master a world', () => {
  const tuned = (agent: string, env: string, ...words: string[]): RunConfig =>
    trainConfig(agent, env, parseWords(train, words));

  test('stand where the command line says nothing', () => {
    const dqn = tuned('dqn', 'MountainCar-v0');
    expect(dqn).toMatchObject({ steps: 300_000, numEnvs: 1, normalize: { observations: true } });
    expect(dqn.agent.options).toMatchObject({ updateEvery: 16, updatesAtOnce: 8, numSteps: 5 });
    const ppo = tuned('ppo', 'Acrobot-v1');
    expect(ppo).toMatchObject({ steps: 1_000_000, numEnvs: 16 });
    expect(ppo.normalize).toMatchObject({ observations: true, rewards: true });
  });

  test('give way to what it says', () => {
    const words = ['--steps', '5k', '--num-envs', '4', '--normalize', 'rewards'];
    const config = tuned('ppo', 'Acrobot-v1', ...words, '--set', 'discount=0.9');
    expect(config).toMatchObject({ steps: 5000, numEnvs: 4, normalize: { observations: false } });
    expect(config.agent.options).toMatchObject({ discount: 0.9, lambda: 0.94 });
  });

  test('are left out if it says so, and where there are none', () => {
    expect(tuned('dqn', 'MountainCar-v0', '--untuned').agent.options).toEqual(DQN_DEFAULTS);
    expect(tuned('dqn', 'Taxi-v4').agent.options).toMatchObject({ updateEvery: 10 });
  });
});
