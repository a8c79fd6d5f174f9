import type { Task } from '../../agents/task.ts';
import { Alea } from '../../core/alea.ts';
import { discrete } from '../../core/space.ts';
import { createTabularModel, type TabularModel } from '../../core/tabular-model.ts';
import { outcomesOf } from '../envs/solve.ts';

/*
 * A small decision process in layers: two states in each of four, two actions, and from the last layer
 * only the end. No state comes twice in an episode, so each update of Q(S₀, A₀) can be told apart.
 */
/** Steps of an episode at most. */
export const LAYERS = 4;
export const NUM_STATES: number = 2 * LAYERS;
export const GAMMA = 0.8;

const rng = new Alea(12);
const start = new Float64Array(NUM_STATES);
start.set([0.5, 0.5]);
export const model: TabularModel = createTabularModel(2, start, (state) => {
  const layer = Math.floor(state / 2);
  if (layer === LAYERS - 1) {
    return [{ probability: 1, nextState: state, reward: rng.normal(), terminated: true }];
  }
  const chance = 0.2 + 0.6 * rng.uniform();
  return [
    { probability: 0.1, nextState: 0, reward: rng.normal(), terminated: true },
    {
      probability: 0.9 * chance,
      nextState: 2 * layer + 2,
      reward: rng.normal(),
      terminated: false,
    },
    {
      probability: 0.9 * (1 - chance),
      nextState: 2 * layer + 3,
      reward: rng.normal(),
      terminated: false,
    },
  ];
});

/** What an agent is told of it. */
export const TASK: Task = { observationSpace: discrete(NUM_STATES), actionSpace: discrete(2) };

/** b(a | s): soft, and not what any table would say. */
export const behavior: readonly (readonly number[])[] = Array.from({ length: NUM_STATES }, () => {
  const first = 0.2 + 0.6 * rng.uniform();
  return [first, 1 - first];
});

/** The numbers of all pairs: entry 2 s + a is (s, a). */
export const pairs: readonly number[] = Array.from({ length: 2 * NUM_STATES }, (_, entry) => entry);

/** Σ p (r + γ f(s′)) over what (s, a) leads to; f = 0 where that is the end. */
export function lookAhead(entry: number, f: (state: number) => number): number {
  return outcomesOf(model, Math.floor(entry / 2), entry % 2).reduce(
    (sum, [p, nextState, reward, ended]) => sum + p * (reward + (ended ? 0 : GAMMA * f(nextState))),
    0,
  );
}

/** A step of a trajectory. */
export interface Step {
  readonly state: number;
  readonly action: number;
  readonly reward: number;
  readonly nextState: number;
  readonly terminated: boolean;
}

/** Every way that (s, a) can go on for `length` steps when b acts, with its probability. */
export function* trajectories(entry: number, length: number): Generator<[number, Step[]]> {
  const [state, action] = [Math.floor(entry / 2), entry % 2];
  for (const [p, nextState, reward, terminated] of outcomesOf(model, state, action)) {
    const step = { state, action, reward, nextState, terminated };
    if (terminated || length === 1) {
      yield [p, [step]];
      continue;
    }
    for (const next of [0, 1]) {
      const chance = p * behavior[nextState][next];
      for (const [q, rest] of trajectories(2 * nextState + next, length - 1)) {
        yield [chance * q, [step, ...rest]];
      }
    }
  }
}
