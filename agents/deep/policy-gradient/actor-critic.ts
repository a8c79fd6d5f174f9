import type { Inspection, Policy } from '../../../core/agent.ts';
import type { Box, Space } from '../../../core/space.ts';
import type { ActionColumn } from '../../../core/transitions.ts';
import { type CpuEngineName, cpuEngine } from '../../../networks/cpu-engine.ts';
import type { Engine } from '../../../networks/engine.ts';
import { dense } from '../../../networks/layers/dense.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import type { ForwardOptions } from '../../../networks/network.ts';
import type { OptimizerSpecification } from '../../../networks/optimizers/specification.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import type { SavedParts } from '../../saved-parts.ts';
import type { Task } from '../../task.ts';
import { RowStates } from '../parts/carried-state.ts';
import { createEncoder, NetworkInputs, type ObservationEncoder } from '../parts/observations.ts';
import { TrainableNetwork } from '../parts/trainable-network.ts';
import { categoricalPolicy } from '../policies/categorical-policy.ts';
import { gaussianPolicy, requireRealBox } from '../policies/gaussian-policy.ts';
import type { PolicyForm } from '../policies/policy-form.ts';

/** What actor and critic are like. */
export interface ActorCriticOptions {
  /** What both share. */
  readonly layers: readonly Layer[];
  /** What only the policy has. */
  readonly policyLayers: readonly Layer[];
  /** What only the value has. */
  readonly valueLayers: readonly Layer[];
  readonly optimizer: OptimizerSpecification;
  /** log σ at the start, of real actions. */
  readonly logDeviation: number;
  readonly engine: CpuEngineName;
  readonly seed: number;
  /** Whether some layers are recurrent, and their states are carried. Default false. */
  readonly recurrent?: boolean;
}

/** A network with two heads: `policy`, which says how to act, and `value`, which says V(s). */
export class ActorCritic {
  readonly encoder: ObservationEncoder;
  readonly form: PolicyForm;
  readonly network: TrainableNetwork;
  /** Numbers in a row of outputs: the policy's, then V(s). */
  readonly rowSize: number;
  /** What is to be saved. */
  readonly parts: SavedParts;

  readonly #inputs: NetworkInputs;
  readonly #box: Box | null;

  /** @throws RangeError if actions are neither `Discrete` nor real, or the layers do not fit. */
  constructor(where: string, task: Task, options: ActorCriticOptions) {
    const engine = cpuEngine(options.engine, `${where}: engine`);
    const { actionSpace } = task;
    this.encoder = createEncoder(task.observationSpace);
    this.#inputs = new NetworkInputs(this.encoder);
    this.#box =
      actionSpace.kind === 'discrete' ? null : requireRealBox(where, actionSpace, 'Discrete or ');
    this.form = createForm(actionSpace, { ...options, engine });
    const specification = network({
      input: this.encoder.shape,
      layers: options.layers,
      heads: {
        policy: [...options.policyLayers, ...this.form.head],
        value: [...options.valueLayers, dense(1, { initializer: ORTHOGONAL })],
      },
    });
    const { optimizer, seed, recurrent = false } = options;
    this.network = new TrainableNetwork(engine, specification, optimizer, { seed, recurrent });
    this.rowSize = this.form.size + 1;
    this.parts = { network: this.network, ...this.form.parts };
  }

  /** What the network takes for some observations, `[rows × inputSize]`, until the next call. */
  encode(observations: Float32Array, rows: number): Float32Array {
    return this.#inputs.of(observations, rows);
  }

  /**
   * π and V of some observations, `[rows × rowSize]`, until the next call.
   *
   * @param options Of a recurrent network: what it carries, and how many steps it goes.
   */
  forward(observations: Float32Array, rows: number, options?: ForwardOptions): Float32Array {
    return this.network.forward(this.encode(observations, rows), rows, options);
  }

  /** Numbers that a row carries from step to step; 0 unless the network is recurrent. */
  get stateSize(): number {
    return this.network.network.plan.stateSize;
  }

  /** Cuts real actions to the bounds of the world, as it will take them. */
  clip(actions: ActionColumn): void {
    if (this.#box === null) return;
    const { low, high } = this.#box;
    for (let i = 0; i < actions.length; i++) {
      const j = i % low.length;
      actions[i] = Math.max(low[j], Math.min(high[j], actions[i]));
    }
  }

  /** The policy that always takes the likeliest action. */
  greedy(): Policy {
    const states = new RowStates(this.stateSize);
    return {
      act: (observations, actions, masks) => {
        const rows = actions.length / this.form.actionSize;
        const outputs = this.forward(observations, rows, { state: states.of(rows) });
        for (let row = 0; row < rows; row++) {
          this.form.choose(outputs, row * this.rowSize, actions, row, masks);
        }
        this.clip(actions);
      },
      ...(this.stateSize > 0 && { begin: (starts: Uint8Array) => states.begin(starts) }),
    };
  }

  /**
   * V(s), and π(· | s) where actions can be counted.
   *
   * @param state What a recurrent network carries to s, `[stateSize]`; overwritten. Default zeros.
   */
  inspect(observation: Float32Array, actionMask?: Uint8Array, state?: Float32Array): Inspection {
    const outputs = this.forward(observation, 1, state && { state });
    const value = outputs[this.form.size];
    const policy = this.form.chances?.(outputs, 0, actionMask);
    return policy === undefined ? { value } : { policy, value };
  }
}

const ORTHOGONAL = { kind: 'orthogonal', gain: 1 } as const;
const SMALL_GAIN = 0.01; // of the head that acts: the first policy is nearly uniform

function createForm(
  space: Space,
  options: Omit<ActorCriticOptions, 'engine'> & { readonly engine: Engine },
): PolicyForm {
  if (space.kind === 'discrete') return categoricalPolicy(space.n, SMALL_GAIN);
  const { engine, optimizer, logDeviation } = options;
  const size = (space as Box).low.length;
  return gaussianPolicy(size, { engine, optimizer, logDeviation, gain: SMALL_GAIN });
}
