import util from 'node:util';
import { describe, expect, test } from 'vitest';
import { BACKENDS, type BackendName } from '../../../networks/tfjs/backend-names.ts';
import { TfjsEngine } from '../../../networks/tfjs/engine.ts';
import { findGpuBackend, openBackend, tryBackend } from '../../../networks/tfjs/open-backend.ts';
import { importPackage, type PackageImporter } from '../../../networks/tfjs/packages.ts';

const cpu = (await openBackend({ backend: 'cpu' })).backend;

/** An importer to which only these packages are known. */
function only(packages: Readonly<Record<string, () => unknown>>): PackageImporter {
  return async (name) => {
    if (packages[name] === undefined) {
      throw new Error(`Cannot find package '${name}' imported from /somewhere/file.js`);
    }
    return packages[name]();
  };
}

/** What passes for TensorFlow.js: `product` is what it makes of any multiplication. */
function imitation(options: {
  readonly product?: readonly number[];
  readonly starts?: boolean;
  readonly isUsingGpuDevice?: boolean;
}): unknown {
  const { product = [19, 22, 43, 50], starts = true, isUsingGpuDevice = false } = options;
  const tensor = { data: async () => Float32Array.from(product), dispose: () => {} };
  let backend = '';
  return {
    setBackend: async (name: string) => {
      backend = name;
      return starts;
    },
    getBackend: () => backend,
    ready: async () => {},
    enableProdMode: () => {},
    env: () => ({ getNumber: () => 2 }),
    backend: () => ({ binding: { TF_Version: '2.9.1' }, isUsingGpuDevice }),
    tidy: (run: () => unknown) => run(),
    tensor2d: () => tensor,
    matMul: () => tensor,
  };
}

describe('opening a backend', () => {
  test('goes down the list to the first that works, and says why the others do not', async () => {
    const tfjs = await importPackage('@tensorflow/tfjs');
    const { backend, attempts } = await openBackend({
      importer: only({ '@tensorflow/tfjs': () => tfjs }),
    });
    expect(backend.name).toBe('cpu');
    expect(attempts.map(({ name }) => name)).toEqual([...BACKENDS]);
    expect(attempts.map(({ isOpen }) => isOpen)).toEqual([false, false, false, false, true]);
    expect(attempts[0].message).toBe(
      'The package @tensorflow/tfjs-node-gpu is not installed: npm install @tensorflow/tfjs-node-gpu.',
    );
    expect(attempts[2].message).toContain('npm install webgpu');
    expect(attempts[3].message).toBe('It is for browsers.');
    expect(attempts[4].message).toBe('plain JavaScript');
  });

  test('takes the first that works, and tries no other', async () => {
    const importer = only({
      '@tensorflow/tfjs-node-gpu': () => imitation({ isUsingGpuDevice: true }),
    });
    const { backend, attempts } = await openBackend({ importer });
    expect(backend).toMatchObject({ name: 'tfjs-node-gpu', isGpu: true, isSynchronous: true });
    expect(attempts).toHaveLength(1);
    expect(attempts[0].message).toBe('TensorFlow 2.9.1 on a GPU');
  });

  test('says of each one what is wrong where none works', async () => {
    const failure = openBackend({ importer: only({}) });
    await expect(failure).rejects.toThrow('has no backend that works here. See docs/gpu.md.');
    await expect(failure).rejects.toThrow('cpu: The package @tensorflow/tfjs is not installed');
  });

  test('tries only the one that is asked for', async () => {
    await expect(openBackend({ backend: 'webgl' })).rejects.toThrow('webgl: It is for browsers.');
    const wrong = openBackend({ backend: 'tfjs-nod' as BackendName });
    await expect(wrong).rejects.toThrow('Did you mean "tfjs-node"?');
  });

  const packages = (tfjs: () => unknown) => only({ '@tensorflow/tfjs-node': tfjs });
  const throwing = (message: string) => () => {
    throw new Error(message);
  };
  test.each<readonly [string, () => unknown, string]>([
    [
      'an addon that is not there',
      throwing(
        "The Node.js native addon module (tfjs_binding.node) can not be found at path: x\nPlease run command 'npm rebuild'",
      ),
      'palaestra doctor --build-tfjs-node makes it.',
    ],
    [
      'a library that cannot be loaded',
      throwing('libtensorflow.so.2: cannot open shared object file: No such file or directory'),
      'libtensorflow.so.2: cannot open shared object file: No such file or directory.',
    ],
    ['a package that lacks another', throwing("Cannot find module 'long'"), "module 'long'."],
    [
      'something thrown that is no error',
      () => {
        throw 'no luck';
      },
      'no luck.',
    ],
    ['an empty error', throwing(''), 'It failed without a word.'],
    ['a package without its functions', () => ({}), 'setBackend is not a function.'],
    [
      'a backend that does not start',
      () => imitation({ starts: false }),
      'TensorFlow.js could not start it.',
    ],
    [
      'a backend that computes nonsense',
      () => imitation({ product: [19, 22, 43, 51] }),
      'It multiplies wrongly: [1 2; 3 4] · [5 6; 7 8] gave 19, 22, 43, 51.',
    ],
    [
      'a backend that computes nothing',
      () => imitation({ product: [Number.NaN, 0, 0, 0] }),
      'It multiplies wrongly',
    ],
  ])('survives %s', async (_, tfjs, message) => {
    const { attempt, backend } = await tryBackend('tfjs-node', packages(tfjs));
    expect(backend).toBeNull();
    expect(attempt.isOpen).toBe(false);
    expect(attempt.message).toContain(message);
  });

  test('does not take tfjs-node-gpu for a GPU where TensorFlow sees none', async () => {
    const importer = only({ '@tensorflow/tfjs-node-gpu': () => imitation({}) });
    const { attempt } = await tryBackend('tfjs-node-gpu', importer);
    expect(attempt.message).toContain('TensorFlow sees no GPU');
  });

  test('finds exports in the default export, as Node gives those of CommonJS', async () => {
    const importer = packages(() => ({ default: imitation({}) }));
    expect((await tryBackend('tfjs-node', importer)).attempt.message).toBe(
      'TensorFlow 2.9.1 on the CPU',
    );
  });
});

describe('WebGPU in Node', () => {
  const gpu = (adapter: unknown) => ({ requestAdapter: async () => adapter });
  const dawn = (adapter: unknown) => () => ({
    globals: { GPUBufferUsage: { MAP_READ: 1 } },
    create: () => gpu(adapter),
  });

  test('says when there is no adapter, and leaves no trace', async () => {
    const hadNavigator = 'navigator' in globalThis;
    const { attempt } = await tryBackend('webgpu', only({ webgpu: dawn(null) }));
    expect(attempt.message).toContain('WebGPU finds no adapter');
    expect('navigator' in globalThis).toBe(hadNavigator);
    expect((globalThis as { navigator?: { gpu?: unknown } }).navigator?.gpu).toBeUndefined();
  });

  test.each([
    ['NVIDIA H200', true],
    ['SwiftShader Device (Subzero)', false],
    ['llvmpipe (LLVM 15.0.6, 256 bits)', false],
  ])('tells whether %s is a GPU', async (description, isGpu) => {
    const importer = only({
      webgpu: dawn({ info: { description } }),
      '@tensorflow/tfjs': () => imitation({}),
      '@tensorflow/tfjs-backend-webgpu': () => ({}),
    });
    const { attempt, backend } = await tryBackend('webgpu', importer);
    expect(attempt.message).toBe(`WebGPU on ${description}`);
    expect(backend).toMatchObject({ isGpu, isSynchronous: false });
    expect(() => new TfjsEngine(backend ?? cpu)).toThrow('does not answer at once');
    backend?.dispose();
    const found = await findGpuBackend(importer);
    expect(found.backend?.name ?? null).toBe(isGpu ? 'webgpu' : null);
    expect(found.attempts.map(({ name }) => name)).not.toContain('cpu');
    found.backend?.dispose();
  });
});

test('what Node 23 took from util is put back before TensorFlow.js is imported', async () => {
  const record = util as unknown as Record<string, unknown>;
  const own = record.isNullOrUndefined;
  record.isNullOrUndefined = undefined;
  try {
    let seen: unknown;
    const importer = only({
      '@tensorflow/tfjs-node': () => {
        seen = record.isNullOrUndefined;
        return imitation({});
      },
    });
    await tryBackend('tfjs-node', importer);
    const isNullOrUndefined = seen as (value: unknown) => boolean;
    expect([null, undefined, 0, ''].map(isNullOrUndefined)).toEqual([true, true, false, false]);
  } finally {
    record.isNullOrUndefined = own;
  }
});

test('a backend comes back into force when another was in use', async () => {
  const { tf } = cpu;
  const instance = tf.backend();
  tf.registerBackend('other', () => instance);
  await tf.setBackend('other');
  expect(tf.getBackend()).toBe('other');
  cpu.tidy(() => undefined);
  expect(tf.getBackend()).toBe('cpu');
  tf.removeBackend('other');
});
