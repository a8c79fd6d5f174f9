import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Conv2d, type Conv2dOptions, conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import type { Layer } from '../../networks/layers/registry.ts';
import type { Padding, Pair } from '../../networks/layers/window.ts';
import { planNetwork } from '../../networks/plan.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { ACTIVATIONS } from '../../networks/specification/activation.ts';
import { network } from '../../networks/specification/network-specification.ts';
import type { Shape } from '../../networks/specification/shape.ts';
import { gradientError } from '../helpers/gradient-check.ts';

const MOST = 1e-4; // of a gradient

type Layers = readonly Layer[];

function convolve(input: Shape, layers: Layers, parameters: number[], image: number[], rows = 1) {
  const engine = new ReferenceEngine((length) => new Float64Array(length));
  const net = engine.create(network({ input, layers }), { inputGradients: true });
  expect(net.parameters).toHaveLength(parameters.length);
  net.parameters.set(parameters);
  const outputs = [...net.forward(Float64Array.from(image), rows)];
  return { net, outputs };
}

function outputOf(input: Shape, filters: number, kernel: number | Pair, options?: Conv2dOptions) {
  return planNetwork(network({ input, layers: [conv2d(filters, kernel, options)] })).layers[0]
    .output;
}

// 1 2 3
// 4 5 6
// 7 8 9
const IMAGE = [1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('a convolution', () => {
  test('sums what its kernel sees at each place', () => {
    // 1 10 over 100 1000, and a bias of 0.5.
    const weights = [1, 10, 100, 1000];
    const { outputs } = convolve([3, 3, 1], [conv2d(1, 2)], [...weights, 0.5], IMAGE);
    // 1 · 1 + 2 · 10 + 4 · 100 + 5 · 1000, then one to the right, then below.
    expect(outputs).toEqual([5421.5, 6532.5, 8754.5, 9865.5]);
  });

  test('has its weights by line, column, channel and filter', () => {
    // Two pixels with two channels each, (1, 2) and (3, 4), under one kernel with two filters.
    const weights = [1, 10, 2, 20, 3, 30, 4, 40];
    const layer = conv2d(2, [1, 2], { bias: false });
    const { outputs } = convolve([1, 2, 2], [layer], weights, [1, 2, 3, 4]);
    expect(outputs).toEqual([1 + 4 + 9 + 16, 10 + 40 + 90 + 160]);
  });

  test('moves by its strides', () => {
    const layer = conv2d(1, 1, { stride: [2, 1], bias: false });
    expect(convolve([3, 3, 1], [layer], [1], IMAGE).outputs).toEqual([1, 2, 3, 7, 8, 9]);
    const other = conv2d(1, 1, { stride: [1, 2], bias: false });
    expect(convolve([3, 3, 1], [other], [1], IMAGE).outputs).toEqual([1, 3, 4, 6, 7, 9]);
  });

  test('leaves out pixels by its dilation', () => {
    const layer = conv2d(1, 2, { dilation: 2, bias: false });
    // 1 and 3 over 7 and 9
    expect(convolve([3, 3, 1], [layer], [1, 10, 100, 1000], IMAGE).outputs).toEqual([9731]);
  });

  test('leaves them out beyond the edge, too', () => {
    const layer = conv2d(1, 2, { dilation: 2, stride: 2, padding: 'same', bias: false });
    // 1 alone: the other three are one pixel beyond the edge
    expect(convolve([2, 2, 1], [layer], [1, 10, 100, 1000], [1, 2, 3, 4]).outputs).toEqual([1]);
  });

  test('with the same padding sees zeros around, more of them below and on the right', () => {
    const layer = conv2d(1, 2, { padding: 'same', bias: false });
    const { outputs } = convolve([3, 3, 1], [layer], [1, 10, 100, 1000], IMAGE);
    // biome-ignore format: an image
    expect(outputs).toEqual([
      5421, 6532, 603,
      8754, 9865, 906,
        87,   98,   9,
    ]);
  });

  test('with the same padding on both sides where that is even', () => {
    const layer = conv2d(1, [1, 3], { padding: 'same', bias: false });
    const { outputs } = convolve([1, 3, 1], [layer], [1, 10, 100], [1, 2, 3]);
    expect(outputs).toEqual([210, 321, 32]);
  });

  test('treats each row of the batch by itself', () => {
    const layers = [conv2d(1, 2, { padding: 'same', bias: false })];
    const weights = [1, 10, 100, 1000];
    const other = IMAGE.toReversed();
    const both = convolve([3, 3, 1], layers, weights, [...IMAGE, ...other], 2).outputs;
    const first = convolve([3, 3, 1], layers, weights, IMAGE).outputs;
    const second = convolve([3, 3, 1], layers, weights, other).outputs;
    expect(both).toEqual([...first, ...second]);
  });

  test('gives back gradients by hand', () => {
    const layer = conv2d(1, 2);
    const { net } = convolve([2, 3, 1], [layer], [1, 10, 100, 1000, 0], [1, 2, 3, 4, 5, 6]);
    net.backward(Float64Array.of(1, 2)); // ∂loss/∂y of both places
    // Weights: 1 · (1 2 4 5) + 2 · (2 3 5 6); bias: 1 + 2.
    expect([...net.gradients]).toEqual([5, 8, 14, 17, 3]);
    // Pixels: the kernel at the first place, and twice it at the second.
    expect([...net.inputGradients]).toEqual([1, 10 + 2, 20, 100, 1000 + 200, 2000]);
  });

  test('adds to gradients that are there, and writes those of inputs anew', () => {
    const { net } = convolve([2, 3, 1], [conv2d(1, 2)], [1, 10, 100, 1000, 0], [1, 2, 3, 4, 5, 6]);
    net.backward(Float64Array.of(1, 2));
    net.backward(Float64Array.of(1, 2));
    expect([...net.gradients]).toEqual([10, 16, 28, 34, 6]);
    expect([...net.inputGradients]).toEqual([1, 12, 20, 100, 1200, 2000]);
  });
});

describe('the shape of a convolution', () => {
  test.each<[string, Shape, number | Pair, Conv2dOptions, Shape]>([
    ['84 by 8 in steps of 4', [84, 84, 4], 8, { stride: 4 }, [20, 20, 5]],
    ['20 by 4 in steps of 2', [20, 20, 4], 4, { stride: 2 }, [9, 9, 5]],
    ['9 by 3', [9, 9, 4], 3, {}, [7, 7, 5]],
    ['a step that leaves a rest', [6, 9, 1], [3, 2], { stride: [2, 4] }, [2, 2, 5]],
    ['the same', [7, 8, 1], 3, { padding: 'same' }, [7, 8, 5]],
    ['the same in steps', [7, 8, 1], 3, { padding: 'same', stride: [2, 3] }, [4, 3, 5]],
    ['a dilated kernel', [7, 8, 1], [3, 2], { dilation: [3, 2] }, [1, 6, 5]],
  ])('is that of the places: %s', (_, input, kernel, options, output) => {
    expect(outputOf(input, 5, kernel, options)).toEqual(output);
  });

  test('counts parameters, and multiplications with an addition', () => {
    const plan = planNetwork(
      network({ input: [84, 84, 4], layers: [conv2d(32, 8, { stride: 4 })] }),
    );
    expect(plan.parameterCount).toBe(8 * 8 * 4 * 32 + 32);
    expect(plan.multiplyAdds).toBe(20 * 20 * (8 * 8 * 4) * 32);
    expect(plan.parameters[0]).toMatchObject({
      name: 'layers[0].weights',
      shape: [8, 8, 4, 32],
      fanIn: 8 * 8 * 4,
      fanOut: 8 * 8 * 32,
    });
  });
});

/** y[i][j][f] = Σ x[i · stride + k · dilation − before][…][c] · w[k][l][c][f], zeros outside. */
function byDefinition(input: Shape, layer: Conv2d, image: Float64Array, weights: Float64Array) {
  const { kernel, stride, dilation, padding, filters } = layer;
  const [height, width, channels] = input;
  const [lines, columns] = [0, 1].map((axis) => {
    const covered = (kernel[axis] - 1) * dilation[axis] + 1;
    const free = input[axis] - covered;
    if (padding === 'valid') return { places: Math.floor(free / stride[axis]) + 1, before: 0 };
    const places = Math.ceil(input[axis] / stride[axis]);
    const total = Math.max((places - 1) * stride[axis] - free, 0);
    return { places, before: Math.floor(total / 2) };
  });
  const outputs: number[] = [];
  for (let place = 0; place < lines.places * columns.places * filters; place++) {
    const f = place % filters;
    const j = Math.floor(place / filters) % columns.places;
    const i = Math.floor(place / (filters * columns.places));
    let sum = 0;
    for (let w = 0; w < kernel[0] * kernel[1] * channels; w++) {
      const c = w % channels;
      const l = Math.floor(w / channels) % kernel[1];
      const k = Math.floor(w / (channels * kernel[1]));
      const line = i * stride[0] + k * dilation[0] - lines.before;
      const column = j * stride[1] + l * dilation[1] - columns.before;
      if (line < 0 || line >= height || column < 0 || column >= width) continue;
      sum += image[(line * width + column) * channels + c] * weights[w * filters + f];
    }
    outputs.push(sum);
  }
  return outputs;
}

test('any convolution is the sum of its definition', () => {
  const pair = (most: number) => {
    const length = fc.integer({ min: 1, max: most });
    return fc.tuple(length, length);
  };
  const geometry = fc.record({
    size: pair(7),
    channels: fc.integer({ min: 1, max: 3 }),
    filters: fc.integer({ min: 1, max: 3 }),
    kernel: pair(4),
    stride: pair(4),
    dilation: pair(2),
    padding: fc.constantFrom<Padding[]>('valid', 'same'),
  });
  fc.assert(
    fc.property(geometry, ({ size, channels, filters, kernel, ...options }) => {
      const input = [...size, channels];
      const layer = conv2d(filters, kernel, { ...options, bias: false });
      const covers = [0, 1].every(
        (axis) => (kernel[axis] - 1) * layer.dilation[axis] < input[axis],
      );
      fc.pre(layer.padding === 'same' || covers);
      const engine = new ReferenceEngine((length) => new Float64Array(length));
      const net = engine.create(network({ input, layers: [layer] }));
      net.parameters.forEach((_, i) => {
        net.parameters[i] = ((i * 7) % 11) - 5; // whole numbers: sums are exact
      });
      const image = Float64Array.from({ length: net.inputSize }, (_, i) => ((i * 5) % 13) - 6);
      const expected = byDefinition(input, layer, image, net.parameters);
      expect([...net.forward(image, 1)]).toEqual(expected);
    }),
    { seed: 4, numRuns: 500 },
  );
});

describe('the gradients of a convolution are those of its formula', () => {
  test.each<[string, Shape, number | Pair, Conv2dOptions]>([
    ['valid', [4, 5, 2], [2, 3], {}],
    ['in steps', [5, 6, 2], 2, { stride: [2, 3] }],
    ['in steps that leave a rest', [5, 6, 1], 2, { stride: 2 }],
    ['in steps beyond the kernel', [5, 5, 1], 2, { stride: 3 }],
    ['dilated', [5, 6, 2], 2, { dilation: [2, 3] }],
    ['dilated and the same', [4, 4, 1], 2, { dilation: 2, stride: 2, padding: 'same' }],
    ['the same', [4, 5, 2], 3, { padding: 'same' }],
    ['the same in steps', [5, 4, 2], [2, 3], { padding: 'same', stride: 2 }],
    ['the same, larger than the image', [2, 3, 1], 5, { padding: 'same' }],
    ['of 1 × 1', [3, 4, 3], 1, {}],
    ['of 1 × 1 in steps', [3, 4, 3], 1, { stride: 2 }],
    ['as large as the image', [3, 2, 2], [3, 2], {}],
    [
      'as large as the image, dilated over its edge',
      [2, 2, 1],
      2,
      { dilation: 2, stride: 2, padding: 'same' },
    ],
    ['that cuts lines into pieces', [2, 6, 2], [1, 3], { stride: [1, 3] }],
    ['that cuts the image into stripes', [4, 3, 2], [2, 3], { stride: 2 }],
    ['that cuts the image into squares', [4, 4, 1], 2, { stride: 2 }],
    ['without a bias', [3, 3, 2], 2, { bias: false }],
  ])('%s', (_, input, kernel, options) => {
    const first = conv2d(2, kernel, { activation: 'tanh', ...options });
    expect(gradientError({ input, layers: [first] })).toBeLessThan(MOST);
  });

  test.each(ACTIVATIONS)('with %s', (activation) => {
    const layers = [conv2d(2, 2, { activation }), flatten(), dense(2)];
    expect(gradientError({ input: [3, 4, 2], layers })).toBeLessThan(MOST);
  });

  test('through one another', () => {
    const layers = [
      conv2d(3, 3, { activation: 'silu', padding: 'same' }),
      conv2d(2, 1, { activation: 'gelu' }),
      conv2d(2, 2, { activation: 'tanh', stride: 2 }),
    ];
    expect(gradientError({ input: [5, 4, 2], layers }, { rows: 2 })).toBeLessThan(MOST);
  });
});

describe('a batch of more patches than are laid out at once', () => {
  // 14 × 14 places of 8 × 8 × 8 numbers: 128 patches at once, so one row takes two chunks.
  const input = [21, 21, 8];
  const rows = 3;
  const layers = [conv2d(3, 8, { activation: 'tanh' })];
  const engine = new ReferenceEngine((length) => new Float64Array(length));
  const make = () => engine.create(network({ input, layers }), { inputGradients: true });
  const image = (seed: number) =>
    Float64Array.from(
      { length: 21 * 21 * 8 },
      (_, i) => ((i * 7919 + seed * 104729) % 1000) / 1000 - 0.5,
    );
  const images = [1, 2, 3].map(image);
  const outputGradients = Float64Array.from({ length: rows * 14 * 14 * 3 }, (_, i) => (i % 13) - 6);

  const whole = make();
  const outputs = [...whole.forward(Float64Array.from(images.flatMap((x) => [...x])), rows)];
  whole.backward(outputGradients);

  test('gives what its rows give one by one', () => {
    const single = make();
    const size = single.outputSize;
    images.forEach((x, row) => {
      expect([...single.forward(x, 1)]).toEqual(outputs.slice(row * size, (row + 1) * size));
      single.backward(outputGradients.subarray(row * size, (row + 1) * size));
      const from = row * single.inputSize;
      const expected = whole.inputGradients.subarray(from, from + single.inputSize);
      const worst = single.inputGradients.reduce(
        (most, g, i) => Math.max(most, Math.abs(g - expected[i])),
        0,
      );
      expect(worst).toBeLessThan(1e-12);
    });
    const worst = single.gradients.reduce(
      (most, g, i) => Math.max(most, Math.abs(g - whole.gradients[i])),
      0,
    );
    expect(worst).toBeLessThan(1e-9);
  });
});

test('convolutions share a place for patches that is as large as the largest needs', () => {
  const engine = new ReferenceEngine((length) => new Float64Array(length));
  const make = (layers: Layers) => engine.create(network({ input: [6, 6, 4], layers }));
  const image = new Float64Array(6 * 6 * 4).fill(1);
  const net = make([conv2d(1, 3), conv2d(1, 2)]); // 16 · 36 numbers, then 9 · 4
  net.forward(image, 1);
  const neighbor = make([conv2d(1, 1)]);
  const outputs = neighbor.forward(image, 1);
  const before = [...outputs];
  net.forward(image, 1);
  expect([...outputs]).toEqual(before);
  expect(engine.heap.used).toBeLessThan(65_536); // no more than so few patches need
});

describe('a convolution is refused', () => {
  const plan = (input: Shape, ...layers: Layers) => planNetwork(network({ input, layers }));

  test('where there is no image', () => {
    expect(() => plan([4, 4], conv2d(1, 2))).toThrow(
      'network: layers[0] (conv2d) takes images of height × width × channels, not shape 4 × 4.',
    );
  });

  test('where the kernel does not fit', () => {
    expect(() => plan([4, 4, 1], conv2d(1, 3), conv2d(1, [2, 3], { dilation: 2 }))).toThrow(
      'network: layers[1] (conv2d) has a window of 3 × 5, more than an input of shape 2 × 2 × 1.',
    );
  });

  test('where it does not fit in one direction only', () => {
    expect(() => plan([2, 9, 1], conv2d(1, 3))).toThrow('has a window of 3 × 3, more than');
    expect(() => plan([9, 2, 1], conv2d(1, 3))).toThrow('has a window of 3 × 3, more than');
  });

  test.each<[string, () => unknown, string]>([
    ['0 filters', () => conv2d(0, 3), 'conv2d: filters must be an integer of at least 1, got 0.'],
    [
      'a kernel of 0',
      () => conv2d(1, 0),
      'conv2d: kernel must be an integer of at least 1, got 0.',
    ],
    ['half a pixel', () => conv2d(1, [3, 1.5]), 'conv2d: kernel[1] must be an integer'],
    [
      'three strides',
      () => conv2d(1, 3, { stride: [1, 1, 1] as never }),
      'conv2d: stride must be a number, or a pair of height and width, got [1, 1, 1].',
    ],
    ['a dilation of 0', () => conv2d(1, 3, { dilation: [0, 1] }), 'conv2d: dilation[0] must be'],
    [
      'full padding',
      () => conv2d(1, 3, { padding: 'full' as never }),
      'conv2d: padding must be one of valid, same, got "full".',
    ],
    ['no activation', () => conv2d(1, 3, { activation: 'rellu' as never }), 'Did you mean "relu"?'],
    ['a typo', () => conv2d(1, 3, { strides: 2 } as never), 'Did you mean "stride"?'],
  ])('with %s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test('in JSON, by its place', () => {
    const layers = [{ kind: 'conv2d', filters: 2, kernel: [3, 0] }] as never;
    expect(() => network({ input: [4, 4, 1], layers })).toThrow(
      'network: layers[0] (conv2d): kernel[1] must be an integer of at least 1, got 0.',
    );
  });
});

test('a convolution is complete in JSON', () => {
  expect(conv2d(8, 3, { stride: [1, 2], activation: 'relu' })).toEqual({
    kind: 'conv2d',
    filters: 8,
    kernel: [3, 3],
    stride: [1, 2],
    dilation: [1, 1],
    padding: 'valid',
    activation: 'relu',
    bias: true,
    initializer: { kind: 'he-uniform', gain: 1 },
  });
});
