import { describe, expect, test } from 'vitest';
import { Alea } from '../../../core/alea.ts';
import { EngineLearner } from '../../../networks/engine-learner.ts';
import type {
  Learner,
  LearnerBatch,
  LearnerLoss,
  LearnerOptions,
  LearnerTargets,
} from '../../../networks/learner.ts';
import { absoluteLoss } from '../../../networks/losses/absolute.ts';
import { bernoulliLoss } from '../../../networks/losses/bernoulli.ts';
import { categoricalLoss } from '../../../networks/losses/categorical.ts';
import { crossEntropyLoss } from '../../../networks/losses/cross-entropy.ts';
import { gaussianLoss } from '../../../networks/losses/gaussian.ts';
import { hingeLoss } from '../../../networks/losses/hinge.ts';
import { huberLoss } from '../../../networks/losses/huber.ts';
import { implicitQuantileLoss } from '../../../networks/losses/implicit-quantile.ts';
import { quantileLoss } from '../../../networks/losses/quantile.ts';
import { LOSS_KINDS, type LossSpecification } from '../../../networks/losses/registry.ts';
import { squaredLoss } from '../../../networks/losses/squared.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { ReferenceEngine } from '../../../networks/reference/engine.ts';
import {
  type NetworkSpecification,
  network,
} from '../../../networks/specification/network-specification.ts';
import { TfjsLearner } from '../../../networks/tfjs/learner.ts';
import { LAYER_CASES } from '../../helpers/layer-cases.ts';
import { relativeError } from '../../helpers/relative-error.ts';
import { testBackend } from '../../helpers/tfjs.ts';

const MOST = 1e-5;
const STEPS = 10;
const ROWS = 5;
const backend = await testBackend();

function reference(specification: NetworkSpecification, options: LearnerOptions): EngineLearner {
  const engine = new ReferenceEngine((length) => new Float32Array(length));
  return new EngineLearner(engine, specification, options);
}

function normals(length: number, stream: string): Float32Array {
  const rng = new Alea(1, stream);
  return Float32Array.from({ length }, () => rng.normal());
}

/** Where each of a row's quantiles is, and samples of the return, for each row. */
function fractionsAndSamples(quantiles: number, samples: number): Float32Array {
  const rng = new Alea(2, 'fractions');
  return Float32Array.from({ length: ROWS * (quantiles + samples) }, (_, i) =>
    i % (quantiles + samples) < quantiles ? rng.uniform() : rng.normal(),
  );
}

/** Ten steps on the same batch. */
async function learn(learner: Learner, batch: LearnerBatch) {
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) losses.push(await learner.update(batch));
  const { parameters, statistics, optimizer } = await learner.read();
  const outputs = await learner.evaluate(batch.inputs, batch.rows);
  return { losses, parameters, statistics, optimizer, outputs };
}

async function expectSame(
  specification: NetworkSpecification,
  options: LearnerOptions,
  makeBatch: () => LearnerBatch,
): Promise<void> {
  const before = backend.tf.memory().numTensors;
  const learner = new TfjsLearner(backend, specification, options);
  const [ours, theirs] = [makeBatch(), makeBatch()];
  const got: Record<string, ArrayLike<number>> = await learn(learner, ours);
  learner.dispose();
  expect(backend.tf.memory().numTensors, 'tensors left behind').toBe(before);
  const expected = await learn(reference(specification, options), theirs);
  for (const [name, array] of Object.entries(expected)) {
    expect(relativeError(got[name], array), name).toBeLessThan(MOST);
  }
  ours.targets.forEach(({ errors }, i) => {
    if (errors === undefined) return;
    expect(relativeError(errors, theirs.targets[i].errors ?? []), 'errors').toBeLessThan(MOST);
  });
}

const dense = (units: number) => ({ kind: 'dense', units }) as never;

/** A loss on six outputs, and what it is told. */
const LOSSES: readonly (readonly [string, LossSpecification, () => LearnerTargets])[] = [
  ['squared', squaredLoss(), () => ({ targets: normals(6 * ROWS, 't') })],
  ['absolute', absoluteLoss(), () => ({ targets: normals(6 * ROWS, 't') })],
  ['Huber', huberLoss({ threshold: 0.5 }), () => ({ targets: normals(6 * ROWS, 't') })],
  [
    'Huber of chosen actions, weighted',
    huberLoss(),
    () => ({
      targets: normals(ROWS, 't'),
      choices: [0, 3, 5, 2, 2],
      weights: [1, 0.5, 2, 0, 0.1],
      errors: new Float32Array(ROWS),
    }),
  ],
  ['hinge', hingeLoss(), () => ({ targets: normals(6 * ROWS, 't').map(Math.sign) })],
  [
    'Bernoulli',
    bernoulliLoss(),
    () => ({ targets: normals(6 * ROWS, 't').map((x) => (x > 0 ? 1 : 0.2)) }),
  ],
  [
    'cross-entropy of classes',
    crossEntropyLoss(),
    () => ({ targets: Float32Array.of(0, 5, 2, 2, 1), errors: new Float32Array(ROWS) }),
  ],
  [
    'masked cross-entropy',
    crossEntropyLoss({ targets: 'probabilities' }),
    () => ({
      targets: Float32Array.from({ length: 6 * ROWS }, (_, i) => [0.5, 0, 0.2, 0.3, 0, 0][i % 6]),
      mask: Uint8Array.from({ length: 6 * ROWS }, (_, i) => (i % 6 === 4 || i % 12 === 1 ? 0 : 1)),
      weights: [1, 2, 3, -1, 0.5],
    }),
  ],
  [
    'Gaussian',
    gaussianLoss({ logVariance: [-0.3, 0.3] }),
    () => ({ targets: normals(3 * ROWS, 't') }),
  ],
  [
    'categorical of chosen actions',
    categoricalLoss({ atoms: 3, low: -1, high: 1 }),
    () => ({
      targets: Float32Array.from({ length: 3 * ROWS }, (_, i) => [0.1, 0.6, 0.3][i % 3]),
      choices: [0, 1, 1, 0, 0],
    }),
  ],
  [
    'quantile of chosen actions',
    quantileLoss({ quantiles: 3 }),
    () => ({
      targets: normals(3 * ROWS, 't'),
      choices: [0, 1, 1, 0, 0],
      errors: new Float32Array(ROWS),
    }),
  ],
  [
    'implicit quantile of chosen actions',
    implicitQuantileLoss({ quantiles: 3, samples: 2, threshold: 0.5 }),
    () => ({
      targets: fractionsAndSamples(3, 2),
      choices: [0, 1, 1, 0, 0],
      errors: new Float32Array(ROWS),
    }),
  ],
  [
    'implicit quantile without a parabola',
    implicitQuantileLoss({ quantiles: 6, samples: 3, threshold: 0 }),
    () => ({ targets: fractionsAndSamples(6, 3) }),
  ],
  [
    'quantile without a parabola',
    quantileLoss({ quantiles: 6, threshold: 0 }),
    () => ({ targets: normals(6 * ROWS, 't') }),
  ],
];

describe.each(LOSSES)('the %s loss on TensorFlow.js', (_, loss, targets) => {
  test('is learned as on the reference', async () => {
    const specification = network({ input: [4], layers: [dense(8)], heads: { all: [dense(6)] } });
    const options = { losses: [{ loss, scale: 0.5 }], optimizer: adam({ learningRate: 0.01 }) };
    await expectSame(specification, options, () => ({
      inputs: normals(4 * ROWS, 'inputs'),
      rows: ROWS,
      targets: [targets()],
    }));
  });
});

test('every kind of loss is in a case', () => {
  const tried = new Set(LOSSES.map(([, { kind }]) => kind as string));
  expect(LOSS_KINDS.filter((kind) => !tried.has(kind))).toEqual([]);
});

describe.each(LAYER_CASES)('a learner with $title', (layerCase) => {
  test('takes ten steps as on the reference', async () => {
    const specification = layerCase.specification();
    const options = {
      losses: [{ loss: squaredLoss() }],
      optimizer: sgd({ learningRate: 0.01, clip: { globalNorm: 1 } }),
      seed: 4,
    };
    await expectSame(specification, options, () => {
      const { rows, steps } = layerCase;
      const { plan } = reference(specification, options);
      return {
        inputs: normals(rows * plan.inputSize, 'inputs'),
        rows,
        steps,
        state: normals((rows / steps) * plan.stateSize, 'state'),
        starts: Uint8Array.from({ length: rows }, (_, row) => (row % 5 === 4 ? 1 : 0)),
        targets: [{ targets: normals(rows * plan.outputSize, 'targets') }],
      };
    });
  });
});

describe('a learner', () => {
  const specification = network({
    input: [4],
    layers: [dense(8)],
    heads: { policy: [dense(3)], value: [dense(1)] },
  });
  const losses: readonly LearnerLoss[] = [
    { loss: crossEntropyLoss(), head: 'policy' },
    { loss: squaredLoss(), head: 'value', scale: 0.25 },
  ];
  const options = { losses, optimizer: adam() };
  const batch = (): LearnerBatch => ({
    inputs: normals(4 * ROWS, 'inputs'),
    rows: ROWS,
    targets: [
      { targets: Float32Array.of(0, 2, 2, 1, 0) },
      { targets: normals(ROWS, 'returns'), errors: new Float32Array(ROWS) },
    ],
  });
  const makers = [
    ['TensorFlow.js', () => new TfjsLearner(backend, specification, options)],
    ['an engine', () => reference(specification, options)],
  ] as const;

  test('learns a loss of each head at once', async () => {
    await expectSame(specification, options, batch);
  });

  test('goes on on another engine', async () => {
    for (const [from, to] of [makers, makers.toReversed()].map((m) => m.map(([, make]) => make))) {
      const first = from();
      await learn(first, batch());
      const second = to();
      await second.write(await first.read());
      expect(second.updates).toBe(STEPS);
      const got = await learn(second, batch());
      const expected = await learn(first, batch());
      expect(relativeError(got.parameters, expected.parameters)).toBeLessThan(MOST);
      expect(relativeError(got.optimizer, expected.optimizer)).toBeLessThan(MOST);
    }
  });

  test('draws on after a stop as without one', async () => {
    const noisy = network({
      input: [4],
      layers: [{ kind: 'dropout', rate: 0.5 } as never, dense(2)],
    });
    const learning = { losses: [{ loss: squaredLoss() }], optimizer: sgd() };
    const make = [
      () => new TfjsLearner(backend, noisy, learning),
      () => reference(noisy, learning),
    ] as const;
    const again = { ...batch(), targets: [{ targets: new Float32Array(2 * ROWS) }] };
    for (const [from, to] of [make, make.toReversed()]) {
      const first = from();
      await learn(first, again);
      const second = to();
      await second.write(await first.read());
      const got = await learn(second, again);
      const expected = await learn(first, again);
      expect(relativeError(got.losses, expected.losses)).toBeLessThan(MOST);
    }
  });

  test('does things in the order in which they are asked', async () => {
    const make = () => new TfjsLearner(backend, specification, options);
    const [patient, hasty] = [make(), make()];
    const inputs = normals(4, 'one');
    await patient.update(batch());
    const expected = await patient.evaluate(inputs, 1);
    await patient.update(batch());
    const pending = [hasty.update(batch()), hasty.evaluate(inputs, 1), hasty.update(batch())];
    expect((await Promise.all(pending))[1]).toEqual(expected);
    expect((await hasty.read()).parameters).toEqual((await patient.read()).parameters);
  });

  describe.each(makers)('on %s', (_, make) => {
    test('refuses what does not fit, and stays as it was', async () => {
      const learner = make();
      const before = await learner.read();
      const good = batch();
      const wrong: readonly (readonly [Partial<LearnerBatch>, string])[] = [
        [{ rows: 6 }, 'inputs must hold 6 × 4 numbers'],
        [{ targets: [good.targets[0]] }, 'one for each of the 2 losses, got 1'],
        [{ steps: 2 }, 'rows must be a multiple of steps'],
        [
          { targets: [{ targets: new Float32Array(4) }, good.targets[1]] },
          'targets must have length 5, got 4',
        ],
        [
          { targets: [{ targets: Float32Array.of(0, 3, 0, 0, 0) }, good.targets[1]] },
          'from 0 to 2, got 3',
        ],
        [
          {
            targets: [good.targets[0], { targets: new Float32Array(5), choices: [0, 0, 0, 1, 0] }],
          },
          'choices[3] must be an integer from 0 to 0, got 1',
        ],
      ];
      for (const [slip, message] of wrong) {
        await expect(learner.update({ ...good, ...slip })).rejects.toThrow(message);
      }
      await expect(learner.write({ ...before, parameters: new Float32Array(3) })).rejects.toThrow(
        'parameters must have length',
      );
      expect(await learner.read()).toEqual(before);
      learner.dispose();
      await expect(learner.update(good)).rejects.toThrow('disposed of');
      await expect(learner.evaluate(good.inputs, 5)).rejects.toThrow('disposed of');
    });
  });

  test.each([
    [{ losses: [] }, 'at least one loss'],
    [{ losses: [{ loss: squaredLoss(), head: 'valu' }] }, 'Did you mean "value"?'],
    [{ losses: [{ loss: { kind: 'squarred' } }] }, 'Did you mean "squared"?'],
    [{ losses: [{ loss: squaredLoss(), scale: Number.NaN }] }, 'scale must be a finite number'],
    [{ losse: losses }, 'Did you mean "losses"?'],
    [{ seed: -1 }, 'seed must be an integer of at least 0'],
  ])('cannot be made with %j', (slip, message) => {
    const wrong = { ...options, ...slip } as LearnerOptions;
    expect(() => new TfjsLearner(backend, specification, wrong)).toThrow(message);
    expect(() => reference(specification, wrong)).toThrow(message);
  });
});
