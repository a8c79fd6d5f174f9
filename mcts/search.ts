import {
  checkBetween,
  checkInteger,
  checkLength,
  checkPositive,
  resolveOptions,
} from '../core/check.ts';
import { createState, type Dynamics, type StateRow } from '../core/dynamics.ts';
import type { Rng } from '../core/rng.ts';
import type { Discrete, Space } from '../core/space.ts';
import { rowSize } from '../core/spaces/rows.ts';
import type { Evaluator } from './evaluator.ts';
import { NONE, ROOT, SearchTree } from './search-tree.ts';

/** How to search. */
export interface SearchOptions {
  /** Simulations in a run, at least 1. Default 800. */
  readonly simulations?: number;
  /** γ in [0, 1] for one player; −γ in [−1, 0] for two who alternate. Default −1. */
  readonly discount?: number;
  /** c of PUCT, above 0. Default 1.25. */
  readonly exploration?: number;
}

/** The options that `new Search(…)` stands for. */
export const SEARCH_DEFAULTS: Required<SearchOptions> = {
  simulations: 800,
  discount: -1,
  exploration: 1.25,
};

/**
 * Monte Carlo tree search with PUCT selection.
 *
 * Source: Silver et al. (2017), "Mastering the game of Go without human knowledge", methods,
 * "Search algorithm". Differs from the source: no noise at the root, Q of an unvisited child is 0,
 * rewards on the way count.
 */
export class Search {
  readonly options: Required<SearchOptions>;

  /** The tree of the last run: read only. */
  readonly tree: SearchTree;

  readonly #dynamics: Dynamics<Space, Discrete>;
  readonly #evaluate: Evaluator;
  readonly #state: StateRow;
  readonly #observation: Float32Array;
  readonly #priors: Float32Array;
  readonly #mask: Uint8Array;

  /** @throws RangeError if an option is unknown or out of range. */
  constructor(
    dynamics: Dynamics<Space, Discrete>,
    evaluate: Evaluator,
    options: SearchOptions = {},
  ) {
    this.options = resolveOptions('Search', SEARCH_DEFAULTS, options);
    checkInteger('Search: simulations', this.options.simulations, 1);
    checkBetween('Search: discount', this.options.discount, -1, 1);
    checkPositive('Search: exploration', this.options.exploration);
    const numActions = dynamics.actionSpace.n;
    this.#dynamics = dynamics;
    this.#evaluate = evaluate;
    this.tree = new SearchTree(1 + this.options.simulations * numActions);
    this.#state = createState(dynamics);
    this.#observation = new Float32Array(rowSize(dynamics.observationSpace));
    this.#priors = new Float32Array(numActions);
    this.#mask = new Uint8Array(numActions).fill(1);
  }

  /**
   * Searches from a state that is not terminal.
   *
   * @param root The state, `[stateSize]`; not changed.
   * @param policy Receives the share of visits of each action, `[numActions]`, sums to 1.
   * @param rng For worlds with chance.
   * @returns the value of the root for the player to move there.
   * @throws RangeError if an array has another length, or `root` is terminal.
   */
  run(root: ArrayLike<number>, policy: Float32Array, rng: Rng): number {
    checkLength('Search.run: root', root, this.#state.length);
    checkLength('Search.run: policy', policy, this.#mask.length);
    this.#state.set(root);
    if (this.#dynamics.isTerminal(this.#state)) {
      throw new RangeError('Search.run: root must not be terminal: there is nothing to choose.');
    }
    this.tree.clear();
    for (let i = 0; i < this.options.simulations; i++) {
      this.#state.set(root);
      const leaf = this.#select(rng);
      const value = this.#expand(leaf);
      this.#backup(leaf, value);
    }
    this.#writePolicy(policy);
    return this.tree.value(ROOT);
  }

  /** Walks from the root along the best children to a node without children; moves the state along. */
  #select(rng: Rng): number {
    const { tree } = this;
    let node = ROOT;
    while (tree.isExpanded(node)) {
      node = this.#bestChild(node);
      tree.reward[node] = this.#dynamics.step(this.#state, tree.action[node], rng);
    }
    return node;
  }

  /** argmaxₐ Q(s, a) + c · P(s, a) · √N(s) / (1 + N(s, a)). */
  #bestChild(node: number): number {
    const { tree } = this;
    const { discount, exploration } = this.options;
    const scale = exploration * Math.sqrt(tree.visitCount[node]);
    const first = tree.firstChild[node];
    let best = first;
    let bestScore = -Infinity;
    for (let child = first; child < first + tree.childCount[node]; child++) {
      const q = tree.reward[child] + discount * tree.value(child);
      const u = (scale * tree.prior[child]) / (1 + tree.visitCount[child]);
      if (q + u > bestScore) {
        best = child;
        bestScore = q + u;
      }
    }
    return best;
  }

  /** Gives `leaf` a child for every legal action, and returns the value of the state there. */
  #expand(leaf: number): number {
    if (this.#dynamics.isTerminal(this.#state)) return 0;
    const { tree } = this;
    const mask = this.#mask;
    const priors = this.#priors;
    this.#dynamics.observe(this.#state, this.#observation);
    this.#dynamics.actionMask?.(this.#state, mask);
    const value = this.#evaluate(this.#observation, priors);

    let total = 0;
    for (let action = 0; action < mask.length; action++) total += mask[action] * priors[action];
    if (!(total > 0) || !Number.isFinite(value)) {
      throw new Error(
        `Search: the evaluator must give the legal actions a positive sum of priors and a finite value, got ${total} and ${value}.`,
      );
    }
    tree.firstChild[leaf] = tree.size;
    for (let action = 0; action < mask.length; action++) {
      if (mask[action] === 0) continue;
      tree.add(leaf, action, priors[action] / total);
      tree.childCount[leaf]++;
    }
    return value;
  }

  /** Adds the return seen from each node on the way up: W ← W + G, N ← N + 1, G ← r + γ G. */
  #backup(leaf: number, leafValue: number): void {
    const { tree } = this;
    let value = leafValue;
    for (let node = leaf; node !== NONE; node = tree.parent[node]) {
      tree.visitCount[node]++;
      tree.valueSum[node] += value;
      value = tree.reward[node] + this.options.discount * value;
    }
  }

  /** π(a) = N(root, a) / Σ N(root, b); a search of one simulation gives the priors. */
  #writePolicy(policy: Float32Array): void {
    const { tree } = this;
    const first = tree.firstChild[ROOT];
    const visits = tree.visitCount[ROOT] - 1;
    policy.fill(0);
    for (let child = first; child < first + tree.childCount[ROOT]; child++) {
      const share = visits > 0 ? tree.visitCount[child] / visits : tree.prior[child];
      policy[tree.action[child]] = share;
    }
  }
}
