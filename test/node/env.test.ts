import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CHECKS } from '../../envs/checker/checks.ts';
import { envEntries, registerEnv } from '../../envs/registry.ts';
import { main } from '../../node/cli.ts';
import { Courier } from '../helpers/courier.ts';
import { palaestra, ROOT, temporaryFolder } from '../helpers/program.ts';

registerEnv({
  id: 'Courier-v7',
  family: 'other',
  description: 'A robot in a corridor of five rooms.',
  defaults: { haste: 2 },
  rewardThreshold: null,
  createEnv: (_, { spec }) => Object.assign(new Courier(), { spec }),
});

/** Runs the program within this process, which is faster. */
async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text) => out.push(String(text)));
  vi.spyOn(console, 'error').mockImplementation((text) => err.push(String(text)));
  const code = await main(argv);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

afterEach(() => vi.restoreAllMocks());

describe('palaestra env list', () => {
  test('shows every world with its spaces, limit, threshold and model', async () => {
    const { code, out } = await run('env', 'list');
    expect(code).toBe(0);
    for (const { id } of envEntries()) expect(out).toContain(id);
    expect(out).toMatch(/^CartPole-v1 +control +Box\(4\) +Discrete\(2\) +500 +475 +no$/m);
    expect(out).toMatch(
      /^FrozenLake-v1 +tabular +Discrete\(16\) +Discrete\(4\) +100 +0\.7 +16 states$/m,
    );
    expect(out).toMatch(/^CliffWalking-v1 .* – +– +48 states$/m);
    expect(out).toMatch(
      /^Courier-v7 +other +Dict\(battery: Box\(1\), .*… +Discrete\(3\) +\? +– +no$/m,
    );
  });

  test('shows one family, and JSON', async () => {
    const { out } = await run('env', 'list', '--family', 'control', '--json');
    const worlds = JSON.parse(out);
    expect(worlds).toHaveLength(6);
    expect(worlds[1]).toMatchObject({
      id: 'CartPole-v1',
      timeLimit: 500,
      numStates: null,
      masked: false,
      observationSpace: { kind: 'box', units: ['m', 'm/s', 'rad', 'rad/s'] },
    });
    expect(worlds[1].observationSpace.high[1]).toBe('Infinity');
  });
});

describe('palaestra env info', () => {
  test('shows ranges and units, options, source, wrapper', async () => {
    const { code, out } = await run('env', 'info', 'CartPole-v1');
    expect(code).toBe(0);
    expect(out).toContain('Keep a pole upright on a cart');
    expect(out).toContain('Source: Barto, Sutton & Anderson (1983); Gymnasium 1.4.');
    expect(out).toMatch(/\[2\] +−0\.418879 +0\.418879 +rad +angle/);
    expect(out).toMatch(/\[3\] +−∞ +∞ +rad\/s +angular velocity/);
    expect(out).toMatch(/^ +1 +right$/m);
    expect(out).toContain('time limit   500 steps');
    expect(out).toContain('solved from  a mean return of 475');
    expect(out).toMatch(/timeLimit +500 +500/);
    expect(out).toContain('wrapper      discretize-observation {"bins":[3,4,8,8]');
    expect(out).toContain('model        no');
  });

  test('shows a model, masks, and options that are given', async () => {
    const { out } = await run('env', 'info', 'Taxi-v4', '--env-set', 'masked=true');
    expect(out).toMatch(/number +0 +499/);
    expect(out).toContain('masks        yes');
    expect(out).toContain('model        explicit, 500 states');
    expect(out).toMatch(/masked +false +true/);
    expect(out).not.toContain('wrapper');
  });

  test('shows a hand-written env, part by part', async () => {
    const { code, out } = await run('env', 'info', 'Courier-v7');
    expect(code).toBe(0);
    expect(out).toMatch(/\.battery\[0\] +0 +1 +charge/);
    expect(out).toMatch(/\.doors\[1\] +0 +1 +right/);
    expect(out).toMatch(/\.room +1 +5/);
    expect(out).toContain('masks        yes');
    expect(out).toContain('time limit   ? steps');
    expect(out).toMatch(/haste +2 +2/);
  });

  test('puts elements without names and with the same bounds in one row', async () => {
    const { out } = await run('env', 'info', 'Catch-v0');
    expect(out).toMatch(/\[0 … 49\] +0 +1/);
  });
});

describe('palaestra env check', () => {
  test('finds nothing in a world that is right, exit code 0', async () => {
    const { code, out } = await run('env', 'check', 'FrozenLake-v1', '--steps', '300');
    expect([code, out]).toEqual([0, 'FrozenLake-v1: nothing to find in 300 steps.']);
  });

  test('checks hand-written envs of the registry', async () => {
    const { code, out } = await run('env', 'check', 'Courier-v7', '--steps', '300', '--seed', '4');
    expect([code, out]).toEqual([0, 'Courier-v7: nothing to find in 300 steps.']);
  });

  test('warns with exit code 0', async () => {
    const { code, out } = await run('env', 'check', 'Pendulum-v1', '--steps', '300');
    expect(code).toBe(0);
    expect(out).toContain('warning [action-normalized] actionSpace: Actions are not in −1 … 1');
    expect(out).toContain('Pendulum-v1: 0 errors, 1 warning in 300 steps.');
  });

  test('prints JSON', async () => {
    const words = ['--steps', '300', '--env-set', 'gravity=9.8', '--json'];
    const { out } = await run('env', 'check', 'Pendulum-v1', ...words);
    expect(JSON.parse(out)).toMatchObject({
      world: 'Pendulum-v1',
      steps: 300,
      seed: 0,
      errors: 0,
      warnings: 1,
      findings: [{ check: 'action-normalized', severity: 'warning', where: 'actionSpace' }],
      skipped: [],
    });
  });
});

describe('a file', () => {
  const [, source] = /```ts\n([\s\S]*?)```/.exec(page()) ?? [];
  const here = (code: string) =>
    code.replaceAll(/'palaestra\/(\w+)'/g, (_, name) => `'${ROOT}${name}/index.ts'`);

  function write(name: string, code: string): string {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'package.json'), '{"type":"module"}');
    writeFileSync(join(cwd, name), here(code));
    return join(cwd, name);
  }

  /** Checks a file within this process. */
  async function check(name: string, code: string, ...argv: string[]) {
    const path = write(name, code);
    const { out, err, ...ended } = await run('env', 'check', path, '--steps', '300', ...argv);
    return { ...ended, out: out.replaceAll(path, name), err: err.replaceAll(path, name) };
  }

  test('with the world of the page passes', async () => {
    const cwd = dirname(write('corridor.ts', source));
    const argv = ['env', 'check', 'corridor.ts', '--steps', '300'];
    const { code, stdout, stderr } = await palaestra(argv, cwd);
    expect([code, stdout, stderr]).toEqual([0, 'corridor.ts: nothing to find in 300 steps.\n', '']);
  });

  test('takes options', async () => {
    const options = ['--env-set', 'slip=0'];
    const { code, out } = await check('corridor.ts', source, ...options);
    expect([code, out]).toEqual([0, 'corridor.ts: nothing to find in 300 steps.']);
  });

  test('with a broken world fails with exit code 1', async () => {
    const broken = source.replace('units: [', 'unit: [');
    const unknown = await check(
      'corridor.js',
      broken.replaceAll('export function', 'export default function'),
    );
    expect(unknown.code).toBe(1);
    expect(unknown.out).toContain(
      'error [maker] the maker: It threw RangeError: box: unknown option "unit".',
    );
    const leaving = await check('corridor.mjs', source.replace('LENGTH)', '2 * LENGTH)'));
    expect(leaving.code).toBe(1);
    expect(leaving.out).toContain('observation[0] (position) = 1');
    expect(leaving.out).toMatch(/corridor\.mjs: \d+ errors?, 0 warnings in 300 steps\./);
  });

  test('may export a class of envs', async () => {
    const code = `export { Courier } from '${ROOT}test/helpers/courier.ts';`;
    const { code: exit, out } = await check('courier.ts', code);
    expect([exit, out]).toEqual([0, 'courier.ts: nothing to find in 300 steps.']);
  });

  test.each([
    [
      'export const a = 1;',
      2,
      'must export one Env, Dynamics, or function or class that makes one, got nothing.',
    ],
    ['export const a = () => {}, b = () => {};', 2, 'got a, b. Make one the default export.'],
    ['export const = 1;', 1, 'broken.mjs cannot be loaded.'],
    ["throw new Error('no luck');", 1, 'broken.mjs cannot be loaded. Error: no luck'],
  ])('with %j is refused', async (code, exit, message) => {
    const ended = await check('broken.mjs', code);
    expect([ended.code, ended.err]).toEqual([exit, expect.stringContaining(message)]);
    expect(ended.err).not.toMatch(/\n\s+at /);
  });
});

test.each([
  [['env'], 'palaestra env takes list, info or check.'],
  [['env', 'chekc'], 'got "chekc". Did you mean "check"?'],
  [['env', 'list', 'CartPole-v1'], 'palaestra env list takes no "CartPole-v1".'],
  [['env', 'list', '--family', 'contrl'], 'got "contrl". Did you mean "control"?'],
  [
    ['env', 'list', '--steps', '5'],
    'palaestra env list takes no --steps. Options: --family, --json.',
  ],
  [['env', 'info'], 'takes one world, such as'],
  [['env', 'info', 'CartPole-v11'], 'Did you mean "CartPole-v1"?'],
  [['env', 'info', 'FrozenLake-v1', '--env-set', 'slipery=1'], 'Did you mean "slippery"?'],
  [['env', 'check'], 'takes one world or one file'],
  [['env', 'check', 'CartPole-v11'], 'Did you mean "CartPole-v1"?'],
  [['env', 'check', 'nowhere.ts'], 'There is no such file: nowhere.ts.'],
  [['env', 'check', 'CartPole-v1', '--steps', 'all'], '--steps must be a whole number'],
  [['env', 'check', 'CartPole-v1', '--step', '1'], 'unknown option --step. Did you mean "steps"?'],
])('%j is a slip: says what would be right, exit code 2', async (argv, message) => {
  const { code, err } = await run(...argv);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('list envs knows hand-written envs too', async () => {
  const { code, out } = await run('list', 'envs');
  expect(code).toBe(0);
  expect(out).toMatch(/Courier-v7 +other .* A robot in a corridor of five rooms\./);
});

test('the page names every check', () => {
  for (const check of Object.keys(CHECKS)) expect(page()).toContain(`\`${check}\``);
});

function page(): string {
  return readFileSync(join(ROOT, 'docs/environments.md'), 'utf8');
}
