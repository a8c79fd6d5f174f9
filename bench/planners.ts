/**
 * How long does each planner take for a random gridworld of a million states, to 1e-6?
 *
 *     npm run bench:planners                     (or: npx tsx bench/planners.ts)
 *     npm run bench:planners -- 300              a grid with sides of 300
 *     npm run bench:planners -- 1000 prioritized only those with the word in their names
 *
 * Seconds of processor time in a process of its own each; the model is made beforehand. Prints the
 * sweeps, which are backups divided by states, and the bound on the error that the planner gives.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { asynchronousValueIteration } from '../agents/planning/asynchronous-value-iteration.ts';
import { type ExpectedModel, expectModel } from '../agents/planning/expected-model.ts';
import { modifiedPolicyIteration } from '../agents/planning/modified-policy-iteration.ts';
import type { Plan } from '../agents/planning/plan.ts';
import { policyIteration } from '../agents/planning/policy-iteration.ts';
import { prioritizedValueIteration } from '../agents/planning/prioritized-value-iteration.ts';
import { qValueIteration } from '../agents/planning/q-value-iteration.ts';
import { valueIteration } from '../agents/planning/value-iteration.ts';
import { formatTable } from '../node/table.ts';
import { randomGridworld } from './random-gridworld.ts';

const OPTIONS = { discount: 0.95, tolerance: 1e-6 };

const PLANNERS: Readonly<Record<string, (model: ExpectedModel) => Plan>> = {
  'value iteration, in place': (model) => valueIteration(model, OPTIONS),
  'value iteration, two arrays': (model) => valueIteration(model, { ...OPTIONS, inPlace: false }),
  'iteration on action values': (model) => qValueIteration(model, OPTIONS),
  'modified policy iteration': (model) => modifiedPolicyIteration(model, OPTIONS),
  'policy iteration': (model) => policyIteration(model, { discount: OPTIONS.discount }),
  'prioritized value iteration': (model) => prioritizedValueIteration(model, OPTIONS),
  'asynchronous, to and fro': (model) =>
    asynchronousValueIteration(model, { ...OPTIONS, order: 'alternating' }),
  'asynchronous, at random': (model) => asynchronousValueIteration(model, OPTIONS),
};

/** What the process of a planner prints. */
interface Solved {
  readonly seconds: number;
  readonly sweeps: number;
  readonly errorBound: number;
  /** The mean of the values, which is the same for all to within the bounds. */
  readonly mean: number;
}

function solve(name: string, side: number): Solved {
  const model = expectModel(randomGridworld(side));
  const began = process.cpuUsage();
  const { sweeps, errorBound, values } = PLANNERS[name](model);
  const { user, system } = process.cpuUsage(began);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { seconds: (user + system) / 1e6, sweeps, errorBound, mean };
}

/** A row of the table, from a process of the planner's own. */
function measure(name: string, side: number): string[] {
  const words = ['--import', 'tsx', fileURLToPath(import.meta.url), String(side), name, 'alone'];
  const output = execFileSync(process.execPath, words, { encoding: 'utf8' });
  const { seconds, sweeps, errorBound, mean } = JSON.parse(output) as Solved;
  return [
    name,
    seconds.toFixed(1),
    sweeps.toFixed(1),
    errorBound.toExponential(1),
    mean.toFixed(7),
  ];
}

const [side = '1000', word = '', alone] = process.argv.slice(2);
if (alone !== undefined) {
  console.log(JSON.stringify(solve(word, Number(side))));
} else {
  const names = Object.keys(PLANNERS).filter((name) => name.includes(word));
  console.log(
    `A random gridworld of ${(Number(side) ** 2).toLocaleString('en-US')} states, γ = ${OPTIONS.discount}, to ${OPTIONS.tolerance}; node ${process.version}`,
  );
  console.log(
    formatTable(
      ['planner', 'seconds', 'sweeps', 'error bound', 'mean value'],
      names.map((name) => measure(name, Number(side))),
    ),
  );
}
