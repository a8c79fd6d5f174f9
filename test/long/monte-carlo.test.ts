import { expect, test } from 'vitest';
import { MonteCarloExploringStarts } from '../../agents/tabular/monte-carlo-exploring-starts.ts';
import { MonteCarloOffPolicyPrediction } from '../../agents/tabular/monte-carlo-off-policy-prediction.ts';
import { MonteCarloPrediction } from '../../agents/tabular/monte-carlo-prediction.ts';
import { blackjack } from '../../envs/tabular/blackjack.ts';
import { exploringStarts } from '../../envs/wrappers/exploring-starts.ts';
import { modelOf, solve, evaluate as valuesOf } from '../envs/solve.ts';
import { learn, learnEpisodes } from '../helpers/learn.ts';

const world = blackjack();
const model = modelOf(world);

/** The source's policy of figure 5.1: sticks on 20 and 21. */
const sticks = (state: number) => Math.floor(state / 22) >= 20;

test('values the policy that sticks on 20 and 21 as the model does (figure 5.1)', () => {
  const exact = valuesOf(model, (s) => (sticks(s) || s >= 704 ? [1, 0] : [0, 1]), 1);
  const start = exploringStarts(world, { states: [...Array(704).keys()].filter(isInPlay) });
  const policy = Array.from({ length: 704 }, (_, s) => (sticks(s) ? 0 : 1));
  const agent = new MonteCarloPrediction(start, { policy, discount: 1, seed: 1 });
  learnEpisodes(agent, start, { episodes: 2_000_000, seed: 1 });
  for (let state = 0; state < 704; state++) {
    if (!isInPlay(state)) continue;
    // A return lies in ±1, so that its mean is off by less than 5 / √N.
    const bound = 5 / Math.sqrt(agent.counts[state]);
    expect(Math.abs(agent.values[state] - exact[state]), `state ${state}`).toBeLessThan(bound);
  }
});

/** Sums from 12 to 21 with cards from ace to ten: the states that the figures show. */
function isInPlay(state: number): boolean {
  const sum = Math.floor(state / 22);
  const showing = Math.floor(state / 2) % 11;
  return sum >= 12 && sum <= 21 && showing >= 1;
}

test('finds the best policy of blackjack from exploring starts (figure 5.2)', () => {
  const start = exploringStarts(world);
  const agent = new MonteCarloExploringStarts({ ...start, numEnvs: 8 }, { discount: 1, seed: 2 });
  learn(agent, start, { steps: 1_000_000, numEnvs: 8, seed: 2 });
  const best = solve(world, 1);
  const values = valuesOf(
    model,
    (s) => (s >= 704 || agent.actionValues.greedyAction(s) === 0 ? [1, 0] : [0, 1]),
    1,
  );
  let different = 0;
  for (let state = 0; state < 704; state++) {
    if (!isInPlay(state)) continue;
    const gap = best.actionValues.table[2 * state] - best.actionValues.table[2 * state + 1];
    const same = agent.actionValues.greedyAction(state) === (gap >= 0 ? 0 : 1);
    if (!same) different++;
    if (Math.abs(gap) > 0.05) expect(same, `state ${state}`).toBe(true);
    expect(best.values[state] - values[state]).toBeLessThan(0.05);
  }
  expect(different).toBeLessThanOrEqual(10); // of 200, where it makes next to no difference
});

test('weighted importance sampling has the smaller error at first (figure 5.3)', () => {
  const state = (13 * 11 + 2) * 2 + 1;
  const exact = valuesOf(model, (s) => (sticks(s) || s >= 704 ? [1, 0] : [0, 1]), 1)[state];
  const start = exploringStarts(world, { states: [state] });
  const target = Array.from({ length: 704 }, (_, s) => (sticks(s) ? 0 : 1));
  const errorOf = (importanceSampling: 'ordinary' | 'weighted', episodes: number) => {
    let sum = 0;
    for (let seed = 0; seed < 100; seed++) {
      const options = { target, importanceSampling, discount: 1, seed } as const;
      const agent = new MonteCarloOffPolicyPrediction(start, options);
      learnEpisodes(agent, start, { episodes, seed });
      sum += (agent.values[state] - exact) ** 2;
    }
    return sum / 100;
  };
  expect(errorOf('weighted', 10)).toBeLessThan(0.5 * errorOf('ordinary', 10));
  expect(errorOf('weighted', 10_000)).toBeLessThan(0.002);
  expect(errorOf('ordinary', 10_000)).toBeLessThan(0.002);
});
