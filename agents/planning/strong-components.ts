/** The states of a chain, sorted into classes that lead to one another. */
export interface StrongComponents {
  /** Where each component begins in `states`, `[numComponents + 1]`. */
  readonly start: Int32Array;
  /**
   * States, component after component, in ascending order within each. What a component leads to
   * lies in those before it.
   */
  readonly states: Int32Array;
  /** The component of each state, `[numStates]`. */
  readonly componentOf: Int32Array;
}

/**
 * The strongly connected components of the graph whose edges are the outcomes of each state.
 *
 * Source: Tarjan (1972), "Depth-first search and linear graph algorithms", without recursion.
 */
export function strongComponents(rowStart: Int32Array, nextState: Int32Array): StrongComponents {
  const numStates = rowStart.length - 1;
  const number = new Int32Array(numStates).fill(-1); // in the order of discovery
  const lowest = new Int32Array(numStates); // lowest number known to be reachable
  const componentOf = new Int32Array(numStates).fill(-1);
  const open = new Int32Array(numStates); // states without a component yet
  const path = new Int32Array(numStates); // from the root to where the search is
  const edge = rowStart.slice(); // the next edge of each state to follow
  const start: number[] = [0];
  const states = new Int32Array(numStates);
  let numbered = 0;
  let numOpen = 0;
  let placed = 0;
  for (let root = 0; root < numStates; root++) {
    if (number[root] !== -1) continue;
    let depth = 0;
    path[0] = root;
    while (depth >= 0) {
      const state = path[depth];
      if (number[state] === -1) {
        number[state] = lowest[state] = numbered++;
        open[numOpen++] = state;
      }
      if (edge[state] < rowStart[state + 1]) {
        const next = nextState[edge[state]++];
        if (number[next] === -1) path[++depth] = next;
        else if (componentOf[next] === -1) lowest[state] = Math.min(lowest[state], number[next]);
        continue;
      }
      if (lowest[state] === number[state]) {
        for (let member = -1; member !== state; ) {
          member = open[--numOpen];
          componentOf[member] = start.length - 1;
          states[placed++] = member;
        }
        states.subarray(start[start.length - 1], placed).sort();
        start.push(placed);
      }
      if (--depth >= 0) lowest[path[depth]] = Math.min(lowest[path[depth]], lowest[state]);
    }
  }
  return { start: Int32Array.from(start), states, componentOf };
}
