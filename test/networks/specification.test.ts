import { describe, expect, test } from 'vitest';
import { mlp, mlpShapes } from '../../networks/specification.ts';

describe('a perceptron', () => {
  test('is data that survives JSON', () => {
    const specification = mlp({ hidden: [120, 84], activation: 'tanh' });
    expect(JSON.parse(JSON.stringify(specification))).toEqual(specification);
    expect(mlp()).toEqual({ kind: 'mlp', hidden: [64, 64], activation: 'relu' });
  });

  test('comes to dense layers between input and output', () => {
    // 4·120 + 120 = 600, 120·84 + 84 = 10164, 84·2 + 2 = 170: CleanRL's network for CartPole.
    expect(mlpShapes(mlp({ hidden: [120, 84] }), 4, 2)).toEqual([
      { inputSize: 4, outputSize: 120, parameters: 600 },
      { inputSize: 120, outputSize: 84, parameters: 10_164 },
      { inputSize: 84, outputSize: 2, parameters: 170 },
    ]);
    expect(mlpShapes(mlp({ hidden: [] }), 3, 2)).toEqual([
      { inputSize: 3, outputSize: 2, parameters: 8 },
    ]);
  });

  test('is refused with sizes or names that make no sense', () => {
    expect(() => mlp({ hidden: [64, 0] })).toThrow(
      'mlp: hidden[1] must be an integer of at least 1',
    );
    expect(() => mlp({ activation: 'rely' as never })).toThrow('Did you mean "relu"?');
    expect(() => mlp({ hiden: [] } as never)).toThrow('Did you mean "hidden"?');
    expect(() => mlpShapes(mlp(), 0, 1)).toThrow('inputSize must be an integer of at least 1');
  });
});
