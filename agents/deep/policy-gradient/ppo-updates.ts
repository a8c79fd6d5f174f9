import type { Rng } from '../../../core/rng.ts';
import { scheduleValue } from '../../../core/schedule.ts';
import type { ForwardOptions } from '../../../networks/network.ts';
import { normalizeAdvantages } from '../../../replay/returns/normalize.ts';
import type { StepColumns } from '../../../replay/rollout/rollout-columns.ts';
import type { RolloutBuffer } from '../../../replay/rollout-buffer.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { numbersPart } from '../parts/numbers-part.ts';
import type { ActorCritic } from './actor-critic.ts';
import { explainedVariance } from './explained-variance.ts';
import { KlPenalty, type KlPenaltyOptions } from './kl-penalty.ts';
import type { PpoOptions } from './ppo.ts';
import { type PpoLossOptions, type PpoNumbers, ppoLoss } from './ppo-loss.ts';
import type { RolloutUpdates } from './rollout-agent.ts';

/** How a rollout is cut into batches. */
export interface Minibatches {
  /** Batches of an epoch; rows that are left over then wait for another one. */
  readonly count: number;
  /** Rows of each. */
  readonly rows: number;
  /** Puts the rollout in a random order. */
  shuffle(rng: Rng): void;
  /** How the network goes over a batch, whose rows stand at `first` and behind it in that order. */
  forwardOptions?(batch: StepColumns, first: number): ForwardOptions;
}

/** What learns, from what. */
export interface PpoParts {
  readonly actorCritic: ActorCritic;
  readonly rollout: RolloutBuffer;
  readonly minibatches: Minibatches;
}

/** What the updates are like. */
export type PpoUpdatesOptions = Required<
  Pick<
    PpoOptions,
    | 'epochs'
    | 'discount'
    | 'lambda'
    | 'clip'
    | 'valueClip'
    | 'valueWeight'
    | 'entropyWeight'
    | 'normalizeAdvantages'
    | 'targetDivergence'
  >
> & {
  /** A penalty beside the clip, or in its place. The rollout must hold policies then. */
  readonly klPenalty: Required<KlPenaltyOptions> | null;
};

/** The learning half of PPO: several epochs of gradient steps from one rollout. */
export class PpoUpdates implements RolloutUpdates {
  /** What is to be saved. */
  readonly parts: SavedParts;
  readonly #where: string;
  readonly #actorCritic: ActorCritic;
  readonly #rollout: RolloutBuffer;
  readonly #options: PpoUpdatesOptions;
  readonly #minibatches: Minibatches;
  readonly #batch: StepColumns;
  readonly #gradients: Float32Array;
  readonly #penalty: KlPenalty | null;
  readonly #numbers: PpoNumbers & { explainedVariance: number } = {
    loss: 0,
    policyLoss: 0,
    valueLoss: 0,
    entropy: 0,
    divergence: 0,
    clipShare: 0,
    explainedVariance: 0,
  };

  /** @param where Who learns, for errors. */
  constructor(
    where: string,
    { actorCritic, rollout, minibatches }: PpoParts,
    options: PpoUpdatesOptions,
  ) {
    this.#where = where;
    this.#actorCritic = actorCritic;
    this.#rollout = rollout;
    this.#options = options;
    this.#minibatches = minibatches;
    this.#batch = rollout.createBatch(minibatches.rows);
    this.#gradients = new Float32Array(minibatches.rows * actorCritic.rowSize);
    this.#penalty = options.klPenalty && new KlPenalty(options.klPenalty);
    this.parts = {
      numbers: numbersPart(this.#numbers),
      ...(this.#penalty && { penalty: this.#penalty.state }),
    };
  }

  /**
   * Learns from the rollout, which is full.
   *
   * @param steps Environment steps so far, over which `clip` runs.
   * @throws Error if a loss is not finite.
   */
  learn(rng: Rng, steps: number): void {
    const { epochs, discount, lambda, targetDivergence } = this.#options;
    const { count, rows } = this.#minibatches;
    const rollout = this.#rollout;
    rollout.finish(discount, lambda);
    const { values, advantages } = rollout.columns;
    const { clip } = this.#options;
    const lossOptions = {
      ...this.#options,
      clip: clip === null ? null : scheduleValue(clip, steps),
      klWeight: this.#penalty?.weight ?? 0,
    };
    this.#numbers.explainedVariance = explainedVariance(values, advantages);
    for (let epoch = 0; epoch < epochs; epoch++) {
      this.#minibatches.shuffle(rng);
      for (let batch = 0; batch < count; batch++) this.#update(batch * rows, lossOptions);
      if (targetDivergence !== null && this.#numbers.divergence > targetDivergence) break;
    }
    this.#penalty?.adapt(this.#measureDivergence());
  }

  /** d: the mean of KL(π_old ‖ π) over the rows of the last epoch. */
  #measureDivergence(): number {
    const { form, rowSize } = this.#actorCritic;
    const { count, rows } = this.#minibatches;
    const rollout = this.#rollout;
    const batch = this.#batch;
    const result = new Float64Array(1);
    let sum = 0;
    for (let first = 0; first < count * rows; first += rows) {
      rollout.gather(batch, first);
      const outputs = this.#forward(first);
      for (let row = 0; row < rows; row++) {
        const { policies, actionMasks } = batch;
        form.divergence(outputs, row * rowSize, policies, row, result, actionMasks);
        sum += result[0];
      }
    }
    return sum / (count * rows);
  }

  /** One gradient step with the rows that stand at `first` and behind it. */
  #update(first: number, options: PpoLossOptions): void {
    const { network, form } = this.#actorCritic;
    const batch = this.#batch;
    this.#rollout.gather(batch, first);
    if (this.#options.normalizeAdvantages) normalizeAdvantages(batch.advantages);
    const outputs = this.#forward(first);
    ppoLoss(form, outputs, batch, options, this.#gradients, this.#numbers);
    network.update(this.#where, this.#numbers.loss, this.#gradients);
    form.update();
  }

  /** π and V of the batch, whose rows stand at `first` and behind it. */
  #forward(first: number): Float32Array {
    const batch = this.#batch;
    const how = this.#minibatches.forwardOptions?.(batch, first);
    return this.#actorCritic.forward(batch.observations, batch.values.length, how);
  }

  /** Those of the last update, and how well V foretold the last rollout. */
  metrics(): Readonly<Record<string, number>> {
    const { network } = this.#actorCritic;
    const penalty = this.#penalty?.metrics();
    return { updates: network.updates, ...this.#numbers, ...penalty, ...network.metrics() };
  }
}
