import type { Engine } from '../../../networks/engine.ts';
import { clipScale } from '../../../networks/optimizers/clip.ts';
import type { OptimizerSpecification } from '../../../networks/optimizers/specification.ts';
import type { NetworkSpecification } from '../../../networks/specification/network-specification.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { refuseUnlessFinite } from '../parts/finite.ts';
import { networkPart } from '../parts/network-part.ts';
import { separateNoise } from '../parts/separate-noise.ts';
import { TrainableNetwork } from '../parts/trainable-network.ts';
import { QuantileNetwork } from './quantile-network.ts';
import type { QuantileParts } from './quantile-specifications.ts';

/** A network of implicit quantiles that learns. */
export class TrainableQuantiles {
  readonly network: QuantileNetwork;
  /** What is to be saved: the three networks, with their optimizers. */
  readonly parts: QuantileParts<TrainableNetwork>;

  readonly #trainables: readonly TrainableNetwork[];
  readonly #globalNorm: number | null;
  readonly #norms = new Float64Array(3); // of the gradients of each network, before they were clipped

  constructor(
    engine: Engine,
    specifications: QuantileParts<NetworkSpecification>,
    optimizer: OptimizerSpecification,
    { seed }: { readonly seed: number },
  ) {
    const { clip } = optimizer;
    this.#globalNorm = clip !== null && 'globalNorm' in clip ? clip.globalNorm : null;
    const own = this.#globalNorm === null ? optimizer : { ...optimizer, clip: null };
    this.parts = mapParts(
      specifications,
      (specification, i) =>
        new TrainableNetwork(engine, specification, own, {
          seed: seedOf(seed, i),
          inputGradients: specification === specifications.head,
        }),
    );
    const { features, embedding, head } = this.parts;
    this.#trainables = [features, embedding, head];
    this.network = new QuantileNetwork(mapParts(this.parts, ({ network }) => network));
  }

  /** Gradient steps taken. */
  get updates(): number {
    return this.parts.head.updates;
  }

  /**
   * One gradient step, of all three networks.
   *
   * @param where Whose loss it is, for errors.
   * @param outputGradients ∂loss/∂quantiles of the last `quantiles`.
   * @throws Error if the loss is not finite, naming the tensor that is not; nothing has changed then.
   */
  update(where: string, loss: number, outputGradients: Float32Array): void {
    const trainables = this.#trainables;
    if (!Number.isFinite(loss)) {
      const broken = trainables.find(({ network }) => !network.parameters.every(Number.isFinite));
      refuseUnlessFinite(where, broken ?? this.parts.head, loss);
    }
    this.network.backward(outputGradients);
    const norms = this.#globalNorm === null ? null : this.#clip(this.#globalNorm);
    trainables.forEach((trainable, i) => {
      trainable.applyGradients(norms === null ? null : norms[i]);
    });
  }

  /** How each of the three networks does (`NetworkMetrics`). */
  metrics(): Record<string, number> {
    const { features, embedding, head } = this.parts;
    return {
      ...features.metrics('features'),
      ...embedding.metrics('embedding'),
      ...head.metrics('head'),
    };
  }

  /**
   * As an optimizer does: the norm is that of all three networks together.
   *
   * @returns the norm of each as it was, until the next call.
   */
  #clip(limit: number): Float64Array {
    const norms = this.#norms;
    let squares = 0;
    for (let i = 0; i < norms.length; i++) {
      let own = 0;
      for (const slope of this.#trainables[i].network.gradients) {
        squares += slope * slope;
        own += slope * slope;
      }
      norms[i] = Math.sqrt(own);
    }
    const scale = clipScale(limit, Math.sqrt(squares));
    if (scale === 1) return norms;
    for (const { network } of this.#trainables) {
      const { gradients } = network;
      for (let i = 0; i < gradients.length; i++) gradients[i] *= scale;
    }
    return norms;
  }
}

/**
 * The same network as a `TrainableQuantiles` of this seed begins with, but for what noise it will draw; it
 * does not learn by itself.
 */
export function targetQuantiles(
  engine: Engine,
  specifications: QuantileParts<NetworkSpecification>,
  { seed, noisy }: { readonly seed: number; readonly noisy: boolean },
): { readonly network: QuantileNetwork; readonly parts: SavedParts } {
  const networks = mapParts(specifications, (specification, i) => {
    const target = engine.create(specification, { seed: seedOf(seed, i) });
    if (noisy) separateNoise(target, seedOf(seed, i));
    return target;
  });
  const { features, embedding, head } = mapParts(networks, networkPart);
  const parts = { targetFeatures: features, targetEmbedding: embedding, targetHead: head };
  return { network: new QuantileNetwork(networks), parts };
}

/** Of each of the three networks, so that no two begin with the same draws. */
function seedOf(seed: number, part: number): number {
  return 3 * seed + part;
}

function mapParts<A, B>(parts: QuantileParts<A>, f: (part: A, i: number) => B): QuantileParts<B> {
  const { features, embedding, head } = parts;
  return { features: f(features, 0), embedding: f(embedding, 1), head: f(head, 2) };
}
