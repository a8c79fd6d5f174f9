/**
 * How fast are the worlds, what do they hold and allocate, beside Python's Gymnasium?
 *
 *     npm run bench:envs
 *     npm run bench:envs -- --only CartPole,Acrobot --rounds 5 --seconds 1
 *     npm run bench:envs -- --quick --json envs.json
 *
 * Environment steps per second of processor time, with random actions drawn beforehand, resets
 * included, observations written: through `make`, and in vectors of 1, 16 and 1024 copies, beside
 * Gymnasium's `make`, `make_vec` (sync) and, where a world has one, its native vector. Ours and
 * Python take turns. Each world and way of running has a process of its own, as in a program that
 * does just that; `--together` runs all of ours in one process instead, where calls have met every
 * world. A finite world that Gymnasium lacks is played in Python from its explicit model (marked *),
 * as Gymnasium's toy-text worlds play theirs; the others stand without a peer.
 *
 * Python needs Gymnasium and NumPy: `python3 -m venv venv && venv/bin/pip install gymnasium numpy`,
 * then PALAESTRA_PYTHON=venv/bin/python.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { TabularModel } from '../core/tabular-model.ts';
import { envEntries, makeDynamics } from '../envs/registry.ts';
import { formatTable } from '../node/table.ts';
import type { Memory, Rates } from './envs-worker.ts';

const { values: OPTIONS } = parseArgs({
  options: {
    only: { type: 'string', default: '' }, // parts of ids, with commas between
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '0.4' }, // of the processor, for each figure
    steps: { type: 'string', default: '1000000' }, // of a vector, for the heap
    quick: { type: 'boolean', default: false },
    together: { type: 'boolean', default: false },
    json: { type: 'string', default: '' }, // a file for all figures
  },
});
const ROUNDS = OPTIONS.quick ? 1 : Number(OPTIONS.rounds);
const SECONDS = OPTIONS.quick ? 0.1 : Number(OPTIONS.seconds);
const STEPS = OPTIONS.quick ? 20_000 : Number(OPTIONS.steps);
const MOST_OUTCOMES = 50_000; // of a model that is worth carrying over to Python

/** Worlds of Gymnasium 1.4 that are in the registry under the same id. */
const GYMNASIUM = new Set([
  ...['CartPole-v0', 'CartPole-v1', 'MountainCar-v0', 'MountainCarContinuous-v0', 'Acrobot-v1'],
  ...['Pendulum-v1', 'FrozenLake-v1', 'FrozenLake8x8-v1', 'CliffWalking-v1', 'Taxi-v4'],
  ...['CliffWalkingSlippery-v1', 'Blackjack-v1'],
]);

/** The pairs that are compared: ours, theirs. */
const PAIRS = [
  ['single', 'single'],
  ['vector 1', 'sync 1'],
  ['vector 16', 'sync 16'],
  ['vector 1024', 'sync 1024'],
  ['vector 1024', 'native 1024'],
] as const;

interface Measured {
  readonly id: string;
  readonly peer: 'gymnasium' | 'table' | null;
  readonly ours: Rates[]; // by round
  readonly theirs: Rates[];
  memory: Memory | null;
}

const WAYS = ['single', 'vector 1', 'vector 16', 'vector 1024'];

/**
 * Runs the worker on some worlds.
 *
 * @param what `memory`, `speed` for all ways in one process, or one of the ways.
 * @returns its lines, parsed.
 */
function work(what: string, amount: number, ids: readonly string[]): unknown[] {
  const worker = fileURLToPath(new URL('envs-worker.ts', import.meta.url));
  const words = ['--expose-gc', '--import', 'tsx', worker, what, String(amount), ...ids];
  const output = execFileSync(process.execPath, words, { encoding: 'utf8' });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

let versions: Readonly<Record<string, string>> | null = null; // of Python, once it has run
let hasPython = true;

/** What each way of running one world reaches in a process of its own. */
function workAlone(id: string): Rates {
  return Object.assign({}, ...WAYS.map((way) => work(way, SECONDS, [id])[0] as Rates));
}

/** What Python reaches; `null` where there is no Python with Gymnasium. */
function workInPython(id: string, table: string | null): Rates | null {
  if (!hasPython) return null;
  const script = fileURLToPath(new URL('peers/envs.py', import.meta.url));
  const python = process.env.PALAESTRA_PYTHON ?? 'python3';
  const words = [script, id, String(SECONDS), ...(table === null ? [] : [table])];
  try {
    const output = execFileSync(python, words, { encoding: 'utf8' });
    const { rates, versions: found } = JSON.parse(output);
    versions = found;
    return rates;
  } catch (error) {
    console.error(`${python} ${script}: ${error instanceof Error ? error.message : error}`);
    hasPython = false;
    return null;
  }
}

/** Writes the explicit model of a world for Python; `null` if it has none, or one too large. */
function writeModel(id: string, folder: string): string | null {
  const { model, timeLimit } = makeDynamics(id);
  const table = model?.();
  if (table === undefined || table.probability.length > MOST_OUTCOMES) return null;
  const file = join(folder, `${id}.json`);
  const start = [...table.startDistribution];
  const limit = Number.isFinite(timeLimit) ? timeLimit : null;
  writeFileSync(file, JSON.stringify({ start, outcomes: outcomesOf(table), timeLimit: limit }));
  return file;
}

/** `[state][action]`: a list of (probability, next state, reward, terminated). */
function outcomesOf(table: TabularModel): unknown[][][] {
  const { numStates, numActions, rowStart, probability, nextState, reward, terminated } = table;
  return Array.from({ length: numStates }, (_, state) =>
    Array.from({ length: numActions }, (_, action) => {
      const row = state * numActions + action;
      const length = rowStart[row + 1] - rowStart[row];
      return Array.from({ length }, (_, k) => rowStart[row] + k).map((i) => [
        ...[probability[i], nextState[i], reward[i], terminated[i] === 1],
      ]);
    }),
  );
}

function measure(ids: readonly string[], folder: string): Measured[] {
  const all = ids.map((id): Measured & { table: string | null } => {
    const table = GYMNASIUM.has(id) ? null : writeModel(id, folder);
    let peer: Measured['peer'] = table === null ? null : 'table';
    if (GYMNASIUM.has(id)) peer = 'gymnasium';
    return { id, peer, table, ours: [], theirs: [], memory: null };
  });
  for (let round = 0; round < ROUNDS; round++) {
    const together = OPTIONS.together ? (work('speed', SECONDS, ids) as Rates[]) : null;
    all.forEach((world, i) => {
      world.ours.push(together?.[i] ?? workAlone(world.id));
      const theirs = world.peer === null ? null : workInPython(world.id, world.table);
      if (theirs !== null) world.theirs.push(theirs);
      process.stderr.write(`round ${round + 1} of ${ROUNDS}: ${world.id}\n`);
    });
  }
  for (const world of all) world.memory = work('memory', STEPS, [world.id])[0] as Memory;
  return all.map(({ table: _, ...world }) => world);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

const whole = (x: number) => Math.round(x).toLocaleString('en-US');

/** The median of the rounds in thousands; – where the worlds cannot be run so. */
function rate(rounds: readonly Rates[], way: string): string {
  const values = rounds.map((rates) => rates[way]).filter((value) => value !== undefined);
  return values.length === 0 ? '–' : whole(median(values) / 1000);
}

/** The median of the rounds' ratios with the least and the greatest. */
function ratio({ ours, theirs }: Measured, [own, other]: readonly [string, string]): string {
  const ratios = theirs.map((rates, round) => ours[round][own] / rates[other]);
  if (ratios.length === 0 || Number.isNaN(ratios[0])) return '–';
  const middle = median(ratios) < 10 ? median(ratios).toFixed(1) : whole(median(ratios));
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  const digits = most < 10 ? 1 : 0;
  return `${middle}× (${least.toFixed(digits)}…${most.toFixed(digits)})`;
}

function printSpeed(worlds: readonly Measured[]): void {
  const versus = ['make', 'sync 1', 'sync 16', 'sync 1024', 'native 1024'];
  const rows = worlds.map((world) => [
    world.peer === 'table' ? `${world.id} *` : world.id,
    ...WAYS.map((way) => rate(world.ours, way)),
    ...PAIRS.map((pair) => ratio(world, pair)),
  ]);
  console.log(
    '\nThousands of environment steps per second, and ratios to Python (least … most):\n',
  );
  console.log(formatTable(['world', ...WAYS, ...versus.map((name) => `/ ${name}`)], rows));
}

function printPython(worlds: readonly Measured[]): void {
  const ways = ['single', 'sync 1', 'sync 16', 'sync 1024', 'native 1024'];
  const rows = worlds
    .filter(({ theirs }) => theirs.length > 0)
    .map(({ id, theirs }) => [id, ...ways.map((way) => rate(theirs, way))]);
  if (rows.length === 0) return;
  console.log('\nPython, thousands of environment steps per second:\n');
  console.log(formatTable(['world', ...ways], rows));
}

function printMemory(worlds: readonly Measured[]): void {
  const rows = worlds.map(({ id, memory }) => {
    if (memory === null) return [id, '–', '–', '–', '–'];
    const { bytesPerCopy, bytesPerEnv, bytesPerStep, collections } = memory;
    const step = bytesPerStep.toFixed(bytesPerStep < 10 ? 1 : 0);
    return [id, whole(bytesPerCopy), whole(bytesPerEnv), step, String(collections)];
  });
  const columns = ['world', 'bytes / copy', 'bytes / make', 'bytes / step of 4', 'collections'];
  console.log(`\nMemory; the heap over ${whole(STEPS)} steps of a vector of 4 copies:\n`);
  console.log(formatTable(columns, rows));
}

const ids = envEntries()
  .filter(({ create }) => create !== undefined)
  .filter(({ id }) => OPTIONS.only.split(',').some((part) => id.includes(part)))
  .map(({ id }) => id);
const folder = mkdtempSync(join(tmpdir(), 'bench-envs-'));
const worlds = measure(ids, folder);
rmSync(folder, { recursive: true });

const machine = {
  date: new Date().toISOString().slice(0, 10),
  processor: `${cpus()[0].model.trim()} × ${cpus().length}`,
  node: process.version,
  ...(versions as Readonly<Record<string, string>> | null),
};
console.log(
  Object.entries(machine)
    .map(([name, value]) => `${name} ${value}`)
    .join(', '),
);
console.log(
  `${OPTIONS.together ? 'All worlds in one process' : 'A process for each world and way'}.`,
);
printSpeed(worlds);
printPython(worlds);
printMemory(worlds);
if (OPTIONS.json !== '') {
  const { together } = OPTIONS;
  const settings = { rounds: ROUNDS, seconds: SECONDS, steps: STEPS, together };
  writeFileSync(OPTIONS.json, `${JSON.stringify({ machine, settings, worlds }, null, 2)}\n`);
}
