import { describe, expect, test } from 'vitest';
import { Alea } from '../../../core/alea.ts';
import type { Engine } from '../../../networks/engine.ts';
import { batchNorm } from '../../../networks/layers/batch-norm.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { dropout } from '../../../networks/layers/dropout.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import { ReferenceEngine } from '../../../networks/reference/engine.ts';
import { loadNetwork, saveNetwork } from '../../../networks/saved/saved-network.ts';
import { loadOptimizer, saveOptimizer } from '../../../networks/saved/saved-optimizer.ts';
import { simdEngine } from '../../../networks/simd/engine.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import { TfjsEngine } from '../../../networks/tfjs/engine.ts';
import { relativeError } from '../../helpers/relative-error.ts';
import { testBackend } from '../../helpers/tfjs.ts';

const ENGINES = {
  'TensorFlow.js': new TfjsEngine(await testBackend()),
  'the reference': new ReferenceEngine((length) => new Float32Array(length)),
  simd: simdEngine(),
} as const satisfies Record<string, Engine>;

const ROWS = 8;
const specification = network({
  input: [4],
  layers: [dense(6, { activation: 'tanh' }), batchNorm(), dropout(0.3), dense(2)],
});

/** Five steps, then five more on another engine that goes on from what was saved. */
function learnOn(first: Engine, second: Engine): Float32Array {
  const rng = new Alea(7, 'batches');
  let net = first.create(specification, { seed: 3 });
  let optimizer = first.optimize(net, adam({ learningRate: 0.01 }));
  for (let step = 0; step < 10; step++) {
    if (step === 5) {
      const saved = [saveNetwork(net), saveOptimizer(optimizer)];
      net = loadNetwork(second, saved[0]);
      optimizer = loadOptimizer(second, net, saved[1]);
    }
    const inputs = Float32Array.from({ length: 4 * ROWS }, () => rng.normal());
    const outputs = net.forward(inputs, ROWS, { training: true });
    net.backward(outputs.map((y, i) => (y - (i % 3)) / ROWS));
    optimizer.step();
  }
  const statistics = [...net.statistics];
  return Float32Array.from([...net.parameters, ...statistics, ...optimizer.state]);
}

describe('a checkpoint', () => {
  const reference = ENGINES['the reference'];
  const expected = learnOn(reference, reference);

  test.each([
    ['the reference', 'TensorFlow.js'],
    ['TensorFlow.js', 'the reference'],
    ['simd', 'TensorFlow.js'],
    ['TensorFlow.js', 'simd'],
  ] as const)('of %s goes on on %s', (from, to) => {
    expect(relativeError(learnOn(ENGINES[from], ENGINES[to]), expected)).toBeLessThan(1e-5);
  });
});
