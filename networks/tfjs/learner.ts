import { Alea } from '../../core/alea.ts';
import { checkNumbers, checkTargets, resolveLearnerOptions } from '../check-learner.ts';
import { checkPass } from '../check-pass.ts';
import { initialize, initializeStatistics } from '../initialize.ts';
import type { Pass } from '../layers/run.ts';
import type { Learner, LearnerBatch, LearnerNumbers, LearnerOptions } from '../learner.ts';
import { checkLoss } from '../losses/compute-loss.ts';
import type { ForwardOptions } from '../network.ts';
import { type OptimizerSpecification, resolveOptimizer } from '../optimizers/specification.ts';
import { type NetworkPlan, planNetwork } from '../plan.ts';
import { type PlacedLoss, resolveLosses } from '../resolve-losses.ts';
import type { NetworkSpecification } from '../specification/network-specification.ts';
import type { Backend } from './backend.ts';
import { Draws } from './draws.ts';
import { lossOps } from './losses.ts';
import { firstState } from './optimizer.ts';
import { disposeLeavings, joinStates, joinStatistics, Leavings, runPlan } from './run-plan.ts';
import { stepTensors } from './step-tensors.ts';
import type { Tensor, Tensor1D, Tensor2D } from './tensorflow.ts';
import { carriesOf, entryTensors, joinGradients } from './tensors.ts';

/**
 * A learner whose parameters, statistics and optimizer live on a backend of TensorFlow.js.
 *
 * A step is one chain of operations there; nothing is waited for but the losses in the end. Targets
 * and draws for dropout and noise come from here, the same as for the other engines.
 */
export class TfjsLearner implements Learner {
  readonly specification: NetworkSpecification;
  readonly plan: NetworkPlan;
  readonly engine: string;
  readonly #backend: Backend;
  readonly #losses: readonly PlacedLoss[];
  readonly #optimizer: OptimizerSpecification;
  readonly #rng: Alea;
  #parameters: Tensor1D;
  #statistics: Tensor1D;
  #slots: Tensor1D[]; // what the optimizer remembers
  #updates = 0;
  #isDisposed = false;

  /** @throws RangeError if an option is unknown or out of range, or a layer does not fit. */
  constructor(backend: Backend, specification: NetworkSpecification, options: LearnerOptions) {
    const { seed, losses, optimizer } = resolveLearnerOptions(options);
    this.specification = specification;
    this.plan = planNetwork(specification);
    this.engine = backend.name;
    this.#backend = backend;
    this.#losses = resolveLosses(this.plan, losses);
    this.#optimizer = resolveOptimizer(optimizer);
    this.#rng = new Alea(seed, 'network/noise');
    const parameters = new Float32Array(this.plan.parameterCount);
    const statistics = new Float32Array(this.plan.statisticCount);
    initialize(this.plan, parameters, new Alea(seed, 'network/parameters'));
    initializeStatistics(this.plan, statistics);
    this.#parameters = this.#upload(parameters);
    this.#statistics = this.#upload(statistics);
    this.#slots = this.#uploadSlots(firstState(this.#optimizer, parameters.length));
  }

  get updates(): number {
    return this.#updates;
  }

  async evaluate(
    inputs: Float32Array,
    rows: number,
    options: ForwardOptions<Float32Array> = {},
  ): Promise<Float32Array> {
    this.#checkAlive('evaluate');
    const backend = this.#backend;
    const pass = checkPass('Learner.evaluate', this.plan, inputs, rows, options);
    const leavings = new Leavings();
    const { state } = options;
    const outputs = backend.tidy(() => {
      const [x, parameters] = this.#sources(inputs, rows);
      return this.#run(x, parameters, pass, state, leavings);
    });
    const left = this.#takeLeavings(leavings, state !== undefined);
    const [numbers, after] = await Promise.all([
      backend.takeLater(outputs),
      left === null ? null : backend.takeLater(left),
    ]);
    if (after !== null) state?.set(after);
    return numbers;
  }

  async update(batch: LearnerBatch): Promise<number> {
    this.#checkAlive('update');
    const pass = this.#checkBatch(batch);
    const backend = this.#backend;
    const leavings = new Leavings();
    const [results, gradients] = backend.tidy(() => this.#differentiate(batch, pass, leavings));
    this.#step(gradients);
    this.#updates++;
    this.#takeLeavings(leavings, false);
    return this.#deliver(await backend.takeLater(results), batch);
  }

  async read(): Promise<LearnerNumbers> {
    this.#checkAlive('read');
    const backend = this.#backend;
    const updates = this.#updates;
    const rng = this.#rng.snapshot();
    const copy = (tensor: Tensor1D) =>
      backend.takeLater(backend.tidy(() => backend.tf.mul(tensor, 1) as Tensor1D));
    const [parameters, statistics, ...slots] = await Promise.all(
      [this.#parameters, this.#statistics, ...this.#slots].map(copy),
    );
    const optimizer = new Float32Array(slots.length * parameters.length);
    slots.forEach((slot, i) => {
      optimizer.set(slot, i * parameters.length);
    });
    return { parameters, statistics, optimizer, updates, rng };
  }

  async write(numbers: LearnerNumbers): Promise<void> {
    this.#checkAlive('write');
    checkNumbers(numbers, this.plan, this.#slots.length * this.plan.parameterCount);
    this.#rng.restore(numbers.rng);
    for (const tensor of this.#tensors()) tensor.dispose();
    this.#parameters = this.#upload(numbers.parameters);
    this.#statistics = this.#upload(numbers.statistics);
    this.#slots = this.#uploadSlots(numbers.optimizer);
    this.#updates = numbers.updates;
  }

  dispose(): void {
    this.#checkAlive('dispose');
    this.#isDisposed = true;
    for (const tensor of this.#tensors()) tensor.dispose();
  }

  #tensors(): readonly Tensor1D[] {
    return [this.#parameters, this.#statistics, ...this.#slots];
  }

  #upload(numbers: Float32Array): Tensor1D {
    return this.#backend.tidy(() => this.#backend.tf.tensor1d(numbers.slice()));
  }

  #uploadSlots(state: Float32Array): Tensor1D[] {
    const n = this.plan.parameterCount;
    return Array.from({ length: n === 0 ? 0 : state.length / n }, (_, i) =>
      this.#upload(state.subarray(i * n, (i + 1) * n)),
    );
  }

  /** Inputs and parameters, one by one. */
  #sources(inputs: Float32Array, rows: number): [Tensor, Tensor[]] {
    const { tf } = this.#backend;
    const numbers = inputs.slice(0, rows * this.plan.inputSize);
    const x = tf.tensor(numbers, [rows, ...this.plan.input]);
    return [x, entryTensors(tf, this.plan, this.#parameters)];
  }

  #run(
    x: Tensor,
    parameters: readonly Tensor[],
    pass: Pass,
    state: Float32Array | undefined,
    leavings: Leavings,
  ): Tensor2D {
    const { tf } = this.#backend;
    const shape: [number, number] = [pass.batch, this.plan.stateSize];
    const reads = {
      parameters,
      statistics: this.#statistics,
      state: state === undefined ? null : tf.tensor2d(state.slice(), shape),
      carries: carriesOf(tf, pass),
      draws: new Draws(this.#rng),
    };
    return runPlan(tf, this.plan, x, reads, pass, leavings);
  }

  /** The losses, then the errors of each of them; and the gradients, `[parameterCount]`. */
  #differentiate(batch: LearnerBatch, pass: Pass, leavings: Leavings): [Tensor1D, Tensor1D] {
    const { tf } = this.#backend;
    const [x, entries] = this.#sources(batch.inputs, batch.rows);
    let errors: Tensor1D[] = [];
    const { value, grads } = tf.engine().gradients(
      () => {
        const outputs = this.#run(x, entries, pass, batch.state, leavings);
        const terms = this.#losses.map((placed, i) =>
          lossOps(tf, placed, outputs, batch.targets[i]),
        );
        errors = terms.map((term) => tf.keep(term.errors));
        return terms.map(({ loss }) => loss).reduce((sum, loss) => tf.add(sum, loss));
      },
      entries.length > 0 ? entries : [x], // it wants at least one
      undefined,
      true,
    );
    const results = tf.concat([tf.reshape(value, [1]) as Tensor1D, ...errors]);
    for (const tensor of errors) tensor.dispose();
    return [results, joinGradients(tf, this.plan, grads)];
  }

  /** Takes the optimizer's step. */
  #step(gradients: Tensor1D): void {
    const { tf } = this.#backend;
    const before = [this.#parameters, gradients, ...this.#slots];
    if (this.plan.parameterCount > 0) {
      const after = this.#backend.tidy(() =>
        // What a step leaves as it was is not to be disposed of with the rest.
        stepTensors(tf, this.plan, this.#optimizer, before, this.#updates).map((tensor) =>
          before.includes(tensor) ? tf.clone(tensor) : tensor,
        ),
      );
      for (const tensor of before) tensor.dispose();
      [this.#parameters, , ...this.#slots] = after;
      after[1].dispose();
    } else gradients.dispose();
  }

  /** Goes on with the statistics that a pass left. @returns the states, if they are wanted. */
  #takeLeavings(leavings: Leavings, wantsStates: boolean): Tensor2D | null {
    const backend = this.#backend;
    const { tf } = backend;
    if (leavings.statistics.size > 0) {
      const old = this.#statistics;
      this.#statistics = backend.tidy(() => joinStatistics(tf, this.plan, old, leavings));
      old.dispose();
    }
    const isCarried = wantsStates && this.plan.stateSize > 0;
    const states = isCarried ? backend.tidy(() => joinStates(tf, this.plan, leavings)) : null;
    disposeLeavings(leavings);
    return states;
  }

  #checkBatch(batch: LearnerBatch): Pass {
    const { inputs, rows, targets, steps, starts, state } = batch;
    const pass = checkPass('Learner.update', this.plan, inputs, rows, {
      training: true,
      ...(steps === undefined ? {} : { steps }),
      ...(starts === undefined ? {} : { starts }),
      ...(state === undefined ? {} : { state }),
    });
    checkTargets(this.#losses, targets);
    this.#losses.forEach(({ loss, head }, i) => {
      const { targets: numbers, ...options } = targets[i];
      checkLoss(loss, rows, rows * this.plan.outputSize, numbers, { ...options, head });
    });
    return pass;
  }

  /** Writes the errors that were asked for. @returns the loss. */
  #deliver(results: Float32Array, { rows, targets }: LearnerBatch): number {
    targets.forEach(({ errors }, i) => {
      errors?.set(results.subarray(1 + i * rows, 1 + (i + 1) * rows));
    });
    return results[0];
  }

  #checkAlive(method: string): void {
    if (this.#isDisposed) throw new Error(`Learner.${method}: the learner has been disposed of.`);
  }
}
