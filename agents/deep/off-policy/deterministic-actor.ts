import type { Policy } from '../../../core/agent.ts';
import type { Rng } from '../../../core/rng.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import type { Engine } from '../../../networks/engine.ts';
import { dense } from '../../../networks/layers/dense.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import type { Network } from '../../../networks/network.ts';
import type { OptimizerSpecification } from '../../../networks/optimizers/specification.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import type { Shape } from '../../../networks/specification/shape.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { numCopies, type Task } from '../../task.ts';
import { networkPart } from '../parts/network-part.ts';
import { NetworkInputs, type ObservationEncoder } from '../parts/observations.ts';
import { softUpdate } from '../parts/soft-update.ts';
import { TrainableNetwork } from '../parts/trainable-network.ts';
import type { ActionScale } from './action-scale.ts';
import { ExplorationNoise, type NoiseOptions } from './exploration-noise.ts';

/** What a deterministic actor is like. */
export interface DeterministicActorOptions {
  /** Of an input. */
  readonly input: Shape;
  readonly layers: readonly Layer[];
  readonly optimizer: OptimizerSpecification;
  readonly noise: Required<NoiseOptions>;
  readonly engine: Engine;
  readonly seed: number;
}

/** μ(s), an action for each state, as a network that ends in tanh; with noise when it explores. */
export class DeterministicActor {
  readonly actor: TrainableNetwork;
  readonly target: Network;
  /** What is to be saved. */
  readonly parts: SavedParts;

  readonly #inputs: NetworkInputs;
  readonly #scale: ActionScale;
  readonly #noise: ExplorationNoise;

  /** @throws RangeError if a layer does not fit, or `task.numEnvs` is no integer of at least 1. */
  constructor(
    where: string,
    task: Task,
    encoder: ObservationEncoder,
    scale: ActionScale,
    { input, layers, optimizer, noise, engine, seed }: DeterministicActorOptions,
  ) {
    const last = dense(scale.size, { activation: 'tanh', initializer: 'fan-in-uniform' });
    const specification = network({
      input,
      layers,
      heads: { policy: [last] },
    });
    this.#inputs = new NetworkInputs(encoder);
    this.#scale = scale;
    this.actor = new TrainableNetwork(engine, specification, optimizer, { seed });
    this.target = engine.create(specification, { seed });
    const copies = numCopies(where, task);
    this.#noise = new ExplorationNoise(`${where}.act`, noise, copies, scale.size);
    this.parts = {
      actor: this.actor,
      targetActor: networkPart(this.target),
      noise: this.#noise.state,
    };
  }

  /** Writes μ(s) and noise, as the world takes it. */
  explore(observations: Float32Array, actions: ActionColumn, steps: number, rng: Rng): void {
    const taken = actions as Float32Array;
    taken.set(this.#look(observations, actions.length / this.#scale.size));
    this.#noise.addTo(taken, steps, rng);
    this.#scale.toWorld(taken);
  }

  /** Lets the noise begin anew where an episode has ended. */
  endEpisodes({ terminated, truncated }: Transitions): void {
    this.#noise.endEpisodes(terminated, truncated);
  }

  /** The policy without noise. */
  greedy(): Policy {
    return {
      act: (observations, actions) => {
        const taken = actions as Float32Array;
        taken.set(this.#look(observations, actions.length / this.#scale.size));
        this.#scale.toWorld(taken);
      },
    };
  }

  /** One observation as networks take it, and μ of it in [−1, 1]: copies. */
  look(observation: Float32Array): { input: Float32Array; action: Float32Array } {
    const input = this.#inputs.of(observation, 1);
    return { input, action: this.actor.forward(input, 1).slice() };
  }

  /**
   * A gradient step up Q(s, μ(s)), after `actor.forward` of the states.
   *
   * @param actionGradients ∂Q/∂a, `[rows × actionSize]`; overwritten.
   * @param values Q(s, μ(s)), `[rows]`.
   * @returns the loss before it, −mean Q(s, μ(s)).
   */
  climb(where: string, actionGradients: Float32Array, values: Float32Array): number {
    const rows = values.length;
    let loss = 0;
    for (let row = 0; row < rows; row++) loss -= values[row] / rows;
    for (let i = 0; i < actionGradients.length; i++) actionGradients[i] /= -rows;
    this.actor.update(`${where}, actor`, loss, actionGradients);
    return loss;
  }

  /** θ⁻ ← τ θ + (1 − τ) θ⁻. */
  followTarget(stepSize: number): void {
    softUpdate(this.actor.network, this.target, stepSize);
  }

  #look(observations: Float32Array, rows: number): Float32Array {
    return this.actor.forward(this.#inputs.of(observations, rows), rows);
  }
}
