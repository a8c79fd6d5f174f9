import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** TensorFlow's C library and its headers, as a Python package brings them. */
export interface TensorFlowFiles {
  /** The package's folder. */
  readonly folder: string;
  readonly include: string;
  /** `libtensorflow_cc.so.2`, which has the C interface too. */
  readonly library: string;
  readonly framework: string;
}

/**
 * Finds the library in a Python package.
 *
 * @param where The folder of the package, or one that has it: `site-packages`, a virtual environment;
 *   `auto` asks `python3`, or what `PALAESTRA_PYTHON` names.
 * @throws Error that says what is missing.
 */
export async function findTensorFlow(
  where: string,
  ask: (python: string) => Promise<string> = askPython,
): Promise<TensorFlowFiles> {
  const [library, framework] = libraryNames();
  const folder = where === 'auto' ? await folderOfPython(ask) : folderAt(where, library);
  const files = {
    folder,
    include: join(folder, 'include'),
    library: join(folder, library),
    framework: join(folder, framework),
  };
  const header = join(files.include, 'tensorflow', 'c', 'c_api.h');
  for (const file of [header, files.library, files.framework]) {
    if (existsSync(file)) continue;
    throw new Error(
      `TensorFlow in ${folder} has no ${file.slice(folder.length + 1)}. Install pip's tensorflow, 2.13 or newer.`,
    );
  }
  return files;
}

function libraryNames(): readonly [string, string] {
  if (process.platform === 'linux') {
    return ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
  }
  if (process.platform === 'darwin') {
    return ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'];
  }
  throw new Error(`On ${process.platform} the addon cannot be built in this way.`);
}

/** The package in a folder that a user names. */
function folderAt(where: string, library: string): string {
  const folder = resolve(where);
  if (!existsSync(folder)) throw new Error(`There is no such folder: ${folder}.`);
  const inside = [folder, join(folder, 'tensorflow')];
  const found = inside.find((candidate) => existsSync(join(candidate, library)));
  if (found !== undefined) return found;
  throw new Error(
    `There is no ${library} in ${folder}. Give the folder of pip's tensorflow: site-packages/tensorflow.`,
  );
}

async function folderOfPython(ask: (python: string) => Promise<string>): Promise<string> {
  const python = process.env.PALAESTRA_PYTHON ?? 'python3';
  let answer: string;
  try {
    answer = (await ask(python)).trim();
  } catch (error) {
    throw new Error(
      `${python} could not be asked for TensorFlow. Set PALAESTRA_PYTHON to a Python that has it.`,
      { cause: error },
    );
  }
  if (answer !== '') return answer;
  throw new Error(`${python} has no tensorflow. Install it: ${python} -m pip install tensorflow.`);
}

/** Where a Python would import TensorFlow from, without importing it. */
async function askPython(python: string): Promise<string> {
  const program = [
    'import importlib.util',
    "spec = importlib.util.find_spec('tensorflow')",
    "print(spec.submodule_search_locations[0] if spec else '')",
  ].join('\n');
  const { stdout } = await promisify(execFile)(python, ['-c', program], { timeout: 60_000 });
  return stdout;
}
