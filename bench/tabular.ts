/**
 * How fast is Q-learning on FrozenLake, training included, beside a plain Python script?
 *
 *     npm run bench:tabular               # this, then the 10-armed testbed
 *     npm run bench:tabular -- testbed    # the testbed alone: bandit-testbed.ts
 *
 * One process on one core each, in turns, so that what else the machine does strikes both alike.
 * Python needs Gymnasium and NumPy: `python3 -m venv venv && venv/bin/pip install gymnasium numpy`,
 * then PALAESTRA_PYTHON=venv/bin/python.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { QLearning } from '../agents/tabular/q-learning.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { frozenLake } from '../envs/tabular/frozen-lake.ts';
import { formatTable } from '../node/table.ts';
import { Trainer } from '../training/trainer.ts';
import { benchTestbed } from './bandit-testbed.ts';

const ROUNDS = 5;
const STEPS = 4_000_000;
const PEER_STEPS = 100_000;
const OPTIONS = { stepSize: 0.1, discount: 0.99, epsilon: 0.1, seed: 1 };

/** Environment steps per second of training, `numEnvs` copies at once. */
function stepsPerSecond(numEnvs: number): number {
  const lake = frozenLake();
  const agent = new QLearning(lake, OPTIONS);
  const trainer = new Trainer(agent, new VectorEnv(lake, { numEnvs, seed: 1 }), { steps: STEPS });
  const began = performance.now();
  trainer.advance(STEPS);
  return (1000 * trainer.steps) / (performance.now() - began);
}

/** The same of the Python script; `null` where there is no Python with Gymnasium. */
function peerStepsPerSecond(): number | null {
  const script = fileURLToPath(new URL('peers/tabular.py', import.meta.url));
  const python = process.env.PALAESTRA_PYTHON ?? 'python3';
  try {
    const output = execFileSync(python, [script, String(PEER_STEPS)], { encoding: 'utf8' });
    return Number(JSON.parse(output).steps_per_second);
  } catch (error) {
    console.error(`${python} ${script}: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Measures, and prints a table. */
function benchQLearning(): void {
  const single: number[] = [];
  const many: number[] = [];
  const peer: number[] = [];
  stepsPerSecond(1); // lets the compiler warm up
  for (let round = 0; round < ROUNDS; round++) {
    single.push(stepsPerSecond(1));
    many.push(stepsPerSecond(64));
    const other = peerStepsPerSecond();
    if (other !== null) peer.push(other);
  }

  const reference = peer.length > 0 ? median(peer) : null;
  const row = (name: string, values: readonly number[]) => {
    const rate = median(values);
    const ratio = reference === null ? '–' : `${(rate / reference).toFixed(1)}×`;
    const spread = `${Math.round(Math.min(...values)).toLocaleString('en-US')} … ${Math.round(Math.max(...values)).toLocaleString('en-US')}`;
    return [name, Math.round(rate).toLocaleString('en-US'), spread, ratio];
  };
  console.log(`Q-learning on FrozenLake-v1, training included; node ${process.version}`);
  console.log(
    formatTable(
      ['what', 'steps/s (median)', `range of ${ROUNDS}`, 'ratio to Python'],
      [
        row('Palaestra, 1 copy', single),
        row('Palaestra, 64 copies', many),
        ...(peer.length > 0 ? [row('Python, Gymnasium and NumPy', peer)] : []),
      ],
    ),
  );
}

if (process.argv[2] !== 'testbed') benchQLearning();
benchTestbed();
