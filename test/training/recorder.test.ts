import { describe, expect, test, vi } from 'vitest';
import { makeAgent } from '../../agents/registry.ts';
import type { Agent } from '../../core/agent.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { restoreRng } from '../../core/restore-rng.ts';
import type { SavedData } from '../../core/saved.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { makeDynamics, resolveSpec } from '../../envs/registry.ts';
import { Recorder } from '../../training/recorder.ts';
import { openRecording } from '../../training/recording/reader.ts';
import type { Episode, Recording } from '../../training/recording/recording.ts';
import { verifyRecording } from '../../training/recording/verify.ts';
import { createSession, resolveRun } from '../../training/session.ts';
import { Trainer } from '../../training/trainer.ts';
import { bytesSource } from '../../training/zip/byte-source.ts';
import { codec } from '../helpers/codec.ts';
import { corridor, pushedPoint } from '../helpers/worlds.ts';

interface Run {
  readonly recordings: Map<string, Uint8Array>;
  readonly trainer: Trainer<VectorEnv>;
  readonly recorder: Recorder;
  readonly agent: Agent;
}

/** A run of an agent in a world with a recorder; `numEnvs` copies, not advanced yet. */
function newRun(name: string, world: Dynamics, steps: number, numEnvs = 1, every = 0): Run {
  const recordings = new Map<string, Uint8Array>();
  const agent = makeAgent(name, { ...world, numEnvs }, { seed: 2 });
  const envs = new VectorEnv(world, { seed: 2, numEnvs });
  const recorder = new Recorder(agent, envs, {
    spec: { id: world.name, options: {}, wrappers: [] },
    seed: 2,
    codec,
    every,
    onRecording: (title, bytes) => recordings.set(title, bytes),
  });
  const trainer = new Trainer(agent, envs, { steps, callbacks: { recorder } });
  return { recordings, trainer, recorder, agent };
}

async function open(run: Pick<Run, 'recordings'>, name: string): Promise<Recording> {
  const bytes = run.recordings.get(name);
  if (bytes === undefined) throw new Error(`there is no recording ${name}.`);
  return openRecording(bytesSource(bytes), codec);
}

async function episodeOf(run: Pick<Run, 'recordings'>, name: string): Promise<Episode> {
  return (await open(run, name)).readEpisode(0);
}

const rows = (episode: Episode, channel: string): number[][] => {
  const column = episode.columns.get(channel);
  if (column === undefined) throw new Error(`there is no channel ${channel}.`);
  const values = Array.from(column.values as ArrayLike<number>);
  return Array.from({ length: episode.length }, (_, t) =>
    values.slice(t * column.rowSize, (t + 1) * column.rowSize),
  );
};

describe('a recorder keeps', () => {
  test('the first, the best, the last, and numbers 1, 10, 100', async () => {
    const run = newRun('q-learning', corridor(), 3000, 1, 50);
    const returns: { episodeReturn: number; length: number }[] = [];
    const envs = run.trainer.envs;
    let total = 0;
    let length = 0;
    while (!run.trainer.done) {
      const before = run.trainer.episodes;
      run.trainer.advance(1);
      length++;
      const ended = run.trainer.episodes > before;
      if (ended && envs.finalStates[0][0] === 4) total++;
      if (!ended) continue;
      returns.push({ episodeReturn: total, length });
      total = 0;
      length = 0;
    }
    run.recorder.finish();
    const numbers = returns
      .map((_, number) => number)
      .filter((number) => [1, 10, 100].includes(number) || number % 50 === 0)
      .map((number) => `episode-${number}`);
    expect([...run.recordings.keys()].sort()).toEqual(
      [...new Set(['first', 'best', 'last', ...numbers])].sort(),
    );
    const byQuality = returns
      .map((summary, number) => ({ ...summary, number }))
      .sort(
        (a, b) => b.episodeReturn - a.episodeReturn || a.length - b.length || a.number - b.number,
      );
    const best = await episodeOf(run, 'best');
    expect(best.meta.number).toBe(byQuality[0].number);
    expect(best.end).toMatchObject({
      tags: ['best'],
      episodeReturn: 1,
      length: byQuality[0].length,
    });
    expect((await episodeOf(run, 'first')).meta.number).toBe(0);
    const last = await episodeOf(run, 'last');
    const before = returns.slice(0, -1).reduce((sum, summary) => sum + summary.length, 0);
    expect(last.meta).toMatchObject({ number: returns.length - 1, agentSteps: before, seed: 2 });
    expect((await episodeOf(run, 'episode-10')).end?.length).toBe(returns[10].length);
  });

  test('what happened and what the agent thought before it acted', async () => {
    const run = newRun('q-learning', corridor(), 400);
    const thoughts: number[][] = [];
    const values = (run.agent as Agent & { actionValues: { table: Float64Array } }).actionValues;
    while (run.trainer.episodes === 0) {
      const state = run.trainer.envs.states[0][0];
      thoughts.push([state, ...values.table.slice(2 * state, 2 * state + 2)]);
      run.trainer.advance(1);
    }
    const episode = await episodeOf(run, 'first');
    expect(rows(episode, 'state').flat()).toEqual(thoughts.map(([state]) => state));
    expect(rows(episode, 'q')).toEqual(thoughts.map(([, ...q]) => q.map(Math.fround)));
    expect(rows(episode, 'q-table').every((table) => table.length === 10)).toBe(true);
    const masks = rows(episode, 'action-mask');
    const actions = rows(episode, 'action').flat();
    masks.forEach(([left, right], t) => {
      expect([left, right]).toEqual([thoughts[t][0] === 0 ? 0 : 1, 1]);
      expect(masks[t][actions[t]]).toBe(1);
    });
    const rewards = rows(episode, 'reward').flat();
    expect(rewards.reduce((sum, r) => sum + r, 0)).toBe(episode.end?.episodeReturn);
  });

  test('real-valued actions, and worlds without inspection', async () => {
    const run = newRun('random', pushedPoint(), 60);
    run.trainer.advance(60);
    const episode = await episodeOf(run, 'first');
    expect(episode.end).toMatchObject({ length: 30, outcome: 'truncated' });
    expect(new Set(rows(episode, 'action').flat()).size).toBe(30);
    expect([...episode.columns.keys()]).toEqual(['state', 'hash', 'action', 'reward']);
  });

  test('the first of several copies alone', async () => {
    const alone = newRun('random', makeDynamics('CartPole-v1'), 300);
    const many = newRun('random', makeDynamics('CartPole-v1'), 900, 3);
    alone.trainer.advance(300);
    many.trainer.advance(900);
    // The agent draws for all copies, so the actions differ; the start does not.
    const first = rows(await episodeOf(alone, 'first'), 'state')[0];
    expect(rows(await episodeOf(many, 'first'), 'state')[0]).toEqual(first);
    expect((await episodeOf(many, 'episode-1')).meta.agentSteps % 3).toBe(0);
  });
});

describe('every recording', () => {
  test.each([
    ['q-learning', 'FrozenLake-v1', 20_000],
    ['q-learning', 'CliffWalking-v1', 20_000],
    ['random', 'CartPole-v1', 3000],
    ['epsilon-greedy', 'KArmedBandit-v0', 3000],
  ])('of %s in %s runs again with the same bits', async (agent, env, steps) => {
    const recordings = new Map<string, Uint8Array>();
    const session = createSession(resolveRun({ agent, env, steps, seed: 3 }), {
      codec,
      onMetrics: () => {},
      onRecording: (name, bytes) => recordings.set(name, bytes),
    });
    session.trainer.advance(steps);
    session.recorder?.finish();
    expect(recordings.size).toBeGreaterThanOrEqual(3);
    for (const bytes of recordings.values()) {
      const recording = await openRecording(bytesSource(bytes), codec);
      expect(recording.complete).toBe(true);
      expect(recording.manifest.env).toMatchObject(resolveSpec(env));
      const result = await verifyRecording(recording, makeDynamics, restoreRng);
      expect(result.firstDifference).toBeNull();
      expect(result.exact).toBe(result.steps);
      expect(result.steps).toBeGreaterThan(0);
    }
  });

  test("of a world that draws from Gymnasium's generator says so, and runs again", async () => {
    const dynamics = makeDynamics('FrozenLake-v1');
    const agent = makeAgent('random', { ...dynamics, numEnvs: 1 }, { seed: 2 });
    const envs = new VectorEnv(dynamics, { seed: 42, rng: 'gymnasium' });
    const recordings: Uint8Array[] = [];
    const recorder = new Recorder(agent, envs, {
      spec: resolveSpec('FrozenLake-v1'),
      seed: 42,
      codec,
      onRecording: (_, bytes) => recordings.push(bytes),
    });
    new Trainer(agent, envs, { steps: 500, callbacks: { recorder } }).advance(500);
    recorder.finish();
    expect(recordings.length).toBeGreaterThan(1);
    for (const bytes of recordings) {
      const recording = await openRecording(bytesSource(bytes), codec);
      expect(recording.episodes[0].meta.rng).toMatchObject({ kind: 'pcg64' });
      const result = await verifyRecording(recording, makeDynamics, restoreRng);
      expect(result.firstDifference).toBeNull();
      expect(result.exact).toBe(result.steps);
    }
  });
});

describe('the newest episode', () => {
  test('is the unfinished first one, then the last that ended', async () => {
    const run = newRun('random', pushedPoint(), 100);
    run.trainer.advance(10);
    const partial = await openRecording(bytesSource(run.recorder.newest()), codec);
    expect(partial.episodes[0]).toMatchObject({ end: null, length: 10 });
    run.trainer.advance(55);
    const whole = await openRecording(bytesSource(run.recorder.newest()), codec);
    expect(whole.episodes[0].meta.number).toBe(1);
    expect(whole.episodes[0].end).toMatchObject({ length: 30, tags: ['live'] });
  });
});

/** A run of a recorder that keeps few steps of an episode. */
function shortRun(world: Dynamics, steps: number, maxSteps: number) {
  const recordings = new Map<string, Uint8Array>();
  const cut: number[] = [];
  const agent = makeAgent('random', { ...world, numEnvs: 1 }, { seed: 2 });
  const envs = new VectorEnv(world, { seed: 2 });
  const recorder = new Recorder(agent, envs, {
    spec: { id: world.name, options: {}, wrappers: [] },
    seed: 2,
    codec,
    maxSteps,
    onCut: (number) => cut.push(number),
    onRecording: (title, bytes) => recordings.set(title, bytes),
  });
  const trainer = new Trainer(agent, envs, { steps, callbacks: { recorder } });
  return { recordings, cut, trainer, recorder, agent };
}

describe('an episode that is longer than a recording', () => {
  test('is kept up to there, without an end', async () => {
    const run = shortRun(pushedPoint(), 60, 29); // episodes of 30 steps
    run.trainer.advance(60);
    run.recorder.finish();
    const whole = newRun('random', pushedPoint(), 60);
    whole.trainer.advance(60);
    whole.recorder.finish();
    expect([...run.recordings.keys()]).toEqual([...whole.recordings.keys()]);
    for (const name of run.recordings.keys()) {
      const { meta, end, columns, length } = await episodeOf(run, name);
      const other = await episodeOf(whole, name);
      expect([meta, end, length]).toEqual([other.meta, null, 29]);
      expect(rows({ columns, length } as Episode, 'reward')).toEqual(
        rows(other, 'reward').slice(0, 29),
      );
    }
    expect(run.cut).toEqual([0, 1]);
  });

  test('is recorded with its end where it just fits, to the byte as ever', () => {
    const run = shortRun(pushedPoint(), 60, 30);
    run.trainer.advance(60);
    const whole = newRun('random', pushedPoint(), 60);
    whole.trainer.advance(60);
    expect(run.recordings).toEqual(whole.recordings);
    expect(run.recorder.save()).toEqual(whole.recorder.save());
    expect(run.cut).toEqual([]);
  });

  test('takes no more room, is encoded once, and asks the agent for no thoughts', async () => {
    const run = shortRun({ ...pushedPoint(), timeLimit: Infinity }, 1000, 40);
    run.trainer.advance(40);
    const newest = run.recorder.newest();
    const { columns, dropped } = run.recorder.save().current as SavedData & { columns: SavedData };
    expect(dropped).toBeUndefined();
    const inspect = vi.spyOn(run.agent, 'inspect');
    run.trainer.advance(500);
    expect(inspect).not.toHaveBeenCalled();
    expect(run.recorder.newest()).toBe(newest);
    expect(run.recorder.save().current).toMatchObject({ columns, length: 40, dropped: 500 });
    expect(run.cut).toEqual([0]);
    const recording = await openRecording(bytesSource(newest), codec);
    expect(recording.episodes[0]).toMatchObject({ end: null, length: 40 });
    expect([...run.recordings]).toEqual([['first', newest]]); // though the episode has not ended
  });

  test('is the best by its whole return and length', async () => {
    const lengths = [50, 30, 60]; // of episodes, each with the return 1
    const world: Dynamics = {
      ...corridor(),
      timeLimit: Infinity,
      stateSize: 2, // steps, episode
      reset: (state) => void state.set([0, state[1] + 1]),
      step: (state) => (++state[0] === lengths[(state[1] - 1) % 3] ? 1 : 0),
      isTerminal: (state) => state[0] === lengths[(state[1] - 1) % 3],
      observe: (_, observation) => void observation.fill(1),
      actionMask: (_, mask) => void mask.fill(1),
      scene: corridor().scene as Dynamics['scene'],
    };
    for (const stop of [45, 140]) {
      const first = shortRun(world, 140, 20);
      first.trainer.advance(stop);
      const second = shortRun(world, 140, 20);
      second.trainer.restore(first.trainer.save());
      if (stop < 140) second.trainer.advance(140);
      const run = stop < 140 ? second : first;
      expect((await episodeOf(run, 'best')).meta.number).toBe(1);
    }
  });

  test('is cut where older data holds more', () => {
    const older = shortRun({ ...pushedPoint(), timeLimit: Infinity }, 1000, 500);
    older.trainer.advance(300);
    const run = shortRun({ ...pushedPoint(), timeLimit: Infinity }, 1000, 100);
    run.trainer.restore(older.trainer.save());
    const fresh = shortRun({ ...pushedPoint(), timeLimit: Infinity }, 1000, 100);
    fresh.trainer.advance(300);
    expect(run.recorder.newest()).toEqual(fresh.recorder.newest());
    expect(run.recorder.save()).toEqual(fresh.recorder.save());
  });
});

describe('stopping and going on', () => {
  test.each([1, 37, 100, 250])('at step %i, mid-episode, gives the same recordings', (stop) => {
    const whole = newRun('q-learning', corridor(), 300, 2);
    whole.trainer.advance(300);
    whole.recorder.finish();

    const first = newRun('q-learning', corridor(), 300, 2);
    first.trainer.advance(stop);
    const second = newRun('q-learning', corridor(), 300, 2);
    second.trainer.restore(first.trainer.save());
    second.trainer.advance(300);
    second.recorder.finish();
    const recordings = new Map([...first.recordings, ...second.recordings]);
    expect([...recordings].sort()).toEqual([...whole.recordings].sort());
  });

  test('keeps the last episode also where none ends any more', () => {
    const whole = newRun('random', pushedPoint(), 100); // episodes of 30 steps: the last ends at 90
    whole.trainer.advance(100);
    whole.recorder.finish();
    const first = newRun('random', pushedPoint(), 100);
    first.trainer.advance(95);
    const second = newRun('random', pushedPoint(), 100);
    second.trainer.restore(first.trainer.save());
    second.trainer.advance(5);
    second.recorder.finish();
    expect([...second.recordings]).toEqual([['last', whole.recordings.get('last')]]);
  });

  test('refuses the state of another world', () => {
    const run = newRun('random', corridor(), 100);
    const other = newRun('random', pushedPoint(), 100);
    other.trainer.advance(5);
    expect(() => run.recorder.restore(other.recorder.save())).toThrow('column state must be a');
    expect(() => run.recorder.restore({ kind: 'x' })).toThrow('kind "recorder"');
  });
});

test('refuses options that are none', () => {
  const world = corridor();
  const envs = new VectorEnv(world);
  const agent = makeAgent('random', world);
  const options = { spec: resolveSpec('CartPole-v1'), seed: 0, codec, onRecording: () => {} };
  expect(() => new Recorder(agent, envs, { ...options, every: -1 })).toThrow('every must be');
  expect(() => new Recorder(agent, envs, { ...options, maxSteps: 0 })).toThrow('maxSteps must be');
  expect(() => new Recorder(agent, envs, { ...options, evry: 1 } as never)).toThrow(
    'Did you mean "every"?',
  );
});
