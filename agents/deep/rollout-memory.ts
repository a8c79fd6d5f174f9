import type { SavedArray } from '../../core/saved.ts';
import type { ActionColumn } from '../../core/transitions.ts';
import type { Rollout } from '../../replay/returns/rollout.ts';

/** How large the rows of a rollout are. */
export interface RolloutSizes {
  readonly numSteps: number;
  readonly numEnvs: number;
  readonly inputSize: number;
  readonly actionSize: number;
  /** 0 where all actions are legal. */
  readonly maskSize: number;
  /** Whether actions are integers. */
  readonly discrete: boolean;
}

/** What a policy did for `numSteps` steps in `numEnvs` copies, in columns that are used again. */
export class RolloutMemory implements Rollout {
  readonly numEnvs: number;
  /** numSteps · numEnvs. */
  readonly rows: number;
  /** `[rows × inputSize]`. */
  readonly inputs: Float32Array;
  /** `[rows × actionSize]`. */
  readonly actions: ActionColumn;
  /** `[rows × numActions]`, `undefined` where all are legal. */
  readonly masks: Uint8Array | undefined;
  /** log π(a | s) when it was taken, `[rows]`. */
  readonly logProbabilities: Float32Array;
  readonly rewards: Float64Array;
  readonly values: Float32Array;
  readonly nextValues: Float32Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;

  constructor({ numSteps, numEnvs, inputSize, actionSize, maskSize, discrete }: RolloutSizes) {
    const rows = numSteps * numEnvs;
    this.numEnvs = numEnvs;
    this.rows = rows;
    this.inputs = new Float32Array(rows * inputSize);
    this.actions = discrete ? new Int32Array(rows) : new Float32Array(rows * actionSize);
    this.masks = maskSize > 0 ? new Uint8Array(rows * maskSize) : undefined;
    this.logProbabilities = new Float32Array(rows);
    this.rewards = new Float64Array(rows);
    this.values = new Float32Array(rows);
    this.nextValues = new Float32Array(rows);
    this.terminated = new Uint8Array(rows);
    this.truncated = new Uint8Array(rows);
  }

  /** Every column by its name, to be saved. */
  get columns(): Readonly<Record<string, SavedArray>> {
    const { inputs, actions, masks, logProbabilities, rewards, values, nextValues } = this;
    const { terminated, truncated } = this;
    const columns = { inputs, actions, logProbabilities, rewards, values, nextValues };
    return { ...columns, terminated, truncated, ...(masks && { masks }) };
  }

  /** V(s′) of steps after which the episode goes on: V(s) of the next step. */
  linkValues(): void {
    const { numEnvs, terminated, truncated, values, nextValues } = this;
    for (let row = 0; row < this.rows - numEnvs; row++) {
      if (terminated[row] === 0 && truncated[row] === 0) nextValues[row] = values[row + numEnvs];
    }
  }
}
