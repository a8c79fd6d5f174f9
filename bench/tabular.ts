/**
 * How fast are Q-learning, SARSA(λ) and Dyna-Q, training included, beside plain Python scripts?
 *
 *     npm run bench:tabular               # all
 *     npm run bench:tabular -- agents     # this alone
 *     npm run bench:tabular -- testbed    # the 10-armed testbed alone: bandit-testbed.ts
 *     npm run bench:tabular -- planning   # sweeps of value iteration alone: planning.ts
 *
 * Environment steps per second of processor time, one process each, in turns, so that what else the
 * machine does strikes both alike. Ours run one copy of the world, then 64 at once; the scripts of
 * peers/tabular.py, which are written as one writes such a script, run one env.
 *
 * Python needs Gymnasium and NumPy: `python3 -m venv venv && venv/bin/pip install gymnasium numpy`,
 * then PALAESTRA_PYTHON=venv/bin/python.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { formatTable } from '../node/table.ts';
import { benchTestbed } from './bandit-testbed.ts';
import { benchPlanning } from './planning.ts';

const ROUNDS = 3;
const WORLDS = ['FrozenLake-v1', 'CliffWalking-v1', 'Taxi-v4'];

/** Steps that the scripts take, by agent. */
const PEER_STEPS = { 'q-learning': 50_000, 'sarsa-lambda': 50_000, 'dyna-q': 20_000 };

type AgentName = keyof typeof PEER_STEPS;

interface Rates {
  readonly single: number;
  readonly many: number;
}

function ourRates(agent: AgentName, world: string): Rates {
  const worker = fileURLToPath(new URL('tabular-worker.ts', import.meta.url));
  const words = ['--import', 'tsx', worker, agent, world];
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' }));
}

/** The same of the Python script; `null` where there is no Python with Gymnasium. */
function peerRate(agent: AgentName, world: string): number | null {
  const script = fileURLToPath(new URL('peers/tabular.py', import.meta.url));
  const python = process.env.PALAESTRA_PYTHON ?? 'python3';
  const words = [script, agent, world, String(PEER_STEPS[agent])];
  try {
    return JSON.parse(execFileSync(python, words, { encoding: 'utf8' })).steps_per_second;
  } catch (error) {
    console.error(`${python} ${script}: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The median of the rounds with the least and the greatest. */
function spread(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const text = (value: number) => `${value.toFixed(0)}×`;
  return `${text(median(values))} (${text(Math.min(...values))} … ${text(Math.max(...values))})`;
}

function thousands(values: readonly number[]): string {
  if (values.length === 0) return '–';
  return Math.round(median(values) / 1000).toLocaleString('en-US');
}

/** Measures one agent in one world: a row of the table. */
function measure(agent: AgentName, world: string): string[] {
  const ours: Rates[] = [];
  const peer: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(ourRates(agent, world));
    const rate = peerRate(agent, world);
    if (rate !== null) peer.push(rate);
  }
  const isPaired = peer.length === ROUNDS; // ratios are taken within a round
  const ratios = (way: keyof Rates) =>
    isPaired ? ours.map((rates, round) => rates[way] / peer[round]) : [];
  return [
    agent,
    world,
    thousands(ours.map(({ single }) => single)),
    thousands(ours.map(({ many }) => many)),
    thousands(peer),
    spread(ratios('single')),
    spread(ratios('many')),
  ];
}

/** Measures, and prints a table. */
function benchAgents(): void {
  const rows = (Object.keys(PEER_STEPS) as AgentName[]).flatMap((agent) =>
    WORLDS.map((world) => measure(agent, world)),
  );
  const head = [
    'agent',
    'world',
    '1 copy',
    '64 copies',
    'Python',
    '1 copy / Python',
    '64 / Python',
  ];
  console.log(`Thousands of training steps a second; node ${process.version}`);
  console.log(formatTable(head, rows));
}

const PARTS = { agents: benchAgents, testbed: benchTestbed, planning: benchPlanning };
const [only] = process.argv.slice(2);
for (const [part, bench] of Object.entries(PARTS)) if (part === (only ?? part)) bench();
