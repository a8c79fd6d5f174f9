/**
 * How fast do deep agents learn, beside Stable-Baselines3?
 *
 *     npm run bench:agents               # environment steps per second, learning included
 *     npm run bench:agents -- sac        # of these agents alone
 *     npm run bench:agents -- solve      # processor time until CartPole is solved, five seeds each
 *
 * The same algorithm, network, batch and frequencies on both sides, one process on one core each, in
 * turns; with PALAESTRA_WIDE_SIMD=1 SIMD is wide in ours. Python needs Stable-Baselines3:
 * `python3 -m venv venv && venv/bin/pip install stable-baselines3`, then
 * PALAESTRA_PYTHON=venv/bin/python.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { makeAgent } from '../agents/registry.ts';
import type { Agent } from '../core/agent.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { makeDynamics } from '../envs/registry.ts';
import { adam } from '../networks/optimizers/adam.ts';
import { prepareSimd } from '../node/prepare-simd.ts';
import { formatTable } from '../node/table.ts';
import { Trainer } from '../training/trainer.ts';

const ROUNDS = 3;
const SEEDS = 5;
const WINDOW = 100; // episodes
const SOLVED = 475; // their mean return

/** What is timed, by the names of bench/peers/agents.py. */
interface Contest {
  readonly env: string;
  readonly numEnvs: number;
  readonly options: Readonly<Record<string, unknown>>;
  /** Options in which it differs when CartPole is to be solved. */
  readonly toSolve?: Readonly<Record<string, unknown>>;
  /** Environment steps that we take, and that the peer takes, to be timed. */
  readonly steps: readonly [ours: number, peer: number];
}

const CONTESTS: Readonly<Record<string, Contest>> = {
  dqn: {
    env: 'CartPole-v1',
    numEnvs: 1,
    options: {
      learningStarts: 1000,
      returns: { kind: 'expected', loss: 'huber' },
      optimizer: adam({ learningRate: 2.5e-4, clip: { globalNorm: 10 } }),
      epsilon: { kind: 'linear', from: 1, to: 0.05, steps: 60_000 },
    },
    // With CleanRL's, whose loss is the squared error, the Huber loss solves it on neither side.
    toSolve: {
      capacity: 50_000,
      updateEvery: 4,
      epsilon: { kind: 'linear', from: 1, to: 0.01, steps: 20_000 },
    },
    steps: [60_000, 10_000],
  },
  ppo: { env: 'CartPole-v1', numEnvs: 4, options: {}, steps: [100_000, 10_240] },
  sac: {
    env: 'Pendulum-v1',
    numEnvs: 1,
    options: { capacity: 100_000 },
    steps: [1500, 1000],
  },
};

type EngineName = 'simd' | 'simd-fast';

/** A contestant, and its worlds. */
function contestant(
  name: string,
  options: Readonly<Record<string, unknown>>,
  seed: number,
): [Agent, VectorEnv] {
  const { env, numEnvs } = CONTESTS[name];
  const world = makeDynamics(env);
  const agent = makeAgent(name, { ...world, numEnvs }, { ...options, seed });
  return [agent, new VectorEnv(world, { numEnvs, seed })];
}

/** Environment steps per second of processor time. */
function ourSpeed(name: string, engine: EngineName): number {
  const { options, steps: timed } = CONTESTS[name];
  const [steps] = timed;
  const trainer = new Trainer(...contestant(name, { ...options, engine }, 0), { steps });
  const began = process.cpuUsage();
  trainer.advance(steps);
  return (1e6 * trainer.steps) / processorTime(began);
}

/** Microseconds since. */
function processorTime(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return user + system;
}

/** What the Python script prints; `null` where there is no Python with Stable-Baselines3. */
function askPeer(...words: readonly (string | number)[]): Record<string, number | null> | null {
  const script = fileURLToPath(new URL('peers/agents.py', import.meta.url));
  const python = process.env.PALAESTRA_PYTHON ?? 'python3';
  try {
    const env = { ...process.env, OMP_NUM_THREADS: '1' };
    const output = execFileSync(python, [script, ...words.map(String)], { encoding: 'utf8', env });
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  } catch (error) {
    console.error(`${python} ${script}: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function showRatios(ratios: readonly number[]): string {
  if (ratios.length === 0) return '–';
  const show = (value: number) => value.toFixed(value < 10 ? 2 : 0);
  return `${show(median(ratios))}× (${show(Math.min(...ratios))} … ${show(Math.max(...ratios))})`;
}

/** Steps per second of both sides, and their ratios, round by round. */
function benchSpeed(asked: readonly string[]): void {
  const names = Object.keys(CONTESTS).filter((name) => asked.length === 0 || asked.includes(name));
  const rows = names.map((name) => {
    const peer: number[] = [];
    const portable: number[] = [];
    const fast: number[] = [];
    ourSpeed(name, 'simd'); // lets the compiler warm up
    for (let round = 0; round < ROUNDS; round++) {
      portable.push(ourSpeed(name, 'simd'));
      const { steps_per_second: theirs } =
        askPeer('speed', name, CONTESTS[name].steps[1], round) ?? {};
      if (typeof theirs === 'number') peer.push(theirs);
      fast.push(ourSpeed(name, 'simd-fast'));
    }
    return [
      `${name} on ${CONTESTS[name].env}`,
      median(portable).toFixed(0),
      median(fast).toFixed(0),
      peer.length > 0 ? median(peer).toFixed(0) : '–',
      showRatios(peer.map((theirs, round) => portable[round] / theirs)),
      showRatios(peer.map((theirs, round) => fast[round] / theirs)),
    ];
  });
  const head = ['steps per second', 'simd', 'simd-fast', 'SB3', 'simd / SB3', 'simd-fast / SB3'];
  console.log(`Learning included; node ${process.version}, one core each`);
  console.log(formatTable(head, rows));
}

/** Seconds of processor time until the last hundred episodes earned 475 on average; or no end. */
function ourTimeToSolve(name: string, steps: number, seed: number): number {
  const { options, toSolve } = CONTESTS[name];
  const returns: number[] = [];
  const trainer = new Trainer(...contestant(name, { ...options, ...toSolve }, seed), {
    steps,
    callbacks: { watch: { onEpisode: ({ episodeReturn }) => returns.push(episodeReturn) } },
  });
  const began = process.cpuUsage();
  let seen = 0;
  while (!trainer.done) {
    trainer.advance(1);
    if (returns.length === seen || returns.length < WINDOW) continue;
    seen = returns.length;
    const sum = returns.slice(-WINDOW).reduce((total, one) => total + one, 0);
    if (sum >= SOLVED * WINDOW) return processorTime(began) / 1e6;
  }
  return Infinity;
}

/** The median of five seeds on both sides. */
function benchSolve(): void {
  const steps = 500_000;
  const rows = ['dqn', 'ppo'].map((name) => {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let seed = 0; seed < SEEDS; seed++) {
      ours.push(ourTimeToSolve(name, steps, seed));
      const peer = askPeer('solve', name, steps, seed);
      if (peer !== null) theirs.push(peer.steps === null ? Infinity : Number(peer.seconds));
    }
    const show = (times: readonly number[]) =>
      times.length === 0
        ? '–'
        : `${median(times).toFixed(1)} s (${times.map(showTime).join(', ')})`;
    return [name, show(ours), show(theirs)];
  });
  console.log(`Processor time until CartPole-v1 is solved, median of ${SEEDS} seeds`);
  console.log(formatTable(['agent', 'ours (simd)', 'SB3'], rows));
}

function showTime(seconds: number): string {
  return Number.isFinite(seconds) ? seconds.toFixed(1) : 'unsolved';
}

const warning = prepareSimd();
if (warning !== null) console.error(warning);
const [, , ...words] = process.argv;
if (words[0] === 'solve') benchSolve();
else benchSpeed(words);
