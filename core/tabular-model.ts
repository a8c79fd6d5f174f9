/**
 * The whole of a finite Markov decision process: p(s′, r | s, a) as compressed sparse rows.
 *
 * The outcomes of action `a` in state `s` are the entries from `rowStart[s · numActions + a]` up to
 * (not including) the next row's start. States are numbered as the world observes them, unless
 * `observations` says otherwise; either way the number is the first one in the world's state row.
 *
 * Source: Sutton & Barto (2018), section 3.1, equation 3.2.
 */
export interface TabularModel {
  readonly numStates: number;
  readonly numActions: number;
  /** `[numStates · numActions + 1]`. */
  readonly rowStart: Int32Array;
  /** s′ of each outcome. */
  readonly nextState: Int32Array;
  /** p of each outcome; each row sums to 1. */
  readonly probability: Float64Array;
  /** r of each outcome. */
  readonly reward: Float64Array;
  /** 1 where the outcome ends the episode: nothing can be earned from s′ on. */
  readonly terminated: Uint8Array;
  /** Chance of starting in each state, `[numStates]`, sums to 1. */
  readonly startDistribution: Float64Array;
  /**
   * What the world shows in each state, `[numStates]`: several states may look the same. Absent
   * where state s shows s.
   */
  readonly observations?: Int32Array;
  /**
   * 1 where an action is legal, `[numStates · numActions]`; absent where all are. The row of an
   * illegal action is there, but means nothing.
   */
  readonly actionMasks?: Uint8Array;
}

/** One outcome of an action: what `TabularModel` holds in columns. */
export interface Outcome {
  readonly probability: number;
  readonly nextState: number;
  readonly reward: number;
  readonly terminated: boolean;
}

/**
 * Lays the outcomes of every state and action into a model.
 *
 * @param outcomes Gives the outcomes of action `a` in state `s`, in the order they are drawn.
 * @param startDistribution `[numStates]`, sums to 1.
 * @throws RangeError if the chances of a row or of the start do not sum to 1, or a state is none.
 */
export function createTabularModel(
  numActions: number,
  startDistribution: Float64Array,
  outcomes: (state: number, action: number) => readonly Outcome[],
): TabularModel {
  const numStates = startDistribution.length;
  checkSum('the start distribution', startDistribution);
  const rowStart = new Int32Array(numStates * numActions + 1);
  const nextState: number[] = [];
  const probability: number[] = [];
  const reward: number[] = [];
  const terminated: number[] = [];
  for (let row = 0; row < numStates * numActions; row++) {
    const state = Math.floor(row / numActions);
    const action = row % numActions;
    const here = outcomes(state, action);
    checkOutcomes(`state ${state}, action ${action}`, here, numStates);
    for (const outcome of here) {
      nextState.push(outcome.nextState);
      probability.push(outcome.probability);
      reward.push(outcome.reward);
      terminated.push(outcome.terminated ? 1 : 0);
    }
    rowStart[row + 1] = nextState.length;
  }
  return {
    numStates,
    numActions,
    rowStart,
    nextState: Int32Array.from(nextState),
    probability: Float64Array.from(probability),
    reward: Float64Array.from(reward),
    terminated: Uint8Array.from(terminated),
    startDistribution,
  };
}

function checkOutcomes(where: string, outcomes: readonly Outcome[], numStates: number): void {
  checkSum(
    where,
    outcomes.map(({ probability }) => probability),
  );
  for (const { nextState } of outcomes) {
    if (Number.isInteger(nextState) && nextState >= 0 && nextState < numStates) continue;
    throw new RangeError(
      `createTabularModel: ${where}: the next state must be an integer from 0 to ${numStates - 1}, got ${nextState}.`,
    );
  }
}

function checkSum(where: string, chances: ArrayLike<number>): void {
  let sum = 0;
  for (let i = 0; i < chances.length; i++) sum += chances[i] >= 0 ? chances[i] : Number.NaN;
  if (!(Math.abs(sum - 1) < 1e-9)) {
    throw new RangeError(
      `createTabularModel: ${where}: the probabilities must be at least 0 and sum to 1, got a sum of ${sum}.`,
    );
  }
}
