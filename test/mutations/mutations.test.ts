import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as agents from '../../agents/index.ts';
import { agentEntries } from '../../agents/registry.ts';
import { ACTION_VALUES_LINES } from './action-values-lines.ts';
import { BANDIT_LINES } from './bandit-lines.ts';
import { ENDING_LINES } from './ending-lines.ts';
import { LINEAR_LINES } from './linear-lines.ts';
import { MONTE_CARLO_LINES } from './monte-carlo-lines.ts';
import { type Mutation, mutationsOf } from './mutation.ts';
import { MutationRunner, type Outcome } from './mutation-runner.ts';
import { OFF_POLICY_LINES } from './off-policy-lines.ts';
import { PLANNING_LINES } from './planning-lines.ts';
import { POLICY_GRADIENT_LINES } from './policy-gradient-lines.ts';
import { SHARED_LINES } from './shared-lines.ts';
import { TABULAR_LINES } from './tabular-lines.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const FAMILIES = [
  SHARED_LINES,
  BANDIT_LINES,
  PLANNING_LINES,
  TABULAR_LINES,
  MONTE_CARLO_LINES,
  LINEAR_LINES,
  ACTION_VALUES_LINES,
  POLICY_GRADIENT_LINES,
  OFF_POLICY_LINES,
  ENDING_LINES,
].map(mutationsOf);
const MUTATIONS = FAMILIES.flat();

/** All of them in `npm run test:mutations`, which imports this file; else one of each family. */
const isLong = process.env.PALAESTRA_LONG === '1';
const run = isLong ? MUTATIONS : FAMILIES.map(([first]) => first);

function titleOf({ file, line, broken }: Mutation): string {
  return `${file}: ${oneLine(line)} ⇒ ${oneLine(broken)}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim() || 'nothing';
}

describe('the list of key lines', () => {
  test('names every agent that learns', () => {
    const named = new Set(MUTATIONS.flatMap((mutation) => mutation.of));
    const names = agentEntries()
      .filter(({ family }) => family !== 'search')
      .map(({ name }) => name);
    expect(names.length).toBeGreaterThan(48);
    expect(names.filter((name) => !named.has(name))).toEqual([]);
  });

  test('names every function that plans', () => {
    const named = new Set(MUTATIONS.flatMap((mutation) => mutation.of));
    const files = readdirSync(join(ROOT, 'agents/planning'));
    const own = files.flatMap((file) => {
      const source = readFileSync(join(ROOT, 'agents/planning', file), 'utf8');
      return [...source.matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
    });
    const forOthers = own.filter((name) => Object.hasOwn(agents, name));
    expect(forOthers.length).toBeGreaterThan(9);
    expect(forOthers.filter((name) => !named.has(name))).toEqual([]);
  });

  test('gives each line as it stands in its file, once', () => {
    const numFound = ({ file, line }: Mutation) =>
      readFileSync(join(ROOT, file), 'utf8').split(line).length - 1;
    expect(MUTATIONS.filter((mutation) => numFound(mutation) !== 1).map(titleOf)).toEqual([]);
    expect(MUTATIONS.filter(({ line, broken }) => line === broken).map(titleOf)).toEqual([]);
    expect(MUTATIONS.filter(({ testFile }) => !existsSync(join(ROOT, testFile)))).toEqual([]);
  });
});

describe('a broken key line turns a test red', { timeout: 300_000 }, () => {
  let runner: MutationRunner;
  beforeAll(async () => {
    runner = await MutationRunner.open();
  });
  afterAll(() => runner.close());

  const wholes = new Map<string, Promise<Outcome>>(); // many name the same test
  const expectWholeIsGreen = async (mutation: Mutation) => {
    const key = `${mutation.testFile} ${mutation.testName}`;
    if (!wholes.has(key)) wholes.set(key, runner.run(mutation, false));
    const whole = await wholes.get(key);
    expect(whole).toMatchObject({ loadErrors: [], failures: [] });
    expect(whole?.numPassed, `tests named ${mutation.testName}`).toBeGreaterThan(0);
  };

  test('but not one that is said otherwise, and no proof is one that is no program', async () => {
    const [mutation] = mutationsOf(TABULAR_LINES);
    const same = await runner.run({ ...mutation, broken: `(${mutation.line})` }, true);
    expect(same).toEqual({ loadErrors: [], numPassed: 1, failures: [] });
    const unreadable = await runner.run({ ...mutation, broken: `((${mutation.line})` }, true);
    expect(unreadable.loadErrors).toHaveLength(1);
    expect(unreadable.failures).toEqual([]);
  });

  test.each(run.map((mutation) => [titleOf(mutation), mutation] as const))(
    '%s',
    async (_, mutation) => {
      if (isLong) await expectWholeIsGreen(mutation); // else the same tests run beside this one
      const broken = await runner.run(mutation, true);
      expect(broken.loadErrors).toEqual([]);
      expect(new Set(broken.failures)).toEqual(new Set(['AssertionError']));
    },
  );
});
