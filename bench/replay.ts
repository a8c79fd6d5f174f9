/**
 * How long do replay buffers take, and what do they allocate?
 *
 *     npm run bench:replay
 *
 * Processor time of the whole process, the least of several rounds: what else the machine does changes it
 * less than the time on the wall. Bytes are what a call leaves to the collector.
 */
import { Alea } from '../core/alea.ts';
import { box, discrete } from '../core/space.ts';
import { multiBinary } from '../core/spaces/multi.ts';
import { createColumns } from '../core/transitions.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { cartPole } from '../envs/control/cart-pole.ts';
import { formatTable } from '../node/table.ts';
import { PrioritizedReplayBuffer } from '../replay/prioritized-replay-buffer.ts';
import { ReplayBuffer } from '../replay/replay-buffer.ts';
import type { ReplayOptions } from '../replay/replay-options.ts';
import type { ReplayTask } from '../replay/replay-task.ts';
import { RolloutBuffer } from '../replay/rollout-buffer.ts';
import { SequenceReplayBuffer } from '../replay/sequence-replay-buffer.ts';
import { measureAllocation } from './allocation.ts';

const ROUNDS = 5;
const ROUND = 0.1; // seconds

const rng = new Alea(1, 'bench');
const rows: string[][] = [];

/** Microseconds of processor time that `times` calls take. */
function measure(run: () => void, times: number): number {
  const began = process.cpuUsage();
  for (let i = 0; i < times; i++) run();
  const { user, system } = process.cpuUsage(began);
  return user + system;
}

/** Takes down what one call of `run` takes and leaves behind. */
function report(what: string, run: () => void): void {
  let times = 1;
  while (measure(run, times) < 1e6 * ROUND) times *= 2; // lets the compiler warm up
  const rounds = Array.from({ length: ROUNDS }, () => measure(run, times));
  const repeat = (count: number) =>
    measureAllocation(() => {
      for (let i = 0; i < count; i++) run();
    }).bytes;
  const bytes = Math.max(0, (repeat(times) - repeat(0)) / times);
  rows.push([what, (Math.min(...rounds) / times).toFixed(2), bytes.toFixed(1)]);
}

function benchCartPole(): void {
  const world = cartPole();
  const one = new VectorEnv(world).step(Int32Array.of(1));
  const eight = new VectorEnv(world, { numEnvs: 8 }).step(new Int32Array(8));

  const draws = new Int32Array(128);
  report('128 numbers of the generator alone', () => {
    for (let i = 0; i < 128; i++) draws[i] = 10_000 * rng.uniform();
  });

  const uniform = new ReplayBuffer(world, 10_000);
  const batch = uniform.createBatch(128);
  report('CartPole: add one transition', () => uniform.add(one));
  report('CartPole: sample 128', () => uniform.sample(batch, rng));

  const steps = new ReplayBuffer(world, 10_000, { numSteps: 3 });
  report('3 steps: add one of 8 copies each', () => steps.add(eight));
  report('3 steps: sample 128', () => steps.sample(batch, rng));

  const prioritized = new PrioritizedReplayBuffer(world, 10_000);
  const errors = Float32Array.from({ length: 128 }, () => rng.normal());
  report('prioritized: add one transition', () => prioritized.add(one));
  report('prioritized: sample 128, set their priorities', () => {
    prioritized.sample(batch, rng);
    prioritized.updatePriorities(batch.indices, errors);
  });

  const sequences = new SequenceReplayBuffer(world, 10_000, { burnIn: 10, stateSize: 64 });
  const states = new Float32Array(8 * 64);
  const sampled = sequences.createBatch(32);
  report('sequences: add one step of 8 copies', () => sequences.add(eight, states));
  report('sequences: sample 32 of 30 steps', () => sequences.sample(sampled, rng));

  const rollout = new RolloutBuffer(world, { numEnvs: 8 });
  const values = new Float32Array(8);
  const estimates = { values, logProbabilities: values };
  const minibatch = rollout.createBatch(256);
  report('rollout: 128 steps of 8 copies, 4 times in batches of 256', () => {
    for (let t = 0; t < 128; t++) rollout.add(eight, estimates);
    rollout.setNextValues(values);
    rollout.finish(0.99, 0.95);
    for (let epoch = 0; epoch < 4; epoch++) {
      rollout.shuffle(rng);
      for (let first = 0; first < 1024; first += 256) rollout.gather(minibatch, first);
    }
    rollout.clear();
  });
}

/** Adds and samples a world of pictures, `frame` numbers of each observation being new each step. */
function benchPictures(
  what: string,
  task: ReplayTask,
  frame: number,
  options: ReplayOptions = {},
): void {
  const replay = new ReplayBuffer(task, 2000, options);
  const transitions = createColumns({ ...task, masked: false }, 1);
  const { observations, nextObservations } = transitions;
  const batch = replay.createBatch(32);
  report(`${what}: add one transition`, () => {
    observations.set(nextObservations);
    nextObservations.copyWithin(0, frame % nextObservations.length);
    for (let k = 1; k <= frame; k += 7)
      nextObservations[nextObservations.length - k] = rng.below(2);
    replay.add(transitions);
  });
  report(`${what}: sample 32`, () => replay.sample(batch, rng));
}

benchCartPole();
const actionSpace = discrete(6);
benchPictures('10 × 10 × 4 bits', { observationSpace: multiBinary([10, 10, 4]), actionSpace }, 400);
const screens = {
  observationSpace: box(0, 255, { shape: [4, 84, 84], dtype: 'uint8' }),
  actionSpace,
};
benchPictures('4 × 84 × 84 bytes', screens, 7056, { stack: 4 });
console.log(formatTable(['', 'microseconds', 'bytes left'], rows));
