import type { Numbers } from './rollout.ts';

/**
 * Shifts and scales numbers, such as the advantages of a batch, to mean 0 and standard deviation 1.
 *
 * The deviation is that of a sample, with n − 1; what is divided by is 10⁻⁸ more. A single number has
 * none, and stays what it is.
 *
 * Source: Engstrom et al. (2020), "Implementation matters in deep policy gradients".
 */
export function normalizeAdvantages(advantages: Numbers): void {
  const n = advantages.length;
  if (n < 2) return;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += advantages[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (advantages[i] - mean) * (advantages[i] - mean);
  const deviation = Math.sqrt(squares / (n - 1));
  for (let i = 0; i < n; i++) advantages[i] = (advantages[i] - mean) / (deviation + 1e-8);
}
