/**
 * How fast are networks, beside PyTorch on one thread?
 *
 *     npm run bench:networks
 *     npm run bench:networks -- --only 4-64-64-2,minatar --seconds 2 --rounds 5
 *
 * The time of a DQN update (target network and online network forward, Huber error, backward, Adam)
 * and of a forward pass of one observation, in microseconds: medians over calls, then over rounds,
 * in which ours and PyTorch take turns. Then the bytes that an update allocates, and the matrix product
 * alone at 128 × 128 × 128.
 *
 * With PALAESTRA_WIDE_SIMD=1 SIMD is wide in ours. Python needs PyTorch:
 * `python3 -m venv venv && venv/bin/pip install torch`, then PALAESTRA_PYTHON=venv/bin/python. Without
 * it ours stand alone.
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareSimd } from '../node/prepare-simd.ts';
import { formatTable } from '../node/table.ts';
import { BENCHED, type Build, measureNetwork, measureProduct } from './network-updates.ts';

const { values: OPTIONS } = parseArgs({
  options: {
    only: { type: 'string', default: '' }, // names, with commas between
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '1' }, // for each figure
  },
});
const warning = prepareSimd();
if (warning !== null) console.error(warning);
const ROUNDS = Number(OPTIONS.rounds);
const SECONDS = Number(OPTIONS.seconds);
const BUILDS: readonly Build[] = ['portable', 'fast'];

interface Peer {
  readonly versions: Readonly<Record<string, string>>;
  readonly networks: Readonly<
    Record<string, { readonly update: number; readonly forward: number }>
  >;
  readonly productGflops: number | null;
}

let hasPython = true;

/** What PyTorch reaches; `null` where there is none. */
function runPeer(names: readonly string[]): Peer | null {
  if (!hasPython) return null;
  const script = fileURLToPath(new URL('peers/networks.py', import.meta.url));
  const python = process.env.PALAESTRA_PYTHON ?? 'python3';
  try {
    const words = [script, String(SECONDS), ...names];
    return JSON.parse(execFileSync(python, words, { encoding: 'utf8' }));
  } catch (error) {
    console.error(`${python} ${script}: ${error instanceof Error ? error.message : error}`);
    hasPython = false;
    return null;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

const micros = (seconds: readonly number[]) => (median(seconds) * 1e6).toFixed(1);

/** The median of the rounds' ratios, least … most. */
function ratio(ours: readonly number[], theirs: readonly number[]): string {
  if (theirs.length === 0) return '–';
  const ratios = ours.map((value, round) => value / theirs[round]);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return `${median(ratios).toFixed(2)} (${least.toFixed(2)}…${most.toFixed(2)})`;
}

const wanted = OPTIONS.only === '' ? null : OPTIONS.only.split(',');
const names = Object.keys(BENCHED).filter((name) => wanted === null || wanted.includes(name));
const withProduct = wanted === null || wanted.includes('product');
type Figures = Record<'update' | 'forward', number[]>;
const bytes = new Map<string, number[]>();
const ours = new Map<string, Figures>();
const theirs = new Map<string, Figures>();
const products: Record<Build | 'PyTorch', number[]> = { portable: [], fast: [], PyTorch: [] };
let versions: Readonly<Record<string, string>> = {};

function note(figures: Map<string, Figures>, key: string, update: number, forward: number): void {
  const entry = figures.get(key) ?? { update: [], forward: [] };
  entry.update.push(update);
  entry.forward.push(forward);
  figures.set(key, entry);
}

for (let round = 0; round < ROUNDS; round++) {
  for (const name of names) {
    for (const build of BUILDS) {
      const cost = measureNetwork(name, build, SECONDS);
      note(ours, `${name} ${build}`, cost.update, cost.forward);
      bytes.set(name, [...(bytes.get(name) ?? []), cost.bytes]);
    }
    const peer = runPeer([name]);
    const figures = peer?.networks[name];
    if (figures !== undefined) note(theirs, name, figures.update, figures.forward);
    versions = peer?.versions ?? versions;
    process.stderr.write(`round ${round + 1} of ${ROUNDS}: ${name}\n`);
  }
  if (!withProduct) continue;
  for (const build of BUILDS) products[build].push(measureProduct(build, SECONDS));
  const peer = runPeer(['product']);
  if (peer?.productGflops) products.PyTorch.push(peer.productGflops);
}

const machine = { processor: cpus()[0].model.trim(), node: process.version, ...versions };
console.log(Object.entries(machine).flat().join(' '));
for (const what of ['update', 'forward'] as const) {
  const rows = names.map((name) => {
    const peer = theirs.get(name)?.[what] ?? [];
    const [portable, fast] = BUILDS.map((build) => ours.get(`${name} ${build}`)?.[what] ?? []);
    const torch = peer.length === 0 ? '–' : micros(peer);
    const { batch } = BENCHED[name];
    const first = what === 'update' ? `${name}, batch ${batch}` : name;
    return [first, micros(portable), micros(fast), torch, ratio(portable, peer), ratio(fast, peer)];
  });
  const title = what === 'update' ? 'A DQN update' : 'One observation forward';
  console.log(`\n${title}, microseconds, and ratios of time to PyTorch's (least … most):\n`);
  const columns = [
    'network',
    'portable',
    'fast',
    'PyTorch',
    'portable / PyTorch',
    'fast / PyTorch',
  ];
  console.log(formatTable(columns, rows));
}
console.log('\nBytes that a DQN update leaves to the collector (least … most):\n');
const leavings = names.map((name) => {
  const figures = bytes.get(name) ?? [];
  const [middle, least, most] = [median(figures), Math.min(...figures), Math.max(...figures)];
  return [name, `${middle.toFixed(0)} (${least.toFixed(0)}…${most.toFixed(0)})`];
});
console.log(formatTable(['network', 'bytes'], leavings));
if (withProduct) {
  const rows = Object.entries(products)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => [name, median(values).toFixed(1)]);
  console.log('\nThe matrix product at 128 × 128 × 128, GFLOP/s:\n');
  console.log(formatTable(['by', 'GFLOP/s'], rows));
}
