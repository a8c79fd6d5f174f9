// A sweep of value iteration, two actions in a register. Numbers are float64, addresses are of bytes.

/** Bytes of a float64, and of a register of two. */
const DOUBLE: usize = 8;
const PAIR: usize = 16;

/**
 * V′(s) ← maxₐ r(s, a) + Σ γ p(s′ | s, a) V(s′) for every state in turn.
 *
 * @param successorStart Where the successors of each state begin: i32, `numStates + 1`.
 * @param successors s′: i32.
 * @param weights γ p(s′ | s, a), `[successors × 2 · pairs]`: all actions of a successor together.
 * @param rewards r(s, a), `[numStates × 2 · pairs]`; −∞ for an action that is none.
 * @param pairs Half the number of actions, rounded up.
 * @param next Receives V′; `values` itself to sweep in place.
 * @param change Receives the least and the largest of V′ − V.
 */
export function sweepActions(
  numStates: i32,
  pairs: i32,
  successorStart: usize,
  successors: usize,
  weights: usize,
  rewards: usize,
  values: usize,
  next: usize,
  change: usize,
): void {
  const stride = <usize>pairs * PAIR;
  let least = f64x2.splat(Infinity);
  let largest = f64x2.splat(-Infinity);
  let first = successors;
  let old = values;
  for (let state = 0; state < numStates; state++) {
    successorStart += 4;
    const end = successors + (<usize>load<i32>(successorStart) << 2);
    let best = f64x2.splat(-Infinity);
    let pair = 0;
    for (; pair + 2 <= pairs; pair += 2) {
      let q0 = v128.load(rewards);
      let q1 = v128.load(rewards, PAIR);
      rewards += 2 * PAIR;
      let weight = weights + <usize>pair * PAIR;
      for (let successor = first; successor < end; successor += 4) {
        const value = v128.load64_splat(values + <usize>load<i32>(successor) * DOUBLE);
        q0 = f64x2.add(q0, f64x2.mul(v128.load(weight), value));
        q1 = f64x2.add(q1, f64x2.mul(v128.load(weight, PAIR), value));
        weight += stride;
      }
      best = f64x2.pmax(best, f64x2.pmax(q0, q1));
    }
    if (pair < pairs) {
      let q = v128.load(rewards);
      rewards += PAIR;
      let weight = weights + <usize>pair * PAIR;
      for (let successor = first; successor < end; successor += 4) {
        const value = v128.load64_splat(values + <usize>load<i32>(successor) * DOUBLE);
        q = f64x2.add(q, f64x2.mul(v128.load(weight), value));
        weight += stride;
      }
      best = f64x2.pmax(best, q);
    }
    weights += ((end - first) >> 2) * stride;
    first = end;
    best = f64x2.pmax(best, v128.shuffle<f64>(best, best, 1, 0));
    const difference = f64x2.sub(best, v128.load64_splat(old));
    old += DOUBLE;
    least = f64x2.pmin(least, difference);
    largest = f64x2.pmax(largest, difference);
    v128.store64_lane(next, best, 0);
    next += DOUBLE;
  }
  store<f64>(change, f64x2.extract_lane(least, 0));
  store<f64>(change, f64x2.extract_lane(largest, 0), DOUBLE);
}

/**
 * V′(s) ← maxₐ r(s, a) + γ Σ p(s′ | s, a) V(s′) for every state in turn, along the rows of a model: for
 * models whose actions share few successors.
 *
 * @param rowStart Where the outcomes of each row begin: i32, `numStates · numActions + 1`.
 * @param nextStates s′ of each outcome: i32.
 * @param probabilities p of each outcome.
 * @param rewards r(s, a); −∞ for an action that is illegal.
 * @param next Receives V′; `values` itself to sweep in place.
 * @param change Receives the least and the largest of V′ − V.
 */
export function sweepRows(
  numStates: i32,
  numActions: i32,
  discount: f64,
  rowStart: usize,
  nextStates: usize,
  probabilities: usize,
  rewards: usize,
  values: usize,
  next: usize,
  change: usize,
): void {
  let least = Infinity;
  let largest = -Infinity;
  let old = values;
  let end: usize = 0;
  const first = nextStates;
  for (let state = 0; state < numStates; state++) {
    let best = -Infinity;
    for (let action = 0; action < numActions; action++) {
      rowStart += 4;
      end = first + (<usize>load<i32>(rowStart) << 2);
      let sum: f64 = 0;
      for (; nextStates < end; nextStates += 4) {
        sum += load<f64>(probabilities) * load<f64>(values + <usize>load<i32>(nextStates) * DOUBLE);
        probabilities += DOUBLE;
      }
      best = max<f64>(best, load<f64>(rewards) + discount * sum);
      rewards += DOUBLE;
    }
    const difference = best - load<f64>(old);
    old += DOUBLE;
    least = min<f64>(least, difference);
    largest = max<f64>(largest, difference);
    store<f64>(next, best);
    next += DOUBLE;
  }
  store<f64>(change, least);
  store<f64>(change, largest, DOUBLE);
}
