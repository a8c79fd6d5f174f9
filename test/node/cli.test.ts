import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wrapperEntries } from '../../envs/wrappers/entries.ts';
import { palaestra, startProgram, temporaryFolder } from '../helpers/program.ts';

describe('palaestra', () => {
  test('--help lists the commands, exit code 0', async () => {
    const { code, stdout } = await palaestra(['--help'], temporaryFolder());
    expect(code).toBe(0);
    for (const name of ['start', 'train <agent> <env>', 'watch [path]', 'rec info|verify|repair']) {
      expect(stdout).toContain(`palaestra ${name}`);
    }
  });

  test('<command> --help shows every option with what it does', async () => {
    const { code, stdout } = await palaestra(['train', '--help'], temporaryFolder());
    expect(code).toBe(0);
    expect(stdout).toMatch(/--steps <n> +environment steps in all/);
    expect(stdout).toContain('palaestra train --resume runs/');
  });

  test('watch of a missing file says what to do, exit code 1', async () => {
    const { code, stderr } = await palaestra(['watch', 'missing.rlrec'], temporaryFolder());
    expect(code).toBe(1);
    expect(stderr).toContain('There is nothing at missing.rlrec.');
    expect(stderr).toContain('palaestra train makes some');
  });

  test.each([
    [
      ['train', 'q-learning', 'FrozenLak-v1'],
      'There is no world "FrozenLak-v1". Did you mean "FrozenLake-v1"?',
    ],
    [
      ['train', 'q-lerning', 'FrozenLake-v1'],
      'There is no agent "q-lerning". Did you mean "q-learning"?',
    ],
    [['train', 'q-learning'], 'needs an agent and a world'],
    [['train', 'q-learning', 'CartPole-v1'], 'observations must be Discrete, got Box(4).'],
    [['train', 'q-learning', 'FrozenLake-v1', '--discretize'], 'has discrete observations already'],
    [['train', 'q-learning', 'FrozenLake-v1', '--set', 'stepsize=1'], 'Did you mean "stepSize"?'],
    [
      ['train', 'q-learning', 'FrozenLake-v1', '--set', 'stepSize=2'],
      'stepSize must be between 0 and 1, got 2.',
    ],
    [['train', 'q-learning', 'FrozenLake-v1', '--set', 'stepSize'], '--set must be key=value'],
    [
      ['train', 'q-learning', 'FrozenLake-v1', '--env-set', 'slipery=1'],
      'Did you mean "slippery"?',
    ],
    [['train', 'q-learning', 'FrozenLake-v1', '--steps', 'many'], '--steps must be a whole number'],
    [
      ['train', 'q-learning', 'FrozenLake-v1', '--step', '5'],
      'unknown option --step. Did you mean "steps"?',
    ],
    [
      ['train', 'random', 'CartPole-v1', '--rng', 'gymnasum'],
      'rng must be one of alea, gymnasium, got "gymnasum". Did you mean "gymnasium"?',
    ],
    [
      ['train', 'random', 'FrozenLake-v1', '--env-set', 'map=["SF","HX"]'],
      'a cell of the map must be one of S F H G, got "X" in row 1.',
    ],
    [['train', 'value-iteration', 'CartPole-v1'], 'the world must have an explicit model'],
    [['train', '--resume', 'runs/lake', '--steps', '9k'], 'the folder alone, got --steps too'],
    [['train', 'random', 'Catch-v0', '--resume', 'runs/lake'], 'takes the folder alone'],
    [['trian'], 'There is no command "trian". Did you mean "train"?'],
    [['rec', 'inof', 'x'], 'Did you mean "info"?'],
    [['rec', 'info'], 'takes one file'],
    [['list', 'worlds'], 'takes one of agents, envs, wrappers, got "worlds".'],
    [['start', 'now'], 'takes no arguments'],
    [[], 'Commands'],
  ])('%j is a slip: says what would be right, exit code 2', async (argv, message) => {
    const { code, stdout, stderr } = await palaestra(argv, temporaryFolder());
    expect(code).toBe(2);
    expect(stdout + stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /); // no stack
  });

  test('list shows agents and worlds with their spaces', async () => {
    const { code, stdout } = await palaestra(['list'], temporaryFolder());
    expect(code).toBe(0);
    expect(stdout).toMatch(/q-learning +tabular/);
    expect(stdout).toMatch(/CartPole-v1 +control +Box\(4\) +Discrete\(2\) +500 +475/);
    expect(stdout).toMatch(/clip-reward +\S/);
  });

  test('list wrappers shows what each wrapper does, and nothing else', async () => {
    const { code, stdout } = await palaestra(['list', 'wrappers'], temporaryFolder());
    expect(code).toBe(0);
    for (const { name, description } of wrapperEntries()) {
      expect(stdout).toMatch(new RegExp(`^${name} `, 'm'));
      expect(stdout).toContain(description);
    }
    expect(stdout).not.toMatch(/CartPole-v1|q-learning/);
  });
});

describe('palaestra rec', () => {
  test('shows, verifies and repairs what a training recorded', async () => {
    const cwd = temporaryFolder();
    const args = ['q-learning', 'FrozenLake-v1', '--steps', '5k', '--run', 'lake'];
    expect((await palaestra(['train', ...args], cwd)).code).toBe(0);
    const file = join('lake', 'episodes', 'best.rlrec');

    const info = await palaestra(['rec', 'info', file], cwd);
    expect(info.code).toBe(0);
    expect(info.stdout).toMatch(/world +FrozenLake-v1/);
    expect(info.stdout).toMatch(/agent +q-learning/);
    expect(info.stdout).toContain('q-table f32[16×4]');
    expect(info.stdout).toMatch(/terminated .* best/);

    const verify = await palaestra(['rec', 'verify', file], cwd);
    expect(verify.stdout).toMatch(/1 episode, (\d+) steps: hashes and rewards \1\/\1 exact/);
    expect(verify.code).toBe(0);

    const repair = await palaestra(['rec', 'repair', file, 'again.rlrec'], cwd);
    expect(repair.stdout).toMatch(/again.rlrec: 1 episodes, \d+ steps kept\./);
    expect((await palaestra(['rec', 'verify', 'again.rlrec'], cwd)).code).toBe(0);
    const twice = await palaestra(['rec', 'repair', file, 'again.rlrec'], cwd);
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('exists already')]);
  });

  test('says of a file that is none what it is, exit code 1', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'note.rlrec'), 'This is not a recording.');
    mkdirSync(join(cwd, 'folder'));
    for (const [file, message] of [
      ['note.rlrec', 'note.rlrec: '],
      ['missing.rlrec', 'There is no such file: missing.rlrec.'],
      ['folder', 'folder must be a file'],
    ]) {
      const { code, stderr } = await palaestra(['rec', 'info', file], cwd);
      expect(code).toBe(1);
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/\n\s+at |undefined|Cannot read/);
    }
  });
});

describe('palaestra train', () => {
  test('--rng gymnasium trains on Gymnasium’s episodes, and its recordings verify', async () => {
    const cwd = temporaryFolder();
    const argv = ['random', 'Pendulum-v1', '--steps', '600', '--seed', '42', '--run', 'swing'];
    expect((await palaestra(['train', ...argv, '--rng', 'gymnasium'], cwd)).code).toBe(0);
    const config = JSON.parse(readFileSync(join(cwd, 'swing', 'config.json'), 'utf8'));
    expect(config).toMatchObject({ rng: 'gymnasium', env: { options: { arithmetic: 'numpy2' } } });
    const verify = await palaestra(['rec', 'verify', 'swing/episodes/first.rlrec'], cwd);
    expect(verify.stdout).toContain('1 episode, 200 steps: hashes and rewards 200/200 exact');
    expect(verify.code).toBe(0);
  });

  test.each([{ words: '' }, { words: '--seeds 2 --jobs 2' }])(
    'computes with the fast engine where it is asked for: $words',
    async ({ words }) => {
      const argv = ['train', 'ppo', 'CartPole-v1', '--steps', '600', '--untuned'];
      const more = ['--set', 'engine=simd-fast', ...words.split(' ').filter(Boolean)];
      const { code, stderr } = await palaestra([...argv, ...more], temporaryFolder());
      expect(stderr).not.toContain('relaxed SIMD');
      expect(code).toBe(0);
    },
  );

  test('has wide SIMD where it is asked for, or says why not', async () => {
    const argv = ['train', 'ppo', 'CartPole-v1', '--steps', '600', '--untuned'];
    const env = { PALAESTRA_WIDE_SIMD: '1' };
    const program = startProgram('node/palaestra.ts', argv, temporaryFolder(), env);
    const { code, stderr } = await program.ended;
    const isOld = process.arch !== 'x64' || Number.parseInt(process.versions.node, 10) < 24;
    expect(stderr.includes('PALAESTRA_WIDE_SIMD needs Node 24')).toBe(isOld);
    expect(code).toBe(0);
  });

  test('does not write over a run that is there', async () => {
    const cwd = temporaryFolder();
    const argv = ['train', 'random', 'CartPole-v1', '--steps', '100'];
    expect((await palaestra(argv, cwd)).code).toBe(0);
    const { code, stderr } = await palaestra(argv, cwd);
    expect(code).toBe(1);
    expect(stderr).toContain('exists already. Go on with it by --resume');
  });

  test('cannot resume what is no run, or a run whose config is damaged', async () => {
    const cwd = temporaryFolder();
    const missing = await palaestra(['train', '--resume', 'nowhere'], cwd);
    expect([missing.code, missing.stderr]).toEqual([
      1,
      expect.stringContaining('There is no run at nowhere'),
    ]);
    mkdirSync(join(cwd, 'broken'));
    writeFileSync(join(cwd, 'broken', 'config.json'), '{"format":"palaestra-run","version":9}');
    const broken = await palaestra(['train', '--resume', 'broken'], cwd);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain('expected format "palaestra-run" version 1');
  });
});
