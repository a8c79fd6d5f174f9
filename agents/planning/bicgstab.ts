import { powerOfTwo } from '../../core/math/bits.ts';
import type { LinearSystem } from './linear-system.ts';

/** Iterations without a smaller residual after which the search starts anew from the best. */
const PATIENCE = 200;
const SMOOTHING_SWEEPS = 20;
const GOLDEN_RATIO = 0.618033988749895; // its multiples, modulo 1, fill [0, 1) evenly

/**
 * Solves a system by stabilized biconjugate gradients, each equation divided by its diagonal.
 *
 * The recursion can break down, or lose its way by rounding: it then begins again from the best
 * solution so far, after Gauss-Seidel sweeps, which always converge here; twice as many each time that
 * it gets no further.
 *
 * @param side b, `[size]`.
 * @param solution What to begin with, `[size]`; receives the solution.
 * @param tolerance Stop when no equation is off by more than this, or than rounding.
 * @param maxIterations After so many, sweeps included, give up: the best solution is left.
 * @returns the iterations taken.
 *
 * Source: van der Vorst (1992), "Bi-CGSTAB: a fast and smoothly converging variant of Bi-CG for the
 * solution of nonsymmetric linear systems".
 */
export function biconjugateGradients(
  system: LinearSystem,
  side: Float64Array,
  solution: Float64Array,
  tolerance: number,
  maxIterations: number,
): number {
  const { size } = system;
  const diagonal = diagonalOf(system);
  const [residual, shadow, direction, image, half, halfImage, check] = Array.from(
    { length: 7 },
    () => new Float64Array(size),
  );
  const best = solution.slice();
  let bestError = writeResidual(system, diagonal, side, solution, residual);
  let iterations = 0;
  let stalled = 0;

  while (bestError > tolerance + roundingOf(diagonal, best) && iterations < maxIterations) {
    // (Re)start: r ← b − A x; r̂ ← r; p ← r
    solution.set(best);
    if (stalled > 0) {
      const sweeps = Math.min(SMOOTHING_SWEEPS * powerOfTwo(stalled), maxIterations - iterations);
      smooth(system, diagonal, side, solution, sweeps);
      iterations += sweeps;
    }
    const smoothed = writeResidual(system, diagonal, side, solution, residual);
    const errorAtStart = bestError;
    if (smoothed < bestError) {
      best.set(solution);
      bestError = smoothed;
    }
    scale(residual, diagonal);
    shadow.set(residual);
    // Where r̂ = r has led nowhere, another direction may: one without a pattern.
    if (stalled > 0) for (let i = 0; i < size; i++) shadow[i] = ((i + stalled) * GOLDEN_RATIO) % 1;
    direction.set(residual);
    let rho = dot(shadow, residual);
    for (let since = 0; since < PATIENCE && iterations < maxIterations; since++) {
      iterations++;
      multiply(system, diagonal, direction, image); // v ← A p
      const alpha = rho / dot(shadow, image);
      for (let i = 0; i < size; i++) half[i] = residual[i] - alpha * image[i]; // s ← r − α v
      multiply(system, diagonal, half, halfImage); // t ← A s
      const norm = dot(halfImage, halfImage);
      const omega = norm === 0 ? 0 : dot(halfImage, half) / norm;
      for (let i = 0; i < size; i++) {
        solution[i] += alpha * direction[i] + omega * half[i];
        residual[i] = half[i] - omega * halfImage[i];
      }
      const error = weightedMaximum(residual, diagonal);
      if (!Number.isFinite(error)) break;
      if (error < bestError) {
        const trueError = writeResidual(system, diagonal, side, solution, check);
        if (trueError < bestError) {
          if (trueError < 0.5 * bestError) since = 0;
          best.set(solution);
          bestError = trueError;
        }
        if (bestError <= tolerance) break;
        if (trueError > 2 * error) break; // the recursion has lost its way
      }
      const rhoNext = dot(shadow, residual);
      const beta = (rhoNext / rho) * (alpha / omega);
      rho = rhoNext;
      if (!Number.isFinite(beta)) break;
      for (let i = 0; i < size; i++) {
        // p ← r + β (p − ω v)
        direction[i] = residual[i] + beta * (direction[i] - omega * image[i]);
      }
    }
    stalled = bestError < 0.1 * errorAtStart ? 0 : stalled + 1;
  }
  solution.set(best);
  return iterations;
}

function diagonalOf({ size, rowStart, weight, exit }: LinearSystem): Float64Array {
  const diagonal = exit.slice();
  for (let i = 0; i < size; i++) {
    for (let entry = rowStart[i]; entry < rowStart[i + 1]; entry++) diagonal[i] += weight[entry];
  }
  return diagonal;
}

/** y ← D⁻¹ A x. */
function multiply(
  { size, rowStart, column, weight }: LinearSystem,
  diagonal: Float64Array,
  x: Float64Array,
  y: Float64Array,
): void {
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let entry = rowStart[i]; entry < rowStart[i + 1]; entry++) {
      sum += weight[entry] * x[column[entry]];
    }
    y[i] = x[i] - sum / diagonal[i];
  }
}

/** Writes b − A x; returns the largest of it. */
function writeResidual(
  { size, rowStart, column, weight }: LinearSystem,
  diagonal: Float64Array,
  side: Float64Array,
  x: Float64Array,
  residual: Float64Array,
): number {
  let largest = 0;
  for (let i = 0; i < size; i++) {
    let sum = side[i];
    for (let entry = rowStart[i]; entry < rowStart[i + 1]; entry++) {
      sum += weight[entry] * x[column[entry]];
    }
    residual[i] = sum - diagonal[i] * x[i];
    largest = Math.max(largest, Math.abs(residual[i]));
  }
  return largest;
}

/** How far an equation may be off by rounding. */
function roundingOf(diagonal: Float64Array, x: Float64Array): number {
  return 4 * Number.EPSILON * weightedMaximum(x, diagonal);
}

/** Gauss-Seidel sweeps, there and back. */
function smooth(
  { size, rowStart, column, weight }: LinearSystem,
  diagonal: Float64Array,
  side: Float64Array,
  x: Float64Array,
  sweeps: number,
): void {
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let step = 0; step < size; step++) {
      const i = sweep % 2 === 0 ? step : size - 1 - step;
      let sum = side[i];
      for (let entry = rowStart[i]; entry < rowStart[i + 1]; entry++) {
        sum += weight[entry] * x[column[entry]];
      }
      x[i] = sum / diagonal[i];
    }
  }
}

function scale(x: Float64Array, diagonal: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] /= diagonal[i];
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

function weightedMaximum(x: Float64Array, diagonal: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]) * diagonal[i]);
  return largest;
}
