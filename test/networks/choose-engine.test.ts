import { describe, expect, test } from 'vitest';
import {
  chooseEngine,
  ENGINE_NAMES,
  type EngineName,
  parseEngine,
} from '../../networks/choose-engine.ts';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { huberLoss } from '../../networks/losses/huber.ts';
import { openLearner } from '../../networks/open-learner.ts';
import { adam } from '../../networks/optimizers/adam.ts';
import { planNetwork } from '../../networks/plan.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import { network } from '../../networks/specification/network-specification.ts';

const relu = { activation: 'relu' } as const;
const small = network({ input: [4], layers: [...mlp(), dense(2)] });
const wide = network({ input: [1000], layers: mlp({ hidden: [2000, 2000] }) });
const minAtar = network({
  input: [10, 10, 4],
  layers: [conv2d(16, 3, relu), flatten(), dense(128, relu), dense(6)],
});
const atari = network({
  input: [84, 84, 4],
  layers: [
    conv2d(32, 8, { stride: 4, ...relu }),
    conv2d(64, 4, { stride: 2, ...relu }),
    conv2d(64, 3, relu),
    flatten(),
  ],
  heads: { values: [dense(512, relu), dense(18)] },
});

describe('the engine of a network', () => {
  test.each([
    ['a perceptron', small, 'simd'],
    ['a wide perceptron', wide, 'simd'],
    ["MinAtar's convolutions", minAtar, 'simd'],
    ["Atari's convolutions", atari, 'webgpu'],
  ])('for %s, with a GPU there', (_, specification, engine) => {
    expect(chooseEngine(planNetwork(specification), 'webgpu').engine).toBe(engine);
  });

  test('is simd where there is no GPU, and says so', () => {
    const choice = chooseEngine(planNetwork(atari), null);
    expect(choice).toEqual({ engine: 'simd', reason: 'There is no GPU that can be used.' });
  });

  test('sees convolutions inside of other layers, and in heads', () => {
    const conv = { kind: 'conv2d', filters: 64, kernel: [3, 3], padding: 'same' };
    const block = { kind: 'residual', layers: [conv] };
    const inside = network({ input: [19, 19, 64], heads: { policy: [block as never] } });
    expect(chooseEngine(planNetwork(inside), 'tfjs-node-gpu').engine).toBe('tfjs-node-gpu');
  });

  test.each(ENGINE_NAMES.filter((name) => name !== 'auto'))('is %s if asked for', (name) => {
    expect(chooseEngine(planNetwork(small), null, name).engine).toBe(name);
  });

  test('has a name that is known', () => {
    expect(parseEngine('--engine', 'tfjs-node-gpu')).toBe('tfjs-node-gpu');
    expect(() => parseEngine('--engine', 'smid')).toThrow('Did you mean "simd"?');
    expect(() => chooseEngine(planNetwork(small), null, 'gpu' as EngineName)).toThrow('"gpu"');
  });
});

describe('opening a learner', () => {
  const options = { losses: [{ loss: huberLoss() }], optimizer: adam() };
  const nothing = async (name: string): Promise<never> => {
    imported.push(name);
    throw new Error(`Cannot find package '${name}'`);
  };
  let imported: string[] = [];

  test('imports nothing for a small network', async () => {
    imported = [];
    const opened = await openLearner(small, { ...options, importer: nothing });
    expect(opened.choice.engine).toBe('simd');
    expect(opened.learner.engine).toBe('simd');
    expect([imported, opened.attempts]).toEqual([[], []]);
    opened.dispose();
  });

  test('looks for a GPU for a large one, and goes on without', async () => {
    imported = [];
    const opened = await openLearner(atari, { ...options, importer: nothing });
    expect(opened.choice).toEqual({ engine: 'simd', reason: 'There is no GPU that can be used.' });
    expect(imported).toContain('@tensorflow/tfjs-node-gpu');
    expect(opened.attempts.length).toBeGreaterThan(2);
    opened.dispose();
  });

  test('takes the engine that is asked for, or says why it cannot', async () => {
    const reference = await openLearner(small, { ...options, engine: 'reference' });
    expect(reference.learner.engine).toBe('reference');
    reference.dispose();
    const cpu = await openLearner(small, { ...options, engine: 'cpu' });
    expect(cpu.learner.engine).toBe('cpu');
    cpu.dispose();
    const none = openLearner(small, { ...options, engine: 'tfjs-node-gpu', importer: nothing });
    await expect(none).rejects.toThrow('@tensorflow/tfjs-node-gpu is not installed');
  });
});
