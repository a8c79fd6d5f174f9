import { describe, expect, test } from 'vitest';
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
