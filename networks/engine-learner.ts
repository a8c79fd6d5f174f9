import { checkNumbers, checkTargets, resolveLearnerOptions } from './check-learner.ts';
import type { Engine } from './engine.ts';
import type {
  Learner,
  LearnerBatch,
  LearnerNumbers,
  LearnerOptions,
  LearnerTargets,
} from './learner.ts';
import { computeLoss } from './losses/compute-loss.ts';
import type { ForwardOptions, Network } from './network.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import type { NetworkPlan } from './plan.ts';
import { type PlacedLoss, resolveLosses } from './resolve-losses.ts';
import type { NetworkSpecification } from './specification/network-specification.ts';

/** A learner on an engine that answers at once: its promises are kept when they are given. */
export class EngineLearner implements Learner {
  readonly specification: NetworkSpecification;
  readonly plan: NetworkPlan;
  readonly engine: string;
  readonly network: Network<Float32Array>;
  readonly optimizer: Optimizer<Float32Array>;
  readonly #losses: readonly PlacedLoss[];
  #slopes: Float32Array = new Float32Array(0); // of all losses
  #part: Float32Array = new Float32Array(0); // of one of them

  /** @throws RangeError if an option is unknown or out of range, or a layer does not fit. */
  constructor(
    engine: Engine<Float32Array>,
    specification: NetworkSpecification,
    options: LearnerOptions,
  ) {
    const { seed, losses, optimizer } = resolveLearnerOptions(options);
    this.specification = specification;
    this.engine = engine.name;
    this.network = engine.create(specification, { seed });
    this.plan = this.network.plan;
    this.#losses = resolveLosses(this.plan, losses);
    this.optimizer = engine.optimize(this.network, optimizer);
  }

  get updates(): number {
    return this.optimizer.updates;
  }

  async evaluate(
    inputs: Float32Array,
    rows: number,
    options: ForwardOptions<Float32Array> = {},
  ): Promise<Float32Array> {
    return this.network.forward(inputs, rows, options).slice();
  }

  async update(batch: LearnerBatch): Promise<number> {
    const { inputs, rows, targets, steps, starts, state } = batch;
    checkTargets(this.#losses, targets);
    const outputs = this.network.forward(inputs, rows, {
      training: true,
      ...(steps === undefined ? {} : { steps }),
      ...(starts === undefined ? {} : { starts }),
      ...(state === undefined ? {} : { state: state.slice() }),
    });
    if (this.#slopes.length !== outputs.length) {
      this.#slopes = new Float32Array(outputs.length);
      this.#part = new Float32Array(outputs.length);
    }
    this.#slopes.fill(0);
    let sum = 0;
    for (let i = 0; i < targets.length; i++) sum += this.#lose(i, outputs, rows, targets[i]);
    this.network.backward(this.#slopes);
    this.optimizer.step();
    return sum;
  }

  async read(): Promise<LearnerNumbers> {
    const { parameters, statistics } = this.network;
    return {
      parameters: parameters.slice(),
      statistics: statistics.slice(),
      optimizer: this.optimizer.state.slice(),
      updates: this.updates,
      rng: this.network.rng.snapshot(),
    };
  }

  async write(numbers: LearnerNumbers): Promise<void> {
    checkNumbers(numbers, this.plan, this.optimizer.state.length);
    this.network.rng.restore(numbers.rng);
    this.network.parameters.set(numbers.parameters);
    this.network.statistics.set(numbers.statistics);
    this.optimizer.restore(numbers.optimizer, numbers.updates);
  }

  dispose(): void {
    this.optimizer.dispose();
    this.network.dispose();
  }

  /** Adds the gradient of one of the losses. @returns the loss. */
  #lose(i: number, outputs: Float32Array, rows: number, given: LearnerTargets): number {
    const { loss, head, scale } = this.#losses[i];
    const { targets, ...options } = given;
    this.#part.fill(0);
    const value = computeLoss(loss, rows, outputs, targets, this.#part, { ...options, head });
    for (let k = 0; k < this.#part.length; k++) this.#slopes[k] += scale * this.#part[k];
    return scale * value;
  }
}
