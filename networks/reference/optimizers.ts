import type { OptimizerKernels } from '../kernels/optimizers.ts';
import type { NumbersOf } from './numbers-of.ts';

const LEAST_NORMAL = 1.1754943508222875e-38; // 2⁻¹²⁶, of float32

/** x, or 0 where float32 would be subnormal. */
function settle(x: number): number {
  return Math.abs(x) < LEAST_NORMAL ? 0 : x;
}

/** One step of each optimizer, in plain TypeScript. */
export function optimizerKernels(heap: NumbersOf): OptimizerKernels {
  const sums = new Float64Array(8);

  /** x ← x + rate · (next − x). @returns the new x. */
  function average(x: number, next: number, rate: number): number {
    const { numbers } = heap;
    numbers[x] = settle(numbers[x] + rate * (next - numbers[x]));
    return numbers[x];
  }

  /** @returns the gradient, and leaves 0. */
  function take(gradient: number): number {
    const { numbers } = heap;
    const g = numbers[gradient];
    numbers[gradient] = 0;
    return g;
  }

  return {
    stepSgd(parameters, gradients, velocities, n, learningRate, momentum, isNesterov) {
      const { numbers } = heap;
      for (let i = 0; i < n; i++) {
        const g = take(gradients + i);
        let direction = g;
        if (velocities >= 0) {
          const v = settle(momentum * numbers[velocities + i] + g);
          numbers[velocities + i] = v;
          direction = isNesterov === 1 ? g + momentum * v : v;
        }
        numbers[parameters + i] -= learningRate * direction;
      }
    },

    stepAdagrad(parameters, gradients, squares, n, learningRate, epsilon) {
      const { numbers } = heap;
      for (let i = 0; i < n; i++) {
        const g = take(gradients + i);
        numbers[squares + i] += g * g;
        numbers[parameters + i] -= (learningRate * g) / (Math.sqrt(numbers[squares + i]) + epsilon);
      }
    },

    stepRmsprop(
      parameters,
      gradients,
      squares,
      means,
      velocities,
      n,
      learningRate,
      rate,
      momentum,
      innerEpsilon,
      outerEpsilon,
    ) {
      const { numbers } = heap;
      for (let i = 0; i < n; i++) {
        const g = take(gradients + i);
        const s = average(squares + i, g * g, rate);
        const m = means < 0 ? 0 : average(means + i, g, rate);
        const root = Math.sqrt(Math.max(s - m * m, 0) + innerEpsilon) + outerEpsilon;
        let v = g / root;
        if (velocities >= 0) {
          v = settle(v + momentum * numbers[velocities + i]);
          numbers[velocities + i] = v;
        }
        numbers[parameters + i] -= learningRate * v;
      }
    },

    stepAdadelta(parameters, gradients, squares, changes, n, learningRate, rate, epsilon) {
      const { numbers } = heap;
      for (let i = 0; i < n; i++) {
        const g = take(gradients + i);
        const s = average(squares + i, g * g, rate);
        const change = (g * Math.sqrt(numbers[changes + i] + epsilon)) / Math.sqrt(s + epsilon);
        average(changes + i, change * change, rate);
        numbers[parameters + i] -= learningRate * change;
      }
    },

    stepAdam(
      parameters,
      gradients,
      means,
      squares,
      largest,
      n,
      meanRate,
      squareRate,
      stepSize,
      rootScale,
      epsilon,
      keep,
    ) {
      const { numbers } = heap;
      for (let i = 0; i < n; i++) {
        const g = take(gradients + i);
        const m = average(means + i, g, meanRate);
        let s = average(squares + i, g * g, squareRate);
        if (largest >= 0) {
          s = Math.max(numbers[largest + i], s);
          numbers[largest + i] = s;
        }
        const step = (stepSize * m) / (rootScale * Math.sqrt(s) + epsilon);
        numbers[parameters + i] = keep * numbers[parameters + i] - step;
      }
    },

    addPenalties(parameters, gradients, n, l1, l2) {
      const { numbers } = heap;
      for (let i = 0; i < n; i++) {
        const p = numbers[parameters + i];
        numbers[gradients + i] += l1 * Math.sign(p) + l2 * p;
      }
    },

    clipValues(x, limit, n) {
      const { numbers } = heap;
      for (let i = x; i < x + n; i++) numbers[i] = Math.min(Math.max(numbers[i], -limit), limit);
    },

    scaleBy(x, scale, n) {
      const { numbers } = heap;
      for (let i = x; i < x + n; i++) numbers[i] *= scale;
    },

    squaredNorm(x, y, n) {
      const { numbers } = heap;
      sums.fill(0);
      for (let i = 0; i < n; i++) sums[i % 8] += numbers[x + i] * numbers[x + i];
      const first = sums[0] + sums[1] + (sums[2] + sums[3]);
      const second = sums[4] + sums[5] + (sums[6] + sums[7]);
      numbers[y] = first + second;
    },
  };
}
