/**
 * Measures one world, or several one after the other, in a process of its own: the part of
 * bench/envs.ts that has the worlds. Prints a line of JSON for each.
 *
 *     node --expose-gc --import tsx bench/envs-worker.ts speed 0.3 CartPole-v1
 *     node --expose-gc --import tsx bench/envs-worker.ts 'vector 1024' 0.3 CartPole-v1
 *     node --expose-gc --import tsx bench/envs-worker.ts memory 1000000 CartPole-v1
 */
import { Alea } from '../core/alea.ts';
import type { ElementOf, Space } from '../core/space.ts';
import { readRow, rowSize } from '../core/spaces/rows.ts';
import { sampleRow } from '../core/spaces/sample.ts';
import { type ActionColumn, createActions } from '../core/transitions.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { make, makeDynamics } from '../envs/registry.ts';
import { measureAllocation } from './allocation.ts';

/** What a world costs in memory. */
export interface Memory {
  /** Bytes of one copy in a `VectorEnv` of 10,000. */
  readonly bytesPerCopy: number;
  /** Bytes of one env that `make` builds, rules included. */
  readonly bytesPerEnv: number;
  /** Bytes that a step of 4 copies allocates. */
  readonly bytesPerStep: number;
  /** Collections during all the steps. */
  readonly collections: number;
  readonly steps: number;
}

/** Environment steps per second, by way of running: `single`, `vector 1`, `vector 16` … */
export type Rates = Readonly<Record<string, number>>;

const WAYS = ['single', 'vector 1', 'vector 16', 'vector 1024'];
const COPIES = 10_000;
const STEPPED_COPIES = 4;
const CHUNK = 1000; // steps in one call

/** Seconds that the processor has worked for this process, on all its threads. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Calls `run`, which takes `steps` steps, for so many seconds after as many of warming up. */
function stepsPerSecond(seconds: number, steps: number, run: () => void): number {
  const during = (span: number) => {
    let runs = 0;
    const began = processorSeconds();
    while (processorSeconds() - began < span) {
      run();
      runs++;
    }
    return (runs * steps) / (processorSeconds() - began);
  };
  during(seconds);
  return during(seconds);
}

function singleRate(id: string, seconds: number): number {
  const env = make(id, { seed: 1 });
  const { actionSpace } = makeDynamics(id);
  const column = createActions(actionSpace, 1);
  const rng = new Alea(1);
  const actions = Array.from({ length: 1024 }, () => {
    sampleRow(actionSpace, rng, column, 0);
    return readRow(actionSpace, column);
  });
  env.reset();
  const isMasked = (env.actionMask?.() ?? null) !== null;
  const legal = (action: ElementOf<Space>) =>
    isMasked ? nextLegal(env.actionMask?.() as Uint8Array, 0, action as number) : action;
  return stepsPerSecond(seconds, actions.length, () => {
    for (let i = 0; i < actions.length; i++) {
      const step = env.step(isMasked ? legal(actions[i]) : actions[i]);
      if (step.terminated || step.truncated) env.reset();
    }
  });
}

function vectorRate(id: string, numEnvs: number, seconds: number): number {
  const steps = Math.max(1, Math.floor(8192 / numEnvs));
  return stepsPerSecond(seconds, steps * numEnvs, stepper(id, numEnvs, steps));
}

/** A function that takes `steps` vector steps with random legal actions, drawn beforehand. */
function stepper(id: string, numEnvs: number, steps: number): () => void {
  const dynamics = makeDynamics(id);
  const envs = new VectorEnv(dynamics, { numEnvs, seed: 1 });
  const { actionSpace } = dynamics;
  const size = rowSize(actionSpace);
  const rng = new Alea(1);
  const columns = Array.from({ length: 64 }, () => {
    const column = envs.createActions();
    for (let i = 0; i < numEnvs; i++) sampleRow(actionSpace, rng, column, i * size);
    return column;
  });
  const chosen = envs.createActions();
  let t = 0;
  return () => {
    for (let k = 0; k < steps; k++) {
      const drawn = columns[t++ & 63];
      envs.step(envs.actionMasks ? legalActions(envs.actionMasks, drawn, chosen) : drawn);
    }
  };
}

/** Turns draws among all actions into draws among the legal ones of each copy. */
function legalActions(masks: Uint8Array, drawn: ActionColumn, chosen: ActionColumn): ActionColumn {
  const n = masks.length / drawn.length;
  for (let i = 0; i < drawn.length; i++) chosen[i] = nextLegal(masks, i * n, drawn[i], n);
  return chosen;
}

/** The action that was drawn, or else the next one that is legal. */
function nextLegal(mask: Uint8Array, start: number, draw: number, n: number = mask.length): number {
  let action = draw;
  while (mask[start + action] !== 1) action = action + 1 === n ? 0 : action + 1;
  return action;
}

/** Bytes that are held after a collection. */
function heldBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Bytes of one of the things that `build` makes, until there are `most` or half a second is over. */
function bytesOfOne(most: number, build: () => unknown): number {
  build();
  const before = heldBytes();
  const began = performance.now();
  const held: unknown[] = [];
  while (held.length < most && performance.now() - began < 500) held.push(build());
  const bytes = (heldBytes() - before) / held.length;
  held.length = 0;
  return bytes;
}

function measureMemory(id: string, steps: number): Memory {
  const allocation = measureStepping(id, steps); // first, as in a process of one vector
  const dynamics = makeDynamics(id);
  const numEnvs = COPIES;
  const bytesPerCopy = bytesOfOne(1, () => new VectorEnv(dynamics, { numEnvs })) / numEnvs;
  const bytesPerEnv = bytesOfOne(COPIES, () => make(id));
  return { bytesPerCopy, bytesPerEnv, steps, ...allocation };
}

/** Counts what `steps` vector steps allocate and how often the collector runs meanwhile. */
function measureStepping(id: string, steps: number): Pick<Memory, 'bytesPerStep' | 'collections'> {
  const step = stepper(id, STEPPED_COPIES, CHUNK);
  const { bytes, collections } = measureAllocation(() => {
    for (let done = 0; done < steps; done += CHUNK) step();
  });
  return { bytesPerStep: bytes / steps, collections };
}

/** One way of running, as a process has it that runs nothing else. */
function measureRate(way: string, id: string, seconds: number): Rates {
  const numEnvs = Number(way.slice('vector '.length));
  return { [way]: way === 'single' ? singleRate(id, seconds) : vectorRate(id, numEnvs, seconds) };
}

/** Every way, one after the other. */
function measureSpeed(id: string, seconds: number): Rates {
  return Object.assign({}, ...WAYS.map((way) => measureRate(way, id, seconds)));
}

const [what, amount, ...ids] = process.argv.slice(2);
for (const id of ids) {
  const measure = () => {
    if (what === 'memory') return measureMemory(id, Number(amount));
    if (what === 'speed') return measureSpeed(id, Number(amount));
    return measureRate(what, id, Number(amount));
  };
  console.log(JSON.stringify(measure()));
}
