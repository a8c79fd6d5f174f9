import { checkOneOf, resolveOptions } from '../../core/check.ts';
import { cos, pow, sin } from '../../core/math.ts';
import type { LayerPlan } from '../plan.ts';
import { type Shape, sizeOf } from '../specification/shape.ts';
import type { LayerDefinition } from './definition.ts';
import type { LayerRun, ParameterRegions, Pass, Region, Wires, Workshop } from './run.ts';
import { checkSequence, sequenceOf } from './sequence.ts';

/** Something added to each position of a sequence, by which attention can tell where it is. */
export interface PositionalEncoding {
  readonly kind: 'positional-encoding';
  readonly method: 'sinusoidal' | 'learned';
}

/** What a user may say of a positional encoding. */
export interface PositionalEncodingOptions {
  /**
   * `sinusoidal`: sines and cosines of wavelengths from 2π to 10000 · 2π. `learned`: parameters
   * `positions` `[positions × features]`, normal draws of deviation 0.02 at first. Default `sinusoidal`.
   */
  readonly method?: 'sinusoidal' | 'learned';
}

/**
 * Adds to a sequence `[positions × features]` what says where each position is.
 *
 * @throws RangeError if an option is unknown.
 *
 * Source: Vaswani et al. (2017), "Attention is all you need", section 3.5.
 */
export function positionalEncoding(options: PositionalEncodingOptions = {}): PositionalEncoding {
  return positionalEncodingDefinition.resolve('positionalEncoding', options);
}

const DEFAULTS: Required<PositionalEncodingOptions> = { method: 'sinusoidal' };

/** What the library knows of positional encodings. */
export const positionalEncodingDefinition: LayerDefinition<PositionalEncoding> = {
  kind: 'positional-encoding',

  resolve(where, options) {
    const { method } = resolveOptions<PositionalEncodingOptions>(where, DEFAULTS, options);
    checkOneOf(`${where}: method`, method, ['sinusoidal', 'learned']);
    return { kind: 'positional-encoding', method };
  },

  plan({ method }, input, planner) {
    checkSequence(input, planner);
    if (method === 'learned') {
      const initializer = { kind: 'normal', deviation: 0.02 } as const;
      planner.parameter('positions', input, { initializer, fanIn: 1, fanOut: 1 });
    }
    return { output: input, multiplyAdds: 0 };
  },

  build: (plan, wires, workshop) => new PositionalEncodingRun(plan, wires, workshop),
};

class PositionalEncodingRun implements LayerRun {
  readonly #size: number;
  readonly #learned: ParameterRegions | null;
  readonly #encoding: Region;
  #waves: Float64Array | null; // that are still to be written
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  constructor(plan: LayerPlan<PositionalEncoding>, wires: Wires, workshop: Workshop) {
    const { layer, input, parameters } = plan;
    const isLearned = layer.method === 'learned';
    this.#size = sizeOf(input);
    this.#learned = isLearned ? workshop.parameter(parameters.positions) : null;
    this.#encoding = this.#learned?.value ?? workshop.fixed(this.#size);
    this.#waves = isLearned ? null : sinusoids(input);
    this.#wires = wires;
    this.#workshop = workshop;
  }

  forward({ rows }: Pass): void {
    const { kernels, numbers } = this.#workshop;
    const { input, output } = this.#wires;
    if (this.#waves !== null) {
      numbers.set(this.#waves, this.#encoding.offset);
      this.#waves = null;
    }
    kernels.copy(input.offset, output.offset, rows * this.#size);
    kernels.addRow(this.#encoding.offset, output.offset, this.#size, rows);
  }

  backward({ rows }: Pass): void {
    const { kernels } = this.#workshop;
    const { inputGradient, outputGradient } = this.#wires;
    const dy = outputGradient.offset;
    if (this.#learned !== null) {
      kernels.addColumnSums(dy, this.#learned.gradient.offset, this.#size, rows);
    }
    if (inputGradient !== null) kernels.copy(dy, inputGradient.offset, rows * this.#size);
  }
}

/** Feature 2i of position p is sin(p / 10000^(2i / features)), feature 2i + 1 its cosine. */
export function sinusoids(input: Shape): Float64Array {
  const { positions, features } = sequenceOf(input);
  return Float64Array.from({ length: positions * features }, (_, at) => {
    const feature = at % features;
    const even = feature - (feature % 2);
    const angle = Math.floor(at / features) / pow(10000, even / features);
    return feature === even ? sin(angle) : cos(angle);
  });
}
