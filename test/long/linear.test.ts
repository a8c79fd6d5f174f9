import { describe, expect, test } from 'vitest';
import { GradientMonteCarlo } from '../../agents/linear/gradient-monte-carlo.ts';
import { SemiGradientSarsa } from '../../agents/linear/semi-gradient-sarsa.ts';
import { SemiGradientTd } from '../../agents/linear/semi-gradient-td.ts';
import { mountainCar } from '../../envs/control/mountain-car.ts';
import { randomWalk } from '../../envs/tabular/random-walk.ts';
import { onPolicyDistribution, tdFixedPoint } from '../agents/linear/exact.ts';
import { evenly, modelOf, evaluate as valuesOf } from '../envs/solve.ts';
import { learnEpisodes } from '../helpers/learn.ts';

describe('the random walk of 1000 states', () => {
  const walk = randomWalk({ numStates: 1000, reach: 100, leftReward: -1 });
  const model = modelOf(walk);
  const exact = valuesOf(model, evenly(1), 1);
  const share = onPolicyDistribution(model, evenly(1));
  const features = { kind: 'state-aggregation', groups: 10, low: [1], high: [1000] } as const;
  const groupOf = (state: number) => Math.floor((state - 1) / 100);

  /** √VE of values, by the on-policy distribution. */
  const errorOf = (value: (state: number) => number) => {
    let sum = 0;
    for (let s = 1; s <= 1000; s++) sum += share[s] * (value(s) - exact[s]) ** 2;
    return Math.sqrt(sum);
  };

  test('gradient Monte Carlo comes to the best of ten groups (figure 9.1)', () => {
    const agent = new GradientMonteCarlo(walk, { features, discount: 1, stepSize: 2e-5, seed: 1 });
    learnEpisodes(agent, walk, { episodes: 100_000, seed: 1 });
    const best = Array.from({ length: 10 }, (_, group) => {
      const states = Array.from({ length: 100 }, (__, k) => 100 * group + k + 1);
      const sum = states.reduce((total, s) => total + share[s], 0);
      return states.reduce((total, s) => total + share[s] * exact[s], 0) / sum;
    });
    const least = errorOf((s) => best[groupOf(s)]);
    const own = errorOf((s) => agent.weights[groupOf(s)]);
    expect(own).toBeLessThan(1.1 * least);
    best.forEach((weight, group) => {
      expect(Math.abs(agent.weights[group] - weight), `group ${group}`).toBeLessThan(0.05);
    });
  });

  test('semi-gradient TD(0) comes to its fixed point, which is worse (figure 9.2)', () => {
    const one = Array.from({ length: 10 }, (_, i) => Array.from({ length: 10 }, (__, j) => +(i === j))); // biome-ignore format: one line
    const x = (s: number) => one[Math.min(Math.max(groupOf(s), 0), 9)];
    const fixed = tdFixedPoint(model, evenly(1), share, x, 1);
    const agent = new SemiGradientTd(walk, {
      features,
      discount: 1,
      stepSize: { kind: 'inverse', from: 0.1, steps: 50_000 },
      seed: 2,
    });
    learnEpisodes(agent, walk, { episodes: 100_000, seed: 2 });
    fixed.forEach((weight, group) => {
      expect(Math.abs(agent.weights[group] - weight), `group ${group}`).toBeLessThan(0.03);
    });
    expect(errorOf((s) => fixed[groupOf(s)])).toBeGreaterThan(errorOf(() => 0) * 0.1);
  });

  test('a basis of the fifth order does better with cosines than with powers (figure 9.5)', () => {
    const errorAfter = (kind: 'fourier' | 'polynomial', stepSize: number) => {
      const basis = kind === 'fourier' ? { kind, order: 5, scaled: false } : { kind, order: 5 };
      const bounds = { low: [1], high: [1000] };
      const agent = new GradientMonteCarlo(walk, {
        features: { ...basis, ...bounds },
        discount: 1,
        stepSize,
        seed: 3,
      });
      learnEpisodes(agent, walk, { episodes: 5000, seed: 3 });
      return errorOf((s) => agent.inspect(Float32Array.of(s)).value ?? Number.NaN);
    };
    const [fourier, polynomial] = [errorAfter('fourier', 5e-5), errorAfter('polynomial', 1e-4)];
    expect(fourier).toBeLessThan(0.1);
    expect(polynomial).toBeGreaterThan(1.2 * fourier);
  });

  test('fifty tilings learn faster than one (figure 9.10)', () => {
    const errorAfter = (tilings: number) => {
      const features = {
        kind: 'tile-coding',
        tilings,
        tiles: 5,
        displacement: 'uniform',
        low: [1],
        high: [1001],
      } as const;
      const options = { features, discount: 1, stepSize: 1e-4 / tilings, seed: 4 };
      const agent = new GradientMonteCarlo(walk, options);
      learnEpisodes(agent, walk, { episodes: 5000, seed: 4 });
      return errorOf((s) => agent.inspect(Float32Array.of(s)).value ?? Number.NaN);
    };
    expect(errorAfter(50)).toBeLessThan(0.8 * errorAfter(1));
  });
});

test('mountain car takes about 120 steps after 500 episodes, over 30 runs (figure 10.2)', () => {
  // The source knows no limit. A car that starts at rest within a hair of the bottom (seed 8 does) may
  // stay in one set of tiles forever, as all actions look alike there: this limit ends that.
  const world = { ...mountainCar(), timeLimit: 10_000 };
  const bounds = { low: [-1.275, -0.07], high: [0.6375, 0.07] }; // as the source's tiles lie
  const features = { kind: 'tile-coding', tilings: 8, tiles: [9, 8], ...bounds } as const;
  const late = (stepSize: number) => {
    let sum = 0;
    for (let seed = 0; seed < 30; seed++) {
      const agent = new SemiGradientSarsa(world, {
        features,
        stepSize: stepSize / 8,
        epsilon: 0,
        discount: 1,
        seed,
      });
      const lengths = learnEpisodes(agent, world, { episodes: 500, seed });
      sum += lengths.slice(-50).reduce((total, length) => total + length, 0) / 50;
    }
    return sum / 30;
  };
  for (const stepSize of [0.1, 0.2, 0.5]) {
    const steps = late(stepSize);
    expect(steps, `α = ${stepSize} / 8`).toBeGreaterThan(100);
    expect(steps, `α = ${stepSize} / 8`).toBeLessThan(150);
  }
});
