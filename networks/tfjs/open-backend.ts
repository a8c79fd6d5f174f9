import { checkOneOf } from '../../core/check.ts';
import type { Attempt } from './attempt.ts';
import { Backend, namedDevice, registeredName } from './backend.ts';
import { BACKENDS, type BackendName } from './backend-names.ts';
import { nodeProcess, restoreUtil } from './node-globals.ts';
import { importExports, importPackage, type PackageImporter } from './packages.ts';
import { selfTest } from './self-test.ts';
import type { TensorFlow } from './tensorflow.ts';
import { describeAdapter, provideWebGpu } from './webgpu.ts';

/** Which backend to open. */
export interface OpenOptions {
  /** Default `auto`: the first of `BACKENDS` that works. */
  readonly backend?: BackendName | 'auto';
  /** How to import TensorFlow.js. Default as this library finds its packages. */
  readonly importer?: PackageImporter;
}

/** A backend, and what was tried on the way to it. */
export interface OpenedBackend {
  readonly backend: Backend;
  /** In the order in which they were tried; the last one is open. */
  readonly attempts: readonly Attempt[];
}

/**
 * Opens a backend of TensorFlow.js, after a test that it can add.
 *
 * Nothing that goes wrong in a package gets through: it becomes the message of an attempt.
 *
 * @throws RangeError if there is no backend of that name. Error that says of each one why it does not
 *   work, if none does.
 */
export async function openBackend(options: OpenOptions = {}): Promise<OpenedBackend> {
  const { backend: wanted = 'auto', importer = importPackage } = options;
  checkOneOf('openBackend: backend', wanted, ['auto', ...BACKENDS]);
  const attempts: Attempt[] = [];
  for (const name of wanted === 'auto' ? BACKENDS : [wanted]) {
    const opened = await tryBackend(name, importer);
    attempts.push(opened.attempt);
    if (opened.backend !== null) return { backend: opened.backend, attempts };
  }
  const reasons = attempts.map(({ name, message }) => `  ${name}: ${message}`);
  throw new Error(
    ['TensorFlow.js has no backend that works here. See docs/gpu.md.', ...reasons].join('\n'),
  );
}

/** What a search for a backend found. */
export interface FoundBackend {
  readonly backend: Backend | null;
  readonly attempts: readonly Attempt[];
}

/** The first backend that works on a graphics processor, or `null`; never throws. */
export async function findGpuBackend(
  importer: PackageImporter = importPackage,
): Promise<FoundBackend> {
  const attempts: Attempt[] = [];
  for (const name of BACKENDS) {
    if (name === 'cpu') break;
    const { attempt, backend } = await tryBackend(name, importer);
    attempts.push(attempt);
    if (backend?.isGpu) return { backend, attempts };
    backend?.dispose();
  }
  return { backend: null, attempts };
}

/** Tries one backend; never throws. */
export async function tryBackend(
  name: BackendName,
  importer: PackageImporter = importPackage,
): Promise<{ readonly attempt: Attempt; readonly backend: Backend | null }> {
  try {
    const backend = await OPENERS[name](name, importer);
    await selfTest(backend);
    return { attempt: { name, isOpen: true, message: backend.description }, backend };
  } catch (error) {
    return { attempt: { name, isOpen: false, message: explain(error) }, backend: null };
  }
}

type Opener = (name: BackendName, importer: PackageImporter) => Promise<Backend>;

const OPENERS: Readonly<Record<BackendName, Opener>> = {
  'tfjs-node-gpu': openNodePackage,
  'tfjs-node': openNodePackage,
  webgpu: openWebGpu,
  webgl: openWebGl,
  cpu: openCpu,
};

/** The addon around TensorFlow's own library. */
async function openNodePackage(name: BackendName, importer: PackageImporter): Promise<Backend> {
  if (nodeProcess() === undefined) throw new Error('It is for Node.');
  restoreUtil();
  const tf = await importExports<TensorFlow>(importer, `@tensorflow/${name}`);
  await start(tf, name);
  const { binding, isUsingGpuDevice } = tf.backend() as unknown as {
    readonly binding?: { readonly TF_Version?: string };
    readonly isUsingGpuDevice?: boolean;
  };
  if (name === 'tfjs-node-gpu' && isUsingGpuDevice !== true) {
    throw new Error('It was loaded, but TensorFlow sees no GPU: check the driver, CUDA and cuDNN.');
  }
  const isGpu = isUsingGpuDevice === true;
  const version = `TensorFlow ${binding?.TF_Version ?? '(unknown)'}`;
  const description = `${version} on ${isGpu ? 'a GPU' : 'the CPU'}`;
  return new Backend(name, tf, { description, isGpu });
}

async function openWebGpu(name: BackendName, importer: PackageImporter): Promise<Backend> {
  const release = await provideWebGpu(importer);
  try {
    const adapter = await describeAdapter();
    const tf = await importExports<TensorFlow>(importer, '@tensorflow/tfjs');
    await importer('@tensorflow/tfjs-backend-webgpu');
    await start(tf, name);
    return new Backend(name, tf, namedDevice('WebGPU', adapter), release);
  } catch (error) {
    release();
    throw error;
  }
}

async function openWebGl(name: BackendName, importer: PackageImporter): Promise<Backend> {
  if (nodeProcess() !== undefined) throw new Error('It is for browsers.');
  const tf = await importExports<TensorFlow>(importer, '@tensorflow/tfjs');
  await start(tf, name);
  const { gpgpu } = tf.backend() as unknown as { readonly gpgpu: { readonly gl: WebGl } };
  return new Backend(name, tf, namedDevice('WebGL', rendererOf(gpgpu.gl)));
}

/** What this needs of WebGL. */
interface WebGl {
  getExtension(name: string): { readonly UNMASKED_RENDERER_WEBGL: number } | null;
  getParameter(name: number): unknown;
}

function rendererOf(gl: WebGl): string {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  return names === null ? 'some renderer' : String(gl.getParameter(names.UNMASKED_RENDERER_WEBGL));
}

async function openCpu(name: BackendName, importer: PackageImporter): Promise<Backend> {
  restoreUtil();
  const tf = await importExports<TensorFlow>(importer, '@tensorflow/tfjs');
  if (nodeProcess() !== undefined) tf.enableProdMode(); // else it prints that tfjs-node is faster
  await start(tf, name);
  return new Backend(name, tf, { description: 'plain JavaScript', isGpu: false });
}

async function start(tf: TensorFlow, name: BackendName): Promise<void> {
  const isStarted = await tf.setBackend(registeredName(name));
  if (!isStarted) throw new Error('TensorFlow.js could not start it.');
  await tf.ready();
}

/** Why, in one sentence, and what to do about it. */
function explain(error: unknown): string {
  const whole = error instanceof Error ? error.message : String(error);
  const lines = whole.split('\n').map((line) => line.trim());
  const first = lines.find((line) => line !== '') ?? 'It failed without a word.';
  const isMissing = /Cannot find (?:package|module) '([^']+)'/.exec(first)?.[1];
  if (isMissing !== undefined && /^(?:@tensorflow\/|webgpu)/.test(isMissing)) {
    return `The package ${isMissing} is not installed: npm install ${isMissing}.`;
  }
  if (/native addon module .* can not/.test(whole)) {
    return 'The package is installed without its addon: palaestra doctor --build-tfjs-node makes it.';
  }
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
