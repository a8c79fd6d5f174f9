import { describe, expect, test } from 'vitest';
import { Dqn } from '../../../agents/deep/action-values/dqn.ts';
import { Iqn } from '../../../agents/deep/action-values/iqn.ts';
import { noisyLayers } from '../../../agents/deep/action-values/noisy-layers.ts';
import { box, discrete } from '../../../core/space.ts';
import { concatenate } from '../../../networks/layers/concatenate.ts';
import { conv2d } from '../../../networks/layers/conv2d.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { dueling } from '../../../networks/layers/dueling.ts';
import { layerNorm } from '../../../networks/layers/layer-norm.ts';
import { noisyDense } from '../../../networks/layers/noisy-dense.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import { residual } from '../../../networks/layers/residual.ts';

const relu = { activation: 'relu' } as const;
const TASK = { observationSpace: box([-1, -1], [1, 1]), actionSpace: discrete(3) };

describe('noise', () => {
  test('comes into dense layers alone, and leaves their units and activations', () => {
    const layers = [conv2d(4, 3, { bias: false }), dense(8, relu), layerNorm(), dense(3)];
    const noisy = [layers[0], noisyDense(8, relu), layers[2], noisyDense(3)];
    expect(noisyLayers('layers', layers)).toEqual(noisy);
  });

  test('comes into dense layers inside others, however deep', () => {
    const make = (fully: (units: number) => Layer): readonly Layer[] => [
      residual([fully(8), residual([fully(8)])], { shortcut: [fully(8)], activation: 'relu' }),
      concatenate([[fully(4)], [], [layerNorm(), fully(5)]]),
      dueling({ value: [fully(1)], advantage: [fully(3)] }),
    ];
    expect(noisyLayers('layers', make(dense))).toEqual(make(noisyDense));
  });

  test('leaves what is noisy already', () => {
    const layers = [noisyDense(8, { deviation: 0.1 })];
    expect(noisyLayers('layers', layers)).toEqual(layers);
  });

  test('of a DQN reaches every weight of a residual body', () => {
    const layers = [dense(8), residual([dense(8, relu), dense(8)])];
    const { plan } = new Dqn(TASK, { layers, noisy: true }).values.network;
    const names = plan.parameters.map(({ name }) => name);
    const weights = names.filter((name) => name.endsWith('.weights'));
    expect(weights).toHaveLength(4);
    for (const name of weights) expect(names).toContain(`${name}Deviation`);
  });

  test.each([
    ['layers[1] (dense)', [dense(2), dense(2, { bias: false })]],
    ['layers[0].layers[0] (dense)', [residual([dense(2, { bias: false })])]],
    ['layers[0].branches[1][0] (dense)', [concatenate([[], [dense(2, { bias: false })]])]],
  ])('is refused by %s without a bias', (name, layers) => {
    const message = `${name} must have a bias where noisy is true, got bias: false.`;
    expect(() => new Dqn(TASK, { layers, noisy: true })).toThrow(message);
    expect(() => new Iqn(TASK, { layers, noisy: true })).toThrow(message);
    expect(() => new Iqn(TASK, { headLayers: layers, noisy: true })).toThrow(
      message.replace('layers', 'headLayers'),
    );
    expect(() => new Dqn(TASK, { layers })).not.toThrow();
  });
});
