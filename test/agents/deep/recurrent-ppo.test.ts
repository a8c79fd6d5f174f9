import { describe, expect, test } from 'vitest';
import {
  RecurrentPpo,
  type RecurrentPpoOptions,
} from '../../../agents/deep/policy-gradient/recurrent-ppo.ts';
import { gru } from '../../../networks/layers/gru.ts';
import { lstm } from '../../../networks/layers/lstm.ts';
import type { Network } from '../../../networks/network.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { descend, float64Twin } from '../../helpers/descend.ts';
import { farthest } from '../../helpers/float64-twin.ts';
import { NUM_ACTIONS, RandomStream } from '../../helpers/recurrent-stream.ts';

const RATE = 0.1;

const OPTIONS: RecurrentPpoOptions = {
  layers: [lstm(3)],
  numSteps: 6,
  epochs: 1,
  minibatches: 1,
  discount: 0.9,
  lambda: 0.8,
  clip: 0.2,
  valueClip: null,
  valueWeight: 0.5,
  entropyWeight: 0.1,
  normalizeAdvantages: false,
  optimizer: sgd({ learningRate: RATE }),
};
const SIZE = 2; // of an observation

/** One step of one copy, as it was when it was taken. */
interface Step {
  readonly observation: Float64Array;
  readonly nextObservation: Float64Array;
  readonly mask: Uint8Array;
  readonly action: number;
  readonly reward: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
  /** Whether the episode begins here. */
  readonly begins: boolean;
  /** π_old. */
  readonly chances: readonly number[];
  readonly value: number;
  readonly nextValue: number;
}

/** One observation after the other, by hand: π over the legal actions, its logarithms, and V. */
function look(
  net: Network<Float64Array>,
  seen: Float64Array,
  state: Float64Array,
  mask: Uint8Array,
) {
  const outputs = net.forward(seen, 1, { state });
  const weights = [...mask].map((legal, a) => legal * Math.exp(outputs[a]));
  const sum = weights.reduce((a, b) => a + b);
  const chances = weights.map((weight) => weight / sum);
  const entropy = -chances.reduce((h, p) => h + (p > 0 ? p * Math.log(p) : 0), 0);
  return { chances, entropy, value: outputs[NUM_ACTIONS] };
}

/** Aₜ of one copy. */
function advantagesOf(steps: readonly Step[], discount: number, lambda: number): number[] {
  const advantages = new Array<number>(steps.length);
  let later = 0;
  for (let t = steps.length - 1; t >= 0; t--) {
    const { reward, value, nextValue, terminated, truncated } = steps[t];
    if (terminated || truncated) later = 0;
    later = reward + discount * (terminated ? 0 : nextValue) - value + discount * lambda * later;
    advantages[t] = later;
  }
  return advantages;
}

/** KL(π_old ‖ π). */
function divergence(old: readonly number[], now: readonly number[]): number {
  return old.reduce((sum, p, a) => sum + (p > 0 ? p * Math.log(p / now[a]) : 0), 0);
}

interface Copy {
  readonly steps: readonly Step[];
  readonly start: Float64Array;
}

/** The mean over all steps of copies, each gone over from its start state. */
function meanOver(
  net: Network<Float64Array>,
  copies: readonly Copy[],
  of: (step: Step, now: ReturnType<typeof look>, advantage: number) => number,
): number {
  let [sum, rows] = [0, 0];
  for (const { steps, start } of copies) {
    const advantages = advantagesOf(steps, 0.9, 0.8);
    const state = start.slice();
    steps.forEach((step, t) => {
      if (step.begins) state.fill(0);
      sum += of(step, look(net, step.observation, state, step.mask), advantages[t]);
      rows++;
    });
  }
  return sum / rows;
}

/** L. */
function lossOf(net: Network<Float64Array>, klWeight: number, copies: readonly Copy[]): number {
  return meanOver(net, copies, (step, { chances, entropy, value }, advantage) => {
    const ratio = chances[step.action] / step.chances[step.action];
    const bounded = Math.max(0.8, Math.min(1.2, ratio));
    const error = value - (advantage + step.value);
    return (
      Math.max(-advantage * ratio, -advantage * bounded) +
      (0.5 * 0.5 * error * error - 0.1 * entropy) +
      klWeight * divergence(step.chances, chances)
    );
  });
}

const divergenceOf = (net: Network<Float64Array>, copies: readonly Copy[]) =>
  meanOver(net, copies, (step, { chances }) => divergence(step.chances, chances));

describe.each([
  ['an LSTM that both share', { layers: [lstm(3)] }],
  [
    'a GRU of the policy and an LSTM of the value',
    { layers: [], policyLayers: [gru(2)], valueLayers: [lstm(2)] },
  ],
  ['a penalty', { layers: [lstm(3)], klPenalty: { target: 1e-9, initial: 3 } }],
] as const)('an update with %s', (_, layers) => {
  test.each([1, 2])('is a step down the gradient of its loss, in %i batches', (minibatches) => {
    const NUM_ENVS = 4;
    const stream = new RandomStream(NUM_ENVS, 3);
    const agent = new RecurrentPpo(stream.task, { ...OPTIONS, ...layers, minibatches });
    const actions = new Int32Array(NUM_ENVS);
    const { stateSize } = agent.actorCritic;
    const states = actions.reduce<Float64Array[]>(
      (all) => [...all, new Float64Array(stateSize)],
      [],
    );
    const begins = new Array<boolean>(NUM_ENVS).fill(true);
    for (let rollout = 0; rollout < 3; rollout++) {
      const twin = float64Twin(agent.actorCritic.network.network);
      const before = twin.parameters.slice();
      const { klWeight = 0 } = agent.metrics();
      const copies = states.map((state) => ({ start: state.slice(), steps: [] as Step[] }));
      for (let t = 0; t < 6; t++) {
        agent.act(stream.observations, actions, stream.actionMasks);
        const masks = stream.actionMasks;
        const transitions = stream.step(actions);
        copies.forEach(({ steps }, i) => {
          const [first, end] = [i * SIZE, (i + 1) * SIZE];
          const observation = Float64Array.from(transitions.observations.slice(first, end));
          const nextObservation = Float64Array.from(transitions.nextObservations.slice(first, end));
          const mask = masks.slice(i * NUM_ACTIONS, (i + 1) * NUM_ACTIONS);
          if (begins[i]) states[i].fill(0);
          const { chances, value } = look(twin, observation, states[i], mask);
          const anyMask = new Uint8Array(NUM_ACTIONS).fill(1);
          const next = look(twin, nextObservation, states[i].slice(), anyMask);
          steps.push({
            ...{ observation, nextObservation, mask, action: actions[i], value },
            reward: transitions.rewards[i],
            terminated: transitions.terminated[i] === 1,
            truncated: transitions.truncated[i] === 1,
            begins: begins[i],
            chances,
            nextValue: next.value,
          });
          begins[i] = transitions.terminated[i] + transitions.truncated[i] > 0;
        });
        agent.learn(transitions);
      }
      const learned = agent.actorCritic.network.network.parameters;
      expect(farthest(learned, before)).toBeGreaterThan(0.005);
      // The copies of a batch are drawn: the steps must be those of one of the orders.
      const orders = minibatches === 1 ? [[0, 1, 2, 3]] : PAIRINGS;
      const distances = orders.map((order) => {
        twin.parameters.set(before);
        for (let first = 0; first < NUM_ENVS; first += NUM_ENVS / minibatches) {
          const batch = order.slice(first, first + NUM_ENVS / minibatches).map((i) => copies[i]);
          descend(twin, RATE, () => lossOf(twin, klWeight, batch));
        }
        return farthest(learned, twin.parameters);
      });
      expect(Math.min(...distances)).toBeLessThan(2e-6);
      if (klWeight > 0) {
        twin.parameters.set(learned);
        expect(agent.metrics().exactDivergence).toBeCloseTo(divergenceOf(twin, copies), 6);
        expect(agent.metrics().klWeight).toBe(2 * klWeight);
      }
      if (minibatches === 2) expect(distances.filter((d) => d < 2e-5)).toHaveLength(1);
    }
  });
});

/** Every way to take two of four copies, then the others. */
const PAIRINGS = [
  [0, 1, 2, 3],
  [2, 3, 0, 1],
  [0, 2, 1, 3],
  [1, 3, 0, 2],
  [0, 3, 1, 2],
  [1, 2, 0, 3],
];

describe('the batches of a recurrent PPO', () => {
  test.each([
    [1, 1],
    [2, 2],
    [5, 1],
    [6, 3],
    [8, 4],
    [9, 3],
  ])('of %i copies are %i where none are named', (numEnvs, minibatches) => {
    const { task } = new RandomStream(numEnvs, 0);
    expect(new RecurrentPpo(task).options.minibatches).toBe(minibatches);
  });

  test('are of whole copies: another number is refused', () => {
    const { task } = new RandomStream(4, 0);
    expect(() => new RecurrentPpo(task, { ...OPTIONS, minibatches: 3 })).toThrow(
      'RecurrentPpo: minibatches must divide the 4 copies of the world, got 3.',
    );
    expect(() => new RecurrentPpo(task, { ...OPTIONS, minibatches: 5 })).toThrow(
      'RecurrentPpo: minibatches must be an integer from 1 to 4, got 5.',
    );
  });
});

test.each<[object, string]>([
  [{ numSteps: 0 }, 'RecurrentPpo: numSteps must be an integer of at least 1, got 0.'],
  [{ lambda: 2 }, 'RecurrentPpo: lambda must be between 0 and 1, got 2.'],
  [{ clip: 0 }, 'RecurrentPpo: clip must be between'],
  [{ layer: [] }, 'Did you mean "layers"?'],
])('refuses %o', (options, message) => {
  const { task } = new RandomStream(1, 0);
  expect(() => new RecurrentPpo(task, options)).toThrow(message);
});
