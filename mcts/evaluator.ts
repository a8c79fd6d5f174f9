/**
 * What a search asks of a position that it has not seen: a value, and how promising each action is.
 *
 * A network, a rollout or a rule of thumb can answer; the search does not know which.
 *
 * @param observation What the player to move sees, `[observationSize]`.
 * @param priors Receives P(a), `[numActions]`, at least 0; need not sum to 1, illegal actions are
 *   ignored.
 * @returns V(s), the return that the player to move can expect from here.
 */
export type Evaluator = (observation: Float32Array, priors: Float32Array) => number;
