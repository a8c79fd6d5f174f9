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

  test('name whether episodes are recorded', () => {
    expect(configOf()).not.toHaveProperty('record');
    expect(configOf('--no-record').record).toBe(false);
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
    [
      ['--evaluate-episodes', '5'],
      '--evaluate-episodes is of evaluations: say with --evaluate-every',
    ],
    [
      ['--evaluate-episodes', '5', '--evaluate-every', '0'],
      '--evaluate-episodes is of evaluations',
    ],
    [['--no-record', '--record-every', '5'], 'recordEvery must be 0 where nothing is recorded'],
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

describe('a setting with a dot', () => {
  const optionsOf = (...settings: string[]) => {
    const words = settings.flatMap((setting) => ['--set', setting]);
    return trainConfig('dqn', 'Taxi-v4', parseWords(train, words)).agent.options;
  };

  test('is of an option inside an option, and leaves the rest as it is', () => {
    expect(optionsOf('optimizer.learningRate=0.001', 'epsilon.to=0.1')).toEqual({
      ...DQN_DEFAULTS,
      optimizer: { ...DQN_DEFAULTS.optimizer, learningRate: 0.001 },
      epsilon: { kind: 'linear', from: 1, to: 0.1, steps: 250_000 },
    });
    const clip = optionsOf('optimizer.clip={"globalNorm":3}', 'optimizer.clip.globalNorm=5');
    expect(clip.optimizer).toEqual({ ...DQN_DEFAULTS.optimizer, clip: { globalNorm: 5 } });
    const rmsprop = optionsOf('optimizer={"kind":"rmsprop"}', 'optimizer.learningRate=0.01');
    expect(rmsprop.optimizer).toMatchObject({ kind: 'rmsprop', learningRate: 0.01 });
  });

  test('is laid over tuned settings', () => {
    const words = parseWords(train, ['--set', 'optimizer.l2=0.5']);
    const plain = trainConfig('dqn', 'MountainCar-v0', parseWords(train, []));
    const config = trainConfig('dqn', 'MountainCar-v0', words);
    expect(plain.agent.options.optimizer).not.toEqual(DQN_DEFAULTS.optimizer);
    expect(config.agent.options.optimizer).toEqual({
      ...(plain.agent.options.optimizer as object),
      l2: 0.5,
    });
  });

  test.each([
    [
      'learningRate=1e-3',
      'dqn: unknown option "learningRate". Did you mean "optimizer.learningRate"?',
    ],
    ['steps=9', 'dqn: unknown option "steps". Did you mean "epsilon.steps"?'],
    ['stepz=9', 'dqn: unknown option "stepz".'],
    [
      'optimiser.learningRate=1',
      '--set optimiser.learningRate: dqn has no option "optimiser". Did you mean "optimizer"? Known',
    ],
    [
      'discount.to=1',
      '--set discount.to: discount must be an object to have "to" in it, got 0.99. Set it as a whole',
    ],
    ['optimizer.clip.globalNorm=1', 'optimizer.clip must be an object to have "globalNorm" in it'],
    ['optimizer.learningRat=1', 'Dqn: optimizer: adam: unknown option "learningRat". Did you mean'],
    ['optimizer.learningRate=-1', 'Dqn: optimizer: adam: learningRate must be'],
  ])('is checked: %s', (setting, message) => {
    expect(() => optionsOf(setting)).toThrow(message);
  });
});
