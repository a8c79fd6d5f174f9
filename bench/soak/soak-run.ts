import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { encodeCheckpoint } from '../../node/checkpoint-file.ts';
import { codec } from '../../node/codec.ts';
import { RunFolder } from '../../node/run-folder.ts';
import { CLEANRL } from '../../suites/published/cleanrl.ts';
import { processMemory } from '../../test/helpers/process-memory.ts';
import {
  createSession,
  type RunConfig,
  resolveRun,
  type Session,
  type SessionOutputs,
} from '../../training/session.ts';
import type { SoakPoint } from './points.ts';
import { createYardstick } from './yardstick.ts';

const EXPERIMENT = 'cleanrl-dqn-cart-pole';
const SLICE = 10_000; // environment steps from one call of the yardstick to the next
const AFTER = 1000; // environment steps that must have the same bits after a checkpoint

/**
 * What is trained: DQN on CartPole with CleanRL's settings.
 *
 * @param steps Environment steps in all, at least 1.
 * @param points How often to measure on the way, at least 1.
 * @throws RangeError if a number is out of range.
 */
export function soakConfig(steps: number, points: number): RunConfig {
  const experiment = CLEANRL.find(({ name }) => name === EXPERIMENT);
  if (experiment === undefined) throw new Error(`There is no experiment ${EXPERIMENT}.`);
  const every = steps / points;
  if (!Number.isInteger(every) || every <= AFTER) {
    throw new RangeError(
      `soak: steps must be points times an integer above ${AFTER}, got ${steps} for ${points} points.`,
    );
  }
  const { agent, options, env } = experiment;
  const total = steps + AFTER; // the last checkpoint goes on too
  const metricsEvery = Math.ceil(every / 5);
  return resolveRun({
    agent,
    agentOptions: options,
    env,
    steps: total,
    metricsEvery,
    checkpointEvery: every,
  });
}

/** A long training in a run folder that measures itself at every checkpoint. */
export class SoakRun {
  readonly points: SoakPoint[];
  readonly session: Session;
  readonly #folder: RunFolder;
  readonly #began: number;
  readonly #yardstick = createYardstick();

  /**
   * Goes on from the last checkpoint where there is a run in the folder.
   *
   * @throws Error if that is another run.
   */
  constructor(path: string, config: RunConfig) {
    this.#folder = existsSync(path) ? RunFolder.open(path) : RunFolder.create(path, config);
    const found = this.#folder.config;
    if (JSON.stringify(found) !== JSON.stringify(config)) {
      throw new Error(
        `soak: ${path} must hold a run of these steps and points, got one of ${found.steps} steps with a checkpoint every ${found.checkpointEvery}. Take another folder.`,
      );
    }
    this.session = createSession(config, {
      codec,
      onMetrics: (record) => this.#folder.appendMetrics(record),
      onRecording: (name, bytes) => this.#folder.writeRecording(name, bytes),
    });
    const newest = this.#folder.readNewest();
    if (newest !== null) this.session.trainer.restore(newest.session);
    this.#folder.rewind(newest);
    this.#began = this.session.trainer.steps;
    this.points = this.#readPoints().filter(({ steps }) => steps <= this.#began);
    this.#yardstick(); // so that it is compiled
  }

  /** Whether all points have been passed. */
  get done(): boolean {
    const { steps, checkpointEvery } = this.session.config;
    return this.session.trainer.steps >= steps - (steps % checkpointEvery);
  }

  /** Trains to the next point, and measures there. */
  advance(): SoakPoint {
    const { trainer, config } = this.session;
    const every = config.checkpointEvery;
    const steps = (Math.floor(trainer.steps / every) + 1) * every;
    const speed = this.#train(steps);
    this.#folder.writeCheckpoint(steps, trainer.save());
    const { held, resident } = processMemory();
    const checkpoint = statSync(this.#checkpointFile(steps)).size;
    const memory = { held, resident, checkpoint };
    const point = { steps, began: this.#began, ...speed, ...memory, goesOn: this.#goesOn() };
    this.points.push(point);
    appendFileSync(this.#pointsFile, `${JSON.stringify(point)}\n`);
    return point;
  }

  /** Trains, in turns with the yardstick. */
  #train(end: number): Pick<SoakPoint, 'stepsPerSecond' | 'pace'> {
    const { trainer } = this.session;
    const began = trainer.steps;
    let [training, measuring, calls] = [0, 0, 0];
    while (trainer.steps < end) {
      training += processorTime(() => trainer.advance(Math.min(SLICE, end - trainer.steps)));
      measuring += processorTime(this.#yardstick);
      calls++;
    }
    const stepsPerSecond = (1e6 * (trainer.steps - began)) / training;
    return { stepsPerSecond, pace: (1e-6 * stepsPerSecond * measuring) / calls };
  }

  /** Whether a fresh session that begins from the file comes to the same bits as this one. */
  #goesOn(): boolean {
    const newest = RunFolder.open(this.#folder.path).readNewest();
    if (newest === null || newest.damaged.length > 0) {
      const got = newest?.damaged.join('; ') ?? 'none';
      throw new Error(`soak: the newest checkpoint must be readable, got ${got}.`);
    }
    const fresh = createSession(this.session.config, SILENT);
    fresh.trainer.restore(newest.session);
    const [here, there] = [this.session, fresh].map(({ trainer }) => {
      trainer.advance(AFTER);
      return encodeCheckpoint(trainer.save());
    });
    return Buffer.compare(here, there) === 0;
  }

  #readPoints(): SoakPoint[] {
    if (!existsSync(this.#pointsFile)) return [];
    const lines = readFileSync(this.#pointsFile, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as SoakPoint);
  }

  get #pointsFile(): string {
    return join(this.#folder.path, 'points.jsonl');
  }

  #checkpointFile(steps: number): string {
    const name = `step-${String(steps).padStart(12, '0')}.ckpt`;
    return join(this.#folder.path, 'checkpoints', name);
  }
}

const SILENT: SessionOutputs = { codec, onMetrics: () => {}, onRecording: () => {} };

/** Microseconds of the process, all its threads together. */
function processorTime(work: () => void): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return user + system;
}
