import { describe, expect, test } from 'vitest';
import { countIdleUnits } from '../../networks/idle-units.ts';
import { activation } from '../../networks/layers/activation.ts';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { residual } from '../../networks/layers/residual.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { float64Network } from '../helpers/float64-network.ts';

const NOTHING = { relu: 0, dead: 0, bounded: 0, saturated: 0 };

/** What an activation alone, of two units, counts for rows that are written one after the other. */
function countOf(kind: 'relu' | 'tanh' | 'sigmoid' | 'elu', ...inputs: readonly number[]) {
  const net = float64Network({ input: [2], layers: [activation(kind)] });
  net.forward(Float64Array.from(inputs), inputs.length / 2);
  return countIdleUnits(net);
}

describe('idle units', () => {
  test('of relu are those that are 0 in every row', () => {
    expect(countOf('relu', 1, -1, -2, -3)).toEqual({ ...NOTHING, relu: 2, dead: 1 });
    expect(countOf('relu', -1, -1, -2, 3)).toEqual({ ...NOTHING, relu: 2, dead: 1 });
    expect(countOf('relu', -1, -1, 2, 3)).toEqual({ ...NOTHING, relu: 2, dead: 0 });
    expect(countOf('relu', 0, -1, 0, -3)).toEqual({ ...NOTHING, relu: 2, dead: 2 });
  });

  test('of tanh and sigmoid are those that are at a bound in every row', () => {
    // tanh 2.65 = 0.9901, tanh 2.6 = 0.9890; σ of twice as much is as far from its bounds.
    expect(countOf('tanh', 2.65, 2.65, -2.65, 2.6)).toEqual({
      ...NOTHING,
      bounded: 2,
      saturated: 1,
    });
    expect(countOf('sigmoid', -5.3, -5.2, 5.3, 5.3)).toEqual({
      ...NOTHING,
      bounded: 2,
      saturated: 1,
    });
  });

  test('are not counted where there is no bound', () => {
    expect(countOf('elu', -50, -50)).toEqual(NOTHING);
  });

  test('of a convolution are filters that are idle at every place', () => {
    const layers = [conv2d(2, 1, { activation: 'relu', bias: false })];
    const net = float64Network({ input: [1, 3, 1], layers });
    net.parameters.set([1, -1]);
    net.forward(Float64Array.of(1, 2, 3, 4, 5, 6), 2);
    expect(countIdleUnits(net)).toEqual({ ...NOTHING, relu: 2, dead: 1 });
    net.forward(Float64Array.of(1, 2, 3, 4, 5, -6), 2);
    expect(countIdleUnits(net)).toEqual({ ...NOTHING, relu: 2, dead: 0 });
  });

  test('are found inside of other layers, and in heads', () => {
    const dead = dense(3, { activation: 'relu', initializer: { kind: 'constant', value: -1 } });
    const net = float64Network({
      input: [3],
      layers: [residual([dead], { activation: 'relu' })],
      heads: { a: [dense(4, { activation: 'tanh' })], b: [dead] },
    });
    net.forward(Float64Array.of(1, 2, 3), 1);
    const { relu, dead: idle, bounded } = countIdleUnits(net);
    // relu(x + relu(−6)) = x is alive.
    expect([relu, idle, bounded]).toEqual([9, 6, 4]);
  });
});

describe('the outputs of layers', () => {
  test('are those of the last forward pass, by their names, in every engine', () => {
    const specification = network({
      input: [2],
      layers: [residual([dense(2)])],
      heads: { sum: [dense(1)] },
    });
    for (const net of [float64Network(specification), simdEngine().create(specification)]) {
      net.parameters.set([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      (net.forward as (inputs: object, rows: number) => unknown)(
        net.parameters.slice(0, 4), // (1, 2) and (3, 4)
        2,
      );
      const outputs = net.layerOutputs?.() ?? [];
      expect(outputs.map(({ plan, values }) => [plan.name, [...values]])).toEqual([
        ['layers[0]', [12 + 1, 16 + 2, 20 + 3, 28 + 4]],
        ['layers[0].layers[0]', [12, 16, 20, 28]],
        ['heads.sum[0]', [7 * 13 + 8 * 18 + 9, 7 * 23 + 8 * 32 + 9]],
      ]);
    }
  });

  test('are an error before there are any', () => {
    const net = simdEngine().create(network({ input: [2], layers: [dense(2)] }));
    expect(() => net.layerOutputs?.()).toThrow('Network.layerOutputs: go forward first.');
  });
});
