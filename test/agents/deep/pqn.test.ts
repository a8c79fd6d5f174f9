import { describe, expect, test } from 'vitest';
import { Pqn } from '../../../agents/deep/action-values/pqn.ts';
import { Alea } from '../../../core/alea.ts';
import { box, discrete } from '../../../core/space.ts';
import { createColumns, type Transitions } from '../../../core/transitions.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { farthest, gradientTaken, mean, slopesOf, twinOf } from '../../helpers/float64-twin.ts';
import { shake } from '../../helpers/real-experience.ts';

const RATE = 0.1;
const [DISCOUNT, LAMBDA] = [0.9, 0.6];

/** s, a, r, s′ of two copies, in three steps: copy 0 ends in the second, copy 1 is cut in the first. */
const STEPS = [
  {
    states: [
      [1, 0.5],
      [-0.5, 2],
    ],
    next: [
      [0.3, -1],
      [0.8, 0.9],
    ],
    actions: [0, 2],
    rewards: [1, -0.5],
  },
  {
    states: [
      [0.3, -1],
      [-1, 0.2],
    ],
    next: [
      [2, 2],
      [0.6, -0.4],
    ],
    actions: [1, 1],
    rewards: [2, 0.25],
  },
  {
    states: [
      [-0.7, 0.4],
      [0.6, -0.4],
    ],
    next: [
      [0.1, 0.1],
      [1.1, -1.3],
    ],
    actions: [2, 0],
    rewards: [-1, 0.75],
  },
];
const TERMINATED = [
  [0, 0],
  [1, 0],
  [0, 0],
];
const TRUNCATED = [
  [0, 1],
  [0, 0],
  [0, 0],
];
/** Legal in s′. */
const LEGAL = [
  [1, 1, 1, 1, 1, 0],
  [0, 0, 0, 0, 1, 1],
  [1, 0, 1, 1, 1, 1],
];

function transitionsOf(t: number): Transitions {
  const { states, next, actions, rewards } = STEPS[t];
  return {
    observations: Float32Array.from(states.flat()),
    actions: Int32Array.from(actions),
    rewards: Float64Array.from(rewards),
    nextObservations: Float32Array.from(next.flat()),
    terminated: Uint8Array.from(TERMINATED[t]),
    truncated: Uint8Array.from(TRUNCATED[t]),
    nextActionMasks: Uint8Array.from(LEGAL[t]),
  };
}

describe('an update of PQN', () => {
  const agent = new Pqn(
    { observationSpace: box([-9, -9], [9, 9]), actionSpace: discrete(3), masked: true, numEnvs: 2 },
    {
      layers: [dense(3, { activation: 'tanh' })],
      numSteps: 3,
      epochs: 1,
      minibatches: 1,
      discount: DISCOUNT,
      lambda: LAMBDA,
      optimizer: sgd({ learningRate: RATE }),
    },
  );
  const { network } = agent.values;
  shake(network.parameters, new Alea(9));
  const before = network.parameters.slice();
  for (let t = 0; t < 3; t++) agent.learn(transitionsOf(t));
  const after = network.parameters.slice();
  const valuesOf = twinOf(network.specification);

  /** maxₐ Q(s′, a) over the legal actions, `[step][copy]`. */
  const best = STEPS.map(({ next }, t) =>
    valuesOf(before, next).map((values, copy) =>
      Math.max(...values.filter((_, a) => LEGAL[t][3 * copy + a] === 1)),
    ),
  );

  /** Gₜ = r + γ [λ Gₜ₊₁ + (1 − λ) maxₐ Q(s′, a)], as far as the episode and the rollout go. */
  function returnOf(t: number, copy: number): number {
    const reward = STEPS[t].rewards[copy];
    if (TERMINATED[t][copy] === 1) return reward;
    const isLast = TRUNCATED[t][copy] === 1 || t === 2;
    if (isLast) return reward + DISCOUNT * best[t][copy];
    return reward + DISCOUNT * (LAMBDA * returnOf(t + 1, copy) + (1 - LAMBDA) * best[t][copy]);
  }

  const loss = (parameters: ArrayLike<number>) =>
    mean(
      STEPS.flatMap(({ states, actions }, t) =>
        valuesOf(parameters, states).map(
          (values, copy) => (values[actions[copy]] - returnOf(t, copy)) ** 2,
        ),
      ),
    );

  test('goes down the gradient of (G − Q)², with λ-returns that end where episodes do', () => {
    const slopes = slopesOf(before, loss);
    expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.5);
    expect(farthest(gradientTaken(before, after, RATE), slopes)).toBeLessThan(1e-5);
    expect(agent.metrics().loss).toBeCloseTo(loss(before), 5);
  });
});

describe('the network of PQN, where none is named,', () => {
  /** What each layer is, and its output. */
  const layersFor = (shape: readonly number[]) => {
    const observationSpace = box(0, 1, { shape });
    const agent = new Pqn({ observationSpace, actionSpace: discrete(3) });
    const { layers, heads } = agent.values.network.plan;
    return [...layers, ...heads[0].layers].map(({ layer, output }) => {
      const name = 'activation' in layer ? `${layer.kind} ${layer.activation}` : layer.kind;
      return `${name} ${output.join(' × ')}`;
    });
  };
  const normalized = (kind: string, output: string) => [
    `${kind} linear ${output}`,
    `layer-norm ${output}`,
    `activation relu ${output}`,
  ];

  test('normalizes both dense layers that see a vector', () => {
    expect(layersFor([4])).toEqual([
      ...normalized('dense', '120'),
      ...normalized('dense', '84'),
      'dense linear 3',
    ]);
  });

  test('normalizes the convolution that sees a small image too', () => {
    expect(layersFor([10, 10, 4])).toEqual([
      ...normalized('conv2d', '8 × 8 × 16'),
      'flatten 1024',
      ...normalized('dense', '120'),
      ...normalized('dense', '84'),
      'dense linear 3',
    ]);
    expect(layersFor([5, 2, 4])[0]).toBe('conv2d linear 4 × 1 × 16');
  });

  test('is for images from 36 × 36 on that of CleanRL for Atari games', () => {
    expect(layersFor([4, 84, 84])).toEqual([
      ...normalized('conv2d', '20 × 20 × 32'),
      ...normalized('conv2d', '9 × 9 × 64'),
      ...normalized('conv2d', '7 × 7 × 64'),
      'flatten 3136',
      ...normalized('dense', '512'),
      'dense linear 3',
    ]);
    expect(layersFor([36, 40, 1])[0]).toBe('conv2d linear 8 × 9 × 32');
    expect(layersFor([35, 40, 1])[0]).toBe('conv2d linear 33 × 38 × 16');
  });

  test('normalizes all numbers of a convolution together, each with a scale of its own', () => {
    const observationSpace = box(0, 1, { shape: [10, 10, 4] });
    const { values } = new Pqn({ observationSpace, actionSpace: discrete(3) });
    const shapes = values.network.plan.parameters.map(({ name, shape }) => `${name} ${shape}`);
    expect(shapes).toContain('layers[1].scale 8,8,16');
  });
});

test.each([
  [12, 4],
  [10, 4],
  [7, 4],
  [7, 7],
])('of %i rows, PQN makes as many batches as it is told: %i', (numSteps, minibatches) => {
  const task = { observationSpace: box([-9, -9], [9, 9]), actionSpace: discrete(3), numEnvs: 1 };
  const options = { layers: [dense(3)], numSteps, minibatches, epochs: 3 };
  const agent = new Pqn(task, options);
  for (let t = 0; t < numSteps; t++) {
    agent.learn(createColumns({ ...task, masked: false }, 1));
  }
  expect(agent.metrics().updates).toBe(3 * minibatches);
});
