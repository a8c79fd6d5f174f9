import { checkInteger } from '../core/check.ts';

/** The id of the root node. */
export const ROOT = 0;

/** Stands where there is no node. */
export const NONE = -1;

/**
 * A search tree as a struct of arrays: node `i` is the `i`-th element of every array.
 *
 * A node stands for the edge (s, a) that leads to it and for the state s′ it leads to. The children
 * of a node are `childCount` consecutive nodes from `firstChild`, one per legal action.
 */
export class SearchTree {
  readonly capacity: number;

  readonly parent: Int32Array; // NONE at the root
  readonly action: Int32Array; // a, taken in the parent
  readonly prior: Float32Array; // P(s, a), what the evaluator says of a
  readonly reward: Float64Array; // r(s, a), earned on the way here
  readonly visitCount: Int32Array; // N
  readonly valueSum: Float64Array; // W, of s′ and from the view of the player to move there
  readonly firstChild: Int32Array; // NONE until expanded
  readonly childCount: Int32Array;

  #size = 0;

  /** @throws RangeError if `capacity`, in nodes, is not a positive integer. */
  constructor(capacity: number) {
    checkInteger('SearchTree: capacity', capacity, 1);
    this.capacity = capacity;
    this.parent = new Int32Array(capacity);
    this.action = new Int32Array(capacity);
    this.prior = new Float32Array(capacity);
    this.reward = new Float64Array(capacity);
    this.visitCount = new Int32Array(capacity);
    this.valueSum = new Float64Array(capacity);
    this.firstChild = new Int32Array(capacity);
    this.childCount = new Int32Array(capacity);
    this.clear();
  }

  /** Nodes in use. */
  get size(): number {
    return this.#size;
  }

  /** Forgets everything but an unvisited root. */
  clear(): void {
    this.#size = 0;
    this.add(NONE, NONE, 1);
  }

  /**
   * Adds a node and returns its id. The parent's `firstChild` and `childCount` are the caller's.
   *
   * @throws RangeError if the tree is full.
   */
  add(parent: number, action: number, prior: number): number {
    const node = this.#size;
    if (node === this.capacity) {
      throw new RangeError(
        `SearchTree: all ${this.capacity} nodes are in use. Give a larger capacity.`,
      );
    }
    this.#size++;
    this.parent[node] = parent;
    this.action[node] = action;
    this.prior[node] = prior;
    this.reward[node] = 0;
    this.visitCount[node] = 0;
    this.valueSum[node] = 0;
    this.firstChild[node] = NONE;
    this.childCount[node] = 0;
    return node;
  }

  /** Whether `node` has been given children. */
  isExpanded(node: number): boolean {
    return this.firstChild[node] !== NONE;
  }

  /** V(s′) = W / N of a node; 0 before its first visit. */
  value(node: number): number {
    return this.visitCount[node] === 0 ? 0 : this.valueSum[node] / this.visitCount[node];
  }
}
