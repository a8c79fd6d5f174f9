import { checkSavedHeader, type SavedData, savedHeader, savedObject } from '../../../core/saved.ts';
import type { CreateOptions, Engine } from '../../../networks/engine.ts';
import type { ForwardOptions, Network } from '../../../networks/network.ts';
import type { Optimizer } from '../../../networks/optimizers/optimizer.ts';
import type { OptimizerSpecification } from '../../../networks/optimizers/specification.ts';
import { everyLayer, type NetworkPlan } from '../../../networks/plan.ts';
import { restoreNetwork, saveNetwork } from '../../../networks/saved/saved-network.ts';
import { restoreOptimizer, saveOptimizer } from '../../../networks/saved/saved-optimizer.ts';
import type { NetworkSpecification } from '../../../networks/specification/network-specification.ts';
import type { SavedPart } from '../../saved-parts.ts';
import { checkRow } from './check-row.ts';
import { refuseUnlessFinite } from './finite.ts';
import { NetworkMonitor } from './network-monitor.ts';

/** How to make one. */
export interface TrainableNetworkOptions extends CreateOptions {
  /** Whether whoever uses it carries states of recurrent layers from step to step. Default false. */
  readonly recurrent?: boolean;
}

/** A network that learns: with its optimizer, saved and restored as one. */
export class TrainableNetwork implements SavedPart {
  readonly network: Network;
  readonly optimizer: Optimizer;
  readonly #monitor = new NetworkMonitor();

  /**
   * @throws RangeError if a layer does not fit the one before, or an option is unknown, or there are
   *   recurrent layers whose states nobody would carry, or none where somebody would, or a head gives
   *   no row of numbers: layers before it end in several axes.
   */
  constructor(
    engine: Engine,
    specification: NetworkSpecification,
    optimizer: OptimizerSpecification,
    { recurrent = false, ...options }: TrainableNetworkOptions,
  ) {
    this.network = engine.create(specification, options);
    checkRecurrence(this.network.plan, recurrent);
    checkHeads(this.network.plan);
    this.optimizer = engine.optimize(this.network, optimizer);
  }

  /** Gradient steps taken. */
  get updates(): number {
    return this.optimizer.updates;
  }

  /** The outputs for some inputs, `[rows × outputSize]`, until the next call. */
  forward(inputs: Float32Array, rows: number, options?: ForwardOptions): Float32Array {
    return this.network.forward(inputs, rows, options);
  }

  /**
   * One gradient step.
   *
   * @param where Whose loss it is, for errors.
   * @param outputGradients ∂loss/∂outputs, `[rows × outputSize]`, of the last `forward`.
   * @throws Error if the loss is not finite, naming the tensor that is not; nothing has changed then.
   */
  update(where: string, loss: number, outputGradients: Float32Array): void {
    if (!Number.isFinite(loss)) refuseUnlessFinite(where, this, loss);
    this.network.backward(outputGradients);
    this.applyGradients();
  }

  /**
   * One step of the optimizer, with the gradients that the network holds.
   *
   * @param gradientNorm ‖g‖ before it was clipped, where the caller did that. Default `null`: nobody did.
   */
  applyGradients(gradientNorm: number | null = null): void {
    const { network, optimizer } = this;
    const isLookedAt = this.#monitor.isDue(this.updates);
    if (isLookedAt) this.#monitor.before(network);
    optimizer.step();
    if (isLookedAt) this.#monitor.after(network);
    this.#monitor.noteGradient(gradientNorm ?? optimizer.gradientNorm);
  }

  /**
   * How it does (`NetworkMetrics`).
   *
   * @param name Set before each number's: `actor` makes `actorGradientNorm`. Default nothing.
   */
  metrics(name = ''): Record<string, number> {
    const metrics = this.#monitor.metrics(this.network);
    return Object.fromEntries(
      Object.entries(metrics).map(([key, value]) => [joinNames(name, key), value]),
    );
  }

  snapshot(): SavedData {
    return {
      ...savedHeader('trainable-network', 1),
      network: saveNetwork(this.network),
      optimizer: saveOptimizer(this.optimizer),
      monitor: this.#monitor.snapshot(),
    };
  }

  restore(saved: SavedData): void {
    const where = 'TrainableNetwork.restore';
    checkSavedHeader(where, saved, 'trainable-network', 1);
    const network = savedObject(where, saved, 'network');
    const optimizer = savedObject(where, saved, 'optimizer');
    const monitor = savedObject(where, saved, 'monitor');
    const before = [saveNetwork(this.network), this.#monitor.snapshot()] as const;
    this.#monitor.restore(monitor);
    try {
      restoreNetwork(this.network, network);
      restoreOptimizer(this.optimizer, optimizer);
    } catch (error) {
      restoreNetwork(this.network, before[0]);
      this.#monitor.restore(before[1]);
      throw error;
    }
  }
}

function joinNames(first: string, second: string): string {
  return first === '' ? second : first + second[0].toUpperCase() + second.slice(1);
}

function checkRecurrence({ layers, heads, stateSize }: NetworkPlan, recurrent: boolean): void {
  if (stateSize > 0 === recurrent) return;
  if (recurrent) {
    throw new RangeError('layers must have a recurrent one among them, such as lstm, got none.');
  }
  const every = everyLayer([...layers, ...heads.flatMap((head) => head.layers)]);
  const [{ name, layer }] = every.filter(({ states }) => Object.keys(states).length > 0);
  throw new RangeError(
    `${name} must not be recurrent, got ${layer.kind}: this agent carries nothing from step to step. Take recurrent-ppo or recurrent-dqn.`,
  );
}

/** A dense layer at the end of a head takes several axes too, but as positions that it sees one by one. */
function checkHeads({ heads }: NetworkPlan): void {
  for (const { name, layers, output } of heads) {
    if (output.length !== 1)
      checkRow(`layers before heads.${name}`, layers.at(-1)?.input ?? output);
  }
}
