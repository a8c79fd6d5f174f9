import { nodeProcess } from './node-globals.ts';
import type { PackageImporter } from './packages.ts';

/** What this needs of WebGPU. */
interface Gpu {
  requestAdapter(): Promise<Adapter | null>;
}

interface Adapter {
  readonly info?: Readonly<Record<'vendor' | 'architecture' | 'device' | 'description', string>>;
}

/** The npm package `webgpu`: Dawn for Node. */
interface Dawn {
  readonly globals: Readonly<Record<string, unknown>>;
  create(options: readonly string[]): Gpu;
}

/**
 * Makes `navigator.gpu` be there: in a browser it is or is not, in Node Dawn can give it.
 *
 * It has to be done before the backend of TensorFlow.js is imported, which looks for it once.
 *
 * @returns what takes it away again: Node does not end while it is there.
 * @throws Error if there is none.
 */
export async function provideWebGpu(importer: PackageImporter): Promise<() => void> {
  const world = globalThis as { navigator?: { gpu?: Gpu } };
  if (world.navigator?.gpu !== undefined) return () => {};
  if (nodeProcess() === undefined) throw new Error('This browser has no WebGPU.');
  const { create, globals } = (await importer('webgpu')) as Dawn;
  for (const [name, value] of Object.entries(globals)) {
    if (!(name in globalThis)) define(globalThis, name, value);
  }
  const hadNavigator = world.navigator !== undefined; // Node 20 has none
  if (!hadNavigator) define(globalThis, 'navigator', {});
  define(world.navigator as object, 'gpu', create([]));
  return () => {
    define(world.navigator as object, 'gpu', undefined);
    if (!hadNavigator) Reflect.deleteProperty(globalThis, 'navigator');
  };
}

/** @returns the adapter's name. @throws Error if there is no adapter. */
export async function describeAdapter(): Promise<string> {
  const { navigator } = globalThis as unknown as { readonly navigator: { readonly gpu: Gpu } };
  const adapter = await navigator.gpu.requestAdapter();
  if (adapter === null) {
    throw new Error('WebGPU finds no adapter: a driver for Vulkan, Metal or Direct3D is missing.');
  }
  const { vendor, architecture, device, description } = adapter.info ?? {};
  const names = [device || [vendor, architecture].filter(Boolean).join(' '), description];
  return names.filter(Boolean).join(', ') || 'some adapter';
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}
