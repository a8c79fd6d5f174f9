import type { SavedData } from '../core/saved.ts';
import type { LossSpecification } from './losses/registry.ts';
import type { ForwardOptions } from './network.ts';
import type { OptimizerSpecification } from './optimizers/specification.ts';
import type { NetworkPlan } from './plan.ts';
import type { NetworkSpecification } from './specification/network-specification.ts';

/**
 * A network with its losses and its optimizer, where answers may take time.
 *
 * What goes to a GPU is a whole batch of evaluations or a whole step of learning: forward, loss,
 * backward and optimizer, without anything coming back in between but the loss. `EngineLearner` is
 * one for any engine that answers at once, `TfjsLearner` keeps its numbers on the device. Calls take
 * effect in the order in which they are made, whether or not their answers are waited for.
 *
 *     const learner = new EngineLearner(engine, specification, {
 *       losses: [{ loss: huberLoss() }],
 *       optimizer: adam(),
 *     });
 *     const values = await learner.evaluate(observations, 32);
 *     const loss = await learner.update({ inputs, rows: 32, targets: [{ targets, choices }] });
 */
export interface Learner {
  readonly specification: NetworkSpecification;
  readonly plan: NetworkPlan;

  /** What does the work: `simd`, `tfjs-node-gpu`, `webgpu`, … */
  readonly engine: string;

  /** Steps of learning so far. */
  readonly updates: number;

  /**
   * The outputs, `[rows × outputSize]`, of inputs `[rows × inputSize]`; an array of the caller's.
   *
   * @throws RangeError if the options or the length of an array do not fit. Error after `dispose`.
   */
  evaluate(
    inputs: Float32Array,
    rows: number,
    options?: ForwardOptions<Float32Array>,
  ): Promise<Float32Array>;

  /**
   * Takes one step along the gradient of the losses: in a training pass, with dropout and noise.
   *
   * @returns the sum of the losses, before the step.
   * @throws RangeError if the batch does not fit. Error after `dispose`.
   */
  update(batch: LearnerBatch): Promise<number>;

  /** Everything that learning has changed: copies. */
  read(): Promise<LearnerNumbers>;

  /** Goes on from what `read` gave, of this learner or of one on another engine. @throws RangeError if a length differs. */
  write(numbers: LearnerNumbers): Promise<void>;

  /** Gives its memory back. Using it afterwards is an error. */
  dispose(): void;
}

/** How to make a learner. */
export interface LearnerOptions {
  /** What is learned: the sum of these. */
  readonly losses: readonly LearnerLoss[];
  readonly optimizer: OptimizerSpecification;
  /** For the first parameters, dropout and noise: an integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** One of the losses that are learned together. */
export interface LearnerLoss {
  readonly loss: LossSpecification;
  /** The head it is of. Default all outputs. */
  readonly head?: string;
  /** What it is multiplied by. Default 1. */
  readonly scale?: number;
}

/** What a step of learning learns from. */
export interface LearnerBatch extends Pick<ForwardOptions<Float32Array>, 'steps' | 'starts'> {
  /** `[rows × inputSize]`. */
  readonly inputs: Float32Array;
  readonly rows: number;
  /** What sequences carry before their first step, `[batch × stateSize]`; read. Default zeros. */
  readonly state?: Float32Array;
  /** For each of the losses, in their order. */
  readonly targets: readonly LearnerTargets[];
}

/** What one of the losses is told; as `computeLoss` takes it. */
export interface LearnerTargets {
  readonly targets: Float32Array;
  /** Which output, or group of outputs, each row's targets are of, `[rows]`: actions. */
  readonly choices?: ArrayLike<number>;
  /** 0 for outputs that do not count, `[rows × outputs of the head]`. */
  readonly mask?: Uint8Array;
  /** What each row's loss is multiplied by, `[rows]`. */
  readonly weights?: ArrayLike<number>;
  /** Written once the step is done, `[rows]`: priorities for a replay buffer. */
  readonly errors?: Float32Array;
}

/** What learning changes, as data: what checkpoints hold. */
export interface LearnerNumbers {
  /** `[parameterCount]`, in the order of `plan.parameters`. */
  readonly parameters: Float32Array;
  /** `[statisticCount]`. */
  readonly statistics: Float32Array;
  /** What the optimizer remembers, `[slots × parameterCount]`. */
  readonly optimizer: Float32Array;
  readonly updates: number;
  /** Where the draws of dropout and noise stand. */
  readonly rng: SavedData;
}
