import { biconjugateGradients } from './bicgstab.ts';
import type { ExpectedModel } from './expected-model.ts';
import { eliminate, type LinearSystem } from './linear-system.ts';
import { type StrongComponents, strongComponents } from './strong-components.ts';

/** How a linear system is solved. `automatic` eliminates where that is cheap, and iterates elsewhere. */
export type LinearMethod = 'automatic' | 'direct' | 'iterative';

/** How to solve a chain. */
export interface ChainOptions {
  readonly discount: number;
  readonly method: LinearMethod;
  /** Error of a value at which iterating stops. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** The solution of a chain's Bellman equations. */
export interface ChainSolution {
  /** v = (I − γP)⁻¹ r, `[numStates]`. */
  readonly values: Float64Array;
  /** (I − γP)⁻¹ 1, the discounted number of steps to come; `null` where it has not been needed. */
  readonly steps: Float64Array | null;
  /** Iterations of the iterative method, over all systems; 0 where all were solved directly. */
  readonly iterations: number;
}

/**
 * Solves v = r + γ P v, one class of states that lead to one another after the other, those they lead
 * to first.
 *
 * @param chain A model with a single action.
 * @param rewards Takes the place of the chain's rewards, `[numStates]`.
 * @throws Error where γ = 1 and a class that is never left earns or costs something, or where the
 *   system is too large for the method `direct`.
 */
export function solveChain(
  where: string,
  chain: ExpectedModel,
  options: ChainOptions,
  rewards: Float64Array = chain.reward,
): ChainSolution {
  const components = strongComponents(chain.rowStart, chain.nextState);
  const solver = new ChainSolver(where, chain, options, rewards, components);
  for (let component = 0; component + 1 < components.start.length; component++) {
    solver.solve(component);
  }
  const { values, steps, iterations } = solver;
  return { values, steps, iterations };
}

class ChainSolver {
  readonly values: Float64Array;
  steps: Float64Array | null;
  iterations = 0;

  readonly #where: string;
  readonly #chain: ExpectedModel;
  readonly #options: ChainOptions;
  readonly #rewards: Float64Array;
  readonly #components: StrongComponents;
  /** The number of each state in its component. */
  readonly #place: Int32Array;

  constructor(
    where: string,
    chain: ExpectedModel,
    options: ChainOptions,
    rewards: Float64Array,
    components: StrongComponents,
  ) {
    this.#where = where;
    this.#chain = chain;
    this.#options = options;
    this.#rewards = rewards;
    this.#components = components;
    this.values = new Float64Array(chain.numStates);
    this.steps = new Float64Array(chain.numStates);
    this.#place = new Int32Array(chain.numStates);
    const { start, states } = components;
    for (let component = 0; component + 1 < start.length; component++) {
      for (let i = start[component]; i < start[component + 1]; i++) {
        this.#place[states[i]] = i - start[component];
      }
    }
  }

  /** Solves one component; those that it leads to are solved already. */
  solve(component: number): void {
    const { start, states } = this.#components;
    const members = states.subarray(start[component], start[component + 1]);
    if (
      members.length === 1 &&
      this.#chain.rowStart[members[0]] === this.#chain.rowStart[members[0] + 1]
    ) {
      this.values[members[0]] = this.#rewards[members[0]]; // v = r: nothing follows
      if (this.steps !== null) this.steps[members[0]] = 1;
      return;
    }
    const system = this.#systemOf(members, component);
    if (system.exit.every((exit) => exit === 0)) {
      this.#checkIdle(members);
      return; // never left, and nothing to earn: as good as the end
    }
    const side = this.#sideOf(members, component, this.#rewards, this.values);
    const ones = this.#sideOf(members, component, null, this.steps);
    const { method } = this.#options;
    if (method === 'iterative' || !eliminate(system, [side, ones])) {
      if (method === 'direct') {
        throw new Error(
          `${this.#where}: ${members.length} states that lead to one another are too many to solve directly. Use the method "iterative".`,
        );
      }
      this.#iterate(system, side, ones);
    }
    members.forEach((state, i) => {
      this.values[state] = side[i];
      if (this.steps !== null) this.steps[state] = ones[i];
    });
  }

  /** The steps first, to know how exact the values must be; with a discount they are bounded anyway. */
  #iterate(system: LinearSystem, side: Float64Array, ones: Float64Array): void {
    const { discount, tolerance, maxIterations } = this.#options;
    let steps = 1 / (1 - discount);
    if (discount < 1) {
      this.steps = null;
    } else {
      const solution = ones.slice();
      this.iterations += biconjugateGradients(system, ones, solution, 0.01, maxIterations);
      ones.set(solution);
      steps = ones.reduce((most, x) => Math.max(most, x), 1);
    }
    const solution = new Float64Array(system.size);
    const exactness = tolerance / (2 * steps);
    this.iterations += biconjugateGradients(system, side, solution, exactness, maxIterations);
    side.set(solution);
  }

  #systemOf(members: Int32Array, component: number): LinearSystem {
    const { rowStart, nextState, probability, ending } = this.#chain;
    const { componentOf } = this.#components;
    const { discount } = this.#options;
    const size = members.length;
    const localStart = new Int32Array(size + 1);
    const exit = new Float64Array(size);
    const inside = (i: number, state: number) =>
      componentOf[nextState[i]] === component && nextState[i] !== state;
    for (let local = 0; local < size; local++) {
      const state = members[local];
      exit[local] = 1 - discount + discount * ending[state];
      localStart[local + 1] = localStart[local];
      for (let i = rowStart[state]; i < rowStart[state + 1]; i++) {
        if (componentOf[nextState[i]] !== component) exit[local] += discount * probability[i];
        else if (inside(i, state)) localStart[local + 1]++;
      }
    }
    const column = new Int32Array(localStart[size]);
    const weight = new Float64Array(localStart[size]);
    let entry = 0;
    for (const state of members) {
      for (let i = rowStart[state]; i < rowStart[state + 1]; i++) {
        if (!inside(i, state)) continue;
        column[entry] = this.#place[nextState[i]];
        weight[entry++] = discount * probability[i];
      }
    }
    return { size, rowStart: localStart, column, weight, exit };
  }

  /** b_i = r_i + γ Σ p x over the outcomes that leave the component; r = 1 if none is given. */
  #sideOf(
    members: Int32Array,
    component: number,
    rewards: Float64Array | null,
    solved: Float64Array | null,
  ): Float64Array {
    const { rowStart, nextState, probability } = this.#chain;
    const { componentOf } = this.#components;
    const side = new Float64Array(members.length);
    members.forEach((state, local) => {
      let sum = 0;
      for (let i = rowStart[state]; solved !== null && i < rowStart[state + 1]; i++) {
        if (componentOf[nextState[i]] !== component) sum += probability[i] * solved[nextState[i]];
      }
      side[local] = (rewards === null ? 1 : rewards[state]) + this.#options.discount * sum;
    });
    return side;
  }

  #checkIdle(members: Int32Array): void {
    for (const state of members) {
      if (this.#rewards[state] === 0) continue;
      throw new Error(
        `${this.#where}: from state ${state} the episode never ends, so without discount its return is unbounded. Use a discount below 1, or a policy that ends.`,
      );
    }
  }
}
