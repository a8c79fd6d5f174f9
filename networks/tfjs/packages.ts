/** Imports a package by its name. */
export type PackageImporter = (name: string) => Promise<unknown>;

/**
 * Imports the packages that TensorFlow.js comes in, as this library finds them.
 *
 * Two are written out so that bundlers see them; the others are for Node alone, where nothing is
 * bundled.
 */
export const importPackage: PackageImporter = (name) => {
  if (name === '@tensorflow/tfjs') return import('@tensorflow/tfjs');
  if (name === '@tensorflow/tfjs-backend-webgpu') return import('@tensorflow/tfjs-backend-webgpu');
  return import(/* @vite-ignore */ name);
};

/** What a package exports: for Node some of these are CommonJS, with all in `default`. */
export async function importExports<T>(importer: PackageImporter, name: string): Promise<T> {
  const module = (await importer(name)) as { readonly default?: T };
  return module.default ?? (module as T);
}
