/**
 * Short trainings of every deep agent, whose curves and parameters must be the same bits in every
 * JavaScript engine.
 *
 * This file runs as it is in Node and in a page.
 */
import { agentEntries, makeAgent } from '../../agents/registry.ts';
import type { Agent } from '../../core/agent.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { hashRow } from '../../core/hash.ts';
import { isSavedArray, type SavedData, type SavedValue } from '../../core/saved.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { makeDynamics } from '../../envs/registry.ts';
import { gru } from '../../networks/layers/gru.ts';
import { lstm } from '../../networks/layers/lstm.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import type { EpisodeSummary } from '../../training/episode-statistics.ts';
import { Trainer } from '../../training/trainer.ts';

const STEPS = 600; // of all copies together
const NUM_ENVS = 2;

/** One with actions that are counted, one with real ones, whose episodes are short here. */
const WORLDS: readonly Dynamics[] = [
  makeDynamics('CartPole-v1'),
  { ...makeDynamics('Pendulum-v1'), timeLimit: 20 },
];

type Options = Readonly<Record<string, unknown>>;

/** So that small networks learn often in so few steps; an agent gets those that it knows. */
const SMALL: Options = {
  seed: 7,
  layers: mlp({ hidden: [16, 16], activation: 'tanh' }),
  policyLayers: [],
  valueLayers: [],
  capacity: 256,
  batchSize: 16,
  learningStarts: 100,
  updateEvery: 2,
  targetUpdateEvery: 20,
  numSteps: 8,
  samples: 8,
  targetSamples: 8,
  minibatches: 2,
  epsilon: { kind: 'linear', from: 1, to: 0.1, steps: STEPS / 2 },
};

/** What those with a memory need besides. */
const OWN: Readonly<Record<string, Options>> = {
  'recurrent-dqn': { layers: [lstm(12)], length: 6, burnIn: 2 },
  'recurrent-ppo': { layers: [gru(12)] },
};

/** Options that lead through other arithmetic, under a name of their own. */
const VARIANTS: Readonly<Record<string, { readonly agent: string; readonly options: Options }>> = {
  'dqn with all parts': {
    agent: 'dqn',
    options: {
      double: true,
      dueling: true,
      prioritized: true,
      noisy: true,
      epsilon: 0,
      returns: { kind: 'categorical', atoms: 11, low: 0, high: 50 },
    },
  },
  'dqn with dueling streams': { agent: 'dqn', options: { dueling: true } },
  'dqn with quantiles': {
    agent: 'dqn',
    options: { returns: { kind: 'quantile', quantiles: 8, threshold: 1 } },
  },
  'sac with state-dependent exploration': {
    agent: 'sac',
    options: { exploration: { kind: 'state-dependent', logDeviation: -1 } },
  },
};

/** What a training came to. */
export interface TrainingDigest {
  /** Returns of the episodes, in the order they ended: every digit that a number has. */
  readonly curve: string;
  /** Gradient steps. */
  readonly updates: number;
  /** Of the parameters of each network that the agent saves, in the order of their names. */
  readonly parameters: string;
}

/** Digests by `dqn on CartPole`: of every deep agent in the registry, in every world that it can act in. */
export function trainingDigests(): Record<string, TrainingDigest> {
  const deep = agentEntries().filter(({ family }) => family === 'deep');
  const plain = deep.map(({ name }) => [name, { agent: name, options: {} }] as const);
  const digests: Record<string, TrainingDigest> = {};
  for (const [title, { agent, options }] of [...plain, ...Object.entries(VARIANTS)]) {
    const worlds = WORLDS.filter((world) => canAct(agent, world));
    if (worlds.length === 0) throw new Error(`${agent} acts in no world here: add one to WORLDS.`);
    for (const world of worlds) {
      digests[`${title} on ${world.name}`] = digest(create(agent, world, options), world);
    }
  }
  return digests;
}

function create(name: string, world: Dynamics, options: Options): Agent {
  const entry = agentEntries().find((one) => one.name === name);
  const defaults = entry?.defaults ?? {};
  const known = Object.entries(SMALL).filter(([key]) => Object.hasOwn(defaults, key));
  const task = { ...world, numEnvs: NUM_ENVS };
  return makeAgent(name, task, { ...Object.fromEntries(known), ...OWN[name], ...options });
}

/** Whether the actions of the world are of a kind that the agent takes: it refuses others. */
function canAct(name: string, world: Dynamics): boolean {
  try {
    create(name, world, {});
    return true;
  } catch (error) {
    if (error instanceof RangeError && error.message.includes(': actions must be ')) return false;
    throw error;
  }
}

function digest(agent: Agent, world: Dynamics): TrainingDigest {
  const returns: number[] = [];
  const envs = new VectorEnv(world, { numEnvs: NUM_ENVS, seed: 7 });
  const curve = {
    onEpisode: ({ episodeReturn }: EpisodeSummary) => {
      if (!Number.isFinite(episodeReturn)) throw new Error('There are numbers without bits.');
      returns.push(episodeReturn);
    },
  };
  new Trainer(agent, envs, { steps: STEPS, callbacks: { curve } }).advance(STEPS);
  const { updates } = agent.metrics();
  const hashes = hashParameters(agent.save());
  return { curve: returns.join(' '), updates, parameters: hashes.join(' ') };
}

function hashParameters(saved: SavedValue): string[] {
  if (typeof saved !== 'object' || saved === null || isSavedArray(saved)) return [];
  const keys = Object.keys(saved).sort();
  return keys.flatMap((key) => {
    const value = (saved as SavedData)[key];
    if (key === 'parameters' && isSavedArray(value)) return hashRow(value).toString(16);
    return hashParameters(value);
  });
}
