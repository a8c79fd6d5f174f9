import { describe, expect, test, vi } from 'vitest';
import { restoreRng } from '../../core/restore-rng.ts';
import type { SavedData } from '../../core/saved.ts';
import { make, makeDynamics } from '../../envs/registry.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { openRecording } from '../../training/recording/reader.ts';
import { verifyRecording } from '../../training/recording/verify.ts';
import { decodeSaved, encodeSaved } from '../../training/saved-file.ts';
import { createSession, parseRunConfig, resolveRun } from '../../training/session.ts';
import { WRITER } from '../../training/writer-info.ts';
import { bytesSource } from '../../training/zip/byte-source.ts';
import { codec } from '../helpers/codec.ts';

const FORMAT = { format: 'test', version: 1 };

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
      rng: 'alea',
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

  test('says that nothing is recorded only where nothing is', () => {
    const request = { agent: 'q-learning', env: 'FrozenLake-v1' };
    expect(resolveRun({ ...request, record: true })).not.toHaveProperty('record');
    const config = resolveRun({ ...request, record: false });
    expect(config.record).toBe(false);
    expect(parseRunConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  test.each([
    [
      { agent: 'random', env: 'CartPole-v1', record: false, recordEvery: 5 },
      'recordEvery must be 0 where nothing is recorded, got 5.',
    ],
    [{ agent: 'q', env: 'CartPole-v1' }, 'There is no agent "q".'],
    [{ agent: 'random', env: 'Cart' }, 'There is no world "Cart".'],
    [{ agent: 'random', env: 'CartPole-v1', steps: 0 }, 'steps must be an integer of at least 1'],
    [{ agent: 'random', env: 'CartPole-v1', numEnvs: 0 }, 'numEnvs must be an integer'],
    [{ agent: 'random', env: 'CartPole-v1', seed: -1 }, 'seed must be an integer of at least 0'],
    [
      { agent: 'random', env: 'CartPole-v1', step: 1 },
      'unknown option "step". Did you mean "steps"?',
    ],
    [
      { agent: 'random', env: 'CartPole-v1', rng: 'gymnasum' },
      'rng must be one of alea, gymnasium, got "gymnasum". Did you mean "gymnasium"?',
    ],
    [
      { agent: 'random', env: 'CartPole-v1', log: 'csv' },
      'log must be a list with tensorboard or csv, got "csv".',
    ],
    [{ agent: 'value-iteration', env: 'CartPole-v1' }, 'must have an explicit model'],
  ])('%j is refused', (request, message) => {
    expect(() => resolveRun(request as never)).toThrow(message);
  });

  test('of a run from before there was a choice of generator means alea', () => {
    const { rng, ...older } = resolveRun({ agent: 'random', env: 'CartPole-v1', steps: 100 });
    expect(rng).toBe('alea');
    expect(parseRunConfig(older)).toEqual({ ...older, rng: 'alea' });
  });

  test('has the options that go with the generator', () => {
    const request = { agent: 'random', env: 'Pendulum-v1', rng: 'gymnasium' } as const;
    const config = resolveRun(request);
    expect(config.env.options).toEqual({ gravity: 10, arithmetic: 'numpy2' });
    expect(parseRunConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
    expect(resolveRun({ ...request, rng: 'alea' }).env.options.arithmetic).toBe('float64');
  });

  test.each([null, 3, {}, { format: 'palaestra-run', version: 2 }])('%j is no config', (json) => {
    expect(() => parseRunConfig(json)).toThrow('expected format "palaestra-run" version 1');
  });

  test.each([
    [{ agent: undefined }, 'config.json: agent must have a name, got undefined.'],
    [{ agent: { options: {} } }, 'config.json: agent must have a name, got an object.'],
    [{ env: null }, 'config.json: env must have an id and wrappers, got null.'],
    [{ env: { id: 'CartPole-v1' } }, 'config.json: env must have an id and wrappers'],
  ])('with %j is no config', (part, message) => {
    const config = resolveRun({ agent: 'random', env: 'CartPole-v1' });
    expect(() => parseRunConfig({ ...config, ...part })).toThrow(message);
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

describe("a session with rng 'gymnasium'", () => {
  const REQUEST = { agent: 'random', env: 'Pendulum-v1', rng: 'gymnasium', seed: 42 } as const;

  /** Trains up to `steps`, from a checkpoint if there is one; the recordings by name. */
  function run(steps: number, saved?: SavedData) {
    const recordings = new Map<string, Uint8Array>();
    const session = createSession(resolveRun({ ...REQUEST, numEnvs: 2, steps: 1500 }), {
      codec,
      onMetrics: () => {},
      onRecording: (name, bytes) => recordings.set(name, bytes),
    });
    const { trainer, recorder } = session;
    if (saved) trainer.restore(decodeSaved(encodeSaved(saved, codec, FORMAT), codec, FORMAT));
    trainer.advance(steps - trainer.steps);
    if (trainer.done) recorder?.finish();
    return { ...session, recordings };
  }

  test('plays the episodes of Gymnasium’s seeds seed + i', () => {
    const { trainer } = createSession(resolveRun({ ...REQUEST, numEnvs: 2 }), {
      codec,
      onMetrics: () => {},
      onRecording: () => {},
    });
    const first = [42, 43].map((seed) => {
      const env = make('Pendulum-v1', { rng: 'gymnasium' });
      return [...env.reset({ seed }).observation];
    });
    expect([...trainer.envs.observations]).toEqual(first.flat());
  });

  test('goes on from a checkpoint as if it had not stopped', () => {
    const whole = run(1500);
    const resumed = run(1500, run(700).trainer.save());
    expect(resumed.trainer.save()).toEqual(whole.trainer.save());
    expect(resumed.recordings.get('last')).toEqual(whole.recordings.get('last'));
  });

  test('makes recordings that run again to the bit', async () => {
    const { recordings } = run(1500);
    expect([...recordings.keys()]).toEqual(['first', 'best', 'episode-1', 'last']);
    for (const bytes of recordings.values()) {
      const recording = await openRecording(bytesSource(bytes), codec);
      expect(recording.manifest.env.options.arithmetic).toBe('numpy2');
      expect(recording.episodes[0].meta.rng.kind).toBe('pcg64');
      const { steps, exact } = await verifyRecording(recording, makeDynamics, restoreRng);
      expect([steps, exact]).toEqual([200, 200]);
    }
  });

  test('an agent draws the same whatever the worlds draw from', () => {
    const actions = (rng: 'alea' | 'gymnasium') => {
      const taken: number[] = [];
      const { agent, trainer } = createSession(
        resolveRun({ agent: 'random', env: 'CliffWalking-v1', steps: 10, rng }),
        { codec, onMetrics: () => {}, onRecording: () => {} },
      );
      const column = trainer.envs.createActions();
      for (let t = 0; t < 50; t++) {
        agent.act(trainer.envs.observations, column, trainer.envs.actionMasks);
        taken.push(column[0]);
      }
      return taken;
    };
    expect(actions('gymnasium')).toEqual(actions('alea'));
  });
});

test('files carry the version of the package', () => {
  expect(WRITER).toEqual({ name: packageJson.name, version: packageJson.version });
});

test('a session that records nothing learns the same, and asks for no thoughts', () => {
  const run = (record: boolean) => {
    const recordings: string[] = [];
    const config = resolveRun({ agent: 'q-learning', env: 'FrozenLake-v1', steps: 2000, record });
    const session = createSession(config, {
      codec,
      onMetrics: () => {},
      onRecording: (name) => recordings.push(name),
    });
    const inspect = vi.spyOn(session.agent, 'inspect');
    session.trainer.advance(2000);
    return { ...session, recordings, inspect };
  };
  const [recorded, plain] = [run(true), run(false)];
  expect(plain.agent.save()).toEqual(recorded.agent.save());
  expect(plain.trainer.envs.snapshot()).toEqual(recorded.trainer.envs.snapshot());
  expect([plain.recorder, plain.recordings]).toEqual([null, []]);
  expect(plain.inspect).not.toHaveBeenCalled();
  expect(recorded.inspect).toHaveBeenCalledTimes(2000);
});
