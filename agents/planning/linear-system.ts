/**
 * The equations of a class of states that lead to one another, in numbers of its own:
 *
 *     (e_i + Σ_{j ≠ i} a_ij) x_i = b_i + Σ_{j ≠ i} a_ij x_j,
 *
 * where a_ij ≥ 0 is the discounted chance to go from i to j, and e_i ≥ 0 that to leave the class, to
 * end, or to be discounted away. No 1 − a_ii is ever formed: it would cancel where leaving is rare.
 */
export interface LinearSystem {
  readonly size: number;
  /** Where the row of each equation begins, `[size + 1]`. */
  readonly rowStart: Int32Array;
  /** j of each entry; never i itself. */
  readonly column: Int32Array;
  /** a_ij. */
  readonly weight: Float64Array;
  /** e_i, `[size]`. */
  readonly exit: Float64Array;
}

/** Largest number of entries, and of multiplications, that a direct solution may take. */
const MOST_ENTRIES = 1 << 24; // 128 MiB
const MOST_WORK = 3e9; // a few seconds

/**
 * Solves a system by eliminating state after state, for several right-hand sides at once. Only sums,
 * products and quotients of numbers ≥ 0 make the coefficients, so all of them are exact to a few bits
 * however rarely the class is left.
 *
 * The rows are taken in their given order and kept from the diagonal to their last entry, so that a
 * system whose states lead only to near ones costs little.
 *
 * @param sides Each `[size]`, replaced by its solution.
 * @returns false where it would take too much memory or time, or the class is never left; the sides are
 *   then unchanged.
 *
 * Source: Grassmann, Taksar & Heyman (1985), "Regenerative analysis and steady state distributions for
 * Markov chains"; O'Cinneide (1993), "Entrywise perturbation theory and error analysis for Markov
 * chains".
 */
export function eliminate(system: LinearSystem, sides: readonly Float64Array[]): boolean {
  const { size, rowStart, column, weight } = system;
  const last = profileOf(system);
  if (last === null) return false;
  const offset = new Float64Array(size + 1); // where the kept part of each row begins
  for (let i = 0; i < size; i++) offset[i + 1] = offset[i] + last[i] - i;
  const kept = new Float64Array(offset[size]);
  const pivot = new Float64Array(size);
  const exit = system.exit.slice();
  const solutions = sides.map((side) => side.slice());
  const row = new Float64Array(size);

  for (let i = 0; i < size; i++) {
    let first = i;
    for (let entry = rowStart[i]; entry < rowStart[i + 1]; entry++) {
      row[column[entry]] += weight[entry];
      first = Math.min(first, column[entry]);
    }
    // What goes to an eliminated state k goes on from there, in the proportions of its row.
    for (let k = first; k < i; k++) {
      if (row[k] === 0) continue;
      const share = row[k] / pivot[k];
      row[k] = 0;
      exit[i] += share * exit[k];
      for (const solution of solutions) solution[i] += share * solution[k];
      const from = offset[k] - k - 1;
      for (let j = k + 1; j <= last[k]; j++) row[j] += share * kept[from + j];
    }
    row[i] = 0; // to stay is to try again
    pivot[i] = exit[i];
    const from = offset[i] - i - 1;
    for (let j = i + 1; j <= last[i]; j++) {
      kept[from + j] = row[j];
      pivot[i] += row[j];
      row[j] = 0;
    }
    if (!(pivot[i] > 0)) return false;
  }

  for (let i = size - 1; i >= 0; i--) {
    const from = offset[i] - i - 1;
    for (const solution of solutions) {
      let sum = solution[i];
      for (let j = i + 1; j <= last[i]; j++) sum += kept[from + j] * solution[j];
      solution[i] = sum / pivot[i];
    }
  }
  sides.forEach((side, i) => {
    side.set(solutions[i]);
  });
  return true;
}

/** The last column that each row can have when its turn comes; `null` if that makes too much. */
function profileOf({ size, rowStart, column }: LinearSystem): Int32Array | null {
  const last = new Int32Array(size);
  let entries = 0;
  let work = 0;
  for (let i = 0; i < size; i++) {
    let first = i;
    last[i] = i;
    for (let entry = rowStart[i]; entry < rowStart[i + 1]; entry++) {
      first = Math.min(first, column[entry]);
      last[i] = Math.max(last[i], column[entry]);
    }
    for (let k = first; k < i; k++) {
      last[i] = Math.max(last[i], last[k]);
      work += last[k] - k;
    }
    entries += last[i] - i;
    if (entries > MOST_ENTRIES || work > MOST_WORK) return null;
  }
  return last;
}
