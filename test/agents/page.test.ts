import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as agents from '../../agents/index.ts';
import { agentEntries, agentEntry, makeAgent } from '../../agents/registry.ts';
import * as core from '../../core/index.ts';
import { box, discrete, type Space } from '../../core/space.ts';
import { createTabularModel } from '../../core/tabular-model.ts';
import { envEntries, makeDynamics } from '../../envs/registry.ts';
import { wrapperEntries } from '../../envs/wrappers/entries.ts';
import { ROOT } from '../helpers/program.ts';

const PAGE = readFileSync(join(ROOT, 'docs/agents.md'), 'utf8');

interface Row {
  readonly name: string;
  readonly family: string;
  readonly observations: string;
  readonly actions: string;
  readonly options: readonly string[];
}

function sectionOf(title: string): string {
  return PAGE.split(/^## /m).find((section) => section.startsWith(title)) ?? '';
}

/** The rows of the tables below "All of them", each under the heading of its family. */
const ROWS: readonly Row[] = sectionOf('All of them')
  .split(/^### /m)
  .slice(1)
  .flatMap((section) => {
    const family = section.slice(0, section.indexOf('\n'));
    const rows = [...section.matchAll(/^\| `([\w-]+)` \|(.*)\|$/gm)];
    return rows.map(([, name, rest]) => {
      const [observations, actions, , options] = rest.split('|').map((cell) => cell.trim());
      return { name, family, observations, actions, options: names(options) };
    });
  });

function names(cell: string): string[] {
  return [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name);
}

/** A space of each of the ten kinds: those of the worlds that show what is to be done. */
const SPACES: ReadonlyMap<string, Space> = new Map(
  envEntries()
    .filter(({ id }) => id.startsWith('Identity'))
    .map(({ id }) => makeDynamics(id).observationSpace)
    .map((space) => [space.kind, space]),
);

const model = () =>
  createTabularModel(2, Float64Array.of(0.5, 0.5), () => [
    { probability: 1, nextState: 0, reward: 0, terminated: true },
  ]);

function isMade(name: string, observationSpace: Space, actionSpace: Space): boolean {
  const task = { observationSpace, actionSpace, model };
  try {
    makeAgent(name, task);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return false;
  }
}

/** What the page calls spaces that an agent takes. */
function nameSpaces(isTaken: (space: Space) => boolean): string {
  const taken = [...SPACES].filter(([, space]) => isTaken(space)).map(([kind]) => kind);
  if (taken.length === SPACES.size) return 'any';
  const called: Readonly<Record<string, string>> = { discrete: 'Discrete', box: 'Box' };
  return taken.map((kind) => called[kind] ?? kind).join(', ');
}

test('there are spaces of all ten kinds to try', () => {
  expect(SPACES.size).toBe(10);
});

test('the page lists every agent, under its family and in the order of the registry', () => {
  const listed = ROWS.map(({ name, family }) => `${family}: ${name}`);
  expect(listed).toEqual(agentEntries().map(({ name, family }) => `${family}: ${name}`));
});

describe.each(ROWS)('the row of $name', ({ name, observations, actions, options }) => {
  test('says which observations it takes', () => {
    const acts = [discrete(2), box([0], [1])];
    expect(nameSpaces((seen) => acts.some((act) => isMade(name, seen, act)))).toBe(observations);
  });

  test('says which actions it takes', () => {
    expect(nameSpaces((act) => isMade(name, discrete(2), act))).toBe(actions);
  });

  test('names options that it has', () => {
    expect(Object.keys(agentEntry(name).defaults)).toEqual(expect.arrayContaining([...options]));
  });
});

test('agents without a model are told so by those that plan, and by no others', () => {
  const task = { observationSpace: discrete(2), actionSpace: discrete(2) };
  const planners = agentEntries().filter(({ name }) => {
    if (!isMade(name, task.observationSpace, task.actionSpace)) return false;
    try {
      makeAgent(name, task);
      return false;
    } catch {
      return true;
    }
  });
  expect(planners.every(({ family }) => family === 'planning')).toBe(true);
  expect(planners).toHaveLength(ROWS.filter(({ family }) => family === 'planning').length);
});

test('every agent, wrapper and command that the page advises is there', () => {
  const known = [
    ...agentEntries().map(({ name }) => name),
    ...wrapperEntries().map(({ name }) => name),
    'env info',
  ];
  const named = [...sectionOf('Which one').matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(15);
  for (const name of named) expect(known).toContain(name);
});

test('what the page offers to those who write an agent can be imported', () => {
  const offers = [...sectionOf('One of your own').matchAll(/^\| (`.*?) \|/gm)];
  const offered = offers.flatMap(([, cell]) => [...cell.matchAll(/`(\w+)/g)]);
  expect(offered.length).toBeGreaterThanOrEqual(8);
  const exported = Object.keys({ ...agents, ...core });
  for (const [, name] of offered) expect(exported).toContain(name);
});

test('the page of deep agents names every number that they report', () => {
  const page = readFileSync(join(ROOT, 'docs/deep.md'), 'utf8');
  const [, table] = page.split('## Metrics');
  const known = new Set(names(table.slice(0, table.indexOf('\n## '))));
  const ofNetworks =
    /^(actor|critic|features|embedding|head)(?=(Gradient|Weight|Update|Dead|Saturated))/;
  const missing = agentEntries()
    .filter(({ family }) => family === 'deep')
    .flatMap(({ name }) => {
      const spaces = [discrete(2), box([-1], [1])].filter((actions) =>
        isMade(name, box([0], [1]), actions),
      );
      const task = { observationSpace: box([0], [1]), actionSpace: spaces[0] };
      return Object.keys(makeAgent(name, task).metrics());
    })
    .map((key) => key.replace(ofNetworks, ''))
    .map((key) => key[0].toLowerCase() + key.slice(1))
    .filter((key) => !known.has(key));
  expect(missing).toEqual([]);
});
