import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseWords } from '../../node/command.ts';
import { doctor } from '../../node/commands/doctor.ts';
import { buildTfjsNode } from '../../node/doctor/build-tfjs-node.ts';
import { findTensorFlow } from '../../node/doctor/find-tensorflow.ts';
import { importFrom } from '../../node/doctor/import-from.ts';
import { probeInProcess } from '../../node/doctor/probe-process.ts';
import { UsageError } from '../../node/usage-error.ts';
import { palaestra, temporaryFolder } from '../helpers/program.ts';

interface Json {
  readonly engines: readonly {
    readonly engine: string;
    readonly works: boolean;
    readonly message: string;
    readonly times: readonly { readonly milliseconds: number }[];
  }[];
}

/** Writes files into a new folder. @returns the folder. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** As much of pip's TensorFlow as is looked at. */
const TENSORFLOW = {
  'tensorflow/include/tensorflow/c/c_api.h': '',
  'tensorflow/libtensorflow_cc.so.2': '',
  'tensorflow/libtensorflow_framework.so.2': '',
};

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('palaestra doctor', () => {
  test('times one engine, and prints JSON', { timeout: 60_000 }, async () => {
    const words = ['doctor', '--engine', 'reference', '--budget', '1', '--json'];
    const { stdout, code } = await palaestra(words, temporaryFolder());
    expect(code).toBe(0);
    const { engines } = JSON.parse(stdout) as Json;
    expect(engines).toHaveLength(1);
    expect(engines[0]).toMatchObject({
      ...{ engine: 'reference', works: true },
      message: 'plain TypeScript',
    });
    expect(engines[0].times.length).toBeGreaterThan(0);
    expect(engines[0].times.every(({ milliseconds }) => milliseconds > 0)).toBe(true);
  });

  test('says what is missing, with exit code 1 if nothing works', { timeout: 60_000 }, async () => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => {});
    const words = ['--engine', 'tfjs-node-gpu', '--resolve-from', temporaryFolder()];
    expect(await doctor.run(parseWords(doctor, words))).toBe(1);
    const printed = print.mock.calls.flat().join('\n');
    expect(printed).toContain(
      'does not work: The package @tensorflow/tfjs-node-gpu is not installed',
    );
  });

  test('outlives an addon that takes its process down', { timeout: 60_000 }, async () => {
    const folder = folderWith({
      'node_modules/@tensorflow/tfjs-node/package.json': '{"main":"index.cjs"}',
      'node_modules/@tensorflow/tfjs-node/index.cjs': 'process.kill(process.pid, "SIGSEGV");',
    });
    expect(await probeInProcess('tfjs-node', folder, 1)).toEqual({
      ...{ engine: 'tfjs-node', works: false, isGpu: false, times: [] },
      message: 'The process that tried it was ended by SIGSEGV.',
    });
  });

  test.each([
    [['tfjs'], 'takes no "tfjs"'],
    [['--engine', 'smid'], 'Did you mean "simd"?'],
    [['--budget', 'long'], '--budget must be a whole number'],
  ])('refuses %j', async (words, message) => {
    const run = doctor.run(parseWords(doctor, words));
    await expect(run).rejects.toThrow(UsageError);
    await expect(run).rejects.toThrow(message);
  });
});

describe('packages of another project', () => {
  test('are found before our own', async () => {
    const folder = folderWith({
      'node_modules/@tensorflow/tfjs/package.json': '{"main":"index.cjs"}',
      'node_modules/@tensorflow/tfjs/index.cjs': 'module.exports = { theirs: true };',
    });
    const theirs = (await importFrom(folder)('@tensorflow/tfjs')) as { default: unknown };
    expect(theirs.default).toEqual({ theirs: true });
    const ours = await importFrom(temporaryFolder())('@tensorflow/tfjs');
    expect(ours).toHaveProperty('default.matMul');
  });
});

describe.runIf(process.platform === 'linux')('TensorFlow of a Python', () => {
  test('is found in its folder, or in the one around it', async () => {
    const folder = folderWith(TENSORFLOW);
    const inner = join(folder, 'tensorflow');
    expect((await findTensorFlow(folder)).folder).toBe(inner);
    expect(await findTensorFlow(inner)).toEqual({
      folder: inner,
      include: join(inner, 'include'),
      library: join(inner, 'libtensorflow_cc.so.2'),
      framework: join(inner, 'libtensorflow_framework.so.2'),
    });
  });

  test('is asked for where Python would import it', async () => {
    const folder = join(folderWith(TENSORFLOW), 'tensorflow');
    vi.stubEnv('PALAESTRA_PYTHON', 'some-python');
    const asked: string[] = [];
    const found = await findTensorFlow('auto', async (python) => {
      asked.push(python);
      return `${folder}\n`;
    });
    expect([found.folder, asked]).toEqual([folder, ['some-python']]);
  });

  test('is missed in words that say what to do', async () => {
    const nothing = temporaryFolder();
    const { 'tensorflow/include/tensorflow/c/c_api.h': _, ...headless } = TENSORFLOW;
    await expect(findTensorFlow(join(nothing, 'x'))).rejects.toThrow('There is no such folder');
    await expect(findTensorFlow(nothing)).rejects.toThrow('Give the folder of pip');
    await expect(findTensorFlow(folderWith(headless))).rejects.toThrow(
      'has no include/tensorflow/c/c_api.h',
    );
    await expect(findTensorFlow('auto', async () => '\n')).rejects.toThrow(
      'pip install tensorflow',
    );
    vi.stubEnv('PALAESTRA_PYTHON', join(nothing, 'python'));
    await expect(findTensorFlow('auto')).rejects.toThrow('Set PALAESTRA_PYTHON to a Python');
  });
});

describe.runIf(process.platform === 'linux')('building the addon', () => {
  /** A project whose tfjs-node is built by `program`, which plays node-pre-gyp. */
  function project(program: string): string {
    return folderWith({
      'node_modules/@tensorflow/tfjs-node/package.json': '{"main":"index.cjs"}',
      'node_modules/@tensorflow/tfjs-node/index.cjs': 'throw new Error("no addon");',
      'node_modules/@mapbox/node-pre-gyp/package.json': '{}',
      'node_modules/@mapbox/node-pre-gyp/bin/node-pre-gyp': program,
      'node_modules/node-gyp/package.json': '{}',
      'node_modules/node-gyp/bin/node-gyp.js': '',
    });
  }

  const root = (folder: string) => join(folder, 'node_modules/@tensorflow/tfjs-node');
  const build = async (folder: string) =>
    buildTfjsNode(folder, await findTensorFlow(folderWith(TENSORFLOW)), () => {});

  test('links TensorFlow where the package looks for it, and again for another', async () => {
    const folder = project('process.exit(1)');
    await expect(build(folder)).rejects.toThrow('could not be built');
    const before = readlinkSync(join(root(folder), 'deps/lib/libtensorflow.so'));
    await expect(build(folder)).rejects.toThrow('could not be built');
    const deps = join(root(folder), 'deps');
    const links = ['include', 'libtensorflow.so', 'libtensorflow_cc.so.2'].map((name) =>
      readlinkSync(name === 'include' ? join(deps, name) : join(deps, 'lib', name)),
    );
    expect(links[0]).toMatch(/tensorflow\/include$/);
    expect(links[1]).toMatch(/libtensorflow_cc\.so\.2$/);
    expect(links[2]).toBe(links[1]);
    expect(links[1]).not.toBe(before);
    const framework = readlinkSync(join(deps, 'lib/libtensorflow_framework.so'));
    expect(framework).toMatch(/libtensorflow_framework\.so\.2$/);
  });

  test('tells the build where TensorFlow and node-gyp are', async () => {
    const folder = project(
      'console.log("error:", process.env.LDFLAGS, process.env.npm_config_node_gyp, process.argv[2], process.argv[3]); process.exit(1)',
    );
    const failure = build(folder);
    await expect(failure).rejects.toThrow(/-Wl,-rpath,\S+\/tensorflow \S+node-gyp\.js/);
    await expect(failure).rejects.toThrow('install --build-from-source');
  });

  test('shows what the compiler said, and keeps the rest in a file', async () => {
    const folder = project(
      'console.log("one line"); console.error("x.cc:3: error: no such type"); process.exit(1)',
    );
    await expect(build(folder)).rejects.toThrow('x.cc:3: error: no such type');
    const log = readFileSync(join(root(folder), 'palaestra-build.log'), 'utf8');
    expect(log).toContain('one line');
  });

  test('leaves a TensorFlow alone that was installed in another way', async () => {
    const folder = project('process.exit(0)');
    const file = join(root(folder), 'deps/lib/libtensorflow.so');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'theirs');
    await expect(build(folder)).rejects.toThrow('is there already, and is no link');
    expect(lstatSync(file).isSymbolicLink()).toBe(false);
  });

  test('is not content with an addon that does not load', { timeout: 60_000 }, async () => {
    const folder = project('process.exit(0)');
    await expect(build(folder)).rejects.toThrow('was built, but does not work. no addon.');
  });

  test('wants the package, and a compiler', async () => {
    await expect(build(temporaryFolder())).rejects.toThrow(
      'npm install --ignore-scripts @tensorflow/tfjs-node@4.22.0',
    );
    const tools = folderWith({ make: '#!/bin/sh\nexit 0\n' });
    chmodSync(join(tools, 'make'), 0o755);
    vi.stubEnv('PATH', [tools].join(delimiter));
    vi.stubEnv('CXX', 'no-such-compiler');
    await expect(build(project(''))).rejects.toThrow('no-such-compiler does not run');
  });
});
