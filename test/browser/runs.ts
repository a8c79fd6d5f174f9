import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fflate from 'fflate';
import { envEntry } from '../../envs/registry.ts';
import { acquireRunLock } from '../../node/run-lock.ts';
import { fflateCodec } from '../../training/recording/codec.ts';
import {
  createSession,
  type RunRequest,
  resolveRun,
  type Session,
} from '../../training/session.ts';
import { arcadeRecording } from './arcade.ts';

const codec = fflateCodec(fflate);

/** A run folder that a real training session writes into, as the command line would. */
export class RunFolder {
  readonly path: string;
  readonly session: Session;
  readonly #lines: string[] = [];

  constructor(root: string, name: string, request: RunRequest) {
    this.path = join(root, name);
    mkdirSync(join(this.path, 'episodes'), { recursive: true });
    const config = resolveRun(request);
    this.write('config.json', JSON.stringify(config));
    this.session = createSession(config, {
      codec,
      onMetrics: (record) => this.#lines.push(`${JSON.stringify(record)}\n`),
      onRecording: (recording, bytes) => this.write(`episodes/${recording}.rlrec`, bytes),
    });
  }

  /** Trains on, and writes the metrics. */
  train(steps: number): void {
    this.session.trainer.advance(steps);
    this.write('metrics.jsonl', this.#lines.join(''));
  }

  /** Hands over the newest episode, as a run does while it is trained. */
  publish(): void {
    const recording = this.session.recorder?.newest();
    if (recording) this.write('episodes/live.rlrec', recording);
  }

  /** Replaces a file at once, as the real thing does. */
  write(name: string, content: string | Uint8Array): void {
    const file = join(this.path, name);
    writeFileSync(`${file}.part`, content);
    renameSync(`${file}.part`, file);
  }
}

/** A served folder with short runs of every kind of scene. */
export interface Runs {
  readonly root: string;
  /** Training goes on in this one. */
  readonly live: RunFolder;
  remove(): void;
}

/** Trains everything that the browser tests look at: a few seconds, the same on every machine. */
export function makeRuns(): Runs {
  const root = join(mkdtempSync(join(tmpdir(), 'palaestra-viewer-')), 'runs');
  const live = new RunFolder(root, 'lake', {
    agent: 'q-learning',
    env: LAKE,
    seed: 3,
    steps: 1e6,
    metricsEvery: 500,
  });
  live.train(20_000);
  live.publish();
  const lock = acquireRunLock(live.path);
  finish(
    new RunFolder(root, 'cliff', {
      agent: 'q-learning',
      env: 'CliffWalking-v1',
      seed: 1,
      steps: 9000,
    }),
  );
  finish(new RunFolder(root, 'pole', { agent: 'q-learning', env: pole(), seed: 2, steps: 30_000 }));
  finish(
    new RunFolder(root, 'bandit', { agent: 'epsilon-greedy', env: BANDIT, seed: 5, steps: 400 }),
  );
  writeFileSync(join(root, 'arcade.rlrec'), arcadeRecording(codec));
  writeFileSync(join(root, 'broken.rlrec'), 'this is no recording');
  const remove = () => {
    lock.release();
    rmSync(join(root, '..'), { recursive: true });
  };
  return { root, live, remove };
}

const LAKE = { id: 'FrozenLake-v1', options: { slippery: false }, wrappers: [] };
const BANDIT = { id: 'KArmedBandit-v0', options: { pulls: 200 }, wrappers: [] };

function pole(): RunRequest['env'] {
  const { discretization } = envEntry('CartPole-v1');
  if (discretization === undefined) throw new Error('CartPole has a discretization.');
  const wrapper = { name: 'discretize-observation', options: { ...discretization } };
  return { id: 'CartPole-v1', options: {}, wrappers: [wrapper] };
}

function finish(run: RunFolder): void {
  run.train(run.session.config.steps);
  run.session.recorder?.finish();
}
