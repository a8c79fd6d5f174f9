import { expect, test } from 'vitest';
import { QLearning } from '../../agents/tabular/q-learning.ts';
import type { Agent, Policy } from '../../core/agent.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { endless } from '../../envs/diagnostics/endless.ts';
import { identityBox } from '../../envs/diagnostics/identity-box.ts';
import { memoryChain } from '../../envs/diagnostics/memory-chain.ts';
import { evaluate } from '../../training/evaluate.ts';
import { Evaluator } from '../../training/evaluator.ts';
import { NormalizedAgent } from '../../training/normalized-agent.ts';

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
