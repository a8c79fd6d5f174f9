import { checkBetween, checkPositive, resolveOptions } from '../../core/check.ts';
import type { LayerPlan } from '../plan.ts';
import { sizeOf } from '../specification/shape.ts';
import type { LayerDefinition } from './definition.ts';
import { planScaleAndShift } from './group-run.ts';
import type { LayerRun, ParameterRegions, Pass, Region, Wires, Workshop } from './run.ts';

/** Each channel brought to mean 0 and variance 1 over the batch, then scaled and shifted. */
export interface BatchNorm {
  readonly kind: 'batch-norm';
  /** How far the running statistics go towards those of each batch. */
  readonly momentum: number;
  /** Added to the variance. */
  readonly epsilon: number;
}

/** What a user may say of a batch normalization. */
export interface BatchNormOptions {
  /** In [0, 1]. Default 0.1. */
  readonly momentum?: number;
  /** Above 0. Default 1e-5. */
  readonly epsilon?: number;
}

/**
 * Batch normalization: scale and shift `[channels]`, and the statistics mean and variance
 * `[channels]`. A channel is an index of the last axis; its numbers are those of all rows and all
 * positions.
 *
 * In training the batch is normalized by its own mean and variance; then
 * running ← (1 − momentum) · running + momentum · the batch's. Other passes use the running ones.
 *
 * @throws RangeError if an option is unknown or out of range.
 *
 * Source: Ioffe & Szegedy (2015), "Batch normalization", algorithms 1 and 2; as in PyTorch, the
 * running variance is divided by n − 1 and the batch's own by n.
 */
export function batchNorm(options: BatchNormOptions = {}): BatchNorm {
  return batchNormDefinition.resolve('batchNorm', options);
}

const DEFAULTS: Required<BatchNormOptions> = { momentum: 0.1, epsilon: 1e-5 };

/** What the library knows of batch normalization. */
export const batchNormDefinition: LayerDefinition<BatchNorm> = {
  kind: 'batch-norm',

  resolve(where, options) {
    const { momentum, epsilon } = resolveOptions<BatchNormOptions>(where, DEFAULTS, options);
    checkBetween(`${where}: momentum`, momentum, 0, 1);
    checkPositive(`${where}: epsilon`, epsilon);
    return { kind: 'batch-norm', momentum, epsilon };
  },

  plan(_, input, planner) {
    const channels = input.slice(-1);
    planScaleAndShift(channels, planner);
    planner.statistic('mean', channels, 0);
    planner.statistic('variance', channels, 1);
    return { output: input, multiplyAdds: sizeOf(input) };
  },

  build: (plan, wires, workshop) => new BatchNormRun(plan, wires, workshop),
};

/** Mean and variance of each channel. */
interface Moments {
  readonly mean: Region;
  readonly variance: Region;
}

class BatchNormRun implements LayerRun {
  readonly #plan: LayerPlan<BatchNorm>;
  readonly #positions: number;
  readonly #channels: number;
  readonly #scale: ParameterRegions;
  readonly #shift: ParameterRegions;
  readonly #running: Moments;
  readonly #own: Moments; // of the last batch that was trained on
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  constructor(plan: LayerPlan<BatchNorm>, wires: Wires, workshop: Workshop) {
    const { input, parameters, statistics } = plan;
    this.#plan = plan;
    this.#channels = input[input.length - 1];
    this.#positions = sizeOf(input) / this.#channels;
    this.#scale = workshop.parameter(parameters.scale);
    this.#shift = workshop.parameter(parameters.shift);
    this.#running = {
      mean: workshop.statistic(statistics.mean),
      variance: workshop.statistic(statistics.variance),
    };
    this.#own = {
      mean: workshop.fixed(this.#channels),
      variance: workshop.fixed(this.#channels),
    };
    this.#wires = wires;
    this.#workshop = workshop;
  }

  forward({ rows, training }: Pass): void {
    const n = rows * this.#positions;
    if (training) this.#measure(n);
    const { mean, variance } = training ? this.#own : this.#running;
    this.#workshop.kernels.normalizeColumns(
      n,
      this.#channels,
      this.#plan.layer.epsilon,
      this.#wires.input.offset,
      mean.offset,
      variance.offset,
      this.#scale.value.offset,
      this.#shift.value.offset,
      this.#wires.output.offset,
    );
  }

  backward({ rows, training }: Pass): void {
    const { input, inputGradient, outputGradient } = this.#wires;
    const { mean, variance } = training ? this.#own : this.#running;
    this.#workshop.kernels.normalizeColumnsBackward(
      rows * this.#positions,
      this.#channels,
      this.#plan.layer.epsilon,
      input.offset,
      mean.offset,
      variance.offset,
      this.#scale.value.offset,
      outputGradient.offset,
      this.#scale.gradient.offset,
      this.#shift.gradient.offset,
      training ? 1 : 0,
      inputGradient === null ? -1 : inputGradient.offset,
    );
  }

  /** Takes the moments of a batch of `n` numbers a channel, and lets the running ones follow. */
  #measure(n: number): void {
    if (n < 2) {
      throw new RangeError(
        `network: ${this.#plan.name} (batch-norm) must see at least 2 numbers of each channel in ` +
          `training, got ${n}: one alone has no variance.`,
      );
    }
    const { mean, variance } = this.#own;
    const { input } = this.#wires;
    const { kernels } = this.#workshop;
    kernels.columnMoments(n, this.#channels, input.offset, mean.offset, variance.offset);
    this.#follow(mean, this.#running.mean, 1);
    this.#follow(variance, this.#running.variance, n / (n - 1));
  }

  /** running ← (1 − momentum) · running + momentum · factor · batch. */
  #follow(batch: Region, running: Region, factor: number): void {
    const { kernels } = this.#workshop;
    const { momentum } = this.#plan.layer;
    kernels.addScaled(-momentum, running.offset, running.offset, this.#channels);
    kernels.addScaled(momentum * factor, batch.offset, running.offset, this.#channels);
  }
}
