import { spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { TensorFlowFiles } from './find-tensorflow.ts';
import { probeInProcess } from './probe-process.ts';

/** The packages that have the addon's source, the first one found is built. */
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/**
 * Builds the addon of tfjs-node against a TensorFlow that is there already.
 *
 * The package's installer would download a TensorFlow of 2022. The addon uses the C interface alone,
 * which newer ones have too: the links that the installer would make lead to one of these instead.
 *
 * @param folder The project that has the package in its `node_modules`.
 * @param say Called with each step, a line.
 * @returns a line that says what has been built.
 * @throws Error that says which step failed, and what to do.
 */
export async function buildTfjsNode(
  folder: string,
  tensorflow: TensorFlowFiles,
  say: (line: string) => void,
): Promise<string> {
  const { name, root } = findPackage(folder);
  say(`Package: ${root}`);
  say(`TensorFlow: ${tensorflow.folder}`);
  await requireTool('make', 'make');
  await requireTool(process.env.CXX ?? 'g++', 'a C++ compiler');
  linkTensorFlow(root, tensorflow);
  say('Building. This takes half a minute.');
  await compile(root, tensorflow);
  const backend = name === PACKAGES[0] ? 'tfjs-node-gpu' : 'tfjs-node';
  const { works, message } = await probeInProcess(backend, folder, 1);
  if (works) return `${name} works: ${message}.`;
  throw new Error(`The addon was built, but does not work. ${message}`);
}

function findPackage(folder: string): { readonly name: string; readonly root: string } {
  const require = createRequire(join(resolve(folder), 'package.json'));
  for (const name of PACKAGES) {
    try {
      return { name, root: dirname(require.resolve(`${name}/package.json`)) };
    } catch {} // the next one
  }
  throw new Error(
    `${resolve(folder)} has no @tensorflow/tfjs-node. Install it without its download first: npm install --ignore-scripts @tensorflow/tfjs-node@4.22.0`,
  );
}

async function requireTool(command: string, what: string): Promise<void> {
  const { code } = await run(command, ['--version'], '.', {});
  if (code === 0) return;
  throw new Error(
    `${what} is missing: ${command} does not run. On Debian and Ubuntu: apt-get install build-essential.`,
  );
}

/** Puts links where the package looks for TensorFlow. */
function linkTensorFlow(root: string, { include, library, framework }: TensorFlowFiles): void {
  const isMac = process.platform === 'darwin';
  const ending = (version: string) => (isMac ? `${version}.dylib` : `.so${version}`);
  const links = [
    ['include', include],
    [`lib/libtensorflow${ending(isMac ? '.2' : '')}`, library],
    [`lib/libtensorflow_cc${ending('.2')}`, library],
    [`lib/libtensorflow_framework${ending(isMac ? '.2' : '')}`, framework],
    [`lib/libtensorflow_framework${ending('.2')}`, framework],
  ] as const;
  mkdirSync(join(root, 'deps', 'lib'), { recursive: true });
  for (const [name, target] of new Map(links)) {
    const link = join(root, 'deps', name);
    const old = lstatSync(link, { throwIfNoEntry: false });
    if (old !== undefined && !old.isSymbolicLink()) {
      throw new Error(
        `${link} is there already, and is no link: another TensorFlow is installed. Delete ${join(root, 'deps')} first.`,
      );
    }
    rmSync(link, { force: true });
    symlinkSync(target, link);
  }
}

/** Runs the package's own build. */
async function compile(root: string, { folder }: TensorFlowFiles): Promise<void> {
  const gyp = createRequire(join(root, 'package.json')).resolve(
    '@mapbox/node-pre-gyp/bin/node-pre-gyp',
  );
  // Where this Node has its headers they need not be downloaded.
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(prefix, 'include', 'node', 'node_api.h'));
  const headers = hasHeaders ? [`--nodedir=${prefix}`] : [];
  // To load the library from where it lies lets it find its own, CUDA's among them.
  const flags = `${process.env.LDFLAGS ?? ''} -Wl,-rpath,${folder}`.trim();
  const { code, output } = await run(
    process.execPath,
    [gyp, 'install', '--build-from-source', ...headers],
    root,
    { LDFLAGS: flags, npm_config_node_gyp: findNodeGyp(root) },
  );
  if (code === 0) return;
  const log = join(root, 'palaestra-build.log');
  writeFileSync(log, output);
  const told = output.split('\n').filter((line) => /\berror\b|ERR!/i.test(line));
  throw new Error(
    ['The addon could not be built. All that was printed:', `  ${log}`, ...told.slice(0, 10)].join(
      '\n',
    ),
  );
}

/** The program that builds addons: the project's, or the one that npm brings. */
function findNodeGyp(root: string): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const npm = folders.map((folder) => join(folder, 'npm')).find((file) => existsSync(file));
  const candidates = [
    join(root, 'package.json'),
    ...(npm === undefined ? [] : [realpathSync(npm)]),
  ];
  for (const from of candidates) {
    try {
      return createRequire(from).resolve('node-gyp/bin/node-gyp.js');
    } catch {} // the next one
  }
  const named = process.env.npm_config_node_gyp;
  if (named !== undefined) return named;
  throw new Error(
    'node-gyp is missing, and there is no npm on the PATH that brings it. Install it beside the package: npm install node-gyp.',
  );
}

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program to its end; a code of `null` if it cannot be started. */
function run(
  command: string,
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, words, { cwd, env: { ...process.env, ...env } });
    let output = '';
    const add = (text: Buffer) => {
      output += text.toString();
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}
