import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { dense } from '../../networks/layers/dense.ts';
import { elman } from '../../networks/layers/elman.ts';
import { gru } from '../../networks/layers/gru.ts';
import { lstm } from '../../networks/layers/lstm.ts';
import type { Layer } from '../../networks/layers/registry.ts';
import type { Network } from '../../networks/network.ts';
import { planNetwork } from '../../networks/plan.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import {
  type NetworkOptions,
  network,
} from '../../networks/specification/network-specification.ts';
import { gradientError } from '../helpers/gradient-check.ts';
import { compareWithTorch, TORCH_CASES } from '../helpers/torch-layers.ts';

const MOST = 1e-4; // of a gradient
const LN3 = Math.log(3); // σ(ln 3) = 3/4, σ(−ln 3) = 1/4, tanh(½ ln 3) = 1/2

function create(options: NetworkOptions, inputGradients = false): Network<Float64Array> {
  const engine = new ReferenceEngine((length) => new Float64Array(length));
  return engine.create(network(options), { seed: 3, inputGradients });
}

function normals(length: number, seed: number): Float64Array {
  const rng = new Alea(seed, 'test');
  return Float64Array.from({ length }, () => rng.normal());
}

/** 1 with a chance of 0.3. */
function randomStarts(length: number, seed: number): Uint8Array {
  const rng = new Alea(seed, 'starts');
  return Uint8Array.from({ length }, () => (rng.uniform() < 0.3 ? 1 : 0));
}

const CASES: readonly (readonly [string, readonly Layer[]])[] = [
  ['an Elman layer', [elman(4)]],
  ['an Elman layer with ReLU', [elman(4, { activation: 'relu' })]],
  ['an LSTM', [lstm(4)]],
  ['a GRU', [gru(4)]],
  ['an LSTM on an LSTM', [lstm(3), lstm(4)]],
  ['a GRU on an LSTM on an Elman layer', [elman(4), lstm(3), gru(2), dense(3)]],
];

describe('a cell by hand', () => {
  test('an Elman step is tanh(x W + h U + b)', () => {
    const net = create({ input: [2], layers: [elman(1)] });
    net.parameters.set([1, 2, 3, LN3 / 2 - 11]); // W, U, b
    const state = Float64Array.of(2);
    // 1 · 1 + 2 · 2 + 2 · 3 + ½ ln 3 − 11 = ½ ln 3
    expect(net.forward(Float64Array.of(1, 2), 1, { state })[0]).toBeCloseTo(0.5, 14);
    expect(state[0]).toBeCloseTo(0.5, 14);
  });

  test('an LSTM step keeps f c + i g, and shows o tanh of it', () => {
    const net = create({ input: [1], layers: [lstm(1)] });
    const inputWeights = [1, 2, 3, 4];
    const recurrentWeights = [5, 6, 7, 8];
    // With x = 1 and h = 2 the sums become ln 3, 0, ½ ln 3 and −ln 3.
    const bias = [LN3 - 11, -14, LN3 / 2 - 17, -LN3 - 20];
    net.parameters.set([...inputWeights, ...recurrentWeights, ...bias]);
    const state = Float64Array.of(2, 10); // h, c
    const [h] = net.forward(Float64Array.of(1), 1, { state });
    const cell = 0.5 * 10 + 0.75 * 0.5; // f c + i g
    expect(state[1]).toBeCloseTo(cell, 12);
    expect(h).toBeCloseTo(0.25 * Math.tanh(cell), 12);
    expect(state[0]).toBe(h);
  });

  test('a GRU step mixes what it remembers with a candidate that the reset gate let see it', () => {
    const net = create({ input: [1], layers: [gru(1)] });
    const inputWeights = [1, 2, 3];
    const recurrentWeights = [4, 5, 6];
    // With x = 1 and h = 2: r = σ(ln 3), z = σ(−ln 3), and the candidate's sums −8.5 + ½ ln 3, 12.
    const inputBias = [LN3 - 1, -2, LN3 / 2 - 12];
    const recurrentBias = [-8, -LN3 - 10, 0];
    net.parameters.set([...inputWeights, ...recurrentWeights, ...inputBias, ...recurrentBias]);
    const state = Float64Array.of(2);
    const [h] = net.forward(Float64Array.of(1), 1, { state });
    const candidate = 0.5; // tanh(½ ln 3 − 9 + ¾ · 12)
    expect(h).toBeCloseTo(0.75 * candidate + 0.25 * 2, 12);
    expect(state[0]).toBe(h);
  });
});

describe.each(CASES)('%s', (_, layers) => {
  test('does in one call of 10 steps what it does in 10 calls of one', () => {
    const [batch, steps, inputs] = [3, 10, 2];
    const net = create({ input: [inputs], layers });
    const x = normals(steps * batch * inputs, 1);
    const starts = randomStarts(steps * batch, 2);
    const before = normals(batch * net.plan.stateSize, 3);
    const atOnce = before.slice();
    const whole = net.forward(x, steps * batch, { steps, starts, state: atOnce }).slice();
    const stepwise = before.slice();
    for (let t = 0; t < steps; t++) {
      const outputs = net.forward(x.subarray(t * batch * inputs), batch, {
        starts: starts.subarray(t * batch, (t + 1) * batch),
        state: stepwise,
      });
      const size = batch * net.outputSize;
      expect(outputs).toEqual(whole.subarray(t * size, (t + 1) * size));
    }
    expect(stepwise).toEqual(atOnce);
    expect(stepwise).not.toEqual(before);
  });

  test('has the gradients of its formulas over 5 steps with starts', () => {
    const forward = { steps: 5, starts: Uint8Array.of(0, 0, 0, 1, 0, 0, 1, 0, 0, 0) };
    expect(gradientError({ input: [2], layers }, { rows: 10, forward })).toBeLessThan(MOST);
  });

  test('has them over one step and over many, with no start and with starts everywhere', () => {
    const options = { input: [2], layers };
    expect(gradientError(options, { rows: 2 })).toBeLessThan(MOST);
    expect(gradientError(options, { rows: 8, forward: { steps: 8 } })).toBeLessThan(MOST);
    const forward = { steps: 3, starts: new Uint8Array(6).fill(1) };
    expect(gradientError(options, { rows: 6, forward })).toBeLessThan(MOST);
  });

  test('begins with zeros where it is given no state, and at each start', () => {
    const net = create({ input: [2], layers });
    const x = normals(2, 4);
    const fresh = net.forward(x, 1).slice();
    const state = normals(net.plan.stateSize, 5);
    expect(net.forward(x, 1, { state: state.slice() })).not.toEqual(fresh);
    expect(net.forward(x, 1, { state, starts: Uint8Array.of(1) })).toEqual(fresh);
    expect(net.forward(x, 1)).toEqual(fresh); // what was left is forgotten
  });

  test('lets no gradient past a start, nor out of its own sequence', () => {
    const [batch, steps] = [2, 4];
    const net = create({ input: [2], layers }, true);
    const starts = Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0); // sequence 0 starts anew at step 2
    net.forward(normals(16, 6), batch * steps, { steps, starts });
    const outputGradients = new Float64Array(batch * steps * net.outputSize);
    outputGradients.fill(1, (steps - 1) * batch * net.outputSize); // the last step of both
    net.backward(outputGradients);
    const isReached = (row: number) =>
      net.inputGradients.subarray(2 * row, 2 * row + 2).some((gradient) => gradient !== 0);
    expect(Array.from({ length: 8 }, (_, row) => isReached(row))).toEqual([
      ...[false, true, false, true], // steps 0 and 1
      ...[true, true, true, true],
    ]);
  });

  test('goes backward twice after one forward with the same result', () => {
    const net = create({ input: [2], layers });
    net.forward(normals(12, 7), 6, { steps: 3 });
    const outputGradients = normals(6 * net.outputSize, 8);
    net.backward(outputGradients);
    const once = net.gradients.slice();
    net.backward(outputGradients);
    net.gradients.forEach((gradient, i) => {
      expect(gradient).toBeCloseTo(2 * once[i], 12);
    });
  });
});

describe('what a recurrent layer needs', () => {
  test('parameters and states have the names and shapes that the documentation says', () => {
    const plan = planNetwork(network({ input: [3], layers: [elman(2), lstm(4), gru(5)] }));
    expect(plan.parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ['layers[0].inputWeights', [3, 2]],
      ['layers[0].recurrentWeights', [2, 2]],
      ['layers[0].bias', [2]],
      ['layers[1].inputWeights', [2, 16]],
      ['layers[1].recurrentWeights', [4, 16]],
      ['layers[1].bias', [16]],
      ['layers[2].inputWeights', [4, 15]],
      ['layers[2].recurrentWeights', [5, 15]],
      ['layers[2].inputBias', [15]],
      ['layers[2].recurrentBias', [15]],
    ]);
    expect(plan.states.map(({ name, offset, size }) => [name, offset, size])).toEqual([
      ['layers[0].hidden', 0, 2],
      ['layers[1].hidden', 2, 4],
      ['layers[1].cell', 6, 4],
      ['layers[2].hidden', 10, 5],
    ]);
    expect(plan.stateSize).toBe(15);
    expect(plan.layers.map((layer) => layer.multiplyAdds)).toEqual([
      (3 + 2) * 2,
      (2 + 4) * 16,
      (4 + 5) * 15,
    ]);
  });

  test('biases begin at 0, and a forget gate open', () => {
    const net = create({ input: [1], layers: [lstm(2, { forgetBias: 1.5 }), gru(1)] });
    const { parameters } = net.plan;
    const values = (i: number) =>
      [...net.parameters].slice(parameters[i].offset, parameters[i].offset + parameters[i].size);
    expect(values(2)).toEqual([0, 0, 1.5, 1.5, 0, 0, 0, 0]);
    expect([...values(5), ...values(6)]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('each matrix has an initializer of its own, and the fans of one gate', () => {
    const initializer = { kind: 'constant', value: 7 } as const;
    const recurrentInitializer = { kind: 'constant', value: 8 } as const;
    const net = create({ input: [1], layers: [gru(2, { initializer, recurrentInitializer })] });
    const [inputWeights, recurrentWeights] = net.plan.parameters;
    expect([inputWeights.fanIn, inputWeights.fanOut]).toEqual([1, 2]);
    expect([recurrentWeights.fanIn, recurrentWeights.fanOut]).toEqual([2, 2]);
    expect([...net.parameters.subarray(0, 6)]).toEqual(new Array(6).fill(7));
    expect([...net.parameters.subarray(6, 18)]).toEqual(new Array(12).fill(8));
  });

  test('the weights from step to step begin orthonormal', () => {
    const net = create({ input: [1], layers: [elman(2)] });
    const [, , a, b, c, d] = net.parameters;
    expect(a * a + b * b).toBeCloseTo(1, 12);
    expect(a * c + b * d).toBeCloseTo(0, 12);
  });

  test('what does not fit is named', () => {
    const image = { input: [4, 2], layers: [lstm(3)] };
    expect(() => planNetwork(network(image))).toThrow('network: layers[0] (lstm) takes rows');
    expect(() => elman(3, { activation: 'sigmoid' as never })).toThrow('elman: activation');
    expect(() => gru(0)).toThrow('gru: units must be an integer of at least 1, got 0.');
    expect(() => lstm(3, { forgetBias: Number.NaN })).toThrow('lstm: forgetBias');
    expect(() => gru(3, { forgetBias: 1 } as never)).toThrow('unknown option "forgetBias"');
  });

  test('it is JSON', () => {
    const specification = network({ input: [3], layers: [elman(2), lstm(4), gru(5)] });
    const copy = JSON.parse(JSON.stringify(specification));
    expect(network(copy)).toEqual(specification);
  });
});

test('a network may be given more and fewer sequences from call to call', () => {
  const net = create({ input: [2], layers: [lstm(3), gru(2)] });
  const x = normals(2 * 40, 9);
  const state = normals(2 * net.plan.stateSize, 10);
  const first = net.forward(x, 2, { state: state.slice() }).slice();
  net.forward(x, 40, { steps: 4 }); // moves everything
  expect(net.forward(x, 2, { state: state.slice() })).toEqual(first);
});

test.each(TORCH_CASES.filter(({ name }) => /elman|lstm|gru/.test(name)))(
  '$name: outputs and gradients are PyTorch’s',
  (recorded) => {
    const engine = new ReferenceEngine((length) => new Float64Array(length));
    const errors = compareWithTorch(engine, (values) => Float64Array.from(values), recorded);
    expect(Math.max(...Object.values(errors))).toBeLessThan(1e-8);
  },
);
