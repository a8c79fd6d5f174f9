/** Numbers of episodes that rise by about a tenth, all powers of ten and `last` among them. */
export function pointsUpTo(last: number): number[] {
  const points: number[] = [];
  for (let power = 1; power < last; power *= 10) {
    for (let n = power; n < Math.min(10 * power, last); n = Math.max(n + 1, Math.round(1.1 * n))) {
      points.push(n);
    }
  }
  return [...points, last];
}
