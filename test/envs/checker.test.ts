import { describe, expect, test } from 'vitest';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { Env } from '../../core/env.ts';
import { box } from '../../core/space.ts';
import { checkEnv } from '../../envs/checker/check-env.ts';
import { CHECKS, type CheckName } from '../../envs/checker/checks.ts';
import { formatFindings } from '../../envs/checker/report.ts';
import type { Checkable } from '../../envs/checker/target.ts';
import { envEntries, make } from '../../envs/registry.ts';
import { Courier } from '../helpers/courier.ts';
import { corridor } from '../helpers/worlds.ts';
import type { Defect } from './defects/defect.ts';
import { ENV_DEFECTS } from './defects/envs.ts';
import { coin, RULE_DEFECTS, slider } from './defects/rules.ts';

const DEFECTS: readonly Defect[] = [...RULE_DEFECTS, ...ENV_DEFECTS];

/** Enough to reach what happens once in a few hundred steps, and quick. */
const STEPS = 300;

describe('the checker', () => {
  test.each(DEFECTS.map((defect) => [defect.what, defect] as const))('sees %s', (_, defect) => {
    const { findings } = checkEnv(defect.env, { steps: STEPS });
    const found = findings.filter(({ check }) => check === defect.check);
    expect(found, formatFindings(findings)).not.toEqual([]);
    const { where, message, severity, fix } = found[0];
    expect(where).toMatch(exactly(defect.where));
    expect(message).toMatch(defect.message);
    expect({ severity, fix }).toEqual(CHECKS[defect.check]);
    const others = new Set(findings.map(({ check }) => check));
    others.delete(defect.check);
    expect([...others].sort()).toEqual([...(defect.also ?? [])].sort());
  });

  test('has for each check an env that it catches', () => {
    const caught = new Set(DEFECTS.map(({ check }) => check));
    expect(Object.keys(CHECKS).filter((check) => !caught.has(check as CheckName))).toEqual([]);
  });

  test.each<[string, Checkable]>([
    ['a hand-written env', () => new Courier() as unknown as Env],
    ['rules with real actions', slider() as Checkable],
    ['rules with masks', corridor() as Checkable],
    ['rules with a model', coin()],
    ['an instance of the registry', make('FrozenLake-v1' as string)],
    ['a maker of rules', () => slider() as never],
    ['rules with a bound of −0', { ...slider(), observationSpace: box([-1, -0], [1, 1]) } as never],
  ])('finds nothing, and skips nothing, in %s', (_, env) => {
    expect(checkEnv(env, { steps: STEPS })).toEqual({ findings: [], skipped: [] });
  });

  test('says which checks need a second instance, where it cannot make one', () => {
    const { findings, skipped } = checkEnv(new Courier() as unknown as Env, { steps: STEPS });
    expect(findings).toEqual([]);
    expect(skipped.map(({ check }) => check)).toEqual([
      'step-before-reset',
      'instances',
      'restore-fresh',
    ]);
    expect(skipped[0].why).toBe('It needs a new instance: give a function that makes one.');
  });

  test('says that no episode ended, where it waited in vain for one', () => {
    const endless = { ...slider(), timeLimit: Infinity, observationSpace: HIGH } as Checkable;
    const { findings, skipped } = checkEnv(endless, { steps: STEPS });
    expect(findings).toEqual([]);
    expect(skipped).toEqual([
      { check: 'step-after-end', why: 'No episode ended within 5000 steps.' },
    ]);
  });

  test('builds an env that draws as Gymnasium does again with the same generator', () => {
    const env = () => make('FrozenLake-v1' as string, { rng: 'gymnasium' });
    expect(checkEnv(env(), { steps: STEPS, rng: 'gymnasium' }).findings).toEqual([]);
    const other = checkEnv(env(), { steps: STEPS }).findings.map(({ check }) => check);
    expect(other).toContain('spec-round-trip');
  });

  test('gives the same report for the same seed', () => {
    for (const { env } of DEFECTS.filter(({ check }) => check === 'observation-space')) {
      expect(checkEnv(env, { steps: 50, seed: 3 })).toEqual(checkEnv(env, { steps: 50, seed: 3 }));
    }
  });

  test('looks at as many steps as it is told to', () => {
    const rarely = (steps: number) =>
      checkEnv(
        () => {
          let taken = 0;
          const env = new DynamicsEnv(slider());
          const { step } = env;
          env.step = (action) => {
            taken++;
            const result = step.call(env, action);
            return taken === 900 ? { ...result, reward: Number.NaN } : result;
          };
          return env as Env;
        },
        { steps },
      ).findings.map(({ check }) => check);
    expect(rarely(300)).not.toContain('reward');
    expect(rarely(1000)).toContain('reward');
  });

  test.each([
    [{ steps: 0 }, 'checkEnv: steps must be an integer of at least 1, got 0.'],
    [{ seed: -1 }, 'checkEnv: seed must be an integer of at least 0, got -1.'],
    [{ rng: 'dice' as never }, 'checkEnv: rng must be one of alea, gymnasium, got "dice".'],
    [{ step: 5 } as never, 'checkEnv: unknown option "step". Did you mean "steps"?'],
  ])('refuses %j', (options, message) => {
    expect(() => checkEnv(slider() as Checkable, options)).toThrow(message);
  });
});

const HIGH = box([-1, 0], [1, 1000]);

test('findings are lines with what is wrong and what would be right', () => {
  const { findings } = checkEnv({ ...slider(), timeLimit: -1 } as Checkable, { steps: 1 });
  expect(formatFindings(findings.slice(0, 1))).toBe(
    'error [time-limit] timeLimit: timeLimit is -1.\n' +
      '  Give the steps of the longest episode, or Infinity for no limit.',
  );
  expect(formatFindings([])).toBe('');
});

function exactly(where: string | RegExp): RegExp {
  if (typeof where !== 'string') return where;
  return new RegExp(`^${where.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

describe('the worlds of the registry', () => {
  // What is meant to be so, as in Gymnasium: speeds without a bound, a torque in N m, a bit that the
  // shortest chain does not use.
  const KNOWN: Readonly<Record<string, readonly string[]>> = {
    'CartPole-v0': ['space-infinite observationSpace'],
    'CartPole-v1': ['space-infinite observationSpace'],
    'Pendulum-v1': ['action-normalized actionSpace'],
    'MemoryChain-v0': ['space-constant observationSpace'],
  };

  test.each(envEntries().map(({ id }) => id))('%s passes', (id) => {
    const { findings } = checkEnv(make(id as string), { steps: 250 });
    const found = findings.map(({ check, where }) => `${check} ${where}`);
    expect(found, formatFindings(findings)).toEqual(KNOWN[id] ?? []);
  });
});
