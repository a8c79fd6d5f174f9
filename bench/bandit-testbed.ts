/**
 * How fast is the 10-armed testbed, 2,000 problems of 1,000 pulls for each of six policies, beside NumPy?
 *
 *     npm run bench:tabular -- testbed
 *
 * Processor time of one process each, in turns. NumPy plays in two ways: one problem at a time, as the
 * script a person writes, and all problems at once in arrays. Python needs NumPy: see tabular.ts.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { makeAgent } from '../agents/registry.ts';
import { kArmedBandit } from '../envs/bandits/k-armed-bandit.ts';
import { formatTable } from '../node/table.ts';
import { runBanditTestbed } from '../training/bandit-testbed.ts';

const ROUNDS = 5;
const NUM_PROBLEMS = 2000;
const PULLS = 1000;

/** Problems that NumPy plays: one at a time the time for each does not depend on their number. */
const PEER_PROBLEMS = { natural: 10, vectorized: NUM_PROBLEMS };

/** By the names of bench/peers/bandit_testbed.py. */
const POLICIES: Readonly<Record<string, readonly [string, Readonly<Record<string, unknown>>]>> = {
  greedy: ['greedy', {}],
  'epsilon 0.01': ['epsilon-greedy', { epsilon: 0.01 }],
  'epsilon 0.1': ['epsilon-greedy', { epsilon: 0.1 }],
  optimistic: ['greedy', { initialValue: 5, stepSize: 0.1 }],
  ucb: ['ucb1', { exploration: 2 }],
  gradient: ['gradient-bandit', { stepSize: 0.1 }],
};

type Times = Readonly<Record<string, number>>; // nanoseconds a pull, by policy

function ourTimes(): Times {
  const times: Record<string, number> = {};
  for (const [policy, [agent, options]] of Object.entries(POLICIES)) {
    const began = process.cpuUsage();
    runBanditTestbed(kArmedBandit(), (task) => makeAgent(agent, task, options), {
      numProblems: NUM_PROBLEMS,
      pulls: PULLS,
    });
    const { user, system } = process.cpuUsage(began);
    times[policy] = (1000 * (user + system)) / (NUM_PROBLEMS * PULLS);
  }
  return times;
}

/** The same of the Python script; `null` where there is no Python with NumPy. */
function peerTimes(mode: keyof typeof PEER_PROBLEMS): Times | null {
  const script = fileURLToPath(new URL('peers/bandit_testbed.py', import.meta.url));
  const python = process.env.PALAESTRA_PYTHON ?? 'python3';
  try {
    const output = execFileSync(python, [script, mode, String(PEER_PROBLEMS[mode])], {
      encoding: 'utf8',
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    });
    const results = JSON.parse(output) as Record<string, { nanoseconds_per_pull: number }>;
    return Object.fromEntries(
      Object.entries(results).map(([policy, result]) => [policy, result.nanoseconds_per_pull]),
    );
  } catch (error) {
    console.error(`${python} ${script}: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The rounds' ratios of theirs to ours: median, and range. */
function ratio(theirs: readonly number[], ours: readonly number[]): string {
  if (theirs.length === 0) return '–';
  const ratios = theirs.map((time, round) => time / ours[round]);
  const show = (value: number) => value.toFixed(value < 10 ? 1 : 0);
  return `${show(median(ratios))}× (${show(Math.min(...ratios))} … ${show(Math.max(...ratios))})`;
}

/** Measures, and prints a table. */
export function benchTestbed(): void {
  const ours: Times[] = [];
  const natural: Times[] = [];
  const vectorized: Times[] = [];
  ourTimes(); // lets the compiler warm up
  for (let round = 0; round < ROUNDS; round++) {
    const one = peerTimes('natural');
    ours.push(ourTimes());
    const all = peerTimes('vectorized');
    if (one !== null) natural.push(one);
    if (all !== null) vectorized.push(all);
  }
  const sum = (times: Times) => Object.values(times).reduce((total, time) => total + time, 0);
  const row = (name: string, pick: (times: Times) => number) => [
    name,
    `${median(ours.map(pick)).toFixed(0)} ns`,
    ratio(natural.map(pick), ours.map(pick)),
    ratio(vectorized.map(pick), ours.map(pick)),
  ];
  console.log(
    `The 10-armed testbed: ${NUM_PROBLEMS} problems of ${PULLS} pulls; node ${process.version}`,
  );
  console.log(
    formatTable(
      ['policy', 'per pull', 'NumPy, one problem at a time', 'NumPy, all at once'],
      [
        ...Object.keys(POLICIES).map((policy) => row(policy, (times) => times[policy])),
        row('all six', sum),
      ],
    ),
  );
}
