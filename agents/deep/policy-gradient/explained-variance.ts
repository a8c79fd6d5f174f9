/**
 * 1 − Var[A] / Var[R]: how much of the returns V knew beforehand; 0 where they do not vary.
 *
 * @param values V, `[n]`.
 * @param advantages A = R − V, `[n]`.
 */
export function explainedVariance(values: Float32Array, advantages: Float32Array): number {
  const n = values.length;
  let [meanA, meanR] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanA += advantages[i] / n;
    meanR += (values[i] + advantages[i]) / n;
  }
  let [varianceA, varianceR] = [0, 0];
  for (let i = 0; i < n; i++) {
    varianceA += (advantages[i] - meanA) * (advantages[i] - meanA);
    varianceR += (values[i] + advantages[i] - meanR) * (values[i] + advantages[i] - meanR);
  }
  return varianceR === 0 ? 0 : 1 - varianceA / varianceR;
}
