import { checkLength } from '../../core/check.ts';
import type { Numbers } from '../layers/run.ts';
import { atomValue, type CategoricalLoss } from './categorical.ts';

/**
 * The distribution of r + γ Z over the atoms, of Z's: each atom moves, and what has come to lie
 * between two atoms is shared by how near they are. It keeps the mass, and the mean of what is not
 * moved beyond the lowest or highest atom.
 *
 * Source: Bellemare, Dabney & Munos (2017), "A distributional perspective on reinforcement learning",
 * algorithm 1. Differs from the source where b is an integer: there the source's two shares are both 0.
 *
 * @param rewards r, `[rows]`.
 * @param discounts γ, `[rows]`; 0 where the episode terminated.
 * @param probabilities p(s′, a*), `[rows × atoms]`.
 * @param projected Written, `[rows × atoms]`; not `probabilities` itself.
 * @throws RangeError if an array's length is not that.
 */
export function projectReturns(
  support: CategoricalLoss,
  rewards: ArrayLike<number>,
  discounts: ArrayLike<number>,
  probabilities: Numbers,
  projected: Numbers,
): void {
  const { atoms, low, high } = support;
  const rows = rewards.length;
  checkLength('projectReturns: discounts', discounts, rows);
  checkLength('projectReturns: probabilities', probabilities, rows * atoms);
  checkLength('projectReturns: projected', projected, rows * atoms);
  const spacing = (high - low) / (atoms - 1); // Δz
  projected.fill(0);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < atoms; j++) {
      const moved = rewards[row] + discounts[row] * atomValue(support, j); // T̂zⱼ
      const b = Math.max(0, Math.min(atoms - 1, (moved - low) / spacing));
      const lower = Math.min(Math.floor(b), atoms - 2);
      const probability = probabilities[row * atoms + j];
      projected[row * atoms + lower] += probability * (lower + 1 - b);
      projected[row * atoms + lower + 1] += probability * (b - lower);
    }
  }
}
