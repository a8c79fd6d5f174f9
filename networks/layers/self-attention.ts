import { checkInteger, resolveOptions } from '../../core/check.ts';
import { AttentionRun, MAPS } from './attention-run.ts';
import type { LayerDefinition } from './definition.ts';
import { checkSequence, sequenceOf } from './sequence.ts';

/** Positions of a sequence that look at each other, each head in its own way. */
export interface SelfAttention {
  readonly kind: 'self-attention';
  readonly heads: number;
  /** Whether a position sees only itself and those before it. */
  readonly causal: boolean;
}

/** What a user may say of self-attention beside its heads. */
export interface SelfAttentionOptions {
  /** Default false. */
  readonly causal?: boolean;
}

/**
 * Self-attention with several heads on `[positions × features]`:
 * each head has softmax(Q Kᵀ / √d) V of its own d = features / heads columns of
 * Q = X Wq + bq, K = X Wk + bk, V = X Wv + bv; the output is X′ Wo + bo of all heads side by side.
 *
 * Parameters: queryWeights, keyWeights, valueWeights, outputWeights `[features × features]` and
 * queryBias, keyBias, valueBias, outputBias `[features]`.
 *
 * @param heads A divisor of the number of features.
 * @throws RangeError if `heads` is no positive integer or an option is unknown.
 *
 * Source: Vaswani et al. (2017), "Attention is all you need", section 3.2. Differs from the source
 * in that the four maps have biases.
 */
export function selfAttention(heads: number, options: SelfAttentionOptions = {}): SelfAttention {
  return selfAttentionDefinition.resolve('selfAttention', { ...options, heads });
}

interface Fields extends SelfAttentionOptions {
  readonly heads?: number;
}

const DEFAULTS: Required<Fields> = { heads: 0, causal: false };

/** What the library knows of self-attention. */
export const selfAttentionDefinition: LayerDefinition<SelfAttention> = {
  kind: 'self-attention',

  resolve(where, options) {
    const { heads, causal } = resolveOptions<Fields>(where, DEFAULTS, options);
    checkInteger(`${where}: heads`, heads, 1);
    return { kind: 'self-attention', heads, causal };
  },

  plan({ heads }, input, planner) {
    checkSequence(input, planner);
    const { positions, features } = sequenceOf(input);
    if (features % heads !== 0) {
      planner.refuse(`cannot share ${features} features equally among ${heads} heads.`);
    }
    const fans = { fanIn: features, fanOut: features };
    const weights = { initializer: { kind: 'xavier-uniform', gain: 1 }, ...fans } as const;
    const bias = { initializer: { kind: 'zeros' }, ...fans } as const;
    for (const map of MAPS) planner.parameter(`${map}Weights`, [features, features], weights);
    for (const map of MAPS) planner.parameter(`${map}Bias`, [features], bias);
    const maps = MAPS.length * positions * features * features;
    return { output: input, multiplyAdds: maps + 2 * positions * positions * features };
  },

  build: (plan, wires, workshop) => new AttentionRun(plan, wires, workshop),
};
