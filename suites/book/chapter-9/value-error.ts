import { createFeatures, type Features } from '../../../agents/linear/features/features.ts';
import { SparseVectors } from '../../../agents/linear/features/sparse-vectors.ts';
import { NUM_STATES, solveWalk, thousandStates } from './thousand-states.ts';

/**
 * The root of the value error √VE, VE = Σ μ(s) [v(s) − wᵀx(s)]², as a function of the weights.
 *
 * As VE = wᵀAw − 2bᵀw + c, with A = Σ μ(s) x(s) x(s)ᵀ, b = Σ μ(s) v(s) x(s) and c = Σ μ(s) v(s)², it
 * costs a square of the number of features rather than a look at every state.
 *
 * Source: Sutton & Barto (2018), section 9.2, equation 9.1.
 */
export function valueError(features: Features): (weights: Float64Array) => number {
  const { values, distribution } = solveWalk();
  const map = createFeatures('valueError: features', features, thousandStates().observationSpace);
  const size = map.numFeatures;
  const x = new SparseVectors(1, map);
  const squares = new Float64Array(size * size);
  const products = new Float64Array(size);
  let constant = 0;
  for (let state = 1; state <= NUM_STATES; state++) {
    map.write(Float32Array.of(state), 0, x, 0, true);
    const share = distribution[state];
    constant += share * values[state] * values[state];
    x.addTo(0, products, 0, share * values[state]);
    for (let i = 0; i < x.counts[0]; i++) {
      x.addTo(0, squares, x.indices[i] * size, share * x.values[i]);
    }
  }
  return (weights) => {
    let error = constant;
    for (let i = 0; i < size; i++) {
      let sum = -2 * products[i];
      for (let j = 0; j < size; j++) sum += squares[i * size + j] * weights[j];
      error += weights[i] * sum;
    }
    return Math.sqrt(Math.max(error, 0));
  };
}
