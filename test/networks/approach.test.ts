import { describe, expect, test } from 'vitest';
import type { Engine } from '../../networks/engine.ts';
import { batchNorm } from '../../networks/layers/batch-norm.ts';
import { dense } from '../../networks/layers/dense.ts';
import type { Network } from '../../networks/network.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import { network } from '../../networks/specification/network-specification.ts';

const SPECIFICATION = network({ input: [3], layers: [dense(5), batchNorm(), dense(2)] });
const reference = () => new ReferenceEngine((length) => new Float32Array(length));

const PAIRS: readonly [string, () => readonly [Engine, Engine]][] = [
  ['of one simd engine', () => pair(simdEngine())],
  ['of one reference engine', () => pair(reference())],
  ['of different engines', () => [reference(), simdEngine()]],
];

function pair(engine: Engine): readonly [Engine, Engine] {
  return [engine, engine];
}

function create([first, second]: readonly [Engine, Engine]): readonly [Network, Network] {
  const networks = [
    first.create(SPECIFICATION, { seed: 1 }),
    second.create(SPECIFICATION),
  ] as const;
  networks[0].statistics.forEach((_, i, statistics) => {
    statistics[i] = i / 7;
  });
  return networks;
}

describe.each(PAIRS)('a network that approaches another, %s', (_, engines) => {
  test('moves by the step size, in float64 and then rounded', () => {
    const [learner, target] = create(engines());
    const expected = (['parameters', 'statistics'] as const).map((name) =>
      target[name].map((before, i) => before + 0.3 * (learner[name][i] - before)),
    );
    const unmoved = learner.parameters.slice();
    target.approach(learner, 0.3);
    expect([target.parameters, target.statistics]).toEqual(expected);
    expect(learner.parameters).toEqual(unmoved);
  });

  test('copies it with a step size of 1', () => {
    const [learner, target] = create(engines());
    target.parameters.fill(1e8); // so that a difference would be rounded
    target.approach(learner, 1);
    expect(target.parameters).toEqual(learner.parameters);
    expect(target.statistics).toEqual(learner.statistics);
  });

  test('must have as many numbers, and be there', () => {
    const [engine, other] = engines();
    const [learner, target] = create([engine, other]);
    const smaller = engine.create(network({ input: [3], layers: [dense(5), dense(2)] }));
    const unnormalized = engine.create(
      network({ input: [3], layers: [dense(5), dense(3), dense(1)] }),
    );
    expect(() => target.approach(smaller, 0.5)).toThrow(
      'Network.approach: parameters must have length 42, got 32.',
    );
    expect(() => target.approach(unnormalized, 0.5)).toThrow(
      'Network.approach: statistics must have length 10, got 0.',
    );
    target.dispose();
    expect(() => target.approach(learner, 0.5)).toThrow('has been disposed of');
    expect(() => learner.approach(target, 0.5)).toThrow('has been disposed of');
  });
});
