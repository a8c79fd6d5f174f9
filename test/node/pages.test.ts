import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agentEntries } from '../../agents/registry.ts';
import type { SavedData } from '../../core/saved.ts';
import { envEntries } from '../../envs/registry.ts';
import { saveNetwork } from '../../networks/saved/saved-network.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { encodeCheckpoint } from '../../node/checkpoint-file.ts';
import { type Ended, ROOT, startProgram, temporaryFolder } from '../helpers/program.ts';

const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs()];

function docs(): string[] {
  const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  return pages.map((name) => `docs/${name}`);
}

/** The commands of a page: lines of its sh blocks, and `npm …` or `npx …` in its text. */
function commandsOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
    block.trim().split('\n'),
  );
  const inline = [...text.matchAll(/`((?:npm|npx|palaestra) [^`]+)`/g)].map(
    ([, command]) => command,
  );
  return [...blocks, ...inline];
}

// What `.ci/run` runs itself, and what takes minutes and is run by hand before a release.
const CI = readFileSync(join(ROOT, '.ci/run'), 'utf8');
const SCRIPTS: Record<string, string> = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
).scripts;
const RUN_BY_CI = [
  /^npm ci && npm (start|test)$/,
  /^npm ci$/,
  /^npm test$/,
  /^npm start -- --no-serve$/,
];
const BY_HAND = [
  'test:long',
  'test:mutations',
  'test:wide',
  'bench:tabular',
  'bench:math',
  'bench:workers',
  'bench:envs',
  'bench:networks',
  'bench:planners',
  'bench:replay',
  'bench:soak',
  'bench:products',
  'bench:agents',
  'reproduce',
  'reproduce:deep',
  'build',
  'build:viewer',
];

/** The checkpoints that docs/export.md talks of: no agent of ours saves a network yet. */
function writeCheckpoints(cwd: string): void {
  const saved = () => saveNetwork(simdEngine().create(network({ input: [3], layers: mlp() })));
  const file = 'step-000000050000.ckpt';
  const folder = join(cwd, 'runs/cart/checkpoints');
  mkdirSync(folder, { recursive: true });
  const write = (path: string, networks: Readonly<Record<string, SavedData>>) => {
    const checkpoint = { steps: 50_000, metricsBytes: 0, session: { agent: networks } };
    writeFileSync(join(path, file), encodeCheckpoint(checkpoint));
  };
  write(folder, { online: saved() });
  write(cwd, { online: saved(), target: saved() });
}

/** Steps of the examples that take their time. */
const FEWER: Readonly<Record<string, string>> = { 'examples/dqn-cartpole.ts': '3000' };

/** Runs a command line of the program or an example to its end; the viewer is stopped once it serves. */
async function runCommand(command: string, cwd: string): Promise<Ended> {
  const all = command.split(' '); // npx palaestra …, npx tsx examples/…, with NAME=value before it
  const [, program, ...words] = all.slice(all.indexOf('npx'));
  const env = Object.fromEntries(all.slice(0, all.indexOf('npx')).map((word) => word.split('=')));
  if (program === 'tsx') {
    const [file, ...rest] = words;
    const fewer = rest.length === 0 && file in FEWER ? [FEWER[file]] : rest;
    return startProgram(file, fewer, cwd).ended;
  }
  const running = startProgram('node/palaestra.ts', words, cwd, env);
  if (words[0] === 'watch') {
    await running.waitFor('Ctrl+C ends it');
    running.child.kill('SIGINT');
  }
  return running.ended;
}

describe.each(PAGES)('%s', (page) => {
  test('says only commands that work', async () => {
    const cwd = temporaryFolder();
    // The run that the pages talk of.
    const first = 'npx palaestra train q-learning FrozenLake-v1 --steps 20k';
    if (page.startsWith('docs/')) expect((await runCommand(first, cwd)).code).toBe(0);
    if (page === 'docs/export.md') writeCheckpoints(cwd);
    for (const command of commandsOf(page)) {
      if (/^(\w+=\w+ )*npx (palaestra|tsx)\b/.test(command)) {
        const { code, stderr } = await runCommand(command, cwd);
        expect([command, code, stderr], stderr).toEqual([command, 0, expect.anything()]);
        continue;
      }
      const script = /^npm run ([\w:-]+)(?: --(?: [\w:./-]+)+)?$/.exec(command)?.[1];
      if (script !== undefined) {
        expect(Object.keys(SCRIPTS), command).toContain(script);
        expect(BY_HAND.includes(script) || CI.includes(`npm run ${script}`), command).toBe(true);
        continue;
      }
      const known =
        RUN_BY_CI.some((pattern) => pattern.test(command)) ||
        command === 'npm ci --ignore-scripts && npm run build' ||
        /^palaestra (train|watch|rec|export|list|env|start|doctor|reproduce|reproduce-deep|<command>)\b/.test(
          command,
        );
      expect(known, `${page}: nothing runs ${JSON.stringify(command)}`).toBe(true);
    }
  }, 120_000);
});

test('the script of the README runs, and prints what it says', async () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, script] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const folder = temporaryFolder();
  const file = join(folder, 'script.ts');
  const source = script.replaceAll(/'palaestra\/(\w+)'/g, (_, name) => `'${ROOT}${name}/index.ts'`);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(file, source);
  const { code, stdout, stderr } = await startProgram(file, [], folder).ended;
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(Number(stdout)).toBeGreaterThan(0.3); // a share of episodes that reach the goal
});

/** The anchor of a heading, as GitHub makes it. */
function anchorOf(heading: string): string {
  const words = heading.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '');
  return words.replaceAll(' ', '-');
}

test.each(PAGES)('the links of %s lead to pages and headings that there are', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  for (const [link, target, anchor] of text.matchAll(/\]\(([^)#:]*)(?:#([^)]*))?\)/g)) {
    const path = target === '' ? join(ROOT, page) : join(ROOT, dirname(page), target);
    expect(existsSync(path), `${page}: ${link}`).toBe(true);
    if (anchor === undefined) continue;
    const headings = [...readFileSync(path, 'utf8').matchAll(/^#+ (.*)$/gm)];
    expect(
      headings.map(([, heading]) => anchorOf(heading)),
      `${page}: ${link}`,
    ).toContain(anchor);
  }
});

test('the README counts the worlds and the agents', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  expect(readme).toContain(`**Agents**, ${agentEntries().length} of them`);
  expect(readme).toContain(`**Worlds**, ${envEntries().length} of them`);
});

test('the README links to every page', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  for (const page of PAGES.slice(1)) expect(readme).toContain(`](${page})`);
});

test('every example is named in the README', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  for (const name of readdirSync(join(ROOT, 'examples'))) {
    expect(readme).toContain(`npx tsx examples/${name}`);
    const lines = readFileSync(join(ROOT, 'examples', name), 'utf8').split('\n').length;
    expect(lines, name).toBeLessThan(62);
  }
});

test('CI runs the two commands that the README opens with', () => {
  expect(CI).toContain('npm ci && npm test\n');
  expect(CI).toContain('npm start -- --no-serve\n');
});
