/** x ← (x − mean) / (deviation + 10⁻⁸), the deviation with n − 1; of one number it leaves 0. */
export function normalize(numbers: Float32Array): void {
  const n = numbers.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += numbers[i] / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (numbers[i] - mean) * (numbers[i] - mean);
  const deviation = Math.sqrt(squares / Math.max(1, n - 1)) + 1e-8;
  for (let i = 0; i < n; i++) numbers[i] = (numbers[i] - mean) / deviation;
}
