import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { createSession, parseRunConfig, resolveRun } from '../../training/session.ts';
import { WRITER } from '../../training/writer-info.ts';
import { codec } from '../helpers/codec.ts';

describe('a run config', () => {
  test('spells everything out, and is JSON', () => {
    const config = resolveRun({
      agent: 'q-learning',
      agentOptions: { discount: 0.5 },
      env: 'FrozenLake-v1',
      seed: 9,
      steps: 5000,
    });
    expect(config).toMatchObject({
      agent: { name: 'q-learning', options: { discount: 0.5, stepSize: 0.1, seed: 9 } },
      env: { id: 'FrozenLake-v1', options: { map: '4x4', slippery: true } },
      numEnvs: 1,
      metricsEvery: 50,
      checkpointEvery: 500,
      recordEvery: 0,
    });
    expect(parseRunConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  test('lets the agent have another seed than the run', () => {
    const request = { agent: 'random', env: 'CartPole-v1', seed: 9 };
    expect(resolveRun({ ...request, agentOptions: { seed: 4 } }).agent.options).toEqual({
      seed: 4,
    });
  });

  test.each([
    [{ agent: 'q', env: 'CartPole-v1' }, 'There is no agent "q".'],
    [{ agent: 'random', env: 'Cart' }, 'There is no world "Cart".'],
    [{ agent: 'random', env: 'CartPole-v1', steps: 0 }, 'steps must be an integer of at least 1'],
    [{ agent: 'random', env: 'CartPole-v1', numEnvs: 0 }, 'numEnvs must be an integer'],
    [{ agent: 'random', env: 'CartPole-v1', seed: -1 }, 'seed must be an integer of at least 0'],
    [
      { agent: 'random', env: 'CartPole-v1', step: 1 },
      'unknown option "step". Did you mean "steps"?',
    ],
    [{ agent: 'value-iteration', env: 'CartPole-v1' }, 'must have an explicit model'],
  ])('%j is refused', (request, message) => {
    expect(() => resolveRun(request as never)).toThrow(message);
  });

  test.each([null, 3, {}, { format: 'palaestra-run', version: 2 }])('%j is no config', (json) => {
    expect(() => parseRunConfig(json)).toThrow('expected format "palaestra-run" version 1');
  });
});

test('a session records every so many episodes as its config says', () => {
  const names: string[] = [];
  const request = { agent: 'random', env: 'CartPole-v1', steps: 200, recordEvery: 3 };
  const { trainer } = createSession(resolveRun(request), {
    codec,
    onMetrics: () => {},
    onRecording: (name) => names.push(name),
  });
  trainer.advance(200);
  expect(names).toContain('episode-3');
  expect(names).not.toContain('episode-4');
});

test('files carry the version of the package', () => {
  expect(WRITER).toEqual({ name: packageJson.name, version: packageJson.version });
});
