import { describe, expect, test } from 'vitest';
import { QLearning } from '../../agents/tabular/q-learning.ts';
import type { Agent, Policy } from '../../core/agent.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { endless } from '../../envs/diagnostics/endless.ts';
import { identityBox } from '../../envs/diagnostics/identity-box.ts';
import { memoryChain } from '../../envs/diagnostics/memory-chain.ts';
import { cliffWalking } from '../../envs/tabular/cliff-walking.ts';
import { evaluate } from '../../training/evaluate.ts';
import { Evaluator } from '../../training/evaluator.ts';
import { NormalizedAgent } from '../../training/normalized-agent.ts';
import { hideDynamics } from '../helpers/hand-written.ts';

/** A policy that writes down what it is asked and told: `b` for a beginning, `a` for an act. */
function scribe(): Policy & { log: string } {
  return {
    log: '',
    act() {
      this.log += 'a';
    },
    begin(starts) {
      expect([...starts]).toEqual([1]);
      this.log += 'b';
    },
  };
}

test('a policy is told where each episode begins, whatever ended the one before', () => {
  for (const [world, length] of [
    [memoryChain({ memoryLength: 2 }), 3],
    [endless({ timeLimit: 4 }), 4],
  ] as const) {
    const policy = scribe();
    evaluate(policy, world, { episodes: 3 });
    expect(policy.log).toBe(`b${`${'a'.repeat(length)}b`.repeat(3)}`);
  }
});

test('the evaluation in the course of training tells it too', () => {
  const policy = scribe();
  const agent = { ...new QLearning(endless()), greedy: () => policy } as unknown as Agent;
  const world = endless({ timeLimit: 2 });
  new Evaluator(agent, () => new VectorEnv(world), { steps: 10, every: 5, episodes: 2 }).onStepEnd(
    5,
    0,
  );
  expect(policy.log).toBe('baabaab');
});

test.each([true, false])('so does a policy of normalized observations (%s)', (observations) => {
  const policy = scribe();
  const begun: number[][] = [];
  const inner = {
    name: 'inner',
    options: {},
    greedy: () => policy,
    begin: (starts: Uint8Array) => void begun.push([...starts]),
  } as unknown as Agent;
  const agent = new NormalizedAgent(identityBox(), () => inner, { observations });
  evaluate(agent.greedy(), identityBox({ timeLimit: 3 }), { episodes: 1 });
  expect(policy.log).toBe('baaab');
  agent.begin(Uint8Array.of(1, 0));
  expect(begun).toEqual([[1, 0]]);
});

describe('an episode that does not end', () => {
  /** Goes up from the start of the cliff, and then into the wall for ever: −1 for every step. */
  const stuck = (): Policy => ({ act: (_, actions) => void actions.fill(0) });

  test('is truncated after 10,000 steps where the world has no time limit, and counts', () => {
    const policy = { ...stuck(), begins: 0, begin: () => void policy.begins++ };
    const { returns, lengths } = evaluate(policy, cliffWalking(), { episodes: 2 });
    expect([...returns, ...lengths]).toEqual([-10_000, -10_000, 10_000, 10_000]);
    expect(policy.begins).toBe(3);
    const made = evaluate(stuck(), () => new DynamicsEnv(cliffWalking()), { episodes: 1 });
    expect(made.meanLength).toBe(10_000);
  });

  test('is truncated after 100,000 steps in a hand-written env', () => {
    const world = () => hideDynamics(cliffWalking());
    expect(evaluate(stuck(), world, { episodes: 1 }).meanLength).toBe(100_000);
  });

  test('is truncated after as many steps as are given, or earlier by the world itself', () => {
    const ring = endless({ timeLimit: 30 });
    const worlds = [ring, () => new DynamicsEnv(ring), () => hideDynamics(ring)];
    const lengths = (maxSteps: number | null) =>
      worlds.map((world) => evaluate(stuck(), world, { episodes: 2, maxSteps }).meanLength);
    expect(lengths(7)).toEqual([7, 7, 7]);
    expect(lengths(31)).toEqual([30, 30, 30]);
    expect(lengths(null)).toEqual([30, 30, 30]);
    const long = endless({ timeLimit: 20_000 });
    expect(evaluate(stuck(), long, { episodes: 1 }).meanLength).toBe(20_000);
  });

  test.each([0, 1.5, Infinity])('cannot be limited to %s steps', (maxSteps) => {
    expect(() => evaluate(stuck(), cliffWalking(), { maxSteps })).toThrow(
      `evaluate: maxSteps must be an integer of at least 1, got ${maxSteps}.`,
    );
  });
});
