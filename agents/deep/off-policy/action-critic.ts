import type { Inspection } from '../../../core/agent.ts';
import type { Engine } from '../../../networks/engine.ts';
import { dense } from '../../../networks/layers/dense.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import type { Network } from '../../../networks/network.ts';
import type { OptimizerSpecification } from '../../../networks/optimizers/specification.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { networkPart } from '../parts/network-part.ts';
import { softUpdate } from '../parts/soft-update.ts';
import { TrainableNetwork } from '../parts/trainable-network.ts';

/** What a critic of real actions is like. */
export interface ActionCriticOptions {
  readonly inputSize: number;
  readonly actionSize: number;
  /** Estimates that learn from the same targets, at least 1. */
  readonly count: number;
  /** Of each estimate. */
  readonly layers: readonly Layer[];
  readonly optimizer: OptimizerSpecification;
  readonly engine: Engine;
  readonly seed: number;
  /** Rows of an update. */
  readonly rows: number;
}

/**
 * Q(s, a) of real actions, as one or several independent estimates, and its target network.
 *
 * The estimates are heads of one network that share nothing.
 */
export class ActionCritic {
  readonly critic: TrainableNetwork;
  readonly target: Network;
  /** What is to be saved. */
  readonly parts: SavedParts;

  readonly #options: ActionCriticOptions;
  readonly #inputs: Float32Array; // (s, a), [rows × (inputSize + actionSize)]
  readonly #gradients: Float32Array; // [rows × count]

  constructor(options: ActionCriticOptions) {
    const { inputSize, actionSize, count, layers, optimizer, engine, seed, rows } = options;
    const last = dense(1, { initializer: 'fan-in-uniform' });
    const heads = Array.from(
      { length: count },
      (_, i) => [`q${i + 1}`, [...layers, last]] as const,
    );
    const specification = network({
      input: [inputSize + actionSize],
      heads: Object.fromEntries(heads),
    });
    this.critic = new TrainableNetwork(engine, specification, optimizer, {
      seed,
      inputGradients: true,
    });
    this.target = engine.create(specification, { seed });
    this.parts = { critic: this.critic, target: networkPart(this.target) };
    this.#options = options;
    this.#inputs = new Float32Array(rows * (inputSize + actionSize));
    this.#gradients = new Float32Array(rows * count);
  }

  /** minᵢ Q̂ᵢ(s, a) of the target network, `[rows]`. */
  writeTargetValues(inputs: Float32Array, actions: Float32Array, values: Float32Array): void {
    const { rows, count } = this.#options;
    const outputs = this.target.forward(this.#join(inputs, actions), rows);
    for (let row = 0; row < rows; row++) {
      values[row] = outputs[row * count + lowest(outputs, row, count)];
    }
  }

  /**
   * A gradient step on ½ Σᵢ mean (Qᵢ(s, a) − y)².
   *
   * @param where Whose step it is, for errors.
   * @param targets y, `[rows]`.
   * @returns the loss before it.
   */
  update(
    where: string,
    inputs: Float32Array,
    actions: Float32Array,
    targets: Float32Array,
  ): number {
    const { rows, count } = this.#options;
    const outputs = this.critic.forward(this.#join(inputs, actions), rows);
    let loss = 0;
    for (let i = 0; i < rows * count; i++) {
      const error = outputs[i] - targets[Math.floor(i / count)];
      loss += (0.5 * error * error) / rows;
      this.#gradients[i] = error / rows;
    }
    this.critic.update(`${where}, critic`, loss, this.#gradients);
    return loss;
  }

  /**
   * Q(s, a), and its gradient by the action.
   *
   * @param estimate Which of them: the first, or the least of all in each row.
   * @param values Receives it, `[rows]`.
   * @param actionGradients Receives ∂Q/∂a, `[rows × actionSize]`.
   */
  differentiate(
    estimate: 'first' | 'least',
    inputs: Float32Array,
    actions: Float32Array,
    values: Float32Array,
    actionGradients: Float32Array,
  ): void {
    const { rows, count, inputSize, actionSize } = this.#options;
    const outputs = this.critic.forward(this.#join(inputs, actions), rows);
    this.#gradients.fill(0);
    for (let row = 0; row < rows; row++) {
      const index = row * count + (estimate === 'first' ? 0 : lowest(outputs, row, count));
      values[row] = outputs[index];
      this.#gradients[index] = 1;
    }
    const { network } = this.critic;
    network.backward(this.#gradients, INPUTS_ONLY);
    const { inputGradients } = network;
    const size = inputSize + actionSize;
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < actionSize; k++) {
        actionGradients[row * actionSize + k] = inputGradients[row * size + inputSize + k];
      }
    }
    network.zeroGradients(); // the critic itself learns nothing from this
  }

  /**
   * V(s) of one state: minᵢ Qᵢ of the action that a policy takes in it.
   *
   * @param input s, as the network takes it.
   * @param action In [−1, 1].
   */
  inspect(input: Float32Array, action: Float32Array): Inspection {
    const joined = new Float32Array(input.length + action.length);
    joined.set(input);
    joined.set(action, input.length);
    return { value: Math.min(...this.critic.forward(joined, 1)) };
  }

  /** θ⁻ ← τ θ + (1 − τ) θ⁻. */
  followTarget(stepSize: number): void {
    softUpdate(this.critic.network, this.target, stepSize);
  }

  #join(inputs: Float32Array, actions: Float32Array): Float32Array {
    const { rows, inputSize, actionSize } = this.#options;
    const joined = this.#inputs;
    for (let row = 0, k = 0; row < rows; row++) {
      for (let i = 0; i < inputSize; i++) joined[k++] = inputs[row * inputSize + i];
      for (let i = 0; i < actionSize; i++) joined[k++] = actions[row * actionSize + i];
    }
    return joined;
  }
}

const INPUTS_ONLY = { inputsOnly: true } as const;

/** Which of a row's outputs is the least. */
function lowest(outputs: Float32Array, row: number, count: number): number {
  let least = 0;
  for (let i = 1; i < count; i++) {
    if (outputs[row * count + i] < outputs[row * count + least]) least = i;
  }
  return least;
}
