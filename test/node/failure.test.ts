import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { registerAgent } from '../../agents/registry.ts';
import { QLearning } from '../../agents/tabular/q-learning.ts';
import type { Task } from '../../agents/task.ts';
import type { Agent } from '../../core/agent.ts';
import type { SavedData } from '../../core/saved.ts';
import { decodeCheckpoint } from '../../node/checkpoint-file.ts';
import { RunFolder } from '../../node/run-folder.ts';
import { trainRun } from '../../node/train-run.ts';
import { type RunRequest, resolveRun } from '../../training/session.ts';
import type { MetricsRecord } from '../../training/trainer.ts';
import { temporaryFolder } from '../helpers/program.ts';

const output = { write: () => {} };

/** What is wrong with the agent below, and from which step on; the tests change it. */
const fault = { table: Infinity, throws: Infinity, metric: Infinity };
const NOTHING = { ...fault };
afterEach(() => void Object.assign(fault, NOTHING));

/** Q-learning that spoils its table, throws, or reports a NaN. */
function faulty(task: Task, options: object): Agent {
  const inner = new QLearning(task, options);
  return {
    name: 'faulty',
    options,
    act: (states, actions, masks) => inner.act(states, actions, masks),
    learn(transitions) {
      inner.learn(transitions);
      if (inner.steps >= fault.table) inner.actionValues.table[5] = Number.NaN;
      if (inner.steps >= fault.throws) throw new Error('the table is lost.');
    },
    greedy: () => inner.greedy(),
    inspect: (state, mask) => inner.inspect(state, mask),
    metrics: () => ({ loss: inner.steps >= fault.metric ? Number.NaN : 0 }),
    save: () => ({ steps: inner.steps, table: inner.save() }),
    restore: (saved) => inner.restore(saved.table as SavedData),
  };
}

registerAgent({
  name: 'faulty',
  family: 'other',
  description: 'Fails.',
  defaults: { seed: 0 },
  create: faulty,
});

const REQUEST: RunRequest = {
  agent: 'faulty',
  env: 'FrozenLake-v1',
  steps: 2000,
  metricsEvery: 100,
  checkpointEvery: 500,
  evaluateEvery: 400,
  log: ['csv'],
};

function newRun(name: string, cwd: string): RunFolder {
  return RunFolder.create(join(cwd, name), resolveRun(REQUEST));
}

const contents = (path: string) =>
  ['metrics.jsonl', 'metrics.csv', 'result.json'].map((name) =>
    readFileSync(join(path, name), 'utf8'),
  );

const linesOf = (path: string): MetricsRecord[] =>
  readFileSync(join(path, 'metrics.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a training that fails', () => {
  test.each([
    [
      'table',
      1500,
      /^Training failed at step 1500: agent\.table\.[a-zA-Z.]+\[5\] of 64 must be a number, got NaN\./,
    ],
    ['throws', 1250, /^Training failed at step 1250: the table is lost\./],
    [
      'metric',
      1300,
      /^Training failed at step 1300: metrics: loss must be a finite number, got NaN\./,
    ],
  ])(
    'by a %s keeps its state at step %i, and goes on once that is mended',
    async (kind, step, message) => {
      const cwd = temporaryFolder();
      const whole = newRun('whole', cwd);
      await trainRun(whole, { output });

      Object.assign(fault, { [kind]: 1250 });
      const folder = newRun('failed', cwd);
      const failure = await trainRun(folder, { output }).catch((error: Error) => error);
      expect(failure).toBeInstanceOf(Error);
      const told = (failure as Error).message;
      expect(told).toMatch(message);
      const name = `failed-${String(step).padStart(12, '0')}.ckpt`;
      const file = join(folder.path, 'checkpoints', name);
      expect(told).toContain(`${file} keeps the state for inspection.`);
      expect(told).toContain(
        `palaestra train --resume ${folder.path} (a learning rate or a clip that is to be smaller stands in its config.json)`,
      );
      expect(readFileSync(join(folder.path, 'log.txt'), 'utf8')).toContain(
        `failed: Training failed at step ${step}`,
      );
      expect(existsSync(join(folder.path, 'result.json'))).toBe(false);
      expect(existsSync(join(folder.path, 'lock.json'))).toBe(false);

      const kept = decodeCheckpoint(readFileSync(file));
      expect(kept).toMatchObject({ steps: step, error: expect.stringMatching(message) });
      const agent = (kept.session as { agent: { steps: number } }).agent;
      expect(agent.steps).toBe(step);

      // The newest checkpoint is one before the failure, and the failed one is left alone.
      const steps = readdirSync(join(folder.path, 'checkpoints')).filter((n) =>
        n.startsWith('step'),
      );
      expect(steps.at(-1)).toBe('step-000000001000.ckpt');
      await expect(trainRun(folder, { output, resume: true })).rejects.toThrow(message);
      Object.assign(fault, NOTHING);
      const again = await trainRun(RunFolder.open(folder.path), { output, resume: true });
      expect(again.finished).toBe(true);
      expect(contents(folder.path)).toEqual(contents(whole.path));
      expect(existsSync(file)).toBe(true);
    },
    30_000,
  );

  test('says in which tensor of the agent there is a NaN, where something else fails', async () => {
    Object.assign(fault, { table: 1240, throws: 1250 });
    const folder = newRun('run', temporaryFolder());
    await expect(trainRun(folder, { output })).rejects.toThrow(
      /at step 1250: the table is lost\. In the agent agent\.table\.[a-zA-Z.]+\[5\] of 64 is NaN\./,
    );
  });

  test('never keeps as the best, or as a checkpoint, what holds a NaN', async () => {
    fault.table = 1;
    const folder = newRun('run', temporaryFolder());
    await expect(trainRun(folder, { output })).rejects.toThrow(
      /^Training failed at step 400: agent.* There is no checkpoint before it to go on from: once the cause is mended, train again from the beginning\.$/,
    );
    expect(readdirSync(join(folder.path, 'checkpoints'))).toEqual(['failed-000000000400.ckpt']);
    expect(linesOf(folder.path).at(-1)).toMatchObject({ steps: 400, evaluationReturn: 0 });
  });

  test.skipIf(!existsSync('/dev/full'))('by a full disk says where it was', async () => {
    const folder = newRun('run', temporaryFolder());
    for (const name of ['metrics.jsonl', 'log.txt']) {
      symlinkSync('/dev/full', join(folder.path, name));
    }
    await expect(trainRun(folder, { output })).rejects.toThrow(
      /^Training failed at step 100: ENOSPC: .* keeps the state for inspection\. There is no checkpoint/,
    );
  });

  test('by a checkpoint that cannot be written says how to go on', async () => {
    const folder = newRun('run', temporaryFolder());
    const taken = join(folder.path, 'checkpoints', 'step-000000001000.ckpt');
    const onProgress = (steps: number) => {
      if (steps !== 500) return;
      mkdirSync(taken);
      writeFileSync(join(taken, 'x'), '');
    };
    await expect(trainRun(folder, { output, onProgress })).rejects.toThrow(
      /^Training ended at step 1000: writeFileAtomicSync: .* must be writable, got .* palaestra train --resume /,
    );
  });

  test('says so where not even its state can be kept', async () => {
    fault.throws = 1250;
    const folder = newRun('run', temporaryFolder());
    const taken = join(folder.path, 'checkpoints', 'failed-000000001250.ckpt');
    mkdirSync(taken);
    writeFileSync(join(taken, 'x'), '');
    await expect(trainRun(folder, { output })).rejects.toThrow(
      /the table is lost\. The state could not be kept: .*failed-000000001250/,
    );
  });
});
