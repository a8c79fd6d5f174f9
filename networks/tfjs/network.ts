import { Alea } from '../../core/alea.ts';
import type { Rng } from '../../core/rng.ts';
import { approachNetwork } from '../approach.ts';
import { checkPass } from '../check-pass.ts';
import { resolveCreateOptions } from '../create-options.ts';
import type { CreateOptions } from '../engine.ts';
import { initialize, initializeStatistics } from '../initialize.ts';
import type { Pass } from '../layers/run.ts';
import type { ForwardOptions, Network } from '../network.ts';
import { type NetworkPlan, planNetwork } from '../plan.ts';
import type { NetworkSpecification } from '../specification/network-specification.ts';
import type { Backend } from './backend.ts';
import { Draws } from './draws.ts';
import { disposeLeavings, joinStates, joinStatistics, Leavings, runPlan } from './run-plan.ts';
import type { Tensor, Tensor2D } from './tensorflow.ts';
import { carriesOf, entryTensors, joinGradients } from './tensors.ts';

/** What the last `forward` worked on, for `backward` to go over it again. */
interface Call {
  readonly pass: Pass;
  readonly inputs: Float32Array;
  readonly state: Float32Array | null;
  readonly draws: Draws;
}

/**
 * A network on a backend of TensorFlow.js that answers at once.
 *
 * Its numbers live in arrays here, and go to the backend and back in each call: for comparisons, and
 * for agents that ask for one action at a time. Where the numbers should stay on the device there is
 * `TfjsLearner`. `backward` goes forward once more, since TensorFlow.js remembers only what happens
 * while it differentiates; parameters and statistics are not to be changed between the two.
 */
export class TfjsNetwork implements Network<Float32Array> {
  readonly specification: NetworkSpecification;
  readonly plan: NetworkPlan;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly backend: Backend;
  readonly rng: Rng;
  readonly #parameters: Float32Array;
  readonly #gradients: Float32Array;
  readonly #statistics: Float32Array;
  readonly #wantsInputGradients: boolean;
  #outputs: Float32Array = new Float32Array(0);
  #inputGradients: Float32Array | null = null;
  #call: Call | null = null;
  #isDisposed = false;

  /** @throws RangeError if an option is unknown or out of range, or a layer does not fit. */
  constructor(specification: NetworkSpecification, backend: Backend, options: CreateOptions = {}) {
    const { seed, inputGradients } = resolveCreateOptions(options);
    this.specification = specification;
    this.plan = planNetwork(specification);
    this.inputSize = this.plan.inputSize;
    this.outputSize = this.plan.outputSize;
    this.backend = backend;
    this.#parameters = new Float32Array(this.plan.parameterCount);
    this.#gradients = new Float32Array(this.plan.parameterCount);
    this.#statistics = new Float32Array(this.plan.statisticCount);
    this.#wantsInputGradients = inputGradients;
    this.rng = new Alea(seed, 'network/noise');
    initialize(this.plan, this.#parameters, new Alea(seed, 'network/parameters'));
    initializeStatistics(this.plan, this.#statistics);
  }

  get parameters(): Float32Array {
    return this.#alive('access', this.#parameters);
  }

  get gradients(): Float32Array {
    return this.#alive('access', this.#gradients);
  }

  get statistics(): Float32Array {
    return this.#alive('access', this.#statistics);
  }

  get inputGradients(): Float32Array {
    if (this.#inputGradients !== null) return this.#alive('access', this.#inputGradients);
    throw new Error(
      'Network.inputGradients: make the network with { inputGradients: true }, and go backward first.',
    );
  }

  forward(
    inputs: Float32Array,
    rows: number,
    options: ForwardOptions<Float32Array> = {},
  ): Float32Array {
    this.#alive('forward', null);
    const pass = checkPass('Network.forward', this.plan, inputs, rows, options);
    const call: Call = {
      pass: { ...pass, starts: pass.starts?.slice() ?? null },
      inputs: inputs.slice(0, rows * this.inputSize),
      state: options.state?.slice() ?? null,
      draws: new Draws(this.rng),
    };
    const leavings = new Leavings();
    const { backend, plan } = this;
    const outputs = backend.tidy(() => this.#run(call, leavings, ...this.#tensors(call)));
    this.#readStatistics(leavings);
    if (options.state !== undefined && plan.stateSize > 0) {
      options.state.set(backend.take(backend.tidy(() => joinStates(backend.tf, plan, leavings))));
    }
    disposeLeavings(leavings);
    this.#call = call;
    this.#outputs = sized(this.#outputs, rows * this.outputSize);
    this.#outputs.set(backend.take(outputs));
    return this.#outputs;
  }

  backward(outputGradients: Float32Array): void {
    this.#alive('backward', null);
    const call = this.#call;
    if (call === null) throw new Error('Network.backward: go forward first.');
    const { rows } = call.pass;
    const size = rows * this.outputSize;
    if (outputGradients.length < size) {
      throw new RangeError(
        `Network.backward: outputGradients must hold ${size} numbers, got ${outputGradients.length}.`,
      );
    }
    const { backend, plan } = this;
    const { tf } = backend;
    const [all, inputGradient] = backend.tidy(() => {
      const [x, parameters] = this.#tensors(call);
      const dy = tf.tensor2d(outputGradients.slice(0, size), [rows, this.outputSize]);
      const takesInput = this.#wantsInputGradients || parameters.length === 0; // it wants at least one
      const sources = takesInput ? [...parameters, x] : [...parameters];
      const run = () => this.#run(call, null, x, parameters);
      const { grads } = tf.engine().gradients(run, sources, dy, true);
      const input = grads[parameters.length] ?? tf.zeros([rows, this.inputSize]);
      return [joinGradients(tf, plan, grads), input] as const;
    });
    const added = backend.take(all);
    for (let i = 0; i < added.length; i++) this.#gradients[i] += added[i];
    if (this.#wantsInputGradients) {
      this.#inputGradients = sized(this.#inputGradients, rows * this.inputSize);
      this.#inputGradients.set(backend.take(inputGradient));
    } else inputGradient.dispose();
  }

  approach(network: Network, stepSize: number): void {
    this.#alive('approach', null);
    approachNetwork(this, network, stepSize);
  }

  zeroGradients(): void {
    this.#alive('zeroGradients', this.#gradients).fill(0);
  }

  dispose(): void {
    this.#alive('dispose', null);
    this.#isDisposed = true;
    this.#call = null;
  }

  /** The inputs and the parameters of a call on the backend. */
  #tensors({ pass, inputs }: Call): [Tensor, readonly Tensor[]] {
    const { tf } = this.backend;
    const x = tf.tensor(inputs, [pass.rows, ...this.plan.input]);
    return [x, entryTensors(tf, this.plan, tf.tensor1d(this.#parameters.slice()))];
  }

  #run(
    { pass, state, draws }: Call,
    leavings: Leavings | null,
    x: Tensor,
    parameters: readonly Tensor[],
  ): Tensor2D {
    const { tf } = this.backend;
    const { plan } = this;
    draws.rewind();
    const reads = {
      parameters,
      statistics: tf.tensor1d(this.#statistics.slice()),
      state: state === null ? null : tf.tensor2d(state, [pass.batch, plan.stateSize]),
      carries: carriesOf(tf, pass),
      draws,
    };
    return runPlan(tf, plan, x, reads, pass, leavings);
  }

  #readStatistics(leavings: Leavings): void {
    if (leavings.statistics.size === 0) return;
    const { backend, plan } = this;
    const { tf } = backend;
    const joined = backend.tidy(() =>
      joinStatistics(tf, plan, tf.tensor1d(this.#statistics.slice()), leavings),
    );
    this.#statistics.set(backend.take(joined));
  }

  #alive<T>(method: string, value: T): T {
    if (this.#isDisposed) throw new Error(`Network.${method}: the network has been disposed of.`);
    return value;
  }
}

/** An array of that length: the old one where it has it. */
function sized(old: Float32Array | null, length: number): Float32Array {
  return old?.length === length ? old : new Float32Array(length);
}
