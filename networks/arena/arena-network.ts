import { Alea } from '../../core/alea.ts';
import type { Rng } from '../../core/rng.ts';
import { approachNetwork, checkAlike } from '../approach.ts';
import { checkPass, createPass, type WritablePass } from '../check-pass.ts';
import { resolveCreateOptions } from '../create-options.ts';
import type { CreateOptions } from '../engine.ts';
import { initialize, initializeStatistics } from '../initialize.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { LayerRun, Numbers } from '../layers/run.ts';
import { runFork } from '../layers/run-fork.ts';
import { hasParameters, runStack } from '../layers/run-stack.ts';
import type { BackwardOptions, ForwardOptions, LayerOutput, Network } from '../network.ts';
import { type NetworkPlan, planNetwork } from '../plan.ts';
import type { NetworkSpecification } from '../specification/network-specification.ts';
import { sizeOf } from '../specification/shape.ts';
import type { Heap } from './heap.ts';
import { Layout, type Slot } from './layout.ts';

const NOWHERE = -1;
const NO_OPTIONS: ForwardOptions<never> = {};
const EVERYTHING: BackwardOptions = {};

/** A network in the heap of an engine whose kernels answer at once. */
export class ArenaNetwork<N extends Numbers> implements Network<N> {
  readonly specification: NetworkSpecification;
  readonly plan: NetworkPlan;
  readonly inputSize: number;
  readonly outputSize: number;
  /** Where its numbers are, for kernels that work on the whole of them. */
  readonly layout: Layout;
  readonly heap: Heap<N>;

  readonly #runs: readonly LayerRun[];
  readonly #input: Slot;
  readonly #inputGradient: Slot | null;
  readonly #output: Slot;
  readonly #outputGradient: Slot;
  readonly #fixedBlock: number;
  #rowBlock = NOWHERE;
  #capacity = 0; // rows that there is room for
  readonly #pass: WritablePass = createPass(); // of the last forward
  #isDisposed = false;
  readonly #views = new Map<Slot, N>(); // of the heap's array as it was last

  /** @throws RangeError if an option is unknown or out of range, or a layer does not fit. */
  constructor(
    specification: NetworkSpecification,
    heap: Heap<N>,
    kernels: Kernels,
    options: CreateOptions = {},
  ) {
    const { seed, inputGradients } = resolveCreateOptions(options);
    this.plan = planNetwork(specification);
    this.specification = specification;
    this.inputSize = this.plan.inputSize;
    this.outputSize = this.plan.outputSize;
    this.heap = heap;
    const layout = new Layout(this.plan, heap, kernels, new Alea(seed, 'network/noise'));
    this.layout = layout;
    this.#input = layout.perRow(this.inputSize);
    this.#inputGradient = inputGradients ? layout.perRow(this.inputSize) : null;
    this.#output = layout.perRow(this.outputSize);
    this.#outputGradient = layout.perRow(this.outputSize);
    this.#runs = this.#build();
    this.#fixedBlock = layout.placeFixed();
    initialize(this.plan, this.parameters, new Alea(seed, 'network/parameters'));
    initializeStatistics(this.plan, this.statistics);
  }

  get rng(): Rng {
    this.#checkAlive('rng');
    return this.layout.rng;
  }

  /** Whether its memory has been given back. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  get parameters(): N {
    this.#checkAlive('parameters');
    return this.#view(this.layout.parameters, this.plan.parameterCount);
  }

  get gradients(): N {
    this.#checkAlive('gradients');
    return this.#view(this.layout.gradients, this.plan.parameterCount);
  }

  get statistics(): N {
    this.#checkAlive('statistics');
    return this.#view(this.layout.statistics, this.plan.statisticCount);
  }

  get inputGradients(): N {
    this.#checkAlive('inputGradients');
    if (this.#inputGradient === null || !this.#hasPass) {
      throw new Error(
        'Network.inputGradients: make the network with { inputGradients: true }, and go backward first.',
      );
    }
    return this.#view(this.#inputGradient, this.#pass.rows * this.inputSize);
  }

  forward(inputs: N, rows: number, options: ForwardOptions<N> = NO_OPTIONS): N {
    this.#checkAlive('forward');
    const pass = checkPass('Network.forward', this.plan, inputs, rows, options, this.#pass);
    const size = rows * this.inputSize;
    let given = inputs.length === size ? inputs : (inputs.subarray(0, size) as N);
    if (rows > this.#capacity) {
      given = given.slice() as N; // it may be in the heap, whose array may become another one
      this.#makeRoom(rows);
    }
    const { state } = options;
    this.heap.numbers.set(given, this.#input.offset);
    if (this.plan.stateSize > 0) this.#readState(pass.batch, state);
    for (let i = 0; i < this.#runs.length; i++) this.#runs[i].forward(pass);
    if (state !== undefined) state.set(this.#state(pass.batch));
    return this.#view(this.#output, rows * this.outputSize);
  }

  layerOutputs(): LayerOutput<N>[] {
    this.#checkAlive('layerOutputs');
    if (!this.#hasPass) throw new Error('Network.layerOutputs: go forward first.');
    const { numbers } = this.heap;
    return this.layout.outputs.map(({ plan, output }) => {
      const size = this.#pass.rows * sizeOf(plan.output);
      return { plan, values: numbers.subarray(output.offset, output.offset + size) as N };
    });
  }

  backward(outputGradients: N, { inputsOnly = false }: BackwardOptions = EVERYTHING): void {
    this.#checkAlive('backward');
    if (!this.#hasPass) throw new Error('Network.backward: go forward first.');
    const size = this.#pass.rows * this.outputSize;
    if (outputGradients.length < size) {
      throw new RangeError(
        `Network.backward: outputGradients must hold ${size} numbers, got ${outputGradients.length}.`,
      );
    }
    const given =
      outputGradients.length === size ? outputGradients : outputGradients.subarray(0, size);
    this.heap.numbers.set(given, this.#outputGradient.offset);
    this.#pass.inputsOnly = inputsOnly;
    for (let i = this.#runs.length - 1; i >= 0; i--) this.#runs[i].backward(this.#pass);
  }

  /** Whether there was a forward pass, and memory for it. */
  get #hasPass(): boolean {
    const { rows } = this.#pass;
    return rows > 0 && rows <= this.#capacity;
  }

  approach(network: Network<N>, stepSize: number): void {
    this.#checkAlive('approach');
    if (!(network instanceof ArenaNetwork) || network.heap !== this.heap || stepSize === 1) {
      approachNetwork(this, network, stepSize);
      return;
    }
    checkAlike(this, network);
    const { kernels, parameters, statistics } = this.layout;
    const { parameterCount, statisticCount } = this.plan;
    const from: Layout = network.layout;
    kernels.approach(stepSize, from.parameters.offset, parameters.offset, parameterCount);
    kernels.approach(stepSize, from.statistics.offset, statistics.offset, statisticCount);
  }

  zeroGradients(): void {
    this.#checkAlive('zeroGradients');
    this.layout.kernels.fill(this.layout.gradients.offset, 0, this.plan.parameterCount);
  }

  dispose(): void {
    this.#checkAlive('dispose');
    this.#isDisposed = true;
    this.heap.free(this.#fixedBlock);
    if (this.#rowBlock !== NOWHERE) this.heap.free(this.#rowBlock);
    this.#views.clear();
  }

  #build(): LayerRun[] {
    const { plan, layout } = this;
    const whole = {
      input: this.#input,
      output: this.#output,
      inputGradient: this.#inputGradient,
      outputGradient: this.#outputGradient,
    };
    const heads = plan.heads.map(({ layers, output }) => ({ layers, output }));
    if (plan.layers.length === 0) return [runFork(heads, plan.input, 1, whole, layout)];
    const { output: shape } = plan.layers[plan.layers.length - 1];
    const size = shape.reduce((product, length) => product * length, 1);
    const middle = layout.perRow(size);
    const middleGradient = layout.perRow(size);
    const isLearning = this.#inputGradient !== null || plan.layers.some(hasParameters);
    const body = { ...whole, output: middle, outputGradient: middleGradient };
    const rest = {
      ...whole,
      input: middle,
      inputGradient: isLearning ? middleGradient : null,
    };
    return [
      runStack(plan.layers, this.inputSize, body, layout),
      runFork(heads, shape, 1, rest, layout),
    ];
  }

  #checkAlive(method: string): void {
    if (this.#isDisposed) throw new Error(`Network.${method}: the network has been disposed of.`);
  }

  /** Reserves what so many rows need, a power of two of them so that this is seldom done. */
  #makeRoom(rows: number): void {
    if (this.#rowBlock !== NOWHERE) this.heap.free(this.#rowBlock);
    this.#rowBlock = NOWHERE;
    this.#capacity = 0;
    let capacity = 1;
    while (capacity < rows) capacity *= 2;
    this.#rowBlock = this.layout.placeRows(capacity);
    this.#capacity = capacity;
  }

  #state(batch: number): N {
    return this.#view(this.layout.states, batch * this.plan.stateSize);
  }

  #readState(batch: number, state: N | undefined): void {
    if (state === undefined) this.#state(batch).fill(0);
    else this.#state(batch).set(state);
  }

  /** The numbers of a slot, `length` of them; the same view as last time where it still holds. */
  #view(slot: Slot, length: number): N {
    const { numbers } = this.heap;
    const old = this.#views.get(slot);
    const begin = numbers.byteOffset + slot.offset * numbers.BYTES_PER_ELEMENT;
    if (old?.buffer === numbers.buffer && old.length === length && old.byteOffset === begin) {
      return old;
    }
    const view = numbers.subarray(slot.offset, slot.offset + length) as N;
    this.#views.set(slot, view);
    return view;
  }
}
