import { Alea } from '../../core/alea.ts';
import type { Engine } from '../../networks/engine.ts';
import { conv2d } from '../../networks/layers/conv2d.ts';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { lstm } from '../../networks/layers/lstm.ts';
import type { Network } from '../../networks/network.ts';
import type { Optimizer } from '../../networks/optimizers/optimizer.ts';
import { OPTIMIZER_KINDS, resolveOptimizer } from '../../networks/optimizers/specification.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import {
  type NetworkOptions,
  network,
} from '../../networks/specification/network-specification.ts';

const ALIVE = 4; // at a time
const LIFE = 20; // updates between one disposal and the next, on average
const MOST_ROWS = 64;

interface Learner {
  readonly net: Network;
  readonly optimizer: Optimizer;
}

/** Networks and optimizers of random sizes in one engine, made, updated and disposed of in turns. */
export class NetworkChurn {
  readonly #engine: Engine;
  readonly #rng: Alea;
  #alive: Learner[] = [];
  #created = 0;

  constructor(engine: Engine, seed: number) {
    this.#engine = engine;
    this.#rng = new Alea(seed, 'network-churn');
  }

  /** Networks so far. */
  get created(): number {
    return this.#created;
  }

  /** Goes on for so many updates. */
  run(updates: number): void {
    for (let update = 0; update < updates; update++) {
      if (this.#rng.below(LIFE) === 0) this.#replace();
      while (this.#alive.length < ALIVE) this.#create();
      this.#update(this.#alive[this.#rng.below(ALIVE)]);
    }
  }

  /** Disposes of all that there is. */
  clear(): void {
    for (const learner of this.#alive) this.#dispose(learner);
    this.#alive = [];
  }

  #replace(): void {
    if (this.#alive.length === 0) return;
    const [learner] = this.#alive.splice(this.#rng.below(this.#alive.length), 1);
    this.#dispose(learner);
    this.#create();
  }

  #create(): void {
    const specification = network(drawNetwork(this.#rng));
    const kind = OPTIMIZER_KINDS[this.#rng.below(OPTIMIZER_KINDS.length)];
    const net = this.#engine.create(specification, { seed: this.#created++ });
    const optimizer = this.#engine.optimize(net, resolveOptimizer({ kind }));
    this.#alive.push({ net, optimizer });
  }

  #dispose({ net, optimizer }: Learner): void {
    const both = this.#rng.below(2) === 0 ? [net, optimizer] : [optimizer, net];
    for (const one of both) one.dispose();
  }

  #update({ net, optimizer }: Learner): void {
    const steps = net.plan.stateSize > 0 ? 1 + this.#rng.below(5) : 1;
    const rows = steps * (1 + this.#rng.below(MOST_ROWS / steps));
    const inputs = new Float32Array(rows * net.inputSize).fill(this.#rng.uniform());
    net.backward(net.forward(inputs, rows, { steps }));
    optimizer.step();
  }
}

function drawNetwork(rng: Alea): NetworkOptions {
  const width = () => 1 + rng.below(100);
  switch (rng.below(3)) {
    case 0:
      return { input: [width()], layers: mlp({ hidden: [width(), width()] }) };
    case 1:
      return { input: [9, 8, 3], layers: [conv2d(1 + rng.below(6), 3), flatten(), dense(width())] };
    default:
      return { input: [width()], layers: [lstm(1 + rng.below(30))] };
  }
}
