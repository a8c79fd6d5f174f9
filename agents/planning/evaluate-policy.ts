import {
  checkBetween,
  checkInteger,
  checkOneOf,
  checkPositive,
  resolveOptions,
} from '../../core/check.ts';
import { roundingOf, writeActionValues } from './bellman.ts';
import {
  type ExpectedModel,
  expectModel,
  followPolicy,
  type PlanningModel,
  type TabularPolicy,
} from './expected-model.ts';
import { type ChainOptions, type LinearMethod, solveChain } from './solve-chain.ts';

/** How to evaluate a policy. */
export interface EvaluatePolicyOptions {
  /** γ, in [0, 1]; 1 only where the policy ends, or earns nothing any more. Default 0.99. */
  readonly discount?: number;
  /** Default `automatic`: directly where that is cheap, iteratively elsewhere. */
  readonly method?: LinearMethod;
  /** Error of a value at which the iterative method stops, above 0. Default 1e-10. */
  readonly tolerance?: number;
  /** Iterations after which it gives up, at least 1. Default 100,000. */
  readonly maxIterations?: number;
}

/** The options that `evaluatePolicy(model, policy)` stands for. */
export const EVALUATE_POLICY_DEFAULTS: Required<EvaluatePolicyOptions> = {
  discount: 0.99,
  method: 'automatic',
  tolerance: 1e-10,
  maxIterations: 100_000,
};

/** What a policy is worth. Arrays are new ones. */
export interface Evaluation {
  /** v(s) of the policy, `[numStates]`. */
  readonly values: Float64Array;
  /** q(s, a) of the policy, `[numStates × numActions]`, row-major; −∞ where a is illegal. */
  readonly actionValues: Float64Array;
  /** No value is further from the true one than this, rounding included. */
  readonly errorBound: number;
  /** The largest error of the Bellman equations. */
  readonly residual: number;
  /** Iterations of the iterative method; 0 where all was solved directly. */
  readonly iterations: number;
}

/**
 * The exact values of a policy: the Bellman equations v = r + γ P v as a sparse linear system.
 *
 * States that lead to one another are solved together, by elimination without subtractions where the
 * system is small or banded and by BiCGSTAB elsewhere; the others by substitution. The bound on the
 * error is that of the final residual.
 *
 *     const { values } = evaluatePolicy(model, policy, { discount: 0.9 });
 *
 * @param policy The action of each state, `Int32Array [numStates]`, or the chances of the actions,
 *   `Float64Array [numStates × numActions]`.
 * @throws RangeError if the policy does not fit the model, or an option is unknown or out of range.
 * @throws Error where γ = 1 and the return is unbounded, the system is too large for the method
 *   `direct`, or the iterative method does not converge.
 *
 * Source: Sutton & Barto (2018), section 4.1, equation 4.4.
 */
export function evaluatePolicy(
  model: PlanningModel,
  policy: TabularPolicy,
  options: EvaluatePolicyOptions = {},
): Evaluation {
  const resolved = resolveOptions('evaluatePolicy', EVALUATE_POLICY_DEFAULTS, options);
  const { discount, method, tolerance, maxIterations } = resolved;
  checkBetween('evaluatePolicy: discount', discount, 0, 1);
  checkOneOf('evaluatePolicy: method', method, ['automatic', 'direct', 'iterative']);
  checkPositive('evaluatePolicy: tolerance', tolerance);
  checkInteger('evaluatePolicy: maxIterations', maxIterations, 1);
  const expected = expectModel(model);
  const solved = policyValues('evaluatePolicy', expected, policy, resolved);
  const actionValues = new Float64Array(expected.reward.length);
  writeActionValues(expected, discount, solved.values, actionValues);
  return { ...solved, actionValues };
}

/** Solves for the state values of a policy, and bounds their error. */
export function policyValues(
  where: string,
  model: ExpectedModel,
  policy: TabularPolicy,
  options: ChainOptions,
): Omit<Evaluation, 'actionValues'> {
  const { discount } = options;
  const chain = followPolicy(where, model, policy);
  const solution = solveChain(where, chain, options);
  const { values, steps } = solution;
  const residuals = new Float64Array(chain.numStates);
  let iterations = solution.iterations;
  let residual = writeResiduals(chain, discount, values, residuals);
  // Refine where chances that do not quite sum to 1 have left more than rounding.
  for (let round = 0; round < 2 && residual > roundingOf(chain, values); round++) {
    if (boundOf(chain, discount, steps, values, residual) <= options.tolerance) break;
    const correction = solveChain(where, chain, options, residuals);
    iterations += correction.iterations;
    const refined = values.map((value, state) => value + correction.values[state]);
    const refinedResidual = writeResiduals(chain, discount, refined, residuals);
    if (!(refinedResidual < residual)) break;
    values.set(refined);
    residual = refinedResidual;
  }
  const errorBound = boundOf(chain, discount, steps, values, residual);
  if (iterations > 0 && !(residual < Math.sqrt(Number.EPSILON) * largestOf(chain, values))) {
    throw new Error(
      `${where}: the equations are still off by ${residual} after ${iterations} iterations. Use a smaller discount, or more iterations.`,
    );
  }
  return { values, errorBound, residual, iterations };
}

function largestOf(chain: ExpectedModel, values: Float64Array): number {
  let largest = chain.largestReward;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/** Writes r + γ P v − v; returns the largest of it. */
function writeResiduals(
  { rowStart, nextState, probability, reward }: ExpectedModel,
  discount: number,
  values: Float64Array,
  residuals: Float64Array,
): number {
  let largest = 0;
  for (let state = 0; state < values.length; state++) {
    let sum = 0;
    for (let i = rowStart[state]; i < rowStart[state + 1]; i++) {
      sum += probability[i] * values[nextState[i]];
    }
    residuals[state] = reward[state] + discount * sum - values[state];
    largest = Math.max(largest, Math.abs(residuals[state]));
  }
  return largest;
}

/**
 * |v − V| ≤ (I − γP)⁻¹ |ρ|, for the residual ρ of V. Where N ≥ c + γ P N with c > 0, N / c bounds
 * (I − γP)⁻¹ 1; so do 1 / (1 − γ) wherever chances sum to 1.
 */
function boundOf(
  chain: ExpectedModel,
  discount: number,
  steps: Float64Array | null,
  values: Float64Array,
  residual: number,
): number {
  const error = residual + roundingOf(chain, values);
  return error * Math.min(stepsWithin(chain, discount), certifiedSteps(chain, discount, steps));
}

function stepsWithin({ rowStart, probability }: ExpectedModel, discount: number): number {
  let largest = 0;
  for (let state = 0; state + 1 < rowStart.length; state++) {
    let mass = 0;
    for (let i = rowStart[state]; i < rowStart[state + 1]; i++) mass += probability[i];
    largest = Math.max(largest, mass);
  }
  return discount * largest < 1 ? 1 / (1 - discount * largest) : Infinity;
}

function certifiedSteps(
  { rowStart, nextState, probability }: ExpectedModel,
  discount: number,
  steps: Float64Array | null,
): number {
  if (steps === null) return Infinity;
  let most = 0;
  let certificate = Infinity;
  for (let state = 0; state < steps.length; state++) {
    if (steps[state] === 0) continue; // nothing is ever earned from here: the value is 0
    let sum = 0;
    for (let i = rowStart[state]; i < rowStart[state + 1]; i++) {
      sum += probability[i] * steps[nextState[i]];
    }
    most = Math.max(most, steps[state]);
    certificate = Math.min(certificate, steps[state] - discount * sum);
  }
  if (most === 0) return 0;
  return certificate > 0 ? most / certificate : Infinity;
}
