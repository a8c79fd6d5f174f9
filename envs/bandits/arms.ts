/**
 * What all bandits share. Each one's state row begins with what a pull of each arm is worth now:
 * `[value(0), …, value(k − 1), last arm (−1 at the start), last reward, …]`.
 */

/** The arm with the highest value now in a state row of a bandit; the lowest wins a tie. */
export function bestArm(state: ArrayLike<number>, numArms: number): number {
  let best = 0;
  for (let arm = 1; arm < numArms; arm++) if (state[arm] > state[best]) best = arm;
  return best;
}

/**
 * What a pull of `arm` loses on average against a pull of the best arm, at least 0; their sum over
 * the pulls of an episode is its regret.
 *
 * @param state A state row of a bandit as it is before the pull.
 *
 * Source: Lattimore & Szepesvári (2020), "Bandit Algorithms", Lemma 4.5.
 */
export function pullRegret(state: ArrayLike<number>, numArms: number, arm: number): number {
  return state[bestArm(state, numArms)] - state[arm];
}

/** Writes the last arm and its reward behind the values of a state row. */
export function notePull(state: Float64Array, numArms: number, arm: number, reward: number): void {
  state[numArms] = arm;
  state[numArms + 1] = reward;
}

/** A name for each arm; people count from 1. */
export function armLabels(numArms: number): string[] {
  return Array.from({ length: numArms }, (_, arm) => `arm ${arm + 1}`);
}
