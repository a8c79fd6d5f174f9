import { describe, expect, test } from 'vitest';
import { Alea } from '../../../core/alea.ts';
import type { SavedData } from '../../../core/saved.ts';
import type { Engine } from '../../../networks/engine.ts';
import { batchNorm } from '../../../networks/layers/batch-norm.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { dropout } from '../../../networks/layers/dropout.ts';
import { lstm } from '../../../networks/layers/lstm.ts';
import { noisyDense } from '../../../networks/layers/noisy-dense.ts';
import type { Numbers } from '../../../networks/layers/run.ts';
import type { Network } from '../../../networks/network.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import type { Optimizer } from '../../../networks/optimizers/optimizer.ts';
import { ReferenceEngine } from '../../../networks/reference/engine.ts';
import { loadNetwork, restoreNetwork, saveNetwork } from '../../../networks/saved/saved-network.ts';
import {
  loadOptimizer,
  restoreOptimizer,
  saveOptimizer,
} from '../../../networks/saved/saved-optimizer.ts';
import { simdEngine } from '../../../networks/simd/engine.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import { allowRelaxedSimd } from '../../../node/relaxed-simd.ts';
import { decodeSaved, encodeSaved } from '../../../training/saved-file.ts';
import { alterations } from '../../helpers/alterations.ts';
import { codec } from '../../helpers/codec.ts';
import { relativeError } from '../../helpers/relative-error.ts';

allowRelaxedSimd();

const FORMAT = { format: 'palaestra-checkpoint', version: 1 };
const STEPS = 2;
const ROWS = 6;

const SPECIFICATION = network({
  input: [3],
  layers: [dense(9, { activation: 'tanh' }), batchNorm(), lstm(7), dropout(0.3)],
  heads: { policy: [noisyDense(2)], value: [dense(1)] },
});

type AnyEngine = Engine<Float32Array> | Engine<Float64Array>;

const ENGINES: Readonly<Record<string, () => AnyEngine>> = {
  portable: () => simdEngine(),
  fast: () => simdEngine({ build: 'fast' }),
  'reference in float32': () => new ReferenceEngine((length) => new Float32Array(length)),
  'reference in float64': () => new ReferenceEngine((length) => new Float64Array(length)),
};

const NAMES = Object.keys(ENGINES);
const PAIRS = NAMES.flatMap((from) => NAMES.map((to) => [from, to] as const));

/** A network and its optimizer at work. */
class Learner<N extends Numbers> {
  readonly net: Network<N>;
  readonly optimizer: Optimizer<N>;

  constructor(net: Network<N>, optimizer: Optimizer<N>) {
    this.net = net;
    this.optimizer = optimizer;
  }

  static begin<N extends Numbers>(engine: Engine<N>, seed: number): Learner<N> {
    const net = engine.create(SPECIFICATION, { seed });
    return new Learner(net, engine.optimize(net, adam({ learningRate: 0.01 })));
  }

  static load<N extends Numbers>(engine: Engine<N>, file: Uint8Array): Learner<N> {
    const saved = decodeSaved(file, codec, FORMAT);
    const net = loadNetwork(engine, saved.network as SavedData);
    return new Learner(net, loadOptimizer(engine, net, saved.optimizer as SavedData));
  }

  restore(file: Uint8Array): void {
    const saved = decodeSaved(file, codec, FORMAT);
    restoreNetwork(this.net, saved.network as SavedData);
    restoreOptimizer(this.optimizer, saved.optimizer as SavedData);
  }

  save(): Uint8Array {
    const saved = { network: saveNetwork(this.net), optimizer: saveOptimizer(this.optimizer) };
    return encodeSaved(saved, codec, FORMAT);
  }

  outputs(training: boolean): N {
    const inputs = this.net.parameters.slice(0, 3 * ROWS) as N;
    const rng = new Alea(this.optimizer.updates, 'saved');
    for (let i = 0; i < inputs.length; i++) inputs[i] = rng.normal();
    return this.net.forward(inputs, ROWS, { steps: STEPS, training }).slice() as N;
  }

  learn(updates: number): this {
    for (let i = 0; i < updates; i++) {
      this.net.backward(this.outputs(true)); // towards 0
      this.optimizer.step();
    }
    return this;
  }
}

function begin(name: string, seed: number): Learner<Numbers> {
  return Learner.begin(ENGINES[name]() as Engine<Numbers>, seed);
}

function load(name: string, file: Uint8Array): Learner<Numbers> {
  return Learner.load(ENGINES[name]() as Engine<Numbers>, file);
}

describe('a checkpoint', () => {
  test.each(PAIRS)('of %s loads in %s', (from, to) => {
    const learner = begin(from, 5).learn(6);
    const file = learner.save();
    const loaded = load(to, file);
    expect([...loaded.net.parameters]).toEqual([...Float32Array.from(learner.net.parameters)]);
    expect([...loaded.net.statistics]).toEqual([...Float32Array.from(learner.net.statistics)]);
    expect([...loaded.optimizer.state]).toEqual([...Float32Array.from(learner.optimizer.state)]);
    expect(Buffer.compare(loaded.save(), file)).toBe(0); // generator and counters too
    expect(relativeError(loaded.outputs(false), learner.outputs(false))).toBeLessThan(1e-5);
    expect(relativeError(loaded.outputs(true), learner.outputs(true))).toBeLessThan(1e-5);
    const restored = begin(to, 6).learn(1);
    restored.restore(file);
    expect(Buffer.compare(restored.save(), file)).toBe(0);
  });

  test.each(['portable', 'fast', 'reference in float32'])(
    'of %s goes on there with the same bits as without a stop',
    (name) => {
      const learner = begin(name, 7).learn(5);
      const file = learner.save();
      learner.learn(5);
      const resumed = load(name, file).learn(5);
      expect(Buffer.compare(resumed.save(), learner.save())).toBe(0);
    },
  );

  test('that is cut or altered anywhere is refused, or is the same network', () => {
    const file = begin('portable', 8).learn(2).save();
    let refused = 0;
    for (let at = 0; at < file.length; at += 31) {
      expect(() => load('portable', file.slice(0, at))).toThrow('It is cut, damaged or another');
      const altered = file.slice();
      altered[at] ^= 1 << (at % 8);
      let again: Uint8Array | null = null;
      try {
        again = load('portable', altered).save();
      } catch (error) {
        refused++;
        expect((error as Error).message).toMatch(/^(Zip|decodeSaved|saved\.json|data)/);
      }
      if (again !== null) expect(Buffer.compare(again, file)).toBe(0);
    }
    expect(refused).toBeGreaterThan(file.length / 31 / 2);
  });
});

describe('saved data of which one part is another', () => {
  const engine = simdEngine();
  const learner = Learner.begin(engine, 9).learn(2);
  const WORDS = /^(Range)?Error: (load(Network|Optimizer)|network|optimizer|adam|Alea\.restore): /;
  const savedNetwork = saveNetwork(learner.net);
  const savedOptimizer = saveOptimizer(learner.optimizer);

  test.each([
    ['network', savedNetwork, (saved: SavedData) => loadNetwork(engine, saved)],
    ['optimizer', savedOptimizer, (saved: SavedData) => loadOptimizer(engine, learner.net, saved)],
  ])('%s: is refused in words, or is as good; and no memory is lost', (_, saved, loadIt) => {
    const { used } = engine.heap;
    let refused = 0;
    const all = alterations(saved);
    for (const { what, altered } of all) {
      let made: Network | Optimizer | null = null;
      try {
        made = loadIt(altered);
      } catch (error) {
        refused++;
        const { name, message } = error as Error;
        expect(`${name}: ${message}`, what).toMatch(WORDS);
      }
      made?.dispose();
      expect(engine.heap.used, what).toBe(used);
    }
    expect(refused).toBeGreaterThan(all.length / 2);
  });
});
