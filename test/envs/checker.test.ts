import { describe, expect, test } from 'vitest';
import type { Env } from '../../core/env.ts';
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
  ])('finds nothing, and skips nothing, in %s', (_, env) => {
    expect(checkEnv(env, { steps: STEPS })).toEqual({ findings: [], skipped: [] });
  });
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
