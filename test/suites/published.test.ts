import { describe, expect, test } from 'vitest';
import { PUBLISHED, publishedExperiment } from '../../suites/published/experiments.ts';
import { PublishedRun } from '../../suites/published/published-run.ts';
import { NormalizedAgent } from '../../training/normalized-agent.ts';

describe.each(PUBLISHED)('$name', (experiment) => {
  test('is made with all its options, and takes its first steps', () => {
    const run = new PublishedRun({ ...experiment, steps: 3 * experiment.numEnvs }, 1);
    run.advance(3 * experiment.numEnvs);
    expect(run.done).toBe(true);
    for (const [key, value] of Object.entries(experiment.options)) {
      expect(run.agent.options).toMatchObject({ [key]: value });
    }
    expect(run.agent instanceof NormalizedAgent).toBe(experiment.normalize === true);
  });

  test('names the number to reach, and where it stands', () => {
    expect(Number.isFinite(experiment.published.mean)).toBe(true);
    expect(experiment.published.source).toMatch(/CleanRL|Zoo|Gymnasium/);
  });
});

test('a run has a curve, and a score by its protocol', () => {
  const experiment = { ...publishedExperiment('cleanrl-ppo-cart-pole'), steps: 2048 };
  const run = new PublishedRun(experiment, 3);
  while (!run.done) run.advance(500);
  const { seed, score, curve } = run.result();
  expect(seed).toBe(3);
  expect(score).toBeGreaterThan(8);
  expect(curve.at(-1)?.steps).toBeGreaterThan(1900); // where an episode last ended
  const again = new PublishedRun(experiment, 3);
  again.advance(2048);
  expect(again.result()).toEqual(run.result());
});

test('a run that goes on from what it saved comes to the same', () => {
  const experiment = { ...publishedExperiment('rl-zoo-dqn-cart-pole'), steps: 2500 };
  const whole = new PublishedRun(experiment, 5);
  whole.advance(1900);
  const again = new PublishedRun(experiment, 5);
  again.restore(structuredClone(whole.save()));
  expect(again.steps).toBe(1900);
  whole.advance(600);
  again.advance(600);
  expect(again.result()).toEqual(whole.result());
  expect(again.result().curve.length).toBeGreaterThan(20);
  const other = new PublishedRun({ ...experiment, agent: 'pqn', options: {} }, 5);
  expect(() => other.restore(whole.save())).toThrow('expected saved data of kind "pqn"');
});

test('names are unique, and the nearest one is told', () => {
  expect(new Set(PUBLISHED.map(({ name }) => name)).size).toBe(PUBLISHED.length);
  expect(() => publishedExperiment('cleanrl-dqn-cartpole')).toThrow('cleanrl-dqn-cart-pole');
});
