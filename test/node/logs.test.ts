import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CsvLog } from '../../node/logs/csv-log.ts';
import { TensorboardLog } from '../../node/logs/tensorboard-log.ts';
import { RunFolder } from '../../node/run-folder.ts';
import { trainRun } from '../../node/train-run.ts';
import { resolveRun } from '../../training/session.ts';
import type { MetricsRecord } from '../../training/trainer.ts';
import { decodeEvents } from '../helpers/event-file.ts';
import { ROOT, temporaryFolder } from '../helpers/program.ts';

const output = { write: () => {} };

const PYTHON = process.env.PALAESTRA_PYTHON ?? 'python3';
const hasTensorboard = spawnSync(PYTHON, ['-c', 'import tensorboard']).status === 0;

/** Lines of metrics, of which some have an evaluation or a number that comes later. */
const RECORDS: MetricsRecord[] = [
  { steps: 100, episodes: 3, meanReturn: 0.5, 'a,"b"': 1 },
  { steps: 200, episodes: 3, meanReturn: null, 'a,"b"': 2 },
  { steps: 200, episodes: 3, evaluationReturn: 0.25 },
  { steps: 300, episodes: 9, meanReturn: -1e-7, 'a,"b"': 3, loss: 12 },
];

const CSV = [
  'steps,episodes,meanReturn,"a,""b""",evaluationReturn,loss',
  '100,3,0.5,1,,',
  '200,3,,2,,',
  '200,3,,,0.25,',
  '300,9,-1e-7,3,,12',
  '',
].join('\n');

describe('metrics.csv', () => {
  const read = (folder: string) => readFileSync(join(folder, 'metrics.csv'), 'utf8');

  test('has a column for every name that has come up, and empty cells before', () => {
    const folder = temporaryFolder();
    const log = new CsvLog(folder);
    for (const record of RECORDS) log.append(record);
    expect(read(folder)).toBe(CSV);
  });

  test('is the same after it was written again from any line on', () => {
    for (let kept = 0; kept <= RECORDS.length; kept++) {
      const folder = temporaryFolder();
      const first = new CsvLog(folder);
      for (const record of RECORDS) first.append(record);
      const again = new CsvLog(folder);
      again.rewind(0, RECORDS.slice(0, kept));
      for (const record of RECORDS.slice(kept)) again.append(record);
      expect(read(folder)).toBe(CSV);
    }
  });
});

describe('event files', () => {
  const names = (folder: string) => readdirSync(folder).sort();
  const events = (folder: string) =>
    names(folder).flatMap((name) => decodeEvents(readFileSync(join(folder, name))));
  const steps = (folder: string) =>
    events(folder).flatMap(({ step, scalars }) => (Object.keys(scalars).length > 0 ? [step] : []));

  test('open with their version, and carry the time', () => {
    const folder = temporaryFolder();
    let now = 1000;
    const log = new TensorboardLog(folder, () => now++);
    expect(names(folder)).toEqual([]); // nothing to say yet
    for (const record of RECORDS.slice(0, 2)) log.append(record);
    expect(names(folder)).toEqual(['events.out.tfevents.0000000000.palaestra']);
    const [version, first, second] = events(folder);
    expect(version).toEqual({
      wallTime: 1000,
      step: 0,
      fileVersion: 'brain.Event:2',
      scalars: {},
    });
    expect([first.wallTime, first.step, first.scalars['training/meanReturn']]).toEqual([
      1000, 100, 0.5,
    ]);
    expect([second.wallTime, second.step]).toEqual([1001, 200]);
    expect(second.scalars).toEqual({ 'training/episodes': 3, 'agent/a,"b"': 2 });
  });

  test('are cut where a run goes on, and a new one tells readers to forget what is after', () => {
    const folder = temporaryFolder();
    const log = new TensorboardLog(folder);
    for (const record of RECORDS) log.append(record);
    const again = new TensorboardLog(folder);
    again.rewind(200);
    expect(steps(folder)).toEqual([100, 200, 200]);
    again.append(RECORDS[3]);
    expect(names(folder)).toHaveLength(2);
    expect(steps(folder)).toEqual([100, 200, 200, 300]);
    const start = events(folder).filter(({ sessionStatus }) => sessionStatus !== undefined);
    expect(start).toEqual([expect.objectContaining({ step: 201, sessionStatus: 1 })]);
  });

  test('are gone where a run begins again', () => {
    const folder = temporaryFolder();
    const log = new TensorboardLog(folder);
    for (const record of RECORDS) log.append(record);
    log.rewind(-1);
    expect(names(folder)).toEqual([]);
    log.append(RECORDS[0]);
    expect(steps(folder)).toEqual([100]);
  });

  test('lose what a killed process has half written', () => {
    const folder = temporaryFolder();
    for (const record of RECORDS) new TensorboardLog(folder).append(record);
    const newest = join(folder, names(folder).at(-1) as string);
    writeFileSync(newest, readFileSync(newest).subarray(0, -5));
    const log = new TensorboardLog(folder);
    log.rewind(300);
    expect(steps(folder)).toEqual([100, 200, 200]);
  });

  test.runIf(hasTensorboard)(
    'of a run that was stopped are read by TensorBoard',
    async () => {
      const whole = await train([]);
      const broken = await train([3000, 5500]);
      const [read, again] = [whole, broken].map((path) => {
        const script = join(ROOT, 'bench/peers/read_events.py');
        return JSON.parse(execFileSync(PYTHON, [script, path], { encoding: 'utf8' }));
      });
      expect(again).toEqual(read);
      const lines = metricsOf(whole);
      const expected = lines.flatMap(({ steps, meanReturn = null }) =>
        meanReturn === null ? [] : [[steps, Math.fround(meanReturn)]],
      );
      expect(read['training/meanReturn']).toEqual(expected);
      expect(read['evaluation/return'].map(([step]: [number]) => step)).toEqual([
        2000, 4000, 6000, 8000,
      ]);
      expect(readdirSync(broken).filter((name) => name.startsWith('events'))).toHaveLength(3);
    },
    60_000,
  );
});

function metricsOf(path: string): MetricsRecord[] {
  const text = readFileSync(join(path, 'metrics.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Trains in a new folder, stopped and gone on with at some steps; returns the folder. */
async function train(stops: readonly number[], log = ['tensorboard', 'csv'] as const) {
  const path = join(temporaryFolder(), 'run');
  const config = resolveRun({
    agent: 'q-learning',
    agentOptions: { stepSize: 0.5 },
    env: { id: 'FrozenLake-v1', options: { slippery: false }, wrappers: [] },
    steps: 8000,
    seed: 2,
    metricsEvery: 250,
    checkpointEvery: 1500,
    evaluateEvery: 2000,
    log,
  });
  RunFolder.create(path, config);
  for (const [i, stop] of [...stops, Infinity].entries()) {
    const folder = RunFolder.open(path);
    const controller = new AbortController();
    const onProgress = (steps: number) => steps >= stop && controller.abort();
    const { signal } = controller;
    await trainRun(folder, { output, resume: i > 0, signal, onProgress });
  }
  return path;
}

test('a run that was stopped ends with the logs, the best and the result of one that was not', async () => {
  const whole = await train([]);
  const broken = await train([1000, 4100, 7000]);
  for (const name of ['config.json', 'metrics.jsonl', 'metrics.csv', 'result.json']) {
    const [a, b] = [whole, broken].map((path) => readFileSync(join(path, name), 'utf8'));
    expect(b, name).toBe(a);
    expect(a.length, name).toBeGreaterThan(100);
  }
  const all = { recursive: true, encoding: 'utf8' } as const;
  const checkpoints = readdirSync(join(whole, 'checkpoints'), all).sort();
  const kept = ['7500', '8000'].map((step) => `best-at-00000000${step}`);
  expect(checkpoints).toEqual([
    ...kept.flatMap((folder) => [folder, `${folder}/best.ckpt`, `${folder}/best.rlrec`]),
    ...['best.ckpt', 'step-000000007500.ckpt', 'step-000000008000.ckpt'],
  ]);
  expect(readdirSync(join(broken, 'checkpoints'), all).sort()).toEqual(checkpoints);
  for (const name of checkpoints.filter((name) => !kept.includes(name))) {
    const [a, b] = [whole, broken].map((path) => readFileSync(join(path, 'checkpoints', name)));
    expect(b.equals(a), name).toBe(true);
  }
  const scalars = [whole, broken].map((path) =>
    readdirSync(path)
      .filter((name) => name.startsWith('events'))
      .sort()
      .flatMap((name) => decodeEvents(readFileSync(join(path, name))))
      .filter((event) => Object.keys(event.scalars).length > 0)
      .map(({ step, scalars }) => ({ step, scalars })),
  );
  expect(scalars[1]).toEqual(scalars[0]);
  expect(scalars[0]).toHaveLength(metricsOf(whole).length);
  const result = JSON.parse(readFileSync(join(whole, 'result.json'), 'utf8'));
  expect(result).toMatchObject({ steps: 8000, stopped: false, finalReturn: 1, bestReturn: 1 });
}, 60_000);

test('a run writes no log beside its lines of metrics, unless it is told to', async () => {
  const path = await train([], [] as never);
  expect(existsSync(join(path, 'metrics.csv'))).toBe(false);
  expect(readdirSync(path).filter((name) => name.includes('tfevents'))).toEqual([]);
});

test('a run that goes on has no result until it has finished again', async () => {
  const path = await train([]);
  const newest = join(path, 'checkpoints', 'step-000000008000.ckpt');
  writeFileSync(newest, readFileSync(newest).subarray(0, 100)); // so that there is something to do
  const folder = RunFolder.open(path);
  expect(folder.readResult()?.steps).toBe(8000);
  await trainRun(folder, { output, resume: true, signal: AbortSignal.abort() });
  expect(folder.readResult()).toBeNull();
  await trainRun(folder, { output, resume: true });
  expect(folder.readResult()?.steps).toBe(8000);
});
