import { erf, exp, expm1, tanh } from '../../core/math.ts';
import type { ActivationKernels } from '../kernels/activations.ts';
import { sigmoid, softplus } from '../logistic.ts';
import {
  ACTIVATIONS,
  type Activation,
  LEAKY_SLOPE,
  SELU_ALPHA,
  SELU_SCALE,
} from '../specification/activation.ts';
import type { NumbersOf } from './numbers-of.ts';

/** Nonlinear functions from their formulas, in plain TypeScript. */
export function activationKernels(heap: NumbersOf): ActivationKernels {
  return {
    activate(code, x, y, n) {
      const { numbers } = heap;
      const f = FUNCTIONS[ACTIVATIONS[code]];
      for (let i = 0; i < n; i++) numbers[y + i] = f(numbers[x + i]);
    },

    activateBackward(code, x, y, dy, dx, n) {
      const { numbers } = heap;
      const slope = SLOPES[ACTIVATIONS[code]];
      for (let i = 0; i < n; i++) {
        numbers[dx + i] = slope(numbers[x + i], numbers[y + i]) * numbers[dy + i];
      }
    },

    parametricRelu(rows, channels, slopes, x, y) {
      const { numbers } = heap;
      for (let i = 0; i < rows * channels; i++) {
        const value = numbers[x + i];
        numbers[y + i] = value > 0 ? value : numbers[slopes + (i % channels)] * value;
      }
    },

    parametricReluBackward(rows, channels, slopes, x, dy, slopesGradient, dx) {
      const { numbers } = heap;
      for (let i = 0; i < rows * channels; i++) {
        const isAbove = numbers[x + i] > 0;
        const gradient = numbers[dy + i];
        if (!isAbove) numbers[slopesGradient + (i % channels)] += numbers[x + i] * gradient;
        if (dx >= 0)
          numbers[dx + i] = isAbove ? gradient : numbers[slopes + (i % channels)] * gradient;
      }
    },
  };
}

const SQRT_HALF = Math.SQRT1_2;
const ONE_OVER_SQRT_TWO_PI = 0.3989422804014327;
const SELU_BOTTOM = SELU_SCALE * SELU_ALPHA;

/** Φ(x), the chance that a standard normal draw is below x. */
function normalBelow(x: number): number {
  return 0.5 * (1 + erf(x * SQRT_HALF));
}

const FUNCTIONS: Readonly<Record<Activation, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => (x < 0 ? 0 : x), // not a number stays so
  'leaky-relu': (x) => (x > 0 ? x : LEAKY_SLOPE * x),
  elu: (x) => (x > 0 ? x : expm1(x)),
  selu: (x) => (x > 0 ? SELU_SCALE * x : SELU_BOTTOM * expm1(x)),
  silu: (x) => x * sigmoid(x),
  gelu: (x) => x * normalBelow(x),
  softplus,
  sigmoid,
  tanh,
};

/** f′(x), from x where it must be and else from y = f(x). */
const SLOPES: Readonly<Record<Activation, (x: number, y: number) => number>> = {
  linear: () => 1,
  relu: (_, y) => (y > 0 ? 1 : 0),
  'leaky-relu': (_, y) => (y > 0 ? 1 : LEAKY_SLOPE),
  elu: (_, y) => (y > 0 ? 1 : y + 1),
  selu: (_, y) => (y > 0 ? SELU_SCALE : y + SELU_BOTTOM),
  silu: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))),
  gelu: (x) => normalBelow(x) + x * ONE_OVER_SQRT_TWO_PI * exp(-0.5 * x * x),
  softplus: (_, y) => -expm1(-y), // σ(x) = 1 − e^(−y)
  sigmoid: (_, y) => y * (1 - y),
  tanh: (_, y) => 1 - y * y,
};
