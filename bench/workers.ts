/**
 * When do workers pay? Steps per second of copies in one thread, and in 1, 2, … worker threads.
 *
 *     npm run bench:workers
 *
 * A cheap world, CartPole, and one whose step takes some 20 µs. All take turns, so that what else the
 * machine does strikes them alike. Below 1× the workers are slower: waking them takes longer than the
 * steps that they save.
 */
import { availableParallelism } from 'node:os';
import type { EnvVector } from '../core/env-vector.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { cartPole } from '../envs/control/cart-pole.ts';
import { formatTable } from '../node/table.ts';
import { createWorkerVectorEnv } from '../node/workers/create-worker-vector-env.ts';
import { laboriousWorld } from './laborious-world.ts';

const ROUNDS = 5;
const ROUND_MS = 300;
const WORKERS = [1, 2, 4].filter((n) => n <= Math.max(2, availableParallelism()));
const LABORIOUS = {
  module: new URL('./laborious-world.ts', import.meta.url).href,
  export: 'laboriousWorld',
  options: { work: 15_000 },
};
const CASES = [
  { title: 'CartPole', numEnvs: 16, world: 'CartPole-v1', rules: cartPole() },
  { title: 'CartPole', numEnvs: 1024, world: 'CartPole-v1', rules: cartPole() },
  {
    title: 'laborious',
    numEnvs: 16,
    world: LABORIOUS,
    rules: laboriousWorld(LABORIOUS.options),
  },
  {
    title: 'laborious',
    numEnvs: 256,
    world: LABORIOUS,
    rules: laboriousWorld(LABORIOUS.options),
  },
] as const;

/** Steps per second of all copies together, for about `ROUND_MS`. */
function stepsPerSecond(envs: EnvVector): number {
  const actions = envs.createActions();
  const began = performance.now();
  let steps = 0;
  for (let t = 0; performance.now() - began < ROUND_MS; t++) {
    envs.step(actions.fill(t % 2));
    steps += envs.numEnvs;
  }
  return (1000 * steps) / (performance.now() - began);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

const table: string[][] = [];
for (const { title, numEnvs, world, rules } of CASES) {
  const spread = await Promise.all(
    WORKERS.map((numWorkers) => createWorkerVectorEnv(world, { numEnvs, numWorkers })),
  );
  const runners: EnvVector[] = [new VectorEnv(rules as never, { numEnvs }), ...spread];
  const rates: number[][] = runners.map(() => []);
  for (const envs of runners) stepsPerSecond(envs); // lets the compiler warm up
  for (let round = 0; round < ROUNDS; round++) {
    runners.forEach((envs, i) => {
      rates[i].push(stepsPerSecond(envs));
    });
  }
  await Promise.all(spread.map((envs) => envs.close()));
  const alone = median(rates[0]);
  rates.forEach((values, i) => {
    const rate = median(values);
    const range = [Math.min(...values), Math.max(...values)];
    table.push([
      `${title}, ${numEnvs} copies`,
      i === 0 ? 'VectorEnv' : `${WORKERS[i - 1]} worker${i === 1 ? '' : 's'}`,
      Math.round(rate).toLocaleString('en-US'),
      range.map((x) => Math.round(x).toLocaleString('en-US')).join(' … '),
      `${(rate / alone).toFixed(2)}×`,
    ]);
  });
}
console.log(`${availableParallelism()} cores; node ${process.version}`);
const head = ['what', 'runner', 'steps/s (median)', `range of ${ROUNDS}`, 'ratio to VectorEnv'];
console.log(formatTable(head, table));
