import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importPackage, type PackageImporter } from '../../networks/tfjs/packages.ts';

/**
 * Imports packages as a file in `folder` would find them: those of another project; and those that it
 * lacks as this library finds them.
 */
export function importFrom(folder: string): PackageImporter {
  const require = createRequire(join(resolve(folder), 'package.json'));
  return (name) => {
    let file: string;
    try {
      file = require.resolve(name);
    } catch {
      return importPackage(name);
    }
    return import(pathToFileURL(file).href);
  };
}
