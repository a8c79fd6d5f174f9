import { describe, expect, test } from 'vitest';
import { TrainableNetwork } from '../../../agents/deep/parts/trainable-network.ts';
import { activation } from '../../../networks/layers/activation.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { type Sgd, sgd } from '../../../networks/optimizers/sgd.ts';
import { simdEngine } from '../../../networks/simd/engine.ts';
import { network } from '../../../networks/specification/network-specification.ts';

const SPECIFICATION = network({
  input: [2],
  layers: [dense(2, { activation: 'relu' })],
  heads: { value: [dense(1)] },
});

// h = (x₁, 0): the second unit is relu(−x₁ − 1). y = 2 h₁ + 3 h₂. ‖θ‖ = √(1 + 1 + 1 + 4 + 9) = 4.
const PARAMETERS = [1, -1, 0, 0, 0, -1, 2, 3, 0];
const INPUTS = Float32Array.of(1, 5, 3, 7);
const SLOPES = Float32Array.of(0.5, 1);
// By the head: ½ · 1 + 1 · 3, 0, and 1.5 of the bias; by h₁: 1 and 2, so by W₁: 7 and 19, by its bias 3.
const GRADIENTS = [7, 0, 19, 0, 3, 0, 3.5, 0, 1.5];
const NORM = Math.hypot(...GRADIENTS);

function createNetwork(options: Partial<Sgd> = {}): TrainableNetwork {
  const optimizer = sgd({ learningRate: 0.1, ...options });
  const trainable = new TrainableNetwork(simdEngine(), SPECIFICATION, optimizer, {});
  trainable.network.parameters.set(PARAMETERS);
  return trainable;
}

function update(trainable: TrainableNetwork, inputs = INPUTS, times = 1): void {
  for (let i = 0; i < times; i++) {
    trainable.forward(inputs, 2);
    trainable.update('test', 0, SLOPES);
  }
}

describe('the metrics of a network that learns', () => {
  test('are those of its update, worked out by hand', () => {
    const trainable = createNetwork();
    update(trainable);
    const after = PARAMETERS.map((value, i) => value - 0.1 * GRADIENTS[i]);
    const metrics = trainable.metrics();
    expect(metrics.gradientNorm).toBeCloseTo(NORM, 5);
    expect(metrics.weightNorm).toBeCloseTo(Math.hypot(...after), 5);
    expect(metrics.updateRatio).toBeCloseTo((0.1 * NORM) / 4, 5);
    expect(metrics.deadUnits).toBe(1 / 2);
    expect(metrics.saturatedUnits).toBe(0); // there is no tanh
  });

  test('tell of the gradient before it is clipped, and of the step after', () => {
    for (const [clip, ratio] of [
      [{ globalNorm: 0.5 }, (0.1 * 0.5) / 4],
      [{ value: 1 }, (0.1 * Math.sqrt(5)) / 4],
      [{ norm: 2 }, (0.1 * Math.sqrt(4 + 4 + 4 + 1.5 ** 2)) / 4], // four tensors, the last below 2
    ] as const) {
      const trainable = createNetwork({ clip });
      update(trainable);
      expect(trainable.metrics().gradientNorm).toBeCloseTo(NORM, 5);
      expect(trainable.metrics().updateRatio, JSON.stringify(clip)).toBeCloseTo(ratio, 5);
    }
  });

  test('are of the last update where a clip knows the norm, else of each 101st', () => {
    const still = { learningRate: 0 };
    const twice = INPUTS.map((x) => 2 * x); // gradients of W are doubled, of the biases not
    const second = Math.hypot(14, 38, 3, 7, 1.5);
    const clipped = createNetwork({ ...still, clip: { globalNorm: 1 } });
    const free = createNetwork(still);
    for (const trainable of [clipped, free]) {
      update(trainable);
      update(trainable, twice, 100);
    }
    expect(clipped.metrics().gradientNorm).toBeCloseTo(second, 4);
    expect(free.metrics().gradientNorm).toBeCloseTo(NORM, 5);
    update(free, twice);
    expect(free.metrics().gradientNorm).toBeCloseTo(second, 4);
  });

  test('count the units of the batch that was learned from', () => {
    const trainable = createNetwork();
    trainable.forward(
      INPUTS.map((x) => -x),
      2,
    ); // −x₁ − 1 is alive at −3
    trainable.update('test', 0, SLOPES);
    expect(trainable.metrics().deadUnits).toBe(1 / 2); // the first unit now
    trainable.forward(Float32Array.of(1, 1), 1); // as when it acts
    expect(trainable.metrics().deadUnits).toBe(1 / 2);
  });

  test('tell of saturated units', () => {
    const specification = network({ input: [1], layers: [activation('tanh'), dense(1)] });
    const trainable = new TrainableNetwork(simdEngine(), specification, sgd(), {});
    trainable.forward(Float32Array.of(9, -9), 2);
    trainable.update('test', 0, SLOPES);
    expect(trainable.metrics().saturatedUnits).toBe(1);
    expect(trainable.metrics().deadUnits).toBe(0);
  });

  test('are 0 before the first update but for the norm of the weights', () => {
    const metrics = createNetwork().metrics('actor');
    expect(metrics).toEqual({
      actorGradientNorm: 0,
      actorWeightNorm: 4,
      actorUpdateRatio: 0,
      actorDeadUnits: 0,
      actorSaturatedUnits: 0,
    });
  });

  test('are 0 where there are no weights to set a step against', () => {
    const trainable = createNetwork({ learningRate: 0 });
    trainable.network.parameters.fill(0);
    update(trainable);
    expect(trainable.metrics().updateRatio).toBe(0);
  });

  test('are saved and restored', () => {
    const trainable = createNetwork();
    update(trainable);
    const twin = createNetwork();
    twin.restore(trainable.snapshot());
    expect(twin.metrics()).toEqual(trainable.metrics());
  });

  test('stay as they are where another network was to be restored', () => {
    const trainable = createNetwork();
    update(trainable);
    const before = trainable.metrics();
    const other = createNetwork({ l2: 0.2 }).snapshot();
    expect(() => trainable.restore(other)).toThrow('the saved optimizer is another one');
    expect(trainable.metrics()).toEqual(before);
  });
});
