import { describe, expect, test } from 'vitest';
import { drawTail, isUnderCurve, NORMAL_LAYERS, TAIL_START } from '../../core/ziggurat.ts';
import { digest, GOLDEN_RNG } from '../helpers/numpy.ts';
import { scriptedRng } from '../helpers/rng.ts';

const { scale, inner, height } = NORMAL_LAYERS;
const f = (x: number) => Math.exp(-0.5 * x * x);
const edge = (i: number) => (i === 0 ? 0 : scale[i] * 2 ** 52); // xᵢ

describe('the layers of the ziggurat', () => {
  test('are those that show in what NumPy draws, to the bit', () => {
    expect(digest(scale)).toBe(GOLDEN_RNG.ziggurat.scale);
    expect(digest(inner)).toBe(GOLDEN_RNG.ziggurat.inner);
  });

  test("end where NumPy's curve does, to the bit", () => {
    const shares = Float64Array.from({ length: 255 }, (_, k) => {
      const size = Math.floor((inner[k + 1] + 2 ** 52) / 2);
      return lastShare((share) => isUnderCurve(k + 1, size * scale[k + 1], share));
    });
    expect(digest(shares)).toBe(GOLDEN_RNG.ziggurat.shares);
  });

  test('have all the same area', () => {
    const area = scale[0] * 2 ** 52 * f(TAIL_START); // the rectangle that stands for the tail
    for (let i = 1; i < 256; i++) {
      expect((f(edge(i - 1)) - f(edge(i))) * edge(i), `layer ${i}`).toBeCloseTo(area, 14);
    }
  });

  test('lie on the curve, and their inner parts under the layer above', () => {
    expect([height[0], inner[1]]).toEqual([1, 0]);
    for (let i = 1; i < 256; i++) {
      expect(height[i]).toBeCloseTo(f(edge(i)), 14);
      expect(inner[i] * scale[i]).toBeCloseTo(edge(i - 1), 14);
    }
  });
});

describe('the tail', () => {
  test('begins at r and follows from pairs of uniform draws', () => {
    // x = −ln(1 − u) / r; taken if −2 ln(1 − w) > x²
    const x = Math.LN2 / TAIL_START;
    expect(drawTail(scriptedRng(0.5, 0.5))).toBeCloseTo(TAIL_START + x, 14);
    expect(drawTail(scriptedRng(0.5, 0, 0, 0.5))).toBe(TAIL_START); // −2 ln 1 = 0: not taken
  });
});

/** The last multiple of 2⁻⁵³ in [0, 1) for which `holds`; it does up to some point. */
function lastShare(holds: (share: number) => boolean): number {
  let [low, high] = [0, 2 ** 53];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle * 2 ** -53)) low = middle;
    else high = middle;
  }
  return low * 2 ** -53;
}
