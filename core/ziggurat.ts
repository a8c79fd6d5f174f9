import { exp, log, log1p } from './math.ts';
import type { Rng } from './rng.ts';

const LAYERS = 256;
const SIZES = 2 ** 52; // how finely a layer's width is divided

/** r: where the tail begins, the right edge of the lowest rectangle. */
export const TAIL_START = 3.6541528853610088;

/** 1 / r. */
const TAIL_STEP = 0.27366123732975828;

/** v: the area of each layer, r · f(r) + ∫ f beyond r, as the reference's own arithmetic rounds it. */
const AREA = 0.004928673233974652;

/** The reference's f(x) is one unit in the last place above the nearest double in this layer. */
const UNEVEN_LAYER = 38;
const UNIT = 1 / 2 ** 53;

/**
 * The area under f(x) = e^(−x²/2), x ≥ 0, cut into layers of the same area; each array `[256]`.
 *
 * Layer i reaches from f(xᵢ) up to f(xᵢ₋₁) and from 0 to xᵢ; layer 0 is the lowest one, with the
 * tail beyond r, as if it were a rectangle of width v / f(r).
 */
export interface NormalLayers {
  /** Width of a layer divided by 2⁵². */
  readonly scale: Float64Array;
  /** Multiples of `scale[i]` below this one lie under the curve, whatever their height. */
  readonly inner: Float64Array;
  /** f(xᵢ). */
  readonly height: Float64Array;
}

/** The layers that NumPy's ziggurat has, to the bit. */
export const NORMAL_LAYERS: NormalLayers = /* @__PURE__ */ cutIntoLayers();

/**
 * Cuts from the tail upwards.
 *
 *     x₂₅₅ = r      f(xᵢ₋₁) = f(xᵢ) + v / xᵢ      x₀ = 0
 *
 * Every step is rounded to a double, as it was when the reference's tables were made; with more
 * digits hundreds of entries would come out a few units in the last place apart.
 *
 * Source: Marsaglia & Tsang (2000), "The ziggurat method for generating random variables",
 * section 2; with 256 layers as in Doornik (2005), "An improved ziggurat method to generate normal
 * random samples". v, the rounding of `inner` and the uneven layer were inferred from what NumPy
 * draws.
 */
function cutIntoLayers(): NormalLayers {
  const scale = new Float64Array(LAYERS);
  const inner = new Float64Array(LAYERS);
  const height = new Float64Array(LAYERS);
  let x = TAIL_START;
  let f = exp(-0.5 * x * x);
  scale[0] = AREA / f / SIZES;
  inner[0] = roundHalfToEven(((x * f) / AREA) * SIZES);
  height[0] = 1;
  for (let i = LAYERS - 1; i > 0; i--) {
    scale[i] = x / SIZES;
    height[i] = f;
    const above = i === 1 ? 0 : Math.sqrt(-2 * log(AREA / x + f)); // xᵢ₋₁
    inner[i] = roundHalfToEven((above / x) * SIZES);
    x = above;
    f = exp(-0.5 * x * x) + (i - 1 === UNEVEN_LAYER ? UNIT : 0);
  }
  return { scale, inner, height };
}

/** For x in [0, 2⁵²]. */
function roundHalfToEven(x: number): number {
  return x + 2 ** 52 - 2 ** 52;
}

/**
 * Whether a point of layer i, beyond its inner part, lies under the curve.
 *
 * @param i In 1 … 255.
 * @param x The point's abscissa.
 * @param share Its height within the layer, in [0, 1).
 */
export function isUnderCurve(i: number, x: number, share: number): boolean {
  const { height } = NORMAL_LAYERS;
  return (height[i - 1] - height[i]) * share + height[i] < exp(-0.5 * x * x);
}

/**
 * A draw from the normal distribution beyond r, from pairs of uniform ones.
 *
 * Source: Marsaglia (1964), "Generating a variable from the tail of the normal distribution", with
 * 1 − u for u, so that the logarithm of 0 is never taken.
 */
export function drawTail(rng: Rng): number {
  for (;;) {
    const x = -TAIL_STEP * log1p(-rng.uniform());
    const y = -log1p(-rng.uniform());
    if (y + y > x * x) return TAIL_START + x;
  }
}
